"""People's decisions on two mentions: the same figure, or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tracker.figures.statement import Links

Pair = tuple[str, str, str]
"""Two mention_ids, and "same" or "different"."""


def links_of(pairs: Iterable[Pair]) -> Links:
    """What decisions on pairs make of each mention; see `Links`.

    What is the same as the same is the same. A pair that is told apart stays apart, also when
    other pairs would make it the same.
    """
    told = sorted(pairs)
    apart = [(one, other) for one, other, decision in told if decision == "different"]
    classes: dict[str, set[str]] = {}
    for one, other, decision in told:
        if decision == "same":
            joint = classes.get(one, {one}) | classes.get(other, {other})
            if not any(a in joint and b in joint for a, b in apart):
                classes |= dict.fromkeys(joint, joint)
    same = {mention: min(joint) for mention, joint in classes.items()}
    barred: defaultdict[str, set[str]] = defaultdict(set)
    for pair in apart:
        for mention, other in (pair, pair[::-1]):
            for member in classes.get(mention, {mention}):
                barred[member].add(same.get(other, other))
    return Links(same, {mention: frozenset(names) for mention, names in barred.items()})
