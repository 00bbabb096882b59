"""Amounts in another currency: with the rate and its date, or with the reason why there is none."""

from tracker.money.rates import Converted, Rate, convert, currencies, newest_rate, rate_on

__all__ = ["Converted", "Rate", "convert", "currencies", "newest_rate", "rate_on"]
