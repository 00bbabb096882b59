"""Which counts where a hold and the words of a stage both reach an amount."""

from __future__ import annotations

from tracker.extraction.stages.holds import relative
from tracker.extraction.stages.ties import Tie

_EARLIER = frozenset({"had", "that", "which"})
"""Before what had been paid when the hold began: "froze $5m that had been paid"."""


def arrived_since(status: Tie, hold: Tie) -> bool:
    """Whether money that was held has come since: "on ice since May, $5m arrived on Friday"."""
    before = hold.reading.first < status.reading.first and hold.reading.hold == "blocked"
    words = status.sentence.words[hold.reading.last + 1 : status.reading.first]
    paid = status.reading.voice == "passive" and _EARLIER.isdisjoint(words)
    came = status.reading.cue.intransitive or paid
    return before and status.reading.status == "disbursed" and came


def paid_late(status: Tie, hold: Tie, position: int) -> bool:
    """Whether an adjective only says that what is paid, or what it is paid under, was held.

    "Paid out a delayed $5m", "$5m was handed over under the scrapped deal".
    """
    if status.reading.status == "approved":
        # "passed a long-delayed bill worth $5m"
        ahead = status.sentence.words[status.reading.last + 1 : hold.reading.first]
        return status.reading.voice in ("active", "past") and ahead in (["a"], ["an"], ["its"])
    if status.reading.status != "disbursed":
        return False
    told = status.sentence.words[position + 1 : hold.reading.first]
    if status.reading.first < position and "had" in told and status.reading.voice != "noun":
        return True  # "paid the $5m it had been sitting on"
    if hold.reading.cue.kind != "past":
        return False
    first = hold.reading.first
    under = status.sentence.words[first - 2 : first] == ["under", "the"]
    return status.reading.first < first and (hold.reading.last == position - 1 or under)


def not_yet_done(status: Tie, hold: Tie, position: int) -> bool:
    """Whether the words of a stage only say what is held or cut, and no stage of its own.

    "Payment of $5m was suspended": it has not been made. "A cut of $5m is planned": what is planned
    is the cut.
    """
    reading, held = status.reading, hold.reading
    if reading.cue.rule == "payment":
        return reading.voice == "noun"
    cut = held.cue.rule == "cut-noun" or (held.cue.rule == "cut" and held.cue.kind == "phrase")
    if relative(status.sentence.words, position, reading.first):
        return False  # "the $5m that was promised will not be paid"
    return cut and reading.cue.rule in ("promise", "will", "is-to")


def still_given(status: Tie, hold: Tie) -> bool:
    """Whether what is given regularly is held: "the $5m they get every year is withheld"."""
    regular = status.reading.status == "disbursed" and status.reading.cue.kind in (
        "present",
        "base",
    )
    return regular and hold.reading.voice == "passive" and hold.reading.first > status.reading.first


def lists_cuts(status: Tie, position: int) -> bool:
    """Whether a stage is that of cuts that stand far off: "cuts, per donor: Spain €9m"."""
    reading = status.reading
    return (reading.cue.rule, reading.status) == ("cut-noun", "unspecified") and (
        reading.first < position
    )
