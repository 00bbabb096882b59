"""Stored documents read again by a newer extractor: first what would change, then the change."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tracker import schema
from tracker.extraction import extract_batch
from tracker.ingest.pipeline import CHUNK_ROWS, Step, limits
from tracker.schema import MENTION_SCHEMA, columns_of
from tracker.store import Batch, Store

_IDS = ("mention_id", "document_id", "extractor")
_CODED = {c.name for c in columns_of(schema.Mention) if c.codes} | {
    "currency", "cumulative", "donor", "recipient",
}  # fmt: skip
"""Fields whose values are few enough to be counted."""

Row = Mapping[str, Any]


@dataclass
class Change:
    """What a new reading changes."""

    extractor: str
    documents: int = 0
    """Documents that are read again."""
    before: int = 0
    after: int = 0
    """Their mentions as stored, and as read now."""
    added: list[Row] = field(default_factory=list)
    gone: list[Row] = field(default_factory=list)
    changed: int = 0
    """Mentions that stay and have other values."""
    fields: Counter[str] = field(default_factory=Counter)
    """How many mentions have another value in a field."""
    values: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """Field, value before and value now, for fields of few values."""
    notes: list[str] = field(default_factory=list)
    is_stopped: bool = False

    def compare(self, before: Sequence[Row], after: Sequence[Row]) -> None:
        """Count what is different between two readings of the same documents."""
        self.before += len(before)
        self.after += len(after)
        was = {row["mention_id"]: row for row in before}
        now = {row["mention_id"]: row for row in after}
        self.added += [row for key, row in now.items() if key not in was]
        self.gone += [row for key, row in was.items() if key not in now]
        for key in was.keys() & now.keys():
            names = [n for n in was[key] if n not in _IDS and was[key][n] != now[key][n]]
            self.changed += bool(names)
            self.fields.update(names)
            for name in names:
                if name in _CODED:
                    self.values[name, str(was[key][name]), str(now[key][name])] += 1


def reextract(
    store: Store,
    *,
    extractor: str | None = None,
    every: bool = False,
    dry_run: bool = False,
    tell: Callable[[Step], None] = lambda _: None,
    told: Callable[[Change], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Change:
    """Read the documents again that another version read (or `every` one), and store the result.

    First all of them are read, and `told` hears what will change; then it is stored, document by
    document. A `dry_run` stores nothing. When `stop` says so, what is stored stays, and the next
    run goes on. Reviews are left as they are. Raises StoreError.
    """
    version = extractor or schema.EXTRACTOR
    wanted = sorted(
        (i for i, by in store.read_by().items() if by is not None and (every or by != version)),
        key=store.place_of,  # documents that lie together are written together
    )
    change = Change(version)
    staged = store.path / ".reextract"
    shutil.rmtree(staged, ignore_errors=True)
    try:
        files: list[tuple[Path, list[str]]] = []
        for start in range(0, len(wanted), CHUNK_ROWS):
            ids = wanted[start : start + CHUNK_ROWS]
            if stop():
                change.is_stopped = True
                return change
            files.append((_read(store, ids, change, staged, len(files)), ids))
            change.documents += len(ids)
            tell(Step(change.documents / 2, change.documents))
        told(change)
        for number, (file, ids) in enumerate(files if not dry_run else [], 1):
            if stop():
                change.is_stopped = True
                break
            store.commit(Batch(version, pq.read_table(file), frozenset(ids)))
            tell(Step((len(wanted) + number * CHUNK_ROWS) / 2, change.documents))
        return change
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _read(store: Store, ids: Sequence[str], change: Change, staged: Path, number: int) -> Path:
    """Read some documents again; the file where the mentions wait to be stored."""
    texts = pa.concat_tables(_tables(store, "documents", ids))
    mentions = extract_batch(texts)
    change.notes += limits(mentions)
    place = mentions.schema.get_field_index("extractor")
    version = pa.array([change.extractor] * mentions.num_rows, pa.string())
    mentions = mentions.replace_schema_metadata(None).set_column(
        place, MENTION_SCHEMA.field(place), version
    )
    stored = pa.concat_tables(_tables(store, "mentions", ids))
    change.compare(stored.to_pylist(), mentions.to_pylist())
    staged.mkdir(exist_ok=True)
    file = staged / f"{number:06}.parquet"
    pq.write_table(mentions, file)
    return file


def _tables(store: Store, name: str, ids: Sequence[str]) -> Iterator[pa.Table]:
    columns = ["document_id", "text", "language"] if name == "documents" else None
    return store.tables_about(name, ids, columns)
