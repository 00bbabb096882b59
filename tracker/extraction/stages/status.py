"""At which stage the text puts an amount, and whether it is on hold.

Cues (`rules/status.toml`, `cues.py`) are found in the sentence once and read in their context
(`cue_in_context.py`, `readings.py`); the cue with the best tie to an amount decides (`ties.py`,
`staging.py`). A sentence without any takes the stage of the list's lead or the sentence before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.extraction.decision import Decision
from tracker.extraction.stages.crossing import PER_WORD
from tracker.extraction.stages.cues import GRAMMAR, VERB_KINDS
from tracker.extraction.stages.follow_up import (
    ANSWER,
    answers,
    divides_sum,
    goes_on,
    held_before,
    in_follow_up,
)
from tracker.extraction.stages.funding import is_funding
from tracker.extraction.stages.holds import less_for_hold
from tracker.extraction.stages.parts import of_another_whole
from tracker.extraction.stages.readings import readings
from tracker.extraction.stages.staging import HOLD_THRESHOLD, THRESHOLD, Stage, best, stages
from tracker.extraction.stages.ties import Tie, ties
from tracker.extraction.text.context import Passage
from tracker.extraction.text.sentence import AMOUNT, Sentence
from tracker.extraction.words import load_rules

NOT_FUNDING = "status-no-word-of-funding"
"""The rule where neither a cue nor any word of aid or public money stands near an amount."""

RATE = "status-exchange-rate"
"""The rule of a rate as reports end with: "($1 = 3.95 zlotys)"."""
_ONE = re.compile(r"[A-Z]{0,3}\W{0,2}1(?: (?!\w*illion|thousand|crore|lakh)[A-Za-z ]+)?")

SENTENCE_BEFORE = 0.6
"""What it costs to take the stage from the sentence before."""
STRONGEST_BEFORE = (
    max(r.get("weight", 1.0) for r in load_rules("status")["status"]) - SENTENCE_BEFORE
)
"""A cue with this score or more is better than any of the sentence before."""

_DIVIDES = (["of", "which"], ["out", "of"], ["thereof", ":"])
_SILENT = Stage(None, None, None, None)


def decide_status(
    passage: Passage, sentence: Sentence, position: int
) -> tuple[Decision | None, Decision | None]:
    """Status and hold of the amount at token `position` of `sentence`.

    Each with its rule and words; None where nothing in reach says one.
    """
    rate = _rate(passage, sentence, position)
    if rate is not None:
        return Decision("other", RATE, sentence.starts[rate], sentence.ends[rate + 2]), None
    heads = passage.heads(sentence, position)
    caption = passage.caption(sentence, position)
    headed = _headed([head for head in heads if head is not caption])
    if headed is None and caption and stages(sentence)[position].said in (None, "unspecified"):
        headed = _headed([caption])
    if headed is not None:
        return _decided(headed.status, headed.hold)
    stage = stages(sentence)[position]
    status, hold = stage.status, stage.hold
    around = _SILENT
    alone = status is None and of_another_whole(sentence, position)
    if not alone and (status is None or status.score < STRONGEST_BEFORE or passage.lead(sentence)):
        around = _around(passage, sentence)
    if around.status and (status is None or status.score < around.status.score):
        status = around.status
        hold = hold or around.hold
    question = passage.question_before(sentence)
    if question is not None and answers(sentence, question, position, status):
        return Decision("needed", ANSWER, question.start, question.end), None
    before = passage.before(sentence) if status and goes_on(status, sentence) else None
    if status and before is not None and passage.same_paragraph(before, sentence):
        said = [stage.said for _, stage in sorted(stages(before).items())]
        status = in_follow_up(status, sentence, before, said)
    if hold is None and divides_sum(sentence):
        status, hold = _as_divided(passage, sentence, status)
    if hold is None and _sums_up(sentence):
        status, hold = _held(passage, sentence, stage.status) or (status, hold)
    if status and status.reading.status in ("other", "needed"):
        hold = None
    if (
        status is None
        and hold is None
        and not alone
        and all(GRAMMAR["funding"].isdisjoint(head.words) for head in heads)
        and not is_funding(passage, sentence, position)
    ):
        return Decision("other", NOT_FUNDING, sentence.start, sentence.end), None
    return _decided(status, hold)


def _headed(heads: Sequence[Sentence]) -> Stage | None:
    """What the first of the heads of an amount in a table says that says a stage."""
    said = (stages(head)[len(head.words) - 1] for head in heads)
    return next((stage for stage in said if stage.said), None)


def _rate(passage: Passage, sentence: Sentence, position: int) -> int | None:
    """Where a rate begins of which an amount is a side: "$1 = 3.95 zlotys"; None if nowhere."""
    words = sentence.words
    one = position - 2 if words[max(0, position - 2) : position] == [AMOUNT, "="] else position
    if words[one + 1 : one + 3] != ["=", AMOUNT]:
        return None
    unit = _ONE.fullmatch(passage.text, sentence.starts[one], sentence.ends[one])
    return one if unit else None


def _decided(status: Tie | None, hold: Tie | None) -> tuple[Decision | None, Decision | None]:
    return status and decision_of(status, "status"), hold and decision_of(hold, "hold")


def _as_divided(
    passage: Passage, sentence: Sentence, own: Tie | None
) -> tuple[Tie | None, Tie | None]:
    """Stage and hold of the sum before that a sentence divides, where it says none itself."""
    before = passage.before(sentence)
    if before is None or not before.amounts or not passage.same_paragraph(before, sentence):
        return own, None
    last = stages(before)[max(before.amounts)]
    silent = own is None or own.reading.status == "unspecified"
    if last.status is None or not silent:
        return own, last.hold if own and last.said == own.reading.status else None
    return last.status, last.hold


def _sums_up(sentence: Sentence) -> bool:
    """Whether a sentence may tell the size of what the one before holds."""
    words = sentence.words
    return words[0] == "it" or not GRAMMAR["sized_by"].isdisjoint(words[:6])


def _held(passage: Passage, sentence: Sentence, own: Tie | None) -> tuple[Tie, Tie] | None:
    """Stage and hold that the sentence before gives an amount which only sums it up."""
    before = passage.before(sentence)
    if before is None or not passage.same_paragraph(before, sentence):
        return None
    found = held_before(sentence, before, own)
    if found is None:
        return None
    tie = Tie(found.weight - SENTENCE_BEFORE, found, before, True)
    return tie, tie


def _around(passage: Passage, sentence: Sentence) -> Stage:
    """What the lead of the list, or else the sentence before, says of what follows."""
    divides = _divides(sentence)
    lead = None if divides else passage.lead(sentence)
    listed = lead is not None
    if lead is not None and _says_no_stage(lead):
        # "The board approved $9m. It is divided as follows: - roads: $5m"
        other = _divided(passage, lead)
        lead = None
    else:
        other = lead or passage.before(sentence)
    if other is None:
        return _SILENT
    cost = 0.0 if listed or divides else SENTENCE_BEFORE
    end = len(other.tokens)
    if lead is None and other.amounts:
        last = stages(other)[max(other.amounts)]
        tie = last.main and last.main._replace(score=min(last.main.score, 0.9) - cost)
        return Stage(tie if tie and tie.score > THRESHOLD else None, last.main_hold, None, None)
    found = [
        Tie(r.weight - cost - min(PER_WORD * (end - r.last), 0.3), r, other, True)
        for r in readings(other)
    ]
    return Stage(
        best((t for t in found if t.reading.status), THRESHOLD),
        best((t for t in found if t.reading.hold), HOLD_THRESHOLD),
        None,
        None,
    )


def _says_no_stage(lead: Sentence) -> bool:
    """Whether the lead of a list says what its items are, but no stage: "They include:"."""
    return not lead.amounts and all(
        r.status in (None, "unspecified") and not r.hold for r in readings(lead)
    )


def _divided(passage: Passage, lead: Sentence) -> Sentence | None:
    """The sentence of what the items under a silent `lead` divide: the one before it.

    Or that with the first sum of the text, as releases do: "The financing is divided as follows:".
    """
    before = passage.before(lead)
    summed = before is not None and before.amounts
    if not summed and not GRAMMAR["divided_as_follows"].isdisjoint(lead.words):
        return passage.at(passage.spans[0][0])
    return before


def _divides(sentence: Sentence) -> bool:
    """Whether an item of a list is a part of the one before it: "- of which for rubble: $5m"."""
    words = sentence.words[:4]
    return words[:2] in _DIVIDES or words[1:3] in _DIVIDES


def weighed(sentence: Sentence, position: int) -> list[Tie]:
    """Every cue of a status that the sentence offers its amount at `position`, best first."""
    found = [less_for_hold(tie) for tie in ties(sentence, position) if tie.reading.status]
    return sorted(found, key=lambda tie: -tie.score)


def decision_of(tie: Tie, tag: str) -> Decision:
    """What a cue says of `tag` (status or hold), with its rule and words."""
    tokens, reading = tie.sentence.tokens, tie.reading
    first = reading.first
    if reading.cue.kind in VERB_KINDS:
        # The auxiliaries are part of the words that decide: "has requested", "continues to block".
        while first and tokens[first - 1].lower in GRAMMAR["auxiliary"]:
            first -= 1
    value = reading.status if tag == "status" else reading.hold
    return Decision(value, f"{tag}-{reading.cue.rule}", tokens[first].start,
                    tokens[reading.last].end, tie.score)  # fmt: skip
