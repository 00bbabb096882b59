"""`datapackage.json`: the Data Package standard, version 2 (https://datapackage.org)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl
import pyarrow as pa

from tracker.figures import Total, words
from tracker.reports import notes
from tracker.reports.report import Report
from tracker.schema import Column

PROFILES = "https://datapackage.org/profiles/2.0"
NO_LICENCE = {
    "name": "notspecified",
    "title": "Not set: name the licence under which you publish this package",
}
"""What stands where the publisher of a package is to name a licence."""

_TYPES: Mapping[pa.DataType, str] = {
    pa.string(): "string", pa.int64(): "integer", pa.float64(): "number", pa.bool_(): "boolean",
    pa.date32(): "date",
}  # fmt: skip


class Table(NamedTuple):
    """One CSV file of a package, as it was written."""

    name: str
    title: str
    description: str
    columns: Sequence[Column]
    key: tuple[str, ...]
    links: Mapping[str, tuple[str, str]]
    """Columns that hold the key of another table: its name and column."""
    bytes: int
    sha256: str


def descriptor(
    report: Report, tables: Sequence[Table], totals: Sequence[Total], documents: pl.DataFrame
) -> dict[str, Any]:
    """The package's description of itself."""
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": f"aid-funding-figures-{report.query_hash()}",
        "title": notes.title(report),
        "description": " ".join((notes.MENTIONS, notes.FIGURES, *notes.CAVEATS, notes.GUARD)),
        "version": str(report.version),
        "created": report.about()["made"],
        "keywords": ["aid", "public funding", "media reports"],
        "licenses": [NO_LICENCE],
        "sources": _sources(documents),
        "report": report.about(),
        "citation": notes.citation(report),
        "totals": [_total(total) for total in totals],
        "resources": [_resource(table) for table in tables],
    }


def field(column: Column) -> dict[str, Any]:
    """A column in the terms of Table Schema."""
    made: dict[str, Any] = {
        "name": column.name,
        "type": _type(column.type),
        "title": column.label,
        "description": column.description,
    }
    if column.unit:
        made["unit"] = column.unit
    if column.codes:
        made["categories"] = [
            {"value": code, "label": label} for code, label in column.codes.items()
        ]
    return made


def _type(type_: pa.DataType) -> str:
    if pa.types.is_timestamp(type_):
        return "datetime"
    return "array" if pa.types.is_list(type_) else _TYPES[type_]


def _resource(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [field(column) for column in table.columns],
        "missingValues": [""],
    }
    present = {column.name for column in table.columns}
    if table.key and set(table.key) <= present:
        schema["primaryKey"] = list(table.key)
    keys = [
        {"fields": [name], "reference": {"resource": other, "fields": [theirs]}}
        for name, (other, theirs) in table.links.items()
        if name in present
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": table.name,
        "type": "table",
        "title": table.title,
        "description": table.description,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": table.bytes,
        "hash": f"sha256:{table.sha256}",
        "schema": schema,
    }


def _sources(documents: pl.DataFrame) -> list[dict[str, str]]:
    """Who published the documents, each with how many; documents.csv names every one."""
    counted = documents.group_by("publisher").len().sort("publisher", nulls_last=True)
    return [
        {"title": f"{publisher or 'Publisher not known'}: {number:,} "
                  f"document{'' if number == 1 else 's'}, listed in documents.csv"}
        for publisher, number in counted.iter_rows()
    ]  # fmt: skip


def _total(total: Total) -> dict[str, Any]:
    """A total and how it was made; totals_figures.csv names every figure."""
    known = total.counted
    return {
        "status": total.status,
        "hold": total.hold,
        "currency": total.currency,
        "amount": total.amount,
        "low": total.low if known else None,
        "high": total.high if known else None,
        "at_most": total.at_most if known else None,
        "words": words.total_amount(total),
        "counted": len(known),
        "left_out": dict(Counter(left.reason for left in total.left_out)),
    }
