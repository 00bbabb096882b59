"""Phrases found in words: rules compiled once into a trie, matched longest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress
from typing import Any, Generic, NamedTuple, TypeVar

from tracker.extraction.text.sentence import Sentence, words_of

T = TypeVar("T")
_END = ""


class Hit(NamedTuple, Generic[T]):
    """A phrase found: what it means, and the indices of its first and last word."""

    meaning: T
    first: int
    last: int


class Lexicon(Generic[T]):
    """Phrases with a meaning each, found in the words of a sentence in one pass."""

    def __init__(self, phrases: Iterable[tuple[str, T]], *, exact_case: bool = False) -> None:
        """`phrases` are (words, meaning); of two with the same words the first stays."""
        self._exact = exact_case
        self._root: dict[str, Any] = {}
        for words, meaning in phrases:
            node = self._root
            for word in words_of(words):
                node = node.setdefault(word if exact_case else word.lower(), {})
            node.setdefault(_END, meaning)

    def find(self, sentence: Sentence) -> list[Hit[T]]:
        """Every phrase in the sentence, longest first at each place, without overlap."""
        hits: list[Hit[T]] = []
        words: Sequence[str] = sentence.texts if self._exact else sentence.words
        root, count, free = self._root, len(words), 0
        for index in compress(range(count), map(root.__contains__, words)):
            if index < free:
                continue
            node = root[words[index]]
            position, found, meaning = index, -1, None
            while node is not None:
                if _END in node:
                    found, meaning = position, node[_END]
                position += 1
                node = node.get(words[position]) if position < count else None
            if found >= 0:
                hits.append(Hit(meaning, index, found))  # type: ignore[arg-type]
                free = found + 1
        return hits
