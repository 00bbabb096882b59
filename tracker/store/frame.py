"""Mentions beside what is known of their documents, as one polars frame."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl
import pyarrow as pa

from tracker.extraction.text.names import country_names
from tracker.schema import DOCUMENT_SCHEMA, MENTION_SCHEMA, Document, Mention
from tracker.store.reviewed import apply_to_documents
from tracker.store.rows import table_of

ABOUT_DOCUMENT = (
    "title", "publisher", "url", "published", "published_precision", "retrieved", "file_name",
    "original_sha256", "superseded_by",
)  # fmt: skip
"""The columns of a document that stand beside each of its mentions."""
PARTIES = ("donor", "recipient")
APART = "apart"
"""The column of a packed frame that says whether the quote is no part of the sentence."""
_DISTINCT = ("mention_id", "document_id", "quote", "sentence")
"""Texts that hardly repeat."""
_PLACES = ("start", "end", "cue_start", "cue_end")
"""Places in a text, which are far below what 32 bits hold (`extraction.batch.MAX_CHARACTERS`)."""
_EVIDENCE = pl.DataFrame(MENTION_SCHEMA.empty_table()).schema["evidence"]
_PACKED_EVIDENCE = pl.List(
    pl.Struct({"tag": pl.Categorical, "rule": pl.Categorical, "start": pl.Int32, "end": pl.Int32})
)


def party_name(code: str) -> str:
    """The short English name of a country's ISO 3166-1 alpha-3 code; other parties as they are."""
    known = country_names().get(code)
    return known[0] if known else code


def join(mentions: pa.Table, documents: pa.Table) -> pl.DataFrame:
    """The mentions, in their order, with `ABOUT_DOCUMENT`, `donor_name` and `recipient_name`.

    `documents` needs the columns document_id and `ABOUT_DOCUMENT`.
    """
    about = polars(documents.select(["document_id", *ABOUT_DOCUMENT]))
    frame = polars(mentions).join(about, on="document_id", how="left", maintain_order="left")
    for party in PARTIES:
        names = {code: party_name(code) for code in frame[party].drop_nulls().unique()}
        name = pl.col(party).replace_strict(names, default=None, return_dtype=pl.String)
        frame = frame.with_columns(name.alias(f"{party}_name"))
    return frame


def held_once(frame: pl.DataFrame, *distinct: str) -> pl.DataFrame:
    """The frame with texts that repeat as categories: all but the columns `distinct`."""
    repeated = pl.selectors.string() - pl.selectors.by_name(*distinct)
    return frame.with_columns(repeated.cast(pl.Categorical))


def packed(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with texts that repeat held once each (as categories), small whole numbers in half
    the bytes, and `APART`.
    """
    sentence, quote = (pl.col(n).str.replace_all(r"\s+", " ") for n in ("sentence", "quote"))
    return held_once(frame, *_DISTINCT).with_columns(
        (~sentence.str.contains(quote, literal=True)).alias(APART),
        pl.col(_PLACES).cast(pl.Int32),
        pl.col("evidence").cast(_PACKED_EVIDENCE),
    )  # fmt: skip


def plain(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame that was packed, or its texts held once, as before; also some rows or columns."""
    return frame.drop(APART, strict=False).with_columns(
        pl.selectors.categorical().cast(pl.String),
        pl.selectors.by_name(*_PLACES, require_all=False).cast(pl.Int64),
        pl.selectors.by_name("evidence", require_all=False).cast(_EVIDENCE),
    )


def frame_of(mentions: Iterable[Mention], documents: Iterable[Document]) -> pl.DataFrame:
    """The same frame for mentions and documents that are not stored."""
    about = apply_to_documents(table_of(documents, DOCUMENT_SCHEMA), [])
    return join(table_of(mentions, MENTION_SCHEMA), about)


def polars(table: pa.Table) -> pl.DataFrame:
    """An Arrow table as a polars frame."""
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)  # a Series comes of an array only
    return frame
