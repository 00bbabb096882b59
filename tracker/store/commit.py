"""The writer: a planned change, step after step.

Order: originals, documents and sightings, history, mentions, then `extracted_by` in the document
rows, which marks them done, then VERSION. Each step may be repeated: a batch that was interrupted
is completed by adding it again, and a batch that changes nothing writes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from tracker.schema import (
    DOCUMENT_SCHEMA,
    HISTORY_SCHEMA,
    REVIEW_SCHEMA,
    SIGHTING_SCHEMA,
    History,
    Review,
)
from tracker.store.files import make_folder, write_whole
from tracker.store.history import changes
from tracker.store.layout import Layout
from tracker.store.plan import Batch, Outcome, Plan, plan_of
from tracker.store.reviewed import write_values
from tracker.store.rows import Row, row_of, table_of


def commit(layout: Layout, batch: Batch) -> list[Outcome]:
    """Bring the store to where it holds `batch`.

    Only under the writers' lock. Returns what each source came to.
    """
    interrupted = layout.recover()
    plan = plan_of(layout, batch)
    if plan or interrupted:
        with layout.changing():
            _apply(layout, plan, batch)
            if interrupted:
                complete_reviews(layout)
    return plan.outcomes


def _apply(layout: Layout, plan: Plan, batch: Batch) -> None:
    for sha256, original in plan.originals.items():
        path = layout.original(sha256)
        make_folder(path.parent)
        write_whole(path, original)
    if plan.documents:
        rows = [row_of(document) | {"extracted_by": None} for document in plan.documents]
        layout.documents.append(pa.Table.from_pylist(rows, schema=DOCUMENT_SCHEMA))
    if plan.sightings:
        layout.sightings.append(table_of(plan.sightings, SIGHTING_SCHEMA))
    if plan.read:
        listed = pa.array(plan.read, pa.string())
        mentions = batch.mentions.filter(pc.is_in(batch.mentions["document_id"], listed))
        known = [document_id for document_id in plan.read if document_id in plan.known]
        events = changes(layout, mentions, known, batch.extractor)
        if events.num_rows:
            layout.history.append(events)
        layout.mentions.replace(plan.read, mentions)
        _mark_done(layout, plan.read, batch.extractor)


def _mark_done(layout: Layout, document_ids: Sequence[str], extractor: str) -> None:
    listed = pa.array(document_ids, pa.string())

    def marked(rows: pa.Table) -> pa.Table:
        place = rows.schema.get_field_index("extracted_by")
        mark = pa.scalar(extractor, pa.string())
        done = pc.if_else(pc.is_in(rows["document_id"], listed), mark, rows["extracted_by"])
        return rows.set_column(place, DOCUMENT_SCHEMA.field(place), done)

    layout.documents.change(document_ids, marked)


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
