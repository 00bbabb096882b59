"""CSV reports read back, slice by slice: the very values that were written.

JSON lines and Parquet hold the values as they are, for any reader.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, cast
from zipfile import BadZipFile, ZipFile

import polars as pl
import pyarrow as pa
import pyarrow.csv as pc

from tracker.reports.columns import What, columns
from tracker.reports.formats.cells import unguarded
from tracker.reports.report import ReportError
from tracker.schema import EVIDENCE_TYPE, MOMENT

_BLOCK = 1 << 24
"""Bytes of text that are read in one step; no row may be longer."""
_TYPES: Mapping[str, pa.DataType] = {
    "string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(),
    "date": pa.date32(), "datetime": MOMENT, "array": pa.list_(pa.string()),
}  # fmt: skip
"""Arrow types of those of Table Schema; evidence is the one array that holds no texts."""


def read(path: str | Path, table: str = "mentions") -> Iterator[pl.DataFrame]:
    """The rows of a report (.csv) or of one table of a package (.zip), some at a time.

    `table` is mentions or figures, or any table of the package. Types are those of the data
    model, or those that the package declares; the guard against formulas is taken off. A report
    without rows gives one frame without rows. Raises ReportError, one line, for what is no report.
    """
    path = Path(path)
    try:
        with ExitStack() as stack:
            if path.suffix.lower() == ".zip":
                archive = stack.enter_context(ZipFile(path))
                types = _declared(archive, table)
                file = stack.enter_context(archive.open(f"{table}.csv"))
            else:
                known = columns(cast(What, table), sample=True)
                types = {column.name: column.type for column in known}
                file = stack.enter_context(path.open("rb"))
            yield from _rows(file, types)
    except (OSError, pa.ArrowException, pl.exceptions.PolarsError, BadZipFile, KeyError) as error:
        reason = getattr(error, "strerror", None) or str(error).strip("'\"") or "is damaged"
        raise ReportError(f"{path}: {reason.splitlines()[0]}") from None


def _declared(archive: ZipFile, table: str) -> dict[str, pa.DataType]:
    """The columns and types that the package's descriptor declares for a table."""
    about: dict[str, Any] = json.loads(archive.read("datapackage.json"))
    schemas = {resource["name"]: resource["schema"] for resource in about["resources"]}
    types = {field["name"]: _TYPES[field["type"]] for field in schemas[table]["fields"]}
    return types | ({"evidence": EVIDENCE_TYPE} if "evidence" in types else {})


def _rows(file: IO[bytes], types: Mapping[str, pa.DataType]) -> Iterator[pl.DataFrame]:
    lists = {name: type_ for name, type_ in types.items() if pa.types.is_list(type_)}
    decoded = _frame(pa.schema(list(lists.items())).empty_table()).schema
    batches = pc.open_csv(
        file,
        read_options=pc.ReadOptions(block_size=_BLOCK),
        parse_options=pc.ParseOptions(newlines_in_values=True),
        convert_options=pc.ConvertOptions(
            column_types={**types, **dict.fromkeys(lists, pa.string())},
            null_values=[""], strings_can_be_null=True,
            true_values=["true"], false_values=["false"],
        ),
    )  # fmt: skip

    def frame_of(table: pa.Table) -> pl.DataFrame:
        frame = _frame(table)
        return unguarded(frame).with_columns(
            pl.col(name).str.json_decode(type_)
            for name, type_ in decoded.items()
            if name in frame.columns
        )

    is_empty = True
    for batch in batches:
        yield frame_of(pa.Table.from_batches([batch]))
        is_empty = False
    if is_empty:
        yield frame_of(batches.schema.empty_table())


def _frame(table: pa.Table) -> pl.DataFrame:
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)  # a Series comes of an array only
    return frame
