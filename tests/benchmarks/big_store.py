"""A data folder of any size, made from a seed: what the speed of the dashboard is measured on.

    python tests/benchmarks/big_store.py FOLDER [--mentions 1000000]

Mentions are those of `figures_bench.mentions`; each stands in a sentence of a document of five.
The tables are written as the store writes them, without the steps of its commits.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from figures_bench import SEED, mentions

from tracker.schema import DOCUMENT_SCHEMA, EXTRACTOR, MENTION_SCHEMA
from tracker.store.files import BUCKETS, bucket_of

VERBS = {
    "needed": "needs", "requested": "has asked for", "pledged": "promised", "approved": "approved",
    "committed": "signed for", "disbursed": "has paid out", "unspecified": "speaks of",
}  # fmt: skip


def write_store(folder: Path, count: int, seed: int = SEED) -> None:
    """Write a store of `count` mentions into `folder`, which must not be there yet."""
    frame = _with_texts(mentions(count, seed))
    documents = frame.group_by("document_id", maintain_order=True).agg(
        pl.col("line").str.join("\n").alias("text"),
        *(pl.col(name).first() for name in ("publisher", "published", "published_precision")),
    )
    title = pl.lit("Report ") + pl.col("document_id").str.strip_chars_start("d_0")
    documents = documents.with_columns(
        title=title, title_found=pl.lit("given"), language=pl.lit("en"),
        url=pl.lit("https://a.example/") + pl.col("document_id"),
        file_name=pl.col("document_id") + ".txt", media_type=pl.lit("text/plain"),
        original_sha256=pl.col("document_id").map_elements(
            lambda name: hashlib.sha256(name.encode()).hexdigest(), pl.String
        ),
        extracted_by=pl.lit(EXTRACTOR), reader=pl.lit("text 1"),
        pages=pl.lit([], pl.List(pl.Int64)),
    )  # fmt: skip
    for name, table, schema in (
        ("mentions", frame, MENTION_SCHEMA), ("documents", documents, DOCUMENT_SCHEMA),
    ):  # fmt: skip
        _write_buckets(folder / name, _as(table, schema))
    for name in ("sightings", "history", "reviews", "originals"):
        (folder / name).mkdir()
    (folder / "VERSION").write_text("1\n")


def _with_texts(frame: pl.DataFrame) -> pl.DataFrame:
    """The mentions with sentences that state them, and their places in the text of the document."""
    money = pl.concat_str(
        pl.col("currency"), pl.lit(" "), (pl.col("amount_min") / 1e6).round(3).cast(pl.String),
        pl.lit(" million"),
    )  # fmt: skip
    head = pl.concat_str(
        pl.col("donor").fill_null("Somebody"), pl.lit(" "), pl.col("cue"), pl.lit(" ")
    )
    frame = frame.with_columns(
        quote=money, cue=pl.col("status").replace_strict(VERBS),
        per=pl.lit(None, pl.String), language=pl.lit("en"), extractor=pl.lit(EXTRACTOR),
    ).with_columns(head=head)  # fmt: skip
    frame = frame.with_columns(
        line=pl.concat_str(
            "head", "quote", pl.lit(" for "), pl.col("recipient").fill_null("others"),
            pl.lit(", "), pl.col("sentence").str.strip_chars_start("0123456789").str.slice(0, 90),
            pl.lit("."),
        )
    )  # fmt: skip
    before = pl.col("line").str.len_chars() + 1
    begin = before.cum_sum().over("document_id") - before
    frame = frame.with_columns(begin=begin.cast(pl.Int64), sentence="line")
    start = pl.col("begin") + pl.col("head").str.len_chars()
    cue = pl.col("begin") + pl.col("donor").fill_null("Somebody").str.len_chars() + 1
    return frame.with_columns(
        start=start, end=start + pl.col("quote").str.len_chars(),
        cue_start=cue, cue_end=cue + pl.col("cue").str.len_chars(),
    ).with_columns(
        evidence=pl.concat_list(pl.struct(
            tag=pl.lit("status"), rule=pl.lit("made"), start="cue_start", end="cue_end",
        ))
    )  # fmt: skip


def _as(frame: pl.DataFrame, schema: pa.Schema) -> pa.Table:
    """The frame as a table of this schema; columns that it lacks are null."""
    table = frame.to_arrow()
    columns = []
    for field in schema:
        if field.name not in table.column_names:
            columns.append(pa.nulls(table.num_rows, field.type))
            continue
        column = table[field.name]
        columns.append(column.cast(field.type))
    return pa.table(columns, schema=schema)


def _write_buckets(folder: Path, table: pa.Table) -> None:
    folder.mkdir(parents=True)
    buckets = [bucket_of(name) for name in table["document_id"].to_pylist()]
    frame = pl.from_arrow(table.append_column("bucket", pa.array(buckets)))
    assert isinstance(frame, pl.DataFrame)
    for (name,), rows in frame.partition_by("bucket", as_dict=True, include_key=False).items():
        pq.write_table(rows.to_arrow().cast(table.schema), folder / f"{name}.parquet")
    assert set(buckets) <= set(BUCKETS)


def main() -> None:
    """Write the store that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mentions", type=int, default=1_000_000)
    options = parser.parse_args()
    write_store(options.folder, options.mentions)


if __name__ == "__main__":
    main()
