"""Reports as CSV, JSON lines and Parquet: whole files, the same bytes wherever they are asked for.

CSV is for people and spreadsheets: UTF-8 with byte-order mark, ISO dates, plain numbers, an empty
cell for what is not said, lists as JSON, and one guard: a text that a spreadsheet would take for a
formula (it begins with = + - @, tab or return, or with apostrophes before one of them) gets an
apostrophe in front. JSON lines and Parquet hold the same columns as they are.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO

import polars as pl
from polars import selectors

from tracker.reports.columns import layout
from tracker.store.files import whole_file

ROWS_AT_ONCE = 50_000
"""Rows in one step of writing; bounds the memory that their text takes."""
_BOM = b"\xef\xbb\xbf"
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_FORMULA = r"^'*[=+\-@\t\r]"
_PLANNED = ("xlsx", "zip")


class ReportError(Exception):
    """A report cannot be written: one line that says where and why."""


def csv_bytes(frame: pl.DataFrame) -> bytes:
    """The CSV report of a frame of mentions or marks: the bytes that `write` writes."""
    return b"".join(_csv(frame))


def report_format(out: str, format_: str | None = None) -> str:
    """The format asked for, else the one that the name `out` ends in; CSV for "-".

    Raises ReportError for one that is not written here.
    """
    name = format_ or ("csv" if out == "-" else Path(out).suffix.removeprefix(".")).lower()
    if name in FORMATS:
        return name
    known = "csv, jsonl or parquet"
    if name in _PLANNED:
        raise ReportError(f"{out}: {name} is not built yet, use {known}")
    if not name:
        raise ReportError(f"{out}: no format in the name, use {known}")
    raise ReportError(f"{out}: unknown format {name}, use {known}")


def write(frame: pl.DataFrame, out: str | os.PathLike[str] | IO[bytes], format_: str) -> None:
    """Write a report of a frame of mentions or marks to a path or an open binary file.

    A path appears only when the report is whole; a link stays one, and what is no file (a pipe, a
    device) is written to as it stands. Raises ReportError when it cannot be written.
    """
    steps = FORMATS[format_](frame)
    if not isinstance(out, str | os.PathLike):
        for step in steps:
            out.write(step)
        return
    path = Path(out)
    try:
        if path.is_dir():
            raise IsADirectoryError(None, "is a folder")
        plain = path.is_file() or not path.exists()
        with whole_file(path.resolve()) if plain else path.open("wb") as file:
            for step in steps:
                file.write(step)
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise ReportError(f"{path}: {getattr(error, 'strerror', None) or error}") from None


def _csv(frame: pl.DataFrame) -> Iterator[bytes]:
    yield _BOM
    for number, rows in enumerate(_slices(frame)):
        text = _cells(layout(rows)).write_csv(
            include_header=number == 0,
            float_scientific=False,
            date_format="%Y-%m-%d",
            datetime_format=_TIME,
        )
        yield text.encode()


def _jsonl(frame: pl.DataFrame) -> Iterator[bytes]:
    for rows in _slices(frame):
        times = selectors.datetime().dt.strftime(_TIME)
        yield layout(rows).with_columns(times).write_ndjson().encode()


def _parquet(frame: pl.DataFrame) -> Iterator[bytes]:

    buffer = io.BytesIO()
    layout(frame).write_parquet(buffer)
    yield buffer.getvalue()


FORMATS: Mapping[str, Callable[[pl.DataFrame], Iterator[bytes]]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "parquet": _parquet,
}
"""The formats that are written, each by name."""


def _slices(frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
    return frame.iter_slices(ROWS_AT_ONCE) if frame.height else iter([frame])


def _cells(frame: pl.DataFrame) -> pl.DataFrame:
    """The cells of a CSV: lists as JSON, texts guarded."""
    cells = []
    for name, type_ in frame.schema.items():
        cell = pl.col(name)
        if isinstance(type_, pl.List):
            item = pl.element()
            if isinstance(type_.inner, pl.Struct):
                item = item.struct.json_encode()
            else:
                item = pl.lit('"') + item + pl.lit('"')
            inside = cell.list.eval(item).list.join(",")
            cell = pl.concat_str(pl.lit("["), inside, pl.lit("]"))
        elif type_ == pl.String:
            risky = cell.str.contains(_FORMULA)
            cell = pl.when(risky).then(pl.concat_str(pl.lit("'"), cell)).otherwise(cell)
        cells.append(cell.alias(name))
    return frame.select(cells)
