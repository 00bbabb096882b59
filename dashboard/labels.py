"""Values as a reader sees them: money, currencies, parties, dates and codes in words.

Everything here takes one stored value and returns plain text; what is missing is said in words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from babel import Locale
from babel.numbers import get_currency_name

from tracker.reports.wording import NOT_KNOWN, day, full_number, money, money_range, stated_amount
from tracker.schema import AID_TYPE, HOLD, PER, QUALIFIER, STATUS
from tracker.store.filters import NONE
from tracker.store.frame import party_name

__all__ = [
    "NOT_KNOWN",
    "NOT_SAID",
    "amount_with_hold",
    "count",
    "currency_name",
    "day",
    "flow",
    "full_number",
    "language",
    "money",
    "money_range",
    "party",
    "stated_amount",
    "status",
    "value",
]

NOT_SAID = "Not said"
"""For a tag that the text leaves open."""


def currency_name(code: str) -> str:
    """The currency's name as a sentence has it: "US dollars"; the code if unknown."""
    return get_currency_name(code, count=2, locale="en")


def language(code: str) -> str:
    """The English name of an ISO 639-1 code; the code for one that is not known."""
    return str(Locale("en").languages.get(code, code))


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
