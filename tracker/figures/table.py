"""Groups of mentions as rows: one figure a row, with what states it."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from tracker.schema import STATUS

RANK = {status: rank for rank, status in enumerate(STATUS)}
_FIRST = ("published", "document_id", "start")
_TAGS = ("per", "status", "hold", "aid_type", "instrument", "donor", "recipient", "donor_name",
         "recipient_name")  # fmt: skip
_OF_AMOUNT = ("amount_min", "amount_max", "qualifier")


def figures_table(
    mentions: pl.DataFrame, figure: pl.DataFrame, story: Mapping[str, str]
) -> pl.DataFrame:
    """One row a figure by `number`, with the columns of `Figure` and the parties' names.

    `mentions` has the columns of `Query.mentions`; `figure` has mention_id and `number`, equal for
    the mentions of one figure; `story` the story of each document_id. A tag is what the mentions
    say (the latest published, should people have joined some that differ); the amount is that of
    the most precise mention; `publishers` counts voices: each story once, by its first known
    publisher.
    """
    width = pl.col("high") - pl.col("low")
    frame = (
        mentions.join(figure, on="mention_id")
        .sort(*_FIRST, nulls_last=True)
        .with_columns(
            story=pl.col("document_id").replace_strict(story, return_dtype=pl.String),
            status=pl.when(pl.col("status") != "unspecified").then(pl.col("status")),
            voice=pl.col("publisher").drop_nulls().first().over("number", "document_id"),
        )
        .with_columns(voice=pl.col("voice").drop_nulls().first().over("number", "story"))
    )
    return (
        frame.group_by("number", maintain_order=True)
        .agg(
            pl.concat_str(pl.lit("f_"), pl.col("mention_id").first().str.slice(2)).alias(
                "figure_id"
            ),
            *(pl.col(name).sort_by(width, maintain_order=True).first() for name in _OF_AMOUNT),
            pl.col("low").min(),
            pl.col("high").max(),
            pl.col("currency").first(),
            *(pl.col(name).drop_nulls().last() for name in _TAGS),
            pl.col("cumulative").any(),
            pl.len().cast(pl.Int64).alias("mentions"),
            pl.col("document_id").n_unique().cast(pl.Int64).alias("documents"),
            pl.col("voice").drop_nulls().n_unique().cast(pl.Int64).alias("publishers"),
            (pl.col("document_id").n_unique() - pl.col("story").n_unique())
            .cast(pl.Int64)
            .alias("copies"),
            pl.col("attributed_to").drop_nulls().unique(maintain_order=True).alias("speakers"),
            pl.col("published").null_count().gt(0).alias("undated"),
            pl.col("published").min().alias("first_published"),
            pl.col("published").max().alias("last_published"),
            pl.col("period_start").drop_nulls().last(),
            pl.col("period_end").drop_nulls().last(),
            pl.col("part_of").drop_nulls().unique(maintain_order=True).alias("part_of"),
            pl.col("equivalent_of").drop_nulls().unique(maintain_order=True).alias("equivalent_of"),
            pl.col("mention_id").alias("mention_ids"),
        )
        .with_columns(
            amount=(pl.col("amount_min") + pl.col("amount_max")) / 2,
            status=pl.col("status").fill_null("unspecified"),
        )
        .sort("number")
    )


def in_order(figures: pl.DataFrame) -> pl.DataFrame:
    """Figures in the order of stages, the biggest amount first."""
    rank = pl.col("status").replace_strict(RANK, default=None, return_dtype=pl.Int64)
    order = [rank, pl.col("amount_max"), pl.col("amount_min"), pl.col("currency"), "figure_id"]
    return figures.sort(order, descending=[False, True, True, False, False])
