"""Whether anything near an amount says that it is aid or public money."""

from __future__ import annotations

from tracker.extraction.stages.cues import GRAMMAR
from tracker.extraction.text.context import Passage
from tracker.extraction.text.names import party_hits
from tracker.extraction.text.sentence import Sentence

_FUNDING_KINDS = frozenset({"funder", "agency", "bloc", "institution"})
"""Parties whose money is mostly aid or public, so that naming them is a word of it."""


def is_funding(passage: Passage, sentence: Sentence, position: int) -> bool:
    """Whether it or the sentence before has a word of aid or public money, or it names a party."""
    named = any(hit.meaning.kind in _FUNDING_KINDS for hit in party_hits(sentence))
    return (
        named
        or _for_a_place(sentence, position)
        or any(
            not GRAMMAR["funding"].isdisjoint(near.words)
            for near in (sentence, passage.before(sentence))
            if near is not None
        )
    )


def _for_a_place(sentence: Sentence, position: int) -> bool:
    """Whether an amount is for somebody or from them, as in headlines: "£15m for Wales"."""
    near = range(position + 2, position + 4)
    named = any(hit.first in near for hit in party_hits(sentence))
    return sentence.words[position + 1 : position + 2] in (["for"], ["from"]) and named
