"""Where amounts may stand: a fast scan with RE2 over Arrow, derived from the grammar.

`candidates` marks, in each text, every place where an amount may begin; `matches` then runs the
grammar there alone, and gives exactly what `PATTERN.finditer` gives over the whole text
(tests/extraction/test_finder.py holds the two equal).
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
import regex

from tracker.extraction.grammar import AMOUNT, PATTERN
from tracker.extraction.words import WORDS, Span

_MARKS = ("\x01", "\x02")
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


def candidates(texts: pa.Array) -> Iterator[list[Span] | None]:
    """For each text the spans in which an amount may begin, in code points; None if it has none.

    Batches of 8 MB and more pay for the compilation of the pattern at each call.
    """
    # A mark that stands in the text itself gives way to a sign that is as little a letter.
    texts = pc.replace_substring_regex(texts, "[\x01\x02]", "\ufffd")
    marked = pc.replace_substring_regex(texts, FINDER, rf"{_MARKS[0]}\0{_MARKS[1]}")
    for text in marked:
        value = text.as_py()
        yield _spans(value) if _MARKS[0] in value else None


def _spans(marked: str) -> list[Span]:
    spans: list[Span] = []
    marks, opening = 0, marked.find(_MARKS[0])
    while opening >= 0:
        closing = marked.find(_MARKS[1], opening)
        spans.append((opening - marks, closing - marks - 1))
        marks += 2
        opening = marked.find(_MARKS[0], closing)
    return spans


def matches(text: str, spans: list[Span]) -> Iterator[regex.Match[str]]:
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
_NUMBER_WORDS = frozenset(
    word for words in (*WORDS.numbers, *WORDS.articles, *WORDS.fractions, *WORDS.magnitudes)
    for word in words.split()
)  # fmt: skip


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
    number = any(c.isdigit() for c in token) or token.rsplit("-", 1)[-1] in _NUMBER_WORDS
    return start - len(before) if number else start
