"""What to show: the filters of commands, page addresses and the API, under the same names."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from tracker.documents import last_day, parse_date
from tracker.schema import AID_TYPE, HOLD, STATUS

NONE = "none"
"""The value that asks for what is not said."""
MAX_QUERY = 200
"""The longest text to search for, in code points."""
MAX_VALUES = 200
"""The most values of one list, so that no address keeps a server busy."""

LISTS = (
    "donor", "recipient", "status", "hold", "aid_type", "currency", "publisher", "language",
)  # fmt: skip
"""Filters that take several values, any of which may hold."""
_BOUNDS = {"from": "from_", "to": "to", "min": "min", "max": "max", "q": "q"}
NAMES = (*LISTS, *_BOUNDS)
"""Every filter by the name that it has in options and addresses."""

_CODES: Mapping[str, tuple[str, ...]] = {
    "status": tuple(STATUS),
    "hold": (*HOLD, NONE),
    "aid_type": (*AID_TYPE, NONE),
}
_PATTERNS = {"currency": re.compile("[A-Z]{3}"), "language": re.compile("[a-z]{2,3}|none")}
_UNREADABLE = re.compile("[\\ud800-\\udfff\\0]")


@dataclass(frozen=True)
class Filters:
    """Which mentions are meant: each filter narrows, an empty one leaves all.

    `from_` and `to` (both inclusive) hold for the date of publication, so that undated documents
    fall out; `min` and `max` (currency units) keep every range that overlaps them; `q` is text to
    be found, in any case, in sentence, amount, title, parties or speaker. In a list the value
    "none" stands for "not said".
    """

    donor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    hold: tuple[str, ...] = ()
    aid_type: tuple[str, ...] = ()
    currency: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    from_: dt.date | None = None
    to: dt.date | None = None
    min: float | None = None
    max: float | None = None
    q: str | None = None

    def __post_init__(self) -> None:
        for name in LISTS:
            values = {_value(name, value) for value in getattr(self, name)}
            object.__setattr__(self, name, tuple(sorted(values)))
        for name in ("min", "max"):
            bound = getattr(self, name)
            if bound is not None and not (math.isfinite(bound) and bound >= 0):
                raise ValueError(f"{name}: {bound!r} is no amount")
        if self.from_ and self.to and self.from_ > self.to:
            raise ValueError(f"from: {self.from_} is after to: {self.to}")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"min: {_plain(self.min)} is above max: {_plain(self.max)}")
        if self.q is not None:
            object.__setattr__(self, "q", " ".join(_readable(self.q).split()) or None)
            if len(self.q or "") > MAX_QUERY:
                raise ValueError(f"q: longer than {MAX_QUERY} characters")

    @classmethod
    def parse(cls, pairs: Iterable[tuple[str, str]], *, ignore_unknown: bool = False) -> Filters:
        """Filters from names and values, as options or the query string of an address give them.

        A list may be repeated or separated by commas (a comma in a value is written "\\,"). Dates
        are YYYY-MM-DD, YYYY-MM or YYYY (from its first, to its last day). Empty values are no
        filter. Raises ValueError, one line, for a value that cannot be and for a name that is no
        filter, unless `ignore_unknown`.
        """
        given: dict[str, Any] = {}
        for name, text in pairs:
            if name not in NAMES:
                if ignore_unknown:
                    continue
                raise ValueError(f"{name}: no such filter, use {', '.join(NAMES)}")
            if not (text := text.strip()):
                continue
            if name in LISTS:
                values = given.setdefault(name, [])
                values += _split(text)
                if len(values) > MAX_VALUES:
                    raise ValueError(f"{name}: more than {MAX_VALUES} values")
            elif _BOUNDS[name] in given:
                raise ValueError(f"{name}: given twice")
            else:
                given[_BOUNDS[name]] = _bound(name, text)
        return cls(**given)

    def pairs(self) -> list[tuple[str, str]]:
        """The filters as names and values, in one order: equal filters give equal pairs."""
        found = [
            (name, value.replace("\\", "\\\\").replace(",", "\\,"))
            for name in LISTS
            for value in getattr(self, name)
        ]
        for name, attribute in _BOUNDS.items():
            bound = getattr(self, attribute)
            if bound is not None:
                found.append(
                    (name, _plain(bound) if isinstance(bound, float | int) else str(bound))
                )
        return sorted(found)

    def without(self, name: str) -> Filters:
        """The same filters but for the one named."""
        attribute = _BOUNDS.get(name, name)
        kept = {f.name: getattr(self, f.name) for f in fields(self) if f.name != attribute}
        return Filters(**kept)


def _split(text: str) -> list[str]:
    """The values of a list: separated by commas; a backslash takes the next character as it is."""
    values, value, escaped = [], "", False
    for character in text:
        if escaped or character not in "\\,":
            value, escaped = value + character, False
        elif character == "\\":
            escaped = True
        else:
            values.append(value)
            value = ""
    return [value for value in (*values, value + "\\" * escaped) if value.strip()]


def _value(name: str, text: str) -> str:
    """One value of a list filter as it is stored, or ValueError."""
    value = " ".join(_readable(text).split())
    if value.casefold() == NONE:
        value = NONE
    elif name == "currency":
        value = value.upper()
    elif name in _CODES or name == "language":
        value = value.casefold()
    if name in _CODES and value not in _CODES[name]:
        raise ValueError(f"{name}: unknown value {value!r}, use {', '.join(_CODES[name])}")
    if name in _PATTERNS and not _PATTERNS[name].fullmatch(value):
        raise ValueError(f"{name}: {value!r} is no code")
    if not value:
        raise ValueError(f"{name}: empty value")
    return value


def _bound(name: str, text: str) -> dt.date | float | str:
    try:
        if name in ("from", "to"):
            first, precision = parse_date(text)
            return first if name == "from" else last_day(first, precision)
        return text if name == "q" else float(text)
    except ValueError as error:
        reason = error if name in ("from", "to") else f"{text!r} is no number"
        raise ValueError(f"{name}: {reason}") from None


def _plain(number: float) -> str:
    """A number in digits, without exponent where it is whole."""
    return f"{number:.0f}" if number == int(number) else repr(number)


def _readable(text: str) -> str:
    return _UNREADABLE.sub("\ufffd", text)
