"""Which mentions most need a person's look, and why: the order of reviewing.

First those that an assertion of sanity.toml does not hold for, then those whose stage is not said
or rests on words of another clause, then the rest, and last what is no funding; the biggest
amounts first in each.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import polars as pl

from tracker.extraction.stages.cues import GRAMMAR
from tracker.extraction.text.sentence import words_of
from tracker.ingest.sanity import asserted, odd
from tracker.money import newest_rate
from tracker.store import Filters, Query

NO_STAGE = "the stage is not said"
OTHER_SENTENCE = "the words of its stage stand in another sentence"
OTHER_CLAUSE = "the words of its stage stand in another clause"

_READ = ("sentence", "quote", "start", "amount_min", "amount_max", "publisher", "status", "cue",
         "cue_start")  # fmt: skip
_ORDERED = {"mention_id": pl.String, "odd": pl.String, "stage": pl.String}
_TO = "USD"
"""The currency that sizes are compared in."""

Row = Mapping[str, Any]
Doubts = tuple[str | None, str | None]
"""What is odd about the amount, and about its stage."""


class Worklist:
    """The mentions that nobody has reviewed yet; may be called from many threads."""

    def __init__(self, query: Query):
        self._query = query
        self._lock = threading.Lock()
        self._ordered = pl.DataFrame(schema=_ORDERED)
        self._version: int | None = None

    def waiting(self, filters: Filters | None = None) -> pl.DataFrame:
        """Those that `filters` keep, the most doubtful first.

        `mention_id`, `odd` (what an assertion says of the amount), `stage` (what is doubtful about
        its stage). Mentions of replaced documents are not there.
        """
        kept = self._query.unreviewed(filters).select("mention_id")
        return self._order().join(kept, on="mention_id", how="semi", maintain_order="left")

    def doubts(self, mention: Row) -> list[str]:
        """What is doubtful about a mention, a line each; nothing where a person has decided."""
        if mention["review"]:
            return []
        return [doubt for doubt in doubts_of(mention) if doubt]

    def _order(self) -> pl.DataFrame:
        """All that wait, in order. What a review takes out is still there, until others come."""
        with self._lock:
            version = self._query.version
            if version != self._version:
                found = self._query.unreviewed()
                new = found.join(self._ordered, on="mention_id", how="anti").height
                if new:
                    self._ordered = _ordered(found)
                self._version = version
            return self._ordered


def _ordered(frame: pl.DataFrame) -> pl.DataFrame:
    found = [doubts_of(row) for row in frame.select(_READ).iter_rows(named=True)]
    frame = frame.with_columns(
        pl.Series("odd", [one for one, _ in found], pl.String),
        pl.Series("stage", [other for _, other in found], pl.String),
    )
    rates = {code: newest_rate(code, _TO) for code in frame["currency"].unique()}
    worth = {code: rate.value for code, rate in rates.items() if rate}
    worth_of = pl.col("currency").replace_strict(worth, default=None, return_dtype=pl.Float64)
    rank = (
        pl.when(pl.col("odd").is_not_null()).then(0)
        .when(pl.col("status") == "other").then(3)
        .when(pl.col("stage").is_not_null()).then(1)
        .otherwise(2)
    )  # fmt: skip
    return frame.sort(
        [rank, pl.col("amount_max") * worth_of, "amount_max", "document_id", "start"],
        descending=[False, True, True, False, False], nulls_last=True,
    ).select(list(_ORDERED))  # fmt: skip


def doubts_of(mention: Row) -> Doubts:
    """What is odd about a mention's amount, and what is doubtful about its stage."""
    amount = odd(mention["amount_min"], mention["amount_max"], asserted(mention["publisher"]))
    return amount and f"the amount {amount}", _stage(mention)


def _stage(mention: Row) -> str | None:
    if mention["status"] == "unspecified":
        return NO_STAGE
    if mention["cue_start"] is None or mention["status"] == "other":
        return None
    between = _between(mention)
    if between is None:
        return OTHER_SENTENCE
    words = {word.lower() for word in words_of(between)}
    return None if words.isdisjoint(GRAMMAR["strong_boundaries"]) else OTHER_CLAUSE


def _between(mention: Row) -> str | None:
    """The words between the amount and the cue of its stage; None for other sentences.

    The sentence is kept with single spaces and without its place in the text: of several places
    for the words, those count that lie as far apart as in the text.
    """
    sentence, quote = mention["sentence"], " ".join(mention["quote"].split())
    cue = " ".join((mention["cue"] or "").split())
    apart = mention["cue_start"] - mention["start"]
    pairs = [(q, c) for q in _places(sentence, quote) for c in _places(sentence, cue)]
    if not pairs:
        return None
    place, other = min(pairs, key=lambda pair: abs(pair[1] - pair[0] - apart))
    if abs(other - place - apart) > len(sentence):
        return None
    if other < place:
        return str(sentence[other + len(cue) : place])
    return str(sentence[place + len(quote) : other])


def _places(text: str, words: str) -> list[int]:
    places: list[int] = []
    at = text.find(words) if words else -1
    while at >= 0 and len(places) < 20:
        places.append(at)
        at = text.find(words, at + 1)
    return places
