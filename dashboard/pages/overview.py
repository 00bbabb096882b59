"""The overview: amounts by status, the mentions behind them, and the evidence of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash
import polars as pl
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboard import labels
from dashboard.charts.amounts import amounts_by_status
from dashboard.components import chart_panel as panel
from dashboard.components import evidence as proof
from dashboard.components.filters import control_id, filter_bar
from dashboard.components.grid import (
    BLOCK,
    SORTABLE,
    figure_rows,
    grid,
    height_for,
    response,
)
from dashboard.components.notices import nothing_stored
from dashboard.site import Site
from dashboard.state import (
    View,
    pairs_of,
    parse_sort,
    part,
    part_id,
    sort_of_grid,
    view_at,
    view_of,
)
from tracker.figures import marks
from tracker.store.query import Query

DESCRIPTION = "Amounts of aid and public funding as texts state them, with the words that say it."


def layout(site: Site, parameters: Mapping[str, Any]) -> Component:
    """The page for an address' query parameters."""
    query, view = site.query, view_of(pairs_of(parameters))
    mention, show = view.part("mention"), view.part("show", panel.SHOWS)
    if query.count(view_at("").filters) == 0:
        return nothing_stored(site.settings)
    return html.Main(
        [
            filter_bar(site, view, "/"),
            html.Div(
                [
                    html.Div(
                        [
                            html.Div(id="no-match", hidden=True, children=_no_match()),
                            html.Div([panel.chart_panel(show), _mentions(view)], id="found"),
                        ],
                        className="column",
                    ),
                    html.Aside(
                        [
                            html.Button("Close", id="close", className="link close"),
                            html.Div(id="evidence", children=proof.nothing_chosen()),
                        ],
                        id="evidence-panel",
                        hidden=not mention,
                        **{"aria-labelledby": proof.TITLE_ID},
                    ),
                ],
                className="columns",
            ),
            part("sort", view.part("sort")),
            part("show", show if show != "chart" else None),
            part("mention", mention),
            html.Footer(f"Data version {query.version}", className="colophon"),
        ],
        className="page",
    )


def _mentions(view: View) -> html.Section:
    return html.Section(
        [
            html.Div(
                [
                    html.H2("Mentions", className="section", id="mentions-title"),
                    html.Span(id="count", className="note"),
                    html.A("Download CSV", id="csv", href="/mentions.csv", download="mentions.csv",
                           className="action"),
                ],
                className="bar",
            ),
            html.P(
                "Choose a row to see its words. With the keyboard: arrow keys, then Enter.",
                className="note",
            ),
            grid(parse_sort(view.part("sort"), SORTABLE)),
        ],
        **{"aria-labelledby": "mentions-title"},
    )  # fmt: skip


def _no_match() -> list[Component]:
    return [
        html.H2("No mention matches all of these filters", className="headline"),
        html.P(
            "Take one back, or look for fewer words. The search reads quotes, titles and names."
        ),
        html.P(dcc.Link("Clear all filters", href="/")),
    ]


def shown_currency(counts: list[tuple[str, int]], asked: list[str]) -> str | None:
    """The currency of the chart: the commonest of those asked for, or of all."""
    among = [code for code, _ in counts if not asked or code in asked]
    return among[0] if among else None


def chart_shown(
    query: Query, address: str, screen: Mapping[str, Any] | None, mention: str | None
) -> tuple[Any, ...]:
    """Sentence, currency buttons, figure, key, table and notes for the filters of `address`.

    `screen` says how wide the chart's place is in pixels and whether the scheme is dark.
    """
    if not screen:
        raise PreventUpdate
    view = view_at(address)
    counts = [(code, n) for code, n in query.facets(view.filters).get("currency", []) if n]
    currency = shown_currency(counts, view.chosen("currency"))
    frame = query.mentions(view.filters).filter(pl.col("currency") == (currency or ""))
    shown = marks(frame)
    figure = amounts_by_status(shown, width=screen["width"], dark=screen["dark"], chosen=mention)
    return (
        panel.headline(shown),
        panel.currencies(counts, currency),
        figure,
        {"height": figure.layout.meta["height"]},
        panel.key(shown),
        figure_rows(shown),
        {"height": height_for(len(shown))},
        panel.notes(frame),
    )


def extent_shown(query: Query, address: str) -> tuple[str, dict[str, str], bool, bool]:
    """How many mentions there are: in words, as height of the grid, and what is hidden for it."""
    number = query.count(view_at(address).filters)
    return labels.count(number, "mention"), {"height": height_for(number)}, number > 0, number == 0


def rows_shown(query: Query, request: Mapping[str, Any] | None, address: str) -> dict[str, Any]:
    """The block of rows that the grid asks for."""
    if not request:
        raise PreventUpdate
    filters = view_at(address).filters
    start = int(request.get("startRow") or 0)
    length = int(request.get("endRow") or start + BLOCK) - start
    sort = sort_of_grid(request.get("sortModel"), SORTABLE)
    frame = query.mentions(filters, sort=sort, offset=start, limit=length)
    return response(frame, query.count(filters))


def evidence_shown(
    query: Query, mention_id: str | None, address: str
) -> tuple[list[Component], bool]:
    """The evidence panel's content, and whether it is hidden."""
    if not mention_id:
        return proof.nothing_chosen(), True
    mention = query.mention(mention_id)
    document = query.document(mention["document_id"]) if mention else None
    if mention is None or document is None:
        return proof.not_found(mention_id), False
    return proof.evidence(mention, document, _equal(query, mention, address)), False


def _equal(query: Query, mention: Mapping[str, Any], address: str) -> list[dict[str, Any]]:
    """The mentions behind the mark that the chosen mention belongs to, in this selection."""
    frame = query.mentions(view_at(address).filters)
    for mark in marks(frame.filter(pl.col("amount_min") == mention["amount_min"])).iter_rows(
        named=True
    ):
        if mention["mention_id"] in mark["mention_ids"]:
            return frame.filter(pl.col("mention_id").is_in(mark["mention_ids"])).to_dicts()
    return []


def register(app: Dash, site: Site) -> None:
    """Puts the page and its callbacks into the app."""
    query = site.query
    dash.register_page(
        __name__,
        path="/",
        title="Aid and funding figures",
        description=DESCRIPTION,
        layout=lambda step=None, **parameters: layout(site, parameters),
    )

    @app.callback(
        Output("chart-title", "children"), Output("currencies", "children"),
        Output("chart", "figure"), Output("chart", "style"), Output("chart-key", "children"),
        Output("figures", "rowData"), Output("figures", "style"), Output("chart-notes", "children"),
        Input(part_id("filters"), "data"), Input("screen", "data"),
        Input(part_id("mention"), "data"),
    )  # fmt: skip
    def _chart(address: str, screen: Any, mention: str | None) -> Any:
        return chart_shown(query, address, screen, mention)

    @app.callback(
        Output("count", "children"), Output("grid", "style"), Output("no-match", "hidden"),
        Output("found", "hidden"), Input(part_id("filters"), "data"),
    )  # fmt: skip
    def _extent(address: str) -> Any:
        return extent_shown(query, address)

    @app.callback(
        Output("grid", "getRowsResponse"), Input("grid", "getRowsRequest"),
        State(part_id("filters"), "data"),
    )  # fmt: skip
    def _rows(request: Any, address: str) -> Any:
        return rows_shown(query, request, address)

    @app.callback(
        Output("evidence", "children"), Output("evidence-panel", "hidden"),
        Input(part_id("mention"), "data"), State(part_id("filters"), "data"),
    )  # fmt: skip
    def _evidence(mention: str | None, address: str) -> Any:
        return evidence_shown(query, mention, address)

    _register_in_browser(app)


def _register_in_browser(app: Dash) -> None:
    """The callbacks that run in the browser: `assets/view.js`."""

    def run(name: str, *what: Any, **options: Any) -> None:
        app.clientside_callback(ClientsideFunction("view", name), *what, **options)

    filters = part_id("filters")
    run(
        "choose", Output(part_id("mention"), "data"), Input("chart", "clickData"),
        Input("grid", "selectedRows"), Input("figures", "selectedRows"),
        Input({"type": "choose", "mention": ALL}, "n_clicks"),
        Input("close", "n_clicks"), prevent_initial_call=True,
    )  # fmt: skip
    run(
        "currency", Output(control_id("currency"), "value"),
        Input({"type": "currency", "code": ALL}, "n_clicks"), prevent_initial_call=True,
    )  # fmt: skip
    run("sort", Output(part_id("sort"), "data"), Input("grid", "getRowsRequest"),
        prevent_initial_call=True)  # fmt: skip
    run("purge", Input(filters, "data"), prevent_initial_call=True)
    run(
        "show", Output("as-chart", "hidden"), Output("as-table", "hidden"),
        Output(part_id("show"), "data"), Input("show", "value"), prevent_initial_call=True,
    )  # fmt: skip
    run("csv", Output("csv", "href"), Input(filters, "data"), Input(part_id("sort"), "data"))
    run("measure", Output("screen", "data"), Input("chart-panel", "id"))
    run("arrived", Input("evidence", "children"))
