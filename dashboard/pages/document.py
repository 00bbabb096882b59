"""One document: its frozen text with every amount marked, its source, and its original."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

import dash
from dash import ClientsideFunction, Dash, Input, Output, dcc, html
from dash.development.base_component import Component
from flask import Response, send_file

from dashboard.components import about, reader
from dashboard.components.notices import not_there
from dashboard.site import Site
from dashboard.state import pairs_of, view_of
from tracker.documents import page_of
from tracker.documents.content import printable
from tracker.store import StoreError

PATH = "/document/<document_id>"

_SAFE = ("application/pdf", "text/plain")
"""Kinds of originals that are served under their own type; the others as plain bytes."""


def layout(site: Site, document_id: str, parameters: Mapping[str, Any]) -> Component:
    """The page of a document for an address' parameters `mention` and `part`."""
    document = site.query.document(document_id)
    if document is None:
        return not_there(
            "document", document_id, "is no document that is stored here.",
            ("All documents", "/documents"), ("Overview", "/"),
        )  # fmt: skip
    title = about.title_of(document)
    reading = reading_of(site, document, parameters)
    carried = view_of(pairs_of(parameters)).address
    return html.Main(
        [
            html.P(about.source_line(document), className="kicker"),
            html.H2(title, className="headline"),
            *about.warnings(document),
            html.P(_extent(site, reading), className="note"),
            html.Div(
                [
                    html.Div(
                        [
                            _parts(document_id, reading, carried, "Parts of the text, above it"),
                            html.Div(
                                html.P("Opening the text", className="note"),
                                id="reader",
                                lang=document["language"] or "en",
                            ),
                            _parts(document_id, reading, carried, "Parts of the text, below it"),
                        ],
                        className="reader-column",
                    ),
                    html.Aside(
                        about.about(site, document),
                        className="about",
                        **{"aria-labelledby": "about-title"},
                    ),
                ],
                className="reader-columns",
            ),
            dcc.Store(id="reading", data=reading),
        ],
        className="page",
    )


def reading_of(
    site: Site, document: Mapping[str, Any], parameters: Mapping[str, Any]
) -> dict[str, Any]:
    """What `assets/reader.js` draws: one part of the text, its amounts, and what lies around it."""
    rows = site.query.mentions_in([document["document_id"]])
    text = document["text"]
    spans = rows.select("start", "end").rows()
    ids = rows["mention_id"].to_list()
    parts = reader.parts_of(text, spans)
    asked = parameters.get("mention")
    chosen = ids.index(asked) if asked in ids else None
    number = _part_asked(parameters.get("part"), len(parts))
    if chosen is not None:
        number = reader.part_with(parts, spans[chosen][0])
    begin, end = parts[number]
    inside = [i for i, (start, _) in enumerate(spans) if begin <= start < end]
    first = inside[0] if inside else sum(start < begin for start, _ in spans)
    mentions = rows.slice(first, len(inside)).to_dicts()
    after = first + len(inside)
    pages = document["pages"]
    is_reviewed = site.settings.allow_review and not site.settings.public
    return {
        "document": document["document_id"],
        "blocks": reader.drawn(
            text, parts[number], mentions, pages, whole=site.settings.shows_texts
        ),
        "notes": [reader.note_of(mention, correct=is_reviewed) for mention in mentions],
        "first": first,
        "total": len(ids),
        "chosen": asked if chosen is not None else None,
        "missing": asked if asked and chosen is None else None,
        "before": ids[first - 1] if first else None,
        "after": ids[after] if after < len(ids) else None,
        "part": number + 1,
        "parts": len(parts),
        "pages": [page_of(pages, begin), page_of(pages, max(begin, end - 1))] if pages else None,
        "whole": site.settings.shows_texts,
    }


def _part_asked(given: Any, number: int) -> int:
    """The index of the part that an address names, the nearest there is."""
    if isinstance(given, str) and re.fullmatch(r"[0-9]{1,6}", given):
        return min(max(int(given), 1), number) - 1
    return 0


def _extent(site: Site, reading: Mapping[str, Any]) -> list[Any]:
    total = reading["total"]
    said = "No amount of money is read in it." if not total else (
        f"{total:,} amounts of money are" if total > 1 else "One amount of money is"
    ) + " marked where the text states it, with what it is."  # fmt: skip
    if not site.settings.shows_texts:
        said += (
            " Only the sentences that state amounts are shown here; the text is its publisher's."
        )
    return [said]


def _parts(document_id: str, reading: Mapping[str, Any], carried: str, name: str) -> Component:
    """Where in a long text this part stands, with links to the parts around it."""
    filters = f"{carried}&" if carried else ""
    number, parts = reading["part"], reading["parts"]
    if parts == 1:
        return html.Div()

    def link(words: str, to: int) -> Component:
        if not 1 <= to <= parts or to == number:
            return html.Span(words, className="off", **{"aria-hidden": "true"})
        return dcc.Link(words, href=f"/document/{document_id}?{filters}part={to}")

    said = f"Part {number:,} of {parts:,}"
    if reading["pages"]:
        first, last = reading["pages"]
        said += f", page {first:,}" if first == last else f", pages {first:,} to {last:,}"
    return html.Nav(
        [
            link("First", 1), link("Previous part", number - 1), html.Span(said, className="here"),
            link("Next part", number + 1), link("Last", parts),
        ],
        className="parts",
        **{"aria-label": name},
    )  # fmt: skip


def original(site: Site, document_id: str) -> Response:
    """The bytes that the document was read from, as a file to keep, never to be run or shown."""
    document = site.query.document(document_id) if site.settings.shows_texts else None
    if document is None:
        return Response("no such original\n", status=404, mimetype="text/plain")
    name, kind = document["file_name"], document["media_type"]
    try:
        content = site.store.original(document["original_sha256"])
    except StoreError:
        if document["retrieved_how"] != "row of a table":
            return Response("the original is missing\n", status=404, mimetype="text/plain")
        content, name, kind = document["text"].encode(), None, "text/plain"
    answer = send_file(
        io.BytesIO(content),
        mimetype=kind if kind in _SAFE else "application/octet-stream",
        as_attachment=True,
        download_name=printable(name or f"{document_id}.txt"),
        max_age=0,
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def title_for(site: Site, document_id: str | None = None, **_: Any) -> str:
    """What the browser calls the page."""
    known = site.query.about_document(document_id or "")
    return about.title_of(known) if known else "Not in the data"


def register(app: Dash, site: Site) -> None:
    """Puts the page, its original and its drawing into the app."""
    dash.register_page(
        __name__,
        path_template=PATH,
        title=lambda **variables: title_for(site, **variables),
        layout=lambda document_id="", step=None, **parameters: layout(
            site, document_id, parameters
        ),
    )
    app.clientside_callback(
        ClientsideFunction("reader", "draw"),
        Output("reader", "className"),
        Input("reading", "data"),
    )

    @app.server.get("/document/<document_id>/original")
    def _original(document_id: str) -> Response:
        return original(site, document_id)
