"""Statements to groups: greedy, in an order of their own, and never through a chain of amounts.

docs/FIGURES.md holds the argument for this against connected groups. Every function here is a
function of the set of statements: the order in which they come changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from tracker.figures.statement import TAGS, Statement, contradiction, near_in_time

Fits = Callable[[Statement, Statement], bool]

_FEW = 24
"""Up to here a plain list is searched faster than an index."""


class AmountIndex:
    """Statements by amount and status, to find those that may fit one; it may find too many."""

    def __init__(self) -> None:
        self._bins: defaultdict[str | None, defaultdict[int, list[Statement]]] = defaultdict(
            lambda: defaultdict(list)
        )

    def add(self, item: Statement) -> None:
        """Put a statement under its interval and status; they may only narrow later."""
        bins = self._bins[item.status]
        for number in item.bins:
            bins[number].append(item)

    def discard(self, item: Statement) -> None:
        """Take out a statement that was put in and has not changed since."""
        bins = self._bins[item.status]
        for number in item.bins:
            bins[number] = [other for other in bins[number] if other is not item]

    def near(self, item: Statement) -> list[Statement]:
        """The statements that may overlap with `item` in a status that it may have, each once."""
        numbers = item.bins
        found: list[Statement] = []
        for status in (item.status, None) if item.status else self._bins:
            if bins := self._bins.get(status):
                for number in numbers:
                    found += bins.get(number, ())
        return list({id(other): other for other in found}.values()) if len(numbers) > 1 else found


def cluster(items: Iterable[Statement], fits: Fits) -> list[Statement]:
    """Groups of statements of which each two that stand together fit.

    What says most and is most precise begins a group, others join the one that they fit best, and
    groups that came to fit are joined in turn, until nothing changes. What contradicts never
    stands together. The statements given are left as they are.
    """
    groups = list(items)
    if len(groups) < 2:
        return groups
    groups = sorted(_equal_joined(groups, fits), key=lambda item: item.order)
    while True:
        kept: list[Statement] = []
        index = AmountIndex() if len(groups) > _FEW else None
        for item in groups:
            near = index.near(item) if index else kept
            target = choose(
                item, [c for c in near if fits(item, c) and contradiction(item, c) is None]
            )
            if target is not None:
                target.absorb(item)
                continue
            kept.append(item)
            if index:
                index.add(item)
        if len(kept) == len(groups):
            return kept
        groups = sorted(kept, key=lambda item: item.order)


def _equal_joined(items: Iterable[Statement], fits: Fits) -> Iterator[Statement]:
    """Copies of the statements; those that say exactly the same, one soon after the other, joined.

    What most mentions repeat is joined here, without a search. The undated wait for the search.
    """
    equal: defaultdict[tuple[Any, ...], list[Statement]] = defaultdict(list)
    for item in items:
        equal[item.said].append(item)
    for group in equal.values():
        group.sort(key=lambda item: (item.first is None, item.first or 0, item.order))
        run: Statement | None = None
        for item in group:
            if run and item.first is not None and not item.barred and fits(run, item):
                run.absorb(item)
                continue
            if run:
                yield run
            run = item.copy()
        if run:
            yield run


def choose(item: Statement, candidates: Sequence[Statement]) -> Statement | None:
    """The group that `item` joins: the one that says most of the same; None when that is open.

    It is open when those that fit best contradict each other in what the statement leaves unsaid.
    Among others the nearest amount counts, then the nearest date.
    """
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    scores = [_shared(item, candidate) for candidate in candidates]
    most = max(scores)
    best = [c for c, score in zip(candidates, scores, strict=True) if score == most]
    for tag in (*TAGS, "period"):
        if len({value for c in best if (value := getattr(c, tag)) is not None}) > 1:
            return None
    best.sort(key=lambda c: (_distance(item, c), _silence(item, c), c.order))
    if len(best) > 1 and item.first is None and _distance(item, best[0]) == _distance(
        item, best[1]
    ):  # fmt: skip
        return None
    return best[0]


def _shared(item: Statement, other: Statement) -> int:
    tags: int = sum(
        (value := getattr(item, tag)) is not None and value == getattr(other, tag)
        for tag in (*TAGS, "period")
    )
    return tags + int(item.cumulative == other.cumulative)


def _distance(item: Statement, other: Statement) -> float:
    return abs(item.low + item.high - other.low - other.high)


def _silence(item: Statement, other: Statement) -> int:
    if item.first is None or item.last is None or other.first is None or other.last is None:
        return 0
    return max(0, max(item.first, other.first) - min(item.last, other.last))


def fits_in_story(one: Statement, other: Statement) -> bool:
    """Whether two statements of one story that do not contradict are one.

    A running total may be stated once with and once without the words that say so.
    """
    return True


def fits_between(one: Statement, other: Statement) -> bool:
    """Whether statements of two stories, both between the same two parties, are one figure.

    An undated document joins here, since both parties are known.
    """
    return one.first is None or other.first is None or near_in_time(one, other)


fits_by_one_party = near_in_time
"""Whether statements of two stories that share one known party are one figure."""
