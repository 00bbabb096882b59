"""What may stand in an API address: each parameter with what it means, read strictly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tracker.documents import parse_date
from tracker.store.filters import MAX_QUERY, NAMES, Filters
from tracker.store.query import Sort

LIMIT, MAX_LIMIT = 100, 5_000
"""Rows of one answer where no limit is given, and the most."""
MAX_SORT = 5
"""Columns that rows may be sorted by at a time."""


class Parameter(NamedTuple):
    """One name of an address and what it means."""

    name: str
    description: str


FILTERS = (
    Parameter("donor", "A list: who gives, by code or name, in any case."),
    Parameter("recipient", "A list: who receives, by code or name, in any case."),
    Parameter("status", "A list: the stage."),
    Parameter("hold", "A list: blocked or cancelled."),
    Parameter("aid_type", "A list: the kind of aid."),
    Parameter("currency", "A list: ISO 4217 codes."),
    Parameter("publisher", "A list: names of publishers, in any case."),
    Parameter("language", "A list: ISO 639-1 codes."),
    Parameter("from", "Published on or after: YYYY, YYYY-MM or YYYY-MM-DD."),
    Parameter("to", "Published on or before: YYYY, YYYY-MM or YYYY-MM-DD."),
    Parameter("min", "Amounts of at least this, in currency units."),
    Parameter("max", "Amounts of at most this, in currency units."),
    Parameter(
        "q",
        f"Text in sentence, amount, title, parties or speaker, in any case; up to {MAX_QUERY} "
        "characters, taken as it stands.",
    ),
)
"""Which rows are meant: a figure or document is, when at least one of its mentions is."""

ORDER = (
    Parameter(
        "sort",
        "Fields to sort by, separated by commas, each with - in front for downwards; empty "
        "values last.",
    ),
)
PAGING = (
    Parameter("limit", f"Rows of one answer, up to {MAX_LIMIT:,}; {LIMIT} where not given."),
    Parameter("after", "The id of the last row of the answer before; next holds it ready."),
)
ABOUT = (
    Parameter(
        "about",
        "An amount such as 61 bn or about €5 million, of any currency where none is named: "
        "figures that may be this one.",
    ),
)
COLUMNS = (
    Parameter(
        "columns",
        "full (where not given), displayed (what a reader needs first), or names of fields, "
        "separated by commas.",
    ),
)
QUESTION = (
    Parameter("q", "A sentence with an amount, or an amount."),
    Parameter("at", "The day whose exchange rates count: YYYY-MM-DD."),
)


@dataclass(frozen=True)
class Asked:
    """What an address asks for, read."""

    filters: Filters
    sort: Sort
    columns: str
    limit: int
    after: str | None
    about: str


def read(
    pairs: Iterable[tuple[str, str]], known: Iterable[Parameter], of_pages: Iterable[str] = ()
) -> Asked:
    """What the names and values of an address ask for; those of pages alone are passed over.

    `known` are the parameters beside the filters.
    Raises ValueError, one line, for a name that is not known and a value that cannot be.
    """
    given = [(name, value) for name, value in pairs if name not in of_pages]
    single = once([pair for pair in given if pair[0] not in NAMES], known, also=NAMES)
    return Asked(
        filters=Filters.parse(pair for pair in given if pair[0] in NAMES),
        sort=_sort(single.get("sort", "")),
        columns=single.get("columns", "full"),
        limit=_limit(single.get("limit", str(LIMIT))),
        after=single.get("after"),
        about=single.get("about", ""),
    )


def once(
    pairs: Iterable[tuple[str, str]], known: Iterable[Parameter], also: Iterable[str] = ()
) -> Mapping[str, str]:
    """Names and values of which each may be given once; empty values are none.

    Raises ValueError, one line, for a name that is not `known`, told with those that are `also`.
    """
    names = [parameter.name for parameter in known]
    found: dict[str, str] = {}
    for name, value in pairs:
        if name not in names:
            raise ValueError(f"{name[:40]}: no such parameter, use {', '.join((*also, *names))}")
        if name in found:
            raise ValueError(f"{name}: given twice")
        if value.strip():
            found[name] = value.strip()
    return found


def read_question(pairs: Iterable[tuple[str, str]]) -> tuple[str, dt.date | None]:
    """The question of an address and the day of the rates. Raises ValueError, one line."""
    given = once(pairs, QUESTION)
    if "q" not in given:
        raise ValueError("q: nothing is asked, give a sentence or an amount")
    try:
        return given["q"], parse_date(given["at"])[0] if "at" in given else None
    except ValueError as error:
        raise ValueError(f"at: {error}") from None


def _sort(text: str) -> Sort:
    names = [name.strip() for name in text.split(",") if name.strip()]
    if len(names) > MAX_SORT:
        raise ValueError(f"sort: more than {MAX_SORT} fields")
    return [(name.removeprefix("-"), "desc" if name[0] == "-" else "asc") for name in names]


def _limit(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= MAX_LIMIT:
        return int(text)
    raise ValueError(f"limit: {text[:20]!r} is no number from 1 to {MAX_LIMIT:,}")
