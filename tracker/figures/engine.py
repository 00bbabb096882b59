"""The groups of all mentions, kept so that one document more or less changes only what it touches.

Statements are kept by block: currency, per, running total, donor and recipient. A full block (two
known parties) is clustered alone. So is a half block (one known party); then each of its groups
joins the one group of a full block that it can mean, unless it could mean several pairs of parties.
Statements without a party stand alone. So what a document changes is found by its blocks and its
amounts, and the rest stays as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from tracker.figures.grouping import (
    AmountIndex,
    choose,
    cluster,
    fits_between,
    fits_by_one_party,
)
from tracker.figures.statement import Statement, contradiction


class Block(NamedTuple):
    """What all statements of a block have in common."""

    currency: str
    per: str | None
    cumulative: bool
    donor: str | None
    recipient: str | None

    @property
    def is_full(self) -> bool:
        """Whether both parties are known."""
        return self.donor is not None and self.recipient is not None

    @property
    def halves(self) -> tuple[Block, Block]:
        """The blocks that know one of the two parties of this one."""
        return self._replace(recipient=None), self._replace(donor=None)


class _Full:
    """A full block: its groups, and which groups of half blocks chose one of them."""

    def __init__(self) -> None:
        self.groups: list[Statement] = []
        self.choosers: dict[int, tuple[Block, Statement, Statement]] = {}


class _Half:
    """A half block: its groups, what each chose, and the full groups that it may choose among."""

    def __init__(self) -> None:
        self.groups: list[Statement] = []
        self.own = AmountIndex()
        self.full = AmountIndex()
        self.choice: dict[int, Block] = {}
        self.joined: set[int] = set()


class Engine:
    """The groups of mentions: `place` takes in what a story says, `settle` brings them up to date.

    `groups` holds, by block, the groups as they stand after the last `settle`.
    """

    def __init__(self) -> None:
        self.stories: dict[str, list[Statement]] = {}
        self.groups: dict[Block, list[Statement]] = {}
        self._members: dict[Block, dict[int, Statement]] = {}
        self._full: defaultdict[Block, _Full] = defaultdict(_Full)
        self._half: defaultdict[Block, _Half] = defaultdict(_Half)
        self._dirty: set[Block] = set()

    def place(self, story: str, items: Iterable[Statement]) -> None:
        """Take in the statements of a story, in place of those that it had before."""
        for old in self.stories.pop(story, ()):
            block = block_of(old)
            del self._members[block][id(old)]
            self._dirty.add(block)
        if placed := list(items):
            self.stories[story] = placed
        for new in placed:
            block = block_of(new)
            self._members.setdefault(block, {})[id(new)] = new
            self._dirty.add(block)

    def settle(self) -> set[Block]:
        """Bring all groups up to date; the blocks whose groups may be others than before."""
        dirty, self._dirty = self._dirty, set()
        choosing: dict[int, tuple[Block, Statement]] = {}
        touched = {block for block in dirty if block.is_full}
        changed = set(dirty)
        for block in touched:
            self._cluster_full(block, choosing)
        for block in dirty - touched:
            if block.donor is None and block.recipient is None:
                self._keep(block, list(self._members.get(block, {}).values()))
            else:
                touched |= self._cluster_half(block, choosing)
        for block, group in choosing.values():
            touched |= self._choose(block, group)
            changed.add(block)
        for block in touched:
            changed |= self._join(block)
        for block in changed:
            if block in self._half:
                half = self._half[block]
                self._keep(block, [g for g in half.groups if id(g) not in half.joined])
        return changed

    def _cluster_full(self, block: Block, choosing: dict[int, tuple[Block, Statement]]) -> None:
        full = self._full[block]
        before = {group.content: group for group in full.groups}
        full.groups, new = [], []
        for group in cluster(self._members.get(block, {}).values(), fits_between):
            # One that is as it was stays the same object: what chose it need not choose again.
            same = before.pop(group.content, None)
            if same is None:
                new.append(group)
            full.groups.append(same or group)
        for name in block.halves:
            half = self._half[name]
            for group in before.values():
                half.full.discard(group)
            for group in new:
                half.full.add(group)
            if half.groups:
                for group in (*before.values(), *new):
                    choosing |= {id(other): (name, other) for other in half.own.near(group)}

    def _cluster_half(
        self, block: Block, choosing: dict[int, tuple[Block, Statement]]
    ) -> set[Block]:
        half = self._half[block]
        touched = set(half.choice.values())
        for group in half.groups:
            choosing.pop(id(group), None)
            if chosen := half.choice.get(id(group)):
                del self._full[chosen].choosers[id(group)]
        half.groups = cluster(self._members.get(block, {}).values(), fits_by_one_party)
        half.own, half.choice, half.joined = AmountIndex(), {}, set()
        for group in half.groups:
            half.own.add(group)
            choosing[id(group)] = block, group
        return touched

    def _choose(self, block: Block, group: Statement) -> set[Block]:
        """Let a group of a half block choose among full groups; the blocks that this touches.

        It is taken to mean one only if all that fit it are between the same two parties.
        """
        half = self._half[block]
        touched = set()
        if before := half.choice.pop(id(group), None):
            self._full[before].choosers.pop(id(group), None)
            touched.add(before)
        fitting = [
            other
            for other in half.full.near(group)
            if fits_by_one_party(group, other) and contradiction(group, other) is None
        ]
        if len({(other.donor, other.recipient) for other in fitting}) == 1:
            target = choose(group, fitting)
            if target is not None:
                chosen = block_of(target)
                half.choice[id(group)] = chosen
                self._full[chosen].choosers[id(group)] = block, group, target
                touched.add(chosen)
        if id(group) not in half.choice:
            half.joined.discard(id(group))
        return touched

    def _join(self, block: Block) -> set[Block]:
        """Join to the groups of a full block what chose them; the half blocks that this changes."""
        full = self._full[block]
        joint: dict[int, Statement] = {}
        for name, group, target in sorted(full.choosers.values(), key=lambda c: c[1].order):
            whole = joint.get(id(target)) or target.copy()
            if contradiction(group, whole) is None and fits_by_one_party(group, whole):
                whole.absorb(group)
                joint[id(target)] = whole
                self._half[name].joined.add(id(group))
            else:
                self._half[name].joined.discard(id(group))
        self._keep(block, [joint.get(id(group), group) for group in full.groups])
        return {block, *(name for name, _, _ in full.choosers.values())}

    def _keep(self, block: Block, groups: list[Statement]) -> None:
        if groups:
            self.groups[block] = groups
        else:
            self.groups.pop(block, None)


def block_of(item: Statement) -> Block:
    """The block that a statement stands in."""
    return Block(item.currency, item.per, item.cumulative, item.donor, item.recipient)
