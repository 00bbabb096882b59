"""Assertions on what was read, for each publisher and for all: what breaks one is told."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa

from tracker.schema import Document

MAX_TOLD = 10
"""The most amounts that are named one by one."""
_AMOUNTS = ("mention_id", "quote", "amount_min", "amount_max", "currency", "status")


@cache
def assertions() -> dict[str, Any]:
    """The assertions of sanity.toml."""
    return tomllib.loads(files("tracker.ingest").joinpath("sanity.toml").read_text("utf-8"))


def asserted(publisher: str | None) -> dict[str, float]:
    """What is asserted of a publisher's mentions; None for those of unknown publishers."""
    special = assertions().get("publisher", {}).get(publisher, {})
    return {**assertions()["all"], **special}


@dataclass
class _Counts:
    documents: int = 0
    mentions: int = 0
    funding: int = 0
    unspecified: int = 0


@dataclass
class Sanity:
    """What has been read so far, counted by publisher."""

    counts: dict[str | None, _Counts] = field(default_factory=lambda: defaultdict(_Counts))
    odd: list[str] = field(default_factory=list)

    def add(self, documents: Iterable[Document], mentions: pa.Table) -> None:
        """Count the mentions of some documents."""
        publisher = {}
        for document in documents:
            publisher[document.document_id] = document.publisher
            self.counts[document.publisher].documents += 1
        whose = mentions["document_id"].to_pylist()
        columns = (mentions[name].to_pylist() for name in _AMOUNTS)
        for document_id, mention_id, quote, low, high, currency, status in zip(
            whose, *columns, strict=True
        ):
            who = publisher[document_id]
            counts = self.counts[who]
            counts.mentions += 1
            if status != "other":
                counts.funding += 1
                counts.unspecified += status == "unspecified"
                if reason := odd(low, high, asserted(who)):
                    name = who or "publisher not known"
                    words = " ".join(quote.split())
                    self.odd.append(f"{name}: {words!r} ({currency}, {mention_id}) {reason}")

    def warnings(self) -> list[str]:
        """A line for each assertion that does not hold."""
        told = [f"check {line}" for line in self.odd[:MAX_TOLD]]
        if len(self.odd) > MAX_TOLD:
            told.append(f"check {len(self.odd) - MAX_TOLD:,} more amounts that stand out")
        whole = _Counts()
        for counts in self.counts.values():
            for name in vars(whole):
                setattr(whole, name, getattr(whole, name) + getattr(counts, name))
        named = [(name, counts) for name, counts in self.counts.items() if name]
        groups = [("all documents", whole, asserted(None))]
        groups += [(name, counts, asserted(name)) for name, counts in named]
        for name, counts, limits in groups:
            told += [f"check {name}: {line}" for line in _shares(counts, limits)]
        return told


def odd(low: float, high: float, limits: dict[str, float]) -> str | None:
    """What is odd about an amount from `low` to `high`, by `asserted`; None for nothing."""
    if low < limits["min_amount"]:
        return f"is below {limits['min_amount']:,.0f}"
    if high > limits["max_amount"]:
        return f"is above {limits['max_amount']:,.0f}"
    digits = len(Decimal(repr(low)).normalize().as_tuple().digits)
    if low >= limits["digits_from"] and digits > limits["max_digits"]:
        return f"has {digits} digits, as record numbers have and sums of money seldom do"
    return None


def _shares(counts: _Counts, limits: dict[str, float]) -> Iterable[str]:
    if counts.mentions < limits["min_mentions"]:
        return
    share = counts.unspecified / max(counts.funding, 1)
    if share > limits["max_share_unspecified"]:
        most = limits["max_share_unspecified"]
        yield f"{share:.0%} of the amounts have no stage, at most {most:.0%} are expected"
    each = counts.mentions / max(counts.documents, 1)
    if each > limits["max_per_document"]:
        yield f"{each:,.0f} amounts a document, at most {limits['max_per_document']:,.0f} expected"
