"""The filter bar of every page: who gives, who receives, stage, period, currency, words.

`register` makes the bar work wherever it stands: its controls give the part "filters" of the
address (`state.part`), and what that leaves is counted beside every choice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update

from dashboard import labels
from dashboard.site import Site
from dashboard.state import CONVERT, View, part, part_id, view_at
from tracker.money import currencies
from tracker.schema import STATUS
from tracker.store.filters import LISTS, MAX_QUERY, NONE

Facet = Sequence[tuple[str | None, int]]

NAMES = {
    "donor": "Donor",
    "recipient": "Recipient",
    "status": "Status",
    "currency": "Currency stated",
    "from": "Published from",
    "to": "Published until",
    CONVERT: "Show amounts",
    "q": "Search words",
    "hold": "Hold",
    "aid_type": "Kind of aid",
    "publisher": "Publisher",
    "language": "Language",
    "min": "At least",
    "max": "At most",
}
FIRST = ("donor", "recipient", "status", "currency", "from", "to", CONVERT, "q")
"""The controls that always show; the others stand under "More filters"."""
MORE = tuple(name for name in NAMES if name not in FIRST)
MOST_CHOICES = 200
"""Choices that a list offers; rarer ones are found by words, or by their name in the address."""
_EXAMPLES = {
    "from": "2023 or 2023-06-01", "to": "2024", "q": "such as “air defence”",
    "min": "such as 1000000", "max": "",
}  # fmt: skip
_OFTEN = ("USD", "EUR", "GBP")


def control_id(name: str) -> dict[str, str]:
    """The id of the control of a filter."""
    return {"type": "filter", "name": name}


def options(name: str, facet: Facet, chosen: Sequence[str] = ()) -> list[dict[str, str]]:
    """The choices of a filter with their counts, commonest first (stages in their order).

    Chosen values stay among them with a count of 0, so that they can be taken back.
    """
    counts = {NONE if value is None else value: number for value, number in facet}
    counts |= {value: 0 for value in chosen if value not in counts}
    order = list(STATUS)
    ranked = sorted(
        counts.items(),
        key=lambda item: (
            item[0] == NONE,
            order.index(item[0]) if item[0] in order else -item[1],
            labels.value(name, item[0]),
        ),
    )
    kept = [item for i, item in enumerate(ranked) if i < MOST_CHOICES or item[0] in (*chosen, NONE)]
    return [
        {"value": value, "label": f"{labels.value(name, value)} ({number:,})"}
        for value, number in kept
    ]


def all_options(facets: Mapping[str, Facet], view: View) -> list[list[dict[str, str]]]:
    """The choices of every list filter, in the order of `LISTS`."""
    return [options(name, facets.get(name, ()), view.chosen(name)) for name in LISTS]


def filter_bar(site: Site, view: View, path: str) -> html.Section:
    """The bar of the page at `path`, set to the view, with the part "filters" of its address."""
    facets = site.catalogue.facets(view.filters)
    narrowed = any(view.chosen(name) for name in MORE)
    return html.Section(
        [
            html.H2("Filters", className="unseen"),
            html.Div([_control(name, view, facets) for name in FIRST], className="filter-bar"),
            html.Details(
                [
                    html.Summary("More filters"),
                    html.Div(
                        [_control(name, view, facets) for name in MORE], className="filter-bar"
                    ),
                ],
                open=narrowed,
                className="more-filters",
            ),
            html.P(view.problem and _left_out(view), id="filter-problem", role="status",
                   className="note warning", hidden=view.problem is None),
            html.P(
                [
                    html.Span(extent(site, view), id="extent", role="status"),
                    " ",
                    dcc.Link("Clear all filters", href=path, id="clear-filters",
                             className="" if view.address else "unseen"),
                ],
                className="note extent",
            ),
            part("filters", view.address),
            dcc.Store(id="laid-out", data=view.address),
        ],
        role="search",
        **{"aria-label": "Filter the figures"},
    )  # fmt: skip


def extent(site: Site, view: View) -> str:
    """How many of all figures the filters leave, in words."""
    every = site.catalogue.count()
    kept = site.catalogue.count(view.filters)
    if kept == every:
        return f"{labels.count(every, 'figure')}."
    return f"{kept:,} of {labels.count(every, 'figure')} match."


def _left_out(view: View) -> str:
    return f"Left out: {view.problem}"


def _control(name: str, view: View, facets: Mapping[str, Facet]) -> Any:
    chosen = view.chosen(name) if name != CONVERT else []
    if name in LISTS:
        return dmc.MultiSelect(
            id=control_id(name),
            label=NAMES[name],
            data=options(name, facets.get(name, ()), chosen),
            value=chosen,
            placeholder="" if chosen else "Any",
            searchable=True,
            clearable=True,
            clearButtonProps={"aria-label": f"Clear {NAMES[name].lower()}"},
            nothingFoundMessage="Nothing like that",
            maxDropdownHeight=320,
            comboboxProps={"shadow": "md"},
            className="filter",
        )
    if name == CONVERT:
        return dmc.Select(
            id=control_id(name),
            label=NAMES[name],
            data=[{"value": "", "label": "As stated"}, *_currency_choices(view.convert)],
            value=view.convert or "",
            allowDeselect=False,
            searchable=True,
            nothingFoundMessage="No rate for that",
            maxDropdownHeight=320,
            comboboxProps={"shadow": "md"},
            className="filter",
        )
    return dmc.TextInput(
        id=control_id(name),
        label=NAMES[name],
        value=next(iter(chosen), ""),
        placeholder=_EXAMPLES[name],
        debounce=400,
        inputProps={"maxLength": MAX_QUERY},
        className=f"filter filter-{name}",
    )


def _currency_choices(chosen: str | None) -> list[dict[str, str]]:
    codes = dict.fromkeys((*_OFTEN, *currencies(), *([chosen] if chosen else [])))
    return [{"value": code, "label": f"In {labels.currency_name(code)}"} for code in codes]


def changed(site: Site, address: str | None, before: str | None) -> tuple[Any, ...]:
    """For new filters: the choices of every list, the extent, and what cannot be read.

    `before` are the filters that the page was laid out for: their problem stays.
    """
    view = view_at(address)
    problem: tuple[Any, Any] = (_left_out(view) if view.problem else "", view.problem is None)
    if view == view_at(before):
        problem = (no_update, no_update)
    return (
        *all_options(site.catalogue.facets(view.filters), view),
        extent(site, view),
        *problem,
        "" if view.address else "unseen",
    )


def register(app: Dash, site: Site) -> None:
    """Makes the bar work on every page."""
    app.clientside_callback(
        ClientsideFunction("shell", "filters"),
        Output(part_id("filters"), "data"),
        Input(control_id(ALL), "value"), State(control_id(ALL), "id"),
    )  # fmt: skip

    @app.callback(
        *[Output(control_id(name), "data") for name in LISTS],
        Output("extent", "children"), Output("filter-problem", "children"),
        Output("filter-problem", "hidden"), Output("clear-filters", "className"),
        Input(part_id("filters"), "data"), State("laid-out", "data"), prevent_initial_call=True,
    )  # fmt: skip
    def _changed(address: str | None, before: str | None) -> Any:
        return changed(site, address, before)
