"""All figures of a set of mentions, kept up to date document by document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import Any, NamedTuple

import polars as pl

from tracker.collector import collector_paused
from tracker.figures.copies import Copies
from tracker.figures.engine import Block, Engine
from tracker.figures.grouping import cluster, fits_in_story
from tracker.figures.links import Pair, links_of
from tracker.figures.statement import NO_LINKS, Links, Statement, statements
from tracker.figures.table import figures_table, in_order
from tracker.store import Filters, Query


class Parted(NamedTuple):
    """Mentions that were one figure and are several now."""

    figure_id: str
    parts: tuple[tuple[str, ...], ...]
    """The mentions of each part that were together before."""


class Book:
    """The figures that mentions state; `figures` is a frame with the columns of `Figure`.

    It is a function of the mentions and the decisions alone: in which order they came, and in how
    many updates, changes nothing. Mentions of superseded documents and those that are no funding
    make no figures.
    """

    def __init__(self, mentions: pl.DataFrame, pairs: Iterable[Pair] = ()):
        """`mentions` as `Query.mentions` gives them, `pairs` as `Decisions.pairs` gives them."""
        self._engine, self._copies = Engine(), Copies()
        self.links = NO_LINKS
        """What people decided of pairs of mentions."""
        self._home: dict[str, str] = {}
        """The stories of the mentions that decisions are about."""
        self.mentions = mentions.clear()
        self._marks: pl.DataFrame | None = None
        self._of: dict[str, str] = {}
        self._rows: dict[Block, dict[tuple[str, ...], str]] = {}
        """By block and mentions, the figures that are written."""
        self.figures = in_order(figures_table(self.mentions, _numbers([]), {}).drop("number"))
        self.update(mentions, pairs)

    @classmethod
    def of(cls, query: Query) -> Book:
        """The figures of all stored mentions as reviewed."""
        return cls(query.mentions(), query.decisions().pairs())

    def update(self, mentions: pl.DataFrame, pairs: Iterable[Pair] = ()) -> list[Parted]:
        """Take in all mentions as they are now, at the cost of what changed.

        Returns each figure whose mentions are no longer one.
        """
        with collector_paused():
            return self._write(*self._take_in(mentions, links_of(pairs)))

    def _take_in(self, mentions: pl.DataFrame, links: Links) -> tuple[set[Block], set[str]]:
        """Group what changed; the blocks that are other now, and the mentions read anew."""
        self.mentions = mentions.filter(
            pl.col("superseded_by").is_null() & (pl.col("status") != "other")
        )
        before, self.links = self.links, links
        changed = self._changed(self.mentions)
        touched = self.mentions.filter(pl.col("document_id").is_in(changed.implode()))
        stories = self._copies.replace(changed, touched)
        moved = _moved(before.same, links.same) | _moved(before.different, links.different)
        ties = [(before, self._home)]
        if moved or links.same:
            linked = pl.col("mention_id").is_in(list(moved | links.same.keys()))
            documents = self.mentions.filter(linked).select("mention_id", "document_id")
            self._home = {m: self._copies.story[d] for m, d in documents.iter_rows()}
            stories |= {self._home[mention] for mention in moved if mention in self._home}
            ties.append((links, self._home))
        stories = _bundle(stories, ties)
        names = [d for story in stories for d in self._copies.documents.get(story, ())]
        inside = self.mentions.filter(pl.col("document_id").is_in(names))
        self._place(stories, inside)
        return self._engine.settle(), set(inside["mention_id"])

    def _changed(self, mentions: pl.DataFrame) -> pl.Series:
        """The documents whose mentions, or what is known of them, are not those of before."""
        marks = mentions.select("document_id", mark=mentions.hash_rows())
        marks = marks.group_by("document_id").agg(pl.col("mark").sort().hash().sum())
        before, self._marks = self._marks, marks
        if before is None:
            return marks["document_id"]
        both = marks.join(before, on="document_id", how="full", suffix="_before")
        same = (pl.col("mark") == pl.col("mark_before")).fill_null(False)
        return both.filter(~same).select(
            pl.coalesce("document_id", "document_id_before").alias("document_id")
        )["document_id"]

    def _place(self, stories: set[str], mentions: pl.DataFrame) -> None:
        """Read the statements of stories from their mentions, and give them to the engine."""
        read: defaultdict[str, list[Statement]] = defaultdict(list)
        for item in statements(mentions, self.links):
            item.story = self._copies.story[item.story]
            read[item.story].append(item)
        placed = {story: in_story(read.get(story, [])) for story in stories}
        if self.links.same:
            join_decided(placed)
        for story, items in placed.items():
            self._engine.place(story, items)

    def _write(self, blocks: set[Block], touched: set[str]) -> list[Parted]:
        """Bring the frame of figures up to date for the groups of `blocks`.

        A group of the same mentions as before, none of them `touched`, keeps its row.
        """
        gone: list[str] = []
        written: list[tuple[Block, tuple[str, ...]]] = []
        for block in blocks:
            before, kept = self._rows.pop(block, {}), {}
            for group in self._engine.groups.get(block, ()):
                key = tuple(sorted(group.mentions))
                if key in before and touched.isdisjoint(key):
                    kept[key] = before.pop(key)
                else:
                    written.append((block, key))
            gone += before.values()
            if kept:
                self._rows[block] = kept
        fresh = figures_table(
            self.mentions, _numbers(mentions for _, mentions in written), self._copies.story
        )
        left = self.figures
        earlier: dict[str, str] = {}
        if gone:
            old = pl.col("figure_id").is_in(gone)
            for ids in left.filter(old)["mention_ids"].to_list():
                earlier |= {mention: self._of.pop(mention) for mention in ids}
            left = left.filter(~old)
        was: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for figure, (block, mentions) in zip(fresh["figure_id"].to_list(), written, strict=True):
            self._rows.setdefault(block, {})[mentions] = figure
            for mention in mentions:
                self._of[mention] = figure
                if mention in earlier:
                    was[earlier[mention]][figure].append(mention)
        self.figures = in_order(pl.concat([left, fresh.drop("number")]))
        return sorted(
            Parted(old_id, tuple(tuple(part) for part in now.values()))
            for old_id, now in was.items()
            if len(now) > 1
        )

    @property
    def decided(self) -> set[str]:
        """The classes of mentions that people told apart from another."""
        return {name for names in self.links.different.values() for name in names}

    def figure_id(self, name: str) -> str | None:
        """The figure of today that the id of a figure or of one of its mentions leads to."""
        return self._of.get("m_" + name[2:])

    def figure_ids(self, mentions: pl.Series) -> pl.Series:
        """The figure of each of some mentions; null for one that makes no figure."""
        ids = [self._of.get(mention) for mention in mentions]
        return pl.Series("figure_id", ids, pl.String)

    def figure(self, name: str) -> dict[str, Any] | None:
        """One figure as a row, by its own id or that of any of its mentions."""
        found = self.figures.filter(pl.col("figure_id") == (self.figure_id(name) or ""))
        return found.row(0, named=True) if found.height else None

    def still(self) -> Book:
        """The book as it is now, which later updates do not change."""
        new = copy(self)
        new._of = dict(self._of)
        return new

    def select(self, mentions: pl.DataFrame) -> pl.DataFrame:
        """The figures that at least one of these mentions states, whole."""
        ids = {self._of.get(mention) for mention in mentions["mention_id"]}
        return self.figures.filter(pl.col("figure_id").is_in([i for i in ids if i]))

    def showing(self, query: Query, filters: Filters) -> pl.DataFrame:
        """The figures that at least one mention which `filters` keep states, whole."""
        return self.select(query.mentions(filters))

    def story(self, document_id: str) -> str | None:
        """The story of a document: the same for near-duplicates of one another."""
        return self._copies.story.get(document_id)


def in_story(items: list[Statement]) -> list[Statement]:
    """The statements of one story's mentions, one for each figure: a story is one voice."""
    ends: dict[str, float] = {}
    for item in sorted(items, key=lambda item: item.low):
        if item.low < ends.get(item.currency, 0.0):
            return cluster(items, fits_in_story)
        ends[item.currency] = max(item.high, ends.get(item.currency, 0.0))
    return items


def join_decided(placed: dict[str, list[Statement]]) -> None:
    """Join what decisions make one, in place; the statement that says most takes the others in."""
    holder: dict[str, Statement] = {}
    everything = sorted(
        ((item, story) for story, items in placed.items() for item in items if item.classes),
        key=lambda pair: pair[0].order,
    )
    for item, story in everything:
        held = {id(holder[name]): holder[name] for name in item.classes if name in holder}
        if not held:
            whole = item.copy()
            placed[story] = [whole if other is item else other for other in placed[story]]
        else:
            whole, *more = held.values()
            whole.absorb(item)
            for other in more:
                whole.absorb(other)
            gone = {id(item), *map(id, more)}
            for name, items in placed.items():
                placed[name] = [other for other in items if id(other) not in gone]
        holder |= dict.fromkeys(whole.classes, whole)


def _bundle(stories: set[str], ties: Iterable[tuple[Links, Mapping[str, str]]]) -> set[str]:
    """The stories, and those that decisions tie or tied to them, by the story of each mention."""
    tied: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    for number, (links, home) in enumerate(ties):
        for mention, name in links.same.items():
            if mention in home:
                tied[number, name].add(home[mention])
    open_, found = set(stories), set(stories)
    while open_:
        open_ = {s for group in tied.values() if group & open_ for s in group} - found
        found |= open_
    return found


def _moved(before: Mapping[str, Any], now: Mapping[str, Any]) -> set[str]:
    """The keys whose values differ."""
    return {key for key in before.keys() | now.keys() if before.get(key) != now.get(key)}


def _numbers(groups: Iterable[Sequence[str]]) -> pl.DataFrame:
    """mention_id and the `number` of its group."""
    ids: list[str] = []
    numbers: list[int] = []
    for number, mentions in enumerate(groups):
        ids += mentions
        numbers += [number] * len(mentions)
    schema = {"mention_id": pl.String, "number": pl.Int64}
    return pl.DataFrame({"mention_id": ids, "number": numbers}, schema)
