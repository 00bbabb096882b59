"""What a reading found, before it is stored: its documents, and each amount with its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import labels
from dashboard.components.evidence import marked
from dashboard.components.quotes import cues, parts
from tracker.ingest import Staged
from tracker.store import Query

PAGE = 60
"""Amounts that are shown at a time."""
MAX_DOCUMENTS = 100
"""Documents that are listed."""
MAX_TEXT = 20_000
"""Code points of a document that are shown as read."""
MAX_TEXTS = 10
"""Documents that are shown as read, at a time."""
_ABOUT = ["document_id", "title", "publisher", "published", "published_precision", "url",
          "file_name", "language"]  # fmt: skip

Row = Mapping[str, Any]


def headline(staged: Staged) -> str:
    """What was found, in one line."""
    mentions = staged.store.table("mentions", ["mention_id"]).num_rows
    documents = staged.store.table("documents", ["document_id"]).num_rows
    if not documents:
        return "Nothing could be read"
    said = f"{labels.count(mentions, 'amount')} found in {labels.count(documents, 'document')}"
    return f"{said}, not stored yet"


def documents_of(staged: Staged) -> list[Row]:
    """The documents in the order of their reading, without their texts."""
    rows = staged.store.table("documents", _ABOUT).to_pylist()
    seen = staged.store.table("sightings", ["document_id", "retrieved"]).to_pylist()
    first: dict[str, Any] = {}
    for row in sorted(seen, key=lambda row: row["retrieved"]):
        first.setdefault(row["document_id"], len(first))
    return sorted(rows, key=lambda row: first.get(row["document_id"], 0))


def warnings(staged: Staged, stored: Collection[str], documents: Sequence[Row]) -> list[Component]:
    """What a reader should know before it is stored, each with its heading."""
    already = [f"{name_of(row)} ({row['document_id']})" for row in documents
               if row["document_id"] in stored]  # fmt: skip
    sections = (
        ("Could not be read", staged.problems, "The rest can be stored without it."),
        ("Please check", [note.removeprefix("check ") for note in staged.notes], ""),
        (
            "Stored already",
            already,
            "Storing it again changes nothing but notes that it was seen here too.",
        ),
    )
    return [
        html.Div(
            [
                html.H3(heading),
                html.Ul([html.Li(line) for line in _cut(lines)]),
                *([html.P(more, className="note")] if more else []),
            ],
            className="warning told",
        )
        for heading, lines, more in sections
        if lines
    ]


def _cut(lines: Sequence[str]) -> list[str]:
    left = len(lines) - MAX_DOCUMENTS
    return [*lines[:MAX_DOCUMENTS], *([f"and {left:,} more"] if left > 0 else [])]


def documents_table(documents: Sequence[Row], amounts: Counter[str]) -> html.Div:
    """What is known of each document: as it will be stored."""
    head = (("Document", ""), ("Publisher", ""), ("Published", ""), ("Amounts", "number"))
    rows = [
        html.Tr(
            [
                html.Th(name_of(row), scope="row"),
                html.Td(row["publisher"] or labels.NOT_KNOWN),
                html.Td(labels.day(row["published"], row["published_precision"], short=True)),
                html.Td(f"{amounts[row['document_id']]:,}", className="number"),
            ]
        )
        for row in documents[:MAX_DOCUMENTS]
    ]
    left = len(documents) - MAX_DOCUMENTS
    more = f"and {left:,} more documents, which would be stored too"
    return html.Div(
        [
            html.Table(
                [
                    html.Thead(
                        html.Tr([html.Th(n, scope="col", className=kind) for n, kind in head])
                    ),
                    html.Tbody(rows),
                ]
            ),
            *([html.P(more, className="note")] if left > 0 else []),
        ],
        className="scroll-x",
        tabIndex=0,
        role="region",
        **{"aria-label": "Documents"},
    )


def amounts_found(
    query: Query, documents: Sequence[Row], job_id: str, first: int
) -> list[Component]:
    """The amounts from number `first` on, under the name of their document, with their words."""
    order = [row["document_id"] for row in documents]
    frame = query.mentions_in(order)
    shown = frame.slice(first, PAGE).to_dicts()
    if not shown:
        return [html.P("No amount of money was found. It can be stored all the same.")]
    names = {row["document_id"]: name_of(row) for row in documents}
    parted: dict[str, list[Row]] = {}
    for mention in shown:
        parted.setdefault(mention["document_id"], []).append(mention)
    sections: list[Component] = []
    for number, (document_id, mentions) in enumerate(parted.items()):
        document = query.document(document_id)
        if document is None:
            continue
        text = document["text"]
        here = frame.filter(frame["document_id"] == document_id).to_dicts()
        as_read = [_as_read(text, here)] if number < MAX_TEXTS else []
        sections.append(
            html.Section(
                [
                    html.H3(names[document_id], className="named"),
                    html.Ol([_amount(mention, text) for mention in mentions], className="amounts"),
                    *as_read,
                ]
            )
        )
    return [*sections, _pages(job_id, first, frame.height)]


def _amount(mention: Row, text: str) -> html.Li:
    said = [marked(part) for part in parts(text, mention) if part.sentence]
    tags = [labels.flow(mention)]
    if mention["aid_type"]:
        tags.append(labels.value("aid_type", mention["aid_type"]))
    if mention["attributed_to"]:
        tags.append(f"says {mention['attributed_to']}")
    return html.Li(
        [
            html.Div(
                [
                    html.Span(labels.stated_amount(mention), className="figure"),
                    html.Span(labels.status(mention["status"], mention["hold"])),
                    html.Span(" · ".join(filter(None, tags)), className="note"),
                ],
                className="read-as",
            ),
            html.Blockquote(said, lang=mention["language"] or "en"),
        ]
    )


def _as_read(text: str, mentions: Sequence[Row]) -> html.Details:
    """The document's text with its amounts marked and their cues underlined."""
    end = min(len(text), MAX_TEXT)
    amounts = [(mention["start"], mention["end"]) for mention in mentions]
    underlined = [span for mention in mentions for span in cues(mention)]
    places = {0, end} | {place for span in (*amounts, *underlined) for place in span}
    said: list[Any] = []
    for start, stop in pairwise(sorted(place for place in places if place <= end)):
        piece: Any = text[start:stop]
        if any(first <= start and stop <= last for first, last in underlined):
            piece = html.U(piece)
        if any(first <= start and stop <= last for first, last in amounts):
            piece = html.Mark(piece)
        said.append(piece)
    left = len(text) - end
    return html.Details(
        [
            html.Summary("The document as read"),
            html.Div(
                said, className="as-read", tabIndex=0, role="region", **{"aria-label": "Text"}
            ),
            *([html.P(f"{left:,} more characters follow.", className="note")] if left else []),
        ]
    )


def _pages(job_id: str, first: int, total: int) -> Component:
    """Links to the amounts before and after; nothing when all are shown."""
    if total <= PAGE:
        return html.Span()
    last = min(first + PAGE, total)
    links: list[Any] = [html.Span(f"Amounts {first + 1:,} to {last:,} of {total:,}")]
    for words, start, there in (
        ("Earlier", max(first - PAGE, 0), first > 0),
        ("Further", last, last < total),
    ):
        if there:
            links.append(dcc.Link(words, href=f"/add?job={job_id}&first={start}"))
    return html.P(links, className="pages")


def name_of(document: Row) -> str:
    """How a document is called where it is one of several."""
    return document["title"] or document["file_name"] or "Text without a title"
