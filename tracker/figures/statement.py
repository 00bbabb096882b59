"""What one voice says of one amount, and whether two such statements can be one figure."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import polars as pl

WINDOW_DAYS = 180
"""The longest silence, in days, after which an amount that is stated again is taken for another.

Half a budget year. What is given every year in the same round sum is stated anew about 365 days
apart, and stays apart even when one announcement comes early and the other late; follow-up
reports, which come out every month, quarter or half year, stay together (docs/FIGURES.md).
"""

TAGS = ("status", "hold", "aid_type", "instrument", "donor", "recipient")
"""Tags in which a statement may be silent; silence contradicts nothing."""
BINS = 20.0
"""Steps for each factor of e: about as wide as the widest interval of one amount."""
COLUMNS = (
    "mention_id", "document_id", "low", "high", "currency", "per", "cumulative", "status", "hold",
    "aid_type", "instrument", "donor", "recipient", "period_start", "period_end",
    "part_of",
)  # fmt: skip
_LAST_DAY = {"month": "1mo", "year": "1y"}


class Links(NamedTuple):
    """What reviews say of a mention: the class of mentions it is one with, and those it is not."""

    same: Mapping[str, str]
    """mention_id to the first mention_id of its class."""
    different: Mapping[str, frozenset[str]]
    """mention_id to the classes that it may not stand with."""


NO_LINKS = Links({}, {})


class Statement:
    """One or more mentions that state one amount of one flow, with what they say together.

    `low` and `high` bound what all of them allow; the tags are what any of them says; `first` and
    `last` are the days (ordinals) that they were published on or speak of, None when undated.
    """

    __slots__ = (
        "_bins", "_order", "aid_type", "barred", "classes", "cumulative", "currency", "donor",
        "first", "high", "hold", "instrument", "last", "low", "mentions", "per", "period",
        "recipient", "status", "story",
    )  # fmt: skip

    mentions: list[str]
    story: str
    low: float
    high: float
    currency: str
    per: str | None
    cumulative: bool
    status: str | None
    hold: str | None
    aid_type: str | None
    instrument: str | None
    donor: str | None
    recipient: str | None
    period: tuple[int, int] | None
    first: int | None
    last: int | None
    classes: frozenset[str]
    barred: frozenset[str]
    _order: tuple[Any, ...] | None
    _bins: range | None

    def copy(self) -> Statement:
        """The same statement, to be changed."""
        new = Statement()
        new.story, new.low, new.high = self.story, self.low, self.high
        new.currency, new.per, new.cumulative = self.currency, self.per, self.cumulative
        new.status, new.hold, new.period = self.status, self.hold, self.period
        new.aid_type, new.instrument = self.aid_type, self.instrument
        new.donor, new.recipient = self.donor, self.recipient
        new.first, new.last = self.first, self.last
        new.classes, new.barred = self.classes, self.barred
        new._order, new._bins = self._order, self._bins
        new.mentions = list(self.mentions)
        return new

    def absorb(self, other: Statement) -> None:
        """Take in what `other` says: its mentions, and what was not said here."""
        self._order = self._bins = None
        self.mentions += other.mentions
        if max(self.low, other.low) < min(self.high, other.high):
            self.low, self.high = max(self.low, other.low), min(self.high, other.high)
        self.cumulative = self.cumulative or other.cumulative
        for tag in (*TAGS, "period"):
            if getattr(self, tag) is None:
                setattr(self, tag, getattr(other, tag))
        if other.first is not None and other.last is not None:
            self.first = other.first if self.first is None else min(self.first, other.first)
            self.last = other.last if self.last is None else max(self.last, other.last)
        self.classes |= other.classes
        self.barred |= other.barred

    @property
    def said(self) -> tuple[Any, ...]:
        """What the statement says: amount and tags, without date and mentions."""
        return (
            self.low, self.high, self.currency, self.per, self.cumulative, self.status, self.hold,
            self.aid_type, self.instrument, self.donor, self.recipient, self.period,
        )  # fmt: skip

    @property
    def content(self) -> tuple[Any, ...]:
        """All that the statement says, to be compared."""
        return (
            tuple(sorted(self.mentions)),
            self.said,
            self.first,
            self.last,
            self.classes,
            self.barred,
        )

    @property
    def bins(self) -> range:
        """The steps of a logarithmic scale that the interval touches."""
        if self._bins is None:
            low, high = max(self.low, 0.01), max(self.high, 0.01)
            self._bins = range(
                math.floor(math.log(low) * BINS), math.floor(math.log(high) * BINS) + 1
            )
        return self._bins

    @property
    def order(self) -> tuple[Any, ...]:
        """The order in which statements are taken: what says most first, then the most precise."""
        if self._order is None:
            unsaid = (self.status, self.hold, self.aid_type, self.instrument, self.donor,
                      self.recipient, self.period).count(None)  # fmt: skip
            self._order = (unsaid, self.first is None, self.high - self.low, self.low,
                           self.first or 0, self.mentions[0])  # fmt: skip
        return self._order


def statements(mentions: pl.DataFrame, links: Links = NO_LINKS) -> Iterator[Statement]:
    """One statement a mention, without a story; those with status "other" are left out.

    `mentions` has the columns of `Query.mentions`.
    """
    nothing: frozenset[str] = frozenset()
    wholes = set(mentions["part_of"].drop_nulls())
    for row in mentions.filter(pl.col("status") != "other").select(*COLUMNS, *_days()).iter_rows():
        new = Statement()
        (mention, new.story, new.low, new.high, new.currency, new.per, new.cumulative, new.status,
         new.hold, new.aid_type, new.instrument, new.donor, new.recipient, start, end, whole,
         new.first, new.last) = row  # fmt: skip
        new.mentions, new._order, new._bins = [mention], None, None
        if new.status == "unspecified":
            new.status = None
        new.period = _period(start, end) if start or end else None
        new.classes = new.barred = nothing
        if mention in links.same or mention in links.different:
            new.classes = frozenset([links.same.get(mention, mention)])
            new.barred = links.different.get(mention, nothing)
        elif mention in wholes:
            new.classes = frozenset([mention])
        if whole is not None:
            # A part is never its whole, near as the two may be.
            new.barred |= {links.same.get(whole, whole)}
        yield new


def _days() -> tuple[pl.Expr, pl.Expr]:
    """First and last day of what the mention speaks of: its past period, else its publication."""
    published, precision = pl.col("published"), pl.col("published_precision")
    last = published
    for name, length in _LAST_DAY.items():
        whole = published.dt.offset_by(length).dt.offset_by("-1d")
        last = pl.when(precision == name).then(whole).otherwise(last)
    start, end = pl.col("period_start"), pl.col("period_end")
    # "$60.8 billion approved in April 2024", read a year later, is dated by its own words.
    past = (~pl.col("cumulative") & (end < published)).fill_null(False)
    return (
        _ordinal(pl.when(past).then(pl.coalesce(start, end)).otherwise(published)).alias("first"),
        _ordinal(pl.when(past).then(end).otherwise(last)).alias("last"),
    )


def _ordinal(date: pl.Expr) -> pl.Expr:
    return date.cast(pl.Int32) + _EPOCH


_EPOCH = dt.date(1970, 1, 1).toordinal()
_FAR_PAST, _FAR_AHEAD = dt.date.min.toordinal(), dt.date.max.toordinal()


def _period(start: dt.date | None, end: dt.date | None) -> tuple[int, int]:
    return start.toordinal() if start else _FAR_PAST, end.toordinal() if end else _FAR_AHEAD


def contradiction(one: Statement, other: Statement) -> str | None:
    """The first thing in which two statements cannot be one figure; None when there is none.

    Only what both say can contradict. Dates and shared parties are another question.
    """
    if one.currency != other.currency:
        return "currency"
    if one.per != other.per:
        return "per"
    if one.low >= other.high or other.low >= one.high:
        return "amount"
    # Written out, not in a loop over TAGS: this is asked some ten million times.
    mine, yours = one.status, other.status
    if mine is not yours and mine is not None and yours is not None and mine != yours:
        return "status"
    mine, yours = one.aid_type, other.aid_type
    if mine is not yours and mine is not None and yours is not None and mine != yours:
        return "aid_type"
    if one.hold != other.hold:
        if one.hold is not None and other.hold is not None:
            return "hold"
        if "cancelled" in (one.hold, other.hold) and one.status != other.status:
            # The size of a cut says nothing of the stage, and joins only with another cut.
            return "hold"
    for tag in ("donor", "recipient", "instrument"):
        mine, yours = getattr(one, tag), getattr(other, tag)
        if mine is not None and yours is not None and mine != yours:
            return tag
    if one.period and other.period and not same_period(one.period, other.period):
        return "period"
    if one.barred and one.barred & other.classes:
        return "decision"
    if other.barred and other.barred & one.classes:
        return "decision"
    return None


def same_period(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two periods (days, both inclusive) share at least half of the shorter one.

    Half, because a fiscal and a calendar year of the same number share nine months, and those of
    two successive numbers three.
    """
    shared = min(one[1], other[1]) - max(one[0], other[0]) + 1
    return 2 * shared >= min(one[1] - one[0], other[1] - other[0]) + 1


def near_in_time(one: Statement, other: Statement) -> bool:
    """Whether the silence between two statements is short enough, or their periods are the same.

    A rate ("3 billion a year") is one flow for as long as it is stated, so no silence parts it. A
    statement without date is near to none.
    """
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return False
    if one.per:
        return True
    if one.first <= other.last + WINDOW_DAYS and other.first <= one.last + WINDOW_DAYS:
        return True
    return bool(one.period and other.period and not one.cumulative)
