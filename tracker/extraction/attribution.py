"""Who states a figure in the text; None where the text itself does."""

from __future__ import annotations

import regex

from tracker.extraction.decision import Decision
from tracker.extraction.quotation import speaker_of_quotation
from tracker.extraction.speakers import speakers
from tracker.extraction.text.context import Passage
from tracker.extraction.text.sentence import Sentence
from tracker.extraction.words import Span

_CONTRAST = regex.compile(
    r";|,\s+(?:while|whereas|though|but|where|which\s+(?:has|had|have|is|was|will))\b"
)
"""Between who speaks and an amount: the amount is of another clause."""
_RELATIVE = regex.compile(
    r"\b(?:that|which|than)\s+(?:(?:the|an?|its|their|his|her)\s+)?\Z", regex.I
)
RELATIVE = 6
"""How many words behind an amount a clause on it has its subject."""


def decide_attribution(
    passage: Passage, sentence: Sentence, start: int, end: int
) -> Decision | None:
    """Who states the amount `passage.text[start:end]` of `sentence`; None: the text itself.

    A donor who only announces its own gift ("the government said it would give") is no source.
    """
    text = passage.text
    best: Decision | None = None
    for who, rule, who_span, (cue_start, cue_end) in speakers(text, sentence):
        if start <= cue_start < end or _other_clause(text, cue_start, cue_end, start, end):
            continue
        if _of_another(passage, sentence, who_span[0], cue_start, (start, end)):
            continue
        score = 1.0 - 0.004 * min(abs(start - cue_end), abs(cue_start - end))
        if best is None or score > best.score + 0.05:
            best = Decision(who, rule, *who_span, score)
    return best or speaker_of_quotation(passage, sentence, start, end)


def _other_clause(text: str, cue_start: int, cue_end: int, start: int, end: int) -> bool:
    """Whether a semicolon or contrast separates who speaks from the amount."""
    between = text[cue_end:start] if cue_end <= start else text[end:cue_start]
    return bool(_CONTRAST.search(between))


def _of_another(passage: Passage, sentence: Sentence, who: int, cue: int, amount: Span) -> bool:
    """Whether who speaks does so in a clause on another amount: "$2m of the $5m the UN says"."""
    text = passage.text
    if not _RELATIVE.search(text, max(sentence.start, who - 20), who):
        return False
    place, verb = sentence.word_at(who), sentence.word_at(cue)
    behind = [n for n in sentence.amounts if verb < n <= verb + RELATIVE]
    if behind and "at" in sentence.words[verb : behind[0]]:
        return amount[0] != sentence.starts[behind[0]]  # "part of a plan that it puts at $5m"
    before = [n for n in sentence.amounts if place - RELATIVE <= n < place]
    return bool(before) and amount[0] < who and amount[0] != sentence.starts[before[-1]]
