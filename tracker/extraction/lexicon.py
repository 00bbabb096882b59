"""Phrases found in tokens: rules compiled once into a trie, matched longest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from tracker.extraction.context import Token, tokenize

T = TypeVar("T")
_END = ""


class Hit(NamedTuple, Generic[T]):
    """A phrase found: what it means, and the indices of its first and last token."""

    meaning: T
    first: int
    last: int


class Lexicon(Generic[T]):
    """Phrases with a meaning each, found in tokens in one pass."""

    def __init__(self, phrases: Iterable[tuple[str, T]], *, exact_case: bool = False) -> None:
        """`phrases` are (words, meaning); of two with the same words the first stays."""
        self._exact = exact_case
        self._root: dict[str, Any] = {}
        for words, meaning in phrases:
            node = self._root
            for token in tokenize(words):
                node = node.setdefault(token.text if exact_case else token.lower, {})
            node.setdefault(_END, meaning)

    def find(self, tokens: Sequence[Token]) -> list[Hit[T]]:
        """Every phrase in `tokens`, longest first at each place, without overlap."""
        hits: list[Hit[T]] = []
        words = [t.text if self._exact else t.lower for t in tokens]
        index, count = 0, len(words)
        root = self._root
        while index < count:
            node = root.get(words[index])
            if node is None:
                index += 1
                continue
            position, found, meaning = index, -1, None
            while node is not None:
                if _END in node:
                    found, meaning = position, node[_END]
                position += 1
                node = node.get(words[position]) if position < count else None
            if found >= 0:
                hits.append(Hit(meaning, index, found))  # type: ignore[arg-type]
                index = found
            index += 1
        return hits
