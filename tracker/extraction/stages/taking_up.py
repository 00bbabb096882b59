"""Holds in a clause of their own that take an amount up again: "$5m, but it was voted down"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.stages.attachment import NOT_ITS_OBJECT, OWN_OBJECT
from tracker.extraction.stages.crossing import STRONG_BOUNDARY
from tracker.extraction.stages.cues import GRAMMAR
from tracker.extraction.stages.noun_in_context import Reading
from tracker.extraction.stages.ties import Tie
from tracker.extraction.text.sentence import AMOUNT

FAR = 0.3
"""What it costs at most to hold an amount by a pronoun."""
SUBJECT = 6
"""How many words a subject may have before the amount that stands beside it in commas."""


def taking_up(tie: Tie, position: int) -> Tie:
    """A hold in a clause of its own that takes the amount up again: "but it was voted down"."""
    reading, tokens, sentence_words = tie.reading, tie.sentence.tokens, tie.sentence.words
    if reading.first < position or "after" in sentence_words[position + 1 : reading.first]:
        return tie  # "passed $5m after months in which it was blocked": not any more
    told = sentence_words[position + 1 : reading.first]
    if ";" in told and any(
        t.text[:1].isupper() for t in tokens[position + 2 + told.index(";") : reading.first]
    ):
        return tie  # "Oslo puts up $5m; Czech money is frozen"
    if ["vote", "on", "it"] in [told[n : n + 3] for n in range(len(told))]:
        return tie._replace(score=reading.weight - FAR)  # "proposed $5m, but a vote on it was"
    behind = [t.lower for t in tokens[reading.last + 1 : reading.last + 5]]
    before = [t.lower for t in tokens[max(position + 1, reading.first - 5) : reading.first]]
    if behind[:2] == ["by", AMOUNT]:
        return tie._replace(score=tie.score + OWN_OBJECT)
    if AMOUNT in before + behind or not any(w in GRAMMAR["anaphors"] for w in before + behind):
        return tie
    if _beside_subject(reading, sentence_words, position):
        return tie._replace(score=max(tie.score + STRONG_BOUNDARY, reading.weight - FAR))
    subject = [word for word in before if word not in GRAMMAR["auxiliary"]][-1:]
    if subject in (["it"], ["they"]) and reading.voice == "passive":
        # "at the ministry it has been held up": its subject is
        return tie._replace(score=max(tie.score + STRONG_BOUNDARY, reading.weight - FAR))
    # "has suspended the money": its object is the amount said before.
    does = reading.voice == "active" or before[-1:] in (["but"], ["then"], ["later"])
    taken = not GRAMMAR["anaphors"].isdisjoint(behind[:2]) and does
    return tie._replace(score=tie.score + STRONG_BOUNDARY - (NOT_ITS_OBJECT if taken else 0.0))


def _beside_subject(reading: Reading, words: Sequence[str], position: int) -> bool:
    """Whether an amount in commas is its subject: "The promise, $5m, has been frozen"."""
    opened = position - 1 if words[position - 1] == "," else position - 2
    aux = reading.first
    while aux > position and words[aux - 1] in GRAMMAR["auxiliary"]:
        aux -= 1
    return (
        reading.voice == "passive"
        and words[opened] == ","
        and words[aux - 1 : aux] == [","]
        and words[0] in ("the", "its", "a", "another")
        and opened <= SUBJECT
        and AMOUNT not in words[:position]
    )
