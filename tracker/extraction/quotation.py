"""Who speaks in a quotation of several sentences: '"It is bad," said X. "We lost $5m."'."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from tracker.extraction.decision import Decision
from tracker.extraction.speakers import SPEAKER, speakers
from tracker.extraction.text.context import Passage
from tracker.extraction.text.sentence import Sentence
from tracker.extraction.words import Span

REACH = 700
"""How many code points before an amount its quotation may open."""
BEHIND = 600
"""How many code points behind an amount its quotation may close."""
BACK = 4
"""How many sentences before a quotation its speaker may be named."""

_OPENS, _CLOSES, _BOTH = "“", "”", '"'
_STRAIGHT = regex.compile(r"(?<![^\s(\[—–-])(?P<opens>\")(?=\S)|(?<=\S)\"")
"""A straight mark that opens a quotation, at the start of a word, or may close one."""
_PLEDGES = regex.compile(
    r"\b(?:we|I)(?:['’]ll|['’]re|['’]m|\s+(?:will|shall|are|am|can|plan|intend|want|have\s+decided))\b",
    regex.I,
)  # fmt: skip
"""What a donor says of its own money is no source."""
_SHE = regex.compile(
    r"[,?!.][”\"]\s+(?:he|she|they)\s+\p{Ll}+|\b(?:he|she)\s+(?:said|added|told)\b", regex.I
)
_PERSON = r"\p{Lu}[\p{L}'’-]+(?:\s+(?:[a-z]{2,3}[ -])?\p{Lu}[\p{L}'’.-]+){1,3}"
_TITLED = regex.compile(
    rf"(?i:{SPEAKER}|chief|head|director|secretary)(?:\s+(?:for|of)(?:\s+\p{{L}}+){{1,3}})?,?"
    rf"\s+(?P<who>{_PERSON})|(?P<who>{_PERSON}),\s[^,.;]{{0,60}}\b(?i:{SPEAKER}|chief|head|director)\b"
)
"""A person beside a title: "the UN's relief chief, Tom Fletcher,"."""


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
        for who, span, verb in _said(text, last):
            if verb[0] > closed:
                return _decision(who, span)
    if opened < 2:
        return None
    before: Sentence | None = passage.at(opened - 1)
    if before is not None and before.start >= opened:
        before = passage.before(before)
    anonymous = closed is not None and _SHE.match(text, closed - 1) is not None
    for _ in range(BACK):
        if before is None or text.count("\n", before.end, opened) > 2:
            return None
        found = [(who, span) for who, span, _ in _said(text, before)]
        if found:
            return _decision(*found[-1])
        if anonymous and (named := _TITLED.search(text, before.start, before.end)):
            return _decision(named["who"], named.span("who"))
        anonymous = anonymous or _SHE.search(text, before.start, before.end) is not None
        if not anonymous:
            return None
        before = passage.before(before)
    return None


def _said(text: str, sentence: Sentence) -> Iterator[tuple[str, Span, Span]]:
    """Who says something in a sentence, with the place of the name and of the verb."""
    return ((who, span, verb) for who, _, span, verb in speakers(text, sentence))


def _decision(who: str, span: Span) -> Decision:
    return Decision(who, "attribution-quotation", *span, 0.5)


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


def _closing(text: str, end: int) -> int | None:
    """Where the quotation closes in which `end` stands."""
    stop = min(end + BEHIND, len(text))
    marks = [n for n in (text.find(_BOTH, end, stop), text.find(_CLOSES, end, stop)) if n >= 0]
    return min(marks, default=None)
