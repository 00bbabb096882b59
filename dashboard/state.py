"""The whole view as a page's address says it: filters, and what else a page keeps there.

The address is the only place where a view is kept. Pages are laid out from it, and
`assets/shell.js` writes it in the same form whenever the reader changes something: the filters
first, then the page's own parts (`part`), each a store on the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from dash import dcc

from tracker.store.filters import LISTS, NAMES, Filters

CONVERT = "convert"
"""The name in addresses of the currency that amounts are converted to."""
CARRIED = (*NAMES, CONVERT)
"""What links between pages carry along."""

MOST_PAIRS = 300
"""Names with values that are read of an address, so that none keeps a server busy."""

Sort = list[tuple[str, str]]
"""Columns with "asc" or "desc", the first one first."""


@dataclass(frozen=True)
class View:
    """What a page shows."""

    filters: Filters
    convert: str | None = None
    """The currency that amounts are shown in; None leaves them as stated."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """All else that the address says, by name: what a page keeps there of its own."""
    problem: str | None = None
    """What in the address could not be read, for the reader; the rest of it is kept."""

    def chosen(self, name: str) -> list[str]:
        """The values that the filter `name` asks for, as text."""
        if name in LISTS:
            return list(getattr(self.filters, name))
        return [value for key, value in self.filters.pairs() if key == name]

    def part(self, name: str, among: Iterable[str] = ()) -> str:
        """A part of the page's own, "" where the address has none; else the first of `among`."""
        allowed = tuple(among)
        value = self.parts.get(name, "")
        return value if not allowed or value in allowed else allowed[0]

    @property
    def address(self) -> str:
        """The filters and the currency as a query string without question mark."""
        converted = [(CONVERT, self.convert)] if self.convert else []
        return urlencode([*self.filters.pairs(), *converted])


def part(name: str, value: Any = None) -> dcc.Store:
    """The store of a page for the part `name` of its address; what is put into it is written there.

    Other callbacks take it as `part_id(name)`. An empty value stands in no address.
    """
    return dcc.Store(id=part_id(name), data=value)


def part_id(name: str) -> dict[str, str]:
    """The id of the store of a part; "filters" holds all filters as a query string."""
    return {"type": "part", "name": name}


def pairs_of(parameters: Mapping[str, str | list[str]]) -> list[tuple[str, str]]:
    """Query parameters as Dash gives them (a list where a name is repeated), as plain pairs."""
    return [
        (name, value)
        for name, values in parameters.items()
        for value in ([values] if isinstance(values, str) else values)
    ]


def view_at(address: str | None) -> View:
    """The view of a query string without its question mark."""
    return view_of(parse_qsl(address or ""))


def view_of(pairs: Iterable[tuple[str, str]]) -> View:
    """The view that an address asks for; what it cannot mean is left out and said."""
    given = [(name, value) for name, value in pairs if value]
    filters, problem = _readable_filters(given[:MOST_PAIRS])
    if len(given) > MOST_PAIRS:
        problem = f"the address says more than {MOST_PAIRS} things: the rest is left out"
        given = given[:MOST_PAIRS]
    parts = {name: value for name, value in given if name not in CARRIED}
    convert = dict(given).get(CONVERT, "").upper()
    if convert and not (len(convert) == 3 and convert.isascii() and convert.isalpha()):
        problem, convert = problem or f"{CONVERT}: {convert[:20]!r} is no code of a currency", ""
    return View(filters, convert or None, parts, problem)


def _readable_filters(pairs: list[tuple[str, str]]) -> tuple[Filters, str | None]:
    try:
        return Filters.parse(pairs, ignore_unknown=True), None
    except ValueError as error:
        problem = str(error)
    kept: list[tuple[str, str]] = []
    for pair in pairs:
        try:
            Filters.parse([*kept, pair], ignore_unknown=True)
        except ValueError:
            continue
        kept.append(pair)
    return Filters.parse(kept, ignore_unknown=True), problem


def parse_sort(text: str, sortable: Iterable[str]) -> Sort:
    """What to sort by: "-amount,donor" is the amount downwards, then the donor.

    Columns that are not `sortable` are left out.
    """
    allowed = set(sortable)
    names = [(part.removeprefix("-"), part.startswith("-")) for part in text.split(",")]
    return [(name, "desc" if down else "asc") for name, down in names if name in allowed]


def sort_of_grid(model: Iterable[Mapping[str, str]] | None, sortable: Iterable[str]) -> Sort:
    """The sort model of the grid in the same form."""
    allowed = set(sortable)
    asked = [(part["colId"], part["sort"]) for part in model or []]
    return [(name, "desc" if way == "desc" else "asc") for name, way in asked if name in allowed]
