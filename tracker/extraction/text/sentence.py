"""A sentence as words with their offsets in the text.

An amount is one word, so that "$5 billion" cannot be taken for words, and the distance to a cue
counts words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from tracker.extraction.words import Span

T = TypeVar("T")
AMOUNT = "¤"
"""The text of a token that stands for an amount."""


_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|['’](?:s|ll|ve|re)\b|\d+(?:,\d{3})+\b|\w+|[^\w\s]")
_TOKEN_WITH_NOT = re.compile(
    r"(?:[A-Za-z]\.){2,}|['’](?:s|ll|ve|re)\b|\d+(?:,\d{3})+\b|\w+?(?=n['’]t\b)|n['’]t\b|\w+|[^\w\s]"
)
"""The same where "n't" is a word of its own, which is dear to look for."""


class Token(NamedTuple):
    """A word, a sign, or an amount (`AMOUNT`), with its offsets in the text."""

    text: str
    lower: str
    start: int
    end: int


def words_of(text: str) -> list[str]:
    """The words and signs of `text`; "n't" and "'s" are words of their own."""
    pattern = _TOKEN_WITH_NOT if "n't" in text or "n’t" in text else _TOKEN
    return pattern.findall(text)


class Sentence:
    """A span of the text, its words, and which of them is which amount.

    `texts` are the words as written and `words` in lower case; `starts` and `ends` their offsets
    in the text; `amounts` gives the index of the amount that a word stands for.
    """

    __slots__ = ("_memo", "_tokens", "amounts", "end", "ends", "start", "starts", "texts",
                 "words")  # fmt: skip

    def __init__(self, text: str, start: int, end: int, spans: Sequence[Span], first: int) -> None:
        """`spans` are the amounts of the text, `first` the first of them that can stand here."""
        self.start, self.end = start, end
        self.texts: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.amounts: dict[int, int] = {}
        self._memo: dict[str, Any] = {}
        self._tokens: list[Token] | None = None
        position = start
        for number in range(first, len(spans)):
            amount_start, amount_end = spans[number]
            if amount_start >= end:
                break
            if amount_start < position:
                continue  # a twin in brackets, part of the amount before
            self._add(text, position, amount_start)
            self.amounts[len(self.texts)] = number
            self.texts.append(AMOUNT)
            self.starts.append(amount_start)
            self.ends.append(amount_end)
            position = amount_end
        self._add(text, position, end)
        self.words = [word.lower() for word in self.texts]

    @classmethod
    def of_cell(cls, text: str, head: Span, amount: Span, number: int) -> Sentence:
        """The words that head an amount in a table, read as "Received to date: $5m"."""
        made = cls(text, *head, (), 0)
        made.texts += [":", AMOUNT]
        made.starts += [head[1], amount[0]]
        made.ends += [head[1], amount[1]]
        made.words += [":", AMOUNT]
        made.amounts[len(made.words) - 1] = number
        return made

    def _add(self, text: str, start: int, end: int) -> None:
        find, at = text.find, start
        begin, finish = self.starts.append, self.ends.append
        found = words_of(text[start:end])
        for word in found:
            at = find(word, at)
            begin(at)
            at += len(word)
            finish(at)
        self.texts += found

    @property
    def tokens(self) -> list[Token]:
        """The words with their offsets, one object each."""
        if self._tokens is None:
            columns = (self.texts, self.words, self.starts, self.ends)
            self._tokens = list(map(Token._make, zip(*columns, strict=True)))
        return self._tokens

    def word_at(self, offset: int) -> int:
        """The index of the word or amount that holds `offset`."""
        return bisect_right(self.starts, offset) - 1

    def once(self, question: str, find: Callable[[], T]) -> T:
        """What `find` finds in the sentence, looked for once for all its amounts."""
        if question not in self._memo:
            self._memo[question] = find()
        found: T = self._memo[question]
        return found

    def known(self, question: str) -> Any:
        """What `once` found for a question, if it was asked; None otherwise.

        To ask a sentence what it takes from the one before, and that from its own, has no end.
        """
        return self._memo.get(question)

    def forget(self) -> None:
        """Let go of everything that was found in the sentence."""
        self._memo.clear()
