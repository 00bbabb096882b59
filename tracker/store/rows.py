"""Records of the data model as rows and Arrow tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

import pyarrow as pa

from tracker.schema import Document, History, Mention, Review, Sighting

Row = dict[str, Any]


def row_of(record: Document | Mention | Sighting | History | Review) -> Row:
    """A record as a row: column name to value, the evidence as dictionaries."""
    row = {field.name: getattr(record, field.name) for field in fields(record)}
    if "evidence" in row:
        row["evidence"] = [item._asdict() for item in row["evidence"]]
    return row


def table_of(
    records: Iterable[Document | Mention | Sighting | History | Review], schema: pa.Schema
) -> pa.Table:
    """Records as an Arrow table of `schema`."""
    return pa.Table.from_pylist([row_of(record) for record in records], schema=schema)
