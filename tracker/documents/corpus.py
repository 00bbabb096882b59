"""Tables of documents (CSV, JSONL, Parquet): whole corpora, a document a row."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from tracker.documents.content import (
    Content,
    DocumentError,
    Given,
    document_of,
    printable,
    sha256_of,
)
from tracker.documents.files import MAX_BYTES
from tracker.schema import Document

READER = "table 1"
"""Name and version of this reader: the row's text, as it stands in the table, is the original."""
COLUMNS = ("text", "title", "publisher", "url", "published", "language")
"""What is read of a table; `text` has to be there, other columns are left alone."""

_ROWS = 1_000
"""Rows of a Parquet file that are read at a time."""
_TIME_OF_DAY = re.compile(r"(?<=^\d{4}-\d{2}-\d{2})[T ]\d{2}:?\d{2}.*")


def read_corpus(
    path: str | os.PathLike[str],
    *given: Given,
    seen: Callable[[float], None] = lambda _: None,
) -> Iterator[Document | DocumentError]:
    """The documents of a table, one after the other, with bounded memory.

    Later ones of `given` win over what the row says where they are "given"; a sidecar only fills
    what it does not say. `seen` is told which share of the table has been read. A row that cannot
    be read is an error in the place of a document. Raises DocumentError when the table as a whole
    cannot be read, or not to its end.
    """
    path = Path(path)
    name, row = printable(path.name), 0
    fill = [values for values in given if values.found != "given"]
    override = [values for values in given if values.found == "given"]
    try:
        for row, values in enumerate(_rows(path, seen), 1):
            place = f"{path} row {row}"
            if isinstance(values, str):
                yield DocumentError(place, values)
                continue
            try:
                yield _document(values, place, name, fill, override)
            except DocumentError as error:
                yield error
    except (OSError, UnicodeDecodeError, csv.Error, pa.ArrowException) as error:
        reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
        where = f" after row {row}" if row else ""
        raise DocumentError(path, f"a broken table{where} ({reason})") from None


def _document(
    values: Mapping[str, Any], place: str, name: str, fill: list[Given], override: list[Given]
) -> Document:
    said = {column: _said(values.get(column), column, place) for column in COLUMNS}
    text = (said.pop("text") or "").encode("utf-8", "replace").decode()
    if len(text) > MAX_BYTES:
        raise DocumentError(place, f"bigger than {MAX_BYTES // 1024**2} MB, not read")
    if said["published"]:
        said["published"] = _TIME_OF_DAY.sub("", said["published"].strip())
    row = Given(**said, found="column of the table")
    return document_of(
        Content(text, "text/plain", READER), place, *fill, row, *override,
        original_sha256=sha256_of(text.encode()), file_name=name, retrieved_how="row of a table",
    )  # fmt: skip


def _said(value: Any, column: str, place: str) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if column == "published":  # a date, a time, or a year
        return value.isoformat() if hasattr(value, "isoformat") else str(value)
    raise DocumentError(place, f"{column}: is no text")


def _rows(path: Path, seen: Callable[[float], None]) -> Iterator[Mapping[str, Any] | str]:
    """The rows of a table; text in the place of a row says what is wrong with it."""
    if path.suffix.lower() == ".parquet":
        yield from _parquet_rows(path, seen)
        return
    size = path.stat().st_size or 1
    with (
        path.open("rb") as raw,
        TextIOWrapper(raw, "utf-8-sig", errors="surrogateescape", newline="") as file,
    ):
        is_csv = path.suffix.lower() == ".csv"
        for row in _csv_rows(file, path) if is_csv else _json_rows(file):
            is_utf8 = isinstance(row, str) or not any(map(_undecoded, row.values()))
            seen(raw.tell() / size)
            yield row if is_utf8 else "not UTF-8"


def _parquet_rows(path: Path, seen: Callable[[float], None]) -> Iterator[Mapping[str, Any]]:
    with pq.ParquetFile(path, pre_buffer=False) as file:
        columns = [name for name in COLUMNS if name in file.schema_arrow.names]
        _check_columns(file.schema_arrow.names, path)
        read = 0
        for batch in file.iter_batches(_ROWS, columns=columns):
            read += batch.num_rows
            seen(read / file.metadata.num_rows)
            yield from batch.to_pylist()


def _csv_rows(file: TextIO, path: Path) -> Iterator[Mapping[str, Any] | str]:
    csv.field_size_limit(4 * MAX_BYTES)
    rows = csv.reader(file, strict=True)
    header = next(rows, [])
    _check_columns(header, path)
    for row in rows:
        if len(row) != len(header):
            yield f"{len(row)} fields, the header has {len(header)}"
        else:
            yield dict(zip(header, row, strict=True))


def _json_rows(file: TextIO) -> Iterator[Mapping[str, Any] | str]:
    for line in file:
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield f"no JSON ({error})"
            continue
        if isinstance(row, dict) and "text" in row:
            yield row
        else:
            yield "no JSON object with a text"


def _undecoded(value: Any) -> bool:
    return isinstance(value, str) and re.search("[\udc80-\udcff]", value) is not None


def _check_columns(names: list[str], path: Path) -> None:
    if "text" not in names:
        found = ", ".join(names[:10]) or "none"
        raise DocumentError(path, f"a table without the column text (it has: {found})")
