"""Values as print has them: "$61.4 bn", "almost $45 bn so far", "7 December 2023"."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from functools import cache
from typing import Any

from babel.numbers import get_currency_symbol

from tracker.schema import PER, QUALIFIER, STATUS

NOT_KNOWN = "not known"
"""For a fact about the source that nobody gave."""

_SPACE = "\u00a0"
"""Between number and word, so that no line ends inside an amount."""
_SCALES = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))


def money(amount: float, currency: str) -> str:
    """An amount in currency units as print has it: 61.4e9 "USD" is "$61.4 bn" (no-break space)."""
    return _with_sign(_scaled(amount), currency)


def money_range(low: float, high: float, currency: str) -> str:
    """Both bounds of a range, or one amount when they are equal: "$5 bn to $7 bn"."""
    if low == high:
        return money(low, currency)
    return f"{money(low, currency)} to {money(high, currency)}"


def stated_amount(mention: Mapping[str, Any]) -> str:
    """The amount with its hedge, period and "so far": "almost $45 bn so far"."""
    words = money_range(mention["amount_min"], mention["amount_max"], mention["currency"])
    if mention["qualifier"] != "exact":
        words = f"{QUALIFIER[mention['qualifier']]} {words}"
    if mention.get("per"):
        words = f"{words} {PER[mention['per']]}"
    return f"{words} so far" if mention["cumulative"] else words


def stage(row: Mapping[str, Any]) -> str:
    """The stage in words, and whether the money is held: "requested, blocked"."""
    held = f", {row['hold']}" if row["hold"] else ""
    return f"{STATUS[row['status']].lower()}{held}"


def full_number(amount: float) -> str:
    """Every digit, in groups of three: "61,400,000,000"."""
    return f"{amount:,.0f}" if amount == math.floor(amount) else f"{amount:,.2f}"


def _scaled(amount: float) -> str:
    for scale, word in _SCALES:
        if abs(amount) >= scale:
            return f"{_digits(amount / scale)}{_SPACE}{word}"
    return full_number(amount)


def _digits(number: float) -> str:
    """Four significant digits, more only before the point."""
    return f"{number:.4g}" if number < 1e4 else f"{number:,.0f}"


def _with_sign(number: str, currency: str) -> str:
    sign = _sign(currency)
    return f"{sign}{_SPACE}{number}" if sign[-1].isalpha() else f"{sign}{number}"


@cache
def _sign(currency: str) -> str:
    return get_currency_symbol(currency, locale="en")


def day(value: dt.date | None, precision: str | None = "day", *, short: bool = False) -> str:
    """A date as precise as it is known: "7 December 2023", "December 2023", "2023"; or "not known".

    `short` cuts the month to three letters.
    """
    if value is None:
        return NOT_KNOWN
    if precision == "year":
        return f"{value.year}"
    month = f"{value:%b %Y}" if short else f"{value:%B %Y}"
    return month if precision == "month" else f"{value.day} {month}"
