import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.money import convert, currencies, newest_rate, rate_on

FRIDAY = dt.date(2024, 3, 22)


def test_a_rate_is_kept_with_its_date():
    found = convert(50e9, "EUR", "USD", dt.date(2024, 3, 20))
    assert found.amount == pytest.approx(50e9 * 1.0844)
    assert (found.rate.value, found.rate.date) == (1.0844, dt.date(2024, 3, 20))
    assert found.reason is None
    assert found.rate.words() == (
        "1 EUR = 1.0844 USD, European Central Bank reference rate of 2024-03-20"
    )


def test_a_weekend_takes_the_rate_of_friday_and_says_so():
    for days in (1, 2):
        assert rate_on("USD", "EUR", FRIDAY + dt.timedelta(days)).date == FRIDAY
    assert rate_on("USD", "EUR", FRIDAY + dt.timedelta(3)).date == FRIDAY + dt.timedelta(3)


@pytest.mark.parametrize(
    ("currency", "day", "reason"),
    [
        ("EUR", None, "the document has no date, and no date was chosen"),
        ("UAH", FRIDAY, "there is no European Central Bank reference rate for UAH"),
        ("KES", FRIDAY, "there is no European Central Bank reference rate for KES"),
        (
            "RUB",
            FRIDAY,
            "from RUB to USD for 2024-03-22 (the rates known run from 2005-04-01 to 2022-03-01)",
        ),
        ("EUR", dt.date(1998, 1, 1), "from EUR to USD for 1998-01-01"),
        ("EUR", dt.date(2100, 1, 1), "from EUR to USD for 2100-01-01"),
    ],
)
def test_where_there_is_no_rate_there_is_no_number_but_a_reason(currency, day, reason):
    found = convert(1e6, currency, "USD", day)
    assert (found.amount, found.rate) == (None, None)
    assert reason in found.reason


def test_the_same_currency_needs_neither_rate_nor_date():
    assert convert(5.0, "UAH", "UAH", None) == (5.0, "UAH", None, None)


@given(
    st.sampled_from(["USD", "EUR", "GBP", "SEK", "JPY"]),
    st.sampled_from(["USD", "EUR", "GBP", "SEK", "JPY"]),
    st.dates(dt.date(2000, 1, 1), dt.date(2025, 12, 31)),
    st.floats(1, 1e12),
)
def test_there_and_back_is_the_same_amount_and_no_rate_is_from_the_future(one, other, day, amount):
    there = convert(amount, one, other, day)
    back = convert(there.amount, other, one, day)
    assert back.amount == pytest.approx(amount)
    if there.rate:
        assert 0 <= (day - there.rate.date).days <= 7


def test_the_currencies_are_those_of_the_ecb():
    assert {"EUR", "USD", "NOK"} <= set(currencies())
    assert "UAH" not in currencies()


def test_the_newest_rate_puts_amounts_in_an_order():
    assert newest_rate("USD", "USD").value == 1.0
    assert 1.0 < newest_rate("GBP", "USD").value < 2.0
    assert newest_rate("RUB", "USD").date.year == 2022
    assert newest_rate("UAH", "USD") is None
