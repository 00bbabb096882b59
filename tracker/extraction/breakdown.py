"""Which amount is a part of which: "a $95bn law, of which $23bn", "8 million of it".

The words stand in `rules/breakdown.toml`. A part is smaller than its whole, in the same currency,
and stands in the same sentence or the next; parts that would exceed their whole are none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from tracker.extraction.text.context import Passage
from tracker.extraction.text.lexicon import Hit, Lexicon
from tracker.extraction.text.sentence import Sentence
from tracker.extraction.words import load_rules
from tracker.schema import Evidence, Mention

_RULES = load_rules("breakdown")["breakdown"]
NEAR = 9
"""How many words may stand between the words and the first part."""
_APART = frozenset({"who", "which", "that", "while", "but", ";", "whereas"})
_OPENING = frozenset({"but", "and", "yet", "so", "still"})
_CLOSED = frozenset({",", ".", "and", "or", "in", "for", "to", "as", "is", "was", "has", "will"})
"""Words behind which "of that" names a sum, not the next noun."""
_HEDGES = frozenset(
    {
        "about",
        "around",
        "some",
        "roughly",
        "nearly",
        "almost",
        "over",
        "under",
        "than",
        "more",
        "less",
        "just",
        "only",
        "the",
        "an",
        "a",
        "another",
        "up",
        "to",
        "at",
        "least",
        "most",
        "estimated",
        "close",
        "further",
        "mere",
    }
)


class Marker(NamedTuple):
    """What words of `breakdown.toml` say."""

    rule: str
    where: str
    needs_purpose: bool


@cache
def _lexicon() -> Lexicon[tuple[Marker, ...]]:
    markers: dict[str, list[Marker]] = {}
    for rule in _RULES:
        for words in rule["words"]:
            needs = words in rule.get("needs_purpose", ())
            markers.setdefault(words, []).append(Marker(rule["id"], rule["where"], needs))
    return Lexicon((words, tuple(found)) for words, found in markers.items())


def link_parts(passage: Passage, mentions: Sequence[Mention]) -> None:
    """Set `part_of` of every mention that is a part, with its evidence.

    `mentions` are those of the amounts of `passage`, one each, in the same order.
    """
    if len(mentions) < 2:
        return
    done: dict[int, Sentence] = {}
    for mention in mentions:
        sentence = passage.at(mention.start)
        if sentence.start not in done:
            done[sentence.start] = sentence
            _link_sentence(passage, sentence, mentions)
    _link_items(passage, list(done.values()), mentions)


def _link_sentence(passage: Passage, sentence: Sentence, mentions: Sequence[Mention]) -> None:
    hits = _lexicon().find(sentence)
    if not hits:
        return
    before = _amounts_before(passage, sentence)
    for hit in hits:
        for marker in hit.meaning:
            parts, whole = _read(sentence, hit, marker, before, mentions)
            if whole is not None:
                _link(sentence, hit, marker, parts, whole)


def _amounts_before(passage: Passage, sentence: Sentence) -> list[int]:
    """The amounts of the sentence before, in the same paragraph."""
    before = passage.before(sentence)
    if before is None or not passage.same_paragraph(before, sentence):
        return []
    return list(before.amounts.values())


def _read(
    sentence: Sentence,
    hit: Hit[tuple[Marker, ...]],
    marker: Marker,
    before: Sequence[int],
    mentions: Sequence[Mention],
) -> tuple[list[Mention], Mention | None]:
    """The parts and the whole that a marker joins."""
    places = sorted(sentence.amounts)
    words = sentence.words
    earlier = [p for p in places if p < hit.first]
    later = [p for p in places if p > hit.last]

    def at(position: int) -> Mention:
        return mentions[sentence.amounts[position]]

    if marker.where == "after":
        if not earlier or earlier[-1] != hit.first - 1:
            return [], None
        following = words[hit.last + 1 : hit.last + 2]
        bare = words[hit.last] in ("that", "this")
        if bare and following and following[0] not in _CLOSED:
            return [], None
        part = at(earlier[-1])
        return [part], _whole([*map(mentions.__getitem__, before), *map(at, earlier[:-1])], part)
    if marker.where == "whole":
        return _of_the_whole(words, hit, earlier, later, at)
    if not later or not _near(words[hit.last + 1 : later[0]]):
        return [], None
    parts = _run(words, later, at)
    if marker.needs_purpose and words[later[0] + 1 : later[0] + 2] not in (["for"], ["in"]):
        return [], None
    if marker.where == "list" and (
        not earlier or len(parts) < 2 or hit.first - earlier[-1] > 8 or later[0] - hit.last > 4
    ):
        return [], None
    # What stands at the beginning of a sentence divides an amount of the one before.
    around = [*map(mentions.__getitem__, before)] if not earlier and hit.first <= 4 else []
    return parts, _whole([*around, *map(at, earlier)], parts[0])


def _of_the_whole(
    words: Sequence[str],
    hit: Hit[tuple[Marker, ...]],
    earlier: Sequence[int],
    later: Sequence[int],
    at: Callable[[int], Mention],
) -> tuple[list[Mention], Mention | None]:
    """ "$2m of the $5m" and "Of the $5m, $2m"."""
    if not later or not set(words[hit.last + 1 : later[0]]) <= _HEDGES:
        return [], None
    whole = at(later[0])
    if earlier:
        between = words[earlier[-1] + 1 : hit.first]
        out = words[hit.first] == "out" and len(between) <= NEAR
        part = at(earlier[-1])
        return ([part], _whole([whole], part)) if out or not between else ([], None)
    if not set(words[: hit.first]) <= _OPENING or len(later) < 2:
        return [], None
    parts = _run(words, later[1:], at)
    return parts, _whole([whole], parts[0])


def _near(between: Sequence[str]) -> bool:
    return len(between) <= NEAR and not _APART.intersection(between)


def _run(
    words: Sequence[str], places: Sequence[int], at: Callable[[int], Mention]
) -> list[Mention]:
    """The amounts that follow each other as parts: "$1m for A, $2m for B and $3m for C"."""
    parts = [at(places[0])]
    for previous, place in pairwise(places):
        between = words[previous + 1 : place]
        joined = "and" in between or "," in between or ";" in between
        if (
            not joined
            or len(between) > 14
            or {"which", "who", "while", "but"}.intersection(between)
        ):
            break
        parts.append(at(place))
    return parts


def _whole(candidates: Sequence[Mention], part: Mention) -> Mention | None:
    """The nearest amount before that `part` can be a part of."""
    for whole in reversed(candidates):
        if (
            whole.currency == part.currency
            and whole.per == part.per
            and whole.amount_min > part.amount_max
            and whole.equivalent_of is None
        ):
            return whole
    return None


def _link(
    sentence: Sentence,
    hit: Hit[tuple[Marker, ...]],
    marker: Marker,
    parts: Sequence[Mention],
    whole: Mention,
) -> None:
    start, end = sentence.tokens[hit.first].start, sentence.tokens[hit.last].end
    _set(parts, whole, Evidence("part_of", marker.rule, start, end))


def _set(parts: Sequence[Mention], whole: Mention, evidence: Evidence) -> None:
    """Link the parts as far as they fit into the whole together."""
    room = whole.amount_max * 1.01
    for part in parts:
        same = _whole([whole], part) is whole
        if not same or part.part_of or part.equivalent_of or part.amount_max > room:
            continue
        room -= part.amount_max
        part.part_of = whole.mention_id
        part.evidence.append(evidence)


def _link_items(
    passage: Passage, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> None:
    """Items of a list under a sentence with their total."""
    items: dict[int, tuple[Sentence, list[Mention]]] = {}
    for sentence in sentences:
        lead = passage.lead(sentence)
        if lead is not None:
            first = sentence.amounts[min(sentence.amounts)]
            items.setdefault(lead.start, (lead, []))[1].append(mentions[first])
    for lead, parts in items.values():
        total = [mentions[n] for n in lead.amounts.values()]
        whole = _whole(total, max(parts, key=lambda part: part.amount_max))
        if whole is None or sum(part.amount_max for part in parts) > whole.amount_max * 1.01:
            continue
        _set(parts, whole, Evidence("part_of", "part-of-a-list", lead.start, lead.end))
