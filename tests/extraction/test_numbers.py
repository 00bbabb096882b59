from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import extract
from tracker.extraction.amounts.numbers import interval, read_digits, read_words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234,567.89", "1234567.89"),
        ("184 000", "184000"),
        ("184\u00a0000", "184000"),
        ("184\u202f000,50", "184000.50"),
        ("6,00,000", "600000"),
        ("37,907", "37907"),
        ("1'250'000", "1250000"),
        ("1.234.567,89", "1234567.89"),
        ("11,9", "11.9"),
        ("1,85", "1.85"),
        ("61.4", "61.4"),
        ("1.234", "1.234"),
        ("247311", "247311"),
    ],
)
def test_digits(text, value):
    assert read_digits(text).value == Decimal(value)


@pytest.mark.parametrize("text", ["1,1,1,1", "1.2.3", "12,34,56", "1 23", "2024 10", "1''000"])
def test_what_is_no_number(text):
    assert read_digits(text) is None


def test_dots_between_thousands_only_where_the_currency_has_them():
    assert read_digits("457.000", whole_currency=True).value == 457000
    assert read_digits("457.000").value == 457


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("half a", "0.5"),
        ("two and a half", "2.5"),
        ("one and a quarter", "1.25"),
        ("a quarter of a", "0.25"),
        ("a hundred", "100"),
        ("twenty-five", "25"),
        ("three hundred and fifty", "350"),
        ("a", "1"),
    ],
)
def test_words(text, value):
    assert read_words(text).value == Decimal(value)


# docs/DESIGN.md, rule 4: one table of examples is the test.
INTERVALS = [
    ("$45 billion", 44.5e9, 45.5e9),
    ("$40 billion", 39.5e9, 40.5e9),
    ("$61.4 billion", 61.35e9, 61.45e9),
    ("$100 million", 95e6, 105e6),
    ("$500,000", 495e3, 505e3),
    ("$1 billion", 0.95e9, 1.05e9),
    ("$5 billion", 4.75e9, 5.25e9),
    ("$12,345", 12344.5, 12345.5),
    ("$12,300", 12250, 12350),
    ("$10.0 billion", 9.95e9, 10.05e9),
    ("$1,250,000.00", 1249999.995, 1250000.005),
    ("about $45 billion", 44e9, 46e9),
    ("about $1 billion", 0.9e9, 1.1e9),
    ("almost $45 billion", 44e9, 45e9),
    ("more than $45 billion", 45e9, 46e9),
    ("more than $61.4 billion", 61.4e9, 62.4e9),
    ("nearly $1 billion", 0.9e9, 1e9),
    ("nearly $100 million", 90e6, 100e6),
    ("up to $45 billion", 44.5e9, 45.5e9),
    ("between $5 and $7 billion", 5e9, 7e9),
    ("half a billion dollars", 475e6, 525e6),
]


@pytest.mark.parametrize(("text", "low", "high"), INTERVALS)
def test_interval(text, low, high):
    (mention,) = extract(f"They sent {text} in aid.")
    assert (mention.low, mention.high) == (low, high)


@given(
    st.integers(1, 10**6),
    st.integers(0, 4),
    st.sampled_from([1, 10**3, 10**6, 10**9]),
    st.sampled_from(["exact", "about", "below", "above", "up_to"]),
)
def test_an_interval_holds_its_amount_and_is_never_wide(whole, decimals, magnitude, qualifier):
    number = read_digits(f"{whole}.{'7' * decimals}" if decimals else str(whole))
    low, high = interval(number, Decimal(magnitude), qualifier)
    value = number.value * magnitude
    assert 0 <= low <= value <= high
    assert high - low <= value / 5
    assert low < high


@given(st.integers(0, 10**12), st.integers(0, 99))
def test_western_digits_come_back(whole, cents):
    assert read_digits(f"{whole:,}.{cents:02d}").value == Decimal(f"{whole}.{cents:02d}")
    assert read_digits(f"{whole:,}").value == whole
    assert read_digits(f"{whole:,}".replace(",", "\u00a0")).value == whole


@given(st.text(alphabet="0123456789., '’\u00a0", max_size=30))
def test_digits_never_fail(text):
    number = read_digits(text)
    assert number is None or number.value >= 0
