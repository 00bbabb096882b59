"""Values as a reader sees them: money, currencies, parties, dates and codes in words.

Everything here takes one stored value and returns plain text; what is missing is said in words.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

from babel.numbers import get_currency_name, get_currency_symbol

from tracker.schema import AID_TYPE, HOLD, PER, QUALIFIER, STATUS
from tracker.store.filters import NONE
from tracker.store.frame import party_name

NOT_SAID = "Not said"
"""For a tag that the text leaves open."""
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
    sign = get_currency_symbol(currency, locale="en")
    return f"{sign}{_SPACE}{number}" if sign[-1].isalpha() else f"{sign}{number}"


def currency_name(code: str) -> str:
    """The currency's name as a sentence has it: "US dollars"; the code if unknown."""
    return get_currency_name(code, count=2, locale="en")


def party(code: str | None) -> str:
    """The name of a country's code; other parties carry their name already."""
    if code is None:
        return NOT_SAID
    return party_name(code)


def status(code: str, hold: str | None = None) -> str:
    """The stage in words, and whether the money is held: "Requested, blocked"."""
    return f"{STATUS[code]}, {HOLD[hold].lower()}" if hold else STATUS[code]


def amount_with_hold(mark: Mapping[str, Any]) -> str:
    """What stands at a mark: "$61.4 bn, blocked"."""
    words = stated_amount(mark)
    return f"{words}, {mark['hold']}" if mark["hold"] else words


def flow(mark: Mapping[str, Any]) -> str:
    """Who gives to whom, as far as said: "United States to Ukraine", "to Ukraine", ""."""
    giver = party(mark["donor"]) if mark["donor"] else ""
    receiver = f"to {party(mark['recipient'])}" if mark["recipient"] else ""
    return f"{giver} {receiver}".strip()


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


_CODES: Mapping[str, Mapping[str, str]] = {
    "status": STATUS,
    "hold": HOLD,
    "qualifier": QUALIFIER,
    "per": PER,
    "aid_type": AID_TYPE,
}


def value(tag: str, code: Any) -> str:
    """Any tag's value in words; "Not said" for none."""
    if code is None or code == NONE:
        return NOT_SAID
    if tag in ("donor", "recipient"):
        return party(code)
    if tag == "currency":
        name = get_currency_name(code, locale="en")
        return name if name == code else f"{name[:1].upper()}{name[1:]}"
    if isinstance(code, bool):
        return "Yes" if code else "No"
    if isinstance(code, dt.date):
        return day(code)
    return _CODES.get(tag, {}).get(code, str(code))


def count(number: int, noun: str) -> str:
    """A number with its noun, in the plural where due: "3 mentions"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
