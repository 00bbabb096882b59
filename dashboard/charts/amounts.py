"""The ladder of stages: one lane a stage, one mark a stated figure, its interval drawn.

Nothing is stacked or summed. Vertical positions are pixels, so that lanes are as tall as their
marks need and labels can be kept apart.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

import plotly.graph_objects as go
import polars as pl

from dashboard import labels, theme
from dashboard.charts.drawn import Drawn, frame
from dashboard.charts.headlines import headline
from dashboard.charts.lanes import CHARACTER, CROWD, NAME, PADDING, ROW, Lane, lanes, middle
from dashboard.charts.scale import Scale, money_scale
from dashboard.charts.selection import Selection, in_stages
from tracker.schema import STATUS

WIDE = 640
"""Pixels from which lanes are named in the margin, below it above the lane."""


MOST_DRAWN = 150
"""Figures of a stage up to which each has its mark; of more, their number at each amount shows."""
STEP = 8
"""Width in pixels of the steps in which the figures of a crowd are counted."""
LED_TO = 20
"""Figures that a mark of many leads to: the biggest."""
COLUMNS = {
    "status": "Status", "amount": "Amount", "low": "At least", "high": "Below", "donor": "Donor",
    "recipient": "Recipient", "mentions": "Mentions", "documents": "Documents",
}  # fmt: skip
"""The table of figures."""
MOST_ROWS = 500
"""Figures that a chart's table shows: the biggest of each stage."""


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


def ladder(chosen: Selection, *, width: int, dark: bool) -> Drawn:
    """The chart of a selection, for a place of `width` pixels."""
    figures = chosen.figures
    numbers = dict(figures.group_by("status").len().iter_rows())
    crowds = {code: number for code, number in numbers.items() if number > MOST_DRAWN}
    ranked = figures.with_columns(rank=pl.int_range(pl.len()).over("status"))
    most = pl.when(pl.col("status").is_in(list(crowds))).then(1).otherwise(MOST_DRAWN)
    drawn = _draw(ranked.filter(pl.col("rank") < most), figures, crowds, width, dark)
    listed = ranked.filter(pl.col("rank") < MOST_ROWS // max(1, len(numbers)))
    return Drawn(
        headline=headline(chosen),
        figure=drawn,
        columns=COLUMNS,
        rows=figure_rows(in_stages(listed)),
        key=[*((kind.sign, kind.words) for kind in kinds(figures)),
             ("band", "what rounding and hedge allow"),
             *([("crowd", "number of figures at this amount")] if crowds else [])],
        how=HOW,
    )  # fmt: skip


HOW = (
    "Each mark is one figure: one amount of one flow at one stage, however many texts state it. "
    "It stands at the amount of its most precise mention, and its band is what digits and hedges "
    "allow.",
    "Stages are rungs of one ladder: the same money can stand on several of them, so they are "
    "never added to one another, and nothing on this chart is a sum.",
    f"Of a stage with more than {MOST_DRAWN} figures, the height of the strokes says how many "
    "there are at each amount (its square is the number), and the biggest figure is named.",
)


def figure_rows(figures: pl.DataFrame) -> list[dict[str, Any]]:
    """Rows of the table of figures, numbers as numbers."""
    return [
        {
            "figure_id": row["figure_id"],
            "status": labels.status(row["status"], row["hold"]),
            "amount": labels.stated_amount(row),
            "low": row["low"],
            "high": row["high"],
            "donor": labels.party(row["donor"]),
            "recipient": labels.party(row["recipient"]),
            "mentions": row["mentions"],
            "documents": row["documents"],
        }
        for row in figures.iter_rows(named=True)
    ]


def _draw(
    marks: pl.DataFrame, figures: pl.DataFrame, crowds: Mapping[str, int], width: int, dark: bool
) -> go.Figure:
    """The drawing: `marks` one by one, of the stages in `crowds` all `figures` counted."""
    colours = theme.palette(dark)
    wide = width >= WIDE
    margin = {"l": 132 if wide else 8, "r": 10, "t": 30, "b": 4}
    inner = width - margin["l"] - margin["r"]
    scale = money_scale(figures["low"], figures["high"], inner, room=_room(marks, inner))
    placed = lanes(marks, scale, wide, crowds)
    height = sum(lane.height for lane in placed)
    figure = go.Figure()
    for lane in placed:
        if lane.crowd:
            members = figures.filter(pl.col("status") == lane.status)
            figure.add_trace(_crowd(lane, members, scale, colours))
    points = [(lane, i, mark) for lane in placed for i, mark in enumerate(lane.marks)]
    if points:
        figure.add_trace(_points(points, colours))
    ticks = scale.ticks()
    currency = marks["currency"][0] if len(marks) else "USD"
    figure.update_layout(
        frame(
            height + margin["t"] + margin["b"], colours, margin=margin,
            xaxis=money_axis(scale, ticks, currency, colours) | {"side": "top"},
            yaxis={"range": [height, 0], "visible": False, "fixedrange": True},
            shapes=[_hairline(lane, colours, margin["l"] / scale.width) for lane in placed],
            annotations=[name for lane in placed for name in _names(lane, colours, wide)],
        )
    )  # fmt: skip
    return figure


def money_axis(
    scale: Scale, ticks: Sequence[float], currency: str, colours: theme.Palette
) -> dict[str, Any]:
    """An axis of amounts for the layout."""
    return {
        "type": "log" if scale.log else "linear",
        "range": scale.range(),
        "tickvals": ticks,
        "ticktext": [labels.money(tick, currency) if tick else "0" for tick in ticks],
        "tickfont": {"size": 12, "color": colours.soft},
        "gridcolor": colours.faint,
        "zeroline": False,
        "fixedrange": True,
    }


def _crowd(lane: Lane, members: pl.DataFrame, scale: Scale, colours: theme.Palette) -> go.Scatter:
    """Strokes whose height says how many figures of a lane there are at an amount."""
    counted = in_steps(members, scale)
    bottom = lane.top + lane.height - PADDING
    tallest = math.sqrt(max(counted["number"]))
    heights = [max(3.0, CROWD * math.sqrt(n) / tallest) for n in counted["number"]]
    currency = members["currency"][0]
    return go.Scatter(
        x=counted["middle"].to_list(),
        y=[bottom - height / 2 for height in heights],
        mode="markers",
        customdata=[",".join(ids) for ids in counted["ids"]],
        hovertext=[
            f"<b>{labels.count(row['number'], 'figure')}</b><br>{STATUS[lane.status]}<br>"
            f"{labels.money_range(row['least'], row['most'], currency)}"
            for row in counted.iter_rows(named=True)
        ],
        hoverinfo="text",
        marker={
            "symbol": "line-ns-open",
            "size": [height / 1.4 for height in heights],
            "line": {"width": STEP - 2, "color": colours.accent},
            "color": colours.accent,
            "opacity": 0.75,
        },
    )  # fmt: skip


def in_steps(figures: pl.DataFrame, scale: Scale) -> pl.DataFrame:
    """Figures counted in steps of the scale: middle, number, least and most amount, biggest ids."""
    place = pl.col("amount").clip(scale.low, scale.high)
    if scale.log:
        share = (place.log() - math.log(scale.low)) / math.log(scale.high / scale.low)
    else:
        share = (place - scale.low) / (scale.high - scale.low)
    step = (share * scale.width / STEP).floor().cast(pl.Int64)
    counted = figures.group_by(step.alias("step"), maintain_order=True).agg(
        pl.len().alias("number"), pl.col("amount").min().alias("least"),
        pl.col("amount").max().alias("most"), pl.col("figure_id").head(LED_TO).alias("ids"),
    ).sort("step")  # fmt: skip
    middle = (pl.col("step") + 0.5) * STEP / scale.width
    if scale.log:
        amount = scale.low * (middle * math.log(scale.high / scale.low)).exp()
    else:
        amount = scale.low + middle * (scale.high - scale.low)
    return counted.with_columns(middle=amount)


def _points(
    points: Sequence[tuple[Lane, int, dict[str, Any]]], colours: theme.Palette
) -> go.Scatter:
    marks = [mark for _, _, mark in points]
    middles = [middle(mark) for mark in marks]
    return go.Scatter(
        x=middles,
        y=[lane.y(index) for lane, index, _ in points],
        mode="markers+text",
        text=[lane.texts[index] for lane, index, _ in points],
        textposition=[f"middle {lane.sides[index]}" for lane, index, _ in points],
        textfont={"size": 13, "color": colours.ink},
        cliponaxis=False,
        customdata=[mark["figure_id"] for mark in marks],
        hovertext=[_hover(mark) for mark in marks],
        hoverinfo="text",
        marker={
            "symbol": [KINDS[mark["hold"], mark["cumulative"]].symbol for mark in marks],
            "size": 11,
            "opacity": 1,
            "color": colours.accent,
            "line": {
                "width": [2.5 if mark["cumulative"] else 0.8 for mark in marks],
                "color": [
                    colours.accent if mark["cumulative"] else colours.paper for mark in marks
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


def _hairline(lane: Lane, colours: theme.Palette, out: float) -> dict[str, Any]:
    """The line above a lane, which reaches `out` into the margin."""
    return {
        "type": "line", "xref": "paper", "yref": "y", "y0": lane.top, "y1": lane.top,
        "layer": "below", "x0": -out, "x1": 1, "line": {"color": colours.line, "width": 1},
    }  # fmt: skip


def _names(lane: Lane, colours: theme.Palette, wide: bool) -> list[dict[str, Any]]:
    """The name of a lane, and that it is empty."""
    name = STATUS[lane.status]
    text = f"<b>{name}</b>" if lane.marks else name
    number = lane.crowd or len(lane.marks)
    if number > 1:
        text += f"  <span style='color:{colours.soft}'>{number:,}</span>"
    if not lane.marks:
        text += " <span style='font-size:12px'>– none</span>" if not wide else ""
    middle = lane.top + (
        NAME / 2 + 4 if lane.named_above else min(lane.height, ROW + 2 * PADDING) / 2
    )
    common = {"xref": "paper", "x": 0, "yref": "y", "y": middle, "yanchor": "middle",
              "showarrow": False}  # fmt: skip
    ink = colours.ink if lane.marks else colours.soft
    named = common | {
        "text": text, "xanchor": "right" if wide else "left", "xshift": -14 if wide else -6,
        "font": {"size": 13, "color": ink},
    }  # fmt: skip
    if not wide or lane.marks:
        return [named]
    none = {"text": "none", "xanchor": "left", "xshift": 6,
            "font": {"size": 12, "color": colours.soft}}  # fmt: skip
    return [named, common | none]
