"""The answers of the checker as rows: one for each quote of each figure in a band."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from tracker.check import Answer
from tracker.schema import REAL, TEXT, arrow_schema, column, optional


@dataclass(slots=True, kw_only=True)
class CheckRow:
    """One quote of a figure that stands in a band beside the amount that was asked about."""

    asked: str = column(TEXT, "Asked", "The amount of the question, as written.")
    read_as: str = column(TEXT, "Read as", "How the question was read.")
    summary: str = column(TEXT, "Summary", "How the amount stands to what is known.")
    band: str | None = optional(TEXT, "Band", "How the figure compares, as a code.")
    title: str | None = optional(TEXT, "Band, in words", "How the figure compares.")
    figure_id: str | None = optional(TEXT, "Figure", "The figure; empty if none compares.")
    amount: str | None = optional(TEXT, "Amount, in words", "The figure's amount.")
    amount_min: float | None = optional(
        REAL, "Amount, lower bound", "The figure's.", unit="currency units"
    )
    amount_max: float | None = optional(
        REAL, "Amount, upper bound", "The figure's.", unit="currency units"
    )
    currency: str | None = optional(TEXT, "Currency", "ISO 4217 code.")
    stage: str | None = optional(TEXT, "Stage", "The figure's stage, in words.")
    flow: str | None = optional(TEXT, "Flow", "Who gives to whom, in words.")
    differs: str | None = optional(TEXT, "Differs", "How it differs from what is asked.")
    converted: str | None = optional(TEXT, "Converted", "The amount at which rate, if it was.")
    stated: str | None = optional(TEXT, "Stated", "By how many sources, and when.")
    mention_id: str | None = optional(TEXT, "Mention", "The mention that is quoted.")
    quote: str | None = optional(TEXT, "Quote", "Its sentence.")
    quoted_amount: str | None = optional(TEXT, "Amount as written", "Its exact characters.")
    said_by: str | None = optional(TEXT, "Said by", "Who states it in the text.")
    period: str | None = optional(TEXT, "Period", "The words of the period, as written.")
    cue: str | None = optional(TEXT, "Cue", "The words that decided the status.")
    document_title: str | None = optional(TEXT, "Title", "Of the document.")
    publisher: str | None = optional(TEXT, "Publisher", "Who published it.")
    published: str | None = optional(TEXT, "Published", "Date of publication.")
    url: str | None = optional(TEXT, "Source", "Where it was published.")
    citation: str | None = optional(TEXT, "Citation", "The source, ready to be printed.")


_SCHEMA = arrow_schema(CheckRow)
_EMPTY = pl.DataFrame(pl.from_arrow(_SCHEMA.empty_table()))


def rows_of(answers: Iterable[Answer]) -> pl.DataFrame:
    """The answers as a frame with the columns of `CheckRow`."""
    rows = [row for answer in answers for row in _rows(answer.data())]
    return pl.DataFrame(rows, schema=_EMPTY.schema)


def _rows(answer: dict[str, Any]) -> Iterable[dict[str, Any]]:
    asked = {
        "asked": answer["amount"], "read_as": answer["read_as"], "summary": answer["summary"],
    }  # fmt: skip
    if not answer["bands"]:
        yield asked
    for band in answer["bands"]:
        for figure in band["figures"]:
            found = {name: figure[name] for name in _SCHEMA.names if name in figure}
            found |= {"differs": "; ".join(figure["differs"])}
            head = asked | {"band": band["band"], "title": band["title"]} | found
            for quote in figure["quotes"] or [{}]:
                yield head | _renamed(quote)


def _renamed(quote: dict[str, Any]) -> dict[str, Any]:
    new = {"amount": "quoted_amount", "title": "document_title"}
    return {new.get(name, name): value for name, value in quote.items()}
