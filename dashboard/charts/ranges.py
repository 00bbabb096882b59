"""Where sources disagree: running totals of one flow and stage, stated at about the same time."""

from __future__ import annotations

import datetime as dt
from html import escape
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard import labels, theme
from dashboard.charts.amounts import KINDS, LED_TO, money_axis
from dashboard.charts.drawn import Drawn, frame
from dashboard.charts.lanes import CHARACTER
from dashboard.charts.scale import money_scale
from dashboard.charts.selection import Selection
from tracker.figures.statement import WINDOW_DAYS

MOST = 10
ROW, ROW_NARROW = 36, 54
COLUMNS = {
    "flow": "Flow", "stage": "Stage", "least": "Lowest stated", "most": "Highest stated",
    "ratio": "Highest over lowest", "number": "Figures", "last": "Last stated",
}  # fmt: skip
_FLOW = ("donor", "recipient", "status", "hold", "aid_type", "per")


def disagreements(figures: pl.DataFrame) -> pl.DataFrame:
    """Groups of running totals of one flow, stage and kind that state different amounts.

    Those stated within `WINDOW_DAYS` of the last one, undated ones too, whose intervals do not all
    overlap. The widest disagreement, as highest over lowest amount, stands first.
    """
    last = pl.col("last_published").max().over(_FLOW)
    recent = pl.col("last_published").is_null() | last.is_null() | (
        pl.col("last_published") >= last - dt.timedelta(days=WINDOW_DAYS)
    )  # fmt: skip
    return (
        figures.filter(
            pl.col("cumulative"), pl.col("donor").is_not_null(), pl.col("recipient").is_not_null(),
            pl.col("status") != "unspecified",
        )
        .filter(recent)
        .sort("amount", "figure_id")
        .group_by(_FLOW, maintain_order=True)
        .agg(
            pl.len().alias("number"), pl.col("amount").first().alias("least"),
            pl.col("amount").last().alias("most"), pl.col("low").max().alias("highest_low"),
            pl.col("high").min().alias("lowest_high"), pl.col("figure_id").alias("ids"),
            pl.col("amount").alias("amounts"), pl.col("low").alias("lows"),
            pl.col("high").alias("highs"), pl.col("last_published").max().alias("last"),
        )
        .filter(pl.col("number") > 1, pl.col("highest_low") >= pl.col("lowest_high"))
        .sort(pl.col("most") / pl.col("least"), "most", descending=True)
    )  # fmt: skip


def ranges(chosen: Selection, *, width: int, dark: bool) -> Drawn:
    """The chart of a selection's disagreements, for a place of `width` pixels."""
    found = disagreements(chosen.figures)
    rows = found.head(MOST).to_dicts()
    notes = []
    if found.height > MOST:
        notes.append(f"The widest {MOST} of {found.height:,}; the table has more.")
    return Drawn(
        headline=_headline(rows, chosen.currency),
        figure=_draw(rows, chosen.currency or "USD", width, dark),
        columns=COLUMNS,
        rows=[_row(row, chosen.currency) for row in found.head(200).iter_rows(named=True)],
        notes=notes,
        key=[(KINDS[None, True].sign, "running total as stated"),
             ("band", "from the lowest to the highest")] if rows else [],
        how=(
            "Running totals between the same two parties, at the same stage and for the same kind "
            f"of aid, that were stated within {WINDOW_DAYS} days of the last one and cannot be the "
            "same amount. A running total grows, so a part of a difference may be time.",
            "Single sums that differ are no disagreement: they may be different instalments.",
        ),
    )  # fmt: skip


def _stage(row: dict[str, Any]) -> str:
    words, kind = labels.status(row["status"], row["hold"]).lower(), row["aid_type"]
    return f"{words}, {labels.value('aid_type', kind).lower()}" if kind else words


def _headline(rows: list[dict[str, Any]], currency: str) -> str:
    if not rows:
        return "No two running totals of one flow contradict each other here"
    first = rows[0]
    return (
        f"{labels.flow(first)}, {_stage(first)}: sources state "
        f"{labels.money(first['least'], currency)} to {labels.money(first['most'], currency)}"
    )


def _row(row: dict[str, Any], currency: str) -> dict[str, Any]:
    return {
        "figure_id": ",".join(row["ids"][:LED_TO]),
        "flow": labels.flow(row),
        "stage": _stage(row),
        "least": labels.money(row["least"], currency),
        "most": labels.money(row["most"], currency),
        "ratio": round(row["most"] / row["least"], 2),
        "number": row["number"],
        "last": labels.day(row["last"]),
    }


def _draw(rows: list[dict[str, Any]], currency: str, width: int, dark: bool) -> go.Figure:
    colours = theme.palette(dark)
    narrow = width < 640
    names = [f"{labels.flow(row)}, {_stage(row)}" for row in rows]
    longest = max((len(name) for name in names), default=4)
    margin = {"l": 12 if narrow else min(360, int(longest * CHARACTER) + 22), "r": 20, "t": 30,
              "b": 6}  # fmt: skip
    each = ROW_NARROW if narrow else ROW
    height = max(1, len(rows)) * each
    inner = width - margin["l"] - margin["r"]
    lows = [low for row in rows for low in row["lows"]]
    highs = [high for row in rows for high in row["highs"]]
    scale = money_scale(lows, highs, inner, room=16)
    figure = go.Figure()
    points = []
    for index, (row, name) in enumerate(zip(rows, names, strict=True)):
        y = index * each + each / 2 + (12 if narrow else 0)
        figure.add_shape(type="rect", x0=row["least"], x1=row["most"], y0=y - 4, y1=y + 4,
                         line={"width": 0}, fillcolor=colours.band, layer="below")  # fmt: skip
        figure.add_annotation(
            text=escape(name), xref="paper", x=0, xanchor="left" if narrow else "right",
            xshift=-8 if narrow else -14, yref="y", y=y - (24 if narrow else 0), yanchor="middle",
            showarrow=False, font={"size": 13, "color": colours.ink},
        )  # fmt: skip
        points += [(amount, y, one) for amount, one in zip(row["amounts"], row["ids"], strict=True)]
    if points:
        kind = KINDS[None, True]
        figure.add_trace(
            go.Scatter(
                x=[p[0] for p in points], y=[p[1] for p in points], mode="markers",
                customdata=[p[2] for p in points],
                hovertext=[f"<b>{labels.money(p[0], currency)}</b>" for p in points],
                hoverinfo="text",
                marker={"symbol": kind.symbol, "size": 11, "color": colours.accent,
                        "line": {"width": 2.4, "color": colours.accent}},
            )
        )  # fmt: skip
    figure.update_layout(
        frame(
            height + margin["t"] + margin["b"], colours, margin=margin,
            xaxis=money_axis(scale, scale.ticks(), currency, colours) | {"side": "top"},
            yaxis={"range": [height, 0], "visible": False, "fixedrange": True},
        )
    )  # fmt: skip
    return figure
