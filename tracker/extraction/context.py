"""Sentences and their tokens around the amounts of a text, without a model.

A sentence is a span of the text; its tokens carry offsets of the text. An amount is one token,
so that "$5 billion" cannot be taken for words, and the distance to a cue counts words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import regex

from tracker.extraction.words import load_rules

T = TypeVar("T")
AMOUNT = "¤"
"""The text of a token that stands for an amount."""

_TOKEN = regex.compile(r"(?:[A-Za-z]\.){2,}|['’]s\b|\w+?(?=n['’]t\b)|n['’]t\b|\w+|[^\w\s]")
_ABBREVIATIONS = frozenset(load_rules("en")["sentences"]["abbreviations"])
_BOUNDARY = regex.compile(r"(?:[.!?…]+[\"”’')\]]*(?=\s)|\n)\s*")
_BULLET = regex.compile(r"[ \t]*(?:[-–—•*·▪◦]|\(?\d{1,2}[.)]|\(?[a-z]\))[ \t]+")
_STARTS = regex.compile(r"[\"“‘'(\[]*(?:[\p{Lu}\d$€£¥¤]|[-–•*])")
_LAST_WORD = regex.compile(r"(?r)[\w.]+")
LONGEST_SENTENCE = 2000
"""Code points; what runs on longer (tables, minified text) is cut, so that work stays linear."""


class Token(NamedTuple):
    """A word, a sign, or an amount (`AMOUNT`), with its offsets in the text."""

    text: str
    lower: str
    start: int
    end: int


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of `text[start:end]`, with offsets of `text`."""
    found = _TOKEN.finditer(text, start, len(text) if end is None else end)
    return [Token(m.group(), m.group().lower(), m.start(), m.end()) for m in found]


@dataclass(slots=True)
class Sentence:
    """A span of the text, its tokens, and which token is which amount."""

    start: int
    end: int
    tokens: list[Token]
    amounts: dict[int, int] = field(default_factory=dict)
    """Token index -> index of the amount."""
    lead: int | None = None
    """For an item of a list: index of the sentence that introduces the list."""
    _memo: dict[str, Any] = field(default_factory=dict)

    def once(self, question: str, find: Callable[[], T]) -> T:
        """What `find` finds in the sentence, looked for once for all its amounts."""
        if question not in self._memo:
            self._memo[question] = find()
        found: T = self._memo[question]
        return found


class Passage:
    """A text cut into sentences, those with amounts and their neighbours tokenised on demand."""

    def __init__(self, text: str, spans: Sequence[tuple[int, int]]) -> None:
        """`spans` are the amounts, in reading order, without overlap."""
        self.text = text
        self.spans = spans
        self._made: dict[int, Sentence] = {}

    @cached_property
    def bounds(self) -> list[tuple[int, int]]:
        """Start and end of each sentence."""
        text, bounds, start = self.text, [], 0
        span_starts = [s for s, _ in self.spans]
        for match in _BOUNDARY.finditer(text):
            before = bisect_right(span_starts, match.start()) - 1
            inside = before >= 0 and match.start() < self.spans[before][1] - (
                text[match.start()] != "\n"
            )
            if not inside and _ends_sentence(text, start, match):
                bounds.extend(_cut(start, match.start() + len(match.group().rstrip())))
                start = match.end()
        bounds.extend(_cut(start, len(text.rstrip())))
        return [(s, e) for s, e in bounds if e > s]

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.bounds]

    def paragraph(self, index: int) -> int:
        """Index of the first sentence of the paragraph that sentence `index` stands in."""
        blank = self.text.rfind("\n\n", 0, self.bounds[index][0])
        return self.index_at(blank + 2) if blank >= 0 else 0

    def index_at(self, offset: int) -> int:
        """Index of the sentence that holds `offset`."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def sentence(self, index: int) -> Sentence:
        """The sentence of that index, tokenised."""
        if index not in self._made:
            self._made[index] = self._make(index)
        return self._made[index]

    def _make(self, index: int) -> Sentence:
        start, end = self.bounds[index]
        tokens: list[Token] = []
        amounts: dict[int, int] = {}
        position = start
        first = bisect_right([e for _, e in self.spans], start)
        for number in range(first, len(self.spans)):
            amount_start, amount_end = self.spans[number]
            if amount_start >= end:
                break
            tokens += tokenize(self.text, position, amount_start)
            amounts[len(tokens)] = number
            tokens.append(Token(AMOUNT, AMOUNT, amount_start, amount_end))
            position = amount_end
        tokens += tokenize(self.text, position, end)
        return Sentence(start, end, tokens, amounts, self._lead(index))

    def _lead(self, index: int) -> int | None:
        """The sentence that introduces the list of which this one is an item."""
        if not _BULLET.match(self.text, self.bounds[index][0]):
            return None
        while index > 0 and _BULLET.match(self.text, self.bounds[index][0]):
            index -= 1
        return index


def _cut(start: int, end: int) -> list[tuple[int, int]]:
    """A span in pieces of at most `LONGEST_SENTENCE`."""
    return [
        (piece, min(piece + LONGEST_SENTENCE, end))
        for piece in range(start, max(end, start + 1), LONGEST_SENTENCE)
    ]


def _ends_sentence(text: str, start: int, match: regex.Match[str]) -> bool:
    """Whether a full stop or line break ends the sentence that began at `start`."""
    following = match.end()
    if following >= len(text):
        return True
    gap = match.group()
    if gap.startswith("\n"):
        # A single line break inside running text is only wrapping.
        wrapped = gap.count("\n") == 1 and not _BULLET.match(text, following)
        return not (wrapped and match.start() - start > 0 and text[following].islower())
    if "\n\n" in gap or ("\n" in gap and _BULLET.match(text, following)):
        return True
    if not _STARTS.match(text, following):
        return False
    if gap[0] != ".":
        return True
    word = _LAST_WORD.search(text, start, match.start())
    last = word.group() if word and word.end() == match.start() else ""
    return not (last in _ABBREVIATIONS or (len(last) == 1 and last.isupper()))
