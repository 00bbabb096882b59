"""Mentions to figures: what states the same amount is one mark. Nothing is ever added up."""

from __future__ import annotations

import polars as pl

from tracker.schema import STATUS

KEY = (
    "amount_min", "amount_max", "currency", "qualifier", "per", "status", "hold", "cumulative",
    "donor", "recipient",
)  # fmt: skip
"""Mentions equal in all of these are one mark; not said equals not said."""
_NAMES = ("donor_name", "recipient_name")
_FIRST = ("published", "document_id", "start")
_RANK = {status: rank for rank, status in enumerate(STATUS)}


def marks(mentions: pl.DataFrame) -> pl.DataFrame:
    """The marks of a frame of mentions (as `Query.mentions` gives it), in any order of its rows.

    One row a mark: the columns of `KEY`, the parties' names, `low` and `high` (the widest that a
    mention allows, currency units), `aid_type` when its mentions name one only, how many
    `mentions`, `documents` and known `publishers` state it, `first_published`,
    `last_published`, and `mention_ids`, the earliest published first. `figure_id` comes from the
    first of them. Marks stand in the order of stages, the biggest amount first. Mentions with
    status "other" make no mark.
    """
    kinds = pl.col("aid_type").drop_nulls().unique()
    found = (
        mentions.lazy()
        .filter(pl.col("status") != "other")
        .sort(*_FIRST, nulls_last=True)
        .group_by(KEY, maintain_order=True)
        .agg(
            *(pl.col(name).first() for name in _NAMES),
            pl.col("low").min(),
            pl.col("high").max(),
            pl.when(kinds.len() == 1).then(kinds.first()).alias("aid_type"),
            pl.len().cast(pl.Int64).alias("mentions"),
            pl.col("document_id").n_unique().cast(pl.Int64).alias("documents"),
            pl.col("publisher").drop_nulls().n_unique().cast(pl.Int64).alias("publishers"),
            pl.col("published").min().alias("first_published"),
            pl.col("published").max().alias("last_published"),
            pl.col("mention_id").alias("mention_ids"),
        )
        .with_columns(
            figure_id=pl.concat_str(pl.lit("f_"), pl.col("mention_ids").list.first().str.slice(2))
        )
    )
    rank = pl.col("status").replace_strict(_RANK, default=None, return_dtype=pl.Int64)
    order = [rank, pl.col("amount_max"), pl.col("amount_min"), *KEY[2:5], *KEY[6:], "figure_id"]
    down = [False, True, True] + [False] * (len(order) - 3)
    return found.sort(order, descending=down, nulls_last=True).collect()
