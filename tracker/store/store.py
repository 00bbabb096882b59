"""The data folder: add documents with their mentions, read them back."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from tracker.schema import EXTRACTOR, Document, Mention, Review
from tracker.store.commit import Outcome, Reading, commit, commit_review
from tracker.store.files import Buckets, StoreError, named_errors
from tracker.store.layout import Layout
from tracker.store.reviewed import Decisions, apply_to_documents, decide, in_force, stands

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Outcome", "Reading", "Store", "StoreError"]

_LINKS = ("document_id", "supersedes")


class Store:
    """One data folder, as data/README.md describes it. Made at the first `add`, not before.

    Any number of processes may read while one writes; writers wait for each other.
    """

    def __init__(self, path: str | os.PathLike[str] = "data"):
        self.path = Path(path)
        self._layout = Layout(self.path)
        if self.path.exists() and not self.path.is_dir():
            raise StoreError(f"{self.path}: is a file, not a data folder")

    @property
    def version(self) -> int:
        """The number of commits so far; 0 where there is no store. Raises StoreError."""
        try:
            with named_errors(self._layout.version):
                return self._layout.read_version()
        except ValueError:
            raise StoreError(f"{self._layout.version}: is not a whole number") from None

    def stamp(self) -> tuple[object, ...]:
        """A value that changes when the data does: by a commit, or by a new folder."""
        try:
            status = self._layout.version.stat()
        except OSError:
            return ()
        return status.st_ino, status.st_mtime_ns, status.st_size

    def add(
        self,
        document: Document,
        original: bytes,
        mentions: Sequence[Mention],
        extractor: str = EXTRACTOR,
    ) -> Outcome:
        """Store a document, its original bytes and its mentions as `extractor` read them.

        Adding what is stored already changes no byte. A document keeps the record of its first
        sighting; mentions that differ replace those stored, and the history says what changed.
        Raises StoreError when the folder cannot be written, ValueError when a mention does not
        quote the document's text.
        """
        return self.add_batch([Reading(document, original, mentions)], extractor)[0]

    def add_batch(self, readings: Sequence[Reading], extractor: str = EXTRACTOR) -> list[Outcome]:
        """Store many documents in one commit; see `add`."""
        for reading in readings:
            reading.check()
        with self._layout.writing():
            return commit(self._layout, readings, extractor)

    def review(self, review: Review) -> None:
        """Add a review (made by `tracker.store.decisions`). Raises StoreError."""
        with self._layout.writing():
            commit_review(self._layout, review)

    def mentions(self) -> pd.DataFrame:
        """The mentions as reviewed, in the order of documents and of the text.

        With the columns of `ReviewedMention`: mentions added by hand are there, rejected ones and
        those of withdrawn documents are not. What the extractor read lies in data/mentions.
        """
        shown, _, documents = self.reviewed()
        order = [("document_id", "ascending"), ("start", "ascending")]
        frame: pd.DataFrame = shown.filter(stands(shown, documents)).sort_by(order).to_pandas()
        return frame

    def documents(self) -> pd.DataFrame:
        """The documents as reviewed, with their texts and the columns of `ReviewedDocument`."""
        table = apply_to_documents(self.table("documents"), in_force(self.table("reviews")))
        frame: pd.DataFrame = table.sort_by("document_id").to_pandas()
        return frame

    def reviews(self) -> pd.DataFrame:
        """Every review ever made, the earliest first, undone ones too; see `decisions`."""
        frame: pd.DataFrame = self.table("reviews").sort_by("made").to_pandas()
        return frame

    def decisions(self) -> Decisions:
        """The reviews in force, and what they are about today: `decisions().pairs()`."""
        return self.reviewed()[1]

    def reviewed(self, columns: Sequence[str] = ()) -> tuple[pa.Table, Decisions, pa.Table]:
        """All mentions, rejected ones too, with their `review`; the decisions in force; documents.

        The documents have document_id, supersedes, superseded_by, withdrawn, and `columns`.
        """
        reviews = self.table("reviews")
        documents = self.table("documents", list(dict.fromkeys([*_LINKS, *columns])))
        supersedes = dict(zip(*(documents[name].to_pylist() for name in _LINKS), strict=True))
        mentions, decisions = decide(self.table("mentions"), reviews, supersedes)
        return mentions, decisions, apply_to_documents(documents, decisions.reviews)

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """One table as it lies on disk: mentions, documents, sightings, history or reviews."""
        return self._buckets(name).read_all(columns)

    def table_about(self, name: str, document_id: str) -> pa.Table:
        """The rows of one table about one document."""
        return next(self._buckets(name).rows_about([document_id]))

    def original(self, sha256: str) -> bytes:
        """The original bytes with this hash. Raises StoreError when they are not there."""
        path = self._layout.original(sha256)
        with named_errors(path):
            return path.read_bytes()

    def _buckets(self, name: str) -> Buckets:
        table = getattr(self._layout, name)
        if not isinstance(table, Buckets):
            raise ValueError(f"no table {name!r}")
        return table
