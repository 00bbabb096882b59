"""Whether the store is whole: every bucket, hash, offset and quote against the frozen texts."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import polars as pl
import pyarrow as pa

from tracker.schema import MENTION_SCHEMA, document_id_of, mention_id_of
from tracker.store.files import BUCKETS, Buckets, StoreError, bucket_of
from tracker.store.history import last_events, mentions_of
from tracker.store.layout import Layout
from tracker.store.rows import Row

TABLES = ("documents", "sightings", "reviews", "history", "mentions")
"""The tables, in the order in which they are rebuilt."""
FROM_TABLE = "row of a table"
"""How a document was retrieved whose text is the original."""


@dataclass(frozen=True)
class Damage:
    """What is wrong in one bucket of a table (`bucket` "ab"), or with one original (its hash)."""

    table: str
    bucket: str
    reason: str
    document_ids: tuple[str, ...] = ()
    """The documents whose rows are wrong; empty when the whole bucket cannot be read."""

    def __str__(self) -> str:
        is_bucket = self.table in TABLES
        place = f"{self.bucket}.parquet" if is_bucket else f"{self.bucket[:2]}/{self.bucket}"
        return f"{self.table}/{place}: {self.reason}"


@dataclass
class _Bucket:
    """The tables of one bucket; None for one that cannot be read."""

    name: str
    tables: dict[str, pa.Table | None] = field(default_factory=dict)

    def rows(self, table: str) -> list[Row]:
        found = self.tables.get(table)
        rows: list[Row] = found.to_pylist() if found is not None else []
        return rows


def damages(layout: Layout, tell: Callable[[int], None] = lambda _: None) -> Iterator[Damage]:
    """What is damaged, bucket after bucket; `tell` hears how many of BUCKETS are done."""
    hashes: dict[str, str | None] = {}
    try:
        layout.read_version()
    except ValueError:
        yield Damage("VERSION", "", "is not a whole number")
    for number, name in enumerate(BUCKETS):
        bucket = _Bucket(name)
        for table in TABLES:
            buckets: Buckets = getattr(layout, table)
            try:
                bucket.tables[table] = buckets.read(name)
            except StoreError as error:
                bucket.tables[table] = None
                yield Damage(table, name, str(error).rpartition(".parquet: ")[2])
        yield from _of_bucket(layout, bucket, hashes)
        tell(number + 1)


def _of_bucket(layout: Layout, bucket: _Bucket, hashes: dict[str, str | None]) -> Iterator[Damage]:
    for table in TABLES:
        strange = [r["document_id"] for r in bucket.rows(table)
                   if bucket_of(r["document_id"]) != bucket.name]  # fmt: skip
        if strange:
            yield Damage(table, bucket.name, f"{strange[0]} does not belong there", tuple(strange))
    documents = {row["document_id"]: row for row in bucket.rows("documents")}
    yield from _grouped("documents", bucket, _document_faults(bucket.rows("documents")))
    for row in [*documents.values(), *bucket.rows("sightings")]:
        sha256, is_row = row["original_sha256"], row["retrieved_how"] == FROM_TABLE
        if sha256 and not is_row and sha256 not in hashes:
            hashes[sha256] = fault = original_fault(layout, sha256)
            if fault:
                yield Damage("originals", sha256, fault, (row["document_id"],))
    if bucket.tables["documents"] is None:
        return
    for table in ("sightings", "reviews"):
        orphans = (
            (row["document_id"], f"{row['document_id']} is no stored document")
            for row in bucket.rows(table)
            if row["document_id"] not in documents
        )
        yield from _grouped(table, bucket, orphans)
    yield from _grouped("mentions", bucket, _mention_faults(bucket.rows("mentions"), documents))
    if bucket.tables["history"] is not None:
        yield from _grouped("mentions", bucket, _history_faults(layout, bucket, documents))
        yield from _grouped("history", bucket, _review_faults(bucket))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _document_faults(rows: list[Row]) -> Iterator[tuple[str, str]]:
    times = Counter(row["document_id"] for row in rows)
    for row in rows:
        document_id, text = row["document_id"], row["text"]
        if times[document_id] > 1:
            yield document_id, f"{document_id} stands there {times[document_id]} times"
        if text is None or document_id_of(text) != document_id:
            yield document_id, f"{document_id}: the text is not the one that was frozen"
        elif row["retrieved_how"] == FROM_TABLE and row["original_sha256"] != _hash(text):
            yield document_id, f"{document_id}: the text does not have its hash"
        starts = row["pages"] or []
        if starts != sorted(starts) or (starts and not 0 <= starts[-1] <= len(text or "")):
            yield document_id, f"{document_id}: pages that lie outside the text"


def _mention_faults(rows: list[Row], documents: dict[str, Row]) -> Iterator[tuple[str, str]]:
    times = Counter(row["mention_id"] for row in rows)
    for row in rows:
        document_id, mention_id = row["document_id"], row["mention_id"]
        start, end = row["start"], row["end"]
        if times[mention_id] > 1:
            yield document_id, f"{mention_id} stands there {times[mention_id]} times"
        if document_id not in documents:
            yield document_id, f"{mention_id} is of no stored document"
            continue
        text = documents[document_id]["text"] or ""
        spans = [(item["start"], item["end"]) for item in row["evidence"] or []]
        if mention_id != mention_id_of(document_id, start, end):
            yield document_id, f"{mention_id}: its id is not that of its span"
        if not 0 <= start < end <= len(text) or text[start:end] != row["quote"]:
            yield document_id, f"{mention_id}: offsets do not give back the quote"
        if row["cue"] and text[row["cue_start"] : row["cue_end"]] != row["cue"]:
            yield document_id, f"{mention_id}: offsets do not give back the cue"
        if any(not 0 <= first <= last <= len(text) for first, last in spans):
            yield document_id, f"{mention_id}: evidence outside the text"


def _history_faults(
    layout: Layout, bucket: _Bucket, documents: dict[str, Row]
) -> Iterator[tuple[str, str]]:
    """Documents whose mentions are not what the history last says of them."""
    if bucket.tables["mentions"] is None:
        return
    done = {i: row["extracted_by"] for i, row in documents.items() if row["extracted_by"]}
    told = mentions_of(last_events(layout, done), done)
    for document_id in done:
        now = _mentions(bucket.tables["mentions"], document_id)
        if now != _mentions(told, document_id):
            yield document_id, f"the mentions of {document_id} are not those of the history"


def _mentions(table: pa.Table, document_id: str) -> list[Row]:
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    columns = [name for name in MENTION_SCHEMA.names if name != "extractor"]
    found = frame.filter(pl.col("document_id") == document_id).sort("start", "end")
    return found.select(columns).to_dicts()


def _review_faults(bucket: _Bucket) -> Iterator[tuple[str, str]]:
    told = {
        json.loads(row["values"])["review_id"]
        for row in bucket.rows("history")
        if row["event"] == "review"
    }
    if bucket.tables["reviews"] is None:
        return
    for row in bucket.rows("reviews"):
        if row["review_id"] not in told:
            yield row["document_id"], f"does not tell of the review {row['review_id']}"


def _grouped(table: str, bucket: _Bucket, faults: Iterator[tuple[str, str]]) -> Iterator[Damage]:
    """One damage for all faults of a bucket: the first one, and how many more."""
    found = list(faults)
    if found:
        ids = dict.fromkeys(document_id for document_id, _ in found)
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        yield Damage(table, bucket.name, found[0][1] + more, tuple(ids))


def original_fault(layout: Layout, sha256: str) -> str | None:
    """What is wrong with the original bytes of this hash; None for nothing."""
    try:
        content = layout.original(sha256).read_bytes()
    except OSError as error:
        return error.strerror or str(error)
    is_right = hashlib.sha256(content).hexdigest() == sha256
    return None if is_right else "the bytes do not have their hash"
