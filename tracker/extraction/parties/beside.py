"""Roles by the words beside a name: prepositions, owners, adjectives and labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.extraction.parties.act_words import NOUNS
from tracker.extraction.parties.acts import GRAMMAR, verb_forms
from tracker.extraction.parties.frames import Frame
from tracker.extraction.parties.item_roles import by_label
from tracker.extraction.parties.owners import by_noun, following_words, owner_and_from
from tracker.extraction.parties.prepositions import by_preposition
from tracker.extraction.parties.referent import Referent
from tracker.extraction.parties.role import Role, giving, pair
from tracker.extraction.text.sentence import AMOUNT

_SAID_TO_BE = {"donor": "party-is-donor", "recipient": "party-is-recipient"}
"""The rule, and the list of the grammar, by which a name is said to be a party."""


_FIRMS = GRAMMAR["firms"] | {"makers"}
_SIGNED = GRAMMAR["signed"] | GRAMMAR["talks"]


def _agree(words: Sequence[str], who: Referent) -> bool:
    """Whether a likely giver and another are named together in a sentence on an accord."""
    sides = {giving(member) for member in who.members}
    if sides in ({3, 0}, {3, 1}) and not NOUNS["accord"].isdisjoint(words):
        return True
    return sides in ({3, 0}, {3, 1}, {2, 0}, {2, 1}) and not (
        _SIGNED.isdisjoint(words) or NOUNS["lent"].isdisjoint(words)
    )


def beside(words: Sequence[str], who: Referent, acts: Sequence[Frame]) -> Iterator[Role]:
    """Roles by the words beside a name: prepositions, owners, labels."""
    if not who.codes and who.kind in ("pronoun", "owner"):
        return
    hyphen = words[who.last + 1 : who.last + 2] == ["-"]
    if hyphen and who.kind in ("demonym", "name", "agency", "funder", "bloc") and (
        words[who.last + 2 : who.last + 3] and words[who.last + 2] in GRAMMAR["by_hyphen"]
    ):  # fmt: skip
        yield Role("donor", 0.8, who, "party-whose-aid", who.last)  # "French-donated munitions"
        return
    if words[who.last + 1 : who.last + 4] == [",", "to", "which"]:
        yield Role(
            "recipient", 0.85, who, "party-to", who.last
        )  # "Lusaka, to which China lent $5m"
    if hyphen and (
        who.kind in ("demonym", "name")
        or not GRAMMAR["hyphened"].isdisjoint(words[who.last + 2 : who.last + 3])
    ):
        return
    if who.kind == "capital" and who.first == 1 and words[0] == "from" and (
        words[who.last + 1 : who.last + 2] == [","]
    ):  # fmt: skip
        return  # "From Vienna, the fund reported"
    if len(who.members) == 2 and _agree(words, who):
        for role in pair(who, "party-accord", who.last, None):
            yield role._replace(score=0.7)
        return
    if words[who.first - 2 : who.first] == ["so", "that"] and (
        words[who.last + 1 : who.last + 2] in (["can"], ["could"], ["may"], ["might"])
    ):  # fmt: skip
        yield Role("recipient", 0.5, who, "party-for", who.first)  # "so that Kyiv can pay teachers"
    whose = (
        words[who.last + 1 : who.last + 3] == [",", "whose"]
        and "debt" not in (words[who.last + 3 : who.last + 6])
    )
    owner = (
        who.kind == "owner"
        or whose
        or (
            words[who.last + 1 : who.last + 2] != []
            and words[who.last + 1] in GRAMMAR["possessive"]
        )
    )
    following = following_words(words, who.last + 1 + whose + (owner and who.kind != "owner"))
    if NOUNS["neither"].intersection(following[:2]) and (
        words[who.first - 1] not in GRAMMAR["done_for"]  # "to help Moldova buy gas"
    ):
        return
    if who.kind == "demonym" and not (_FIRMS.isdisjoint(following[:2])):
        return  # "the contract went to an Icelandic firm"
    if who.kind in ("demonym", "capital") and not GRAMMAR["sellers"].isdisjoint(following[:2]) and (
        words[who.first - 2 : who.first] in (["with", "a"], ["from", "a"], ["by", "a"])
        or words[who.first - 1] in ("with", "from", "by", "of")
    ):  # fmt: skip
        return  # "bought from Ukrainian factories", "a contract with a Zagreb dealer"
    if who.first and words[who.first - 1] in GRAMMAR["fleeing"]:
        return  # "families who fled Karabakh"
    guests = words[who.last + 1 : who.last + 7]
    if who.kind == "demonym" and "in" in guests[1:] and guests[0] in GRAMMAR["hosted"] and (
        GRAMMAR["ends_purpose"].isdisjoint(guests[: guests.index("in")])
    ):  # fmt: skip
        return  # "Sudanese refugees in Chad"
    seat = who.kind in ("capital", "place") or words[who.last] in GRAMMAR["seats"]
    if seat and NOUNS["events"].intersection(following[:2]):
        return
    if who.kind == "name" and following[:1] == ["conference"] and (
        who.first == 0 or giving(who) < 2
    ):  # fmt: skip
        yield Role("recipient", 0.6, who, "party-for", who.first)  # "Lebanon conference: ..."
    before = who.first - 1
    while before >= 0 and words[before] in GRAMMAR["before_a_name"]:
        before -= 1
    preposition = words[before] if before >= 0 else ""
    noun = words[before - 1] if before > 0 else ""
    if following[:1] in (["border"], ["frontier"]) and preposition in ("to", "near", "at"):
        return  # "a railway to the Ugandan border"
    owned = None
    on_event = preposition in ("on", "for") and noun in NOUNS["events"]
    if not on_event and preposition != "by" and (preposition != "from" or owner):
        owned = by_noun(words, who, owner, following, preposition, noun)
    if who.kind == "owner" and (own := owner_and_from(words, who, following, before)):
        yield own
        return
    if owned and not (whose and owned.role == "recipient" and giving(who) >= 2):
        yield _of_budget(owned, following, acts) if owner else owned
    if who.kind == "owner":
        return
    for side, rule in _SAID_TO_BE.items() if not owner else ():
        if _is_said(words, who.last, GRAMMAR[rule]):
            yield Role(side, 0.75, who, rule, who.last)
    if owner and preposition == "from" and GRAMMAR["disasters"].intersection(following):
        yield Role("recipient", 0.7, who, "party-whose-need", who.last)
        return  # "the damage from Myanmar's earthquake"
    goods = who.kind in ("demonym", "bloc") and NOUNS["given"].intersection(following[:3])
    if (owned is None or owned.role == "recipient") and not goods:
        yield from by_preposition(words, who, preposition, noun, before, acts)
    yield from by_label(words, who)


def _of_budget(role: Role, following: Sequence[str], acts: Sequence[Frame]) -> Role:
    """The role of a country, which gives what its budget does: "Kenya's budget sets aside $5m"."""
    end = role.who.last + 2
    gives = following[:1] == ["budget"] and any(
        a.act == "gives" and not a.passive and 0 < a.verb - end < 4 for a in acts
    )  # fmt: skip
    return role._replace(role="donor", score=0.8, rule="party-whose-aid") if gives else role


def _is_said(words: Sequence[str], last: int, labels: frozenset[str]) -> bool:
    """Whether a name is said to be one of `labels`: "Japan is the agency's largest donor"."""
    start = last + 1 + (words[last + 1 : last + 2] in (["has"], ["have"]))
    if GRAMMAR["is_said"].isdisjoint(words[start : start + 1]):
        return False
    if words[start + 1 : start + 2] and words[start + 1].endswith("ing"):
        return False  # "the fund is asking donors for"
    for word in words[start + 1 : start + 9]:
        if word in labels:
            return True
        if word in GRAMMAR["ends_label"] or word == AMOUNT or word in verb_forms():
            break
    return False
