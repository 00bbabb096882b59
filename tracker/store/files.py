"""Files that appear whole or not at all, and tables kept in hash buckets of them."""

from __future__ import annotations

import hashlib
import os
import secrets
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import IO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

WRITERS = 4
"""Buckets that are written at a time."""


BUCKETS = tuple(f"{number:02x}" for number in range(256))
"""The names of all buckets."""


class DamagedBucket(UserWarning):
    """A bucket cannot be read: its rows are left out of what was asked for."""


class StoreError(Exception):
    """The data folder cannot be read or written: one line that names the path and the reason."""


@contextmanager
def named_errors(path: Path) -> Iterator[None]:
    """Turn errors of the file system and of damaged files into a StoreError about `path`."""
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        line = reason.splitlines()[0].rpartition(f"'{path}': ")[2]  # Arrow names the file again
        raise StoreError(f"{path}: {line}") from error


@contextmanager
def whole_file(path: Path, *, sync: bool = True) -> Iterator[IO[bytes]]:
    """A file to write that takes the name `path`, durably, when the block ends without error.

    Until then its name begins with ".", which readers of a Parquet folder skip. After an error
    nothing is left of it, and a file that had the name stays as it was. Without `sync` the name
    is durable only when `sync_folder` was called for its folder.
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
    if sync:
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
        return self._table([self.path(bucket)], columns)

    def path(self, bucket: str) -> Path:
        """Where a bucket lies."""
        return self.folder / f"{bucket}.parquet"

    def read_all(self, columns: Sequence[str] | None = None) -> pa.Table:
        """The rows of all buckets, with every column of the schema or those asked for.

        A bucket that cannot be read is left out with the warning `DamagedBucket`.
        """
        files = self.files()
        try:
            return self._table(files, columns)
        except StoreError:
            tables = [self._table([], columns)]
            for file in files:
                try:
                    tables.append(self._table([file], columns))
                except StoreError as error:
                    advice = "its rows are left out; run: tracker verify --repair"
                    warnings.warn(f"{error}: {advice}", DamagedBucket, stacklevel=3)
            return pa.concat_tables(tables)

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
        added = split(rows.cast(self.schema))

        def written(bucket: str) -> pa.Table:
            kept = self.read(bucket)
            if bucket in gone:
                listed = pa.array(gone[bucket], pa.string())
                kept = kept.filter(pc.invert(pc.is_in(kept["document_id"], listed)))
            return pa.concat_tables([kept, added[bucket]]) if bucket in added else kept

        self._rewrite(sorted(gone.keys() | added.keys()), written)

    def change(self, document_ids: Iterable[str], changed: Callable[[pa.Table], pa.Table]) -> None:
        """Put what `changed` makes of it in the place of each bucket that holds `document_ids`."""
        self._rewrite(sorted(by_bucket(document_ids)), lambda bucket: changed(self.read(bucket)))

    def write(self, bucket: str, table: pa.Table) -> None:
        """Write one bucket, whole or not at all."""
        self._rewrite([bucket], lambda _: table)

    def _rewrite(self, buckets: Sequence[str], table_of: Callable[[str], pa.Table]) -> None:
        """Write some buckets, each whole or not at all, and make them durable together."""

        def rewrite(bucket: str) -> None:
            path = self.path(bucket)
            table = table_of(bucket)
            with named_errors(path):
                # Into memory first: Arrow's own writer reports a full disk in several lines.
                sink = pa.BufferOutputStream()
                pq.write_table(table, sink, compression="zstd")
                with whole_file(path, sync=False) as file:
                    file.write(sink.getvalue())

        # Threads, since most of the time goes into reading, packing and waiting for the disk.
        with ThreadPoolExecutor(WRITERS if len(buckets) > 1 else 1) as pool:
            for done in [pool.submit(rewrite, bucket) for bucket in buckets]:
                done.result()
        with named_errors(self.folder):
            sync_folder(self.folder)

    def _table(self, files: Sequence[Path], columns: Sequence[str] | None) -> pa.Table:
        present = [str(path) for path in files if path.exists()]
        if not present:
            table = self.schema.empty_table()
            return table if columns is None else table.select(list(columns))
        with named_errors(files[0] if len(files) == 1 else self.folder):
            # The schema given: a column that an older file lacks reads as empty.
            found = ds.dataset(present, schema=self.schema, format="parquet")
            return found.to_table(columns=None if columns is None else list(columns))


def split(rows: pa.Table) -> dict[str, pa.Table]:
    """Rows by the bucket that their document belongs to, in their order."""
    ids = rows["document_id"].combine_chunks().dictionary_encode()
    buckets = [bucket_of(document_id) for document_id in ids.dictionary.to_pylist()]
    number = np.array([int(bucket, 16) for bucket in buckets], np.int16)
    if not len(number):
        return {}
    numbers = number[ids.indices.to_numpy()]
    order = np.argsort(numbers, kind="stable")
    ordered, numbers = rows.take(pa.array(order)), numbers[order]
    edges = [0, *(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(numbers)]
    return {
        f"{numbers[start]:02x}": ordered.slice(start, end - start) for start, end in pairwise(edges)
    }


def by_bucket(document_ids: Iterable[str]) -> dict[str, list[str]]:
    """Document ids by the bucket that holds them."""
    buckets: dict[str, list[str]] = {}
    for document_id in document_ids:
        buckets.setdefault(bucket_of(document_id), []).append(document_id)
    return buckets
