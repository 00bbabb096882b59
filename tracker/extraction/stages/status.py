"""At which stage the text puts an amount, and whether it is on hold.

Cues (`rules/status.toml`, `cues.py`) are found in the sentence once and read in their context
(`cue_in_context.py`, `readings.py`); the cue with the best tie to an amount decides (`ties.py`,
`staging.py`). What its list, or the sentences before, say of it is looked at then
(`sentences_before.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.extraction.decision import Decision
from tracker.extraction.stages.cues import GRAMMAR, VERB_KINDS
from tracker.extraction.stages.follow_up import ANSWER, answers
from tracker.extraction.stages.funding import is_funding
from tracker.extraction.stages.holds import less_for_hold
from tracker.extraction.stages.no_funding import NO_FUNDING, is_no_funding
from tracker.extraction.stages.sentences_before import stands_alone, told
from tracker.extraction.stages.small_sums import SMALL_SUM, is_price
from tracker.extraction.stages.staging import Stage, stages
from tracker.extraction.stages.ties import Tie, ties
from tracker.extraction.text.context import Passage
from tracker.extraction.text.sentence import AMOUNT, Sentence

NOT_FUNDING = "status-no-word-of-funding"
"""The rule where neither a cue nor any word of aid or public money stands near an amount."""

RATE = "status-exchange-rate"
"""The rule of a rate as reports end with: "($1 = 3.95 zlotys)"."""
_ONE = re.compile(r"[A-Z]{0,3}\W{0,2}1(?: (?!\w*illion|thousand|crore|lakh)[A-Za-z ]+)?")


def decide_status(
    passage: Passage, sentence: Sentence, position: int, size: float
) -> tuple[Decision | None, Decision | None]:
    """Status and hold of the amount at token `position` of `sentence`.

    Each with its rule and words; None where nothing in reach says one. `size` is in currency units:
    small sums are mostly prices.
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
    question = passage.question_before(sentence)
    if question is not None and answers(
        sentence, question, position, stages(sentence)[position].status
    ):
        return Decision("needed", ANSWER, question.start, question.end), None
    status, hold = told(passage, sentence, position)
    if hold is None and is_price(passage, sentence, position, status, size):
        return Decision(
            "other", SMALL_SUM, sentence.starts[position], sentence.ends[position]
        ), None
    if status and status.reading.status in ("other", "needed"):
        hold = None
    if hold is None and is_no_funding(sentence, position):
        return Decision("other", NO_FUNDING, sentence.starts[position], sentence.ends[position]), (
            None
        )
    if (
        status is None
        and hold is None
        and not stands_alone(sentence, position)
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
