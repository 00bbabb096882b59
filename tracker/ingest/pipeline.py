"""Reading, extracting and storing, in batches that are committed one after the other."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import pyarrow as pa

from tracker import schema
from tracker.documents import DocumentError
from tracker.extraction import extract_batch
from tracker.ingest.sanity import Sanity
from tracker.ingest.sources import Wanted
from tracker.schema import MENTION_SCHEMA, Document
from tracker.store import Batch, Outcome, Source, Store

CHUNK_ROWS, CHUNK_BYTES = 2_500, 8_000_000
"""Documents, or bytes of text, that are extracted at a time."""
TABLE_ROWS, TABLE_BYTES = 20_000, 128_000_000
"""Documents of a table, or bytes of text, that are committed at a time."""
FILE_ROWS, FILE_BYTES, FILE_SECONDS = 500, 32_000_000, 5.0
"""Files, bytes of originals, or seconds, after which what was read is committed."""
MAX_SHOWN = 200
"""Documents that the report names."""

_NO_MENTIONS = MENTION_SCHEMA.empty_table()


@dataclass
class Report:
    """What an ingest came to."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    mentions: int = 0
    """Amounts in the documents that were read now."""
    document_ids: list[str] = field(default_factory=list)
    """The first documents, stored already or not."""
    problems: list[DocumentError] = field(default_factory=list)
    failed: dict[Wanted, str] = field(default_factory=dict)
    """What is to be tried again, and why."""
    notes: list[str] = field(default_factory=list)
    """Caps that were hit, and amounts that cannot well be."""
    is_stopped: bool = False


@dataclass(frozen=True)
class Step:
    """How far an ingest is: told after each document and each commit."""

    done: float
    """Bytes of the sources that are read."""
    documents: int
    line: str | None = None
    """What became of a file."""


@dataclass
class _Pending:
    """What is read and not yet committed."""

    fresh: list[tuple[Wanted, Source]] = field(default_factory=list)
    fresh_bytes: int = 0
    sources: list[tuple[Wanted, Source]] = field(default_factory=list)
    bytes: int = 0
    mentions: list[pa.Table] = field(default_factory=list)
    read: set[str] = field(default_factory=set)
    since: float = field(default_factory=time.monotonic)


def ingest(
    store: Store,
    wanted: Iterable[Wanted],
    *,
    allow_private: bool = False,
    tell: Callable[[Step], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Report:
    """Read `wanted` into the store and keep the list of what could not be read.

    Documents that the current extractor has read already are not read again. When `stop` says so,
    what was read is committed and the rest is left; the next run goes on from there. Raises
    StoreError when the store cannot be written.
    """
    run = _Run(store, tell)
    tried: list[Wanted] = []
    for one in wanted:
        if stop():
            run.report.is_stopped = True
            break
        whole = run.source(one, allow_private, stop)
        if whole:
            tried.append(one)
    run.commit()
    run.report.notes += run.sanity.warnings()
    store.keep_failed(
        {one.key: why for one, why in run.report.failed.items()}, [one.key for one in tried]
    )
    return run.report


class _Run:
    """One ingest under way."""

    def __init__(self, store: Store, tell: Callable[[Step], None]):
        self.report, self.sanity = Report(), Sanity()
        self._store, self._tell = store, tell
        self._pending = _Pending()
        self._done, self._documents = 0.0, 0
        self._rows: Counter[Wanted] = Counter()
        self._read_by: dict[str, str | None] | None = None

    def source(self, one: Wanted, allow_private: bool, stop: Callable[[], bool]) -> bool:
        """Read one file, table or address; whether it was read to its end."""
        before, size = self._done, one.size()
        reasons: list[DocumentError] = []

        def seen(share: float) -> None:
            self._done = before + share * size

        for item in one.read(allow_private=allow_private, seen=seen):
            if isinstance(item, DocumentError):
                reasons.append(item)
                self._tell(Step(self._done, self._documents))
            else:
                self._take(one, item)
            if one.is_table and stop():
                self.report.is_stopped = True
                return False
        self._done = before + size
        self.report.problems += reasons
        if reasons:
            more = f" (and {len(reasons) - 1:,} more rows)" if len(reasons) > 1 else ""
            self.report.failed[one] = reasons[0].reason + more
        if one.is_table:
            self._tell(Step(self._done, self._documents, f"{one.place}: {self._rows[one]:,} rows"))
        return True

    def _take(self, one: Wanted, source: Source) -> None:
        pending = self._pending
        pending.fresh.append((one, source))
        pending.fresh_bytes += len(source.document.text)
        pending.bytes += len(source.original or source.document.text)
        self._documents += 1
        self._rows[one] += 1
        self._tell(Step(self._done, self._documents))
        if len(pending.fresh) >= CHUNK_ROWS or pending.fresh_bytes >= CHUNK_BYTES:
            self._extract()
        rows = len(pending.sources) + len(pending.fresh)
        if one.is_table:
            is_full = rows >= TABLE_ROWS or pending.bytes >= TABLE_BYTES
        else:
            is_late = time.monotonic() - pending.since > FILE_SECONDS
            is_full = rows >= FILE_ROWS or pending.bytes >= FILE_BYTES or is_late
        if is_full:
            self.commit()

    def _extract(self) -> None:
        pending = self._pending
        if self._read_by is None:
            self._read_by = self._store.read_by()
        new: dict[str, Document] = {}
        for _, source in pending.fresh:
            document = source.document
            if self._read_by.get(document.document_id) != schema.EXTRACTOR:
                new[document.document_id] = document
        if new:
            mentions = extract_batch(documents_table(new.values()))
            self.report.notes += limits(mentions)
            pending.mentions.append(mentions.replace_schema_metadata(None))
            pending.read |= new.keys()
            self._read_by |= dict.fromkeys(new, schema.EXTRACTOR)
            self.sanity.add(new.values(), mentions)
            self.report.mentions += mentions.num_rows
        pending.sources += pending.fresh
        pending.fresh, pending.fresh_bytes = [], 0

    def commit(self) -> None:
        """Extract and store what was read."""
        self._extract()
        pending, self._pending = self._pending, _Pending()
        if not pending.sources:
            return
        mentions = pa.concat_tables([_NO_MENTIONS, *pending.mentions])
        sources = [source for _, source in pending.sources]
        batch = Batch(schema.EXTRACTOR, mentions, frozenset(pending.read), sources)
        outcomes = self._store.commit(batch)
        found = Counter(mentions["document_id"].to_pylist())
        for (one, source), outcome in zip(pending.sources, outcomes, strict=True):
            document_id = source.document.document_id
            self.report.outcomes[outcome] += 1
            if len(self.report.document_ids) < MAX_SHOWN:
                self.report.document_ids.append(document_id)
            if not one.is_table:
                amounts = found[document_id] if document_id in pending.read else None
                line = f"{one.place}: {OUTCOMES[outcome]}{_amounts(amounts)}"
                self._tell(Step(self._done, self._documents, line))


OUTCOMES: dict[Outcome, str] = {
    "new": "new",
    "same": "stored already",
    "re-read": "read anew",
    "sighting": "stored already, kept as one more sighting (the document stays as it was)",
}
"""What adding a document came to, in words."""


def _amounts(number: int | None) -> str:
    return "" if number is None else f", {number:,} amount{'' if number == 1 else 's'}"


def documents_table(documents: Iterable[Document]) -> pa.Table:
    """Documents as `extract_batch` takes them."""
    rows = list(documents)
    return pa.table(
        {
            "document_id": pa.array([row.document_id for row in rows], pa.string()),
            "text": pa.array([row.text for row in rows], pa.large_string()),
            "language": pa.array([row.language for row in rows], pa.string()),
        }
    )


def limits(mentions: pa.Table) -> Iterator[str]:
    """A line for each document that hit a cap of the extractor."""
    said = (mentions.schema.metadata or {}).get(b"limits", b"{}")
    for document_id, limit in json.loads(said).items():
        yield f"{document_id}: {limit}"
