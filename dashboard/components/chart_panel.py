"""Around the chart: its sentence, the currencies, the key, the notes and the same as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import dash_mantine_components as dmc
import polars as pl
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import labels
from dashboard.charts.amounts import kinds
from dashboard.components.grid import figures_table
from tracker.schema import STATUS

MOST_NAMED = 3
SHOWS = ("chart", "table")
"""The ways that a chart is shown."""


def headline(marks: pl.DataFrame) -> str:
    """A sentence that says what the chart shows."""
    if marks.is_empty():
        return "No amount with a stage in this selection"
    rows = marks.to_dicts()
    if len(rows) > MOST_NAMED:
        return _summary(rows)
    flows = {labels.flow(mark) for mark in rows}
    said = ", ".join(_clause(mark) for mark in rows)
    common = flows.pop() if len(flows) == 1 else ""
    return f"{common}: {said}" if common else f"{said[:1].upper()}{said[1:]}"


def _clause(mark: Mapping[str, Any]) -> str:
    stage = STATUS[mark["status"]].lower()
    words = labels.stated_amount({**mark, "cumulative": False})
    parts = [words, stage if mark["status"] not in ("unspecified", "other") else f"({stage})"]
    parts += ["so far"] if mark["cumulative"] else []
    parts += [f"but {mark['hold']}"] if mark["hold"] else []
    return " ".join(parts)


def _summary(rows: Sequence[Mapping[str, Any]]) -> str:
    currency = rows[0]["currency"]
    low, high = min(m["amount_min"] for m in rows), max(m["amount_max"] for m in rows)
    (stage, most), *others = Counter(mark["status"] for mark in rows).most_common()
    said = (
        f"{len(rows):,} figures in {labels.currency_name(currency)}, from "
        f"{labels.money(low, currency)} to {labels.money(high, currency)}"
    )
    if not others:
        return f"{said}: all {STATUS[stage].lower()}"
    # A stage that is as frequent as another is not named: it would be an accident of order.
    return (
        said if others[0][1] == most else f"{said}; most often {STATUS[stage].lower()} ({most:,})"
    )


def currencies(counts: Sequence[tuple[str, int]], shown: str | None) -> list[Component]:
    """Buttons that switch the currency, commonest first, each with its number of mentions."""
    if not counts:
        return []
    if len(counts) == 1:
        return [html.Span(f"All in {labels.currency_name(counts[0][0])}", className="note")]
    return [
        html.Button(
            [labels.value("currency", code), " ", html.Span(f"{number:,}", className="count")],
            id={"type": "currency", "code": code},
            className="switch",
            **{"aria-pressed": "true" if code == shown else "false"},
        )
        for code, number in counts
    ]


def key(marks: pl.DataFrame) -> list[Component]:
    """What the signs mean: those that occur, and the band."""
    if marks.is_empty():
        return []
    items = [
        html.Span([html.Span(kind.sign, className="sign"), f" {kind.words}"])
        for kind in kinds(marks)
    ]
    return [
        *items,
        html.Span([html.Span("", className="sign band"), " what rounding and hedge allow"]),
    ]


def notes(mentions: pl.DataFrame) -> list[Component]:
    """The source line of the chart of these mentions, and how many of them it leaves out."""
    left_out = len(mentions.filter(pl.col("status") == "other"))
    mentions = mentions.filter(pl.col("status") != "other")
    documents = labels.count(mentions["document_id"].n_unique(), "document")
    said = [
        f"Source: {labels.count(len(mentions), 'mention')} in {documents} of this collection, "
        f"{_dates(mentions)}. Each mark is one figure as stated, however often it is stated. "
        "Stages are not added up: it can be the same money."
    ]
    if left_out:
        verb = "is" if left_out == 1 else "are"
        said.append(
            f" {labels.count(left_out, 'mention')} of money that is no funding (prices, fines, "
            f"revenue) {verb} left out."
        )
    return [html.P(said)]


def _dates(mentions: pl.DataFrame) -> str:
    """When the documents were published, as far as known."""
    dated = mentions.filter(pl.col("published").is_not_null()).sort("published")
    if dated.is_empty():
        return "publication dates not known"
    ends = [
        labels.day(row["published"], row["published_precision"])
        for row in (dated.row(0, named=True), dated.row(-1, named=True))
    ]
    said = f"published {' to '.join(dict.fromkeys(ends))}"
    undated = mentions.filter(pl.col("published").is_null())["document_id"].n_unique()
    return f"{said} ({undated:,} undated)" if undated else said


def chart_panel(show: str) -> html.Section:
    """The empty panel; a callback fills it."""
    graph = dcc.Graph(
        id="chart",
        config={"displayModeBar": False, "responsive": True, "doubleClick": False},
        style={"height": 240},
        figure={"data": [], "layout": {"xaxis": {"visible": False},
                "yaxis": {"visible": False}, "paper_bgcolor": "rgba(0,0,0,0)",
                "plot_bgcolor": "rgba(0,0,0,0)"}},
    )  # fmt: skip
    return html.Section(
        [
            html.H2(id="chart-title", className="headline", children="\u00a0"),
            html.Div(
                [
                    html.Div(
                        id="currencies", className="switches", role="group",
                        **{"aria-label": "Currency of the chart"},
                    ),
                    dmc.SegmentedControl(
                        id="show",
                        value=show,
                        data=[{"value": way, "label": way.capitalize()} for way in SHOWS],
                        size="xs",
                        **{"aria-label": "Show the figures as"},
                    ),
                ],
                className="bar",
            ),
            html.Div(
                [
                    html.Div(
                        graph, id="chart-figure", role="figure", className="chart",
                        **{"aria-labelledby": "chart-title", "aria-describedby": "chart-notes"},
                    ),
                    html.Div(id="chart-key", className="key"),
                ],
                id="as-chart",
                hidden=show != "chart",
            ),
            html.Div(figures_table(), id="as-table", hidden=show != "table"),
            html.Div(id="chart-notes", className="note"),
        ],
        id="chart-panel",
        **{"aria-labelledby": "chart-title"},
    )  # fmt: skip
