"""What the words between a cue and an amount do: measure it, embrace it, or part the two."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.stages.cues import GRAMMAR
from tracker.extraction.stages.readings import readings
from tracker.extraction.text.sentence import AMOUNT, Sentence, Token

HANGING = 5
"""How many words before a noun the preposition that it hangs on may stand."""
OF_NOUN = 5
"""How many words that belong to a noun may stand before an aside on it."""
_MEASURING = (
    GRAMMAR["measures"] | GRAMMAR["have"] | GRAMMAR["hedging"] | GRAMMAR["hedges"]
    | {"to", "at", "for", "of", "than", "a", "expected", "forecast", "projected"}
)  # fmt: skip
_OF_IT = (["of", "which"], ["of", "it"], ["of", "that"])


def measures(between: Sequence[Token]) -> bool:
    """Whether the words between a noun and an amount say how much it is: "damage came to"."""
    return any(t.lower in GRAMMAR["measures"] for t in between)


def brings(tokens: Sequence[Token], first: int, position: int) -> bool:
    """Whether "brings" and "to" embrace the words from a noun on: "brings its payments to"."""
    return any(t.lower in GRAMMAR["brings"] for t in tokens[max(0, first - 4) : first]) and any(
        t.lower == "to" for t in tokens[max(first, position - 4) : position]
    )


def is_object(tokens: Sequence[Token], first: int) -> bool:
    """Whether a noun hangs on a preposition and is no subject: "receipts under the appeal"."""
    start = max(1, first - HANGING)
    start = max([start, *(n for n in range(start, first) if tokens[n].lower in (",", ";"))])
    return any(
        tokens[place].lower in GRAMMAR["hangs_on"]
        and tokens[place - 1].lower not in GRAMMAR["fractions"]
        for place in range(start, first)
    )


def parted(between: Sequence[Token]) -> bool:
    """Whether more than words of its own parts a verb from an amount."""
    return any(t.lower in GRAMMAR["parting"] for t in between)


def own_subject(sentence: Sentence, position: int, first: int) -> bool:
    """Whether another amount, in a clause of its own, is what a passive verb is said of."""
    between = sentence.words[position + 1 : first]
    if ";" in between and AMOUNT in between[between.index(";") :]:
        return True
    if AMOUNT in between:
        # "the $9m fund, $5m of which was paid", "and found that $5m had been paid"
        last = len(between) - 1 - between[::-1].index(AMOUNT)
        part = between[last + 1 : last + 3] in _OF_IT or between[last - 2 : last] in _OF_IT
        told = between[last - 1] == "that" and GRAMMAR["auxiliary"].issuperset(between[last + 1 :])
        if part or told:
            return True
    # "let it grow to $9m, and $5m reached Quito"; but "$9m for roads, and $5m, was paid"
    said = any(r.last < position and r.status and r.voice != "noun" for r in readings(sentence))
    return said and between[-3:] == [",", "and", AMOUNT]


def estimated(between: Sequence[Token]) -> bool:
    """Whether a clause puts a noun at an amount: "the gap, which the Fund puts at $5m"."""
    told = [t.lower for t in between]
    return told[:2] == [",", "which"] and told[-1] == "at" and not GRAMMAR["puts"].isdisjoint(told)


def measured_beyond(between: Sequence[Token]) -> bool:
    """Whether an aside stands between a noun and what measures it.

    "Its revenue, which came to $5m", "the appeal, launched in May, was for $5m".
    """
    words = [t.lower for t in between]
    if "," not in words[:OF_NOUN] or not {AMOUNT, ";"}.isdisjoint(words):
        return False
    aside = words[words.index(",") + 1 :]
    measured = aside[1:] if aside[:1] == ["which"] else []
    if aside.count(",") == 1:
        measured = aside[aside.index(",") + 1 :]
    return (
        measured != []
        and not GRAMMAR["measures"].isdisjoint(measured)
        and _MEASURING.issuperset(measured)
    )


def opening_aside(sentence: Sentence) -> int | None:
    """Where the comma stands that ends a clause before the main one: "Because X refused, $5m"."""
    words = sentence.words
    if words[:1] and words[0] in GRAMMAR["opens_aside"] and "," in words:
        return words.index(",")
    return None
