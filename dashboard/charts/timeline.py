"""Figures of one stage over time: each at the end of its period, else when it was published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from html import escape
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard import labels, theme
from dashboard.charts.amounts import KINDS, LED_TO, MOST_ROWS, figure_rows, kinds, money_axis
from dashboard.charts.drawn import Drawn, frame
from dashboard.charts.headlines import stage_words
from dashboard.charts.scale import money_scale
from dashboard.charts.selection import Selection

MOST_DRAWN = 300
"""Figures up to which each has its mark; of more, each step of time has its biggest one."""
HEIGHT = 340
COLUMNS = {
    "day": "Date", "basis": "Date of", "amount": "Amount", "low": "At least", "high": "Below",
    "donor": "Donor", "recipient": "Recipient", "mentions": "Mentions",
}  # fmt: skip
_BASIS = {"period": "period stated", "published": "publication"}
_STEPS = ((2 * 366, "1mo", "month"), (8 * 366, "1q", "quarter"), (10**9, "1y", "year"))


def timeline(chosen: Selection, stage: str, *, width: int, dark: bool) -> Drawn:
    """The chart of one stage of a selection, for a place of `width` pixels."""
    stage, figures = chosen.at_stage(stage)
    stated = pl.coalesce("period_end", "period_start")
    figures = figures.with_columns(
        day=pl.coalesce(stated, "first_published"),
        basis=pl.when(stated.is_not_null()).then(pl.lit("period")).otherwise(pl.lit("published")),
    )
    undated = figures.filter(pl.col("day").is_null()).height
    dated = figures.drop_nulls("day")
    step = None
    marks = dated
    if dated.height > MOST_DRAWN:
        days = (dated["day"].max() - dated["day"].min()).days  # type: ignore[operator, union-attr]
        _, step, word = next(s for s in _STEPS if days <= s[0])
        marks = _steps(dated, step)
    notes = [f"{labels.count(undated, 'figure')} without a date not shown."] if undated else []
    if step:
        notes.insert(0, f"{dated.height:,} figures: the biggest of each {word}, with the range "
                        "from the smallest.")  # fmt: skip
    rows = dated.head(MOST_ROWS).sort("day", "figure_id")
    return Drawn(
        headline=_headline(chosen, stage, dated),
        figure=_draw(marks, chosen.currency or "USD", width, dark, bool(step)),
        columns=COLUMNS,
        rows=[
            told | {"day": str(row["day"]), "basis": _BASIS[row["basis"]]}
            for told, row in zip(figure_rows(rows), rows.iter_rows(named=True), strict=True)
        ],
        notes=notes,
        key=[(kind.sign, kind.words) for kind in kinds(marks)] if marks.height else [],
        how=(
            "Each mark is one figure, at the last day of the period that its texts state; where "
            "they state none, at the day on which it was first published (“as stated on”).",
            "Nothing is added up: a running total (open) holds what was stated before it.",
        ),
    )


def _steps(dated: pl.DataFrame, every: str) -> pl.DataFrame:
    """The biggest figure of each step of time, with what else there is; `dated` biggest first."""
    return (
        dated.group_by(pl.col("day").dt.truncate(every).alias("step"), maintain_order=True)
        .agg(
            pl.all().first(),
            pl.col("low").min().alias("least"),
            pl.len().alias("number"),
            pl.col("figure_id").head(LED_TO).alias("ids"),
        )
        .sort("step")
    )


def _headline(chosen: Selection, stage: str, dated: pl.DataFrame) -> str:
    if dated.is_empty():
        return f"No dated figure {stage_words(stage)}"
    first, last = (labels.day(dated["day"].min()), labels.day(dated["day"].max()))
    if dated.height == 1:
        row = dated.row(0, named=True)
        flow = labels.flow(row)
        return (f"{labels.stated_amount(row)} {stage_words(stage)}"
                f"{', ' + flow if flow else ''}, {first}")  # fmt: skip
    low, high = dated["amount_min"].min(), dated["amount_max"].max()
    amounts = labels.money_range(low, high, chosen.currency)
    when = first if first == last else f"{first} to {last}"
    return f"{dated.height:,} figures {stage_words(stage)}, {when}: {amounts}"


def _hover(mark: Mapping[str, Any]) -> str:
    lines = [labels.flow(mark), f"{labels.day(mark['day'])}, date of {_BASIS[mark['basis']]}"]
    if "number" in mark and mark["number"] > 1:
        lines.append(f"the biggest of {mark['number']:,} figures")
    return "<br>".join([f"<b>{escape(labels.amount_with_hold(mark))}</b>",
                        *(escape(line) for line in lines if line)])  # fmt: skip


def _draw(marks: pl.DataFrame, currency: str, width: int, dark: bool, steps: bool) -> go.Figure:
    colours = theme.palette(dark)
    figure = go.Figure()
    margin = {"l": 76, "r": 16, "t": 12, "b": 34}
    inner = HEIGHT - margin["t"] - margin["b"]
    lows = marks["least"] if steps else marks["low"]
    scale = money_scale(lows, marks["high"], inner, room=14)
    rows = marks.to_dicts()
    if rows:
        figure.add_trace(
            go.Scatter(
                x=[row["day"] for row in rows],
                y=[row["amount"] for row in rows],
                mode="markers",
                customdata=[",".join(row["ids"]) if steps else row["figure_id"] for row in rows],
                hovertext=[_hover(row) for row in rows],
                hoverinfo="text",
                marker={
                    "symbol": [KINDS[row["hold"], row["cumulative"]].symbol for row in rows],
                    "size": 10,
                    "opacity": 1,
                    "color": colours.accent,
                    "line": {"width": [2.2 if r["cumulative"] else 0.8 for r in rows],
                             "color": [colours.accent if r["cumulative"] else colours.paper
                                       for r in rows]},
                },
                error_y={
                    "type": "data",
                    "symmetric": False,
                    "array": [max(0.0, r["high"] - r["amount"]) for r in rows],
                    "arrayminus": [max(0.0, r["amount"] - (r["least"] if steps else r["low"]))
                                   for r in rows],
                    "color": colours.band,
                    "thickness": 7 if len(rows) <= 80 else 4,
                    "width": 0,
                },
            )
        )  # fmt: skip
    # An upright axis has room for more of its flat labels than one that lies.
    ticks = scale._replace(width=scale.width * 2).ticks()
    days = [row["day"] for row in rows] or [dt.date(2024, 1, 1)]
    pad = max(dt.timedelta(days=20), (max(days) - min(days)) / 30)
    figure.update_layout(
        frame(
            HEIGHT, colours, margin=margin,
            xaxis={"type": "date", "range": [str(min(days) - pad), str(max(days) + pad)],
                   "gridcolor": colours.faint, "fixedrange": True, "nticks": max(3, width // 130),
                   "tickfont": {"size": 12, "color": colours.soft}, "showgrid": False,
                   "linecolor": colours.line, "showline": True, "ticks": "outside",
                   "tickcolor": colours.line},
            yaxis=money_axis(scale, ticks, currency, colours),
        )
    )  # fmt: skip
    return figure
