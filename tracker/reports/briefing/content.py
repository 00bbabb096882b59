"""What a briefing says: which figures it shows, what they sum to, where they disagree, who says so.

Every figure that is named has quotes, and every quote a number: that of its place in the list of
sources. Where there are more figures than a page holds, those that the totals count and those
that most documents state are shown, and how many are not is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import polars as pl

from tracker.figures import Book, Total, also_stated_as, by_stage
from tracker.figures.statement import WINDOW_DAYS
from tracker.reports.report import Report

Row = dict[str, Any]

SHOWN = 40
"""The most figures that are shown."""
QUOTES = 2
"""Quotes of one figure: of its most precise mention, then of other voices."""
_FLOW = ("donor", "recipient", "currency", "per", "status", "hold")


class Disagreement(NamedTuple):
    """Figures that do not agree, or that state one amount at several stages."""

    kind: str
    """`stages`: one amount at several stages; `running`: running totals that differ; `above`: a
    sum that is more than the running total it should be part of."""
    figures: tuple[Row, ...]


@dataclass(frozen=True)
class Content:
    """All that stands in a briefing; `sources` holds mentions, in the order of their numbers."""

    totals: list[Total]
    figures: list[Row]
    """Those shown, in the order of stages."""
    more: int
    """How many are not shown."""
    disagreements: list[Disagreement]
    sources: list[Row]
    numbers: dict[str, list[int]]
    """By figure_id: the numbers of its sources, from 1."""

    def refs(self, figures: Iterable[str]) -> tuple[list[int], int]:
        """The numbers of the sources of some figures, and how many of these have none here."""
        ids = list(figures)
        numbers = sorted({n for name in ids for n in self.numbers.get(name, ())})
        return numbers, sum(name not in self.numbers for name in ids)


def content(report: Report) -> Content:
    """The content of the briefing of a report of figures. Raises ReportError."""
    figures = report.as_("figures")
    book = figures.book
    totals = [total for found in by_stage(book, figures.rows).values() for total in found]
    shown = _chosen(figures.rows, totals)
    disagreements = _disagreements(book, figures.rows, shown, totals)
    named = {row["figure_id"]: row for row in shown}
    for disagreement in disagreements:
        named |= {row["figure_id"]: row for row in disagreement.figures}
    sources, numbers = _sources(book, list(named.values()))
    report.check_state()
    return Content(totals, shown, figures.rows.height - len(shown), disagreements, sources, numbers)


def _chosen(figures: pl.DataFrame, totals: Sequence[Total]) -> list[Row]:
    """The figures to show, in their order: what is counted first, then what is widely stated."""
    counted = [item.id for total in totals for item in total.counted]
    best = (
        figures.with_row_index("place")
        .sort(
            ~pl.col("figure_id").is_in(counted), "documents", "amount",
            descending=[False, True, True], maintain_order=True,
        )
        .head(SHOWN)
        .sort("place")
        .drop("place")
    )  # fmt: skip
    return best.to_dicts()


def _disagreements(
    book: Book, figures: pl.DataFrame, shown: Sequence[Row], totals: Sequence[Total]
) -> list[Disagreement]:
    found: dict[frozenset[str], Disagreement] = {}

    def add(kind: str, rows: Sequence[Row]) -> None:
        key = frozenset(row["figure_id"] for row in rows)
        found.setdefault(key, Disagreement(kind, tuple(rows)))

    ids = set(figures["figure_id"])
    for row in shown:
        others = also_stated_as(book, row).filter(pl.col("figure_id").is_in(ids)).to_dicts()
        if others:
            add("stages", sorted((row, *others[:3]), key=lambda r: r["figure_id"]))
    running: defaultdict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in shown:
        if row["cumulative"] and (row["donor"] or row["recipient"]):
            running[tuple(row[name] for name in _FLOW)].append(row)
    for rows in running.values():
        apart = [row for row in rows if any(_differ(row, other) for other in rows)]
        if apart:
            add("running", apart)
    by_id = {row["figure_id"]: row for row in shown}
    for total in totals:
        for left in total.left_out:
            if left.reason == "above" and left.of in by_id:
                add("above", (left.figure, by_id[left.of]))
    return list(found.values())


def _differ(one: Row, other: Row) -> bool:
    """Whether two running totals of one flow exclude each other at about the same time."""
    kinds = {one["aid_type"], other["aid_type"]} - {None, "mixed"}
    apart = one["low"] >= other["high"] or other["low"] >= one["high"]
    if len(kinds) > 1 or not apart:
        return False
    days = [row["last_published"] for row in (one, other)]
    return None in days or abs((days[0] - days[1]).days) <= WINDOW_DAYS


def _sources(book: Book, figures: Sequence[Row]) -> tuple[list[Row], dict[str, list[int]]]:
    """The mentions to quote, and by figure the numbers of its own."""
    members = {mention: row["figure_id"] for row in figures for mention in row["mention_ids"]}
    width = pl.col("high") - pl.col("low")
    mentions = book.mentions.filter(pl.col("mention_id").is_in(list(members))).sort(
        width, "published", "document_id", "start", nulls_last=True
    )
    of_figure: defaultdict[str, list[Row]] = defaultdict(list)
    for mention in mentions.iter_rows(named=True):
        quoted = of_figure[members[mention["mention_id"]]]
        if len(quoted) < QUOTES and _voice(mention) not in map(_voice, quoted):
            quoted.append(mention)
    sources: list[Row] = []
    numbers: dict[str, list[int]] = {}
    for row in figures:
        quoted = of_figure[row["figure_id"]]
        numbers[row["figure_id"]] = [len(sources) + place for place in range(1, len(quoted) + 1)]
        sources += quoted
    return sources, numbers


def _voice(mention: Row) -> str:
    return str(mention["publisher"] or mention["document_id"])
