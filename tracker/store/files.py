"""Files that appear whole or not at all, and tables kept in hash buckets of them."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq


class StoreError(Exception):
    """The data folder cannot be read or written: one line that names the path and the reason."""


@contextmanager
def named_errors(path: Path) -> Iterator[None]:
    """Turn errors of the file system and of damaged files into a StoreError about `path`."""
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise StoreError(f"{path}: {reason.splitlines()[0]}") from error


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write that takes the name `path`, durably, when the block ends without error.

    Until then its name begins with ".", which readers of a Parquet folder skip. After an error
    nothing is left of it, and a file that had the name stays as it was.
    """
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(path.parent)


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path`, whole and durably or not at all."""
    with whole_file(path) as file:
        file.write(content)


def sweep(folder: Path) -> None:
    """Remove what a killed writer left in `folder` and below. Only under the writers' lock."""
    for leftover in folder.rglob(".*.tmp"):
        leftover.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Make the folder and those above it, durably; one that exists is left alone.

    Raises StoreError where a file stands in its place.
    """
    if not path.is_dir():
        if path.exists():
            raise StoreError(f"{path}: is a file, not a folder")
        make_folder(path.parent)
        path.mkdir(exist_ok=True)
        sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def bucket_of(document_id: str) -> str:
    """The name of the bucket (of 256) that holds everything about a document."""
    return hashlib.sha256(document_id.encode()).hexdigest()[:2]


@dataclass(frozen=True)
class Buckets:
    """One table in a folder: rows lie in the Parquet file that their document's bucket names."""

    folder: Path
    schema: pa.Schema

    def create(self) -> None:
        """Make the folder and, so that it reads as an empty table, a bucket without rows."""
        make_folder(self.folder)
        if not self.files():
            self.write("00", self.schema.empty_table())

    def files(self) -> list[Path]:
        """The bucket files, in order."""
        return sorted(self.folder.glob("[!._]*.parquet"))

    def read(self, bucket: str, columns: Sequence[str] | None = None) -> pa.Table:
        """The rows of one bucket, with every column of the schema or those asked for."""
        return self._table([self.folder / f"{bucket}.parquet"], columns)

    def read_all(self, columns: Sequence[str] | None = None) -> pa.Table:
        """The rows of all buckets, with every column of the schema or those asked for."""
        return self._table(self.files(), columns)

    def rows_about(
        self, document_ids: Iterable[str], columns: Sequence[str] | None = None
    ) -> Iterator[pa.Table]:
        """The rows about some documents, a table for each bucket that may hold such rows."""
        for bucket, ids in by_bucket(document_ids).items():
            table = self.read(bucket, columns)
            yield table.filter(pc.is_in(table["document_id"], pa.array(ids, pa.string())))

    def append(self, rows: pa.Table) -> None:
        """Add rows behind those that are there."""
        self.replace([], rows)

    def replace(self, document_ids: Iterable[str], rows: pa.Table) -> None:
        """Put `rows` in the place of all rows about `document_ids`, bucket after bucket."""
        gone = by_bucket(document_ids)
        added = by_bucket(rows["document_id"].unique().to_pylist())
        for bucket in sorted(gone.keys() | added.keys()):
            kept = self.read(bucket)
            if bucket in gone:
                listed = pa.array(gone[bucket], pa.string())
                kept = kept.filter(pc.invert(pc.is_in(kept["document_id"], listed)))
            own = pa.array(added.get(bucket, []), pa.string())
            new = rows.filter(pc.is_in(rows["document_id"], own))
            self.write(bucket, pa.concat_tables([kept, new.cast(self.schema)]))

    def write(self, bucket: str, table: pa.Table) -> None:
        """Write one bucket, whole or not at all."""
        path = self.folder / f"{bucket}.parquet"
        with named_errors(path):
            # Into memory first: Arrow's own writer reports a full disk in several lines.
            sink = pa.BufferOutputStream()
            pq.write_table(table, sink, compression="zstd")
            write_whole(path, sink.getvalue())

    def _table(self, files: Sequence[Path], columns: Sequence[str] | None) -> pa.Table:
        present = [str(path) for path in files if path.exists()]
        if not present:
            table = self.schema.empty_table()
            return table if columns is None else table.select(list(columns))
        with named_errors(files[0] if len(files) == 1 else self.folder):
            # The schema given: a column that an older file lacks reads as empty.
            found = ds.dataset(present, schema=self.schema, format="parquet")
            return found.to_table(columns=None if columns is None else list(columns))


def by_bucket(document_ids: Iterable[str]) -> dict[str, list[str]]:
    """Document ids by the bucket that holds them."""
    buckets: dict[str, list[str]] = {}
    for document_id in document_ids:
        buckets.setdefault(bucket_of(document_id), []).append(document_id)
    return buckets
