"""What the figures of one commit need to be filtered, counted and sorted within milliseconds."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from tracker.figures.book import Book
from tracker.store import Filters
from tracker.store.filters import LISTS, NONE
from tracker.store.frame import plain
from tracker.store.query import Sort
from tracker.store.snapshot import Snapshot

KEPT = 16
"""Answers that are kept: pages ask for the same ones several times. Each takes some megabytes."""
Places = npt.NDArray[np.uint32]
T = TypeVar("T")


class Span(NamedTuple):
    """Amounts that are looked for: those whose interval overlaps `low` to `high`."""

    low: float
    high: float
    currency: str | None = None
    """None for any currency."""


class _Facet(NamedTuple):
    """Which values of a filter the mentions of each figure have."""

    values: list[str | None]
    pair: npt.NDArray[np.int32]
    """For each mention the number of its pair of figure and value; -1 where it has no figure."""
    value: npt.NDArray[np.int32]
    """For each pair the place of its value."""


class Index:
    """The figures of a book beside the mentions of the snapshot that they are made of."""

    def __init__(self, snapshot: Snapshot, book: Book):
        self.snapshot, self.book = snapshot, book
        figures = book.figures.select("mention_ids").with_row_index("place")
        members = figures.explode("mention_ids").rename({"mention_ids": "mention_id"})
        joined = snapshot.frame.select("mention_id").join(
            members, on="mention_id", how="left", maintain_order="left"
        )
        self._place = joined["place"].cast(pl.Int32).fill_null(-1).to_numpy()
        self._facets = {name: self._facet(snapshot.frame[name]) for name in LISTS}
        self._lock = threading.Lock()
        self._answers: OrderedDict[Any, Any] = OrderedDict()

    def _facet(self, column: pl.Series) -> _Facet:
        frame = pl.DataFrame({"place": self._place, "value": column}).with_row_index("mention")
        values = frame["value"].unique(maintain_order=True)
        codes = pl.DataFrame({"value": values}).with_row_index("code")
        pairs = frame.filter(pl.col("place") >= 0).join(codes, on="value", nulls_equal=True)
        pairs = pairs.with_columns(pair=pl.struct("place", "code").rank("dense") - 1)
        pair = np.full(frame.height, -1, np.int32)
        pair[pairs["mention"].to_numpy()] = pairs["pair"].to_numpy()
        first = pairs.select("pair", "code").unique("pair").sort("pair")
        return _Facet(
            values.cast(pl.String).to_list(), pair, first["code"].cast(pl.Int32).to_numpy()
        )

    def _kept(self, key: Any, make: Callable[[], T]) -> T:
        """An answer of before, or a new one."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                found: T = self._answers[key]
                return found
        made = make()
        with self._lock:
            self._answers[key] = made
            while len(self._answers) > KEPT:
                self._answers.popitem(last=False)
        return made

    def places(self, filters: Filters, amount: Span | None = None) -> Places:
        """Where the figures stand that a mention which `filters` keep states."""
        return self._kept(("places", filters, amount), lambda: self._places(filters, amount))

    def _places(self, filters: Filters, amount: Span | None) -> Places:
        if amount is not None:
            places = self.places(filters)
            rows = self.book.figures.select("low", "high", "currency")[places]
            overlaps = (rows["low"] < amount.high) & (rows["high"] > amount.low)
            if amount.currency:
                overlaps &= rows["currency"] == amount.currency
            found: Places = places[overlaps.to_numpy()]
            return found
        if filters == Filters():
            return np.arange(self.book.figures.height, dtype=np.uint32)
        place = self._place[self.snapshot.keeps(filters).to_numpy()]
        hit = np.zeros(self.book.figures.height + 1, bool)
        hit[place] = True
        return np.flatnonzero(hit[:-1]).astype(np.uint32)

    def figures(
        self,
        filters: Filters,
        sort: Sort,
        offset: int,
        limit: int | None,
        amount: Span | None,
        columns: Sequence[str] | None,
        packed: bool,
    ) -> pl.DataFrame:
        """See `Catalogue.figures`."""
        for column, direction in sort:
            if column not in self.book.figures.columns or direction not in ("asc", "desc"):
                raise ValueError(f"sort: no such order: {column} {direction}")
        key = "sorted", filters, tuple(sort), amount
        places = self._kept(key, lambda: self._sorted(filters, sort, amount))
        end = None if limit is None else offset + limit
        figures = self.book.figures if columns is None else self.book.figures.select(columns)
        chosen = places[offset:end]
        whole = len(chosen) == figures.height and not sort  # then they are in order, and not copied
        found = figures if whole else figures[chosen]
        return found if packed else plain(found)

    def _sorted(self, filters: Filters, sort: Sort, amount: Span | None) -> Places:
        places = self.places(filters, amount)
        if not sort:
            return places
        by = [*sort, ("figure_id", "asc")]
        down = [direction == "desc" for _, direction in by]
        names = list(dict.fromkeys(column for column, _ in by))
        rows = plain(self.book.figures.select(names)[places]).with_columns(place=places)
        ranked = rows.sort([column for column, _ in by], descending=down, nulls_last=True)
        return ranked["place"].to_numpy()

    def facets(self, filters: Filters) -> dict[str, list[tuple[str, int]]]:
        """See `Catalogue.facets`."""
        return self._kept(("facets", filters), lambda: self._counted(filters))

    def _counted(self, filters: Filters) -> dict[str, list[tuple[str, int]]]:
        found = {}
        for name in LISTS:
            others = filters.without(name)
            kept = self._kept(("kept", others), lambda f=others: self._keeps(f))  # type: ignore[misc]
            found[name] = self._values(self._facets[name], kept)
        return found

    def _keeps(self, filters: Filters) -> npt.NDArray[np.bool_] | None:
        return None if filters == Filters() else self.snapshot.keeps(filters).to_numpy()

    def _values(self, facet: _Facet, kept: npt.NDArray[np.bool_] | None) -> list[tuple[str, int]]:
        if kept is None:
            values = facet.value
        else:
            seen = np.zeros(len(facet.value) + 1, bool)
            seen[facet.pair[kept]] = True
            values = facet.value[seen[:-1]]
        numbers = np.bincount(values, minlength=len(facet.values)).tolist()
        rows = [(v, n) for v, n in zip(facet.values, numbers, strict=True) if n]
        rows.sort(key=lambda row: (row[0] is None, -row[1], row[0] or ""))
        return [(NONE if value is None else value, number) for value, number in rows]
