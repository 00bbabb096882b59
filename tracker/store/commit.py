"""The writer: what a batch of readings changes in the store, step after step.

Order: originals, documents and sightings, history, mentions, then `extracted_by` in the document
rows, which marks them done, then VERSION. Each step may be repeated: a batch that was interrupted
is completed by adding it again, and a batch that changes nothing writes nothing.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa

from tracker.schema import (
    DOCUMENT_SCHEMA,
    HISTORY_SCHEMA,
    MENTION_SCHEMA,
    REVIEW_SCHEMA,
    SIGHTING_SCHEMA,
    Document,
    History,
    Mention,
    Review,
    Sighting,
)
from tracker.store.files import make_folder, write_whole
from tracker.store.layout import Layout
from tracker.store.reviewed import write_values
from tracker.store.rows import Row, row_of, table_of, values_json

Outcome = Literal["new", "same", "re-read", "sighting"]
"""What adding a document came to: it is new; nothing changed; it was stored and its mentions are
read anew; or its text was stored, and it was now seen at another place."""

_SEEN = ("source", "title", "publisher", "url", "published", "original_sha256")
"""What makes two sightings of one document the same."""


@dataclass(frozen=True)
class Reading:
    """One document as it was read: the record, the original bytes, and its mentions."""

    document: Document
    original: bytes
    mentions: Sequence[Mention]

    def check(self) -> None:
        """Raise ValueError unless every mention quotes the text of this document."""
        for mention in self.mentions:
            if mention.document_id != self.document.document_id:
                raise ValueError(f"{mention.mention_id} is of another document")
            if self.document.text[mention.start : mention.end] != mention.quote:
                raise ValueError(f"{mention.mention_id}: offsets do not give back the quote")

    def sighting(self) -> Sighting:
        """Where and when this document was seen."""
        document = self.document
        return Sighting(
            document_id=document.document_id,
            source=document.url or document.file_name or "",
            retrieved=document.retrieved,
            title=document.title,
            publisher=document.publisher,
            url=document.url,
            published=document.published,
            original_sha256=document.original_sha256,
        )


@dataclass
class _Plan:
    """What a batch changes."""

    outcomes: list[Outcome] = field(default_factory=list)
    originals: dict[str, bytes] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    mentions: dict[str, list[Row]] = field(default_factory=dict)
    """Of the documents whose mentions are to be replaced."""

    def __bool__(self) -> bool:
        return bool(self.documents or self.sightings or self.mentions)


def commit(layout: Layout, readings: Sequence[Reading], extractor: str) -> list[Outcome]:
    """Bring the store to where it holds `readings`, as `extractor` read them.

    Only under the writers' lock. Returns what each reading came to.
    """
    interrupted = layout.recover()
    plan = _plan(layout, readings, extractor)
    if plan or interrupted:
        with layout.changing():
            _apply(layout, plan, extractor)
            if interrupted:
                complete_reviews(layout)
    return plan.outcomes


def commit_review(layout: Layout, review: Review) -> None:
    """Add a review, and its word to the history. Only under the writers' lock."""
    interrupted = layout.recover()
    with layout.changing():
        layout.reviews.append(table_of([review], REVIEW_SCHEMA))
        if interrupted:
            complete_reviews(layout)
        else:
            _record_reviews(layout, [row_of(review)])


def complete_reviews(layout: Layout) -> None:
    """Write into the history the reviews that an interrupted commit has not written there."""
    recorded = layout.history.read_all(["event", "values"])
    told = {
        json.loads(values)["review_id"]
        for event, values in zip(*recorded.to_pydict().values(), strict=True)
        if event == "review"
    }
    rows = layout.reviews.read_all().to_pylist()
    _record_reviews(layout, [row for row in rows if row["review_id"] not in told])


def _record_reviews(layout: Layout, reviews: Iterable[Row]) -> None:
    words = [
        History(
            mention_id=row["mention_id"], document_id=row["document_id"], recorded=row["made"],
            by=row["by"], event="review", values=write_values(row),
        )
        for row in reviews
    ]  # fmt: skip
    if words:
        layout.history.append(table_of(words, HISTORY_SCHEMA))


def _plan(layout: Layout, readings: Sequence[Reading], extractor: str) -> _Plan:
    ids = list(dict.fromkeys(reading.document.document_id for reading in readings))
    done = {
        row["document_id"]: row["extracted_by"]
        for row in _rows(layout.documents.rows_about(ids, ["document_id", "extracted_by"]))
    }
    seen = {_seen(row) for row in _rows(layout.sightings.rows_about(ids))}
    stored: dict[str, list[Row]] = {}
    for row in sorted(_rows(layout.mentions.rows_about(ids)), key=_place):
        stored.setdefault(row["document_id"], []).append(row)

    plan = _Plan()
    for reading in readings:
        document, sighting = reading.document, reading.sighting()
        document_id = document.document_id
        rows = table_of(reading.mentions, MENTION_SCHEMA).to_pylist()
        rows.sort(key=_place)
        known = document_id in done
        read = done.get(document_id) == extractor and stored.get(document_id, []) == rows
        here = _seen(row_of(sighting)) in seen
        if not known:
            plan.documents.append(document)
        if not here:
            plan.sightings.append(sighting)
            seen.add(_seen(row_of(sighting)))
        if not here and document.original_sha256:
            plan.originals[document.original_sha256] = reading.original
        if not read:
            plan.mentions[document_id] = stored[document_id] = rows
        # A document that was interrupted before it was done is new to everybody.
        new = not read and done.get(document_id) is None
        plan.outcomes.append(
            "new" if new else "re-read" if not read else "same" if here else "sighting"
        )
        done[document_id] = extractor
    return plan


def _apply(layout: Layout, plan: _Plan, extractor: str) -> None:
    for sha256, original in plan.originals.items():
        path = layout.original(sha256)
        if not path.exists():
            make_folder(path.parent)
            write_whole(path, original)
    if plan.documents:
        rows = [row_of(document) | {"extracted_by": None} for document in plan.documents]
        layout.documents.append(pa.Table.from_pylist(rows, schema=DOCUMENT_SCHEMA))
    if plan.sightings:
        layout.sightings.append(table_of(plan.sightings, SIGHTING_SCHEMA))
    if plan.mentions:
        history = _history(layout, plan.mentions, extractor)
        layout.history.append(table_of(history, HISTORY_SCHEMA))
        mentions = [row for rows in plan.mentions.values() for row in rows]
        layout.mentions.replace(
            plan.mentions, pa.Table.from_pylist(mentions, schema=MENTION_SCHEMA)
        )
        _mark_done(layout, plan.mentions, extractor)


def _history(layout: Layout, mentions: dict[str, list[Row]], extractor: str) -> list[History]:
    """What is new since the last word of the history about each mention of these documents."""
    last: dict[str, Row] = {}
    for row in _rows(layout.history.rows_about(mentions)):
        if row["event"] != "review":
            last[row["mention_id"]] = row
    now = dt.datetime.now(dt.UTC)
    found: list[History] = []

    def record(row: Row, event: str, values: str) -> None:
        found.append(
            History(
                mention_id=row["mention_id"], document_id=row["document_id"],
                recorded=now, by=extractor, event=event, values=values,
            )
        )  # fmt: skip

    for row in (row for rows in mentions.values() for row in rows):
        before, values = last.pop(row["mention_id"], None), values_json(row)
        if before is None or before["event"] == "gone":
            record(row, "read", values)
        elif before["values"] != values:
            record(row, "changed", values)
    for row in last.values():
        if row["event"] != "gone":
            record(row, "gone", row["values"])
    return found


def _mark_done(layout: Layout, document_ids: Iterable[str], extractor: str) -> None:
    ids = list(document_ids)
    for rows in layout.documents.rows_about(ids):
        done = pa.array([extractor] * rows.num_rows, pa.string())
        place = rows.schema.get_field_index("extracted_by")
        marked = rows.set_column(place, DOCUMENT_SCHEMA.field(place), done)
        layout.documents.replace(rows["document_id"].to_pylist(), marked)


def _rows(tables: Iterable[pa.Table]) -> Iterable[Row]:
    return (row for table in tables for row in table.to_pylist())


def _seen(row: Row) -> tuple[object, ...]:
    return (row["document_id"], *(row[name] for name in _SEEN))


def _place(row: Row) -> tuple[int, int]:
    return row["start"], row["end"]
