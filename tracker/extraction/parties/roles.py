"""The roles that the words of a sentence give to those it means: who gives and who receives.

They are found once per sentence; `parties.py` weighs them for each amount. The words and the
examples of each rule stand in `rules/roles.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tracker.extraction.parties.act_words import BROUGHT, NOUNS
from tracker.extraction.parties.acts import GRAMMAR, verb_forms
from tracker.extraction.parties.beside import beside
from tracker.extraction.parties.frames import Frame, frames
from tracker.extraction.parties.gapped import gapped, in_order, short_of
from tracker.extraction.parties.owners import following_words
from tracker.extraction.parties.referent import Referent
from tracker.extraction.parties.role import (
    AGENCIES,
    APPEALING,
    ASSESSORS,
    FUNDERS,
    GRANTING,
    Role,
    giving,
    has_share,
    pair,
)
from tracker.extraction.parties.telling import says, tellers
from tracker.extraction.parties.turned import turned
from tracker.extraction.text.names import COUNTRY_KINDS, GIVERS
from tracker.extraction.text.sentence import AMOUNT, Sentence

PAYMENT = 7
"""How many words of what somebody owns may stand before whom it is from."""
_OWNED = frozenset({"party-owner", "party-whose-aid"})
CALLED = 10
"""How many words behind a name what it is said to be may stand."""
FOR_OTHERS = 0.5
"""What it costs that an agency asks: it does so for a country, if the sentence names one."""
_OWED = GRAMMAR["owed"] | NOUNS["given"]
_ABOVE = frozenset({"funder", "bloc"})
"""They have no money from another."""
_OBJECTS = COUNTRY_KINDS | {"agency", "country", "organisation", "bloc", "pronoun"}


def find_roles(sentence: Sentence, people: Sequence[Referent]) -> list[Role]:
    """Every role in the sentence; `people` are its referents, pronouns resolved."""
    words = sentence.words
    acts = frames(sentence, words, people)
    found: list[Role] = []
    for who in people:
        found += (_owed(words, role, people) for role in beside(words, who, acts))
    for number, frame in enumerate(acts):
        if frame.act == "brings":
            found += _brought(words, frame, acts[:number])
        else:
            found += _by_frame(words, frame)
    called = [role.anchor for role in found if role.rule == "party-is-donor"]
    # "Japan was the largest donor, giving $5m": the donor is nobody else.
    found = [role for role in found if role.who.kind != "crowd" or not any(
             0 < role.who.first - anchor < CALLED for anchor in called)]  # fmt: skip
    found = _of_another(words, people, found)
    found += tellers(words, acts)
    found = [*found, *gapped(words, people, acts), *short_of(words, people)]
    return in_order(words, found)


def _of_another(
    words: Sequence[str], people: Sequence[Referent], found: Sequence[Role]
) -> list[Role]:
    """The same with whose aid from another it is as the receiver: "Malawi's Global Fund grant"."""
    made = list(found)
    for one, other in pairwise(people):
        if has_share(words, one, other):
            made = [r for r in made if r.who != one]
            made.append(Role("recipient", 0.9, one, "party-whose-need", one.last))
        named = one.last + 1 if one.kind == "owner" else one.last + 2
        following = following_words(words, other.last + 1)
        if (
            one.code and other.code and one.code != other.code
            and named == other.first
            and (one.kind == "owner" or words[one.last + 1] in GRAMMAR["possessive"])
            and (giving(other) >= 2 or other.code in GRANTING)
            and (giving(one) < 2 or (other.code == "EU" and one.kind not in _ABOVE))
            and not NOUNS["given"].isdisjoint(following)
            and GRAMMAR["paid_in"].isdisjoint(following)
        ):  # fmt: skip
            made = [r for r in made if r.who not in (one, other) or r.verb is not None]
            made.append(Role("recipient", 0.85, one, "party-whose-need", one.last))
            made.append(Role("donor", 0.85, other, "party-whose-aid", other.last))
    return made


def _owed(words: Sequence[str], role: Role, people: Sequence[Referent]) -> Role:
    """Whose amount comes from somebody else's funds has it: "Poland's $5m in EU funds"."""
    if role.role == "donor" and role.verb is None and role.rule in _OWNED and any(
        _pays_out(words, role.who, other) for other in people
    ):  # fmt: skip
        return role._replace(role="recipient")
    if role.rule != "party-owner" or role.role != "donor":
        return role
    amount = role.who.last + 2
    for other in people:
        if _ends_grant(words, other, role.who):
            return role._replace(role="recipient")
        if (
            amount < other.first <= amount + 5
            and (giving(other) >= 2 or other.code in GRANTING)
            and other.codes != role.who.codes
            and (
                (
                    set(words[amount + 1 : other.first]) <= GRAMMAR["owed_from"]
                    and not _OWED.isdisjoint(following_words(words, other.last + 1))
                )
                or (giving(other) == 3 and _lent_with(words[amount + 1 : other.first]))
            )
        ):
            return role._replace(role="recipient")
    return role


def _ends_grant(words: Sequence[str], giver: Referent, who: Referent) -> bool:
    """Whether a giver acts on a grant that a body has: "USAID cancelled Oxfam's $5m grant"."""
    has = who.kind in ("agency", "organisation", "body") or (
        who.kind == "funder" and who.code not in FUNDERS
    )
    between = words[giver.last + 1 : who.first]
    acts = len(between) <= PAYMENT and not GRAMMAR["done_to_grants"].isdisjoint(between)
    return has and acts and giving(giver) >= 2 and giver.codes != who.codes


def _pays_out(words: Sequence[str], who: Referent, other: Referent) -> bool:
    """Whether what somebody owns is from another: "Poland's first payment from the EU's fund"."""
    between = words[who.last + 1 : other.first]
    start = other.first - (words[other.first - 1] == "the")
    return (
        0 < len(between) <= PAYMENT
        and between[0] in GRAMMAR["possessive"]
        and words[start - 1] == "from"
        and other.codes != who.codes
        and (giving(other) >= 2 or other.code in GRANTING)
        and GRAMMAR["clauses"].union(verb_forms()).isdisjoint(between)
    )


def _lent_with(between: Sequence[str]) -> bool:
    """Whether words tell of a loan with a lender: "Malawi's $5m credit facility with the IMF"."""
    return not NOUNS["lent"].union(NOUNS["accord"]).isdisjoint(between) and (
        between[-1] == "with" or between[-2:] == ["with", "the"]
    )


def _by_frame(words: Sequence[str], frame: Frame) -> Iterator[Role]:
    frame = turned(words, frame)
    if frame.subject is not None:
        roles = _of_subject(words, frame, frame.subject)
        if (
            words[frame.verb].endswith("ing")
            and "with" in words[frame.subject.first - 2 : frame.subject.first]
        ):
            # "with the IMF chipping in $5m": of that amount alone
            only = next((n for n in range(frame.verb, len(words)) if words[n] == AMOUNT), None)
            roles = (role._replace(only=only) for role in roles)
        yield from roles
    if frame.object is not None and not frame.passive:
        yield from _of_object(words, frame, frame.object)


def _brought(words: Sequence[str], frame: Frame, earlier: Sequence[Frame]) -> list[Role]:
    """Who comes or goes with an amount: "Macron flew to Beirut with $5m" gives it.

    "Kyiv flew home with $5m", "Gavi left Brussels with $5m" get it, "Sweden followed with $5m" does
    what was done before.
    """
    verb, who = words[frame.verb], frame.subject
    if who is None or frame.distance > 3:
        return []
    wanted = GRAMMAR["requests_sent"] | GRAMMAR["wanted"]
    if verb.startswith("follow"):
        before = (act.act for act in reversed(earlier) if act.act in ("gives", "receives"))
        act = next(before, "gives")
    elif verb in GRAMMAR["left"] or words[frame.verb + 1] in GRAMMAR["leaves"] or (
        not wanted.isdisjoint(words[frame.verb : frame.verb + BROUGHT + 2])
    ):  # fmt: skip
        act = "receives"
    else:
        act = "gives" if giving(who) >= 2 else ""
    only = words.index(AMOUNT, frame.verb)
    roles = _of_subject(words, frame._replace(act=act), who)
    return [role._replace(only=only, score=1.0, verb=None) for role in roles]


def _of_subject(words: Sequence[str], frame: Frame, who: Referent) -> Iterator[Role]:
    """Who does what a verb says."""
    act, verb, score = frame.act, frame.verb, 0.85 - 0.01 * frame.distance
    two = len(who.members) == 2 and len(who.codes) == 2
    lenders = [giving(m) for m in who.members]
    agreed = words[verb].startswith("agree") and words[verb + 1 :][:1] != ["to"] and 1 in lenders
    signs = act == "signs" or (agreed and max(lenders) > 1)
    if two and (signs or (act not in ("gives", "says") and 3 in lenders)):
        yield from pair(who, "party-accord", verb, verb)
    elif frame.passive:
        if who.codes and act in ("gives", "raises", "thanks", "arrives"):
            yield Role("recipient", score, who, "party-subject-receives", verb, verb)
        elif who.codes and act == "asks":
            yield Role("donor", score, who, "party-asked", verb, verb)  # "Oslo was asked for $5m"
    elif act == "raises" and who.code in APPEALING:
        return  # for a country
    elif act == "raises":
        together = who.kind == "crowd" and words[who.last] in GRAMMAR["give_together"]
        gives = giving(who) == 3 or who.code in GIVERS or together
        yield Role(
            "donor" if gives else "recipient", score, who, "party-subject-raises", verb, verb
        )
    elif act in ("receives", "needs", "thanks"):
        short = not GRAMMAR["gaps"].isdisjoint(words[verb + 1 : verb + 6])  # "faces a shortfall of"
        if (
            who.codes
            and not (act == "needs" and who.code in ASSESSORS and not short)
            and who.code not in APPEALING
        ):
            others = not short and (
                who.code in ASSESSORS or (act == "needs" and who.code in AGENCIES)
            )
            less = FOR_OTHERS if others and act != "thanks" else 0.0
            yield Role("recipient", score - less, who, "party-subject-receives", verb, verb)
    elif act == "gives":
        yield Role("donor", score, who, "party-subject-gives", verb, verb)
    elif act == "signs":
        buys = (  # "signed contracts worth $5m"
            not GRAMMAR["bought"].isdisjoint(words[verb + 1 : verb + 5])
            and "with" not in words[verb : verb + 12]
        )
        side = "recipient" if giving(who) == 1 and not buys else "donor"
        if who.kind == "agency" and who.code not in GRANTING:
            # "UNHCR signed a deal with Chad": it gives, but not where it has one with Norway.
            score -= FOR_OTHERS
            yield Role("recipient", score - 0.01, who, "party-subject-signs", verb, verb)
        if who.kind != "crowd":
            yield Role(side, score, who, "party-subject-signs", verb, verb)
    elif act == "asks":
        yield from _asks(frame, who, score)
    elif act == "says":
        yield from says(words, frame, who)


def _of_object(words: Sequence[str], frame: Frame, who: Referent) -> Iterator[Role]:
    """Who stands behind a verb without a preposition: "gave Kyiv $5m", "asked Congress for"."""
    act, verb, subject = frame.act, frame.verb, frame.subject
    same = subject is not None and who.codes == subject.codes
    if act == "gives" and who.kind == "pronoun" and (same or words[verb] in GRAMMAR["decides"]):
        return  # "three months after the EU had wired it $5m", "its board approved it"
    if words[verb] in GRAMMAR["binds"] and words[who.last + 1 : who.last + 2] == ["to"]:
        yield Role("donor", 1.0, who, "party-subject-gives", verb, verb)
        return  # "a resolution that commits Iceland to $4bn a year"
    board = who.kind == "funder" and words[who.last] in ("board", "directors", "parliament")
    if act == "gives" and (who.kind in ("institution", "chamber") or board):
        # "The bill passed the Senate", "the loan cleared the bank's board": who is passed acts.
        if board or subject is None or (not subject.codes and subject.kind != "crowd"):
            yield Role("donor", 0.8, who, "party-passed", verb, verb)
        elif who.kind == "institution" and len(who.codes) == 1 and who.codes != subject.codes:
            # "Donors promised the Palestinian Authority $170m"
            yield Role("recipient", 0.9, who, "party-object", verb, verb)
    elif act in ("gives", "arrives") and (
        who.kind in _OBJECTS or who.kind == "funder" or act == "arrives"
    ):
        following = following_words(words, who.last + 1)
        if not (who.kind in ("demonym", "funder") and NOUNS["given"].intersection(following)):
            score = 0.87 if who.kind == "agency" else 0.9  # "gave UNICEF $5m for the Maldives"
            yield Role("recipient", score, who, "party-object", verb, verb)
    elif act == "needs" and who.kind in _OBJECTS and who.kind != "pronoun":
        # "The war has cost Sudan $26 billion"
        yield Role("recipient", 0.8, who, "party-object", verb, verb)
    elif act == "asks" and words[who.first - 1] == "for":
        yield Role("recipient", 0.85, who, "party-for", verb, verb)  # "appealed for Sudan"
    elif act in ("asks", "thanks"):
        yield Role("donor", 0.95, who, "party-asked", verb, verb)
    elif act == "says" and subject is not None and (
        giving(subject) == 3 or (subject.kind == "agency" and subject.code not in ASSESSORS)
    ):  # fmt: skip
        # "The Global Fund has told Lesotho that its grant ..."
        yield Role("donor", 0.45, subject, "party-tells", verb)
        yield Role("recipient", 0.45, who, "party-told", verb)


def _asks(frame: Frame, subject: Referent, score: float) -> Iterator[Role]:
    """A government asks its parliament, a country in need asks others."""
    rules = subject.kind in ("leader", "institution", "government", "funder")
    if (rules and giving(subject) > 1) or (subject.kind == "government" and not subject.codes):
        yield Role("donor", score, subject, "party-asks-parliament", frame.verb, frame.verb)
    elif subject.codes and subject.code not in ASSESSORS:
        score -= FOR_OTHERS if subject.code in AGENCIES else 0.0
        yield Role("recipient", score, subject, "party-subject-asks", frame.verb, frame.verb)
