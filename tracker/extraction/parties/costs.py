"""What the words between a role and an amount cost, by role: less for the far and the crossed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from tracker.extraction.parties.acts import GRAMMAR
from tracker.extraction.text.sentence import AMOUNT, Sentence
from tracker.extraction.words import load_rules

COSTS: dict[str, float] = load_rules("roles")["costs"]
"""`[costs]` of roles.toml: what each thing that stands between costs."""
_CROSSING = {
    role: dict.fromkeys(GRAMMAR["hard"], COSTS["boundary"]) | {AMOUNT: COSTS[f"amount_{role}"]}
    for role in ("donor", "recipient")
}
"""For each role what it costs to cross a word, where that is more than the cost of any."""


def running_costs(sentence: Sentence) -> dict[str, list[float]]:
    """Running sums of what each word costs that stands between a role and an amount."""
    words, usual = sentence.texts, COSTS["word"]
    inside = _bracketed(words) if "(" in words else ()
    sums: dict[str, list[float]] = {}
    for role, crossing in _CROSSING.items():
        costs = [crossing.get(word, usual) for word in words]
        for place in inside:
            costs[place] = 0.0
        sums[role] = [0.0, *accumulate(costs)]
    return sums


def _bracketed(words: Sequence[str]) -> frozenset[int]:
    """Tokens in brackets: they stand between nothing."""
    inside: set[int] = set()
    opened = None
    for n, word in enumerate(words):
        if word == "(":
            opened = n
        elif word == ")" and opened is not None:
            inside.update(range(opened, n + 1))
            opened = None
    return frozenset(inside)
