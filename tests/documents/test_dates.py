import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.documents import last_day, parse_date, written


@pytest.mark.parametrize(
    ("text", "first", "precision", "last"),
    [
        ("2023", dt.date(2023, 1, 1), "year", dt.date(2023, 12, 31)),
        ("2024-02", dt.date(2024, 2, 1), "month", dt.date(2024, 2, 29)),
        (" 2023-12-07 ", dt.date(2023, 12, 7), "day", dt.date(2023, 12, 7)),
    ],
)
def test_dates_keep_their_precision(text, first, precision, last):
    assert parse_date(text) == (first, precision)
    assert last_day(first, precision) == last
    assert written(first, precision) == text.strip()


@pytest.mark.parametrize(
    "text",
    ["", "23", "2023-13", "2023-02-30", "0000", "7 Dec 2023", "2023-1-1", "٢٠٢٣", "2023-12-07x"],
)
def test_what_is_no_date_is_refused_by_name(text):
    with pytest.raises(ValueError, match="is no date: use YYYY-MM-DD"):
        parse_date(text)


@given(st.dates())
def test_iso_dates_come_back(date):
    assert parse_date(date.isoformat()) == (date, "day")
