"""The ladder and the timeline as inline SVG: plain shapes and texts that print in grey.

Pure: marks in, markup out. Nothing is stacked: each figure has a line of its own, drawn from the
least to the most that it allows. Signs differ by shape, never by colour alone.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

WIDTH = 680
_NAMES = 118
"""Room for the names of stages."""
_ROW = 18
_GAP = 8
_CHARACTER = 6.3
"""Width of a character of a label, about, at 12 px."""
_TOP = 24
_LOG_FROM = 2000.0
"""How many times the largest amount is the smallest when the scale becomes logarithmic."""


class Mark(NamedTuple):
    """One figure in a chart, in currency units, and what stands beside it."""

    low: float
    amount_min: float
    amount_max: float
    high: float
    label: str
    numbers: str
    """Its sources: "1, 4"."""
    link: str
    """Where the first of them stands on the page."""
    sign: str
    """`stated`, `running` (a running total), `blocked` or `cancelled`."""
    first: dt.date | None = None
    last: dt.date | None = None


class Rung(NamedTuple):
    """A stage with its figures."""

    name: str
    marks: Sequence[Mark]


def ladder(rungs: Sequence[Rung], title: str, ticks: Sequence[tuple[float, str]]) -> str:
    """The stages one below the other on one scale of money; `ticks` are amounts with their words.

    The scale is linear from 0, or logarithmic where the amounts lie far apart.
    """
    marks = [mark for rung in rungs for mark in rung.marks]
    scale = _Scale(marks)
    height = _TOP + sum(max(1, len(rung.marks)) * _ROW + _GAP for rung in rungs)
    shapes = [_tick(scale.x(value), words, height) for value, words in scale.kept(ticks)]
    y = float(_TOP)
    for rung in rungs:
        shapes.append(_line(0, y, WIDTH, y, "rule"))
        shapes.append(_text(0, y + 18, rung.name, "stage"))
        if not rung.marks:
            shapes.append(_text(_NAMES, y + 18, "none stated", "note"))
        for place, mark in enumerate(rung.marks):
            middle = y + _GAP / 2 + _ROW * (place + 0.5)
            shapes += _amount(scale, mark, middle)
        y += max(1, len(rung.marks)) * _ROW + _GAP
    return _svg(title, height, shapes)


def timeline(marks: Sequence[Mark], title: str) -> str:
    """Dated figures one below the other, each from its first to its last publication."""
    days = [day for mark in marks for day in (mark.first, mark.last) if day]
    first, last = min(days), max(days)
    longest = max(len(mark.label) + len(mark.numbers) + 4 for mark in marks)
    room = (WIDTH - _NAMES) - min(longest * _CHARACTER + 24, 0.6 * (WIDTH - _NAMES))
    span = max((last - first).days, 1)

    def x(day: dt.date) -> float:
        return _NAMES + 8 + (day - first).days / span * room

    height = _TOP + len(marks) * _ROW + _GAP
    shapes = [_tick(x(day), words, height) for day, words in _date_ticks(first, last)]
    shapes.append(_line(0, _TOP, WIDTH, _TOP, "rule"))
    for place, mark in enumerate(marks):
        y = _TOP + _GAP / 2 + _ROW * (place + 0.5)
        start, end = mark.first or first, mark.last or last
        shapes.append(_text(0, y + 4, f"{start.day} {start:%b %Y}", "date"))
        shapes.append(_line(x(start), y, x(end), y, "span"))
        shapes.append(_sign(x(start), y, mark.sign))
        shapes.append(_label(max(x(end), x(start)) + 10, y, mark))
    return _svg(title, height, shapes)


class _Scale:
    def __init__(self, marks: Sequence[Mark]):
        values = [value for mark in marks for value in (mark.low, mark.high) if value > 0]
        self.top = max(values, default=1.0)
        bottom = min(values, default=1.0)
        self.log = self.top / bottom > _LOG_FROM
        self.bottom = 10 ** math.floor(math.log10(bottom)) if self.log else 0.0
        longest = max((len(mark.label) + len(mark.numbers) + 4 for mark in marks), default=0)
        # Room for the label of the largest amount, unless that is too much.
        self.room = (WIDTH - _NAMES) - min(longest * _CHARACTER + 16, 0.5 * (WIDTH - _NAMES))

    def x(self, value: float) -> float:
        if self.log:
            value = max(value, self.bottom)
            share = math.log(value / self.bottom) / math.log(self.top / self.bottom)
        else:
            share = value / self.top
        return _NAMES + share * self.room

    def kept(self, ticks: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
        """The ticks that the scale has room for."""
        kept: list[tuple[float, str]] = []
        for value, words in ticks:
            inside = self.bottom <= value <= self.top * 1.001
            if inside and (not kept or self.x(value) - self.x(kept[-1][0]) > 58):
                kept.append((value, words))
        return kept


def is_logarithmic(marks: Sequence[Mark]) -> bool:
    """Whether the ladder of these marks has a logarithmic scale."""
    return _Scale(marks).log


def money_ticks(marks: Sequence[Mark]) -> list[float]:
    """Round amounts for the scale of these marks: steps of a linear one, powers of ten."""
    scale = _Scale(marks)
    if scale.log:
        powers = range(round(math.log10(scale.bottom)), math.floor(math.log10(scale.top)) + 1)
        return [10.0**power for power in powers]
    rough = scale.top / 4
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * times for times in (1, 2, 5, 10) if unit * times >= rough)
    return [step * place for place in range(int(scale.top // step) + 1)]


def _date_ticks(first: dt.date, last: dt.date) -> list[tuple[dt.date, str]]:
    """Years, or months where they are few, that begin between two days."""
    months = (last.year - first.year) * 12 + last.month - first.month
    every = next(step for step in (1, 3, 6, 12, 24, 60, 120, 1200) if months <= step * 5)
    found = []
    for number in range(months + 1):
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        day = dt.date(year, month + 1, 1)
        if day >= first and (year * 12 + month) % every == 0:
            found.append((day, f"{day:%Y}" if every >= 12 else f"{day:%b %Y}"))
    return found


def _amount(scale: _Scale, mark: Mark, y: float) -> list[str]:
    left, right = scale.x(mark.low), scale.x(mark.high)
    right = max(right, left + 2)
    middle = scale.x((mark.amount_min + mark.amount_max) / 2)
    place = f'x="{left:.1f}" y="{y - 5:.1f}" width="{right - left:.1f}" height="10"'
    bar = f'<rect class="band" {place}/>'
    ends = [_line(x, y - 5, x, y + 5, "end") for x in (left, right)]
    return [bar, *ends, _sign(middle, y, mark.sign), _label(right + 8, y, mark)]


def _sign(x: float, y: float, sign: str) -> str:
    match sign:
        case "running":
            return f'<circle class="open" cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
        case "blocked":
            corners = ((x, y - 5.5), (x + 5.5, y), (x, y + 5.5), (x - 5.5, y))
            points = " ".join(f"{across:.1f},{down:.1f}" for across, down in corners)
            return f'<polygon class="full" points="{points}"/>'
        case "cancelled":
            return _line(x - 4, y - 4, x + 4, y + 4, "cross") + _line(
                x - 4, y + 4, x + 4, y - 4, "cross"
            )
    return f'<circle class="full" cx="{x:.1f}" cy="{y:.1f}" r="4"/>'


def _label(x: float, y: float, mark: Mark) -> str:
    return (
        f'<text x="{x:.1f}" y="{y + 4:.1f}">{escape(mark.label)}'
        f'<a href="#{escape(mark.link)}"><tspan class="ref" dx="4">[{escape(mark.numbers)}]</tspan>'
        "</a></text>"
    )


def _tick(x: float, words: str, height: float) -> str:
    return _line(x, _TOP - 6, x, height, "grid") + _text(x, _TOP - 10, words, "tick", "middle")


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(x: float, y: float, words: str, kind: str, anchor: str = "start") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text class="{kind}" {place}>{escape(words)}</text>'


def _svg(title: str, height: float, shapes: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(title)}">'
        f"{''.join(shapes)}</svg>"
    )
