"""What figures have to do with one another: why two mentions are one or not, and what is like them.

"Possibly the same" and "also stated as" are shown beside a figure and claim nothing.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import polars as pl

from tracker.figures.book import Book
from tracker.figures.statement import Statement, contradiction, near_in_time, statements
from tracker.store.frame import plain

_PARTIES = ("donor", "recipient")
_NAMES = {
    "currency": "the currency", "per": "the time that it is paid for", "amount": "the amount",
    "donor": "the donor", "recipient": "the recipient", "status": "the stage", "hold": "the hold",
    "aid_type": "the kind of aid", "instrument": "the instrument", "period": "the period",
    "cumulative": "running total or not",
}  # fmt: skip


class Why(NamedTuple):
    """Whether two mentions are one figure, a word for the reason, and the reason in words."""

    same: bool
    reason: str
    words: str


def why(book: Book, one: str, other: str) -> Why:
    """Why two mentions are one figure, or why not. Raises KeyError for one that makes no figure.

    `reason` is story, parties, party, decision or figure for one figure; a tag, parties, date,
    undated, decision, figure or open for two.
    """
    figures = [book.figure_id(mention) for mention in (one, other)]
    for mention, figure in zip((one, other), figures, strict=True):
        if figure is None:
            raise KeyError(f"{mention}: states no figure")
    wanted = book.mentions.filter(pl.col("mention_id").is_in([one, other]))
    said = {item.mentions[0]: item for item in statements(wanted, book.links)}
    rows = {row["mention_id"]: row for row in wanted.iter_rows(named=True)}
    if one == other:
        return Why(True, "story", "They are the same mention.")
    first, second = said[one], said[other]
    stories = {book.story(rows[mention]["document_id"]) for mention in (one, other)}
    if figures[0] == figures[1]:
        return _together(first, second, rows, len(stories) == 1)
    return _apart(book, first, second, len(stories) == 1)


def _together(
    one: Statement, other: Statement, rows: dict[str, dict[str, Any]], one_story: bool
) -> Why:
    if one.classes & other.classes:
        return Why(True, "decision", "A person decided that they are the same figure.")
    shared = [
        rows[one.mentions[0]][f"{p}_name"]
        for p in _PARTIES
        if getattr(one, p) is not None and getattr(one, p) == getattr(other, p)
    ]
    amounts = "Their amounts overlap and nothing that both say contradicts"
    if one_story:
        documents = {row["document_id"] for row in rows.values()}
        where = "one document" if len(documents) == 1 else "copies of one story"
        return Why(True, "story", f"{amounts}; they stand in {where}.")
    if contradiction(one, other) is None and shared and near_in_time(one, other):
        both = "parties" if len(shared) == 2 else "party"
        return Why(True, both, f"{amounts}; both name {' and '.join(shared)}.")
    return Why(True, "figure", "Each fits what the other mentions of the figure say together.")


def _apart(book: Book, one: Statement, other: Statement, one_story: bool) -> Why:
    tag = contradiction(one, other)
    if tag == "decision":
        if one.barred & other.classes & book.decided or other.barred & one.classes & book.decided:
            return Why(False, tag, "A person decided that they are not the same figure.")
        return Why(False, "part_of", "One is a part of the other.")
    if tag is not None:
        return Why(False, tag, f"They differ in {_NAMES[tag]}.")
    if not one_story:
        if one.cumulative != other.cumulative:
            return Why(False, "cumulative", "One is a running total, the other is not.")
        known = [
            p for p in _PARTIES
            if getattr(one, p) is not None and getattr(one, p) == getattr(other, p)
        ]  # fmt: skip
        if not known:
            return Why(False, "parties", "They stand in different documents and share no party.")
        if one.first is None or other.first is None:
            if len(known) < 2:
                words = "One is undated, and they do not share both parties."
                return Why(False, "undated", words)
        elif not near_in_time(one, other):
            days = max(one.first, other.first) - min(one.last or 0, other.last or 0)
            return Why(False, "date", f"{days} days lie between them.")
    rows = [book.figure(item.mentions[0]) for item in (one, other)]
    for tag in ("status", "hold", "donor", "recipient", "aid_type", "instrument"):
        values = {row[tag] for row in rows if row and row[tag] not in (None, "unspecified")}
        if len(values) > 1:
            return Why(False, "figure", f"What states their figures differs in {_NAMES[tag]}.")
    return Why(False, "open", "They may be the same: one of them fits several figures.")


def possibly_same(book: Book, figure: dict[str, Any]) -> pl.DataFrame:
    """The figures that contradict `figure` in nothing and are not joined to it, nearest first.

    What would join them is not said: a shared party, a date, or which of several figures is meant.
    """
    same = [
        pl.col(tag).is_null() | (pl.col(tag) == figure[tag])
        for tag in (*_PARTIES, "hold", "aid_type", "instrument")
        if figure[tag] is not None
    ]
    if figure["status"] != "unspecified":
        same.append(pl.col("status").is_in([figure["status"], "unspecified"]))
    found = _same_amount(book, figure).filter(pl.col("cumulative") == figure["cumulative"], *same)
    if figure["period_end"] is not None:
        found = found.filter(~(pl.col("period_start") > figure["period_end"]).fill_null(False))
    if figure["period_start"] is not None:
        found = found.filter(~(pl.col("period_end") < figure["period_start"]).fill_null(False))
    return _nearest(found, figure)


def also_stated_as(book: Book, figure: dict[str, Any]) -> pl.DataFrame:
    """The same amount at other stages between the same parties: not claimed to be one flow."""
    if figure["donor"] is None and figure["recipient"] is None:
        return plain(book.figures.clear())
    same = [
        pl.col(party).eq_missing(pl.lit(figure[party])) | pl.col(party).is_null()
        for party in _PARTIES
        if figure[party] is not None
    ]
    shares_one = pl.any_horizontal(pl.col(p) == figure[p] for p in _PARTIES if figure[p])
    other_stage = (
        (pl.col("status") != figure["status"])
        & ~pl.lit(figure["status"] == "unspecified")
        & (pl.col("status") != "unspecified")
    ) | (pl.col("hold").fill_null("") != (figure["hold"] or ""))
    return _nearest(_same_amount(book, figure).filter(shares_one, other_stage, *same), figure)


def _same_amount(book: Book, figure: dict[str, Any]) -> pl.DataFrame:
    found = book.figures.filter(
        pl.col("low") < figure["high"],
        pl.col("high") > figure["low"],
        pl.col("currency") == figure["currency"],
        pl.col("per").eq_missing(pl.lit(figure["per"], pl.String)),
        pl.col("figure_id") != figure["figure_id"],
    )
    return plain(found)


def _nearest(figures: pl.DataFrame, figure: dict[str, Any]) -> pl.DataFrame:
    away = (pl.col("amount") - figure["amount"]).abs()
    return figures.sort(away, "first_published", "figure_id", nulls_last=True)
