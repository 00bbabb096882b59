"""What the text around an amount says of its parties where the sentence leaves them open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tracker.extraction.decision import Decision
from tracker.extraction.parties.act_words import NOUNS
from tracker.extraction.parties.acts import GRAMMAR
from tracker.extraction.parties.cast import back, people_of, roles_of
from tracker.extraction.parties.may_act import closes
from tracker.extraction.parties.organisations import helped_by
from tracker.extraction.parties.prepositions import gives_a_part
from tracker.extraction.parties.pronouns import SAID
from tracker.extraction.parties.referent import Referent
from tracker.extraction.parties.role import (
    ASSESSORS,
    COUNTING,
    GRANTING,
    giving,
    of_a_part,
    state_aid,
)
from tracker.extraction.text.context import Passage
from tracker.extraction.text.names import COUNTRY_KINDS, GIVERS, country_codes
from tracker.extraction.text.sentence import AMOUNT, Sentence
from tracker.extraction.words import load_rules

_RULES = load_rules("roles")
_AT_HOME_TOO = frozenset(_RULES["givers"]["at_home_too"])
_ONLY_IF_SAID = frozenset(_RULES["givers"]["only_if_said"])
COUNTS = frozenset(_RULES["attribution"]["counts"])
FORM = 8
"""How many lines above an amount its heading may stand."""
HEADING = 16
"""How many words a heading may have."""

SURE = 0.5
"""How much a receiver must count that the sentence names."""


def receiver_around(
    passage: Passage, sentence: Sentence, position: int, donor: str | None, status: str
) -> Decision | None:
    """The receiver that the text around the sentence makes likely: the only one that it names.

    Whoever has a part of the amount at `position` is not the receiver of the whole. Looked for in
    the sentence, then near it in the paragraph, then in the first two of the text.
    """
    lead = passage.lead(sentence)
    # "Pledged: Kuwait $5m, Oman $1m": who gives another amount of the list
    listed = {sentence.tokens[r.who.first].start for r in roles_of(passage, sentence)
              if r.rule == "party-list" and donor}  # fmt: skip
    for places in _places(passage, sentence) if lead is None else ([lead],):
        named = [
            d for n in places for d in bystanders(passage, n)
            if d.value != donor and d.start not in listed
            and not (d.value in GRANTING and status == "approved")
            and not (n is sentence and _has_part(sentence, position, d))
        ]  # fmt: skip
        needy = [d for d in named if d.value not in GIVERS or d.value in _AT_HOME_TOO]
        if not needy and donor and donor not in country_codes().values():
            needy = named
        for kind in ("country", "agency", "government"):
            likely = [d for d in needy if d.rule == kind]
            if len({d.value for d in likely}) == 1:
                return likely[-1]._replace(rule="party-only-other")
    hit = [who for who in people_of(passage, sentence) if who.kind == "place" and (
           sentence.words[max(0, who.first - 2)] not in GRAMMAR["posted"])]  # fmt: skip
    if status == "needed" and len({who.code for who in hit}) == 1:
        # "Louisiana reckons its losses at $5m"
        span = sentence.tokens[hit[0].first].start, sentence.tokens[hit[0].last].end
        return Decision(hit[0].code, "party-only-other", *span, 0.2)
    return None


def _has_part(sentence: Sentence, position: int, other: Decision) -> bool:
    """Whether a name behind an amount has a part of it: "$9m, $2m of it for Palau"."""
    place = sentence.word_at(other.start)
    before = sentence.words[place - 1 - (sentence.words[place - 1] == "the")]
    return (
        before in ("for", "to", "in")
        and place > position
        and of_a_part(sentence.words, position, place)
    )


def _places(passage: Passage, sentence: Sentence) -> Iterator[list[Sentence]]:
    """The sentence, those near it in the paragraph, and the first two of the text."""
    yield [sentence]
    after = passage.after(sentence)
    following = after is not None and passage.same_paragraph(sentence, after)
    yield [*back(passage, sentence), sentence, *([after] if after and following else [])]
    if passage.is_document:
        return  # whom it is about is another question (`about.py`)
    opening = passage.opening()
    second = passage.after(opening)
    yield [n for n in (opening, second) if n is not None and n.start < sentence.start]


def giver_around(
    passage: Passage, sentence: Sentence, position: int, recipient: Decision | None
) -> Decision | None:
    """The only likely giver that the sentence names without a role, if there is one.

    Whoever gives a part of the amount at `position` is not the giver of the whole.
    """
    people = people_of(passage, sentence)
    found = {
        who.code: who
        for who in _givers(passage, sentence, people, recipient)
        if (_gives(who, recipient) or (who.code in GRANTING and "board" in sentence.words))
        and not (position < who.first and of_a_part(sentence.words, position, who.first))
    }
    return _only_giver(sentence, found, "party-only-giver")


def _gives(who: Referent, recipient: Decision | None) -> bool:
    """Whether somebody mostly gives; a fund that is given to as well, only to somebody named.

    "The Global Fund said $5m would go to Chad".
    """
    named = recipient is not None and recipient.score > SURE
    return giving(who) > 1 and (named or who.kind != "agency")


def of_many(words: Sequence[str], position: int) -> bool:
    """Whether many promise it together: "Thursday's conference had produced pledges of $5m".

    Or "by evening the tally of pledges stood at $5m".
    """
    said = next((n for n, word in enumerate(words) if word in GRAMMAR["promises"]), None)
    together = said is not None and not (
        GRAMMAR["gatherings"].isdisjoint(words) and GRAMMAR["tallied"].isdisjoint(words[:position])
    )
    if said is None and not GRAMMAR["gatherings"].isdisjoint(words):
        said = next((n for n, word in enumerate(words) if word in ("pledged", "promised")), None)
        together = said is not None and _by_nobody(words, said)
    return together and not {AMOUNT, "which"} <= {*words[said:position]}  # "of which $1m is Oslo's"


def _by_nobody(words: Sequence[str], said: int) -> bool:
    """Whether it is not said who pledged: "a conference where $5m was pledged"."""
    passive = said and words[said - 1] in GRAMMAR["be"] | {AMOUNT}
    return bool(passive) and words[said + 1 : said + 2] not in (["by"], ["to"])


def giver_above(
    passage: Passage, sentence: Sentence, recipient: Decision | None
) -> Decision | None:
    """The only likely giver in the headings above: "Sweden – Mozambique", "Support to Somalia"."""
    for heading in _headings(passage, sentence):
        people = [m for r in people_of(passage, heading) for m in (r.members or (r,))
                  if r.kind != "chamber"]  # fmt: skip
        found = {who.code: who for who in _givers(passage, heading, people, recipient)
                 if giving(who) > 1 or who.code in GRANTING}  # fmt: skip
        if found:
            words = heading.words
            aids = recipient is not None or not NOUNS["given"].isdisjoint(words)
            return _only_giver(heading, found, "party-above") if aids else None
    return None


def _headings(passage: Passage, sentence: Sentence) -> Iterator[Sentence]:
    """The lines above without a full stop or an amount, past the lines of a form."""
    place: Sentence | None = sentence
    for _ in range(FORM):
        line = place
        place = passage.before(line) if line else None
        if place is None or len(place.words) > HEADING or place.words[-1] in (".", "!", "?"):
            return
        if "\n" not in passage.text[place.end : line.start if line else place.end]:
            return
        if not place.amounts:
            yield place


def _only_giver(
    sentence: Sentence, found: dict[str | None, Referent], rule: str
) -> Decision | None:
    if len(found) != 1:
        return None
    ((code, who),) = found.items()
    span = sentence.tokens[who.first].start, sentence.tokens[who.last].end
    return Decision(code or "", rule, *span, 0.2)


def _givers(
    passage: Passage,
    sentence: Sentence,
    people: Sequence[Referent],
    recipient: Decision | None,
) -> Iterator[Referent]:
    """Those of `people` who may give what the sentence says: no places, no receivers."""
    words = sentence.words
    receiving = {r.who.first for r in roles_of(passage, sentence)
                 if r.role == "recipient" or r.rule == "party-list"}  # fmt: skip
    for who in people:
        front = words[who.first - 1 : who.first]
        if (
            who.code and who.first not in receiving
            and who.kind not in ("place", "pronoun", "owner") and who.code not in _ONLY_IF_SAID
            and who.code not in COUNTING
            and not (recipient and who.code == recipient.value)
            and not _beside_the_point(words, who)
            and not (who.kind == "chamber" and _elsewhere(passage, sentence, who))
            and front not in (["in"], ["at"], ["near"])
            and not (front in (["left"], ["leaving"])
                     and words[who.last + 1 : who.last + 2] in (["with"], ["having"]))
            and not (front == ["to"] and who.first > 1
                     and words[who.first - 2] in GRAMMAR["not_to"] | GRAMMAR["travels"])
            and words[who.last + 1 : who.last + 2] != ["-"]
            and not _only_says(words, who)
            and not (who.code == "EU" and state_aid(words))
        ):  # fmt: skip
            yield who


def _only_says(words: Sequence[str], who: Referent) -> bool:
    """Whether somebody is only who says that money has come in: "according to the World Bank"."""
    start = who.first - (words[who.first - 1 : who.first] == ["the"])
    told = words[max(0, start - 2) : start] == ["according", "to"]
    paid_in = any(pair in (("paid", "in"), ("come", "in")) for pair in pairwise(words))
    return told or (paid_in and not SAID.isdisjoint(words[who.last + 1 :]))


def _elsewhere(passage: Passage, sentence: Sentence, chamber: Referent) -> bool:
    """Whether "the Senate" may be that of a country whose government the sentence names."""
    return any(
        who.kind == "institution" and who.code and who.code != chamber.code
        for who in people_of(passage, sentence)
    )


def bystanders(passage: Passage, sentence: Sentence) -> list[Decision]:
    """Countries and agencies that a sentence names, but places of events and adversaries.

    The rule of each says what it is: country, government or agency.
    """
    words, tokens = sentence.words, sentence.tokens

    def find() -> Iterator[Decision]:
        givers = {r.who.code for r in roles_of(passage, sentence)
                  if r.role == "donor" and r.score > 0.65}  # fmt: skip
        people = people_of(passage, sentence)
        # "families who fled Karabakh"
        people = [r for r in people if words[max(0, r.first - 1)] not in GRAMMAR["fleeing"]
                  and words[max(0, r.first - 2) : r.first] != ["border", "with"]]  # fmt: skip
        for one in (m for r in people for m in (r.members or (r,))):
            helped = helped_by(sentence, one)
            who = one._replace(codes=(helped,), kind="name") if helped else one
            kind = _KINDS.get(who.kind)
            before = words[who.first - 1] if who.first else ""
            visited = who.kind == "capital" and before in ("in", "to", "from", "at", "near")
            told = words[max(0, who.first - 2) : who.first]
            visited = visited or (who.kind == "capital" and told[1:] in (["left"], ["leaving"]))
            visited = visited or (told[1:] == ["from"] and told[0] in GRAMMAR["leaves"])
            if (
                kind and who.code and not visited
                and not (told[1:] == ["in"] and told[0] in GRAMMAR["posted"] | NOUNS["events"])
                and who.code not in givers and who.code not in ASSESSORS
                and not _beside_the_point(words, who)
            ):  # fmt: skip
                start, end = tokens[who.first].start, tokens[who.last].end
                yield Decision(who.code, kind, start, end, 0.3)

    return sentence.once("bystanders", lambda: list(find()))


_KINDS = dict.fromkeys(COUNTRY_KINDS, "country") | {
    "leader": "government", "institution": "government", "agency": "agency",
}  # fmt: skip


def _beside_the_point(words: list[str], who: Referent) -> bool:
    """Whether somebody is only a source, an adversary or the place of an event."""
    idle = NOUNS["neither"]
    if who.kind in ("capital", "place") and closes(words, who.last):
        return True  # "Baku ended with promises"
    if who.kind in ("capital", "place", "name") or words[who.first] in GRAMMAR["seats"]:
        idle = idle | NOUNS["events"]
    if who.kind == "demonym" and not GRAMMAR["firms"].isdisjoint(
        words[who.last + 1 : who.last + 3]
    ):
        return True
    if words[who.first - 1] in ("by", "from") and gives_a_part(words, who.first - 1):
        return True
    if who.kind == "agency" and words[who.first - 1] in ("through", "via"):
        return True  # "its rice donation through WFP": who hands it on
    source = words[max(0, who.first - 2) : who.first - 1] == ["according"]
    behind = words[who.last + 1 : who.last + 4]
    told = "by" in words[max(0, who.first - 2) : who.first]
    if told and behind[:1] and behind[0] in GRAMMAR["possessive"] and (
        not COUNTS.isdisjoint(behind)
    ):  # fmt: skip
        return True  # "by Meloni's tally"
    front = words[max(0, who.first - 2) : who.first]
    beyond = front[1:] == ["with"] and front[0] in GRAMMAR["borders"]
    return source or beyond or not idle.isdisjoint(words[who.last + 1 : who.last + 3])
