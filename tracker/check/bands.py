"""Where known figures stand against an amount that is asked about: each in one band."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any, NamedTuple

import polars as pl

from tracker.check.question import Asked
from tracker.figures import Book
from tracker.money import Rate, convert, rate_on

Row = dict[str, Any]

BANDS = {
    "same": "Same amount, same meaning",
    "other_stage": "Same amount, other stage",
    "running": "Same amount, but a running total against a single sum",
    "other_meaning": "Same amount, for something else",
    "other_parties": "Same amount, other parties",
    "close": "A close amount",
    "converted": "Same amount after conversion",
    "same_flow": "Other amounts stated for the same flow",
}
"""The bands in the order that they are shown in. A figure stands in the first that fits."""
CLOSE = 0.05
"""Amounts at most this far apart are close."""
COARSE = 0.10
"""Amounts equal at the coarser one's digits are close too, if no further apart than this."""
SHOWN = 5
"""The most figures that a band shows; the rest is counted."""
SHOWN_OF_FLOW = 12
"""The same for other amounts of the same flow: a debate has more numbers than one has doubles."""


class Found(NamedTuple):
    """A figure in a band, and the rate that it was converted at, if it was."""

    band: str
    figure: Row
    rate: Rate | None = None
    unconverted: str | None = None
    """Why a figure of another currency is not converted."""


class Comparison(NamedTuple):
    """The figures shown in each band, the nearest first, and how many more each band holds."""

    found: list[Found]
    more: dict[str, int]


class Comparer:
    """Compares amounts with the figures of a book, which it prepares once."""

    def __init__(self, book: Book):
        self.book = book
        self._figures = book.figures
        self._rates: dict[str, pl.DataFrame] = {}

    def compare(self, asked: Asked, at: dt.date | None = None) -> Comparison:
        """Where the figures stand. `at` is the day of the rates, else each figure's first day."""
        figures = self._figures
        if asked.currency is not None:
            figures = figures.filter(pl.col("currency") == asked.currency)
        overlaps = (pl.col("low") < asked.high) & (pl.col("high") > asked.low)
        parties = _agree(asked, "donor") & _agree(asked, "recipient")
        meaning = _agree(asked, "aid_type")
        if asked.says_meaning:
            meaning &= pl.col("per").eq_missing(pl.lit(asked.per, pl.String))
        running = pl.col("cumulative") == (
            asked.cumulative if asked.status else pl.col("cumulative")
        )
        middle = (asked.amount_min + asked.amount_max) / 2
        names_all, names_one = _names(asked)
        reach = overlaps | (parties & ((_away(middle) <= COARSE) | names_one))
        rows = figures.filter(reach)
        near = pl.Series([is_close(middle, amount) for amount in rows["amount"]], dtype=pl.Boolean)
        band = (
            pl.when(overlaps & ~parties).then(pl.lit("other_parties"))
            .when(overlaps & ~_same_stage(asked)).then(pl.lit("other_stage"))
            .when(overlaps & ~meaning).then(pl.lit("other_meaning"))
            .when(overlaps & ~running).then(pl.lit("running"))
            .when(overlaps).then(pl.lit("same"))
            .when(parties & meaning & pl.lit(near)).then(pl.lit("close"))
            .when(names_all).then(pl.lit("same_flow"))
            .when(names_one).then(pl.lit("one_party"))
        )  # fmt: skip
        rows = rows.with_columns(band=band).filter(pl.col("band").is_not_null())
        if "same_flow" not in rows["band"]:
            # Better a figure that leaves a party open than none; it says that it does.
            rows = rows.with_columns(pl.col("band").replace("one_party", "same_flow"))
        found, more = _first_of_bands(self._sorted(rows, asked, middle))
        converted = self._converted(asked, at, parties & _same_stage(asked) & meaning)
        if len(converted) > SHOWN:
            more["converted"] = len(converted) - SHOWN
        found += converted[:SHOWN]
        elsewhere = self._elsewhere(asked, at, names_all, converted)
        room = SHOWN_OF_FLOW - sum(item.band == "same_flow" for item in found)
        if len(elsewhere) > room:
            more["same_flow"] = more.get("same_flow", 0) + len(elsewhere) - room
        found += elsewhere[:room]
        order = list(BANDS)
        return Comparison(sorted(found, key=lambda item: order.index(item.band)), more)

    def _sorted(self, rows: pl.DataFrame, asked: Asked, middle: float) -> pl.DataFrame:
        """What says more of the same first: the stage, both parties, the amount, the latest."""
        silent = pl.col("donor").is_null().cast(pl.Int8) + pl.col("recipient").is_null()
        return rows.sort(
            _other_stage(asked), silent, _away(middle), pl.col("last_published"), "figure_id",
            descending=[False, False, False, True, False], nulls_last=True,
        )  # fmt: skip

    def _converted(self, asked: Asked, at: dt.date | None, fits: pl.Expr) -> list[Found]:
        """Figures of other currencies that are the same amount at the rate of their day."""
        if asked.currency is None:
            return []
        currency = asked.currency
        others = self._figures.filter(pl.col("currency") != currency)
        if currency not in self._rates:
            days = others.select("currency", day="first_published").drop_nulls().unique()
            self._rates[currency] = days.with_columns(
                rate=pl.Series(
                    [_value(code, day, currency) for code, day in days.iter_rows()],
                    dtype=pl.Float64,
                )
            )
        if at is None:
            rates = self._rates[currency].rename({"day": "first_published"})
            others = others.join(rates, on=["currency", "first_published"])
        else:
            values = {c: _value(c, at, currency) for c in others["currency"].unique()}
            others = others.with_columns(
                rate=pl.col("currency")
                .cast(pl.String)
                .replace_strict(values, return_dtype=pl.Float64)
            )
        same = others.filter(
            fits,
            pl.col("low") * pl.col("rate") < asked.high,
            pl.col("high") * pl.col("rate") > asked.low,
        )
        middle = (asked.amount_min + asked.amount_max) / 2
        same = same.sort((pl.col("amount") * pl.col("rate") - middle).abs(), "figure_id")
        return [
            Found(
                "converted", row, rate_on(row["currency"], currency, at or row["first_published"])
            )
            for row in same.drop("rate").to_dicts()
        ]

    def _elsewhere(
        self, asked: Asked, at: dt.date | None, same_flow: pl.Expr, converted: list[Found]
    ) -> list[Found]:
        """Figures of the flow in other currencies that no rate makes the same amount."""
        if asked.currency is None:
            return []
        shown = [item.figure["figure_id"] for item in converted]
        others = self._figures.filter(
            same_flow, pl.col("currency") != asked.currency, ~pl.col("figure_id").is_in(shown)
        ).sort(_other_stage(asked), "last_published", "figure_id",
               descending=[False, True, False], nulls_last=True)  # fmt: skip
        found = []
        for row in others.to_dicts():
            day = at or row["first_published"]
            one = convert(row["amount"], row["currency"], asked.currency, day)
            found.append(Found("same_flow", row, one.rate, one.reason))
        return found


def _first_of_bands(rows: pl.DataFrame) -> tuple[list[Found], dict[str, int]]:
    """The first figures of each band, and how many more there are."""
    found: list[Found] = []
    more: dict[str, int] = {}
    for (name,), inside in rows.partition_by("band", as_dict=True, maintain_order=True).items():
        if name in BANDS:
            most = SHOWN_OF_FLOW if name == "same_flow" else SHOWN
            found += [Found(name, row) for row in inside.head(most).drop("band").to_dicts()]
            if inside.height > most:
                more[name] = inside.height - most
    return found, more


def is_close(one: float, other: float) -> bool:
    """Whether two amounts are within 5 %, or equal when rounded to the coarser one's digits."""
    away = abs(one - other) / max(one, other) if max(one, other) else 0.0
    if away <= CLOSE:
        return True
    digits = min(_digits(one), _digits(other))
    return away <= COARSE and _rounded(one, digits) == _rounded(other, digits)


def _digits(amount: float) -> int:
    return len(f"{amount:.14e}".partition("e")[0].rstrip("0").replace(".", ""))


def _rounded(amount: float, digits: int) -> float:
    return round(amount, digits - 1 - math.floor(math.log10(amount))) if amount else 0.0


def _away(middle: float) -> pl.Expr:
    larger = pl.max_horizontal(pl.col("amount"), pl.lit(middle))
    away: pl.Expr = ((pl.col("amount") - middle).abs() / larger).fill_nan(0.0)
    return away


def _agree(asked: Asked, tag: str) -> pl.Expr:
    """Whether a tag of the figure does not contradict what is asked."""
    value = getattr(asked, tag)
    if value is None:
        return pl.lit(True)
    return pl.col(tag).is_null() | pl.col(tag).eq(pl.lit(value))


def _names(asked: Asked) -> tuple[pl.Expr, pl.Expr]:
    """Whether a figure names all, or any, of the parties that are asked about."""
    named = [
        (pl.col(party) == value).fill_null(False)
        for party in ("donor", "recipient")
        if (value := getattr(asked, party)) is not None
    ]
    if not named:
        return pl.lit(False), pl.lit(False)
    return pl.all_horizontal(named), pl.any_horizontal(named)


def _same_stage(asked: Asked) -> pl.Expr:
    """Whether the figure is at the stage that is asked about, and as free or held as that.

    Where no stage is asked about, every stage is meant.
    """
    if asked.status is None and asked.hold is None:
        return pl.lit(True)
    hold = pl.col("hold").eq_missing(pl.lit(asked.hold, pl.String))
    if asked.status is None:
        return hold
    return pl.col("status").is_in([asked.status, "unspecified"]) & hold


def _other_stage(asked: Asked) -> pl.Expr:
    """The same as a key to sort by, whatever is held."""
    return (pl.col("status") != (asked.status or pl.col("status"))).alias("_stage")


def _value(currency: str, day: dt.date, to: str) -> float | None:
    try:
        return rate_on(currency, to, day).value
    except LookupError:
        return None
