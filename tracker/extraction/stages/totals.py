"""Totals that a verb brings an amount to: "taking Canberra's support to more than A$1.7bn"."""

from __future__ import annotations

from tracker.extraction.stages.cues import GRAMMAR
from tracker.extraction.text.sentence import AMOUNT, Sentence

BROUGHT = 14
"""How many words before an amount "bringing" may stand."""
_HEDGES = GRAMMAR["hedging"] | GRAMMAR["hedges"] | {"than", "well"}
_TOTALS = frozenset({"total", "tally", "sum"})
_RAISES = frozenset({"raising", "raises", "lifting", "lifts", "pushing", "pushes"})
_AID = GRAMMAR["aid"] | _TOTALS
_OWN = frozenset({"its", "their", "'s", "’s"})
OTHER_CLAUSE = frozenset({
    ";", "but", "against", "while", "which", "who", "although", "though", "whereas",
})  # fmt: skip
"""Words that part an amount from a total said in another clause."""


def reaches_amount(sentence: Sentence, position: int) -> bool:
    """Whether "to" stands before the amount, or only hedges between: "to more than $5m"."""
    place = position - 1
    while place > 0 and sentence.words[place] in _HEDGES:
        place -= 1
    return sentence.words[place : place + 1] == ["to"]


def brought_to(sentence: Sentence, position: int) -> int | None:
    """Where the verb stands that makes a total of the amount, or None.

    "Bringing its commitments in Kenya to $2bn".
    """
    words = sentence.words
    if not reaches_amount(sentence, position):
        return None
    for place in range(position - 1, max(-1, position - BROUGHT), -1):
        if words[place] == AMOUNT or words[place] in OTHER_CLAUSE:
            return None
        if words[place] in _RAISES and not _TOTALS.isdisjoint(words[place + 1 : place + 4]):
            return place  # "raising the total of its aid to $5bn"
        lifting = (
            words[place] in _RAISES and words[place].endswith("ing") and words[place - 1] == ","
            and AMOUNT in words[:place] and not _AID.isdisjoint(words[place:position])
        )  # fmt: skip
        if words[place] in GRAMMAR["sums_up"] or lifting:
            summed = words[place:position]
            return None if _OWN.isdisjoint(summed) and _AID.isdisjoint(summed) else place
    return None
