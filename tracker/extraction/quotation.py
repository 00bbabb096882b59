"""Who speaks in a quotation of several sentences: '"It is bad," said X. "We lost $5m."'."""

from __future__ import annotations

import regex

from tracker.extraction.antecedent import named
from tracker.extraction.decision import Decision
from tracker.extraction.speakers import last_speaker, speakers
from tracker.extraction.text.context import Passage
from tracker.extraction.text.sentence import Sentence
from tracker.extraction.words import Span

REACH = 700
"""How many code points before an amount its quotation may open."""
BEHIND = 600
"""How many code points behind an amount its quotation may close."""

PARAGRAPHS = 8
"""How many paragraphs of a quotation may stand before that of an amount."""

_OPENS, _CLOSES, _BOTH = "“", "”", '"'
_STRAIGHT = regex.compile(r"(?<![^\s(\[—–-])(?P<opens>\")(?=\S)|(?<=\S)\"")
"""A straight mark that opens a quotation, at the start of a word, or may close one."""
_PLEDGES = regex.compile(
    r"\b(?:we|I)(?:['’]ll|['’]re|['’]m|\s+(?:will|shall|are|am|can|plan|intend|want|have\s+decided))\b",
    regex.I,
)  # fmt: skip
"""What a donor says of its own money is no source."""


def speaker_of_quotation(
    passage: Passage, sentence: Sentence, start: int, end: int
) -> Decision | None:
    """Who speaks where the amount from `start` to `end` stands in a quotation; None if nobody."""
    text = passage.text
    opened = _opening(text, start)
    if opened is None or _PLEDGES.search(text, max(opened, sentence.start), start):
        return None
    closed = _closing(text, end)
    if closed is not None and closed >= sentence.end:
        # The speaker may stand behind the quotation: '... We lost $5m. It is bad," said X.'
        last = passage.at(closed)
        for speaker in speakers(text, last):
            if speaker.verb[0] > closed:
                return _decision(named(passage, last, speaker))
    opened = _first_paragraph(text, opened)
    if opened < 2:
        return None
    before: Sentence | None = passage.at(opened - 1)
    if before is not None and before.start >= opened:
        before = passage.before(before)
    if before is None or text.count("\n", before.end, opened) > 2:
        return None
    speaks = last_speaker(text, before)
    return _decision(named(passage, before, speaks)) if speaks else None


def _decision(found: tuple[str, Span] | None) -> Decision | None:
    return Decision(found[0], "attribution-quotation", *found[1], 0.5) if found else None


def _opening(text: str, start: int) -> int | None:
    """Where the quotation opens in which `start` stands, within its paragraph."""
    begin = max(start - REACH, 0)
    begin = max(text.rfind("\n\n", begin, start) + 1, begin)
    curly = text.rfind(_OPENS, begin, start)
    if curly > text.rfind(_CLOSES, begin, start):
        return curly
    opened: int | None = None
    for mark in _STRAIGHT.finditer(text, begin, start):
        # An inch mark ('a 6" gun') opens nothing.
        opened = mark.start("opens") if mark["opens"] else None
    return opened


def _first_paragraph(text: str, opened: int) -> int:
    """Where a quotation opens of which each paragraph opens with a mark, and the last closes."""
    for _ in range(PARAGRAPHS):
        last = text.rfind("\n", 0, opened)
        end = len(text[max(0, last - REACH) : last + 1].rstrip()) + max(0, last - REACH)
        start = text.rfind("\n", 0, end) + 1
        if (
            last < 0
            or text[last + 1 : opened].strip()
            or text[start : start + 1] not in ('"', _OPENS)
        ):
            return opened
        if any(mark in text[start + 1 : end] for mark in (_BOTH, _CLOSES)):
            return opened
        opened = start
    return opened


def _closing(text: str, end: int) -> int | None:
    """Where the quotation closes in which `end` stands."""
    stop = min(end + BEHIND, len(text))
    marks = [n for n in (text.find(_BOTH, end, stop), text.find(_CLOSES, end, stop)) if n >= 0]
    return min(marks, default=None)
