"""Around a chart: its sentence, its three tabs, what can be downloaded, and the notes below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import dash_ag_grid as dag
import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import labels
from dashboard.charts.drawn import Drawn
from dashboard.components.copying import copy_link
from dashboard.components.grid import LISTENERS, OPTIONS, height_for
from dashboard.state import part

DRAWING = "Drawing the chart"
"""The sentence of a chart that is not there yet."""
SHOWS = {"chart": "Chart", "table": "Table", "how": "How it was made"}
"""The tabs of a chart; which one shows is the part of the address with the chart's name."""
_NUMBERS = ("low", "high", "at_most", "counted", "left_out", "figures", "number", "ratio",
            "mentions", "documents")  # fmt: skip
_NUMBER = {
    "cellClass": "number", "headerClass": "number",
    "valueFormatter": {"function": "params.value == null ? '' : d3.format(',')(params.value)"},
}  # fmt: skip
_WIDE = ("group", "flow", "donor", "recipient", "amount", "status", "stage")


def part_of(kind: str, name: str) -> dict[str, str]:
    """The id of what stands around the chart `name`."""
    return {"type": kind, "name": name}


def chart_panel(name: str, title: str, columns: dict[str, str], show: str) -> html.Section:
    """The empty panel of a chart; `filled` gives what a callback puts into it."""
    graph = dcc.Graph(
        id=part_of("chart", name),
        config={"displayModeBar": False, "responsive": True, "doubleClick": False},
        style={"height": 240},
        figure={"data": [], "layout": {"xaxis": {"visible": False},
                "yaxis": {"visible": False}, "paper_bgcolor": "rgba(0,0,0,0)",
                "plot_bgcolor": "rgba(0,0,0,0)"}},
    )  # fmt: skip
    kicker, headline, notes = f"{name}-kicker", f"{name}-headline", f"{name}-notes"
    return html.Section(
        [
            html.H2(title, id=kicker, className="chart-kicker"),
            html.H3(DRAWING, id=headline, className="headline"),
            html.Div(
                [
                    dmc.SegmentedControl(
                        id=part_of("show", name), value=show, size="xs",
                        data=[{"value": way, "label": word} for way, word in SHOWS.items()],
                        **{"aria-label": f"{title}: show as"},
                    ),
                    _downloads(name, title),
                ],
                className="bar",
            ),
            html.Div(
                [
                    html.Div(
                        graph, id=f"{name}-figure", role="figure", className="chart",
                        **{"aria-labelledby": headline, "aria-describedby": notes},
                    ),
                    html.Div(id=f"{name}-key", className="key"),
                ],
                id=part_of("as-chart", name),
                hidden=show != "chart",
            ),
            html.Div(_table(name, columns), id=part_of("as-table", name), hidden=show != "table"),
            html.Div(id=part_of("as-how", name), hidden=show != "how", className="how"),
            html.Div(id=notes, className="note chart-notes"),
            part(name, show if show != "chart" else None),
        ],
        id=f"{name}-panel",
        className="chart-panel",
        # The kicker too: while charts are drawn their headlines are the same.
        **{"aria-labelledby": f"{kicker} {headline}"},
    )  # fmt: skip


def _downloads(name: str, title: str) -> html.Details:
    return html.Details(
        [
            html.Summary("Download", className="action"),
            html.Div(
                [
                    *[html.Button(word, type="button", className="link",
                                  **{"data-image": way, "data-chart": name})
                      for way, word in (("png", "Picture (PNG)"), ("svg", "Vector picture (SVG)"))],
                    html.A("Data of this chart (CSV)", id=part_of("csv", name), href="#",
                           download=True),
                    html.A("Page with table and sources (HTML)", id=part_of("page", name),
                           href="#", download=True),
                    copy_link(),
                ],
                className="menu", role="group", **{"aria-label": f"{title}: downloads"},
            ),
        ],
        className="downloads",
    )  # fmt: skip


def _table(name: str, columns: dict[str, str]) -> dag.AgGrid:
    """The table twin of a chart, without rows."""
    return dag.AgGrid(
        id=part_of("rows", name),
        columnDefs=[
            {
                "field": field, "headerName": heading, "flex": 3 if field in _WIDE else 2,
                "minWidth": 150 if field in _WIDE else 100,
                **(_NUMBER if field in _NUMBERS else {}),
            }
            for field, heading in columns.items()
        ],
        getRowId="params.data.figure_id",
        style={"height": height_for(1)},
        defaultColDef={"sortable": True, "resizable": True, "suppressMovable": True,
                       "suppressHeaderMenuButton": True},
        className="grid",
        dashGridOptions=OPTIONS,
        eventListeners=LISTENERS,
    )  # fmt: skip


def filled(drawn: Drawn, name: str, address: str, source: str) -> tuple[Any, ...]:
    """What a callback puts into a panel: sentence, figure, its height, key, rows, their height,
    how it was made, notes, and the addresses of the two files."""
    query = urlencode({"name": name}) + (f"&{address}" if address else "")
    return (
        drawn.headline,
        drawn.figure,
        {"height": drawn.figure.layout.meta["height"]},
        key(drawn.key),
        drawn.rows,
        {"height": height_for(len(drawn.rows))},
        [html.P(text) for text in drawn.how],
        html.P(" ".join([*drawn.notes, source])),
        f"/chart.csv?{query}",
        f"/chart.html?{query}",
    )


def key(signs: Sequence[tuple[str, str]]) -> list[Component]:
    """What the signs of a chart mean."""
    return [
        html.Span(
            [
                html.Span("" if sign.isalpha() else sign,
                          className=f"sign sign-{sign}" if sign.isalpha() else "sign"),
                f" {words}",
            ]
        )
        for sign, words in signs
    ]  # fmt: skip


def switches(
    kind: str, choices: Sequence[tuple[str, str, int]], shown: str | None
) -> list[Component]:
    """Buttons of which one is pressed: value, words and number of each."""
    return [
        html.Button(
            [words, " ", html.Span(f"{number:,}", className="count")],
            id={"type": kind, "value": value},
            className="switch",
            **{"aria-pressed": "true" if value == shown else "false"},
        )
        for value, words, number in choices
    ]


def currencies(counts: Sequence[tuple[str, int]], shown: str | None) -> list[Component]:
    """Buttons that switch the currency, commonest first, each with its number of figures."""
    if len(counts) == 1:
        return [html.Span(f"All in {labels.currency_name(counts[0][0])}", className="note")]
    named = [(code, labels.value("currency", code), number) for code, number in counts[:8]]
    return switches("currency", named, shown)
