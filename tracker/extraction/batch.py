"""The two doors to the extractor: one text, or a table of texts."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pyarrow as pa
import regex

from tracker.extraction.finder import candidates
from tracker.extraction.reader import read
from tracker.extraction.words import Span
from tracker.schema import MENTION_SCHEMA, Mention, document_id_of

_SURROGATE = regex.compile(r"[\ud800-\udfff]")
_COLUMNS = [f.name for f in fields(Mention)]
LIMITS_KEY = b"limits"
"""Schema metadata of `extract_batch`: JSON object of document_id to the cap that it hit."""


BATCH_ROWS = 16_384
"""Documents scanned at a time: some 50 MB of news, so that memory stays bounded."""
LONG_TEXT = 20_000
"""Code points from which on the scan of `finder.py` pays for one text."""
_Row = tuple[str, str, str | None, str | None, list[Span] | None]


class LimitReached(UserWarning):
    """A cap was hit: part of the text was not read."""


def _clean(text: str) -> str:
    """Lone surrogates as U+FFFD, one for one, so that offsets stay."""
    return str(_SURROGATE.sub("\ufffd", text))


def extract(text: str, language: str | None = None, country: str | None = None) -> list[Mention]:
    """Find every amount of money in `text` and say what each is.

    `language` is an ISO 639-1 code (English is read; other languages come later); `country` an
    ISO 3166-1 alpha-3 code that helps to tell pounds, rupees, kroner, francs and pesos apart.
    Returns the mentions in reading order, with offsets in code points of `text`. A cap that was
    hit raises the warning `LimitReached`.
    """
    clean = _clean(text)
    spans = None
    if len(clean) >= LONG_TEXT:
        spans = next(candidates(pa.array([clean], pa.large_string()))) or []
    mentions, limit = read(document_id_of(clean), clean, language, country, spans)
    if limit:
        warnings.warn(limit, LimitReached, stacklevel=2)
    return mentions


def extract_batch(documents: pa.Table) -> pa.Table:
    """The mentions of a table of documents, as a table with the columns of `MENTION_SCHEMA`.

    `documents` has the columns document_id and text, and may have language and country. Documents
    that hit a cap are listed in the result's schema metadata under `limits`. Raises ValueError
    when a column is missing.
    """
    missing = {"document_id", "text"} - set(documents.column_names)
    if missing:
        raise ValueError(f"documents: column missing: {', '.join(sorted(missing))}")
    columns: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
    limits: dict[str, str] = {}
    for row in _rows(documents):
        if row[-1] is None:
            continue
        mentions, limit = read(*row)
        if limit:
            limits[row[0]] = limit
        for mention in mentions:
            for name in _COLUMNS:
                columns[name].append(getattr(mention, name))
    columns["evidence"] = [[e._asdict() for e in evidence] for evidence in columns["evidence"]]
    table = pa.table(columns, schema=MENTION_SCHEMA)
    if limits:
        table = table.replace_schema_metadata({LIMITS_KEY: json.dumps(limits).encode()})
    return table


def _rows(documents: pa.Table) -> Iterator[_Row]:
    """What `read` takes, for each document; the spans are None where no amount can stand."""
    names = [n for n in ("language", "country") if n in documents.column_names]
    for part in documents.select(["document_id", "text", *names]).to_batches(BATCH_ROWS):
        count = part.num_rows
        texts = [_clean(text or "") for text in part["text"].to_pylist()]
        language, country = (
            part[name].to_pylist() if name in names else [None] * count
            for name in ("language", "country")
        )
        spans = candidates(pa.array(texts, pa.large_string()))
        yield from zip(
            part["document_id"].to_pylist(), texts, language, country, spans, strict=True
        )
