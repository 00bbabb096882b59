"""The data folder: add documents with their mentions, read them back."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from tracker import schema
from tracker.schema import Document, Mention, Review
from tracker.store.commit import commit, commit_review
from tracker.store.files import Buckets, StoreError, bucket_of, named_errors, write_whole
from tracker.store.layout import Layout
from tracker.store.plan import Batch, Outcome, Reading
from tracker.store.repair import repair
from tracker.store.reviewed import Decisions, apply_to_documents, decide, in_force, stands
from tracker.store.verify import Damage, damages

if TYPE_CHECKING:
    import pandas as pd

SAMPLE = "The documents in this folder are sample stories: invented, not to be cited.\n"
"""What a folder of sample stories says of itself, in its file SAMPLE."""
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

    @property
    def is_sample(self) -> bool:
        """Whether the folder says that its documents are sample stories: every page and export
        of it says so too."""
        return self._layout.sample.exists()

    def mark_as_sample(self) -> None:
        """Make the folder say that its documents are sample stories. Raises StoreError."""
        with self._layout.writing():
            write_whole(self._layout.sample, SAMPLE.encode())

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
        extractor: str | None = None,
    ) -> Outcome:
        """Store a document, its original bytes and its mentions as `extractor` read them.

        Adding what is stored already changes no byte. A document keeps the record of its first
        sighting; mentions that differ replace those stored, and the history says what changed.
        Raises StoreError when the folder cannot be written, ValueError when a mention does not
        quote the document's text.
        """
        return self.add_batch([Reading(document, original, mentions)], extractor)[0]

    def add_batch(self, readings: Sequence[Reading], extractor: str | None = None) -> list[Outcome]:
        """Store many documents in one commit; see `add`."""
        return self.commit(Batch.of(readings, extractor or schema.EXTRACTOR))

    def commit(self, batch: Batch) -> list[Outcome]:
        """Store a batch in one commit: what each of its sources came to. See `add`."""
        batch.check()
        with self._layout.writing():
            return commit(self._layout, batch)

    def read_by(self) -> dict[str, str | None]:
        """By which extractor each stored document was read; None for one left undone."""
        table = self.table("documents", ["document_id", "extracted_by"])
        return dict(zip(*table.to_pydict().values(), strict=True))

    def failed(self) -> dict[str, str]:
        """What could not be ingested: the source as it was given, and the reason."""
        return self._layout.read_failed()

    def keep_failed(self, failed: Mapping[str, str], tried: Collection[str]) -> None:
        """Keep what failed for another try, and drop from the list what was `tried` and did not."""
        if not failed and not self.failed().keys() & set(tried):
            return
        with self._layout.writing():
            listed = {k: why for k, why in self.failed().items() if k not in tried}
            self._layout.write_failed({**listed, **failed})

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

    def tables_about(
        self, name: str, document_ids: Iterable[str], columns: Sequence[str] | None = None
    ) -> Iterator[pa.Table]:
        """The rows of one table about some documents, a table for each bucket that holds any."""
        return self._buckets(name).rows_about(document_ids, columns)

    @staticmethod
    def place_of(document_id: str) -> str:
        """The bucket of a document; what lies together is read and written together."""
        return bucket_of(document_id)

    def verify(self, tell: Callable[[int], None] = lambda _: None) -> Iterator[Damage]:
        """What is damaged; `tell` hears how many of 256 buckets are done. Raises StoreError."""
        with self._layout.writing():  # so that no half of a commit is taken for damage
            yield from damages(self._layout, tell)

    def repair(self, found: Sequence[Damage]) -> Iterator[str]:
        """Rebuild what `verify` found: a line of what became of each. Raises StoreError."""
        with self._layout.writing():
            yield from repair(self._layout, found)

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
