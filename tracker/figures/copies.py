"""Near-duplicates: the documents that print one story, found by the sentences that state amounts.

Only documents that state a common amount are compared, and only by their sentences with amounts:
two papers that print the same ones are one voice about these amounts, whatever else they add.
MinHash proposes pairs among those published about the same time; a pair is one story when one has
most of the other's word sequences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import polars as pl
from rensa import RMinHash, RMinHashLSH

COPY_DAYS = 30
"""How far apart, in days, copies are published; the same words later are a new statement."""
SHARED = 0.7
"""The part of the shorter one's word sequences that a copy has; papers cut and retitle."""
_WORDS = 3
"""Words in a sequence."""
_PERMUTATIONS, _BANDS = 48, 24
"""Two rows a band: pairs that share a third of their sequences are proposed nine times in ten."""


class _Print(NamedTuple):
    """What a document is compared by."""

    key: int
    text: str
    amounts: frozenset[tuple[str, float, float]]
    day: int | None
    minhash: RMinHash

    @property
    def window(self) -> int | None:
        """Which window of `COPY_DAYS` days it was published in; copies are in this or the next."""
        return None if self.day is None else self.day // COPY_DAYS


class Copies:
    """Which documents are copies of one another; `story` names the story that each belongs to."""

    def __init__(self) -> None:
        self.story: dict[str, str] = {}
        self.documents: dict[str, set[str]] = {}
        """The documents of each story."""
        self._prints: dict[str, _Print] = {}
        self._names: dict[int, str] = {}
        self._edges: defaultdict[str, set[str]] = defaultdict(set)
        self._lsh: dict[int | None, RMinHashLSH] = {}
        """By the window of `COPY_DAYS` days in which a document was published; None: not known."""
        self._next = 0

    def replace(self, gone: Iterable[str], mentions: pl.DataFrame) -> set[str]:
        """Take out documents and take in those of `mentions`; the stories that are other now.

        Among them are names of stories that are no more.
        """
        unsettled: set[str] = set()
        for document in gone:
            if (print_ := self._prints.pop(document, None)) is None:
                continue
            self._lsh[print_.window].remove(print_.key)
            del self._names[print_.key]
            unsettled.add(document)
            for other in self._edges.pop(document, ()):
                self._edges[other].discard(document)
        for document, print_ in self._read(mentions):
            unsettled.add(document)
            for key in self._alike(print_):
                other = self._names[key]
                if _is_copy(print_, self._prints[other]):
                    self._edges[document].add(other)
                    self._edges[other].add(document)
            if print_.window not in self._lsh:
                self._lsh[print_.window] = RMinHashLSH(0.5, _PERMUTATIONS, _BANDS)
            self._lsh[print_.window].insert(print_.key, print_.minhash)
            self._prints[document], self._names[print_.key] = print_, document
        return self._settle(unsettled)

    def _alike(self, print_: _Print) -> Iterator[int]:
        """The keys of documents that may be copies by their words and their days."""
        near: Iterable[int | None] = self._lsh
        if print_.window is not None:
            near = (None, print_.window - 1, print_.window, print_.window + 1)
        for window in near:
            if window in self._lsh:
                yield from self._lsh[window].query(print_.minhash)

    def _settle(self, documents: set[str]) -> set[str]:
        """Form the stories of `documents` anew, and those that they were in."""
        changed = {self.story[document] for document in documents if document in self.story}
        left = documents | {other for story in changed for other in self.documents.pop(story)}
        for document in left:
            self.story.pop(document, None)
        left &= self._prints.keys()
        while left:
            found: set[str] = set()
            open_ = [left.pop()]
            while open_:
                document = open_.pop()
                if document in found:
                    continue
                found.add(document)
                open_ += self._edges.get(document, ())
            for document in found:
                if (before := self.story.get(document)) is not None:
                    self.documents.pop(before, None)
                    changed.add(before)
            name = min(found)
            self.story |= dict.fromkeys(found, name)
            self.documents[name] = found
            changed.add(name)
            left -= found
        return changed

    def _read(self, mentions: pl.DataFrame) -> Iterator[tuple[str, _Print]]:
        """What each document of a frame of mentions is compared by."""
        amount = pl.struct("currency", "amount_min", "amount_max")
        about = (
            mentions.filter(pl.col("status") != "other")
            .sort("document_id", "start")
            .group_by("document_id", maintain_order=True)
            .agg(
                # Papers write titles of their own.
                pl.col("sentence")
                .filter((pl.col("sentence") != pl.col("title")).fill_null(True))
                .unique(maintain_order=True),
                amount.alias("amounts"),
                pl.col("published").first().cast(pl.Int32),
            )
        )
        for document, sentences, amounts, day in about.iter_rows():
            text = "\n".join(sentences)
            minhash = RMinHash(_PERMUTATIONS, 1)
            minhash.update(list(_sequences(text)))
            stated = frozenset(tuple(amount.values()) for amount in amounts)
            yield document, _Print(self._next, text, stated, day, minhash)
            self._next += 1


def _sequences(text: str) -> set[str]:
    words = text.casefold().split()
    return set(map(" ".join, zip(*(words[i:] for i in range(_WORDS)), strict=False))) or {text}


def _is_copy(one: _Print, other: _Print) -> bool:
    if not one.amounts & other.amounts:
        return False
    if one.day is not None and other.day is not None and abs(one.day - other.day) > COPY_DAYS:
        return False
    mine, yours = _sequences(one.text), _sequences(other.text)
    return len(mine & yours) >= SHARED * min(len(mine), len(yours))
