"""Where amounts may stand: a fast scan with RE2 over Arrow, derived from the grammar.

`candidates` marks, in each text, every place where an amount may begin; `matches` then runs the
grammar there alone, and gives exactly what `PATTERN.finditer` gives over the whole text
(tests/extraction/test_finder.py holds the two equal).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import takewhile
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import re2
import regex

from tracker.extraction.amounts.grammar import AMOUNT, PATTERN
from tracker.extraction.words import WORDS, Span

_SIGNS = "\x01\x02"
"""What stands before and behind what the scan finds. In a text itself they give way to a sign that
is as little a letter."""
Bytes = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.int64]
_PART = 1 << 19
LONGEST_LEAD = 120
"""Code points before a candidate in which a range may begin ("between 5 and", "two to")."""
LONGEST_AMOUNT = 700
"""More code points than any amount of the grammar has."""


def _until_closed(pattern: str, start: int) -> int:
    """Where the group that opens at `start` ends."""
    depth, index, in_class = 0, start, False
    while True:
        char = pattern[index]
        if char == "\\":
            index += 1
        elif in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if not depth:
                return index + 1
        index += 1


def for_re2(pattern: str) -> str:
    """A verbose pattern of `regex` as one that RE2 takes, and that matches at least as much.

    Lookarounds go (but "no letter follows" becomes a word boundary), groups lose their names and
    atomic groups their hold.
    """
    out: list[str] = []
    index, in_class = 0, False
    while index < len(pattern):
        char = pattern[index]
        if char == "\\":
            out.append(pattern[index : index + 2])
            index += 2
            continue
        look = None if in_class else regex.compile(r"\(\?<?[=!]").match(pattern, index)
        if look:
            end = _until_closed(pattern, index)
            # Behind an ASCII letter (which is where the grammar says "\\w"; behind others it says
            # "\\p{L}") RE2's boundary, which knows ASCII letters only, allows more, not less.
            out.append(r"\b" if pattern[index:end] in (r"(?!\w)", r"(?![\w])") else "")
            index = end
            continue
        if char == "[":
            in_class = True
        elif char == "]":
            in_class = False
        if in_class or char not in " \n":
            out.append(char)
        index += 1
    flat: str = regex.sub(r"\(\?P<\w+>|\(\?>", "(?:", "".join(out))
    flat = regex.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), flat)
    # RE2's \w is ASCII; all that is not ASCII may be a letter, and costs fewer states than \pL.
    letter = r"0-9A-Za-z_\x{80}-\x{10FFFF}"
    return flat.replace("\\ ", " ").replace(r"[\w.]", f"[{letter}.]").replace(r"\w", f"[{letter}]")


FINDER = for_re2(AMOUNT)


class Marks(NamedTuple):
    """Where amounts may begin in a column of texts, counted in bytes of all of them together."""

    data: Bytes
    """The texts as UTF-8, one behind the other."""
    bounds: Offsets
    """Where each text starts in `data`, and where the last one ends."""
    rows: Offsets
    """The text that each mark stands in."""
    starts: Offsets
    ends: Offsets

    def pieces(self, starts: Offsets, ends: Offsets) -> pa.Array:
        """`data` between each start and end as text, without a copy; pieces may not overlap."""
        cuts = np.empty(2 * len(starts) + 1, np.int64)
        cuts[:-1:2], cuts[1::2], cuts[-1] = starts, ends, ends[-1] if len(ends) else 0
        buffers = [None, pa.py_buffer(cuts), pa.py_buffer(self.data)]
        every = pa.Array.from_buffers(pa.large_string(), 2 * len(starts), buffers)
        return every.take(pa.array(np.arange(0, 2 * len(starts), 2)))

    def in_code_points(self) -> tuple[Offsets, Offsets]:
        """Start and end of each mark in code points of its own text."""
        # Of a character's bytes all but the first are 0x80 to 0xBF: below -64 as signed numbers.
        inner = _where(self.data.view(np.int8), lambda part: part < -64)
        base = self.bounds[self.rows]
        if not len(inner):
            return self.starts - base, self.ends - base
        before = np.searchsorted(inner, base)
        return (
            self.starts - base - (np.searchsorted(inner, self.starts) - before),
            self.ends - base - (np.searchsorted(inner, self.ends) - before),
        )


def mark(texts: pa.Array) -> Marks:
    """Scan a column of texts (large_string, none null) for places where an amount may begin.

    Batches of 8 MB and more pay for the compilation of the pattern at each call.
    """
    data, bounds = _bytes_of(texts)
    if len(data) and data.min() <= ord(_SIGNS[1]):
        texts = pc.replace_substring_regex(texts, f"[{_SIGNS}]", "\ufffd")
        data, bounds = _bytes_of(texts)
    marked = pc.replace_substring_regex(texts, FINDER, "\\0".join(_SIGNS))
    found, _ = _bytes_of(marked)
    places = _where(found, lambda part: part <= ord(_SIGNS[1]))
    places = places[found[places] != 0]  # a NUL is no mark
    marks = 2 * np.arange(len(places) // 2)
    starts, ends = places[::2] - marks, places[1::2] - marks - 1
    rows = np.searchsorted(bounds, starts, side="right") - 1
    return Marks(data, bounds, rows, starts, ends)


def _where(data: npt.NDArray[Any], is_it: Callable[[Any], Any]) -> Offsets:
    """Where a test holds, asked of parts that stay in the cache."""
    found = [
        np.flatnonzero(is_it(data[start : start + _PART])) + start
        for start in range(0, len(data), _PART)
    ]
    return np.concatenate(found) if found else np.empty(0, np.int64)


def _bytes_of(texts: pa.Array) -> tuple[Bytes, Offsets]:
    """The bytes of a column of texts, and where each text starts and the last one ends."""
    _, offsets, data = texts.buffers()
    bounds = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    if data is None:
        return np.empty(0, np.uint8), bounds
    return np.frombuffer(data, np.uint8)[bounds[0] : bounds[-1]], bounds - bounds[0]


def spans_of(marks: Marks, rows: Offsets) -> Iterator[tuple[int, list[Span]]]:
    """For each of the texts `rows` the spans in which an amount may begin, in code points."""
    starts, ends = marks.in_code_points()
    firsts = np.searchsorted(marks.rows, rows).tolist()
    lasts = np.searchsorted(marks.rows, rows, side="right").tolist()
    for row, first, last in zip(rows.tolist(), firsts, lasts, strict=True):
        yield row, list(zip(starts[first:last].tolist(), ends[first:last].tolist(), strict=True))


def candidates(text: str) -> Iterator[Span]:
    """The spans of one text in which an amount may begin, in code points, as they are asked for.

    The same scan as `mark`, without the compilation that Arrow repeats at each call.
    """
    for sign in _SIGNS:
        text = text.replace(sign, "\ufffd")
    return (match.span() for match in _compiled().finditer(text))


@cache
def _compiled() -> re2._Regexp:
    return re2.compile(FINDER)


def matches(text: str, spans: Iterable[Span]) -> Iterator[regex.Match[str]]:
    """What `PATTERN.finditer(text)` gives, looked for only where an amount may begin."""
    position = 0
    for start, end in spans:
        at = max(_lead(text, start), position)
        while at < end:
            found = PATTERN.match(text, at, at + LONGEST_AMOUNT) if _may_begin(text, at) else None
            if found:
                yield found
                at = found.end()
            else:
                at += 1
            position = max(position, at)


def _may_begin(text: str, at: int) -> bool:
    """Whether an amount may begin here: not at a space, and not inside a word or number."""
    char = text[at]
    if char.isspace():
        return False
    return not (at and (char.isalpha() or char.isdecimal())
                and (text[at - 1].isalpha() or text[at - 1].isdecimal()))  # fmt: skip


_RANGE_WORDS = ("to", "or", "and")
NUMBER_WORDS = frozenset(
    word.lower()
    for words in (*WORDS.numbers, *WORDS.articles, *WORDS.fractions, *WORDS.magnitudes,
                  *WORDS.abbreviations, *WORDS.foreign)
    for word in words.split()
)  # fmt: skip
"""Words with which a number may end, in lower case."""


def _lead(text: str, start: int) -> int:
    """Where a range may begin of which the span at `start` is the second half, or `start`."""
    before = text[max(0, start - LONGEST_LEAD) : start]
    head = before.rstrip()
    if head.endswith(("-", "–", "—", "‑")):
        head = head[:-1].rstrip()
    elif before != head and head[-8:].lower().endswith("between"):
        return start - len(before) + len(head) - len("between")
    else:
        word = head.rsplit(maxsplit=1)[-1:]
        if before == head or not word or word[0].lower() not in _RANGE_WORDS:
            return start
        head = head[: -len(word[0])].rstrip()
    last = head[-40:].rsplit(maxsplit=1)[-1:]
    if not last:
        return start
    token = last[0].lower()
    # A sign may stand directly before the word: "$two-$5".
    word_at_end = "".join(takewhile(str.isalpha, reversed(token)))[::-1]
    number = any(c.isdigit() for c in token) or word_at_end in NUMBER_WORDS
    return start - len(before) if number else start
