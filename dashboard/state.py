"""The whole view as a page address says it: filters, chosen mention, sort order, chart or table.

The address is the only place where a view is kept. Pages are laid out from it, and
`assets/view.js` writes it in the same form whenever the reader changes something.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tracker.store.filters import Filters

CONTROLS = ("donor", "recipient", "status", "currency", "q")
"""Filters that have a control on the page, in the order of the page; others are kept and named."""
SORTABLE = (
    "quote", "amount_min", "status", "donor", "recipient", "aid_type", "attributed_to",
    "title", "publisher", "published",
)  # fmt: skip
"""Columns that the table of mentions can be sorted by."""
SHOWS = ("chart", "table")

Sort = list[tuple[str, str]]
"""Columns with "asc" or "desc", the first one first."""


@dataclass(frozen=True)
class View:
    """What a page shows."""

    filters: Filters
    mention: str | None = None
    sort: Sort = field(default_factory=list)
    show: str = "chart"
    problem: str | None = None
    """What in the address could not be read, for the reader; the rest of it is kept."""

    def chosen(self, name: str) -> list[str]:
        """The values that the filter `name` asks for."""
        values = getattr(self.filters, name)
        return list(values) if isinstance(values, tuple) else [values] if values else []

    def others(self) -> list[tuple[str, str]]:
        """Filters in the address that have no control on the page."""
        return [pair for pair in self.filters.pairs() if pair[0] not in CONTROLS]


def pairs_of(parameters: Mapping[str, str | list[str]]) -> list[tuple[str, str]]:
    """Query parameters as Dash gives them (a list where a name is repeated), as plain pairs."""
    return [
        (name, value)
        for name, values in parameters.items()
        for value in ([values] if isinstance(values, str) else values)
    ]


def view_of(pairs: Iterable[tuple[str, str]]) -> View:
    """The view that an address asks for; what it cannot mean is left out and said."""
    given = [(name, value) for name, value in pairs if value]
    single = dict(given)
    filters, problem = _readable_filters(given)
    show = single.get("show", "chart")
    return View(
        filters=filters,
        mention=single.get("mention"),
        sort=parse_sort(single.get("sort", "")),
        show=show if show in SHOWS else "chart",
        problem=problem,
    )


def _readable_filters(pairs: list[tuple[str, str]]) -> tuple[Filters, str | None]:
    try:
        return Filters.parse(pairs, ignore_unknown=True), None
    except ValueError as error:
        problem = str(error)
    kept = []
    for pair in pairs:
        try:
            Filters.parse([*kept, pair], ignore_unknown=True)
        except ValueError:
            continue
        kept.append(pair)
    return Filters.parse(kept, ignore_unknown=True), problem


def parse_sort(text: str) -> Sort:
    """What to sort by: "-amount_min,donor" is the amount downwards, then the donor.

    Columns that cannot be sorted by are left out.
    """
    names = [(part.removeprefix("-"), part.startswith("-")) for part in text.split(",")]
    return [(name, "desc" if down else "asc") for name, down in names if name in SORTABLE]


def sort_of_grid(model: Iterable[Mapping[str, str]] | None) -> Sort:
    """The sort model of the grid in the same form."""
    asked = [(part["colId"], part["sort"]) for part in model or []]
    return [(name, "desc" if way == "desc" else "asc") for name, way in asked if name in SORTABLE]
