"""What a vote makes of the words on the parts of a bill: "It passed. ... The bill gives $5m"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.extraction.stages.cues import GRAMMAR
from tracker.extraction.stages.noun_in_context import Reading
from tracker.extraction.stages.readings import readings
from tracker.extraction.stages.ties import Tie
from tracker.extraction.stages.verbs import STEPS
from tracker.extraction.text.context import Passage
from tracker.extraction.text.sentence import Sentence

BACK = 12
"""How many sentences before one on a bill the vote on it may be told."""
NEAR = 4
"""How many sentences before somebody who "would get" money the bill may be named that gives it."""
SUBJECT = 4
"""How many words before its verb a bill may be named."""
_TAKES_EFFECT = frozenset({"give", "receive", "arrive", "allocate"})
_DECIDED = frozenset({"approve", "sign-into-law"})
_BILLS = GRAMMAR["voted_on"]
_ITS_STAGES = frozenset({"requested", "pledged", "disbursed", "unspecified"})
"""What words on the parts of a bill say of themselves: "contains", "would give", "provides"."""
_ALIKE = frozenset({"bill", "legislation", "measure", "text", "law"})
"""Words for the same bill; a package or an act must have been called so before."""
_STOPPED = frozenset({"voted-down", "vetoed"})


def as_voted_before(
    passage: Passage, sentence: Sentence, tie: Tie, hold: Tie | None
) -> tuple[Tie, Tie | None]:
    """Stage and hold of an amount of a bill, as voted where a sentence before tells of the vote.

    "The Senate passed the bill on Tuesday. ... The bill contains $5m for Ukraine", "... Israel
    would get $2m".
    """
    asks = tie.reading.cue.rule == "request"  # "The same bill asks for $5m": not voted yet
    if tie.sentence is not sentence or hold or asks or tie.reading.status not in _ITS_STAGES:
        return tie, hold
    if not (_of_bill(sentence, tie.reading) or _would_get(passage, sentence, tie.reading)):
        return tie, hold
    called = {word for word in sentence.words[:SUBJECT] if word in _BILLS}
    alike = _ALIKE if called <= _ALIKE else called
    for before in _sentences_before(passage, sentence, BACK):
        if alike.isdisjoint(before.words):
            continue
        for reading in readings(before):
            voted = tie._replace(reading=reading, sentence=before)
            if reading.cue.rule in _STOPPED:
                return voted, voted
            if reading.status == "approved" and reading.voice in ("active", "past", "passive"):
                return voted, None
    return tie, None


def _of_bill(sentence: Sentence, reading: Reading) -> bool:
    """Whether a bill named before is the subject: "The measure would provide $5m"."""
    words, first = sentence.words, reading.first
    while first > 1 and words[first - 1] in GRAMMAR["auxiliary"]:
        first -= 1
    return words[:1] == ["the"] and first <= SUBJECT and words[first - 1] in _BILLS


def _would_get(passage: Passage, sentence: Sentence, reading: Reading) -> bool:
    """Whether somebody gets money by a bill of which the sentences before speak."""
    would = "would" in sentence.words[max(0, reading.first - 3) : reading.first]
    return (
        would
        and reading.status == "pledged"
        and reading.cue.rule in _TAKES_EFFECT
        and any(
            before.words[:1] == ["the"] and not _BILLS.isdisjoint(before.words[1:2])
            for before in _sentences_before(passage, sentence, NEAR)
        )
    )


def _sentences_before(passage: Passage, sentence: Sentence, most: int) -> Iterator[Sentence]:
    before = passage.before(sentence)
    for _ in range(most):
        if before is None:
            return
        yield before
        before = passage.before(before)


def _in_present(reading: Reading, words: Sequence[str]) -> bool:
    """Whether a verb is in the present: "gets $5m", "is given $5m"."""
    if reading.cue.kind == "base" and words[reading.first - 1] == "they":
        return True
    given = (
        reading.cue.rule == "give"
        and reading.voice == "passive"
        and words[reading.first - 1] in ("is", "are")
    )
    return given or (reading.cue.kind == "present" and reading.voice == "active")


def _under_law(status: Tie, sentence: Sentence) -> bool:
    """Whether it comes of what was passed: "Under the text adopted, Kyiv will get $5m"."""
    opening = sentence.words[1 : status.reading.first]
    if status.reading.status != "pledged":
        return False
    return sentence.words[0] == "under" and not GRAMMAR["voted_on"].isdisjoint(opening[:6])


def as_voted(status: Tie | None, sentence: Sentence) -> Tie | None:
    """What a vote makes of the present tense: "MPs passed a budget under which Gondar gets $5m"."""
    if (
        status is None
        or status.reading.status not in STEPS
        or status.reading.cue.rule not in _TAKES_EFFECT
        or not (_in_present(status.reading, sentence.words) or _under_law(status, sentence))
    ):
        return status
    voted = any(
        r.status == "approved" and r.cue.rule in _DECIDED and r.voice != "noun"
        for r in readings(sentence)
    )
    if not voted:
        return status
    return status._replace(reading=status.reading._replace(status="approved"))
