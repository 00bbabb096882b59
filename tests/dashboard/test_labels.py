"""What readers see of values."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard import labels


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        (61.4e9, "USD", "$61.4 bn"),
        (45e9, "EUR", "€45 bn"),
        (1.25e12, "GBP", "£1.25 tn"),
        (500_000, "USD", "$500,000"),
        (2.5e6, "AUD", "A$2.5 m"),
        (500.5, "GBP", "£500.50"),
        (3e9, "UAH", "UAH 3 bn"),
        (0.1, "CHF", "CHF 0.10"),
        (9_999_000_000, "USD", "$9.999 bn"),
        (2e16, "IDR", "IDR 20,000 tn"),
    ],
)
def test_money(amount, currency, words):
    assert labels.money(amount, currency).replace("\u00a0", " ") == words


def test_stated_amount():
    mention = {"amount_min": 5e9, "amount_max": 7e9, "currency": "EUR", "qualifier": "about",
               "per": "year", "cumulative": True}  # fmt: skip
    assert labels.stated_amount(mention).replace("\u00a0", " ") == (
        "about €5 bn to €7 bn a year so far"
    )


@pytest.mark.parametrize(
    ("precision", "long", "short"),
    [("day", "7 December 2023", "7 Dec 2023"), ("month", "December 2023", "Dec 2023"),
     ("year", "2023", "2023")],
)  # fmt: skip
def test_days_are_as_precise_as_known(precision, long, short):
    date = dt.date(2023, 12, 7)
    assert labels.day(date, precision) == long
    assert labels.day(date, precision, short=True) == short
    assert labels.day(None) == "not known"


def test_parties_and_codes():
    assert labels.party("USA") == "United States"
    assert labels.party("WORLD BANK") == "WORLD BANK"
    assert labels.party(None) == "Not said"
    assert labels.value("donor", "none") == "Not said"
    assert labels.value("status", "unspecified") == "Stage not said"
    assert labels.value("currency", "USD") == "US Dollar"
    assert labels.status("requested", "blocked") == "Requested, blocked"
    assert labels.count(1, "mention") == "1 mention"
    assert labels.count(1200, "mention") == "1,200 mentions"
