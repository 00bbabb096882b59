"""The tables of a data package beside mentions and figures: documents, totals, statuses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import polars as pl
import pyarrow as pa

from tracker.figures import Total, words
from tracker.reports import notes
from tracker.reports.links import permalinks
from tracker.reports.report import Report
from tracker.schema import (
    HOLD,
    REAL,
    STATUS,
    TEXT,
    VOCABULARIES,
    WHOLE,
    YES_NO,
    Column,
    ReviewedDocument,
    columns_of,
)
from tracker.store.frame import ABOUT_DOCUMENT

_CURRENCY = "ISO 4217 code."
_UNIT = "currency units"
_STATUS = Column("status", TEXT, "Status", "The stage that is summed.", None, STATUS)
_HOLD = Column("hold", TEXT, "Hold", "Blocked money is summed by itself.", None, HOLD)

DOCUMENTS = (
    *(column for column in columns_of(ReviewedDocument)
      if column.name in ("document_id", *ABOUT_DOCUMENT)),
    Column("permalink", TEXT, "Permalink", "The document's page; its id where none is set."),
)  # fmt: skip
TOTALS = (
    _STATUS,
    _HOLD,
    Column("currency", TEXT, "Currency", _CURRENCY),
    Column("amount", REAL, "Amount", "The sum of what is counted.", _UNIT),
    Column("low", REAL, "At least", "The lowest that the figures counted allow.", _UNIT),
    Column("high", REAL, "Below", "The highest that they allow.", _UNIT),
    Column("at_most", REAL, "At most",
           "The highest if what may be counted already were money of its own.", _UNIT),
    Column("counted", WHOLE, "Counted", "How many figures are counted."),
    Column("left_out", WHOLE, "Left out", "How many figures of this stage are not."),
    Column("words", TEXT, "In words", "The total as a sentence has it."),
)  # fmt: skip
TOTALS_FIGURES = (
    _STATUS,
    _HOLD,
    Column("currency", TEXT, "Currency", "Of the total."),
    Column("figure_id", TEXT, "Figure", "The figure, as in figures.csv."),
    Column("counted", YES_NO, "Counted", "Whether the total counts it."),
    Column("reason", TEXT, "Reason", "Why it is left out, in a word: docs/FIGURES.md."),
    Column("of", TEXT, "Of", "The figure that the reason names."),
    Column("words", TEXT, "In words", "Why it is left out, as a sentence has it."),
)
STATUSES = (
    Column("column", TEXT, "Column", "The column that has the code: status or hold."),
    Column("code", TEXT, "Code", "The code in that column."),
    Column("label", TEXT, "Label", "The code in words."),
    Column("meaning", TEXT, "Meaning", "What it means."),
    *(Column(key, TEXT, name, f"The nearest term of {name}; not equivalent.")
      for key, name in VOCABULARIES.items()),
)  # fmt: skip


def documents(mentions: Report, figures: Report) -> pl.DataFrame:
    """The documents that the mentions stand in, and those that the figures quote."""
    quoted = pl.concat(replace(figures, columns=("document_id",)).slices())
    shown = [mentions.rows]
    if quoted.height:
        shown.append(figures.book.mentions.join(quoted, on="document_id", how="semi"))
    names = [column.name for column in DOCUMENTS if column.name != "permalink"]
    found = pl.concat(frame.select(names) for frame in shown).unique("document_id")
    found = found.sort("published", "document_id", descending=[True, False], nulls_last=True)
    link = permalinks(mentions.base_url, "document", pl.col("document_id"))
    return found.with_columns(permalink=link)


def totals(found: Sequence[Total]) -> pl.DataFrame:
    """One row a total."""
    return _frame(TOTALS, (
        (total.status, total.hold, total.currency, total.amount,
         *((total.low, total.high, total.at_most) if total.counted else (None,) * 3),
         len(total.counted), len(total.left_out), words.total_amount(total))
        for total in found
    ))  # fmt: skip


def totals_figures(found: Sequence[Total]) -> pl.DataFrame:
    """One row a figure that a total counts or leaves out."""

    def rows() -> Iterator[tuple[object, ...]]:
        for total in found:
            key = total.status, total.hold, total.currency
            for item in total.counted:
                yield (*key, item.id, True, None, None, None)
            named = words.named_in(total)
            for left in total.left_out:
                yield (*key, left.figure["figure_id"], False, left.reason, left.of,
                       words.reason(left, named))  # fmt: skip

    return _frame(TOTALS_FIGURES, rows())


def statuses() -> pl.DataFrame:
    """The codes of status and hold with their meaning, and the nearest terms of others."""
    return _frame(STATUSES, ([cell or None for cell in row] for row in notes.statuses()))


def _frame(columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> pl.DataFrame:
    empty = pl.DataFrame(pa.schema([(c.name, c.type) for c in columns]).empty_table())
    return pl.DataFrame(list(rows), empty.schema, orient="row")
