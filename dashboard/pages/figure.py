"""One figure: all that states it, in its words, and what it has to do with others."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from dash import Dash, dcc, html
from dash.development.base_component import Component

from dashboard import labels
from dashboard.components import evidence
from dashboard.components.copying import copy_button, copy_link
from dashboard.components.figure_panel import heading, interval, sources
from dashboard.pages.frame import add_page, colophon
from dashboard.site import Site
from dashboard.state import View
from tracker.figures import also_stated_as, possibly_same
from tracker.money import convert
from tracker.reports.links import permalink, source_link

PATH = "/figure/<figure_id>"
QUOTES = 10
"""Mentions that the page shows at first; `all=1` in the address shows the others."""
LISTED = 12
"""Other figures that a list names, the nearest first."""
AT_ONCE = 200
"""Mentions that one page shows at most."""


def layout(site: Site, view: View, figure_id: str) -> Component:
    """The page of a figure by its id, or by that of any of its mentions."""
    figure = site.catalogue.figure(figure_id)
    if figure is None:
        return _not_found(figure_id)
    stated = site.catalogue.stating(pl.DataFrame([figure]).select("figure_id", "mention_ids"))
    most = AT_ONCE if view.part("all") else QUOTES
    mentions = stated.head(most).to_dicts()
    documents = {
        name: site.query.document(name)
        for name in dict.fromkeys(mention["document_id"] for mention in mentions)
    }
    shown = [(m, documents[m["document_id"]]) for m in mentions if documents[m["document_id"]]]
    return html.Main(
        [
            html.Div(
                [
                    html.Div(
                        [
                            heading(figure),
                            html.P(sources(figure)),
                            html.P(interval(figure)),
                            *_converted(figure, view.convert),
                            html.Div([copy_link(), _cite(site, figure, shown)],
                                     className="actions start"),
                        ],
                        className="figure-head",
                    ),
                    html.Section(
                        [
                            html.H3(
                                f"What states it: {labels.count(stated.height, 'mention')}"
                            ),
                            *[_mention(site, m, d) for m, d in shown],
                            *_more(figure, stated.height, len(mentions)),
                        ]
                    ),
                ],
                className="column",
            ),
            html.Div(
                [
                    _others(
                        "Also stated as",
                        "The same amount between the same parties at another stage. It may be "
                        "the same money.",
                        also_stated_as(site.catalogue.book, figure),
                    ),
                    _others(
                        "Possibly the same",
                        "Nothing in them contradicts this figure, and too little is said to take "
                        "them for one.",
                        possibly_same(site.catalogue.book, figure),
                    ),
                    _facts(figure),
                    _report(site, figure, shown),
                ],
                className="beside",
            ),
            colophon(site),
        ],
        className="page figure-page",
    )  # fmt: skip


def _not_found(name: str) -> Component:
    return html.Main(
        [
            html.H2("This figure is not in the data", className="headline"),
            html.P(
                f"{name} may have been read again with another result, or its document was removed."
            ),
            html.P(dcc.Link("See all figures", href="/figures")),
        ],
        className="page",
    )


def _converted(figure: Mapping[str, Any], to: str | None) -> list[Component]:
    if not to or to == figure["currency"]:
        return []
    found = convert(figure["amount"], figure["currency"], to, figure["first_published"])
    if found.amount is None:
        return [html.P(f"Not converted to {to}: {found.reason}.", className="note")]
    rate = found.rate.words() if found.rate else ""
    return [html.P(f"Converted: about {labels.money(found.amount, to)} ({rate}). No document "
                   "states it in this currency.", className="note")]  # fmt: skip


def _mention(site: Site, mention: Mapping[str, Any], document: Mapping[str, Any]) -> html.Article:
    reviews = site.query.decisions().about(mention["mention_id"])
    history = site.query.history(mention["mention_id"])
    return html.Article(
        [
            evidence.quotation(mention, document, around=site.settings.shows_texts),
            *evidence.review(mention),
            html.Details(
                [
                    html.Summary("What was read and why, the source, its history"),
                    evidence.tags(mention, document["text"]),
                    html.H4("Source"),
                    evidence.source(mention, document),
                    html.H4("History and reviews"),
                    _history(history, reviews),
                    html.P(
                        f"{mention['mention_id']} · characters {mention['start']:,} to "
                        f"{mention['end']:,} of the frozen text · extractor {mention['extractor']}",
                        className="note",
                    ),
                ],
            ),
        ],
        className="statement",
        id=mention["mention_id"],
    )


def _history(events: Sequence[Mapping[str, Any]], reviews: Sequence[Mapping[str, Any]]) -> Any:
    told = []
    for event in events:
        day = labels.day(event["recorded"].date())
        if event["event"] != "review":
            told.append(f"{day}: {event['event']} by {event['by']}")
            continue
        values = json.loads(event["values"])
        reason = f": “{values['reason']}”" if values.get("reason") else ""
        told.append(f"{day}: {values.get('action', 'review')} by {event['by']}{reason}")
    if not told:
        told = [f"{labels.day(r['made'].date())}: {r['action']} by {r['by']}: “{r['reason']}”"
                for r in reviews] or ["As first read; no review."]  # fmt: skip
    return html.Ul([html.Li(line) for line in told], className="plain")


def _more(figure: Mapping[str, Any], number: int, shown: int) -> list[Component]:
    if number <= shown:
        return []
    if shown < AT_ONCE:
        link = dcc.Link(f"Show all {number:,} mentions",
                        href=f"/figure/{figure['figure_id']}?all=1")  # fmt: skip
        return [html.P(link)]
    return [html.P(f"The first {shown:,} of {number:,} are shown; the CSV of mentions has all.")]


def _others(title: str, meaning: str, figures: pl.DataFrame) -> html.Section:
    items = [
        html.Li(
            [
                dcc.Link(labels.stated_amount(row), href=f"/figure/{row['figure_id']}"),
                f" {labels.status(row['status'], row['hold']).lower()}",
                html.Div(
                    ", ".join(
                        x for x in (
                            labels.flow(row),
                            labels.day(row["first_published"]) if row["first_published"] else "",
                            labels.count(row["documents"], "document"),
                        ) if x
                    ),
                    className="note",
                ),
            ]
        )
        for row in figures.head(LISTED).iter_rows(named=True)
    ]  # fmt: skip
    rest = figures.height - len(items)
    return html.Section(
        [
            html.H3(title),
            *([html.P(meaning, className="note"), html.Ul(items, className="plain")]
              if items else [html.P("Nothing in this collection.", className="note")]),
            *([html.P(f"and {rest:,} more", className="note")] if rest else []),
        ]
    )  # fmt: skip


def _facts(figure: Mapping[str, Any]) -> html.Section:
    said = {
        "Donor": labels.party(figure["donor"]),
        "Recipient": labels.party(figure["recipient"]),
        "Kind of aid": labels.value("aid_type", figure["aid_type"]),
        "Instrument": labels.value("instrument", figure["instrument"]),
        "Running total": labels.value("cumulative", figure["cumulative"]),
        "Period": _period(figure),
        "Said by": ", ".join(figure["speakers"]) or "No one named",
        "Copies": labels.count(figure["copies"], "document") if figure["copies"] else "None",
        "Figure": figure["figure_id"],
    }
    pairs = [e for name, value in said.items() for e in (html.Dt(name), html.Dd(value))]
    return html.Section([html.H3("As read from all of them"), html.Dl(pairs)])


def _period(figure: Mapping[str, Any]) -> str:
    ends = [labels.day(figure[f"period_{end}"]) for end in ("start", "end")
            if figure[f"period_{end}"]]  # fmt: skip
    return " to ".join(dict.fromkeys(ends)) or labels.NOT_SAID


Shown = Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]


def citation(site: Site, figure: Mapping[str, Any], shown: Shown) -> str:
    """The figure as a footnote: the words, who published them where and when, and its id here."""
    told = []
    for mention, document in shown[:1]:
        day = labels.day(document["published"], document["published_precision"])
        told = [
            f"“{mention['quote']}”",
            f"{document['publisher'] or 'publisher not known'}",
            f"“{document['title']}”" if document["title"] else "",
            day if document["published"] else "undated",
            source_link(document["url"], mention["sentence"]) or "",
        ]
    here = permalink(site.settings.base_url, "figure", figure["figure_id"])
    told += [f"read as {labels.status(figure['status'], figure['hold']).lower()}"
             + (f", {labels.flow(figure)}" if labels.flow(figure) else "")]  # fmt: skip
    source = ", ".join(part for part in told if part).replace("\u00a0", " ")
    return f"{source}. Figure {here}, data version {site.query.version}."


def _cite(site: Site, figure: Mapping[str, Any], shown: Shown) -> Component:
    return copy_button("Copy citation", citation(site, figure, shown), "Citation copied")


def _report(site: Site, figure: Mapping[str, Any], shown: Shown) -> html.Section:
    """Ways to say that something is wrong: to review it here, or facts for a message."""
    facts = "\n".join(
        [
            "Something seems to be read wrongly:",
            citation(site, figure, shown),
            *(f"{m['mention_id']} in {d['document_id']}: {m['sentence']}" for m, d in shown[:3]),
            "What is wrong, and how it should read: ",
        ]
    )
    able = site.settings.allow_review and not site.settings.public
    first = shown[0][0]["mention_id"] if shown else ""
    return html.Section(
        [
            html.H3("Report an error"),
            html.P(
                "Copy the facts of this figure for a message to those who keep this collection. "
                "A person's review changes it for all, and stays in its history.",
                className="note",
            ),
            html.Div(
                [
                    copy_button("Copy the facts", facts, "Facts copied"),
                    *([dcc.Link("Review it", href=f"/review?mention={first}", className="action")]
                      if able and first else []),
                ],
                className="actions start",
            ),
        ]
    )  # fmt: skip


def register(app: Dash, site: Site) -> None:
    """Puts the page into the app."""

    def title(figure_id: str = "") -> str:
        figure = site.catalogue.figure(figure_id)
        if figure is None:
            return "No such figure"
        words = f"{labels.stated_amount(figure)} {labels.status(figure['status'], figure['hold'])}"
        return f"{words} · Aid and funding figures".replace("\u00a0", " ")

    add_page(
        __name__, site, PATH, layout, title=title,
        description="One figure with every mention that states it.",
    )  # fmt: skip
