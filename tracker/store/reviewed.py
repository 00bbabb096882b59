"""People's reviews applied to what was read: pure, tables in and tables out."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tracker.schema import (
    MENTION_SCHEMA,
    REVIEW_SCHEMA,
    REVIEWED_DOCUMENT_SCHEMA,
    REVIEWED_MENTION_SCHEMA,
)
from tracker.store.rows import Row

_AMOUNT = ("amount_min", "amount_max", "currency")
_PAIRS = ("same", "different")


@dataclass
class Decisions:
    """The reviews in force and the mentions that each is about today.

    `targets` holds, by review_id, the mentions that the review is about: in its own document, and
    in each newer version of it. A review of a mention that none of them matches any more has an
    empty list: it is kept, and listed as finding no mention. `other_targets` holds the same for
    the second mention of `same` and `different`.
    """

    reviews: list[Row]
    targets: dict[str, list[str]] = field(default_factory=dict)
    other_targets: dict[str, list[str]] = field(default_factory=dict)

    def lost(self) -> list[Row]:
        """The reviews in force that find no mention."""
        return [
            review
            for review in self.reviews
            if not self.targets.get(review["review_id"], [""])
            or not self.other_targets.get(review["review_id"], [""])
        ]

    def about(self, mention_id: str) -> list[Row]:
        """The reviews in force about one mention, the earliest first."""
        return [
            review
            for review in self.reviews
            if mention_id in self.targets.get(review["review_id"], [])
            or mention_id in self.other_targets.get(review["review_id"], [])
        ]

    def pairs(self) -> list[tuple[str, str, str]]:
        """What holds of two mentions: their ids in order, and "same" or "different".

        The latest decision on two mentions wins. Ids are those of today.
        """
        found: dict[tuple[str, str], str] = {}
        for review in self.reviews:
            if review["action"] in _PAIRS:
                for one in self.targets[review["review_id"]][-1:]:
                    for other in self.other_targets[review["review_id"]][-1:]:
                        found[min(one, other), max(one, other)] = review["action"]
        return [(one, other, action) for (one, other), action in found.items()]


def in_force(reviews: pa.Table) -> list[Row]:
    """The reviews that hold, the earliest first: without those undone and without the undoing."""
    rows = reviews.to_pylist()
    rows.sort(key=lambda row: row["made"])
    undone: set[str] = set()
    for row in reversed(rows):  # an undo may itself be undone by a later one
        if row["action"] == "undo" and row["review_id"] not in undone:
            undone.add(row["undoes"])
    return [row for row in rows if row["action"] != "undo" and row["review_id"] not in undone]


def apply_to_documents(documents: pa.Table, reviews: Iterable[Row]) -> pa.Table:
    """Documents with corrected fields, whether withdrawn, and by what they are superseded.

    `documents` needs the columns document_id and supersedes; those of `REVIEWED_DOCUMENT_SCHEMA`
    that only reviews give are added.
    """
    about = [row for row in reviews if row["mention_id"] is None and row["action"] != "add"]
    withdrawn = {row["document_id"] for row in about if row["action"] == "withdraw"}
    newer = {
        old: new
        for new, old in zip(
            documents["document_id"].to_pylist(), documents["supersedes"].to_pylist(), strict=True
        )
        if old is not None and new not in withdrawn
    }
    ids = documents["document_id"].to_pylist()
    changed: dict[str, dict[str, Any]] = {}
    by: dict[str, str] = {}
    for row in about:
        by[row["document_id"]] = row["by"]
        changed.setdefault(row["document_id"], {}).update(read_values(row["values"]))
    added: dict[str, list[Any]] = {
        "superseded_by": [newer.get(document_id) for document_id in ids],
        "withdrawn": [document_id in withdrawn for document_id in ids],
        "reviewed_by": [by.get(document_id) for document_id in ids],
        "as_read": [None] * len(ids),
    }
    for place, document_id in enumerate(ids):
        values = {
            k: v for k, v in changed.get(document_id, {}).items() if k in documents.schema.names
        }
        if values:
            before = documents.slice(place, 1).select(list(values)).to_pylist()[0]
            added["as_read"][place] = write_values(
                {name: value for name, value in before.items() if value != values[name]}
            )
    for name in {name for values in changed.values() for name in values}:
        if name in documents.schema.names:
            column = documents[name].to_pylist()
            for place, document_id in enumerate(ids):
                column[place] = changed.get(document_id, {}).get(name, column[place])
            index = documents.schema.get_field_index(name)
            kind = documents.schema.field(index)
            documents = documents.set_column(index, kind, pa.array(column, kind.type))
    for name, given in added.items():
        kind = REVIEWED_DOCUMENT_SCHEMA.field(name)
        documents = documents.append_column(kind, pa.array(given, kind.type))
    return documents


def decide(
    mentions: pa.Table, reviews: pa.Table, supersedes: Mapping[str, str | None]
) -> tuple[pa.Table, Decisions]:
    """Mentions with the reviews applied, and the decisions that hold.

    `mentions` has the columns of `MENTION_SCHEMA` and holds at least all mentions of the documents
    under review and of their newer versions; `supersedes` says of each document which one it
    replaces. Returns a table of `REVIEWED_MENTION_SCHEMA`: mentions that were added by hand stand
    in it, rejected ones too, each with its `review`.
    """
    decisions = Decisions(in_force(reviews))
    about = [row for row in decisions.reviews if _is_about_mentions(row)]
    if not about:
        return _unreviewed(mentions), decisions
    newer = {old: new for new, old in supersedes.items() if old is not None}
    documents = {row["document_id"] for row in about}
    documents |= {json.loads(row["other"])["document_id"] for row in about if row["other"]}
    documents |= {new for document_id in list(documents) for new in _versions(document_id, newer)}
    touched = pc.is_in(mentions["document_id"], pa.array(sorted(documents), pa.string()))
    rows = mentions.filter(touched).to_pylist()
    rows = _applied(rows, about, decisions, newer)
    rest = _unreviewed(mentions.filter(pc.invert(touched)))
    under_review = pa.Table.from_pylist(rows, schema=REVIEWED_MENTION_SCHEMA)
    return pa.concat_tables([rest, under_review]), decisions


def stands(mentions: pa.Table, documents: pa.Table) -> pa.ChunkedArray:
    """Whether each mention stands: it is neither rejected nor of a withdrawn document."""
    withdrawn = documents.filter(documents["withdrawn"])["document_id"].combine_chunks()
    rejected = pc.fill_null(pc.equal(mentions["review"], "rejected"), False)
    return pc.invert(pc.or_(rejected, pc.is_in(mentions["document_id"], withdrawn)))


def _applied(
    rows: Sequence[Row], about: Iterable[Row], decisions: Decisions, newer: Mapping[str, str]
) -> list[Row]:
    places: dict[str, list[Row]] = {}
    for row in rows:
        places.setdefault(row["document_id"], []).append(row)
    read = {row["mention_id"]: dict(row) for row in rows}
    shown = {row["mention_id"]: _blank(row) for row in rows}
    for review in about:
        if review["action"] == "add" and not _places_of(review, places, {}):
            added = _blank(_added(review))
            if added["mention_id"] not in shown:
                read[added["mention_id"]] = dict(added)
                shown[added["mention_id"]] = added
                places.setdefault(added["document_id"], []).append(dict(added))
        found = _places_of(review, places, newer)
        decisions.targets[review["review_id"]] = found
        if review["action"] in _PAIRS:
            other = _places_of(_other(review), places, newer)
            decisions.other_targets[review["review_id"]] = other
            continue
        for mention_id in found:
            _apply(review, shown[mention_id])
    for mention_id, row in shown.items():
        before = {
            name: value for name, value in read[mention_id].items() if name in MENTION_SCHEMA.names
        }
        changed = {n: v for n, v in before.items() if row[n] != v and n != "evidence"}
        row["as_read"] = write_values(changed) if changed else None
        if row["review"] == "corrected" and not changed:
            row["review"] = "confirmed"  # the extractor reads by now what was corrected
        elif row["review"] == "confirmed" and changed:
            row["review"] = "corrected"
    return list(shown.values())


def _apply(review: Row, row: Row) -> None:
    state = {"confirm": "confirmed", "correct": "corrected", "reject": "rejected"}
    values = read_values(review["values"])
    if review["action"] == "add":
        if row["review"] != "added":  # the extractor reads it by now, and its digits better
            row["review"] = "confirmed"
            values = {n: value for n, value in values.items() if n not in ("low", "high")}
    elif not (row["review"] == "added" and review["action"] != "reject"):
        row["review"] = state[review["action"]]
    row["reviewed_by"] = review["by"]
    row.update(values)
    if values:
        tags = values.keys()
        kept = [item for item in row["evidence"] or [] if item["tag"] not in tags]
        rule = f"review {review['review_id']}"
        for tag in sorted(tags & _EVIDENT):
            start = row["cue_start"] if tag == "status" else None
            span = (row["start"], row["start"]) if start is None else (start, row["cue_end"])
            kept.append({"tag": tag, "rule": rule, "start": span[0], "end": span[1]})
        row["evidence"] = kept


_EVIDENT = set(MENTION_SCHEMA.names) - {
    "mention_id", "document_id", "start", "end", "quote", "sentence", "evidence", "low", "high",
    "cue", "cue_start", "cue_end", "extractor", "amount_max",
}  # fmt: skip


def _places_of(
    review: Row, places: Mapping[str, Sequence[Row]], newer: Mapping[str, str]
) -> list[str]:
    """The mentions that a review is about today, the newest version of the document last.

    In its own document: the mention of the same id and amount, or else the only one that overlaps
    with the same amount. In a newer version of the text: the only one with the same words in the
    same sentence and the same amount, since spans have moved there.
    """
    own = [row for row in places.get(review["document_id"], ()) if _same_amount(review, row)]
    found = [row for row in own if row["mention_id"] == review["mention_id"]]
    if not found:
        overlap = [r for r in own if r["start"] < review["end"] and review["start"] < r["end"]]
        found = overlap if len(overlap) == 1 else []
    ids = [row["mention_id"] for row in found]
    for version in _versions(review["document_id"], newer):
        alike = [
            row
            for row in places.get(version, ())
            if _same_amount(review, row)
            and (row["quote"], row["sentence"]) == (review["quote"], review["sentence"])
        ]
        ids += [row["mention_id"] for row in alike] if len(alike) == 1 else []
    return ids


def _same_amount(review: Row, row: Row) -> bool:
    """Whether the row states the amount that was read at the review, or what it corrected."""
    as_read = {name: review[name] for name in _AMOUNT}
    corrected = as_read | read_values(review["values"])
    now = [row[name] for name in _AMOUNT]
    return now in ([as_read[name] for name in _AMOUNT], [corrected[name] for name in _AMOUNT])


def _versions(document_id: str, newer: Mapping[str, str]) -> Iterator[str]:
    seen = {document_id}
    while (document_id := newer.get(document_id, "")) and document_id not in seen:
        seen.add(document_id)
        yield document_id


def _other(review: Row) -> Row:
    other: Row = json.loads(review["other"])
    return dict.fromkeys(REVIEW_SCHEMA.names) | other


def _added(review: Row) -> Row:
    """The mention that a review adds."""
    row: Row = dict.fromkeys(MENTION_SCHEMA.names) | {
        name: review[name]
        for name in ("mention_id", "document_id", "start", "end", "quote", "sentence", *_AMOUNT)
    }
    row |= {"qualifier": "exact", "status": "unspecified", "cumulative": False, "evidence": []}
    row |= {"extractor": "by hand", "review": "added"}
    return row | read_values(review["values"])


def _is_about_mentions(review: Row) -> bool:
    return review["mention_id"] is not None


def _blank(row: Row) -> Row:
    return {"review": None, "reviewed_by": None, "as_read": None} | row


def _unreviewed(mentions: pa.Table) -> pa.Table:
    for name in REVIEWED_MENTION_SCHEMA.names[len(MENTION_SCHEMA) :]:
        kind = REVIEWED_MENTION_SCHEMA.field(name)
        mentions = mentions.append_column(kind, pa.nulls(mentions.num_rows, kind.type))
    return mentions


_DATES = {
    kind.name
    for schema in (REVIEWED_MENTION_SCHEMA, REVIEWED_DOCUMENT_SCHEMA)
    for kind in schema
    if pa.types.is_date(kind.type)
}


def read_values(values: str | None) -> dict[str, Any]:
    """Columns kept as JSON, with dates as dates."""
    read: dict[str, Any] = json.loads(values) if values else {}
    dates = {n: dt.date.fromisoformat(v) for n, v in read.items() if n in _DATES and v is not None}
    return read | dates


def write_values(values: Mapping[str, Any]) -> str:
    """Columns as JSON, as `read_values` takes them."""
    return json.dumps(values, ensure_ascii=False, default=str)
