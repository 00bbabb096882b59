"""The figures: all that the filters leave, row by row, with the evidence of the chosen one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboard import labels
from dashboard.components import figure_panel as panel
from dashboard.components.copying import copy_link
from dashboard.components.filters import filter_bar
from dashboard.components.grid import (
    BLOCK,
    COLUMNS,
    GRID,
    SHOWN,
    SORTABLE,
    amount_of,
    grid,
    height_for,
    response,
)
from dashboard.components.notices import nothing_stored
from dashboard.pages.frame import add_page, colophon
from dashboard.site import Site
from dashboard.state import View, parse_sort, part, part_id, sort_of_grid, view_at
from tracker.figures import Span

PATH = "/figures"


def layout(site: Site, view: View) -> Component:
    """The page for a view."""
    if site.query.version == 0:
        return nothing_stored(site.settings)
    about, problem = _amount(view.part("about"))
    number = site.catalogue.count(view.filters, about)
    chosen = [name for name in view.part("columns").split(",") if name in _NAMES]
    return html.Main(
        [
            filter_bar(site, view, PATH),
            html.Div(
                [
                    html.Div([_head(view, number, problem), _table(view, number, chosen)],
                             className="column"),
                    panel.aside(site, view),
                ],
                className="columns",
            ),
            part("about", view.part("about")),
            dcc.Store(id="rows-of"),
            part("sort", view.part("sort")),
            part("columns", view.part("columns")),
            colophon(site),
        ],
        className="page",
    )  # fmt: skip


_NAMES = {column.name: column.heading for column in COLUMNS}


_FILES = {
    "figures.xlsx": "Excel workbook with notes",
    "figures.zip": "Data Package: all tables, definitions, totals",
    "figures.jsonl": "JSON lines",
    "figures.parquet": "Parquet",
    "briefing.html": "Briefing to print, with sources",
}
"""Names below /export, and what each is."""


def _files() -> html.Details:
    """The other formats of what is shown; `assets/panel.js` gives them the page's filters."""
    return html.Details(
        [
            html.Summary("Other files", className="action"),
            html.Div(
                [
                    html.A(words, id=_file_id(name), href=f"/export/{name}",
                           **({"target": "_blank"} if name.endswith(".html") else
                              {"download": True}))
                    for name, words in _FILES.items()
                ],
                className="menu", role="group", **{"aria-label": "Other files"},
            ),
        ],
        className="downloads",
    )  # fmt: skip


def _file_id(name: str) -> str:
    return f"file-{name.replace('.', '-')}"


def _head(view: View, number: int, problem: str | None) -> html.Div:
    return html.Div(
        [
            html.Div(
                [
                    html.H2("Figures", className="section", id="figures-title"),
                    html.Span(labels.count(number, "figure"), id="count", className="note",
                              role="status"),
                    html.Div(
                        [
                            copy_link(),
                            html.A("Download CSV", id="csv", href="/figures.csv",
                                   className="action", download=True),
                            _files(),
                        ],
                        className="actions",
                    ),
                ],
                className="bar",
            ),
            html.Div(
                [
                    dmc.TextInput(
                        id="about", label="Amount, in any currency", value=view.part("about"),
                        placeholder="such as about 61 bn, or €5 million", debounce=400,
                        inputProps={"maxLength": 60}, className="filter", error=problem,
                    ),
                    html.Details(
                        [
                            html.Summary("Choose columns"),
                            dmc.CheckboxGroup(
                                [dmc.Checkbox(label=c.heading, value=c.name, size="xs")
                                 for c in COLUMNS],
                                id="columns",
                                value=[*(view.part("columns").split(",") if view.part("columns")
                                         else SHOWN)],
                                **{"aria-label": "Columns of the table"},
                            ),
                        ],
                        className="chooser",
                    ),
                ],
                className="tools",
            ),
            html.P(
                "Choose a row to see its words. With the keyboard: arrow keys, then Enter.",
                className="note",
            ),
        ]
    )  # fmt: skip


def _table(view: View, number: int, chosen: list[str]) -> html.Div:
    return html.Div(
        [
            html.Div(
                [
                    html.H2("No figure matches all of this", className="headline"),
                    html.P("Take a filter back, look for fewer words, or for another amount."),
                    html.P(dcc.Link("Clear all filters", href=PATH)),
                ],
                id="no-match",
                hidden=number > 0,
            ),
            html.Section(
                grid(parse_sort(view.part("sort"), SORTABLE), chosen or SHOWN, number),
                id="found", hidden=number == 0, **{"aria-labelledby": "figures-title"},
            ),
        ]
    )  # fmt: skip


def _amount(text: str) -> tuple[Span | None, str | None]:
    """The amount that is looked for, or why the text is none."""
    try:
        return amount_of(text), None
    except ValueError:
        return None, "No amount: try 61 bn, or $5 million"


def counted(
    site: Site, address: str | None, about: str | None
) -> tuple[str, dict[str, str], bool, bool, str | None]:
    """How many figures there are, in words and as height of the grid; what is hidden for it."""
    amount, problem = _amount(about or "")
    number = site.catalogue.count(view_at(address).filters, amount)
    height = {"height": height_for(number)}
    return labels.count(number, "figure"), height, number > 0, number == 0, problem


def rows(
    site: Site, request: Mapping[str, Any] | None, address: str | None, about: str | None
) -> dict[str, Any]:
    """The block of rows that the grid asks for."""
    if not request:
        raise PreventUpdate
    filters, (amount, _) = view_at(address).filters, _amount(about or "")
    start = int(request.get("startRow") or 0)
    length = min(int(request.get("endRow") or start + BLOCK) - start, BLOCK)
    sort = sort_of_grid(request.get("sortModel"), SORTABLE)
    found = site.catalogue.figures(filters, sort, start, length, amount)
    first = site.catalogue.stating(found, most=1)
    quotes = dict(first.select("figure_id", "quote").iter_rows())
    return response(found, quotes, site.catalogue.count(filters, amount))


def register(app: Dash, site: Site) -> None:
    """Puts the page and its callbacks into the app."""
    add_page(
        __name__, site, PATH, layout, title="Figures",
        description="Every figure that the texts state, with what states it.",
    )  # fmt: skip

    @app.callback(
        Output("count", "children"), Output(GRID, "style"), Output("no-match", "hidden"),
        Output("found", "hidden"), Output("about", "error"),
        Input(part_id("filters"), "data"), Input(part_id("about"), "data"),
        prevent_initial_call=True,
    )  # fmt: skip
    def _counted(address: str | None, about: str | None) -> Any:
        return counted(site, address, about)

    @app.callback(
        Output(GRID, "getRowsResponse"), Input(GRID, "getRowsRequest"),
        State(part_id("filters"), "data"), State(part_id("about"), "data"),
    )  # fmt: skip
    def _rows(request: Any, address: str | None, about: str | None) -> Any:
        return rows(site, request, address, about)

    def run(name: str, *what: Any, **options: Any) -> None:
        app.clientside_callback(ClientsideFunction("grid", name), *what, **options)

    run("about", Output(part_id("about"), "data"), Input("about", "value"),
        prevent_initial_call=True)  # fmt: skip
    run("sort", Output(part_id("sort"), "data"), Input(GRID, "getRowsRequest"),
        prevent_initial_call=True)  # fmt: skip
    run("columns", Output(part_id("columns"), "data"), Input("columns", "value"),
        prevent_initial_call=True)  # fmt: skip
    run("purge", Output("rows-of", "data"), Input(part_id("filters"), "data"),
        Input(part_id("about"), "data"), State("rows-of", "data"))  # fmt: skip
    run("csv", Output("csv", "href"), Input(part_id("filters"), "data"),
        Input(part_id("sort"), "data"), Input(part_id("about"), "data"))  # fmt: skip
    run("files", *[Output(_file_id(name), "href") for name in _FILES],
        Input(part_id("filters"), "data"), Input(part_id("sort"), "data"),
        Input(part_id("about"), "data"), *[State(_file_id(name), "href") for name in _FILES],
    )  # fmt: skip
    run("fit", Input(GRID, "id"), State(part_id("columns"), "data"))
