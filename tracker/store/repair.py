"""Damaged buckets rebuilt from what else the store holds; what cannot be rebuilt is said."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tracker.documents import DocumentError, read_bytes
from tracker.extraction import extract_batch
from tracker.schema import (
    DOCUMENT_SCHEMA,
    HISTORY_SCHEMA,
    MENTION_SCHEMA,
    REVIEW_SCHEMA,
    SIGHTING_SCHEMA,
    Document,
    History,
    document_id_of,
)
from tracker.store.files import Buckets, StoreError, make_folder, write_whole
from tracker.store.history import changes, last_events, mentions_of
from tracker.store.layout import Layout
from tracker.store.plan import Source
from tracker.store.reviewed import write_values
from tracker.store.rows import Row, row_of, table_of
from tracker.store.verify import TABLES, Damage, original_fault


def repair(layout: Layout, found: Sequence[Damage]) -> Iterator[str]:
    """Rebuild what is damaged, and say of each part what came of it.

    Only under the writers' lock. A damaged file is kept in `.damaged/`. Documents come from their
    originals, sightings from documents, reviews from the history, the history from mentions and
    reviews, mentions from the history or, where that is damaged too, by reading the text again.
    """
    with layout.changing():
        if any(damage.table == "VERSION" for damage in found):
            write_whole(layout.version, b"0\n")
            yield "VERSION: counts anew"
        for damage in found:
            if damage.table == "originals":
                yield f"{damage}: {_original(layout, damage)}"
        unreadable = {(d.table, d.bucket) for d in found if not d.document_ids}
        for table in TABLES:
            for bucket in sorted({d.bucket for d in found if d.table == table}):
                ids = {i for d in found if (d.table, d.bucket) == (table, bucket)
                       for i in d.document_ids}  # fmt: skip
                whole = (table, bucket) in unreadable
                _set_aside(getattr(layout, table), bucket, layout)
                if whole:
                    getattr(layout, table).path(bucket).unlink(missing_ok=True)
                result = _REBUILD[table](layout, bucket, None if whole else ids)
                yield f"{table}/{bucket}.parquet: {result}"


def _set_aside(buckets: Buckets, bucket: str, layout: Layout) -> None:
    aside = layout.root / ".damaged"
    make_folder(aside)
    content = buckets.path(bucket).read_bytes() if buckets.path(bucket).exists() else b""
    write_whole(aside / f"{buckets.folder.name}-{bucket}.parquet", content)


def _rows(buckets: Buckets, bucket: str) -> list[Row]:
    """The rows of a bucket; none where it cannot be read."""
    try:
        rows: list[Row] = buckets.read(bucket).to_pylist()
    except StoreError:
        return []
    return rows


def _write(buckets: Buckets, bucket: str, rows: Iterable[Row], schema: pa.Schema) -> None:
    buckets.write(bucket, pa.Table.from_pylist(list(rows), schema=schema))


def _original(layout: Layout, damage: Damage) -> str:
    path = layout.original(damage.bucket)
    for document_id in damage.document_ids:
        for table in layout.documents.rows_about([document_id], ["document_id", "text"]):
            for text in table["text"].to_pylist():
                content = text.encode()
                if hashlib.sha256(content).hexdigest() == damage.bucket:
                    make_folder(path.parent)
                    write_whole(path, content)
                    return "rebuilt from the text"
    path.unlink(missing_ok=True)
    return "cannot be rebuilt, ingest the file again"


def _documents(layout: Layout, bucket: str, ids: set[str] | None) -> str:
    stored = _rows(layout.documents, bucket)
    kept = {
        row["document_id"]: row
        for row in stored
        if ids is not None and row["document_id"] not in ids
    }
    sightings: dict[str, list[Row]] = {}
    for row in _rows(layout.sightings, bucket):
        sightings.setdefault(row["document_id"], []).append(row)
    by = {row["document_id"]: row["extractor"] for row in _rows(layout.mentions, bucket)}
    lost = []
    rebuilt = 0
    for document_id in sorted((ids or set()) | sightings.keys()):
        if document_id in kept:
            continue
        frozen = (row for row in stored if row["document_id"] == document_id and _is_frozen(row))
        reread = (_reread(layout, sighting) for sighting in sightings.get(document_id, ()))
        found = [row for row in (*frozen, *reread) if row]
        if found:
            rebuilt += 1
            kept[document_id] = found[0] | {"extracted_by": by.get(document_id)}
        else:
            lost.append(document_id)
    _write(layout.documents, bucket, kept.values(), DOCUMENT_SCHEMA)
    result = f"{rebuilt} documents rebuilt from their originals"
    if lost:
        places = sorted({s["source"] for i in lost for s in sightings.get(i, ())})
        return f"{result}; {len(lost)} to be ingested again, from {', '.join(places[:5])}"
    return result


def _is_frozen(row: Row) -> bool:
    return row["text"] is not None and document_id_of(row["text"]) == row["document_id"]


def _reread(layout: Layout, sighting: Row) -> Row | None:
    """The row of a document, read again from the original of a sighting."""
    sha256 = sighting["original_sha256"]
    if not sha256 or original_fault(layout, sha256):
        return None
    said: dict[str, Any] = {name: sighting[name] for name in ("title", "publisher", "url")}
    name = sighting["source"].rpartition("/")[2]
    for named in (name, "document"):  # by its name, or else by its content
        try:
            document = read_bytes(layout.original(sha256).read_bytes(), named)
        except DocumentError:
            continue
        if document.document_id == sighting["document_id"]:
            times = {n: sighting[n] for n in ("published", "retrieved", "retrieved_how")}
            is_address = "://" in sighting["source"]
            file_name = None if is_address else sighting["source"]
            return row_of(document) | said | times | {"file_name": file_name}
    return None


def _sightings(layout: Layout, bucket: str, ids: set[str] | None) -> str:
    documents = {row["document_id"]: row for row in _rows(layout.documents, bucket)}
    kept = [] if ids is None else [
        row for row in _rows(layout.sightings, bucket) if row["document_id"] in documents
    ]  # fmt: skip
    seen = {row["document_id"] for row in kept}
    made = [row_of(Source(Document(**row), None).sighting())
            for i, row in documents.items() if i not in seen]  # fmt: skip
    _write(layout.sightings, bucket, [*kept, *made], SIGHTING_SCHEMA)
    return f"{len(made)} rebuilt from the documents, the first sighting of each"


def _reviews(layout: Layout, bucket: str, ids: set[str] | None) -> str:
    told = [json.loads(row["values"]) for row in _rows(layout.history, bucket)
            if row["event"] == "review"]  # fmt: skip
    kept = {row["review_id"]: row for row in _rows(layout.reviews, bucket)}
    for row in told:
        kept.setdefault(
            row["review_id"],
            row | {"made": pa.scalar(row["made"]).cast(pa.timestamp("us", "UTC")).as_py()},
        )
    _write(layout.reviews, bucket, kept.values(), REVIEW_SCHEMA)
    return f"{len(told)} rebuilt from the history"


def _history(layout: Layout, bucket: str, ids: set[str] | None) -> str:
    kept = _rows(layout.history, bucket)
    mentions = layout.mentions.read(bucket) if not kept else MENTION_SCHEMA.empty_table()
    told = {json.loads(r["values"])["review_id"] for r in kept if r["event"] == "review"}
    reviews = [
        History(
            mention_id=row["mention_id"], document_id=row["document_id"], recorded=row["made"],
            by=row["by"], event="review", values=write_values(row),
        )
        for row in _rows(layout.reviews, bucket)
        if row["review_id"] not in told
    ]  # fmt: skip
    parts = [pa.Table.from_pylist(kept, schema=HISTORY_SCHEMA), table_of(reviews, HISTORY_SCHEMA)]
    for by in mentions["extractor"].unique().to_pylist():
        own = mentions.filter(pc.field("extractor") == by)
        parts.append(changes(layout, own, [], by))
    layout.history.write(bucket, pa.concat_tables(parts))
    if not kept:
        return "rebuilt from mentions and reviews; values before those of today are lost"
    return f"{len(reviews)} reviews added"


def _mentions(layout: Layout, bucket: str, ids: set[str] | None) -> str:
    documents = {row["document_id"]: row for row in _rows(layout.documents, bucket)}
    done = {i: row["extracted_by"] for i, row in documents.items()}
    wanted = set(done) if ids is None else ids & done.keys()
    kept = [row for row in _rows(layout.mentions, bucket)
            if row["document_id"] in done and row["document_id"] not in wanted]  # fmt: skip
    told = mentions_of(last_events(layout, sorted(wanted)), done).to_pylist()
    right = {i for i in wanted if _has_history(layout, i)}
    rows = [row for row in told if row["document_id"] in right]
    texts = [documents[i] for i in sorted(wanted - right)]
    read = extract_batch(pa.Table.from_pylist(texts, schema=DOCUMENT_SCHEMA))
    _write(layout.mentions, bucket, [*kept, *rows, *read.to_pylist()], MENTION_SCHEMA)
    if read.num_rows:
        events = changes(layout, read, [], read["extractor"][0].as_py())
        layout.history.append(events)
    again = f", {read.num_rows} read again" if read.num_rows else ""
    return f"{len(rows)} mentions rebuilt from the history{again}"


def _has_history(layout: Layout, document_id: str) -> bool:
    return last_events(layout, [document_id]).height > 0


_REBUILD = {
    "documents": _documents, "sightings": _sightings, "reviews": _reviews, "history": _history,
    "mentions": _mentions,
}  # fmt: skip
