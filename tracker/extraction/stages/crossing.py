"""What it costs a cue to cross the words between it and an amount."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from tracker.extraction.stages.cues import GRAMMAR
from tracker.extraction.text.sentence import AMOUNT, Sentence

PER_WORD = 0.02
WEAK_BOUNDARY = 0.07
STRONG_BOUNDARY = 0.25
SEMICOLON = 0.4
OTHER_AMOUNT = 0.4
ASIDE = 8
"""How many words an aside on time or place may have."""
_IN_AN_ASIDE = GRAMMAR["telling"] | GRAMMAR["be"] | GRAMMAR["have"] | GRAMMAR["relative"] | {AMOUNT}
_CROSSING = (
    dict.fromkeys(GRAMMAR["weak_boundaries"], WEAK_BOUNDARY)
    | dict.fromkeys(GRAMMAR["strong_boundaries"], STRONG_BOUNDARY)
    | {AMOUNT: OTHER_AMOUNT, ";": SEMICOLON}
)
"""What it costs to cross a word, where that is more than `PER_WORD`."""


def path_of(sentence: Sentence) -> list[float]:
    """Running sum over the words of what each costs to cross."""
    words = sentence.words
    costs = [_CROSSING.get(word, PER_WORD) for word in words]
    for comma, end in _asides(words):
        costs[comma : end + 1] = [0.0] * (end - comma) + [WEAK_BOUNDARY]
    for place in _with_it(words):
        costs[place : place + 3] = [0.0, 0.0, 0.0]
    for place in sentence.amounts:
        for comma in range(place - 2, max(0, place - 4), -1):
            worth = words[comma + 1 : comma + 3]
            if words[comma] == "," and (worth[0] == "worth" or worth == ["one", "worth"]):
                costs[comma] = PER_WORD  # "end its support, worth $5m"
        if hedged(words, place):
            costs[place - 1] = PER_WORD
    return [0.0, *accumulate(costs)]


def _asides(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where an aside in commas or brackets begins and ends: "had, a year before, given"."""
    commas = [n for n, word in enumerate(words) if word == ","]
    for one, other in pairwise(commas):
        inside = words[one + 1 : other]
        circumstance = 1 < len(inside) <= ASIDE and inside[0] in GRAMMAR["opens_circumstance"]
        joined = words[one - 1] in ("and", "but")
        if circumstance and not joined and _IN_AN_ASIDE.isdisjoint(inside):
            yield one, other
    opened = None
    for place, word in enumerate(words):
        if word == "(":
            opened = place
        elif word == ")" and opened is not None:
            if {AMOUNT, ":"}.isdisjoint(words[opened:place]):
                yield opened, place
            opened = None


def _with_it(words: Sequence[str]) -> list[int]:
    """Where "and with it" joins what the same is done to: "tore up the deal and with it $5m"."""
    return [n for n, w in enumerate(words) if w == "and" and words[n + 1 : n + 3] == ["with", "it"]]


def hedged(words: Sequence[str], position: int) -> bool:
    """Whether an amount is "more than" or "less than" what is written: nothing is compared."""
    return words[position - 1 : position] == ["than"] and words[position - 2] in GRAMMAR["hedges"]


def of_aside(words: Sequence[str], path: Sequence[float], position: int, first: int) -> float:
    """What an aside costs that a hold need not cross: "$5m, signed in May, was cancelled"."""
    commas = [n for n in range(position + 1, first) if words[n] == ","]
    if len(commas) != 2 or AMOUNT in words[commas[0] : commas[1]]:
        return 0.0
    finite = words[commas[1] + 1 : commas[1] + 2]
    held = not GRAMMAR["be"].isdisjoint(finite) or not GRAMMAR["have"].isdisjoint(finite)
    return path[commas[1] + 1] - path[commas[0]] if held else 0.0
