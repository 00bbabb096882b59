"""The two doors to the extractor: one text, or a table of texts."""

from __future__ import annotations

import json
import warnings
from collections.abc import Sequence
from dataclasses import fields
from itertools import accumulate
from operator import attrgetter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import regex

from tracker.collector import collector_paused
from tracker.extraction.amounts.elision import worth_reading
from tracker.extraction.amounts.find import find_amounts, read_texts
from tracker.extraction.amounts.reading import Amount
from tracker.extraction.amounts.scan import candidates, matches
from tracker.extraction.reader import read
from tracker.schema import EVIDENCE_TYPE, MENTION_SCHEMA, Evidence, Mention, document_id_of

_SURROGATE = regex.compile(r"[\ud800-\udfff]")
_COLUMNS = [f.name for f in fields(Mention)]
_row_of = attrgetter(*_COLUMNS)
LIMITS_KEY = b"limits"
"""Schema metadata of `extract_batch`: JSON object of document_id to the cap that it hit."""

BATCH_ROWS = 16_384
"""Documents scanned at a time: some 50 MB of news, so that memory stays bounded."""
MAX_CHARACTERS = 20_000_000
"""Code points read in one document."""
MAX_MENTIONS = 20_000
"""Mentions read in one document; a longer list is a table to be read as data, not as prose."""


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
    key, limits = document_id_of(clean), dict[str, str]()
    clean = _within_reach(key, clean, limits)
    found = matches(clean, worth_reading(clean, candidates(clean)))
    amounts = find_amounts(clean, country, found, MAX_MENTIONS + 1)
    mentions = read(key, clean, language, _within_number(key, clean, amounts, limits))
    for limit in limits.values():
        warnings.warn(limit, LimitReached, stacklevel=2)
    return mentions


def extract_batch(documents: pa.Table) -> pa.Table:
    """The mentions of a table of documents, as a table with the columns of `MENTION_SCHEMA`.

    `documents` has the columns document_id and text, and may have language and country. Documents
    that hit a cap are listed in the result's schema metadata under `limits`. Raises ValueError
    when a column is missing or none of text.
    """
    missing = {"document_id", "text"} - set(documents.column_names)
    if missing:
        raise ValueError(f"documents: column missing: {', '.join(sorted(missing))}")
    for name in {"document_id", "text", "language", "country"} & set(documents.column_names):
        kind = documents.schema.field(name).type
        if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)
                or pa.types.is_string_view(kind) or pa.types.is_null(kind)):  # fmt: skip
            raise ValueError(f"documents: column {name} holds {kind}, not text")
    rows: list[tuple[Any, ...]] = []
    limits: dict[str, str] = {}
    names = [n for n in ("language", "country") if n in documents.column_names]
    for part in documents.select(["document_id", "text", *names]).to_batches(BATCH_ROWS):
        ids = part["document_id"].to_pylist()
        languages, countries = (
            part[name].to_pylist() if name in names else [None] * len(ids)
            for name in ("language", "country")
        )
        texts = _texts(part["text"], ids, limits)
        with collector_paused():
            for row, amounts in read_texts(texts, countries, MAX_MENTIONS + 1):
                key, text = ids[row], texts[row].as_py()
                kept = _within_number(key, text, amounts, limits)
                rows += map(_row_of, read(key, text, languages[row], kept))
    columns = dict(zip(_COLUMNS, zip(*rows, strict=True) if rows else [()] * len(_COLUMNS),
                       strict=True))  # fmt: skip
    columns["evidence"] = _evidence(columns["evidence"])
    table = pa.table(columns, schema=MENTION_SCHEMA)
    if limits:
        table = table.replace_schema_metadata({LIMITS_KEY: json.dumps(limits).encode()})
    return table


def _evidence(lists: Sequence[list[Evidence]]) -> pa.Array:
    """Lists of evidence as an Arrow column."""
    every = [evidence for evidences in lists for evidence in evidences]
    parts = zip(*every, strict=True) if every else [()] * EVIDENCE_TYPE.value_type.num_fields
    fields = list(EVIDENCE_TYPE.value_type)
    values = [pa.array(part, field.type) for part, field in zip(parts, fields, strict=True)]
    offsets = pa.array(accumulate(map(len, lists), initial=0), pa.int32())
    return pa.ListArray.from_arrays(
        offsets, pa.StructArray.from_arrays(values, fields=fields), type=EVIDENCE_TYPE
    )


def _texts(column: pa.Array, ids: list[str], limits: dict[str, str]) -> pa.Array:
    """The texts as large_string, none null and none beyond the cap."""
    texts = column.cast(pa.large_string()).fill_null("")
    # A code point takes a byte at least, so that most texts need not be counted.
    for row in np.flatnonzero(pc.binary_length(texts).to_numpy() > MAX_CHARACTERS).tolist():
        cut = _within_reach(ids[row], texts[row].as_py(), limits)
        texts = pa.concat_arrays([texts[:row], pa.array([cut], texts.type), texts[row + 1 :]])
    return texts


def _within_reach(key: str, text: str, limits: dict[str, str]) -> str:
    """`text` up to the cap; what is left unread is noted in `limits`."""
    if len(text) > MAX_CHARACTERS:
        limits[key] = f"read {MAX_CHARACTERS:,} of {len(text):,} characters"
    return text[:MAX_CHARACTERS]


def _within_number(
    key: str, text: str, amounts: list[Amount], limits: dict[str, str]
) -> list[Amount]:
    """`amounts` up to the cap; what is left unread is noted in `limits`."""
    if len(amounts) > MAX_MENTIONS:
        limits[key] = (
            f"stopped after {MAX_MENTIONS:,} amounts, at character "
            f"{amounts[MAX_MENTIONS - 1].end:,} of {len(text):,}"
        )
    return amounts[:MAX_MENTIONS]
