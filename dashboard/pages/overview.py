"""The overview: the ladder of stages, and one stage over time, by donor and by kind of aid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import ALL, MATCH, ClientsideFunction, Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboard.charting import CHARTS, Charting
from dashboard.charts.selection import STAGES
from dashboard.components import chart_panel as panel
from dashboard.components import figure_panel
from dashboard.components.filters import control_id, filter_bar
from dashboard.components.notices import nothing_stored
from dashboard.pages.frame import add_page, colophon
from dashboard.site import Site
from dashboard.state import View, part, part_id, view_at
from tracker.schema import STATUS

PATH = "/"
DESCRIPTION = "Amounts of aid and public funding as texts state them, with the words that say it."


def layout(site: Site, view: View) -> Component:
    """The page for a view."""
    if site.query.count() == 0:
        return nothing_stored(site.settings)
    panels = {
        name: panel.chart_panel(
            name, chart.title, dict(chart.columns), view.part(name, panel.SHOWS)
        )
        for name, chart in CHARTS.items()
    }
    ladder, *others = panels.values()
    ranges = others.pop()
    return html.Main(
        [
            filter_bar(site, view, PATH),
            html.Div(
                [
                    html.Div(
                        [
                            html.Div(id="charts-none", hidden=True, children=_no_match()),
                            html.Div(
                                [
                                    _switches("currencies", "Currency of the charts", "Stated in"),
                                    ladder,
                                    ranges,
                                    _switches("stages", "Stage of the charts below",
                                              "One stage at a time:"),
                                    *others,
                                ],
                                id="charts",
                            ),
                        ],
                        className="column",
                    ),
                    figure_panel.aside(site, view),
                ],
                className="columns",
            ),
            part("stage", view.part("stage")),
            dcc.Store(id="screen"),
            colophon(site),
        ],
        className="page",
    )  # fmt: skip


def _switches(name: str, label: str, words: str) -> html.Div:
    return html.Div(
        [
            html.Span(words, className="note"),
            html.Div(id=name, className="switches", role="group", **{"aria-label": label}),
        ],
        className="switch-row",
    )


def _no_match() -> list[Component]:
    return [
        html.H2("No figure matches all of these filters", className="headline"),
        html.P(
            "Take one back, or look for fewer words. The search reads quotes, titles and names."
        ),
        html.P(dcc.Link("Clear all filters", href=PATH)),
    ]


def chart_shown(
    charting: Charting, name: str, address: str | None, stage: str | None, screen: Any
) -> tuple[Any, ...]:
    """What a panel shows; `screen` is the width of the charts' place and the colour scheme."""
    if not screen:
        raise PreventUpdate
    view = view_at(f"{address or ''}&stage={stage or ''}")
    drawn = charting.draw(name, view, width=screen["width"], dark=screen["dark"])
    told = f"{address or ''}" + (f"&stage={stage}" if stage and CHARTS[name].one_stage else "")
    return panel.filled(drawn, name, told.strip("&"), charting.source(view, name))


def switches_shown(charting: Charting, address: str | None, stage: str | None) -> tuple[Any, ...]:
    """The switches of currency and stage, and whether there is nothing or something to see."""
    view = view_at(address)
    chosen = charting.selection(view)
    counts: Mapping[str, int] = dict(chosen.figures.group_by("status").len().iter_rows())
    shown, _ = chosen.at_stage(stage or "")
    stages = [(code, STATUS[code], counts.get(code, 0)) for code in STAGES if counts.get(code)]
    currency = None if chosen.converted else chosen.currency
    return (
        panel.currencies(chosen.counts, currency),
        panel.switches("stage", stages, shown),
        bool(chosen.counts),
        not chosen.counts,
    )


def register(app: Dash, site: Site) -> None:
    """Puts the page and its callbacks into the app."""
    charting = Charting(site)
    add_page(__name__, site, PATH, layout, title="Aid and funding figures", description=DESCRIPTION)
    stage = Input(part_id("stage"), "data")

    @app.callback(
        Output("currencies", "children"), Output("stages", "children"),
        Output("charts-none", "hidden"), Output("charts", "hidden"),
        Input(part_id("filters"), "data"), stage,
    )  # fmt: skip
    def _switches(address: str | None, stage: str | None) -> Any:
        return switches_shown(charting, address, stage)

    for name, chart in CHARTS.items():
        _register_chart(app, charting, name, [stage] if chart.one_stage else [])
    _register_in_browser(app)


def _register_chart(app: Dash, charting: Charting, name: str, stage: list[Input]) -> None:
    # The first chart follows the filters, the others follow it: a reader sees it soonest.
    first = next(iter(CHARTS))
    after = [] if name == first else [Input(panel.part_of("csv", first), "href")]
    filters = State if after else Input

    @app.callback(
        Output(f"{name}-headline", "children"),
        Output(panel.part_of("chart", name), "figure"),
        Output(panel.part_of("chart", name), "style"), Output(f"{name}-key", "children"),
        Output(panel.part_of("rows", name), "rowData"),
        Output(panel.part_of("rows", name), "style"),
        Output(panel.part_of("as-how", name), "children"),
        Output(f"{name}-notes", "children"), Output(panel.part_of("csv", name), "href"),
        Output(panel.part_of("page", name), "href"),
        filters(part_id("filters"), "data"), Input("screen", "data"), *after, *stage,
    )  # fmt: skip
    def _chart(address: str | None, screen: Any, *given: str | None) -> Any:
        return chart_shown(charting, name, address, given[-1] if stage else None, screen)


def _register_in_browser(app: Dash) -> None:
    """The callbacks that run in the browser: `assets/charts.js`."""

    def run(name: str, *what: Any, **options: Any) -> None:
        app.clientside_callback(ClientsideFunction("charts", name), *what, **options)

    run(
        "press", Output(control_id("currency"), "value"),
        Input({"type": "currency", "value": ALL}, "n_clicks"), prevent_initial_call=True,
    )  # fmt: skip
    run(
        "stage", Output(part_id("stage"), "data"),
        Input({"type": "stage", "value": ALL}, "n_clicks"), prevent_initial_call=True,
    )  # fmt: skip
    run(
        "show", Output(panel.part_of("as-chart", MATCH), "hidden"),
        Output(panel.part_of("as-table", MATCH), "hidden"),
        Output(panel.part_of("as-how", MATCH), "hidden"),
        Output({"type": "part", "name": MATCH}, "data"),
        Input(panel.part_of("show", MATCH), "value"), prevent_initial_call=True,
    )  # fmt: skip
    run("measure", Output("screen", "data"), Input("ladder-panel", "id"))
