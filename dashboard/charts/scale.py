"""A money axis: where an amount stands in pixels, and round ticks to read it by."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

LOG_FROM_RATIO = 30
"""Largest over smallest amount from which a linear axis would press the small ones together."""


class Scale(NamedTuple):
    """Maps amounts between `low` and `high` to 0..`width` pixels."""

    low: float
    high: float
    width: float
    log: bool

    def pixels(self, amount: float) -> float:
        """The place of `amount`, in pixels from the left; amounts outside are put on the edge."""
        inside = min(max(amount, self.low), self.high)
        if self.log:
            share = math.log(inside / self.low) / math.log(self.high / self.low)
        else:
            share = (inside - self.low) / (self.high - self.low)
        return share * self.width

    def range(self) -> tuple[float, float]:
        """The axis range as Plotly wants it: exponents of ten on a log axis."""
        if self.log:
            return math.log10(self.low), math.log10(self.high)
        return self.low, self.high

    def ticks(self) -> list[float]:
        """Round amounts inside the range, few enough for their labels."""
        most = min(7, max(3, int(self.width // 75)))
        return _decades(self, most) if self.log else _round_steps(self.high, most)


def money_scale(
    lows: Iterable[float], highs: Iterable[float], width: float, room: float = 0
) -> Scale:
    """A scale that holds all intervals: linear from zero, logarithmic when they differ widely.

    The largest amount stands `room` pixels from the right end, so that a label fits behind it.
    """
    share = min(room / width, 0.5) if width > 0 else 0.0
    positive = [low for low in lows if low > 0]
    top = max((h for h in highs if h > 0), default=1.0)
    bottom = min(positive, default=top)
    if top / bottom >= LOG_FROM_RATIO:
        bottom /= 1.4
        return Scale(bottom, bottom * (top / bottom) ** (1 / (1 - share)), width, log=True)
    return Scale(0.0, top / (1 - share), width, log=False)


def _decades(scale: Scale, most: int) -> list[float]:
    first, last = math.ceil(math.log10(scale.low)), math.floor(math.log10(scale.high))
    step = max(1, math.ceil((last - first + 1) / most))
    return [10.0**power for power in range(first, last + 1, step)]


def _round_steps(high: float, most: int) -> list[float]:
    rough = high / most
    unit = 10 ** math.floor(math.log10(rough))
    step = next(unit * m for m in (1, 2, 2.5, 5, 10) if unit * m >= rough)
    return [step * i for i in range(int(high / step) + 1)]
