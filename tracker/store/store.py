"""The data folder: add documents with their mentions, read them back."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
from filelock import FileLock, Timeout

from tracker.schema import EXTRACTOR, Document, Mention
from tracker.store.commit import Layout, Outcome, Reading, commit
from tracker.store.files import Buckets, StoreError, make_folder, named_errors

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Outcome", "Reading", "Store", "StoreError"]

LOCK_SECONDS = 120.0
"""How long a writer waits for another one."""


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
        with named_errors(self.path):
            make_folder(self.path)
        try:
            with named_errors(self.path), FileLock(self._layout.lock, timeout=LOCK_SECONDS):
                return commit(self._layout, readings, extractor)
        except StoreError as error:
            if isinstance(error.__cause__, Timeout):
                raise StoreError(f"{self.path}: another process is writing, gave up") from None
            raise

    def mentions(self) -> pd.DataFrame:
        """The current mentions, in the order of documents and of the text."""
        table = self.table("mentions").sort_by(
            [("document_id", "ascending"), ("start", "ascending")]
        )
        frame: pd.DataFrame = table.to_pandas()
        return frame

    def documents(self) -> pd.DataFrame:
        """The stored documents with their texts."""
        frame: pd.DataFrame = self.table("documents").sort_by("document_id").to_pandas()
        return frame

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
