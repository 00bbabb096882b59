"""Reference rates of the European Central Bank, as the package currencyconverter carries them."""

from __future__ import annotations

import datetime as dt
from functools import cache, lru_cache
from typing import NamedTuple

from currency_converter import CurrencyConverter, RateNotFoundError

SOURCE = "European Central Bank reference rate"
MAX_AGE_DAYS = 7
"""How old a rate may be on the day that it is used for: no holiday closes the ECB for longer."""


class Rate(NamedTuple):
    """What one unit of `currency` was worth in `to` on `date`, a day of the ECB's own."""

    currency: str
    to: str
    value: float
    date: dt.date

    def words(self) -> str:
        """ "1 EUR = 1.0844 USD, European Central Bank reference rate of 2024-03-20"."""
        return f"1 {self.currency} = {self.value:.6g} {self.to}, {SOURCE} of {self.date}"


class Converted(NamedTuple):
    """An amount in another currency with the rate behind it, or the reason why there is none.

    Never shown without saying that it is converted: no document states it.
    """

    amount: float | None
    currency: str
    rate: Rate | None
    reason: str | None


def convert(amount: float, currency: str, to: str, day: dt.date | None) -> Converted:
    """`amount` (units of `currency`) in `to` at the rate of `day`, the document's or a chosen date.

    Nothing is guessed: without a date, or a rate of that day or the week before, `amount` is None
    and `reason` one line that says why. The same currency needs neither.
    """
    if currency == to:
        return Converted(amount, to, None, None)
    if day is None:
        return Converted(None, to, None, "the document has no date, and no date was chosen")
    try:
        rate = rate_on(currency, to, day)
    except LookupError as error:
        return Converted(None, to, None, str(error.args[0]))
    return Converted(amount * rate.value, to, rate, None)


@lru_cache(maxsize=100_000)
def rate_on(currency: str, to: str, day: dt.date) -> Rate:
    """The rate of `day`, or of the last day before that has one, up to `MAX_AGE_DAYS` before.

    Raises LookupError, one line, where there is none.
    """
    book = _book()
    for code in (currency, to):
        if code not in book.currencies:
            raise LookupError(f"there is no {SOURCE} for {code}")
    for age in range(MAX_AGE_DAYS + 1):
        date = day - dt.timedelta(days=age)
        try:
            return Rate(currency, to, float(book.convert(1.0, currency, to, date)), date)
        except RateNotFoundError:
            continue
    limits = [book.bounds[code] for code in (currency, to) if code != "EUR"]
    first, last = max(b.first_date for b in limits), min(b.last_date for b in limits)
    raise LookupError(
        f"there is no {SOURCE} from {currency} to {to} for {day} "
        f"(the rates known run from {first} to {last})"
    )


@cache
def newest_rate(currency: str, to: str) -> Rate | None:
    """The newest rate that is known, however old; None where there is none.

    To put amounts in an order, never to show them: a day that nobody chose says nothing.
    """
    book = _book()
    if {currency, to} - set(book.currencies):
        return None
    last = [book.bounds[code].last_date for code in (currency, to) if code != "EUR"]
    return rate_on(currency, to, min(last)) if last else Rate(currency, to, 1.0, dt.date.min)


def currencies() -> list[str]:
    """The currencies that there are rates for, sorted."""
    return sorted(_book().currencies)


@cache
def _book() -> CurrencyConverter:
    return CurrencyConverter()
