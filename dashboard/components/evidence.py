"""The evidence of one mention: its words in context, its source, its tags and why."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from dash import html
from dash.development.base_component import Component

from dashboard import labels
from dashboard.components.quotes import Part, parts
from tracker.documents import page_of
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


def nothing_chosen() -> list[Component]:
    """The panel before anything is chosen (not shown)."""
    return [html.H2("No amount chosen", id=TITLE_ID, tabIndex=-1)]


def not_found(mention_id: str) -> list[Component]:
    """The panel for an id that the store does not hold."""
    return [
        html.H2("This mention is not in the data", id=TITLE_ID, tabIndex=-1),
        html.P(
            f"{mention_id} may have been read again with another result, or its document was "
            "removed. Choose an amount in the chart or in the table."
        ),
    ]


def evidence(
    mention: Mapping[str, Any], document: Mapping[str, Any], equal: Sequence[Mapping[str, Any]] = ()
) -> list[Component]:
    """The panel of one mention; `equal` are all mentions of its mark, itself among them."""
    return [
        *statement(mention, document),
        *_also_stated(mention, equal),
        *grounds(mention, document),
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
        *_review(mention),
        _quotation(mention, document),
    ]


def grounds(mention: Mapping[str, Any], document: Mapping[str, Any]) -> list[Component]:
    """Where it stands, and why each tag is as it is."""
    return [
        html.H3("Source"),
        _source(mention, document),
        html.H3("What was read, and why"),
        _tags(mention, document["text"]),
        html.P(
            f"{mention['mention_id']} · characters {mention['start']:,} to {mention['end']:,} of "
            f"the frozen text · extractor {mention['extractor']}",
            className="note",
        ),
    ]


def _review(mention: Mapping[str, Any]) -> list[Component]:
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


def _quotation(mention: Mapping[str, Any], document: Mapping[str, Any]) -> html.Figure:
    said = [marked(part) for part in parts(document["text"], mention)]
    where = document["title"] or document["file_name"] or document["document_id"]
    return html.Figure(
        [
            html.Blockquote(said, lang=mention["language"] or document["language"] or "en"),
            html.Figcaption(
                [
                    html.Cite(where),
                    html.Br(),
                    f"Publisher {document['publisher'] or labels.NOT_KNOWN}, "
                    f"date {labels.day(document['published'], document['published_precision'])}",
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


def _also_stated(mention: Mapping[str, Any], equal: Sequence[Mapping[str, Any]]) -> list[Component]:
    """Links to the other mentions behind the same mark."""
    others = [other for other in equal if other["mention_id"] != mention["mention_id"]]
    if not others:
        return []
    return [
        html.H3(f"The same figure, stated {labels.count(len(others), 'more time')}"),
        html.Ul(
            [
                html.Li(
                    html.Button(
                        [
                            f"“{other['quote']}”, ",
                            other["title"] or other["document_id"],
                            f", {labels.day(other['published'], other['published_precision'])}"
                            if other["published"]
                            else "",
                        ],
                        id={"type": "choose", "mention": other["mention_id"]},
                        className="link",
                    )
                )
                for other in others[:20]
            ],
            className="plain",
        ),
    ]


def _source(mention: Mapping[str, Any], document: Mapping[str, Any]) -> html.Dl:
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
    if url and urlsplit(url).scheme in ("http", "https"):
        return html.A(url, href=url, rel="noopener noreferrer", target="_blank")
    return url


def _tags(mention: Mapping[str, Any], text: str) -> html.Div:
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
