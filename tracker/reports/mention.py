"""One mention for reading: its words in place, tags, evidence, source, reviews and history."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from tracker.documents import page_of, written
from tracker.reports.tables import (
    NOT_KNOWN,
    Row,
    amount_in_words,
    evidence_table,
    lines_of,
    plain_table,
    value_in_words,
)
from tracker.schema import ACTION, REVIEW, Document, Mention, columns_of

_ABOUT_SOURCE = ("title", "publisher", "published", "url", "file_name", "retrieved_how",
                 "original_sha256")  # fmt: skip
_SHOWN_ELSEWHERE = {"mention_id", "document_id", "start", "end", "quote", "sentence", "evidence",
                    "cue_start", "cue_end"}  # fmt: skip
_LABELS = {column.name: column.label for column in columns_of(Mention)}
_UNTOLD = {"evidence", "sentence", "cue_start", "cue_end"}
"""Fields whose changes say nothing to a reader that another field does not."""


def mention_page(row: Row, document: Row, history: Sequence[Row]) -> RenderableType:
    """All that is known of one mention: a row of `Query.mention`, its document and history."""
    heading = Text.assemble((row["quote"], "bold"), f"  {row['mention_id']}")
    if row["review"]:
        heading.append(f"  {REVIEW[row['review']].lower()} by {row['reviewed_by']}", "bold")
    return Group(
        heading, *_warnings(row, document), "", _marked(row, document["text"]), "",
        _tags(row), "", evidence_table(row, document["text"]), "", _source(row, document), "",
        _events(row, history),
    )  # fmt: skip


def gone_page(mention_id: str, document: Row, history: Sequence[Row]) -> RenderableType:
    """What is known of a mention that the extractor no longer reads."""
    heading = Text.assemble((mention_id, "bold"), "  no longer read by the extractor")
    return Group(heading, "", _source({}, document), "", _events(None, history))


def reviews_page(reviews: Sequence[Row], lost: Sequence[Row]) -> RenderableType:
    """All reviews, the earliest first; those that find no mention are marked."""
    lost_ids = {row["review_id"] for row in lost}
    table = plain_table("Review", "Made", "What", "By", "About")
    for row in reviews:
        subject = _words(row["mention_id"]) or row["document_id"]
        about = [subject, *filter(None, map(_words, (row["other_mention_id"], row["undoes"])))]
        note = "finds no mention any more" if row["review_id"] in lost_ids else ""
        table.add_row(
            row["review_id"], _moment(row["made"]), ACTION[row["action"]], Text(row["by"]),
            lines_of(" ".join(about), _words(row["quote"]), row["reason"], note),
        )  # fmt: skip
    return table


def _words(value: Any) -> str:
    """Text, or nothing where a table of pandas holds no text."""
    return value if isinstance(value, str) else ""


def _warnings(row: Row, document: Row) -> Iterable[Text]:
    if document["withdrawn"]:
        yield Text("Its document was withdrawn: it is in no figure.", "bold")
    if document["superseded_by"]:
        newer = document["superseded_by"]
        yield Text(f"Its document was replaced by {newer}: it is in no figure.", "bold")
    if row["review"] == "rejected":
        yield Text("It was rejected: it is in no table and no figure.", "bold")


def _tags(row: Row) -> RenderableType:
    """The tags; beside those that were corrected, what the extractor had read."""
    as_read: Mapping[str, Any] = json.loads(row["as_read"]) if row["as_read"] else {}
    tags = plain_table("Tag", "Value", *(["As read"] if as_read else []))
    for column in columns_of(Mention):
        value, name = row[column.name], column.name
        if name in _SHOWN_ELSEWHERE or (value is None and name not in as_read):
            continue
        full = row.get(f"{name}_name") or value
        shown = f"{full} ({value})" if full != value else value_in_words(name, value)
        before = [_shown(name, as_read[name])] if name in as_read else [""]
        tags.add_row(column.label, Text(shown or "not said"), *(before if as_read else []))
    return tags


def _source(row: Row, document: Row) -> RenderableType:
    source = plain_table("Source", "", "")
    as_read = json.loads(document["as_read"]) if document["as_read"] else {}
    for column in columns_of(Document):
        name = column.name
        if name in _ABOUT_SOURCE:
            value = document[name]
            if name == "retrieved_how" and not value:
                continue
            if name == "published" and value:
                value = written(value, document["published_precision"])
            found = document.get(f"{name}_found")
            how = f"({found})" if value and found else ""
            if name in as_read:
                how = f"(corrected by {document['reviewed_by']}, was {as_read[name] or NOT_KNOWN})"
            source.add_row(column.label, Text(str(value or NOT_KNOWN)), Text(how, "dim"))
    if row and document["pages"]:
        source.add_row("Page", str(page_of(document["pages"], row["start"])), "")
    source.add_row("Document", document["document_id"], "")
    return source


def _events(row: Row | None, history: Sequence[Row]) -> RenderableType:
    """What happened to the mention, each event with what it changed."""
    events = plain_table("When", "What", "By", "How")
    before: dict[str, Any] = {}
    by = None
    for event in history:
        values = json.loads(event["values"])
        if event["event"] == "review":
            what = ACTION[values["action"]]
            how = _decision(values, event["mention_id"], row)
        else:
            by, what = event["by"], event["event"]
            how = _summary(values) if what != "changed" else _difference(before, values)
            before = values
        events.add_row(_moment(event["recorded"]), what, Text(event["by"]), how)
    if row and by and row["extractor"] not in (by, "by hand"):
        events.add_row("", "read again, the same", row["extractor"], "")
    return events


def _decision(values: Row, mention_id: str | None, row: Row | None) -> Text:
    changed = json.loads(values["values"]) if values["values"] else {}
    told = [f"{_LABELS.get(name, name)}: {_shown(name, value).plain}"
            for name, value in changed.items()
            if name not in _UNTOLD and (name, value) != ("cue", None)]  # fmt: skip
    about = f"made on {mention_id}" if row and mention_id != row["mention_id"] else ""
    other = values["other_mention_id"] or values["undoes"] or ""
    return lines_of(about, other, *told, f"\u201c{values['reason']}\u201d")


def _difference(before: Row, now: Row) -> Text:
    names = [name for name in now if name not in _UNTOLD and before.get(name) != now[name]]
    told = (f"{_LABELS.get(name, name)}: {_shown(name, before.get(name)).plain} \u2192 "
            f"{_shown(name, now[name]).plain}" for name in names)  # fmt: skip
    return lines_of(*told) if names else Text("evidence only")


def _summary(values: Row) -> Text:
    parties = " \u2192 ".join(values[name] or "?" for name in ("donor", "recipient"))
    known = parties if parties != "? \u2192 ?" else ""
    states = (value_in_words(name, values[name]).lower() for name in ("status", "hold"))
    amount = f"{amount_in_words(values)} {values['currency']}"
    return lines_of(", ".join(part for part in (amount, *states, known) if part))


def _shown(name: str, value: Any) -> Text:
    return Text(value_in_words(name, value) or "not said")


def _moment(when: Any) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC"


def _marked(row: Row, text: str) -> Text:
    """The lines of the text around the amount, with the amount and the cue marked."""
    spans = [(row["start"], row["end"], "bold reverse")]
    if row["cue_start"] is not None:
        spans.append((row["cue_start"], row["cue_end"], "underline"))
    first = text.rfind("\n", 0, min(start for start, _, _ in spans)) + 1
    last = text.find("\n", max(end for _, end, _ in spans))
    passage = Text(text[first : last if last >= 0 else len(text)])
    for start, end, style in spans:
        passage.stylize(style, start - first, end - first)
    return passage
