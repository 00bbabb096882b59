"""What is known of a document: who published it, when and where it was seen, its versions."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import labels
from dashboard.site import Site
from tracker.documents.content import is_web_address
from tracker.reports.links import source_link
from tracker.schema import ReviewedDocument, columns_of

Row = Mapping[str, Any]

SIGHTINGS_SHOWN = 20
_LABELS = {column.name: column.label for column in columns_of(ReviewedDocument)}


def title_of(document: Row) -> str:
    """The title, else the file's name, else that there is none."""
    return str(document["title"] or document["file_name"] or "Untitled document")


def source_line(document: Row) -> str:
    """Publisher and date as far as known."""
    if not document["publisher"] and document["published"] is None:
        return "Publisher and date not known"
    published = labels.day(document["published"], document["published_precision"])
    when = published if document["published"] else "date not known"
    return f"{document['publisher'] or 'Publisher not known'}, {when}"


def at_source(mention: Row) -> str | None:
    """The address of a mention's source that leads to its sentence; None without a web address."""
    return source_link(mention["url"], mention["sentence"])


def warnings(document: Row) -> list[Component]:
    """What a reader has to know before the text: that it was withdrawn or replaced."""
    said: list[Component] = []
    if document["withdrawn"]:
        words = f"This document was withdrawn by {document['reviewed_by']}: it is in no figure."
        said.append(html.P(words, className="warning"))
    if document["superseded_by"]:
        newer = dcc.Link("read the newer one", href=f"/document/{document['superseded_by']}")
        said.append(
            html.P(
                ["A newer version replaces this text, which is in no figure: ", newer, "."],
                className="warning",
            )
        )
    return said


def about(site: Site, document: Row) -> list[Component]:
    """Beside the text: source, how each fact was found, versions, sightings, the original."""
    published = labels.day(document["published"], document["published_precision"])
    facts = [
        ("publisher", document["publisher"]),
        ("published", published if document["published"] else None),
        ("url", _address(document["url"])),
        ("file_name", document["file_name"]),
    ]
    lines = [
        element
        for name, fact in facts
        for element in (
            html.Dt(_LABELS[name]),
            html.Dd([fact or labels.NOT_KNOWN, *_found(document, name, bool(fact))]),
        )
    ]
    return [
        html.H3("About this document", id="about-title"),
        html.Dl([*lines, *_kept(document)]),
        *_versions(document),
        *_sightings(site.query.sightings(document["document_id"])),
        *_downloads(site, document),
    ]


def _found(document: Row, name: str, is_known: bool) -> list[Component]:
    """How a fact was found, and what it was before a person corrected it."""
    as_read = json.loads(document["as_read"]) if document["as_read"] else {}
    if name in as_read:
        was = as_read[name] or labels.NOT_KNOWN
        words = f"corrected by {document['reviewed_by']}, was {was}"
    else:
        words = document.get(f"{name}_found") or ""
    return [html.Span(f" ({words})", className="note")] if words and is_known else []


def _kept(document: Row) -> list[Component]:
    """How and when it was read, and the hash that proves it."""
    facts = {
        "Retrieved": _moment(document["retrieved"]),
        "From": document["retrieved_how"],
        "Kind": document["media_type"],
        "Language": document["language"],
        "Pages": f"{len(document['pages']):,}" if document["pages"] else None,
        "Length": f"{len(document['text']):,} characters",
        "Read by": f"{document['reader']}; amounts by {document['extracted_by'] or 'nobody yet'}",
        "Id": html.Code(document["document_id"]),
        "SHA-256": html.Span(document["original_sha256"], className="hash"),
    }
    return [
        element
        for name, fact in facts.items()
        if fact
        for element in (html.Dt(name), html.Dd(fact))
    ]


def _versions(document: Row) -> list[Component]:
    ways = [
        ("Older version", document["supersedes"]),
        ("Newer version", document["superseded_by"]),
    ]
    links = [
        html.Li([f"{name}: ", dcc.Link(other, href=f"/document/{other}")])
        for name, other in ways
        if other
    ]
    return [html.H3("Versions"), html.Ul(links, className="plain")] if links else []


def _sightings(seen: Sequence[Row]) -> list[Component]:
    """Where the same text was seen: the places are one document, not so many voices."""
    items = [
        html.Li(
            [
                _address(sighting["source"]) or sighting["source"],
                html.Span(f", {_moment(sighting['retrieved'])}", className="note"),
                *(
                    [html.Span(f", {sighting['publisher']}", className="note")]
                    if sighting["publisher"]
                    else []
                ),
            ]
        )
        for sighting in seen[:SIGHTINGS_SHOWN]
    ]
    if len(seen) > SIGHTINGS_SHOWN:
        items.append(html.Li(f"and {len(seen) - SIGHTINGS_SHOWN:,} more", className="note"))
    heading = "Seen once" if len(seen) == 1 else f"Seen {len(seen):,} times"
    return [html.H3(heading), html.Ul(items, className="plain")] if items else []


def _downloads(site: Site, document: Row) -> list[Component]:
    if not site.settings.shows_texts:
        return []
    href = f"/document/{document['document_id']}/original"
    return [
        html.P(html.A("Download the original", href=href, className="action"), className="original")
    ]


def _address(url: str | None) -> Any:
    """A link for a web address; anything else stays text."""
    if url and is_web_address(url):
        return html.A(url, href=url, rel="noopener noreferrer", target="_blank")
    return url


def _moment(value: dt.datetime | None) -> str | None:
    return f"{labels.day(value.date())}, {value:%H:%M} UTC" if value else None
