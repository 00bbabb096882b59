"""Tables in plain text: what heads the column and the row of an amount.

Readers of files write a row of a table as a line with " | " between cells; plain text parts cells
by tabs or several blanks, and leads from a label to its figure by dots.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from tracker.extraction.words import Span, load_rules

_BAR = re.compile(r"\|")
_GAP = re.compile(r"\t|[ \u00a0]{2,}|[ \u00a0]*(?:\.[ \u00a0]?){3,}")
_GAPS = ("  ", "\t", " | ", "..", ". .", "\u00a0")
"""One of these stands before every cell but the first."""
_NUMBERED = ("Table", "TABLE", "Box", "Annex", "Figure")
"""What stands over a table though a blank line parts them."""
_RULE = re.compile(r"[\s|:=+_\-–—]*")
_UNIT = re.compile(r"\s*\([^()]*\)\Z")
"""The unit behind a header: "Received (US$ million)"."""
_MONTHS = "|".join(load_rules("en")["periods"]["months"])
_DAY = re.compile(rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTHS})(?: \d{{1,2}}\b)?(?:,? 20\d\d)?")
"""A date in a header: "Paid by 30 September"."""
_STATUS = frozenset({"status", "stage", "state of play"})
"""Headers, in lower case, of the column whose cells say the stage."""
_YEAR = re.compile(r"\D*(?:19|20)\d\d(?:[/–-]\d{2,4})?\D*")
LONGEST_TABLE = 60
"""Lines that may stand between a row and the header of its table."""
LONGEST_COLUMN = 5000
"""Rows that are read below a header."""
LONGEST_LINE = 1000
"""Code points of a row; what runs on longer is prose."""
LONGEST_LABEL = 70
"""Code points of a label or a header; what is longer is prose."""
LONGEST_CAPTION = 150
"""Code points of the line over a table."""
BESIDE = 25
"""Code points that may stand beside the amount in its cell: "approx.", a share in brackets."""
_STOPS = frozenset(".!?;,")


class Heads(NamedTuple):
    """What heads an amount in a table: spans of the text, None where there is nothing."""

    column: Span | None
    stage: Span | None
    """The cell of its row in a column "Status"."""
    row: Span | None
    table: Span | None


def heads_of(text: str, start: int, end: int) -> Heads | None:
    """What heads the amount from `start` to `end`; None where it stands in no table."""
    line = _line_of(text, start)
    if not any(text.find(gap, line, start) >= 0 for gap in _GAPS):
        return None
    cells = _cells(text, line)
    place = next((n for n, (a, b) in enumerate(cells) if a <= start and end <= b), 0)
    first, last = cells[place] if cells else (start, end)
    label = next((cell for cell in cells[:place] if _is_label(text, cell)), None)
    if label is None or last - first - (end - start) > BESIDE:
        return None
    header = _header(text, line, cells)
    if header is None:
        return Heads(None, None, label, _caption(text, line))
    columns = [_head_of(text, header, cells, line, n) for n in range(len(cells))]
    said = (
        cell
        for cell, head in zip(cells[1:], columns[1:], strict=True)
        if head and text[slice(*head)].lower() in _STATUS and _is_label(text, cell)
    )
    return Heads(columns[place], next(said, None), label, _caption(text, header[0]))


def columns_beside(text: str, start: int, end: int) -> list[Span]:
    """The headers of the other columns of the table that an amount stands in."""
    line = _line_of(text, start)
    header = _header(text, line, _cells(text, line))
    own = column_of(text, start, end)
    return [cell for cell in header[1] if own and cell[0] != own[0]] if header else []


def below(text: str, head: Span) -> Iterator[tuple[Span, Span]]:
    """The cells of the column under the header that holds the span `head`, each with its label.

    None in prose; the column ends at a line without cells, at a blank one, or at the next header.
    """
    header = _line_of(text, head[0])
    heads = _cells(text, header)
    place = next((n for n, (a, b) in enumerate(heads) if a <= head[0] and head[1] <= b), 0)
    line, began = header, False
    for _ in range(LONGEST_COLUMN):
        line = _end_of(text, line) + 1
        if not place or line >= len(text):
            return
        end = _end_of(text, line)
        if _RULE.fullmatch(text, line, end):
            if began and not text[line:end].strip():
                return
            continue
        cells = _cells(text, line)
        if len(cells) < 2 or all(_is_label(text, cell) for cell in cells):
            return
        began = True
        if 0 <= len(cells) - len(heads) <= 1:
            yield cells[place + len(cells) - len(heads)], cells[0]


def _in_column(row: Sequence[Span], line: int, other: Sequence[Span], at: int, place: int) -> Span:
    """Of the cells of a row the one in the column of a cell of another row of the table.

    `line` and `at` are where the rows begin. The cell of the labels may have no header.
    """
    if abs(len(row) - len(other)) <= 1:
        return row[max(0, place + len(row) - len(other))]
    # By where it stands, from the left or from the right.
    left, right = other[place][0] - at, other[place][1] - at
    return min(row, key=lambda c: min(abs(c[0] - line - left), abs(c[1] - line - right)))


def _line_of(text: str, place: int) -> int:
    """Where the line of `place` begins, or the part of it that is looked at."""
    reach = max(0, place - LONGEST_LINE)
    return max(text.rfind("\n", reach, place) + 1, reach)


def _end_of(text: str, line: int) -> int:
    end = text.find("\n", line, line + LONGEST_LINE)
    return min(len(text), line + LONGEST_LINE) if end < 0 else end


def column_of(text: str, start: int, end: int) -> Span | None:
    """The header of the column in which a name stands, the first column too; None in prose."""
    line = _line_of(text, start)
    cells = _cells(text, line)
    place = next((n for n, (a, b) in enumerate(cells) if a <= start and end <= b), None)
    header = None if place is None or len(cells) < 2 else _header(text, line, cells)
    return _head_of(text, header, cells, line, place or 0) if header else None


@lru_cache(maxsize=256)
def _cells(text: str, line: int) -> tuple[Span, ...]:
    """The cells of the line that begins at `line`, the empty ones of a ruled row too."""
    end = _end_of(text, line)
    pattern = _BAR if text.find(" | ", line, end) >= 0 else _GAP
    found: list[Span] = []
    place = line
    for first, last in [*(gap.span() for gap in pattern.finditer(text, line, end)), (end, end)]:
        words = text[place:first]
        begin = place + len(words) - len(words.lstrip())
        if words.strip() or (pattern is _BAR and place > line):
            found.append((begin, begin + len(words.strip())))
        place = last
    return tuple(found)


def _is_label(text: str, cell: Span) -> bool:
    written = text[cell[0] : cell[1]]
    words = _DAY.sub("then", _UNIT.sub("", written) or written)
    return (
        0 < len(words) <= LONGEST_LABEL
        and words[-1] not in _STOPS
        and (not any(map(str.isdigit, words)) or _YEAR.fullmatch(words) is not None)
    )


def _header(text: str, line: int, cells: Sequence[Span]) -> tuple[int, tuple[Span, ...]] | None:
    """Where the line begins that heads the table of a row, and its cells."""
    for _ in range(LONGEST_TABLE):
        if not line:
            return None
        line = _line_of(text, line - 1)
        if _RULE.fullmatch(text, line, _end_of(text, line)):
            continue
        above = _cells(text, line)
        if len(above) < 2:
            return None
        if not all(first == last or _is_label(text, (first, last)) for first, last in above[1:]):
            continue  # a row of figures, or no table
        return None if len(above) > len(cells) else (line, above)
    return None


def _head_of(
    text: str, header: tuple[int, Sequence[Span]], cells: Sequence[Span], line: int, place: int
) -> Span | None:
    """What stands above a cell of a row in the line that heads its table."""
    first, last = _in_column(header[1], header[0], cells, line, place)
    head = first, first + len(_UNIT.sub("", text[first:last]))
    return head if head[0] < head[1] else None


def _caption(text: str, line: int) -> Span | None:
    """The line that stands over a table, seen from its header or a row.

    "Table 1. Allocations by country"; a blank line may stand between where it is a heading.
    """
    blank = beyond = False
    for _ in range(LONGEST_TABLE):
        if not line:
            return None
        line = _line_of(text, line - 1)
        end = _end_of(text, line)
        if _RULE.fullmatch(text, line, end) or len(_cells(text, line)) > 1:
            beyond = beyond or (blank and bool(text[line:end].strip()))
            blank = blank or not text[line:end].strip()
            continue
        words = text[line:end].strip()
        heading = (
            not beyond
            and len(words) <= LONGEST_LABEL
            and text[max(0, line - 2) : line] in ("", "\n\n")
        )
        if blank and not heading and not words.startswith(_NUMBERED):
            return None
        if len(words) > LONGEST_CAPTION or words[-1] in _STOPS:
            return None
        first = text.index(words, line)
        return first, first + len(words)
    return None
