"""The evidence of one mention: its words in context, its source, its tags and why.

Each part stands for itself, for panels and pages to put together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import labels
from dashboard.components.quotes import Part, parts
from tracker.documents import is_web_address, page_of
from tracker.reports.links import source_link
from tracker.schema import REVIEW, Mention, columns_of

_LABELS = {column.name: column.label for column in columns_of(Mention)}
_TAGS = (
    "status", "hold", "qualifier", "currency", "per", "cumulative", "aid_type", "instrument",
    "donor", "recipient", "attributed_to", "period",
)  # fmt: skip
_CODED = ("status", "hold", "qualifier", "per", "aid_type", "donor", "recipient", "currency")

_PLAIN = (None, False, "exact")
"""Values that need no line of their own unless a rule decided them."""

TITLE_ID = "evidence-title"


def not_found(mention_id: str) -> list[Component]:
    """In place of a mention that the store does not hold."""
    return [
        html.H2("This mention is not in the data", id=TITLE_ID, tabIndex=-1),
        html.P(
            f"{mention_id} may have been read again with another result, or its document was "
            "removed."
        ),
    ]


def statement(mention: Mapping[str, Any], document: Mapping[str, Any]) -> list[Component]:
    """What the mention says, as read and in its words."""
    who = labels.flow(mention)
    return [
        html.H2(
            [
                html.Span(labels.stated_amount(mention), className="figure"),
                html.Span(labels.status(mention["status"], mention["hold"]).lower()),
            ],
            id=TITLE_ID,
            tabIndex=-1,
        ),
        *([html.P(who, className="flow")] if who else []),
        *review(mention),
        quotation(mention, document),
    ]


def grounds(mention: Mapping[str, Any], document: Mapping[str, Any]) -> list[Component]:
    """Where it stands, and why each tag is as it is."""
    return [
        html.H3("Source"),
        source(mention, document),
        html.H3("What was read, and why"),
        tags(mention, document["text"]),
        html.P(
            f"{mention['mention_id']} · characters {mention['start']:,} to {mention['end']:,} of "
            f"the frozen text · extractor {mention['extractor']}",
            className="note",
        ),
    ]


def review(mention: Mapping[str, Any]) -> list[Component]:
    """What people's reviews made of the mention, and what the extractor had read."""
    if not mention.get("review"):
        return []
    as_read = json.loads(mention["as_read"]) if mention["as_read"] else {}
    was = [
        f"{_LABELS[name]} {labels.value(name, value)}"
        for name, value in as_read.items()
        if name in _TAGS
    ]
    words = f"{REVIEW[mention['review']]} by {mention['reviewed_by']}."
    return [html.P([words, *([f" As read: {'; '.join(was)}."] if was else [])], className="note")]


def quotation(
    mention: Mapping[str, Any], document: Mapping[str, Any], *, around: bool = True
) -> html.Figure:
    """The sentence of a mention, amount marked and cue underlined, with who published it when.

    `around` adds the sentences beside it. The links lead to the sentence where it was published,
    and in the frozen text here.
    """
    said = [marked(p) for p in parts(document["text"], mention) if around or p.sentence]
    where = document["title"] or document["file_name"] or document["document_id"]
    there = source_link(document["url"], mention["sentence"])
    links = [
        *(
            [html.A("At the source", href=there, rel="noopener noreferrer", target="_blank"), " · "]
            if there
            else []
        ),
        dcc.Link(
            "In our frozen copy",
            href=f"/document/{document['document_id']}?mention={mention['mention_id']}",
        ),
    ]
    speaker = mention["attributed_to"]
    return html.Figure(
        [
            html.Blockquote(said, lang=mention["language"] or document["language"] or "en"),
            html.Figcaption(
                [
                    html.Cite(where),
                    html.Br(),
                    f"Publisher {document['publisher'] or labels.NOT_KNOWN}, "
                    f"date {labels.day(document['published'], document['published_precision'])}"
                    + (f"; said by {speaker}" if speaker else ""),
                    html.Br(),
                    *links,
                ]
            ),
        ],
        className="quotation",
    )


def marked(part: Part) -> Component:
    """A piece of a quote: the amount marked, the cue underlined."""
    inner: Any = html.U(part.text) if part.cue else part.text
    inner = html.Mark(inner) if part.amount else inner
    return html.Span(inner, className="said" if part.sentence else "around")


def source(mention: Mapping[str, Any], document: Mapping[str, Any]) -> html.Dl:
    """What is known of the mention's document."""
    facts = [
        ("Title", document["title"]),
        ("Publisher", document["publisher"]),
        ("Published", labels.day(document["published"], document["published_precision"])),
        ("Address", _link(document["url"])),
        ("File", document["file_name"]),
        ("SHA-256", document["original_sha256"]),
    ]
    if document["pages"]:
        facts.insert(0, ("Page", str(page_of(document["pages"], mention["start"]))))
    return html.Dl(
        [
            element
            for name, fact in facts
            for element in (
                html.Dt(name),
                html.Dd(fact or labels.NOT_KNOWN, className="hash" if name == "SHA-256" else ""),
            )
        ]
    )


def _link(url: str | None) -> Any:
    """A link for a web address; anything else stays text."""
    if url and is_web_address(url):
        return html.A(url, href=url, rel="noopener noreferrer", target="_blank")
    return url


def tags(mention: Mapping[str, Any], text: str) -> html.Div:
    """Every tag that was read, with the words and the rule that decided it."""
    reasons: dict[str, list[Mapping[str, Any]]] = {}
    for reason in mention["evidence"] or []:
        reasons.setdefault(reason["tag"], []).append(reason)
    said = [tag for tag in _TAGS if mention[tag] not in _PLAIN or tag in reasons]
    missing = [_LABELS[tag].lower() for tag in _TAGS if mention[tag] is None and tag not in said]
    rows = [
        html.Tr(
            [
                html.Th(_LABELS[tag], scope="row"),
                html.Td([labels.value(tag, mention[tag]), *_code(tag, mention[tag])]),
                html.Td(_why(reasons.get(tag, []), text)),
            ]
        )
        for tag in said
    ]
    head = html.Thead(
        html.Tr([html.Th(name, scope="col") for name in ("Tag", "Value", "Because of")])
    )
    return html.Div(
        [
            html.Table([head, html.Tbody(rows)], className="tags"),
            *([html.P(f"Not said: {', '.join(missing)}.", className="note")] if missing else []),
        ]
    )


def _code(tag: str, code: Any) -> list[Component]:
    coded = tag in _CODED and code is not None and labels.value(tag, code) != code
    return [" ", html.Code(code)] if coded else []


def _why(reasons: Sequence[Mapping[str, Any]], text: str) -> list[html.Div]:
    """The words that decided a tag, and the rule that read them."""
    return [
        html.Div(
            [
                *([f"“{text[r['start'] : r['end']]}” "] if r["end"] > r["start"] else []),
                html.Code(r["rule"]),
            ]
        )
        for r in reasons
    ]
