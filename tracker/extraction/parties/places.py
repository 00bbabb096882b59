"""Roles of what lies behind "in": "a school in Mali", "MPs in Oslo", "landed in Kyiv"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.extraction.parties.act_words import NOUNS
from tracker.extraction.parties.acts import GRAMMAR, verb_forms
from tracker.extraction.parties.referent import Referent
from tracker.extraction.parties.role import Role, giving
from tracker.extraction.text.sentence import AMOUNT
from tracker.extraction.words import load_rules

PURPOSE = 6
"""How many words before "in" and a capital "for" may stand."""
_SAID = frozenset(load_rules("roles")["attribution"]["said"])


def _for_something(words: Sequence[str], place: int) -> bool:
    """Whether "for" and what it is for stand before "in": "$5m for cholera wards in Khartoum"."""
    near = words[max(0, place - PURPOSE) : place]
    return "for" in near and near[-1] != "for" and GRAMMAR["ends_purpose"].isdisjoint(
        near[near.index("for") :]
    )  # fmt: skip


def _built(words: Sequence[str], place: int) -> bool:
    """Whether what money pays for stands before "in": "a $5m tram line in Cairo"."""
    noun, near = words[place - 1], words[max(0, place - PURPOSE) : place - 1]
    return AMOUNT in near and noun.isalpha() and noun not in verb_forms() | NOUNS["given"] and (
        GRAMMAR["ends_purpose"].isdisjoint(near[near.index(AMOUNT) + 1 :])
    )  # fmt: skip


def in_a_place(words: Sequence[str], who: Referent, noun: str, before: int) -> Iterator[Role]:
    """Roles of a name behind "in": "a school in Mali", "MPs in Oslo", "landed in Kyiv"."""
    if noun in NOUNS["events"] or noun in GRAMMAR["posted"] or who.kind == "pronoun":
        return
    if noun in _SAID and giving(who) >= 2:
        return  # "von der Leyen said in Wrocław"
    if who.kind == "institution" and words[who.last] == "bank" and giving(who) < 2:
        yield Role("recipient", 0.55, who, "party-in", who.first)  # "in Yemen's central bank"
    elif who.kind in ("institution", "government", "chamber"):
        yield Role("donor", 0.4, who, "party-in-government", who.first)
    elif who.kind in ("capital", "funder") and giving(who) >= 2 and noun in GRAMMAR["held_in"]:
        yield Role("donor", 0.5, who, "party-in-government", who.first)  # "stuck in Brussels"
    elif who.kind == "capital" and (
        noun in NOUNS["sited"] | GRAMMAR["arrived_in"]
        or (giving(who) < 2 and (_for_something(words, before) or _built(words, before)))
    ):
        yield Role("recipient", 0.5, who, "party-in", who.first)
    elif who.kind == "crowd" and words[who.last] in GRAMMAR["regions"]:
        yield Role("recipient", 0.5, who, "party-in", who.first)  # "for relief in the Sahel"
    elif who.kind not in ("leader", "bloc", "capital", "institution", "funder", "agency",
                        "crowd", "government", "organisation"):  # fmt: skip
        yield Role("recipient", 0.55, who, "party-in", who.first)
