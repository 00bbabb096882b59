"""The fields of each kind of row, as the data model declares them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
import pyarrow as pa

from dashboard.api.checks import CheckRow
from tracker.reports.columns import columns
from tracker.schema import (
    WHOLE,
    Column,
    Figure,
    ReviewedDocument,
    ReviewedMention,
    Sighting,
    columns_of,
)
from tracker.store.frame import ABOUT_DOCUMENT, PARTIES

FIELDS: Mapping[str, tuple[Column, ...]] = {
    "mentions": columns("mentions"),
    "figures": columns("figures"),
    "documents": (
        *columns_of(ReviewedDocument),
        Column("mentions", WHOLE, "Mentions", "How many of its mentions the filters keep."),
    ),
    "sightings": columns_of(Sighting),
    "check": columns_of(CheckRow),
}
"""By what is asked for: every field of a full row, in order."""

_NAMES = {f"{party}_name" for party in PARTIES}
_SORTED_BY = {
    "mentions": {c.name for c in columns_of(ReviewedMention)} | {*ABOUT_DOCUMENT} | _NAMES,
    "figures": {c.name for c in columns_of(Figure)} | _NAMES,
    "documents": {c.name for c in columns_of(ReviewedDocument)} - {"text"} | {"mentions"},
}


def sortable(what: str) -> tuple[str, ...]:
    """The fields that rows can be sorted by."""
    return tuple(
        column.name
        for column in FIELDS[what]
        if column.name in _SORTED_BY.get(what, ()) and not pa.types.is_nested(column.type)
    )


def type_in_words(type_: pa.DataType) -> str:
    """How a value of this type stands in JSON."""
    if pa.types.is_list(type_):
        inner = type_.value_type
        if pa.types.is_struct(inner):
            return f"list of {{{', '.join(field.name for field in inner)}}}"
        return f"list of {type_in_words(inner)}s"
    if pa.types.is_date(type_):
        return "date, YYYY-MM-DD"
    if pa.types.is_timestamp(type_):
        return "moment in UTC, YYYY-MM-DDThh:mm:ssZ"
    if pa.types.is_boolean(type_):
        return "true or false"
    if pa.types.is_integer(type_):
        return "whole number"
    return "number" if pa.types.is_floating(type_) else "text"


def as_rows() -> list[dict[str, Any]]:
    """Every field as a row: of what, name, label, type, unit, meaning, codes, whether sortable."""
    return [
        {
            "of": what,
            "field": column.name,
            "label": column.label,
            "type": type_in_words(column.type),
            "unit": column.unit,
            "meaning": column.description,
            "codes": "; ".join(f"{code}: {label}" for code, label in (column.codes or {}).items()),
            "sortable": column.name in sortable(what),
        }
        for what in FIELDS
        for column in FIELDS[what]
    ]


def as_frame() -> pl.DataFrame:
    """The same as a frame."""
    return pl.DataFrame(as_rows()).with_columns(pl.col("codes").replace("", None))
