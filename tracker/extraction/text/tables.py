"""Tables in plain text: what heads the column and the row of an amount.

Readers of files write a row of a table as a line with " | " between cells; plain text parts cells
by tabs or several blanks, and leads from a label to its figure by dots.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.extraction.words import Span

_BAR = re.compile(r"\|")
_GAP = re.compile(r"\t|[ \u00a0]{2,}|[ \u00a0]*(?:\.[ \u00a0]?){3,}")
_RULE = re.compile(r"[\s|:=+_\-–—]*")
_YEAR = re.compile(r"\D*(?:19|20)\d\d(?:[/–-]\d{2,4})?\D*")
LONGEST_TABLE = 60
"""Lines that may stand between a row and the header of its table."""
LONGEST_LINE = 400
"""Code points of a row; what runs on longer is prose."""
LONGEST_LABEL = 70
"""Code points of a label or a header; what is longer is prose."""
BESIDE = 25
"""Code points that may stand beside the amount in its cell: "approx.", a share in brackets."""
_STOPS = frozenset(".!?;,")


class Heads(NamedTuple):
    """What heads an amount in a table: spans of the text, None where there is nothing."""

    column: Span | None
    row: Span | None


def heads_of(text: str, start: int, end: int) -> Heads | None:
    """What heads the amount from `start` to `end`; None where it stands in no table."""
    line = _line_of(text, start)
    cells = _cells(text, line)
    place = next((n for n, (a, b) in enumerate(cells) if a <= start and end <= b), 0)
    first, last = cells[place] if cells else (start, end)
    if not place or last - first - (end - start) > BESIDE or not _is_label(text, cells[0]):
        return None
    return Heads(_column(text, line, cells, place), cells[0])


def _line_of(text: str, place: int) -> int:
    """Where the line of `place` begins, or the part of it that is looked at."""
    reach = max(0, place - LONGEST_LINE)
    return max(text.rfind("\n", reach, place) + 1, reach)


def _end_of(text: str, line: int) -> int:
    end = text.find("\n", line, line + LONGEST_LINE)
    return min(len(text), line + LONGEST_LINE) if end < 0 else end


def _cells(text: str, line: int) -> list[Span]:
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
    return found


def _is_label(text: str, cell: Span) -> bool:
    words = text[cell[0] : cell[1]]
    return (
        0 < len(words) <= LONGEST_LABEL
        and words[-1] not in _STOPS
        and (not any(map(str.isdigit, words)) or _YEAR.fullmatch(words) is not None)
    )


def _column(text: str, line: int, cells: list[Span], place: int) -> Span | None:
    """What stands above a cell in the line that heads the table of a row."""
    row = line
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
        if len(cells) - 1 <= len(above) <= len(cells):
            head = above[place - (len(cells) - len(above))]
        else:
            # By where it stands, from the left or from the right.
            left, right = cells[place][0] - row, cells[place][1] - row
            head = min(above, key=lambda c: min(abs(c[0] - line - left), abs(c[1] - line - right)))
        return head if head[0] < head[1] else None
    return None
