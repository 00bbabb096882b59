"""The one door to figures, for pages, exports and the API: filtered, sorted, counted."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import polars as pl

from tracker.figures.book import Book
from tracker.figures.edition import EditionError, kept, make
from tracker.figures.index import Index, Span
from tracker.store import Filters, Query
from tracker.store.frame import plain
from tracker.store.query import Sort
from tracker.store.snapshot import Snapshot

MANY = 100_000
"""Mentions from which the figures are kept on disk instead of in a book in memory."""


class Catalogue:
    """The figures of a store, brought up to date when the data has changed.

    Every method sees the state of one commit; all of them may be called from many threads. Of
    many mentions the figures of the commit before are shown while those of the new one are made,
    unless there are none yet: then a method waits for them. `ready` says whether it would.
    """

    def __init__(self, query: Query, many: int = MANY):
        self.query = query
        """The mentions that the figures are made of."""
        self._many = many
        self._lock = threading.RLock()
        self._book: Book | None = None
        self._index: Index | None = None
        self._stamp: tuple[object, ...] | None = None
        self._making: threading.Thread | None = None
        self._failed: EditionError | None = None
        self._starting = threading.Lock()
        self._reading: threading.Thread | None = None

    def ready(self, patience: float = 2.0) -> bool:
        """Whether figures can be shown within `patience` seconds; where not, they are being read.

        Errors are raised by the method that asks for figures then.
        """
        if self._index is not None:
            return True
        with self._starting:
            if self._reading is None or not self._reading.is_alive():
                self._reading = threading.Thread(target=self._read, daemon=True)
                self._reading.start()
            reading = self._reading
        reading.join(patience)
        return not reading.is_alive()

    def _read(self) -> None:
        with suppress(Exception):  # whoever asks next is told
            self._now()

    @property
    def book(self) -> Book:
        """All figures; updated at the cost of what changed, or read from disk when many."""
        return self._now().book

    @property
    def version(self) -> int:
        """The version of the data that the figures are of."""
        return self._now().snapshot.version

    def _now(self) -> Index:
        """The figures as the data is now, or was before the last commit."""
        snapshot = self.query.snapshot()
        index = self._index
        if index is not None and index.snapshot.stamp == snapshot.stamp:
            return index
        with self._lock:
            if self._index is None or self._index.snapshot.stamp != snapshot.stamp:
                if snapshot.frame.height < self._many:
                    self._take_book(snapshot)
                elif not self._take_kept(snapshot):
                    self._begin()
            making = self._making
        if self._index is None and making is not None:
            making.join()
        if self._index is None:
            raise self._failed or EditionError("the figures cannot be made")
        return self._index

    def _take_book(self, snapshot: Snapshot) -> None:
        """Bring the book in memory up to date."""
        mentions, pairs = plain(snapshot.frame), snapshot.decisions.pairs()
        if self._book is None:
            self._book = Book(mentions, pairs)
        else:
            self._book.update(mentions, pairs)
        self._index = Index(snapshot, self._book.still())

    def _take_kept(self, snapshot: Snapshot) -> bool:
        """Take the edition that the folder keeps of this commit, if it does."""
        edition = kept(self.query.store, snapshot)
        if edition is None:
            return False
        self._book, self._index = None, Index(snapshot, edition)
        return True

    def _begin(self) -> None:
        """Have the edition of the data as it is now made, unless it is being made."""
        if self._making is None or not self._making.is_alive():
            self._making = threading.Thread(target=self._make, daemon=True)
            self._making.start()

    def _make(self) -> None:
        try:
            make(self.query.store)
        except EditionError as error:
            self._failed = error
            return
        with self._lock:
            self._take_kept(self.query.snapshot())

    def figures(
        self,
        filters: Filters | None = None,
        sort: Sort = (),
        offset: int = 0,
        limit: int | None = None,
        amount: Span | None = None,
        columns: Sequence[str] | None = None,
        packed: bool = False,
    ) -> pl.DataFrame:
        """The figures that at least one mention which `filters` keep states, whole.

        `amount` leaves those whose interval overlaps it; `packed` figures may have categories
        where texts repeat, which saves a copy. Without `sort` in the order of stages,
        the biggest amount first. Empty values stand last. Raises ValueError for a column to sort
        by that is not there.
        """
        return self._now().figures(
            filters or Filters(), sort, offset, limit, amount, columns, packed
        )

    def count(self, filters: Filters | None = None, amount: Span | None = None) -> int:
        """How many figures `filters` and `amount` keep."""
        return len(self._now().places(filters or Filters(), amount))

    def facets(self, filters: Filters | None = None) -> dict[str, list[tuple[str, int]]]:
        """For each list filter its values and how many figures each would give.

        A filter's own choice is left aside for its counts. "none" counts what a mention does not
        say and stands last, other values by count, then by name.
        """
        return self._now().facets(filters or Filters())

    def figure(self, name: str) -> dict[str, Any] | None:
        """One figure as a row, by its own id or that of any mention that is a member of it."""
        return self._now().book.figure(name)

    def stating(self, figures: pl.DataFrame, most: int | None = None) -> pl.DataFrame:
        """The mentions of some figures, each with its `figure_id`, in the order of the figures.

        The first published stand first; `most` leaves so many of each figure.
        """
        members = figures.select("figure_id", pl.col("mention_ids").list.head(most or 2**31 - 1))
        members = members.explode("mention_ids").rename({"mention_ids": "mention_id"})
        # Of the commit that the figures are of: newer ones may have taken mentions out.
        mentions = self._now().snapshot.frame
        stated = plain(mentions.filter(pl.col("mention_id").is_in(members["mention_id"].implode())))
        return members.join(stated, on="mention_id", maintain_order="left")
