"""Mentions and marks as tables for the terminal, made to be read at 100 columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl
from babel.numbers import format_compact_decimal
from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from tracker.documents import written
from tracker.schema import AID_TYPE, HOLD, PER, QUALIFIER, STATUS, Mention, columns_of

Row = Mapping[str, Any]

NOT_KNOWN = "not known"
"""What stands where a source does not say who published it, when or where."""
_IN_FULL = 1e6
"""Amounts from here on are written in words too, in currency units."""


def mentions_tables(frame: pl.DataFrame) -> Iterator[RenderableType]:
    """A table of mentions for each document of a frame of mentions, under the document's title."""
    for part in frame.partition_by("document_id", maintain_order=True):
        rows = part.rows(named=True)
        yield Text(_source_line(rows[0]), style="bold")
        table = plain_table(
            "As written", "Amount", "Status", "From \u2192 to", "Kind", "Said by", "Cue"
        )
        for row in rows:
            table.add_row(
                Text(row["quote"]), *_tags(row), Text(row["attributed_to"] or ""),
                Text(row["cue"] or "", style="italic"),
            )  # fmt: skip
        yield table
        yield ""


def marks_table(frame: pl.DataFrame) -> RenderableType:
    """A frame of marks as one table: what is stated, and how often."""
    table = plain_table("Amount", "Status", "From \u2192 to", "Kind", "Stated by", "Published")
    for row in frame.iter_rows(named=True):
        first, last = row["first_published"], row["last_published"]
        table.add_row(
            *_tags(row),
            lines_of(_count(row["mentions"], "mention"), _count(row["documents"], "document")),
            lines_of(*(str(day) for day in (first, last) if day)) or Text(NOT_KNOWN),
        )  # fmt: skip
    return table


def evidence_table(row: Row, text: str) -> RenderableType:
    """Why a mention has its tags: each with its value, the rule, and the words that it read."""
    table = plain_table("Tag", "Value", "Rule", "Words")
    for item in row["evidence"]:
        tag, start, end = item["tag"], item["start"], item["end"]
        words = " ".join(text[start:end].split())
        table.add_row(
            tag, Text(value_in_words(tag, row.get(tag))), item["rule"], Text(words, style="italic")
        )
    return table


def explained(frame: pl.DataFrame, texts: Mapping[str, str]) -> Iterator[RenderableType]:
    """The evidence of every mention of a frame; `texts` by document_id."""
    for row in frame.iter_rows(named=True):
        yield Text.assemble((row["quote"], "bold"), "  ", (row["sentence"], "dim"))
        yield evidence_table(row, texts[row["document_id"]])
        yield ""


def amount_in_words(row: Row) -> str:
    """The amount as it is said: "almost 45 billion", "5 billion to 7 billion a year"."""
    lower, upper = (_scaled(row[name]) for name in ("amount_min", "amount_max"))
    words = lower if row["amount_min"] == row["amount_max"] else f"{lower} to {upper}"
    hedge = QUALIFIER[row["qualifier"]] if row["qualifier"] != "exact" else ""
    return " ".join(part for part in (hedge, words, PER.get(row["per"] or "", "")) if part)


def _tags(row: Row) -> tuple[Text, Text, Text, Text]:
    """Amount, status, parties and kind, the cells that mentions and marks share."""
    lower, upper = (full(row[name]) for name in ("amount_min", "amount_max"))
    bounds = [upper] if lower == upper else [f"{lower} to", upper]
    amount = lines_of(*bounds[:-1], f"{bounds[-1]} {row['currency']}", amount_in_words(row))
    status = lines_of(
        STATUS[row["status"]],
        HOLD[row["hold"]].lower() if row["hold"] else "",
        "running total" if row["cumulative"] else "",
    )
    parties = Text("")
    if row["donor"] or row["recipient"]:
        parties = lines_of(row["donor_name"] or "?", f"\u2192 {row['recipient_name'] or '?'}")
    return amount, status, parties, Text(AID_TYPE.get(row["aid_type"] or "", ""))


def _source_line(row: Row) -> str:
    known = [row["title"], row["publisher"], row["file_name"]]
    if row["published"]:
        known.insert(2, written(row["published"], row["published_precision"]))
    return "  \u00b7  ".join(part for part in known if part)


def value_in_words(name: str, value: Any) -> str:
    """A value of a column of the data model as people read it; empty for none."""
    codes = next((c.codes for c in columns_of(Mention) if c.name == name and c.codes), {})
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return full(value)
    return "" if value is None else codes.get(value, str(value))


def full(amount: float) -> str:
    """An amount with all its digits."""
    return f"{amount:,.0f}" if amount.is_integer() else f"{amount:,}"


def _scaled(amount: float) -> str:
    if amount < _IN_FULL:
        return full(amount)
    return format_compact_decimal(amount, format_type="long", locale="en", fraction_digits=3)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def lines_of(*parts: str) -> Text:
    """The parts that say something, each once, one below the other."""
    return Text("\n".join(dict.fromkeys(part for part in parts if part)))


def plain_table(*headings: str) -> Table:
    """A table without frame that breaks no number and loses no column."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, collapse_padding=True)
    for heading in headings:
        # Numbers are never broken, and no column vanishes where there is little room.
        table.add_column(
            heading,
            overflow="fold",
            no_wrap=heading == "Amount",
            min_width=9 if heading == "Status" else 7,
        )
    return table
