"""Amounts by status: one lane a stage, one mark a stated figure, its interval drawn.

Nothing is stacked or summed. Vertical positions are pixels, so that lanes are as tall as their
marks need and labels can be kept apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

import plotly.graph_objects as go
import polars as pl

from dashboard import labels, theme
from dashboard.charts.lanes import CHARACTER, NAME, PADDING, ROW, Lane, lanes, middle
from dashboard.charts.scale import money_scale
from tracker.schema import STATUS

WIDE = 640
"""Pixels from which lanes are named in the margin, below it above the lane."""


class Kind(NamedTuple):
    """How a mark is drawn: Plotly's symbol, the same as a character, and what it means."""

    symbol: str
    sign: str
    words: str


KINDS: Mapping[tuple[str | None, bool], Kind] = {
    (None, False): Kind("circle", "●", "stated amount"),
    (None, True): Kind("circle-open", "○", "running total (“so far”)"),
    ("blocked", False): Kind("diamond", "◆", "blocked"),
    ("blocked", True): Kind("diamond-open", "◇", "running total, blocked"),
    ("cancelled", False): Kind("x", "✖", "cancelled"),
    ("cancelled", True): Kind("x-open", "✗", "running total, cancelled"),
}


def kinds(marks: pl.DataFrame) -> list[Kind]:
    """The kinds of mark that the frame holds, for the key."""
    present = set(marks.select("hold", "cumulative").iter_rows())
    return [kind for key, kind in KINDS.items() if key in present]


def _room(marks: pl.DataFrame, width: float) -> float:
    """Pixels to keep free for the label behind the largest amount, unless that is too much."""
    largest = marks.sort("amount_max").tail(1).to_dicts()
    room = max(
        (len(labels.amount_with_hold(mark)) * CHARACTER + 28 for mark in largest), default=0.0
    )
    return room if room <= 0.22 * width else 16


def _hover(mark: Mapping[str, Any]) -> str:
    bounds = " to ".join(dict.fromkeys(
        labels.full_number(mark[side]) for side in ("amount_min", "amount_max")
    ))  # fmt: skip
    stated = "stated once" if mark["mentions"] == 1 else (
        f"stated {mark['mentions']} times in {labels.count(mark['documents'], 'document')}"
    )  # fmt: skip
    lines = [
        labels.status(mark["status"], mark["hold"]),
        labels.flow(mark),
        f"{mark['currency']} {bounds}",
        stated,
    ]
    return "<br>".join(
        [f"<b>{escape(labels.amount_with_hold(mark))}</b>", *(escape(x) for x in lines if x)]
    )


def amounts_by_status(
    marks: pl.DataFrame, *, width: int, dark: bool, chosen: str | None = None
) -> go.Figure:
    """The chart for marks of one currency, for a place of `width` pixels.

    `marks` is what `tracker.figures.marks` gives; `chosen` is the id of the mention whose mark is
    emphasised. Each point's customdata is the id of the first mention behind it. The height in
    pixels that the figure was made for is `figure.layout.meta["height"]`; the place must have it
    (Plotly forgets a height of the layout's own when the window is resized).
    """
    colours = theme.palette(dark)
    wide = width >= WIDE
    margin = {"l": 132 if wide else 8, "r": 10, "t": 30, "b": 4}
    inner = width - margin["l"] - margin["r"]
    scale = money_scale(marks["low"], marks["high"], inner, room=_room(marks, inner))
    placed = lanes(marks, scale, wide)
    height = sum(lane.height for lane in placed)
    figure = go.Figure()
    points = [(lane, i, mark) for lane in placed for i, mark in enumerate(lane.marks)]
    if points:
        figure.add_trace(_points(points, colours, chosen))
    for lane in placed:
        _name(figure, lane, colours, wide, margin["l"] / scale.width)
    ticks = scale.ticks()
    currency = marks["currency"][0] if len(marks) else "USD"
    figure.update_layout(
        meta={"height": height + margin["t"] + margin["b"]},
        margin=margin,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": theme.SANS, "size": 13, "color": colours.ink},
        showlegend=False,
        hovermode="closest",
        hoverlabel={
            "bgcolor": colours.raised,
            "bordercolor": colours.line,
            "font": {"family": theme.SANS, "size": 13, "color": colours.ink},
            "align": "left",
        },
        dragmode=False,
        xaxis={
            "type": "log" if scale.log else "linear",
            "range": scale.range(),
            "side": "top",
            "tickvals": ticks,
            "ticktext": [labels.money(tick, currency) if tick else "0" for tick in ticks],
            "tickfont": {"size": 12, "color": colours.soft},
            "gridcolor": colours.faint,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis={"range": [height, 0], "visible": False, "fixedrange": True},
    )
    return figure


def _points(
    points: Sequence[tuple[Lane, int, dict[str, Any]]], colours: theme.Palette, chosen: str | None
) -> go.Scatter:
    marks = [mark for _, _, mark in points]
    middles = [middle(mark) for mark in marks]
    is_chosen = [chosen in mark["mention_ids"] for mark in marks]
    return go.Scatter(
        x=middles,
        y=[lane.y(index) for lane, index, _ in points],
        mode="markers+text",
        text=[lane.texts[index] for lane, index, _ in points],
        textposition=[f"middle {lane.sides[index]}" for lane, index, _ in points],
        textfont={"size": 13, "color": colours.ink},
        cliponaxis=False,
        customdata=[mark["mention_ids"][0] for mark in marks],
        hovertext=[_hover(mark) for mark in marks],
        hoverinfo="text",
        marker={
            "symbol": [KINDS[mark["hold"], mark["cumulative"]].symbol for mark in marks],
            "size": [15 if yes else 11 for yes in is_chosen],
            "opacity": 1,
            "color": colours.accent,
            "line": {
                "width": [
                    2.5 if yes or mark["cumulative"] else 0.8
                    for yes, mark in zip(is_chosen, marks, strict=True)
                ],
                "color": [
                    colours.ink if yes else colours.accent if mark["cumulative"] else colours.paper
                    for yes, mark in zip(is_chosen, marks, strict=True)
                ],
            },
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [max(0.0, m["high"] - x) for m, x in zip(marks, middles, strict=True)],
            "arrayminus": [max(0.0, x - m["low"]) for m, x in zip(marks, middles, strict=True)],
            "color": colours.band,
            "thickness": 9 if len(marks) <= 60 else 5,
            "width": 0,
        },
    )


def _name(figure: go.Figure, lane: Lane, colours: theme.Palette, wide: bool, out: float) -> None:
    """Writes the lane's name, and the hairline above it that reaches `out` into the margin."""
    figure.add_shape(
        type="line", xref="paper", yref="y", y0=lane.top, y1=lane.top, layer="below",
        x0=-out, x1=1, line={"color": colours.line, "width": 1},
    )  # fmt: skip
    name = STATUS[lane.status]
    text = f"<b>{name}</b>" if lane.marks else name
    if lane.marks and len(lane.marks) > 1:
        text += f"  <span style='color:{colours.soft}'>{len(lane.marks)}</span>"
    if not lane.marks:
        text += " <span style='font-size:12px'>– none</span>" if not wide else ""
    middle = lane.top + (
        NAME / 2 + 4 if lane.named_above else min(lane.height, ROW + 2 * PADDING) / 2
    )
    figure.add_annotation(
        text=text,
        xref="paper",
        x=0,
        xanchor="right" if wide else "left",
        xshift=-14 if wide else -6,
        yref="y",
        y=middle,
        yanchor="middle",
        showarrow=False,
        font={"size": 13, "color": colours.ink if lane.marks else colours.soft},
    )
    if wide and not lane.marks:
        figure.add_annotation(
            text="none", xref="paper", x=0, xanchor="left", xshift=6, yref="y", y=middle,
            yanchor="middle", showarrow=False, font={"size": 12, "color": colours.soft},
        )  # fmt: skip
