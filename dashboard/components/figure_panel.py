"""The panel beside charts and tables: the chosen figures with their quotes.

What is chosen is the part "figure" of the address: the id of a figure, or those of the figures
behind one mark, separated by commas.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
from dash import ALL, ClientsideFunction, Dash, Input, Output, dcc, html
from dash.development.base_component import Component

from dashboard import labels
from dashboard.components.evidence import quotation
from dashboard.site import Site
from dashboard.state import View, part, part_id

TITLE_ID = "evidence-title"
QUOTES = 3
"""Quotes that the panel shows of one figure; its page has all."""
MOST = 20
"""Figures that a mark may lead to; of more, the biggest."""


def aside(site: Site, view: View) -> html.Aside:
    """The panel for a view, with the part "figure" of its address; hidden when none is chosen."""
    chosen = view.part("figure")
    children, hidden = shown(site, chosen)
    return html.Aside(
        [
            html.Button("Close", id="close", className="link close"),
            html.Div(children, id="evidence"),
            part("figure", chosen or None),
        ],
        id="evidence-panel",
        hidden=hidden,
        **{"aria-labelledby": TITLE_ID},
    )


def shown(site: Site, chosen: str | None) -> tuple[list[Component], bool]:
    """The panel's content for the part "figure", and whether it is hidden."""
    names = [name for name in (chosen or "").split(",") if name][:MOST]
    if not names:
        return [html.H2("Nothing chosen", id=TITLE_ID, tabIndex=-1)], True
    found = [site.catalogue.figure(name) for name in names]
    figures = [figure for figure in found if figure]
    if not figures:
        return _not_found(names[0]), False
    return (_one(site, figures[0]) if len(figures) == 1 else _several(site, figures)), False


def _not_found(name: str) -> list[Component]:
    return [
        html.H2("This figure is not in the data", id=TITLE_ID, tabIndex=-1),
        html.P(
            f"{name} may have been read again with another result, or its document was "
            "removed. Choose another one in the chart or in the table."
        ),
    ]


def _one(site: Site, figure: Mapping[str, Any]) -> list[Component]:
    stated = site.catalogue.stating(pl.DataFrame([figure]).select("figure_id", "mention_ids"))
    quotes = []
    for mention in stated.head(QUOTES).iter_rows(named=True):
        document = site.query.document(mention["document_id"])
        if document:
            quotes.append(quotation(mention, document))
    rest = stated.height - len(quotes)
    return [
        heading(figure),
        html.P(sources(figure), className="note"),
        html.P(interval(figure), className="note"),
        *quotes,
        html.P(
            dcc.Link(
                f"All {labels.count(stated.height, 'quote')}, and why it is read so"
                if rest else "Source, tags and why it is read so",
                href=f"/figure/{figure['figure_id']}", className="action",
            ),
            className="onward",
        ),
    ]  # fmt: skip


def _several(site: Site, figures: list[Mapping[str, Any]]) -> list[Component]:
    ids = pl.DataFrame({name: [f[name] for f in figures] for name in ("figure_id", "mention_ids")})
    first = {m["figure_id"]: m for m in site.catalogue.stating(ids, 1).iter_rows(named=True)}
    title = f"{len(figures)} figures" if len(figures) < MOST else f"The biggest {MOST} figures"
    items = []
    for figure in figures:
        mention = first.get(figure["figure_id"])
        items.append(
            html.Li(
                [
                    html.Button(
                        [
                            html.Span(labels.stated_amount(figure), className="figure"),
                            f" {labels.status(figure['status'], figure['hold']).lower()}",
                        ],
                        id={"type": "choose", "figure": figure["figure_id"]},
                        className="link",
                    ),
                    html.Div(labels.flow(figure), className="flow"),
                    *([html.Blockquote(mention["sentence"], lang=mention["language"] or "en")]
                      if mention else []),
                    html.Div(sources(figure), className="note"),
                ]
            )
        )  # fmt: skip
    return [html.H2(title, id=TITLE_ID, tabIndex=-1), html.Ol(items, className="plain several")]


def heading(figure: Mapping[str, Any]) -> Component:
    """What is stated: the amount, the stage, and between whom."""
    who = labels.flow(figure)
    return html.Div(
        [
            html.H2(
                [
                    html.Span(labels.stated_amount(figure), className="figure"),
                    html.Span(labels.status(figure["status"], figure["hold"]).lower()),
                ],
                id=TITLE_ID,
                tabIndex=-1,
            ),
            *([html.P(who, className="flow")] if who else []),
        ]
    )


def sources(figure: Mapping[str, Any]) -> str:
    """How often and by whom a figure is stated, in words."""
    said = [f"Stated {labels.count(figure['mentions'], 'time')} in "
            f"{labels.count(figure['documents'], 'document')}"]  # fmt: skip
    if figure["publishers"]:
        said.append(f"by {labels.count(figure['publishers'], 'independent publisher')}")
    days = [labels.day(figure[f"{end}_published"]) for end in ("first", "last")]
    if figure["first_published"]:
        said.append(f"published {' to '.join(dict.fromkeys(days))}")
    words = ", ".join(said)
    return f"{words}; undated sources among them." if figure["undated"] else f"{words}."


def interval(figure: Mapping[str, Any]) -> str:
    """What the digits and hedges of a figure's mentions allow, in words."""
    return (
        f"In full {figure['currency']} {labels.full_number(figure['amount_min'])}"
        + (f" to {labels.full_number(figure['amount_max'])}"
           if figure["amount_max"] != figure["amount_min"] else "")
        + f"; as written it means at least {labels.full_number(figure['low'])} and less than "
        f"{labels.full_number(figure['high'])}."
    )  # fmt: skip


def register(app: Dash, site: Site) -> None:
    """Makes the panel work on every page that has it."""

    @app.callback(
        Output("evidence", "children"), Output("evidence-panel", "hidden"),
        Input(part_id("figure"), "data"), prevent_initial_call=True,
    )  # fmt: skip
    def _shown(chosen: str | None) -> Any:
        return shown(site, chosen)

    app.clientside_callback(
        ClientsideFunction("panel", "choose"), Output(part_id("figure"), "data"),
        Input({"type": "chart", "name": ALL}, "clickData"),
        Input({"type": "rows", "name": ALL}, "selectedRows"),
        Input({"type": "choose", "figure": ALL}, "n_clicks"),
        Input("close", "n_clicks"), prevent_initial_call=True,
    )  # fmt: skip
    app.clientside_callback(ClientsideFunction("panel", "arrived"), Input("evidence", "children"))
