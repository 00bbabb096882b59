"""Where each mark of the chart of amounts stands: one lane a stage, labels kept apart.

Places are pixels, so that lanes are as tall as their marks need.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

import polars as pl

from dashboard import labels
from dashboard.charts.packing import from_the_middle, pack
from dashboard.charts.scale import Scale
from tracker.schema import STATUS

LADDER = [code for code in STATUS if code != "other"]
"""Stages from asked to paid, then those without a stage; money that is not funding is no stage."""

ROW, SWARM_ROW, PADDING, EMPTY, NAME = 28, 14, 9, 26, 20
"""Heights in pixels: a row of labelled marks, of bare marks, around them, an empty lane, a name."""
MOST_SWARM_ROWS, MOST_LABELLED_ROWS = 13, 5
CROWD = 66
"""Height in pixels of a lane with more figures than can be drawn one by one: `Lane.crowd`."""
MOST_LABELLED, MOST_LABELLED_NARROW = 12, 7
"""Marks of a lane up to which each has a label; above, only the largest."""
CHARACTER = 6.9
"""Width of a character of a label, in pixels: a safe average of 13-pixel sans serif."""


@dataclass
class Lane:
    """One stage: its marks, in which row each stands, with which label on which side."""

    status: str
    marks: list[dict[str, Any]]
    top: float
    rows: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    sides: list[str] = field(default_factory=list)
    swarm: bool = False
    named_above: bool = False
    crowd: int = 0
    """How many figures the lane has when they are drawn as a crowd, of which `marks` has the
    biggest alone; else 0."""

    @property
    def height(self) -> float:
        """In pixels, its name above it included."""
        if not self.marks:
            return EMPTY
        if self.crowd:
            return CROWD + ROW + 2 * PADDING + (NAME if self.named_above else 0)
        row = SWARM_ROW if self.swarm else ROW
        return (max(self.rows) + 1) * row + 2 * PADDING + (NAME if self.named_above else 0)

    def y(self, index: int) -> float:
        """Pixels from the top of the chart to the mark."""
        start = self.top + PADDING + (NAME if self.named_above else 0)
        if not self.swarm:
            return start + (self.rows[index] + 0.5) * ROW
        # An even number of rows has one row more below the middle than above it.
        middle = max(self.rows) // 2
        return start + (middle + from_the_middle(self.rows[index]) + 0.5) * SWARM_ROW


def lanes(
    marks: pl.DataFrame, scale: Scale, wide: bool, crowds: Mapping[str, int] | None = None
) -> list[Lane]:
    """The ladder of stages with every mark placed; stages without a mark are kept, and short.

    `crowds` are the stages whose figures are drawn as a crowd, with their numbers.
    """
    by_status: dict[str, list[dict[str, Any]]] = {code: [] for code in LADDER}
    for mark in marks.sort("amount_min").iter_rows(named=True):
        by_status.setdefault(mark["status"], []).append(mark)
    # Who gives to whom is said at each mark only where it differs; the headline says it else.
    flows = len({labels.flow(mark) for members in by_status.values() for mark in members}) > 1
    placed: list[Lane] = []
    top = 0.0
    for code, members in by_status.items():
        lane = Lane(code, members, top, named_above=not wide and bool(members))
        lane.crowd = (crowds or {}).get(code, 0)
        _place(lane, scale, wide, flows and wide)
        placed.append(lane)
        top += lane.height
    return placed


def _place(lane: Lane, scale: Scale, wide: bool, flows: bool) -> None:
    """Gives each mark of the lane its label and row: a swarm when labels for all need too much."""
    lane.swarm = len(lane.marks) > (MOST_LABELLED if wide else MOST_LABELLED_NARROW)
    boxes = _label(lane, scale, flows)
    if not lane.swarm and max(pack(boxes, gap=10), default=0) >= MOST_LABELLED_ROWS:
        lane.swarm = True
        boxes = _label(lane, scale, flows)
    lane.rows = pack(boxes, MOST_SWARM_ROWS if lane.swarm else None, gap=1 if lane.swarm else 10)


def _label(lane: Lane, scale: Scale, flows: bool) -> list[tuple[float, float]]:
    """Sets texts and sides, and gives what each mark takes from left to right, in pixels."""
    lane.texts, lane.sides, boxes = [], [], []
    for index, mark in enumerate(lane.marks):
        text = labels.amount_with_hold(mark)
        who = labels.flow(mark) if flows and not lane.swarm else ""
        size = len(text)
        if lane.swarm and index != len(lane.marks) - 1:
            text, size = "", 0
        elif who:
            size += len(who) + 2
            text = f"<b>{escape(text)}</b>  {escape(who)}"
        else:
            text = f"<b>{escape(text)}</b>"
        text = f"\u2002{text}\u2002" if text else ""
        x, reach = scale.pixels(middle(mark)), size * CHARACTER + 16 if size else 0
        side = "right" if x + reach + 8 <= scale.width or reach > x else "left"
        lane.texts.append(text)
        lane.sides.append(side)
        left = min(x - 7 - (reach if side == "left" else 0), scale.pixels(mark["low"]))
        right = max(x + 7 + (reach if side == "right" else 0), scale.pixels(mark["high"]))
        boxes.append((left, right))
    return boxes


def middle(mark: Mapping[str, Any]) -> float:
    """Where a mark stands: the amount, or the middle of a range."""
    return float(mark["amount_min"] + mark["amount_max"]) / 2
