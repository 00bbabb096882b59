"""Which columns a report has and in which order; labels of codes are taken from the data model."""

from __future__ import annotations

import polars as pl

from tracker.schema import Figure, ReviewedDocument, ReviewedMention, columns_of

_MODEL = tuple(
    column
    for record in (ReviewedMention, Figure, ReviewedDocument)
    for column in columns_of(record)
)
_CODES = {column.name: dict(column.codes) for column in _MODEL if column.codes}

FIRST = (
    "quote", "amount_min", "amount_max", "currency", "qualifier_label", "per_label",
    "status_label", "hold_label", "cumulative", "donor_name", "recipient_name", "aid_type_label",
    "publisher", "published", "published_precision", "attributed_to", "sentence", "title", "url",
    "file_name", "mentions", "documents", "publishers", "first_published", "last_published",
)  # fmt: skip
"""What a reporter needs in the first view; all others follow in the order of the data model."""

_ALL = tuple(
    dict.fromkeys(
        (*FIRST, *(name + ending for name, *_ in _MODEL for ending in ("", "_label", "_name")))
    )
)


def layout(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame of mentions (`Query.mentions`) or marks (`figures.marks`) as a report has it.

    Beside each column of codes stands one of labels (`status`, `status_label`).
    """
    labelled = frame.with_columns(
        pl.col(name)
        .replace_strict(codes, default=None, return_dtype=pl.String)
        .alias(f"{name}_label")
        for name, codes in _CODES.items()
        if name in frame.columns
    )
    return labelled.select(sorted(labelled.columns, key=_ALL.index))
