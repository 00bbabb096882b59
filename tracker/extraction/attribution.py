"""Who states a figure in the text; None where the text itself does."""

from __future__ import annotations

import regex

from tracker.extraction.announcing import Gift, announces_own
from tracker.extraction.antecedent import named
from tracker.extraction.decision import Decision
from tracker.extraction.quotation import speaker_of_quotation
from tracker.extraction.speakers import Speaker, speakers
from tracker.extraction.text.context import Passage
from tracker.extraction.text.sentence import Sentence
from tracker.extraction.words import Span

_CONTRAST = regex.compile(
    r";|,\s+(?:while|whereas|though|but|where|which\s+(?:has|had|have|is|was|will))\b"
)
"""Between who speaks and an amount: the amount is of another clause."""
_ALTHOUGH = regex.compile(r",\s+although\b")
_AND = regex.compile(
    r",\s+(?:and|but)\s+(?:(?:the|an?|its|his|her|their)\s+(?:[\w'’-]+\s*){0,4}(?:,\s+)?)?\Z"
)
"""Before who says something else than what stands before."""
_RELATIVE = regex.compile(
    r"\b(?:that|which|than|what)\s+(?:(?:the|an?|its|their|his|her)\s+)?\Z", regex.I
)
RELATIVE = 6
"""How many words behind an amount a clause on it has its subject."""


_NO_GIFT = Gift()


def decide_attribution(
    passage: Passage, sentence: Sentence, start: int, end: int, gift: Gift = _NO_GIFT
) -> Decision | None:
    """Who states the amount `passage.text[start:end]` of `sentence`; None: the text itself.

    A donor who only announces its own `gift` ("the government said it would give") is no source.
    """
    text = passage.text
    best: Decision | None = None
    for speaker in speakers(text, sentence):
        (first, last), (cue_start, cue_end) = speaker.span, speaker.verb
        if start <= cue_start < end or last <= start < cue_start:
            continue
        if _other_clause(text, speaker, start, end):
            continue
        if _of_another(passage, sentence, first, cue_start, (start, end)):
            continue
        score = 1.0 - 0.004 * min(abs(start - cue_end), abs(cue_start - end))
        if best is None or score > best.score + 0.05:
            found = named(passage, sentence, speaker)
            if found is None:
                continue
            decision = Decision(found[0], speaker.rule, *found[1], score)
            if not announces_own(passage, sentence, decision, (start, end), gift):
                best = decision
    if best is None:
        best = speaker_of_quotation(passage, sentence, start, end)
        if best and announces_own(passage, sentence, best, (start, end), gift):
            return None
    return best


def _other_clause(text: str, speaker: Speaker, start: int, end: int) -> bool:
    """Whether a semicolon or contrast separates who speaks from the amount."""
    cue_start, cue_end = speaker.verb
    between = text[cue_end:start] if cue_end <= start else text[end:cue_start]
    if _CONTRAST.search(between) or (end <= cue_start and _ALTHOUGH.search(between)):
        return True
    # "$5m has been spent, and the mayor said": what is said stands behind
    return end <= speaker.span[0] and _AND.search(text, end, speaker.span[0]) is not None


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
