"""The one door to the stored mentions, for the dashboard, exports and the API."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from typing import Any, Literal

import polars as pl
import pyarrow.compute as pc

from tracker.schema import REVIEWED_DOCUMENT_SCHEMA
from tracker.store.filters import LISTS, NONE, Filters
from tracker.store.frame import plain, polars
from tracker.store.paging import behind
from tracker.store.reviewed import Decisions
from tracker.store.snapshot import Snapshot
from tracker.store.store import Store

Sort = Sequence[tuple[str, str]]
"""Columns with "asc" or "desc", the first one first."""

NEWEST_FIRST: Sort = (("published", "desc"),)
_ORDER = ("document_id", "start", "end")


class Query:
    """Reads a store into memory once, and again when its version has changed.

    Every method sees the state of the last commit; all of them may be called from many threads.
    Frames have the columns of `Mention`, those in `frame.ABOUT_DOCUMENT`, `donor_name` and
    `recipient_name`. A store that is not there yet gives empty frames.
    """

    def __init__(self, store: Store):
        self.store = store
        self._lock = threading.Lock()
        self._loaded: Snapshot | None = None

    @property
    def is_sample(self) -> bool:
        """Whether the data are sample stories; see `Store.is_sample`."""
        return self.store.is_sample

    @property
    def version(self) -> int:
        """The version of the data that answers now."""
        return self._load().version

    def mentions(
        self,
        filters: Filters | None = None,
        sort: Sort = (),
        offset: int = 0,
        limit: int | None = None,
        after: str | None = None,
    ) -> pl.DataFrame:
        """The mentions that `filters` keep, sorted (empty values last), from `offset`.

        Without `sort` the newest published stand first; equal ones stand in the order of documents
        and of the text. Only those behind the mention `after`, where it is given. Raises ValueError
        for a column to sort by, or a mention, that is not there.
        """
        loaded = self._load()
        found = loaded.frame.lazy().filter(loaded.condition(filters or Filters()))
        for column, direction in sort:
            if column not in loaded.frame.columns or direction not in ("asc", "desc"):
                raise ValueError(f"sort: no such order: {column} {direction}")
        by = [*(sort or NEWEST_FIRST), *((column, "asc") for column in _ORDER)]
        if after is not None:
            row = _row(loaded, after)
            if row is None:
                raise ValueError(f"after: no mention {after[:40]!r}, begin again without it")
            found = found.filter(behind(row, by))
        down = [direction == "desc" for _, direction in by]
        found = found.sort([column for column, _ in by], descending=down, nulls_last=True)
        return plain(found.slice(offset, limit).collect())

    def unreviewed(self, filters: Filters | None = None) -> pl.DataFrame:
        """Of the mentions that `filters` keep those without a review, in no order.

        Those of replaced documents are not there.
        """
        loaded = self._load()
        waits = pl.col("review").is_null() & pl.col("superseded_by").is_null()
        kept = loaded.condition(filters or Filters())
        return plain(loaded.frame.lazy().filter(kept, waits).collect())

    def count(self, filters: Filters | None = None) -> int:
        """How many mentions `filters` keep."""
        loaded = self._load()
        condition = loaded.condition(filters or Filters())
        return int(loaded.frame.lazy().filter(condition).select(pl.len()).collect().item())

    def facets(self, filters: Filters | None = None) -> dict[str, list[tuple[str, int]]]:
        """For each list filter its values and how many mentions each would give.

        A filter's own choice is left aside for its counts. "none" counts what is not said and
        stands last, other values by count, then by name.
        """
        loaded, filters = self._load(), filters or Filters()
        plain = _counted(loaded, filters, [name for name in LISTS if not getattr(filters, name)])
        for name in LISTS:
            if name not in plain:
                plain |= _counted(loaded, filters.without(name), [name])
        return {name: plain[name] for name in LISTS}

    def mention(self, mention_id: str) -> dict[str, Any] | None:
        """One mention as a row, or None; rejected ones and those of withdrawn documents too."""
        return _row(self._load(), mention_id)

    def mentions_in(self, document_ids: Sequence[str]) -> pl.DataFrame:
        """The mentions of some documents, in that order and that of the text."""
        place = {document_id: place for place, document_id in enumerate(document_ids)}
        found = self._load().frame.filter(pl.col("document_id").is_in(list(place)))
        order = pl.col("document_id").replace_strict(place, return_dtype=pl.Int64)
        return plain(found).sort(order, "start", "end")

    def documents(
        self,
        filters: Filters | None = None,
        sort: Sort = (),
        offset: int = 0,
        limit: int | None = None,
    ) -> pl.DataFrame:
        """The documents with at least one mention that `filters` keep; without any, all of them.

        With the columns of `ReviewedDocument` but for the text, and in `mentions` how many are
        kept. Sorted as `mentions` sorts.
        """
        loaded, filters = self._load(), filters or Filters()
        kept = loaded.frame.lazy().filter(loaded.condition(filters))
        counts = kept.group_by("document_id").agg(pl.len().cast(pl.Int64).alias("mentions"))
        how: Literal["left", "inner"] = "left" if filters == Filters() else "inner"
        found = polars(loaded.documents).lazy().join(counts, on="document_id", how=how)
        columns = [name for name in REVIEWED_DOCUMENT_SCHEMA.names if name != "text"]
        columns.append("mentions")
        found = found.with_columns(pl.col("mentions").fill_null(0)).select(columns)
        for column, direction in sort:
            if column not in columns or direction not in ("asc", "desc"):
                raise ValueError(f"sort: no such order: {column} {direction}")
        by = [*(sort or NEWEST_FIRST), ("document_id", "asc")]
        down = [direction == "desc" for _, direction in by]
        found = found.sort([column for column, _ in by], descending=down, nulls_last=True)
        return found.slice(offset, limit).collect()

    def snapshot(self) -> Snapshot:
        """All of the data as it is now."""
        return self._load()

    def about_document(self, document_id: str) -> dict[str, Any] | None:
        """What is known of one document, without its text, or None."""
        about = self._load().documents
        rows: list[dict[str, Any]] = about.filter(
            pc.field("document_id") == document_id
        ).to_pylist()
        return rows[0] if rows else None

    def document(self, document_id: str) -> dict[str, Any] | None:
        """One stored document as a row of `ReviewedDocument` with its text, or None."""
        about = self.about_document(document_id)
        stored = self.store.table_about("documents", document_id).to_pylist()
        return stored[0] | about if about and stored else None

    def decisions(self) -> Decisions:
        """The reviews in force, and the mentions that each is about today."""
        return self._load().decisions

    def sightings(self, document_id: str) -> list[dict[str, Any]]:
        """Where a document was seen, the earliest first."""
        rows: list[dict[str, Any]] = self.store.table_about("sightings", document_id).to_pylist()
        return rows

    def history(self, mention_id: str) -> list[dict[str, Any]]:
        """What extractors and people made of a mention, the earliest first, as rows of `History`.

        A mention that is gone keeps its history. Reviews that have moved here from an earlier
        version's mention are among them, undone ones too.
        """
        about = self.decisions().about(mention_id)
        row = self.mention(mention_id)
        if row:
            documents = {row["document_id"]}
        else:
            whose = self.store.table("history", ["mention_id", "document_id"])
            gone = whose.filter(pc.field("mention_id") == mention_id)
            documents = set(gone["document_id"].to_pylist())
        ids = {review["review_id"] for review in about}
        events = [
            event
            for document_id in documents | {review["document_id"] for review in about}
            for event in self.store.table_about("history", document_id).to_pylist()
            if event["mention_id"] == mention_id or _review_of(event) in ids
        ]
        return sorted(events, key=lambda event: event["recorded"])

    def _load(self) -> Snapshot:
        loaded, stamp = self._loaded, self.store.stamp()
        if loaded is not None and loaded.stamp == stamp:
            return loaded
        with self._lock:
            # Another thread may have loaded it meanwhile.
            loaded, stamp = self._loaded, self.store.stamp()
            if loaded is None or loaded.stamp != stamp:
                loaded = self._loaded = Snapshot.of(self.store, stamp)
            return loaded


def _row(loaded: Snapshot, mention_id: str) -> dict[str, Any] | None:
    for frame in (loaded.frame, loaded.fallen):
        found = frame.filter(pl.col("mention_id") == mention_id)
        if found.height:
            return plain(found).row(0, named=True)
    return None


def _review_of(event: dict[str, Any]) -> str | None:
    """The review that an event of the history tells."""
    return json.loads(event["values"])["review_id"] if event["event"] == "review" else None


def _counted(
    loaded: Snapshot, filters: Filters, names: Sequence[str]
) -> dict[str, list[tuple[str, int]]]:
    """The values of some columns among the mentions that `filters` keep, counted."""
    if not names:
        return {}
    kept = loaded.frame.lazy().filter(loaded.condition(filters)).select(names).collect()
    kept = plain(kept)
    counted = {}
    for name in names:
        rows = kept.group_by(name).len().rows()
        rows.sort(key=lambda row: (row[0] is None, -row[1], row[0] or ""))
        counted[name] = [(NONE if value is None else value, number) for value, number in rows]
    return counted
