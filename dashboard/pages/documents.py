"""All documents: title, publisher, date and how many amounts each states, a page at a time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import dash
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboard import labels
from dashboard.components.about import title_of
from dashboard.components.filters import filter_bar
from dashboard.components.notices import nothing_stored
from dashboard.site import Site
from dashboard.state import View, pairs_of, parse_sort, part, part_id, view_at, view_of

PATH = "/documents"
ROWS = 50
"""Documents of one page."""
COLUMNS = {
    "title": "Title",
    "publisher": "Publisher",
    "published": "Published",
    "mentions": "Amounts",
}
_NUMERIC = ("published", "mentions")
"""Columns whose first sort is downwards: the newest, the most."""


def layout(site: Site, parameters: Mapping[str, Any]) -> Component:
    """The page for an address' filters, `sort` and `page`."""
    view = view_of(pairs_of(parameters))
    if site.query.version == 0:
        return nothing_stored(site.settings)
    return html.Main(
        [
            filter_bar(site, view, PATH),
            html.Div(
                listing(site, view, view.part("sort"), _page(view.part("page"))),
                id="documents",
                **{"aria-live": "polite"},
            ),
            part("sort", view.part("sort")),
            part("page", view.part("page")),
            dcc.Store(id="documents-for", data=view.address),
        ],
        className="page",
    )


def listing(site: Site, view: View, sort: str, page: int) -> list[Component]:
    """How many documents there are, a table of some of them, and links to the others."""
    order = parse_sort(sort, COLUMNS)
    total = site.query.documents(view.filters)
    pages = max(1, -(-total.height // ROWS))
    page = min(page, pages)
    rows = site.query.documents(view.filters, order, (page - 1) * ROWS, ROWS).to_dicts()
    if not rows:
        return [
            html.H2("No document states an amount that matches all filters", className="headline"),
            html.P("Take one back, or look for fewer words."),
            html.P(dcc.Link("Clear all filters", href=PATH)),
        ]
    head = html.Tr([_heading(name, view, order) for name in COLUMNS])
    return [
        html.H2(_headline(total.height, view), className="headline", id="documents-title"),
        html.Div(
            html.Table(
                [html.Thead(head), html.Tbody([_row(row, view) for row in rows])],
                className="documents",
                **{"aria-labelledby": "documents-title"},
            ),
            className="scroll-x",
        ),
        *_pages(view, sort, page, pages, total.height),
    ]


def _headline(total: int, view: View) -> str:
    counted = labels.count(total, "document")
    return f"{counted} with amounts that match" if view.address else f"{counted} stored"


def _heading(name: str, view: View, order: list[tuple[str, str]]) -> Component:
    """The heading of a column, a link that sorts by it, the other way where it is sorted."""
    way = dict(order).get(name)
    first = "-" if name in _NUMERIC else ""
    turned = {"asc": "-", "desc": "", None: first}[way]
    sign = {"asc": " ↑", "desc": " ↓", None: ""}[way]
    link = dcc.Link(f"{COLUMNS[name]}{sign}", href=_href(view, sort=f"{turned}{name}"))
    aria = {"aria-sort": {"asc": "ascending", "desc": "descending"}[way]} if way else {}
    return html.Th(link, scope="col", className="number" if name == "mentions" else "", **aria)


def _row(row: Mapping[str, Any], view: View) -> Component:
    carried = f"?{view.address}" if view.address else ""
    state = "withdrawn" if row["withdrawn"] else "replaced" if row["superseded_by"] else ""
    title = dcc.Link(title_of(row), href=f"/document/{row['document_id']}{carried}")
    return html.Tr(
        [
            html.Td([title, html.Span(f" {state}", className="note")] if state else title),
            html.Td(row["publisher"] or labels.NOT_KNOWN),
            html.Td(labels.day(row["published"], row["published_precision"], short=True)),
            html.Td(f"{row['mentions']:,}", className="number"),
        ]
    )


def _pages(view: View, sort: str, page: int, pages: int, total: int) -> list[Component]:
    if pages == 1:
        return []

    def link(words: str, to: int) -> Component:
        if not 1 <= to <= pages:
            return html.Span(words, className="off", **{"aria-hidden": "true"})
        return dcc.Link(words, href=_href(view, sort=sort, page=str(to) if to > 1 else ""))

    first = (page - 1) * ROWS + 1
    here = html.Span(f"{first:,} to {min(page * ROWS, total):,} of {total:,}", className="here")
    return [
        html.Nav(
            [link("Previous page", page - 1), here, link("Next page", page + 1)],
            className="parts",
            **{"aria-label": "Pages of the table"},
        )
    ]  # fmt: skip


def _href(view: View, **parts: str) -> str:
    own = urlencode({name: value for name, value in parts.items() if value})
    query = "&".join(filter(None, (view.address, own)))
    return f"{PATH}?{query}" if query else PATH


def _page(given: str) -> int:
    return max(1, int(given)) if re.fullmatch(r"[0-9]{1,6}", given) else 1


def shown(site: Site, address: str | None, before: str | None, sort: str | None) -> Any:
    """The table for new filters, from its first page."""
    if (address or "") == (before or ""):
        raise PreventUpdate
    return listing(site, view_at(address), sort or "", 1), address


def register(app: Dash, site: Site) -> None:
    """Puts the page and its callbacks into the app."""
    dash.register_page(
        __name__,
        path=PATH,
        title="Documents",
        layout=lambda step=None, **parameters: layout(site, parameters),
    )

    @app.callback(
        Output("documents", "children"), Output("documents-for", "data"),
        Input(part_id("filters"), "data"), State("documents-for", "data"),
        State(part_id("sort"), "data"), prevent_initial_call=True,
    )  # fmt: skip
    def _shown(address: str | None, before: str | None, sort: str | None) -> Any:
        return shown(site, address, before, sort)

    app.clientside_callback(
        ClientsideFunction("documents", "first"), Output(part_id("page"), "data"),
        Input(part_id("filters"), "data"), State("documents-for", "data"),
        prevent_initial_call=True,
    )  # fmt: skip
