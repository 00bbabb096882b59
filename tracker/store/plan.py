"""What a batch of readings changes in the store: worked out before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from tracker.schema import MENTION_SCHEMA, Document, Mention, Sighting
from tracker.store.layout import Layout
from tracker.store.rows import Row, row_of, table_of

Outcome = Literal["new", "same", "re-read", "sighting"]
"""What adding a document came to: it is new; nothing changed; it was stored and its mentions are
read anew; or its text was stored, and it was now seen at another place."""

_SEEN = ("source", "title", "publisher", "url", "published", "original_sha256")
"""What makes two sightings of one document the same."""


class Source(NamedTuple):
    """A document as it was seen: the record, and the original bytes.

    The bytes are None for a row of a table: there the text is the original.
    """

    document: Document
    original: bytes | None

    def sighting(self) -> Sighting:
        """Where and when this document was seen."""
        document = self.document
        return Sighting(
            document_id=document.document_id,
            source=document.url or document.file_name or "",
            retrieved=document.retrieved,
            retrieved_how=document.retrieved_how,
            title=document.title,
            publisher=document.publisher,
            url=document.url,
            published=document.published,
            original_sha256=document.original_sha256,
        )


class Reading(NamedTuple):
    """One document as it was read: the record, the original bytes, and its mentions."""

    document: Document
    original: bytes | None
    mentions: Sequence[Mention]


@dataclass(frozen=True)
class Batch:
    """Documents that were seen, and the mentions of those whose text was read by `extractor`.

    Documents that are in `sources` and not in `read` keep the mentions that are stored; documents
    in `read` and not in `sources` are stored already.
    """

    extractor: str
    mentions: pa.Table
    read: frozenset[str]
    sources: Sequence[Source] = ()

    @classmethod
    def of(cls, readings: Iterable[Reading], extractor: str) -> Batch:
        """The batch that some readings make; the last reading of a document counts."""
        by_id = {reading.document.document_id: reading for reading in readings}
        records = [mention for reading in by_id.values() for mention in reading.mentions]
        for reading in by_id.values():
            for mention in reading.mentions:
                if mention.document_id != reading.document.document_id:
                    raise ValueError(f"{mention.mention_id} is of another document")
        sources = [Source(reading.document, reading.original) for reading in readings]
        return cls(extractor, table_of(records, MENTION_SCHEMA), frozenset(by_id), sources)

    def check(self) -> None:
        """Raise ValueError unless every mention quotes the text of its document, if it is here."""
        texts = {source.document.document_id: source.document.text for source in self.sources}
        names = ("mention_id", "document_id", "start", "end", "quote")
        for mention_id, document_id, start, end, quote in zip(
            *(self.mentions[name].to_pylist() for name in names), strict=True
        ):
            if document_id not in self.read:
                raise ValueError(f"{mention_id} is of another document")
            if document_id in texts and texts[document_id][start:end] != quote:
                raise ValueError(f"{mention_id}: offsets do not give back the quote")


@dataclass
class Plan:
    """What a batch changes."""

    outcomes: list[Outcome] = field(default_factory=list)
    originals: dict[str, bytes] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    known: dict[str, str | None] = field(default_factory=dict)
    """By which extractor the documents were read that are stored; None for one left undone."""
    read: list[str] = field(default_factory=list)
    """The documents whose mentions are to be replaced."""

    def __bool__(self) -> bool:
        return bool(self.originals or self.documents or self.sightings or self.read)


def plan_of(layout: Layout, batch: Batch) -> Plan:
    """What `batch` changes in the store as it is. Only under the writers' lock."""
    ids = list({source.document.document_id: None for source in batch.sources} | dict.fromkeys(
        sorted(batch.read)
    ))  # fmt: skip
    about = layout.documents.rows_about(ids, ["document_id", "extracted_by"])
    plan = Plan(known={row["document_id"]: row["extracted_by"] for row in _rows(about)})
    known = [document_id for document_id in ids if document_id in plan.known]
    changed = _changed(layout, batch, plan.known)
    plan.read = [document_id for document_id in ids if document_id in changed]
    seen = {_seen(row) for row in _rows(layout.sightings.rows_about(known))}
    told: set[str] = set()
    new: dict[str, Document] = {}
    for source in batch.sources:
        document, sighting = source.document, source.sighting()
        document_id, key = document.document_id, _seen(row_of(sighting))
        here = key in seen
        if document_id not in plan.known:
            new.setdefault(document_id, document)
        if not here:
            seen.add(key)
            plan.sightings.append(sighting)
        sha256 = document.original_sha256
        if source.original is not None and sha256 and not layout.original(sha256).exists():
            plan.originals[sha256] = source.original
        if document_id in changed and document_id not in told:
            # A document that was interrupted before it was done is new to everybody.
            is_new = plan.known.get(document_id) is None
            plan.outcomes.append("new" if is_new else "re-read")
        else:
            plan.outcomes.append("same" if here else "sighting")
        told.add(document_id)
    plan.documents = list(new.values())
    _link_versions(layout, plan.documents)
    return plan


def _changed(layout: Layout, batch: Batch, known: Mapping[str, str | None]) -> set[str]:
    """The documents that were read otherwise than they are stored."""
    changed = {i for i in batch.read if known.get(i) != batch.extractor}
    same = sorted(batch.read - changed)
    if same:
        listed = pa.array(same, pa.string())
        now = batch.mentions.filter(pc.is_in(batch.mentions["document_id"], listed)).to_pylist()
        stored = list(_rows(layout.mentions.rows_about(same)))
        mine, theirs = _by_document(now), _by_document(stored)
        changed |= {i for i in same if mine.get(i) != theirs.get(i)}
    return changed


def _link_versions(layout: Layout, documents: Sequence[Document]) -> None:
    """Let each new document name the one that it replaces.

    That is the newest at the same address (a publisher's edit), or the one of the same original
    bytes (another reader).
    """
    if not documents:
        return
    names = ["document_id", "url", "original_sha256", "supersedes"]
    stored = layout.documents.read_all(names).to_pylist()
    replaced = {row["supersedes"] for row in stored}
    stored.sort(key=lambda row: row["document_id"] not in replaced)  # the newest of all last
    newest = {row[key]: row["document_id"] for row in stored for key in names[1:3] if row[key]}
    for document in documents:
        keys = [key for key in (document.url, document.original_sha256) if key]
        older = next((newest[key] for key in keys if key in newest), None)
        if older != document.document_id and document.supersedes is None:
            document.supersedes = older
        newest |= dict.fromkeys(keys, document.document_id)


def _by_document(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row["start"], row["end"])):
        found.setdefault(row["document_id"], []).append(row)
    return found


def _rows(tables: Iterable[pa.Table]) -> Iterable[Row]:
    return (row for table in tables for row in table.to_pylist())


def _seen(row: Row) -> tuple[object, ...]:
    return (row["document_id"], *(row[name] for name in _SEEN))
