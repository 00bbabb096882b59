"""Whether an amount shares the hold of the one before it."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.stages.readings import readings
from tracker.extraction.stages.ties import Tie
from tracker.extraction.text.sentence import Sentence

SINCE = 5
"""How many words may part what is cut from what is left: "by $1m this year, to $5m"."""


def added(sentence: Sentence, before: int, position: int) -> bool:
    """Whether an amount is added to the one before as an object: "rescind $9bn and $1bn"."""
    front = sentence.words[position - 2 : position]
    if before < 0 or not (front[-1:] == ["and"] or front == ["and", "another"]):
        return False
    between = [r for r in readings(sentence) if before < r.first < position]
    if any(r.hold for r in between):
        return False  # "a $9m one which was terminated, and $1m"
    return not any(
        r.voice in ("active", "passive", "infinitive")
        # "the $9bn that it had voted, and $1bn": of the one before
        and {"that", "which"}.isdisjoint(sentence.words[before + 1 : r.first])
        for r in between
    )


def shared_hold(hold: Tie | None, words: Sequence[str], before: int, position: int) -> Tie | None:
    """The hold that an amount shares with the one at `before`, but not what a cut leaves.

    "Cut it by $1m, to $5m".
    """
    between = words[before + 1 : position]
    left = between[-1:] == ["to"] and (len(between) == 1 or between[-2] == ",")
    return None if words[before - 1] == "by" and left and len(between) <= SINCE else hold


def coordinated(status: Tie, before: int, position: int) -> bool:
    """Whether an amount shares the hold of the one at `before`, without a verb between.

    "Cancelled $2m in grants and $3m in contracts": the noun says the stage of the second alone.
    """
    return (
        status.reading.voice == "noun"
        and status.reading.status == "committed"
        and status.reading.first > before
        and not any(
            before < r.first < position for r in readings(status.sentence) if r.voice != "noun"
        )
    )
