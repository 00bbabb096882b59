"""The filter bar: who gives, who receives, stage, currency, words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard import labels
from dashboard.state import CONTROLS, View
from tracker.schema import STATUS
from tracker.store.filters import MAX_QUERY, NONE

Facet = Sequence[tuple[str | None, int]]

_NAMES = {
    "donor": "Donor",
    "recipient": "Recipient",
    "status": "Status",
    "currency": "Currency",
    "q": "Search words",
    "hold": "Hold",
    "aid_type": "Kind of aid",
    "publisher": "Publisher",
    "language": "Language",
    "from": "Published from",
    "to": "Published until",
    "min": "At least",
    "max": "At most",
}
SELECTS = tuple(name for name in CONTROLS if name != "q")


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
    return [
        {"value": value, "label": f"{labels.value(name, value)} ({number:,})"}
        for value, number in ranked
    ]


def all_options(
    facets: Mapping[str, Facet], chosen: Mapping[str, Sequence[str]]
) -> list[list[dict[str, str]]]:
    """The choices of every select of the bar, in its order."""
    return [options(name, facets.get(name, ()), chosen.get(name) or ()) for name in SELECTS]


def filter_bar(view: View, facets: Mapping[str, Facet]) -> html.Section:
    """The bar, set to the view."""
    selects = [
        dmc.MultiSelect(
            id=name,
            label=_NAMES[name],
            data=options(name, facets.get(name, ()), view.chosen(name)),
            value=view.chosen(name),
            placeholder="" if view.chosen(name) else "Any",
            searchable=True,
            clearable=True,
            clearButtonProps={"aria-label": f"Clear {_NAMES[name].lower()}"},
            nothingFoundMessage="Nothing like that",
            maxDropdownHeight=320,
            comboboxProps={"shadow": "md"},
            className="filter",
        )
        for name in SELECTS
    ]
    text = dmc.TextInput(
        id="q",
        label=_NAMES["q"],
        value=next(iter(view.chosen("q")), ""),
        placeholder="such as “air defence”",
        debounce=400,
        inputProps={"maxLength": MAX_QUERY},
        className="filter filter-text",
    )
    return html.Section(
        [
            html.H2("Filters", className="unseen"),
            html.Div([*selects, text], className="filter-bar"),
            *_also(view),
            html.P(
                [
                    html.Span(id="extent", role="status"),
                    " ",
                    dcc.Link("Clear all filters", href="/"),
                ],
                id="extent-line",
                className="unseen",
            ),
            dcc.Store(id="others", data=[list(pair) for pair in view.others()]),
        ],
        role="search",
        **{"aria-label": "Filter the mentions"},
    )


def _also(view: View) -> list[html.P]:
    """Filters of the address without a control: named, each with a link that takes it back."""
    said: list = []
    for pair in view.others():
        rest = [other for other in view.filters.pairs() if other != pair]
        name, value = pair
        said += [
            html.Span(f"{_NAMES.get(name, name)}: {labels.value(name, value)}"),
            " ",
            dcc.Link("remove", href=f"/?{urlencode(rest)}", className="quiet"),
            " ",
        ]
    lines = [html.P(["Also filtered by ", *said], className="note")] if said else []
    if view.problem:
        lines.append(html.P(["Left out of the address: ", view.problem], className="note warning"))
    return lines
