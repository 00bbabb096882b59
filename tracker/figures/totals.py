"""One stage of money as one number: which figures it counts, which it leaves out, and why.

The widest statement counts, and what may be inside it does not: a running total rather than its
instalments, a conference's sum rather than the pledges of its guests, a whole rather than its
parts. What is left out is listed with the reason; docs/FIGURES.md argues for each rule.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Literal

import polars as pl

from tracker.figures.book import Book
from tracker.money import Rate, convert
from tracker.schema import STATUS

Row = dict[str, Any]
Flow = tuple[str | None, str | None, str | None]
"""Donor, recipient and kind of aid."""
Reason = Literal[
    "part", "equivalent", "running total", "instalment", "later", "above", "older", "kind",
    "inside", "sum", "same", "rate", "cancelled", "not converted",
]  # fmt: skip
OPEN: frozenset[Reason] = frozenset({"instalment", "later", "kind", "inside", "same"})
"""Reasons that say only that a figure may be counted already."""


@dataclass(frozen=True)
class Switches:
    """What a total does otherwise than by default."""

    instalments: bool = False
    """Sum instalments where there is a running total too."""
    separate: bool = False
    """Count what is left out only because it may be counted already."""
    cancelled: bool = False
    """Count cancelled money."""


@dataclass(frozen=True)
class Item:
    """A figure in a total: its amount and interval in the total's currency."""

    figure: Row
    amount: float
    low: float
    high: float
    rate: Rate | None = None
    """The rate, if it is converted."""

    @property
    def id(self) -> str:
        """The figure's id."""
        return str(self.figure["figure_id"])


@dataclass(frozen=True)
class LeftOut:
    """A figure that a total does not count, the reason, and the figure that the reason names."""

    figure: Row
    reason: Reason
    of: str | None = None
    detail: str | None = None
    high: float = 0.0
    """The highest that it allows, in the total's currency; 0 where that is not known."""

    @property
    def is_open(self) -> bool:
        """Whether it may be money that the total lacks: it is only possible that it is counted."""
        return self.reason in OPEN


@dataclass
class Total:
    """A total of one stage in one currency. `amount` is None when nothing is counted."""

    status: str
    currency: str
    hold: str | None
    converted_at: dt.date | None
    counted: list[Item] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def amount(self) -> float | None:
        """The sum of what is counted, in currency units."""
        return sum(item.amount for item in self.counted) if self.counted else None

    @property
    def low(self) -> float:
        """The lowest that the figures counted allow."""
        return sum(item.low for item in self.counted)

    @property
    def high(self) -> float:
        """The highest that they allow."""
        return sum(item.high for item in self.counted)

    @property
    def at_most(self) -> float:
        """The highest if what may be counted already were money of its own."""
        return self.high + sum(left.high for left in self.left_out if left.is_open)

    @property
    def is_converted(self) -> bool:
        """Whether any part of it is converted."""
        return any(item.rate for item in self.counted)


def totals(
    book: Book,
    figures: pl.DataFrame,
    status: str = "disbursed",
    *,
    to: str | None = None,
    at: dt.date | None = None,
    switches: Switches = Switches(),
) -> list[Total]:
    """The totals of `figures` (rows of `book.figures`) at one stage, the biggest first.

    One a currency, or one in the currency `to`, at the rates of `at` or of each figure's first
    publication. Blocked money makes totals of its own. Raises ValueError for no such stage.
    """
    if status not in STATUS or status == "other":
        stages = ", ".join(code for code in STATUS if code != "other")
        raise ValueError(f"status: a total is of one stage, use one of {stages}")
    rows = figures.filter(pl.col("status") == status).to_dicts()
    found: dict[tuple[str, str | None], Total] = {}
    items: defaultdict[tuple[str, str | None], list[Item]] = defaultdict(list)
    for row in rows:
        hold = "blocked" if row["hold"] == "blocked" else None
        key = to or row["currency"], hold
        total = found.setdefault(key, Total(status, key[0], hold, at if to else None))
        item, left = _item(row, key[0], at, switches)
        if item:
            items[key].append(item)
        if left:
            total.left_out.append(left)
    for key, total in found.items():
        _settle(book, total, items[key], switches)
    return sorted(found.values(), key=lambda t: (t.hold is not None, -(t.amount or 0), t.currency))


def _item(
    row: Row, to: str, at: dt.date | None, switches: Switches
) -> tuple[Item | None, LeftOut | None]:
    """A figure as it would be counted, or why it is not, whatever the others are."""
    if row["hold"] == "cancelled" and not switches.cancelled:
        return None, LeftOut(row, "cancelled")
    if row["per"]:
        return None, LeftOut(row, "rate")
    if row["currency"] == to:
        return Item(row, row["amount"], row["low"], row["high"]), None
    one = convert(1.0, row["currency"], to, at or row["first_published"])
    if one.amount is None:
        return None, LeftOut(row, "not converted", detail=one.reason)
    return Item(
        row, row["amount"] * one.amount, row["low"] * one.amount, row["high"] * one.amount, one.rate
    ), None


def _settle(book: Book, total: Total, items: list[Item], switches: Switches) -> None:
    """Count what can be counted once, and list the rest."""
    items = _wholes(book, items, total.left_out)
    by_flow: defaultdict[tuple[str | None, str | None], list[Item]] = defaultdict(list)
    for item in items:
        by_flow[item.figure["donor"], item.figure["recipient"]].append(item)
    named: list[Item] = []
    open_: list[Item] = []
    for (donor, recipient), flow in by_flow.items():
        kept = _of_flow(flow, total.left_out, switches)
        (named if donor and recipient else open_).extend(kept)
    total.counted = _widest(named, open_, total.left_out)
    if switches.separate:
        back = {left.figure["figure_id"] for left in total.left_out if left.is_open}
        total.counted += [item for item in items if item.id in back]
        total.left_out = [left for left in total.left_out if not left.is_open]
    total.counted.sort(key=lambda item: (-item.amount, item.id))


def _wholes(book: Book, items: list[Item], left_out: list[LeftOut]) -> list[Item]:
    """Without parts whose whole is here, and without what is here in another currency."""
    here = {item.id for item in items}
    kept = []
    for item in items:
        links: tuple[tuple[Reason, str], ...] = (
            ("part", "part_of"),
            ("equivalent", "equivalent_of"),
        )
        for reason, column in links:
            of = {book.figure_id(mention) for mention in item.figure[column]} & here
            of.discard(item.id)
            if of:
                left_out.append(_left(item, reason, min(o for o in of if o)))
                break
        else:
            kept.append(item)
    return kept


def _of_flow(items: list[Item], left_out: list[LeftOut], switches: Switches) -> list[Item]:
    """What counts of the figures between the same two parties."""
    running = [item for item in items if item.figure["cumulative"]]
    single = _distinct([item for item in items if not item.figure["cumulative"]], left_out)
    if not running:
        return single
    # The widest in scope, then the latest, then the biggest.
    running.sort(key=lambda i: (i.figure["aid_type"] not in (None, "mixed"), -_day(i), -i.amount))
    latest, *older = running
    if single and switches.instalments:
        left_out += [_left(item, "running total") for item in running]
        return single
    for item in older:
        narrower = item.figure["aid_type"] != latest.figure["aid_type"]
        left_out.append(_left(item, "kind" if narrower else "older", latest.id))
    for item in single:
        first = item.figure["first_published"]
        later = first is not None and first.toordinal() > _day(latest) > 0
        reason: Reason = "above" if item.low >= latest.high else "later" if later else "instalment"
        left_out.append(_left(item, reason, latest.id))
    return [latest]


def _day(item: Item) -> int:
    """The day that a running total stands for, 0 for an undated one."""
    day = item.figure["period_end"] or item.figure["last_published"]
    return day.toordinal() if day else 0


def _distinct(items: list[Item], left_out: list[LeftOut]) -> list[Item]:
    """Instalments of one flow, those that may be the same one counted once."""
    kept: list[Item] = []
    ranked = sorted(items, key=lambda i: (-i.figure["documents"], i.high - i.low, i.id))
    for item in ranked:
        twin = next((other for other in kept if _may_be_same(item.figure, other.figure)), None)
        if twin:
            left_out.append(_left(item, "same", twin.id))
        else:
            kept.append(item)
    return kept


def _may_be_same(one: Row, other: Row) -> bool:
    if one["currency"] != other["currency"]:
        return False
    if one["low"] >= other["high"] or other["low"] >= one["high"]:
        return False
    return not any(
        one[tag] and other[tag] and one[tag] != other[tag]
        for tag in ("aid_type", "instrument", "period_start")
    )


def _widest(named: list[Item], open_: list[Item], left_out: list[LeftOut]) -> list[Item]:
    """Named flows and those of which a party is not named, none inside another.

    A figure that leaves a party open may be the sum of others. It counts in place of those that it
    may hold when it is big enough to hold them all, else it is left out.
    """
    # By what decides whether one may hold the other: few flows, many figures.
    counted: defaultdict[Flow, list[tuple[int, Item]]] = defaultdict(list)
    for place, item in enumerate(named):
        counted[_flow(item)].append((place, item))
    for place, item in enumerate(sorted(open_, key=lambda i: (-i.amount, i.id)), len(named)):
        flow = _flow(item)
        flows = [other for other in counted if _may_hold(flow, other)]
        inside = [
            other
            for _, other in sorted(
                (pair for key in flows for pair in counted[key]), key=itemgetter(0)
            )
        ]
        holders = [o for o in inside if None in (o.figure["donor"], o.figure["recipient"])]
        if holders:
            left_out.append(_left(item, "inside", holders[0].id))
        elif inside and sum(other.low for other in inside) >= item.high:
            left_out.append(_left(item, "sum", max(inside, key=lambda o: o.amount).id))
        else:
            left_out += [_left(other, "inside", item.id) for other in inside]
            for key in flows:
                del counted[key]
            counted[flow].append((place, item))
    return [item for group in counted.values() for _, item in group]


def _flow(item: Item) -> Flow:
    row = item.figure
    return row["donor"], row["recipient"], row["aid_type"]


def _may_hold(one: Flow, other: Flow) -> bool:
    return all(a is None or b is None or a == b for a, b in zip(one, other, strict=True))


def by_stage(book: Book, figures: pl.DataFrame, **options: Any) -> dict[str, list[Total]]:
    """The totals of each stage that `figures` have. They are never to be added to one another."""
    present = set(figures["status"])
    return {s: totals(book, figures, s, **options) for s in STATUS if s in present and s != "other"}


def _left(item: Item, reason: Reason, of: str | None = None) -> LeftOut:
    return LeftOut(item.figure, reason, of, high=item.high)
