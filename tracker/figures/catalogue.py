"""The one door to figures, for pages, exports and the API: filtered, sorted, counted."""

from __future__ import annotations

import threading
from typing import Any, NamedTuple

import polars as pl

from tracker.figures.book import Book
from tracker.store import Filters, Query
from tracker.store.filters import LISTS, NONE
from tracker.store.query import Sort


class Span(NamedTuple):
    """Amounts that are looked for: those whose interval overlaps `low` to `high`."""

    low: float
    high: float
    currency: str | None = None
    """None for any currency."""


class Catalogue:
    """The figures of a store, brought up to date when the data has changed.

    Every method sees the state of one commit; all of them may be called from many threads.
    """

    def __init__(self, query: Query):
        self.query = query
        """The mentions that the figures are made of."""
        self._lock = threading.RLock()
        self._book: Book | None = None
        self._version: int | None = None

    @property
    def book(self) -> Book:
        """All figures, as the data is now; updated at the cost of what changed."""
        with self._lock:
            # The version is taken before the mentions: a commit in between is seen next time.
            version = self.query.version
            if self._book is None:
                self._book = Book.of(self.query)
            elif version != self._version:
                self._book.update(self.query.mentions(), self.query.decisions().pairs())
            self._version = version
            return self._book

    def figures(
        self,
        filters: Filters | None = None,
        sort: Sort = (),
        offset: int = 0,
        limit: int | None = None,
        amount: Span | None = None,
    ) -> pl.DataFrame:
        """The figures that at least one mention which `filters` keep states, whole.

        `amount` leaves those whose interval overlaps it. Without `sort` in the order of stages,
        the biggest amount first. Empty values stand last. Raises ValueError for a column to sort
        by that is not there.
        """
        with self._lock:
            found = self.book.showing(self.query, filters or Filters())
        if amount:
            found = found.filter(pl.col("low") < amount.high, pl.col("high") > amount.low)
            if amount.currency:
                found = found.filter(pl.col("currency") == amount.currency)
        for column, direction in sort:
            if column not in found.columns or direction not in ("asc", "desc"):
                raise ValueError(f"sort: no such order: {column} {direction}")
        if sort:
            by = [*sort, ("figure_id", "asc")]
            down = [direction == "desc" for _, direction in by]
            found = found.sort([column for column, _ in by], descending=down, nulls_last=True)
        return found.slice(offset, limit)

    def count(self, filters: Filters | None = None, amount: Span | None = None) -> int:
        """How many figures `filters` and `amount` keep."""
        return self.figures(filters, amount=amount).height

    def stating(self, figures: pl.DataFrame, most: int | None = None) -> pl.DataFrame:
        """The mentions of some figures, each with its `figure_id`, in the order of the figures.

        The first published stand first; `most` leaves so many of each figure.
        """
        members = figures.select("figure_id", pl.col("mention_ids").list.head(most or 2**31 - 1))
        members = members.explode("mention_ids").rename({"mention_ids": "mention_id"})
        stated = self.query.mentions_of(members["mention_id"])
        return members.join(stated, on="mention_id", maintain_order="left")

    def facets(self, filters: Filters | None = None) -> dict[str, list[tuple[str, int]]]:
        """For each list filter its values and how many figures each would give.

        A filter's own choice is left aside for its counts. "none" counts what a mention does not
        say and stands last, other values by count, then by name.
        """
        filters = filters or Filters()
        found = {}
        for name in LISTS:
            with self._lock:
                book = self.book
                kept = self.query.mentions(filters.without(name)).select("mention_id", name)
                pairs = kept.with_columns(figure=book.figure_ids(kept["mention_id"])).drop_nulls(
                    "figure"
                )
            counted = pairs.group_by(name).agg(pl.col("figure").n_unique()).rows()
            counted.sort(key=lambda row: (row[0] is None, -row[1], row[0] or ""))
            found[name] = [(NONE if value is None else value, number) for value, number in counted]
        return found

    def figure(self, name: str) -> dict[str, Any] | None:
        """One figure as a row, by its own id or that of any mention that is a member of it."""
        with self._lock:
            return self.book.figure(name)
