"""A report: what was asked for, and the rows that answer it, the same for files and downloads."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import polars as pl

from tracker.figures import Book
from tracker.reports.columns import DAY, DISPLAYED, QUOTED, SAMPLE_COLUMN, What, layout, quoted
from tracker.reports.conversions import rates_of
from tracker.reports.links import base_url_of
from tracker.schema import EXTRACTOR
from tracker.store import Filters, Query
from tracker.store.query import Sort

ROWS_AT_ONCE = 50_000
"""Rows in one step of writing; bounds the memory that their text takes."""
FULL, SHOWN = "full", "displayed"

Columns = str | Sequence[str]
"""`full`, `displayed` (the first view), or the names of columns in the order wanted."""


class ReportError(Exception):
    """A report cannot be written: one line that says where and why."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """Mentions or figures, and what was asked for. `of` makes one from stored data.

    `rows` are as `Query.mentions` or `Book.figures` has them; they are laid out when written.
    """

    what: What = "mentions"
    rows: pl.DataFrame
    filters: Filters = Filters()
    sort: Sort = ()
    columns: Columns = FULL
    base_url: str = ""
    version: int = 0
    """Of the data; 0 for what is not stored."""
    made: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    query: Query | None = field(default=None, repr=False)
    matched: pl.DataFrame | None = field(default=None, repr=False)
    """Of a report of figures: the mentions that the filters keep."""
    given_book: Book | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "base_url", base_url_of(self.base_url))
        object.__setattr__(self, "columns", _columns(self.columns))
        if isinstance(self.columns, str):
            return
        unknown = [name for name in self.columns if name not in self._all_names]
        if unknown:
            known = ", ".join(self._all_names)
            raise ValueError(f"columns: no column {unknown[0]}, use full, displayed or {known}")

    @classmethod
    def of(
        cls,
        query: Query,
        what: What = "mentions",
        filters: Filters | None = None,
        *,
        sort: Sort = (),
        columns: Columns = FULL,
        base_url: str = "",
        book: Book | None = None,
    ) -> Report:
        """What `filters` keep of the stored data: one state of it, whole.

        `book` is the book of `query` where there is one already. Figures are those that at least
        one of these mentions states. Raises ValueError for a sort, column or address that cannot
        be.
        """
        filters = filters or Filters()
        while True:
            version = query.version
            rows = matched = query.mentions(filters, sort=() if what == "figures" else sort)
            if what == "figures":
                book = book or Book.of(query)
                rows = _sorted(book.select(matched), sort)
            if query.version == version:
                return cls(
                    what=what, rows=rows, filters=filters, sort=sort, columns=columns,
                    base_url=base_url, version=version, query=query, matched=matched,
                    given_book=book,
                )  # fmt: skip
            book = None

    @property
    def is_sample(self) -> bool:
        """Whether it is made of sample stories: then its rows, notes and file name say so."""
        return self.query is not None and self.query.is_sample

    @cached_property
    def book(self) -> Book:
        """All figures of the data that the report is made from. Raises ReportError."""
        if self.given_book is not None:
            return self.given_book
        if self.query is None:
            raise ReportError("figures are made of stored data only")
        book = Book.of(self.query)
        self.check_state()
        return book

    def check_state(self) -> None:
        """Raises ReportError when the data is no longer that of the report."""
        if self.query is not None and self.query.version != self.version:
            raise ReportError("the data changed while the report was made: try again")

    def as_(self, what: What) -> Report:
        """The mentions, or the figures, of the same filters and the same state of the data.

        Columns that are chosen by name are those of the report itself, the other one has all.
        """
        if what == self.what:
            return self
        mentions = self.rows if self.what == "mentions" else self.matched
        if mentions is None:
            mentions = (
                self.book.mentions if self.query is None else self.query.mentions(self.filters)
            )
        return replace(
            self, what=what, rows=self.book.select(mentions) if what == "figures" else mentions,
            columns=self.columns if isinstance(self.columns, str) else FULL, sort=(),
            given_book=self.book,
        )  # fmt: skip

    def names(self) -> list[str]:
        """The columns that the report has, in order."""
        everything = self._all_names
        if self.columns == FULL:
            return everything
        chosen = DISPLAYED if self.columns == SHOWN else self.columns
        first = [SAMPLE_COLUMN.name] if self.is_sample else []
        named = [name for name in chosen if name in everything or self.columns != SHOWN]
        return list(dict.fromkeys([*first, *named]))

    def schema(self) -> pl.DataFrame:
        """The report's columns and types, without rows."""
        return self._laid_out(self.rows.clear())

    def slices(self) -> Iterator[pl.DataFrame]:
        """The report's rows, some at a time, at least once."""
        if not self.rows.height:
            yield self.schema()
        for rows in self.rows.iter_slices(ROWS_AT_ONCE):
            yield self._laid_out(rows)

    def asked(self) -> list[tuple[str, str]]:
        """What was asked for as names and values: equal questions give equal ones."""
        told = [("what", str(self.what)), *self.filters.pairs()]
        if self.sort:
            ordered = ",".join(f"{'-' if way == 'desc' else ''}{name}" for name, way in self.sort)
            told.append(("sort", ordered))
        if self.columns != FULL:
            chosen = self.columns if isinstance(self.columns, str) else ",".join(self.columns)
            told.append(("columns", chosen))
        return told

    def query_hash(self) -> str:
        """Eight hex digits that name what was asked for."""
        return hashlib.sha256(urlencode(self.asked()).encode()).hexdigest()[:8]

    def about(self) -> dict[str, Any]:
        """What the report is made of: query, its hash, versions, and when (UTC)."""
        return {
            "query": urlencode(self.asked()),
            "query_hash": self.query_hash(),
            "rows": self.rows.height,
            "data_version": self.version,
            "extractor": EXTRACTOR,
            "made": f"{self.made:%Y-%m-%dT%H:%M:%SZ}",
        }

    @cached_property
    def _rates(self) -> pl.DataFrame:
        day = DAY[self.what]
        has_both = {"currency", day} <= set(self.rows.columns)
        return rates_of(self.rows, day) if has_both else pl.DataFrame()

    @cached_property
    def _all_names(self) -> list[str]:
        return self._full(self.rows.clear()).columns

    @cached_property
    def _members(self) -> pl.DataFrame:
        """The mentions of figures, as they are when the report is made: the book may move on."""
        return self.book.mentions

    def _laid_out(self, rows: pl.DataFrame) -> pl.DataFrame:
        full = self._full(rows)
        return full if self.columns == FULL else full.select(self.names())

    def _full(self, rows: pl.DataFrame) -> pl.DataFrame:
        if self.what == "figures" and not set(QUOTED) <= set(rows.columns):
            rows = quoted(rows, self._members)
        if self.is_sample:
            rows = rows.with_columns(pl.lit("invented, not to be cited").alias(SAMPLE_COLUMN.name))
        return layout(rows, self.what, self._rates, self.base_url)


def file_name(report: Report, format_: str) -> str:
    """What a file of this report is called: its query's hash, the data version and the date."""
    made = f"{report.made:%Y-%m-%d}"
    data = "sample" if report.is_sample else "tracker"
    what = "briefing" if format_ in ("html", "pdf") else report.what
    return f"{data}-{what}_{report.query_hash()}_v{report.version}_{made}.{format_}"


def _columns(chosen: Columns) -> Columns:
    if not isinstance(chosen, str):
        names = [name.strip() for name in chosen]
    elif chosen in (FULL, SHOWN):
        return chosen
    else:
        names = [name.strip() for name in chosen.split(",")]
    names = [name for name in dict.fromkeys(names) if name]
    if not names:
        raise ValueError("columns: none is named")
    return tuple(names)


def _sorted(figures: pl.DataFrame, sort: Sort) -> pl.DataFrame:
    """Figures in the order asked for, the order of stages where none is."""
    if not sort:
        return figures
    for column, direction in sort:
        if column not in figures.columns or direction not in ("asc", "desc"):
            raise ValueError(f"sort: no such order: {column} {direction}")
    by = [*sort, ("figure_id", "asc")]
    down = [direction == "desc" for _, direction in by]
    return figures.sort([name for name, _ in by], descending=down, nulls_last=True)
