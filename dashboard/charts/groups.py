"""One stage by donor or by kind of aid: totals that count each amount once, else the biggest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any, Literal, NamedTuple

import plotly.graph_objects as go
import polars as pl

from dashboard import labels, theme
from dashboard.charts.amounts import LED_TO, money_axis
from dashboard.charts.drawn import Drawn, frame
from dashboard.charts.headlines import stage_words
from dashboard.charts.lanes import CHARACTER
from dashboard.charts.scale import Scale, money_scale
from dashboard.charts.selection import Selection
from tracker.figures import Total
from tracker.schema import AID_TYPE

By = Literal["donor", "aid_type"]
MOST_TOTALLED = 1_500
"""Figures of a stage up to which totals are made."""
MOST_GROUPS = 12
ROW = 38
"""Height of a group in pixels."""
COLUMNS = {
    "group": "", "total": "Total, each amount once", "low": "At least", "high": "Less than",
    "at_most": "At most", "counted": "Figures counted", "left_out": "Left out",
    "biggest": "Biggest figure", "figures": "Figures",
}  # fmt: skip
_NAMES: Mapping[By, str] = {"donor": "Donor", "aid_type": "Kind of aid"}
Totals = Callable[[pl.DataFrame, str, str], Sequence[Total]]
"""Totals of figures at a stage in a currency: `tracker.figures.totals` for the book shown."""


class Group(NamedTuple):
    """What one donor, or kind of aid, has at the stage."""

    name: str
    figures: int
    biggest: dict[str, Any]
    ids: list[str]
    total: Total | None

    @property
    def size(self) -> float:
        """What it is ranked by."""
        amount = self.total.amount if self.total else None
        return amount if amount is not None else float(self.biggest["amount"])


def grouped(
    chosen: Selection, stage: str, by: By, totals: Totals, *, width: int, dark: bool
) -> Drawn:
    """The chart of one stage of a selection by donor or by kind, for a place of `width` pixels."""
    stage, figures = chosen.at_stage(stage)
    summed = figures.height <= MOST_TOTALLED
    groups = _groups(figures, chosen, stage, by, totals if summed else None)
    shown, rest = groups[:MOST_GROUPS], groups[MOST_GROUPS:]
    unnamed = figures.filter(pl.col(by).is_null()).height
    notes = []
    if rest:
        notes.append(f"{len(rest)} smaller ones are in the table.")
    if unnamed:
        notes.append(f"{labels.count(unnamed, 'figure')} whose {_NAMES[by].lower()} is not said: "
                     "not shown.")  # fmt: skip
    if not summed:
        notes.append(
            f"Totals are made of {MOST_TOTALLED:,} figures at most: narrow the filters to see "
            "them. Shown is the biggest figure of each."
        )
    return Drawn(
        headline=_headline(shown, stage, by, summed),
        figure=_draw(shown, chosen.currency or "USD", width, dark),
        columns=COLUMNS | {"group": _NAMES[by]},
        rows=[_row(group) for group in groups],
        notes=notes,
        key=[*([("bar", "total, each amount once, and what it allows"),
                ("dashed", "at most: if what may be counted already were money of its own")]
               if summed else []),
             ("●", "biggest single figure")],
        how=_HOW if summed else _HOW[-1:],
    )  # fmt: skip


_HOW = (
    "A total counts each amount once: of a flow the widest running total rather than its "
    "instalments, a whole rather than its parts, one of two figures that may be the same. What is "
    "left out only because it may be counted already is the dashed line.",
    "Blocked money, cancelled money and yearly rates are no part of it. One stage at a time: "
    "stages are never added to one another. `tracker total` lists every figure with its reason.",
    "The dot is the biggest single figure that a text states.",
)


def _groups(
    figures: pl.DataFrame, chosen: Selection, stage: str, by: By, totals: Totals | None
) -> list[Group]:
    ranked = figures.drop_nulls(by).sort("amount", "figure_id", descending=[True, False])
    found = []
    summary = ranked.group_by(by, maintain_order=True).agg(
        pl.len().alias("number"), pl.col("figure_id").head(LED_TO).alias("ids")
    )
    firsts = ranked.unique(by, keep="first", maintain_order=True).to_dicts()
    for biggest, (name, number, ids) in zip(firsts, summary.iter_rows(), strict=True):
        total, led_to = None, ids
        if totals:
            made = totals(ranked.filter(pl.col(by) == name), stage, chosen.currency)
            total = next((t for t in made if t.hold is None and t.counted), None)
        if total:
            led_to = [item.id for item in total.counted[:LED_TO]]
        found.append(Group(name, number, biggest, led_to, total))
    return sorted(found, key=lambda group: (-group.size, group.name))


def _row(group: Group) -> dict[str, Any]:
    total = group.total
    return {
        "figure_id": ",".join(group.ids),
        "group": AID_TYPE.get(group.name) or labels.party(group.name),
        "total": labels.money(total.amount or 0, total.currency) if total else "",
        "low": total.low if total else None,
        "high": total.high if total else None,
        "at_most": total.at_most if total else None,
        "counted": len(total.counted) if total else None,
        "left_out": len(total.left_out) if total else None,
        "biggest": labels.amount_with_hold(group.biggest),
        "figures": group.figures,
    }  # fmt: skip


def _headline(groups: Sequence[Group], stage: str, by: By, summed: bool) -> str:
    what = {"donor": "donor", "aid_type": "kind of aid"}[by]
    if not groups:
        return f"No {what} is named for what is {stage_words(stage)}"
    first = _row(groups[0])
    if groups[0].total and summed:
        total = groups[0].total
        amount = labels.money(total.amount or 0, total.currency)
        rank = f", the most of {len(groups)}" if len(groups) > 1 else ""
        return f"{first['group']}: {amount} {stage_words(stage)}, each amount once{rank}"
    return f"{first['group']}: the biggest figure {stage_words(stage)}, {first['biggest']}"


def _draw(groups: Sequence[Group], currency: str, width: int, dark: bool) -> go.Figure:
    colours = theme.palette(dark)
    narrow = width < 640
    names = [_row(group)["group"] for group in groups]
    longest = max((len(name) for name in names), default=4)
    margin = {"l": 8 if narrow else min(220, int(longest * CHARACTER) + 22), "r": 16, "t": 30,
              "b": 6}  # fmt: skip
    row = ROW + 14 if narrow else ROW
    height = max(1, len(groups)) * row
    tops = [g.total.at_most if g.total else g.biggest["high"] for g in groups]
    tops += [g.biggest["high"] for g in groups]
    inner = width - margin["l"] - margin["r"]
    scale = money_scale([], tops, inner, room=90)
    scale = Scale(0.0, scale.high, scale.width, log=False)
    figure = go.Figure()
    places = [index * row + row / 2 + (9 if narrow else 0) for index in range(len(groups))]
    for group, y in zip(groups, places, strict=True):
        if group.total:
            _bar(figure, group.total, y, colours)
    if groups:
        figure.add_trace(
            go.Scatter(
                x=[group.biggest["amount"] for group in groups],
                y=places,
                mode="markers",
                customdata=[group.biggest["figure_id"] for group in groups],
                hovertext=[
                    f"<b>{escape(labels.amount_with_hold(g.biggest))}</b><br>"
                    f"{escape(labels.flow(g.biggest))}<br>biggest of "
                    f"{labels.count(g.figures, 'figure')}"
                    for g in groups
                ],
                hoverinfo="text",
                marker={"symbol": "circle", "size": 10, "color": colours.accent, "opacity": 1,
                        "line": {"width": 1, "color": colours.paper}},
            )
        )  # fmt: skip
        figure.add_trace(_totals(groups, places, colours, written=not narrow))
    for name, group, y in zip(names, groups, places, strict=True):
        # On a phone the name stands above its bar, and the amount beside it.
        amount = f"\u2002<b>{escape(_amount(group))}</b>" if narrow else ""
        figure.add_annotation(
            text=escape(name) + amount, xref="paper", x=0, xanchor="left" if narrow else "right",
            xshift=-6 if narrow else -12, yref="y", y=y - (18 if narrow else 0), yanchor="middle",
            showarrow=False, font={"size": 13, "color": colours.ink},
        )  # fmt: skip
    ticks = scale.ticks()
    figure.update_layout(
        frame(
            height + margin["t"] + margin["b"], colours, margin=margin,
            xaxis=money_axis(scale, ticks, currency, colours) | {"side": "top"},
            yaxis={"range": [height, 0], "visible": False, "fixedrange": True},
        )
    )  # fmt: skip
    return figure


def _bar(figure: go.Figure, total: Total, y: float, colours: theme.Palette) -> None:
    """A total from nothing to its amount, what it allows, and what may come on top."""
    amount = total.amount or 0.0
    figure.add_shape(type="rect", x0=0, x1=amount, y0=y - 5, y1=y + 5, line={"width": 0},
                     fillcolor=colours.band, layer="below")  # fmt: skip
    figure.add_shape(type="line", x0=total.low, x1=total.high, y0=y, y1=y, layer="below",
                     line={"color": colours.accent, "width": 3})  # fmt: skip
    if total.at_most > total.high:
        figure.add_shape(type="line", x0=total.high, x1=total.at_most, y0=y, y1=y, layer="below",
                         line={"color": colours.soft, "width": 1.5, "dash": "dot"})  # fmt: skip


def _amount(group: Group) -> str:
    total = group.total
    if total is None:
        return labels.amount_with_hold(group.biggest)
    return labels.money(total.amount or 0, total.currency)


def _totals(
    groups: Sequence[Group], places: Sequence[float], colours: theme.Palette, *, written: bool
) -> go.Scatter:
    """The totals' ends, to be clicked, with their amounts `written` beside them."""
    pairs = [(g, y) for g, y in zip(groups, places, strict=True)]
    ends = [g.total.amount or 0 if g.total else g.biggest["amount"] for g, _ in pairs]
    return go.Scatter(
        x=ends,
        y=[y for _, y in pairs],
        mode="markers+text" if written else "markers",
        text=[f"\u2002<b>{escape(_amount(group))}</b>" for group in groups],
        textposition="top right",
        textfont={"size": 13, "color": colours.ink},
        cliponaxis=False,
        customdata=[",".join(g.ids) for g, _ in pairs],
        hovertext=[_told(g) for g, _ in pairs],
        hoverinfo="text",
        marker={"symbol": "line-ns-open", "size": [13 if g.total else 0 for g, _ in pairs],
                "line": {"width": 3, "color": colours.accent}, "color": colours.accent},
    )  # fmt: skip


def _told(group: Group) -> str:
    total = group.total
    if total is None:
        return f"{labels.count(group.figures, 'figure')}"
    return (
        f"<b>{labels.money(total.amount or 0, total.currency)}</b>, each amount once<br>"
        f"{labels.count(len(total.counted), 'figure')} counted, {len(total.left_out)} left out<br>"
        f"at most {labels.money(total.at_most, total.currency)}"
    )
