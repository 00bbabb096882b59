"""The data of one commit in memory: mentions with texts that repeat held once, and how they are
filtered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from tracker.schema import DOCUMENT_SCHEMA
from tracker.store.filters import LISTS, NONE, Filters
from tracker.store.frame import APART, PARTIES, join, packed, plain
from tracker.store.reviewed import Decisions, stands
from tracker.store.store import Store

_SEARCHED = ("title", "attributed_to", *PARTIES, *(f"{party}_name" for party in PARTIES))
"""What is searched beside sentence and quote."""
ABOUT_STORED = tuple(name for name in DOCUMENT_SCHEMA.names if name != "text")
"""What is held of documents: all but their texts."""
ROWS_AT_ONCE = 100_000
"""Mentions that are packed in one step, so that they never stand in memory twice."""


class Snapshot(NamedTuple):
    """The data of one commit, as a `Query` holds it."""

    stamp: tuple[object, ...]
    version: int
    frame: pl.DataFrame
    """The mentions that stand, packed: see `frame.plain`."""
    known: dict[str, dict[str, set[str]]]
    """By party or publisher column: the stored values by casefolded value and name."""
    texts: dict[str, pl.Series]
    """By column that is searched beside what is said, its different texts."""
    fallen: pl.DataFrame
    """Rejected mentions and those of withdrawn documents."""
    decisions: Decisions
    documents: pa.Table

    @classmethod
    def of(cls, store: Store, stamp: tuple[object, ...]) -> Snapshot:
        """The data of `store` as it is now; `stamp` was taken before."""
        # The version is taken before the tables: a commit in between is seen at the next call.
        version = store.version
        mentions, decisions, documents = store.reviewed(ABOUT_STORED)
        upright = stands(mentions, documents)
        fallen = join(mentions.filter(pc.invert(upright)), documents)
        frame = _packed(mentions, upright, documents)
        del mentions
        pa.default_memory_pool().release_unused()
        texts = {n: frame[n].unique().drop_nulls().cast(pl.String) for n in _SEARCHED}
        return cls(stamp, version, frame, _known(frame), texts, fallen, decisions, documents)

    def condition(self, filters: Filters) -> pl.Expr:
        """What `filters` keep, as one expression over `frame`."""
        wanted = [
            _any_of(self, name, getattr(filters, name)) for name in LISTS if getattr(filters, name)
        ]
        if filters.from_:
            wanted.append(pl.col("published") >= filters.from_)
        if filters.to:
            wanted.append(pl.col("published") <= filters.to)
        if filters.min is not None:
            wanted.append(pl.col("amount_max") >= filters.min)
        if filters.max is not None:
            wanted.append(pl.col("amount_min") <= filters.max)
        if filters.q:
            found = [*_says(filters.q), *(_holds(self, n, filters.q) for n in _SEARCHED)]
            wanted.append(pl.any_horizontal(found))
        return pl.all_horizontal(pl.lit(True), *wanted)

    def keeps(self, filters: Filters) -> pl.Series:
        """For each mention of `frame` whether `filters` keep it."""
        condition = self.condition(filters).fill_null(False)  # a day is not always known
        kept = self.frame.select(condition.alias("kept"))["kept"]
        return kept if len(kept) == self.frame.height else kept.new_from_index(0, self.frame.height)


def _packed(mentions: pa.Table, upright: pa.ChunkedArray, documents: pa.Table) -> pl.DataFrame:
    """The upright mentions as a packed frame, made step by step."""
    steps = range(0, max(1, mentions.num_rows), ROWS_AT_ONCE)
    frames = [
        packed(
            join(
                mentions.slice(first, ROWS_AT_ONCE).filter(upright.slice(first, ROWS_AT_ONCE)),
                documents,
            )
        )
        for first in steps
    ]
    return pl.concat(frames, rechunk=True)


def _known(frame: pl.DataFrame) -> dict[str, dict[str, set[str]]]:
    known: dict[str, dict[str, set[str]]] = {}
    for name in (*PARTIES, "publisher"):
        written = f"{name}_name" if name in PARTIES else name
        values = known.setdefault(name, {})
        pairs = plain(frame.select(pl.col(name), pl.col(written).alias("name")).unique())
        for row in pairs.iter_rows():
            for form in row:
                if form is not None:
                    values.setdefault(form.casefold(), set()).add(row[0])
    return known


def _says(q: str) -> list[pl.Expr]:
    """Whether sentence or quote have the words, in any case, with any spaces between them."""
    quote = pl.when(pl.col(APART)).then("quote")  # elsewhere it stands in the sentence
    return [text.str.contains(_pattern(q)).fill_null(False) for text in (pl.col("sentence"), quote)]


def _pattern(q: str) -> str:
    return r"(?i)" + r"\s+".join(pl.escape_regex(word) for word in q.split())


def _holds(loaded: Snapshot, name: str, q: str) -> pl.Expr:
    """Whether the text of a packed column has the words: each different text is looked at once."""
    texts = loaded.texts[name]
    found = texts.filter(texts.str.contains(_pattern(q)))
    return pl.col(name).is_in(found.implode()).fill_null(False)


def _any_of(loaded: Snapshot, name: str, values: Iterable[str]) -> pl.Expr:
    chosen = {value for value in values if value != NONE}
    if name in loaded.known:  # names and codes in any case, as people type them
        chosen = {
            stored for value in chosen for stored in loaded.known[name].get(value.casefold(), ())
        }
    condition = pl.col(name).is_in(sorted(chosen)).fill_null(False)
    return condition | pl.col(name).is_null() if NONE in values else condition
