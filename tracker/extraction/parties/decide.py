"""Who gives and who receives an amount: the choice among the roles that the text gives.

A list in a role is nobody ("Norway and Canada gave"). What the sentence leaves open is taken from
the amounts before it, from the text around it, or stays empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from tracker.extraction.decision import Decision
from tracker.extraction.parties.about import about, opening
from tracker.extraction.parties.act_words import NOUNS
from tracker.extraction.parties.acts import GRAMMAR
from tracker.extraction.parties.around import giver_above, giver_around, of_many, receiver_around
from tracker.extraction.parties.cast import back, people_of
from tracker.extraction.parties.choosing import AT_HOME, NEAR, asked_for, best_of_each
from tracker.extraction.parties.home import (
    at_home,
    country_of,
    home_of,
    home_programme,
    needy_home,
    own_purse,
    topics,
)
from tracker.extraction.parties.in_tables import BY_HEADER, by_header, of_a_kind
from tracker.extraction.parties.organisations import helped_by
from tracker.extraction.parties.role import of_a_whole
from tracker.extraction.parties.weighing import Place, weigh
from tracker.extraction.text.context import Passage
from tracker.extraction.text.names import GIVERS, country_codes, party_hits, receiver_named
from tracker.extraction.text.sentence import AMOUNT, Sentence

_APPEAL = frozenset({"appeal", "appealed", "appeals"})
"""Words of a sentence on what many give."""
_AT_LARGE = frozenset({"requested", "approved", "unspecified"})
"""Stages of budgets and bills, which are for many."""
NEARBY = 3
"""How many sentences are near enough for one of many who are helped to be meant."""
_WEAK = frozenset({"party-carried", "party-only-other"})
_PRIVATE = GRAMMAR["firms"] | GRAMMAR["private_givers"]
_ABROAD = frozenset({"abroad", "generic"})
_PROVINCES = frozenset({"state", "province", "county", "governor"})


@dataclass(slots=True)
class Parties:
    """Donor and recipient of one amount, each with its rule and words, or None."""

    donor: Decision | None = None
    recipient: Decision | None = None
    local: bool = False
    """Whether the donor is a part of a country: its money stays at home."""
    closed: dict[str, str] = field(default_factory=dict)
    """Roles that somebody has who is no single party: "list", "crowd", or "needed"."""

    def is_open(self, role: str) -> bool:
        """Whether the role is neither taken nor closed."""
        return role not in self.closed and getattr(self, role) is None


def decide_parties(
    passage: Passage,
    sentence: Sentence,
    position: int,
    status: str,
    cue_start: int | None,
    previous: Parties | None,
    currency: str = "",
) -> Parties:
    """Donor and recipient of the amount at token `position` of `sentence`.

    `cue_start` is the offset of the words that decided its status; `previous` are the parties of
    the amount before, which this one may share; `currency` tells whose government is meant by
    "the government" where no country is named.
    """
    if status == "other":
        return Parties()
    place = Place(sentence, position, status, cue_start, home_of(passage, sentence, currency))
    found = Parties(closed={"donor": "needed"} if status == "needed" else {})
    in_table = bool(passage.heads(sentence, position))
    nobody = in_table and of_a_kind(passage, sentence, position)
    if in_table:
        previous = None  # of another row
        for role, named in by_header(passage, sentence, position).items():
            setattr(found, role, named)
        caption = passage.caption(sentence, position)
        if caption is not None:
            _choose(
                found, passage, place._replace(sentence=caption, position=len(caption.words) - 1)
            )
    if not nobody:
        _choose(found, passage, place)
    if found.donor and found.recipient and found.donor.rule == BY_HEADER and (
        found.donor.value == found.recipient.value
    ):  # fmt: skip
        found.recipient = None
    if of_many(sentence.words, position) and (found.donor is None or found.donor.score < NEAR):
        found.donor = None
        found.closed["donor"] = "crowd"
    lead = passage.lead(sentence)
    if lead is not None:
        end = len(lead.words)
        _choose(found, passage, place._replace(sentence=lead, position=end))
    _carry(found, passage, place, previous)
    if found.is_open("donor"):
        found.donor = giver_around(passage, sentence, position, found.recipient)
    if found.is_open("donor") and not _appealed(place):
        found.donor = giver_above(passage, sentence, found.recipient)
    if found.donor and at_home(sentence.words, position):
        found.recipient = found.donor._replace(rule="party-at-home")
    if found.donor and (not found.recipient or found.recipient.rule in _WEAK) and own_purse(
        sentence.words, position, found.donor.value or ""
    ):  # fmt: skip
        found.recipient = found.donor._replace(rule="party-at-home")
    if currency == "XDR" and found.is_open("donor"):
        found.donor = Decision("IMF", "party-sdr", sentence.start, sentence.end, 0.2)
    if found.donor is None or found.recipient is None:
        known = found.donor or found.recipient
        home = home_programme(passage, sentence, known, found.local, currency)
        # Donors in a column are of many countries, and an appeal counts in anybody's currency.
        abroad = found.donor is not None and found.donor.rule == BY_HEADER
        other = nobody and country_of(currency) not in (None, about(passage).home)
        home = None if abroad or (other and known is None) else home
        # Whoever receives the money of another country had it from elsewhere.
        elsewhere = found.recipient is not None and (
            country_of(currency) not in (None, found.recipient.value)
        )
        if found.recipient is None and found.closed.get("recipient") != "list":
            found.recipient = home
        if status == "needed" and found.is_open("recipient"):
            found.recipient = needy_home(passage, sentence, currency)
        if found.is_open("donor") and not elsewhere:
            found.donor = home
    _of_the_document(found, passage, place, currency)
    return found


def _of_the_document(found: Parties, passage: Passage, place: Place, currency: str) -> None:
    """Fill in whom the whole document is about."""
    rule = found.recipient and found.recipient.rule
    weak = rule in (None, "party-only-other", "party-at-home")
    if not passage.is_document or not (weak or found.is_open("donor")):
        return
    if not _PRIVATE.isdisjoint(place.sentence.words[: place.position]):
        return  # "A supermarket chain gave $5m"
    subject, said = about(passage), topics(place.sentence)
    whole = Decision("", "party-document", place.sentence.start, place.sentence.end, 0.1)
    receiver = subject.receiver
    donor = found.donor and found.donor.value
    abroad = "home" not in said or (receiver == subject.home and donor in GIVERS)
    guessed = rule == "party-only-other" or (rule == "party-at-home" and abroad)
    open_to = found.recipient is None or guessed
    countries = country_codes().values()
    if receiver not in (None, *countries):
        # An agency has what a country gives to nobody named, and what is lacked.
        open_to = open_to and (donor in countries or place.status == "needed")
    at_large = (
        receiver is not None and found.recipient is None and not subject.centred
        and place.status in _AT_LARGE and not _named_near(passage, place.sentence, receiver)
    )  # fmt: skip
    if (
        receiver
        and open_to
        and not at_large
        and "generic" not in said
        and "recipient" not in found.closed
    ):
        found.recipient = whole._replace(value=receiver)
    giver = subject.giver if _APPEAL.isdisjoint(place.sentence.words) else None
    recipient = found.recipient and found.recipient.value
    helped = at_large or recipient == receiver is not None
    helped = helped or (recipient is not None and recipient not in countries)
    # "The Senate passed it. ... Israel would get $5m": of the giver that the text is about.
    helped = helped or (recipient is not None and place.status == "approved")
    own = giver == country_of(currency) and giver == subject.home and found.recipient is None
    if giver and (helped or own) and found.is_open("donor") and not _appealed(place):
        found.donor = whole._replace(value=giver)
    if subject.domestic and _ABROAD.isdisjoint(said):
        home = whole._replace(value=subject.home)
        found.donor = home if found.is_open("donor") else found.donor
        stays = passage.once("at home", lambda: all(
            _ABROAD.isdisjoint(topics(first)) for first in opening(passage)
        ))  # fmt: skip
        found.recipient = home if stays and found.is_open("recipient") else found.recipient


def _named_near(passage: Passage, sentence: Sentence, code: str) -> bool:
    """Whether the sentence, or one of the few before, names somebody."""
    near: Sentence | None = sentence
    for _ in range(NEARBY):
        if near is None:
            return False
        if any(hit.meaning.code == code for hit in party_hits(near)):
            return True
        near = passage.before(near)
    return False


def _choose(found: Parties, passage: Passage, place: Place) -> None:
    """Give the open roles to the best that the sentence of `place` has; a list closes a role."""
    tokens = place.sentence.tokens
    for role, best in best_of_each(
        weigh(passage, place), "donor" in found.closed, place.sentence.words
    ).items():
        if best is None or not found.is_open(role):
            continue
        who = best.role.who
        codes = asked_for(best)
        if len(codes) != 1:
            found.closed[role] = "list" if codes else "crowd"
            continue
        other = found.recipient if role == "donor" else found.donor
        if other is None or other.value != codes[0] or best.role.rule in AT_HOME:
            span = tokens[who.first].start, tokens[who.last].end
            code = codes[0]
            if role == "recipient":
                code = receiver_named(code, passage.text[span[0] : span[1]])
                code = helped_by(place.sentence, who) or code
            setattr(found, role, Decision(code, best.role.rule, *span, best.score))
            if role == "donor":
                found.local = who.kind == "place" or tokens[who.last].lower in _PROVINCES


def _carry(found: Parties, passage: Passage, place: Place, previous: Parties | None) -> None:
    """Fill in what the sentence leaves to the amounts and sentences before it."""
    if not (found.is_open("donor") or found.is_open("recipient")):
        return
    before = previous or _said_before(passage, place)
    donor, recipient = before.donor, before.recipient
    receiver = found.recipient.value if found.recipient else None
    anew = _appealed(place) or _of_another_event(place) or (
        previous is not None and _of_others(passage, place)
    )  # fmt: skip
    if found.is_open("donor") and donor and donor.value != receiver and not anew:
        found.donor = donor._replace(rule="party-carried")
    whole = of_a_whole(place.sentence.words, place.position) >= 0 or _of_its_own(place)
    if found.is_open("recipient") and not whole and "generic" not in topics(place.sentence):
        giver = found.donor.value if found.donor else None
        if recipient and recipient.value != giver:
            found.recipient = recipient._replace(rule="party-carried")
        else:
            found.recipient = receiver_around(
                passage, place.sentence, place.position, giver, place.status
            )


def _appealed(place: Place) -> bool:
    """Whether an appeal asks for it, of nobody in particular."""
    near = place.sentence.words[max(0, place.position - 9) : place.position + 6]
    by_the_un = "un" in near[:9]  # "the UN had been asking for $5m"
    return place.status == "requested" and (by_the_un or not GRAMMAR["appeals"].isdisjoint(near))


def _of_another_event(place: Place) -> bool:
    """Whether it was given at another time, by others too: "last year's meeting raised $5m"."""
    before = place.sentence.words[: place.position]
    return ("last", "year") in pairwise(before) and not NOUNS["events"].isdisjoint(before)


def _of_others(passage: Passage, place: Place) -> bool:
    """Whether others in the plural act: "Other governments brought the pledges to $5m"."""
    words = place.sentence.words
    return place.status != "requested" and any(
        who.kind == "crowd" and words[who.last] in GRAMMAR["give_together"]
        and who.last < place.position and AMOUNT not in words[who.last : place.position]
        and (not who.first or words[who.first - 1] not in GRAMMAR["prepositions"])
        for who in people_of(passage, place.sentence)
    )  # fmt: skip


def _of_its_own(place: Place) -> bool:
    """Whether it is about a giver's own money: "its own budget has a hole of $5m"."""
    before = place.sentence.words[: place.position]
    owned = any(one == "own" and two in GRAMMAR["own_money"] for one, two in pairwise(before))
    return place.status == "needed" and owned


def _said_before(passage: Passage, place: Place) -> Parties:
    """The parties of the sentences before, where those have no amount."""
    said = Parties()
    for n in back(passage, place.sentence):
        end = len(n.words)
        _choose(said, passage, Place(n, end, "", None, place.home))
    return said
