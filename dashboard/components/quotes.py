"""A mention's words in their place: the sentences around it, the amount and the cues marked.

Plain text in, parts out; what a document says is never taken for markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from tracker.extraction.text.context import Passage

REACH = 500
"""Code points of context on either side, at most; whole sentences only."""
CUE_TAGS = ("status", "hold")
"""Tags whose words are underlined in the quote."""


class Part(NamedTuple):
    """A piece of the quote."""

    text: str
    amount: bool
    cue: bool
    sentence: bool
    """Whether it belongs to the sentence that states the amount, not to its neighbours."""


def context(text: str, start: int, end: int) -> tuple[int, int, int, int]:
    """Where the neighbourhood of the span begins, its sentence begins and ends, and it ends."""
    passage = Passage(text, [(start, end)])
    sentence = passage.at(start)
    before, after = passage.before(sentence), passage.after(sentence)
    # A span that begins or ends outside every sentence is still shown whole.
    sentence_start, sentence_end = min(sentence.start, start), max(sentence.end, end)
    from_ = min(before.start if before else sentence.start, start)
    to = max(after.end if after else sentence.end, end)
    return (
        from_ if sentence_start - from_ <= REACH else sentence_start,
        sentence_start,
        sentence_end,
        to if to - sentence_end <= REACH else sentence_end,
    )


def cues(mention: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Spans of the words that decided status and hold."""
    spans = [(e["start"], e["end"]) for e in mention["evidence"] or [] if e["tag"] in CUE_TAGS]
    if mention["cue_start"] is not None:
        spans.append((mention["cue_start"], mention["cue_end"]))
    return [(start, end) for start, end in spans if end > start]


def parts(text: str, mention: Mapping[str, Any]) -> list[Part]:
    """The quote in its context, cut where a marking begins or ends."""
    amount = (mention["start"], mention["end"])
    underlined = cues(mention)
    from_, sentence_start, sentence_end, to = context(text, *amount)
    cuts = {from_, to, sentence_start, sentence_end, *amount}
    cuts |= {place for span in underlined for place in span}
    places = sorted(place for place in cuts if from_ <= place <= to)
    return [
        Part(
            text[start:end],
            amount=_within(start, end, [amount]),
            cue=_within(start, end, underlined),
            sentence=sentence_start <= start and end <= sentence_end,
        )
        for start, end in pairwise(places)
    ]


def _within(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in spans)
