"""What the charts draw: the figures that a view leaves, in one currency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from tracker.money import convert
from tracker.schema import STATUS
from tracker.store.frame import held_once

STAGES = tuple(code for code in STATUS if code != "other")
MONEY = ("amount", "amount_min", "amount_max", "low", "high")
"""The columns that a conversion changes."""


@dataclass(frozen=True)
class Selection:
    """Figures of one currency, as stated or converted."""

    figures: pl.DataFrame
    """Columns of `Figure`, with `rate` (1 as stated), the biggest amount first."""
    currency: str
    """The currency of the figures; "" where there are none."""
    counts: Sequence[tuple[str, int]]
    """All currencies that figures are stated in, the commonest first, with their numbers."""
    converted: bool
    rates: tuple[dt.date, dt.date] | None = None
    """The first and the last day of the exchange rates used."""
    left_out: int = 0
    """Figures that cannot be converted: no date, or no rate."""

    def at_stage(self, asked: str) -> tuple[str, pl.DataFrame]:
        """One stage and its figures: the one asked for, else the one that most figures have."""
        numbers = dict(self.figures.group_by("status").len().iter_rows())
        best = max(STAGES, key=lambda code: (numbers.get(code, 0), -STAGES.index(code)))
        said = [code for code in numbers if code != "unspecified"]
        if best == "unspecified" and said:
            best = max(said, key=lambda code: (numbers[code], -STAGES.index(code)))
        stage = asked if asked in STAGES else best
        return stage, self.figures.filter(pl.col("status") == stage)


def select(figures: pl.DataFrame, currencies: Sequence[str], to: str | None) -> Selection:
    """Of `figures` those of the commonest currency, one of `currencies` if any, or all in `to`.

    Converted at the rate of the day that a figure was first published.
    """
    counts = figures.group_by("currency").len().sort("len", "currency", descending=[True, False])
    pairs = list(counts.iter_rows())
    if to:
        return _converted(figures, pairs, to)
    among = [code for code, _ in pairs if not currencies or code in currencies]
    shown = among[0] if among else ""
    kept = figures.filter(pl.col("currency") == shown).with_columns(rate=pl.lit(1.0))
    return Selection(_in_order(kept), shown, pairs, converted=False)


def _in_order(figures: pl.DataFrame) -> pl.DataFrame:
    """The biggest amount first, texts that repeat held once: all charts of a page draw from it."""
    once = held_once(figures, "figure_id")
    return once.sort("amount", "figure_id", descending=[True, False])


def _converted(figures: pl.DataFrame, counts: Sequence[tuple[str, int]], to: str) -> Selection:
    rows = []
    days: list[dt.date] = []
    for currency, day in figures.select("currency", "first_published").unique().iter_rows():
        one = convert(1.0, currency, to, day)
        rows.append((currency, day, one.amount))
        days += [one.rate.date] if one.rate else []
    schema = {"currency": pl.String, "first_published": pl.Date, "rate": pl.Float64}
    rates = pl.DataFrame(rows, schema, orient="row").cast({"currency": figures.schema["currency"]})
    joined = figures.join(
        rates, on=["currency", "first_published"], how="left", nulls_equal=True,
        maintain_order="left",
    )  # fmt: skip
    kept = joined.drop_nulls("rate").with_columns(pl.col(*MONEY) * pl.col("rate"))
    kept = kept.with_columns(stated_in="currency", currency=pl.lit(to))
    span = (min(days), max(days)) if days else None
    return Selection(
        _in_order(kept), to if kept.height else "", counts, True, span, joined.height - kept.height
    )


def in_stages(figures: pl.DataFrame) -> pl.DataFrame:
    """Figures in the order of stages, the biggest amount first."""
    rank = (
        pl.col("status")
        .cast(pl.String)
        .replace_strict({code: place for place, code in enumerate(STATUS)}, return_dtype=pl.Int64)
    )
    return figures.sort(rank, "amount", "figure_id", descending=[False, True, False])
