"""Dates of publication, as precise as they are given."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Literal

Precision = Literal["day", "month", "year"]

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def parse_date(text: str) -> tuple[dt.date, Precision]:
    """The first day that an ISO date (YYYY, YYYY-MM or YYYY-MM-DD) names, and its precision.

    Raises ValueError for anything else.
    """
    parts = _ISO.fullmatch(text.strip())
    try:
        if parts is None:
            raise ValueError
        year, month, day = parts.groups()
        first = dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise ValueError(f"{text!r} is no date: use YYYY-MM-DD, YYYY-MM or YYYY") from None
    return first, "day" if day else "month" if month else "year"


def last_day(first: dt.date, precision: Precision) -> dt.date:
    """The last day of the day, month or year that begins with `first`."""
    if precision == "day":
        return first
    month = 12 if precision == "year" else first.month
    return dt.date(first.year, month, calendar.monthrange(first.year, month)[1])


def written(date: dt.date, precision: str | None) -> str:
    """The date with no more than what is known of it: 2023, 2023-12 or 2023-12-07."""
    return date.isoformat()[: {"year": 4, "month": 7}.get(precision or "day", 10)]
