"""Who may be the subject of a verb, by the words beside the name."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.parties.act_words import NOUNS
from tracker.extraction.parties.acts import GRAMMAR
from tracker.extraction.parties.asides import names_programme
from tracker.extraction.parties.referent import Referent
from tracker.extraction.text.sentence import AMOUNT

_BEFORE_NO_SUBJECT = (GRAMMAR["done_for"] | GRAMMAR["prepositions"]) - {"than"}
_COUNTED = frozenset({"million", "thousand", "hundred", "billion"})
"""Before people that are only counted: "1.3 million Syrians"."""
_NO_SUBJECTS = GRAMMAR["done_for"] | GRAMMAR["hosts"] | GRAMMAR["fleeing"] | _COUNTED
PLAIN = frozenset({"name", "capital", "place", "leader", "institution", "funder", "agency", "bloc",
                    "organisation", "crowd", "chamber", "government", "pronoun", "country", "body",
})  # fmt: skip
"""Kinds of referents that can be subjects."""
ASIDE = 9
"""How many words an aside on time or place may have, with its comma."""


def decider(words: Sequence[str], position: int, at: dict[int, Referent]) -> Referent | None:
    """Whose decision it is to do it: "hailed Norway's decision to give it $5m"."""
    if words[position + 1 : position + 2] != ["to"] or words[position] not in GRAMMAR["resolves"]:
        return None
    for place in (position - 1, position - 2):
        if place > 0 and words[place] in GRAMMAR["possessive"]:
            return at.get(place - 1)
    return None


def before_aside(words: Sequence[str], position: int, at: dict[int, Referent]) -> Referent | None:
    """Who stands before words of time or place in commas: "Biden, on his visit to Manaus, gave"."""
    first = next((n for n in range(position - 1, max(0, position - ASIDE), -1)
                  if words[n] == ","), None)  # fmt: skip
    if first is None or words[first + 1] not in GRAMMAR["opens_circumstance"]:
        return None
    who = at.get(first - 1)
    return (
        who
        if who is not None and who.kind in PLAIN and AMOUNT not in words[first:position]
        else None
    )


def apposition(words: Sequence[str], referent: Referent) -> bool:
    """Whether a name stands behind a comma and may only explain the one before it."""
    if referent.first < 2 or words[referent.first - 1] != "," or referent.kind != "leader":
        return False
    # "Standing beside Marcos in Manila, Blinken unveiled $5m"
    return not (words[0].endswith("ing") and "," not in words[: referent.first - 1])


def closes(words: Sequence[str], last: int) -> bool:
    """Whether a city stands for the meeting there: "Baku ended with promises of $5m"."""
    behind = words[last + 1 : last + 3]
    return len(behind) > 1 and behind[0] in GRAMMAR["closes"] and behind[1] in ("with", "before")


def may_act(words: Sequence[str], referent: Referent, masked: frozenset[int]) -> bool:
    """Whether somebody may be a subject: no adjective, owner, or object of a preposition."""
    if referent.kind not in PLAIN:
        return False
    following = words[referent.last + 1] if referent.last + 1 < len(words) else ""
    if referent.kind == "pronoun" and following in ("and", "but"):
        return False  # "Albania met it and was paid $5m"
    if following in GRAMMAR["numerals"]:
        following = words[referent.last + 2]  # "The Brussels VIII conference"
    if following in GRAMMAR["possessive"]:
        return False
    if following == "-" and not GRAMMAR["hyphened"].isdisjoint(
        words[referent.last + 2 : referent.last + 3]
    ):
        return False  # "the Manila-based lender"
    if referent.kind == "name" and names_programme(words, referent.last):
        return False
    if referent.kind in ("capital", "place") and closes(words, referent.last):
        return False  # "Baku ended with rich countries promising $5m"
    events = NOUNS["events"] if referent.kind != "crowd" else frozenset()
    if referent.kind == "name" and following in GRAMMAR["disasters"] | GRAMMAR["appeals"]:
        return False  # "Myanmar earthquake appeal, sums paid in"
    if following in events or following in ("report", "study", "bill", "hearing"):
        return False
    if following in NOUNS["given"] and referent.kind not in ("leader", "pronoun", "government"):
        return False
    before = referent.first - 1
    if before >= 0 and words[before] in _NO_SUBJECTS:
        return False
    while before >= 0 and words[before] in GRAMMAR["before_a_name"]:
        before -= 1
    if before < 0 or before in masked:
        return True
    return words[before] not in _BEFORE_NO_SUBJECT
