"""The history of mentions: what each was, when and by whom; only ever added to."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from tracker.schema import HISTORY_SCHEMA, MENTION_SCHEMA
from tracker.store.layout import Layout
from tracker.store.rows import Row

_KEYS = ("mention_id", "document_id", "extractor")
"""What the values of an event leave out: its ids, and the version, which stands in `by`."""
_KEPT = [name for name in MENTION_SCHEMA.names if name not in _KEYS]


def changes(layout: Layout, mentions: pa.Table, known: Sequence[str], extractor: str) -> pa.Table:
    """What is new since the last word of the history, as rows of `HISTORY_SCHEMA`.

    `mentions` are all mentions of some documents as `extractor` reads them, `known` those of the
    documents that may have a history.
    """
    now = _with_values(mentions)
    last = last_events(layout, known)
    events = now.join(last, on="mention_id", how="full", coalesce=True, suffix="_before")
    gone_before = pl.col("event").is_null() | (pl.col("event") == "gone")
    told = (
        pl.when(pl.col("values").is_null() & ~gone_before).then(pl.lit("gone"))
        .when(pl.col("values").is_not_null() & gone_before).then(pl.lit("read"))
        .when(pl.col("values") != pl.col("values_before")).then(pl.lit("changed"))
    )  # fmt: skip
    events = events.with_columns(told=told).filter(pl.col("told").is_not_null())
    unchanged = [
        row["told"] == "changed" and _plain(row["values"]) == _plain(row["values_before"])
        for row in events.select("told", "values", "values_before").iter_rows(named=True)
    ]
    events = events.filter(~pl.Series(unchanged, dtype=pl.Boolean))
    recorded = pl.lit(dt.datetime.now(dt.UTC))
    return (
        events.select(
            "mention_id",
            pl.coalesce("document_id", "document_id_before").alias("document_id"),
            recorded.alias("recorded"),
            pl.lit(extractor).alias("by"),
            pl.col("told").alias("event"),
            pl.coalesce("values", "values_before").alias("values"),
        )
        .to_arrow()
        .cast(HISTORY_SCHEMA)
    )


def last_events(layout: Layout, document_ids: Iterable[str]) -> pl.DataFrame:
    """The last word of extractors about each mention of some documents."""
    columns = ["mention_id", "document_id", "event", "values"]
    about = list(layout.history.rows_about(document_ids, columns))
    table = pa.concat_tables(about) if about else HISTORY_SCHEMA.empty_table().select(columns)
    frame = pl.from_arrow(table.filter(pc.field("event") != "review"))
    assert isinstance(frame, pl.DataFrame)  # a Series comes of an array only
    return frame.group_by("mention_id", maintain_order=True).last()


def mentions_of(events: pl.DataFrame, extracted_by: dict[str, str | None]) -> pa.Table:
    """The mentions that the last events tell, as rows of `MENTION_SCHEMA`."""
    rows: list[Row] = []
    for event in events.filter(pl.col("event") != "gone").iter_rows(named=True):
        row = json.loads(event["values"])
        for name in ("period_start", "period_end"):
            row[name] = dt.date.fromisoformat(row[name]) if row.get(name) else None
        ids = {name: event[name] for name in ("mention_id", "document_id")}
        rows.append(row | ids | {"extractor": extracted_by.get(event["document_id"])})
    return pa.Table.from_pylist(rows, schema=MENTION_SCHEMA)


def _with_values(mentions: pa.Table) -> pl.DataFrame:
    """Ids and the values that the history keeps, as JSON in the order of the data model."""
    frame = pl.from_arrow(mentions)
    assert isinstance(frame, pl.DataFrame)
    return frame.select(
        "mention_id", "document_id", pl.struct(_KEPT).struct.json_encode().alias("values")
    )


def _plain(values: str) -> Row:
    """Values without the empty ones: a column that was not there yet was empty."""
    return {name: value for name, value in json.loads(values).items() if value is not None}
