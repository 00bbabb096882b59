"""Which columns a report has, in which order, what each means, and how they are filled."""

from __future__ import annotations

from typing import Literal

import polars as pl

from tracker.reports.conversions import TARGETS, converted
from tracker.reports.links import permalinks, source_links
from tracker.schema import (
    DATE,
    REAL,
    TEXT,
    Column,
    Document,
    Figure,
    Mention,
    ReviewedDocument,
    ReviewedMention,
    columns_of,
)
from tracker.store.frame import ABOUT_DOCUMENT

What = Literal["mentions", "figures"]

DISPLAYED = (
    "quote", "amount_min", "amount_max", "currency", "qualifier_label", "per_label",
    "status_label", "hold_label", "cumulative", "donor_name", "recipient_name", "aid_type_label",
    "publisher", "published", "attributed_to", "sentence", "source_link", "permalink",
)  # fmt: skip
"""What a reporter needs in the first view."""
_THEN = (
    "mentions", "documents", "publishers", "copies", "speakers", "undated", "first_published",
    "last_published", "published_precision", "title", "url", "file_name",
    "status", "hold", "qualifier", "per", "aid_type", "instrument", "instrument_label", "donor",
    "recipient",
    "usd_min", "usd_max", "usd_rate", "usd_rate_date", "eur_min", "eur_max", "eur_rate",
    "eur_rate_date", "not_converted",
    "low", "high", "amount", "period", "period_start", "period_end",
    "figure_id", "mention_id", "document_id", "mention_ids", "equivalent_of", "part_of",
)  # fmt: skip
"""What follows: counts and source, codes, conversions, intervals, ids; then all others."""
QUOTED = (
    "mention_id", "document_id", "quote", "sentence", "attributed_to", "publisher", "published",
    "published_precision", "title", "url", "file_name",
)  # fmt: skip
"""What a figure shows of its most precise mention."""
DAY = {"mentions": "published", "figures": "first_published"}
"""The date whose exchange rates count."""

SAMPLE_COLUMN = Column(
    "sample", TEXT, "Sample data", "Says of every row that it is of an invented story."
)
"""Stands first, and only, in reports of sample stories: a row says it wherever it is pasted."""
_CURRENCY_NAMES = {"USD": "US dollars", "EUR": "euros"}
_ADDED = (
    Column("donor_name", TEXT, "Donor", "Who gives, by its short English name."),
    Column("recipient_name", TEXT, "Recipient", "Who receives, by its short English name."),
    Column(
        "source_link", TEXT, "Link to the quote",
        "Where it was published; browsers that can go to the sentence.",
    ),
    Column("permalink", TEXT, "Permalink", "The figure's page; its id where no address is set."),
    *(
        Column(f"{to.lower()}_{name}", type_, f"{label} in {to}" if name in ("min", "max") else
               f"{label} {to}", description.format(_CURRENCY_NAMES[to]), unit)
        for to in TARGETS
        for name, type_, label, description, unit in (
            ("min", REAL, "Amount", "Converted to {}; no document states it.", to),
            ("max", REAL, "Amount, upper bound", "Converted to {}; no document states it.", to),
            ("rate", REAL, "Rate to", "What one currency unit was worth in {}.", to),
            ("rate_date", DATE, "Date of the rate to",
             "The day of the European Central Bank's rate to {}.", None),
        )
    ),
    Column("not_converted", TEXT, "Not converted", "Why a conversion is missing."),
)  # fmt: skip


def columns(what: What, *, sample: bool = False) -> tuple[Column, ...]:
    """Every column of a full report, in its order; with that of reports of `sample` stories."""
    documents = {column.name: column for column in columns_of(ReviewedDocument)}
    mentions = {column.name: column for column in columns_of(Mention)}
    documents["published"] = next(c for c in columns_of(Document) if c.name == "published")
    found: dict[str, Column] = {}
    if what == "mentions":
        own = columns_of(ReviewedMention)
        others = [documents[name] for name in ABOUT_DOCUMENT]
    else:
        own = columns_of(Figure)
        others = [
            (mentions.get(name) or documents[name])._replace(
                description=f"Of its most precise mention. "
                f"{(mentions.get(name) or documents[name]).description}"
            )
            for name in QUOTED
        ]
    for column in (*own, *others):
        found.setdefault(column.name, column)
        if column.codes:
            found[f"{column.name}_label"] = Column(
                f"{column.name}_label", TEXT, column.label, f"{column.description} In words."
            )
    found |= {column.name: column for column in _ADDED}
    order = [name for name in (*DISPLAYED, *_THEN) if name in found]
    first = (SAMPLE_COLUMN,) if sample else ()
    return (*first, *(found[name] for name in dict.fromkeys([*order, *found])))


def layout(rows: pl.DataFrame, what: What, rates: pl.DataFrame, base_url: str) -> pl.DataFrame:
    """Mentions, or figures with what they quote, as a report has them: all columns, in order.

    Beside each column of codes stands one of labels (`status`, `status_label`); an empty text is
    null, so that there is one empty value. Columns that `rows` lack are left out.
    """
    known = columns(what, sample=True)
    day, key = DAY[what], f"{what.removesuffix('s')}_id"
    if {"currency", day, "amount_min", "amount_max"} <= set(rows.columns):
        rows = converted(rows, day, rates)
    if {"url", "sentence"} <= set(rows.columns):
        rows = rows.with_columns(source_links(rows["url"], rows["sentence"]))
    if key in rows.columns:
        rows = rows.with_columns(permalink=permalinks(base_url, "figure", pl.col(key)))
    rows = rows.with_columns(
        pl.col(column.name)
        .replace_strict(dict(column.codes), default=None, return_dtype=pl.String)
        .alias(f"{column.name}_label")
        for column in known
        if column.codes and column.name in rows.columns
    )
    texts = pl.selectors.string()
    rows = rows.with_columns(pl.when(texts != "").then(texts).name.keep())
    return rows.select(column.name for column in known if column.name in rows.columns)


def quoted(figures: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """Figures with `QUOTED` of their most precise mention, the earliest of equal ones.

    `mentions` holds (at least) their mentions. Amounts come from the same one.
    """
    members = figures.select("figure_id", mention_id="mention_ids").explode("mention_id")
    width = pl.col("high") - pl.col("low")
    best = (
        members.join(mentions.select(*QUOTED, "low", "high", "start"), on="mention_id")
        .sort(width, "published", "document_id", "start", nulls_last=True)
        .unique("figure_id", keep="first", maintain_order=True)
        .select("figure_id", *QUOTED)
        .with_columns(pl.selectors.categorical().cast(pl.String))
    )
    return figures.join(best, on="figure_id", how="left", maintain_order="left")
