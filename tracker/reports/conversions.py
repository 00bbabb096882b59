"""Amounts of rows in dollars and euros, with the rate and its date, or with the reason why not."""

from __future__ import annotations

import polars as pl

from tracker.money import convert

TARGETS = ("USD", "EUR")
"""Currencies that every report converts to."""
_SCHEMA = {
    "currency": pl.String, "day": pl.Date,
    **{
        f"{to.lower()}_{name}": type_
        for to in TARGETS
        for name, type_ in (("rate", pl.Float64), ("rate_date", pl.Date))
    },
    "not_converted": pl.String,
}  # fmt: skip


def rates_of(rows: pl.DataFrame, day: str) -> pl.DataFrame:
    """The rates that `rows` need: one row for each pair of a currency and a date in column `day`.

    Columns currency, day, and `usd_rate`, `usd_rate_date`, `eur_rate`, `eur_rate_date`,
    `not_converted` (why a rate is missing). The rate of a currency to itself is 1, of no day.
    """
    table = []
    for currency, date in rows.select("currency", day).unique(maintain_order=True).iter_rows():
        found = [convert(1.0, currency, to, date) for to in TARGETS]
        reasons = dict.fromkeys(one.reason for one in found if one.reason)
        table.append((
            currency, date,
            *(value for one in found
              for value in (one.amount, one.rate.date if one.rate else None)),
            "; ".join(reasons) or None,
        ))  # fmt: skip
    return pl.DataFrame(table, _SCHEMA, orient="row")


def converted(rows: pl.DataFrame, day: str, rates: pl.DataFrame) -> pl.DataFrame:
    """The rows with `rates` and the amounts that they give: `usd_min`, `usd_max`, and in euros."""
    joined = rows.join(
        rates.rename({"day": day}), on=["currency", day], how="left", nulls_equal=True,
        maintain_order="left",
    )  # fmt: skip
    return joined.with_columns(
        (pl.col(f"amount_{bound}") * pl.col(f"{to.lower()}_rate")).alias(f"{to.lower()}_{bound}")
        for to in TARGETS
        for bound in ("min", "max")
    )
