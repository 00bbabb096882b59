"""What a sentence says that goes on with the amounts of the one before.

"MPs passed the bill. It gives $5m", "asked for $9m. Of that, $5m would go to clinics".
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.stages.cues import GRAMMAR
from tracker.extraction.stages.noun_in_context import Reading
from tracker.extraction.stages.readings import readings
from tracker.extraction.stages.ties import Tie
from tracker.extraction.stages.verbs import STEPS
from tracker.extraction.text.sentence import AMOUNT, Sentence

ANSWER = "status-answer"
"""The rule where a question says what an amount is."""
_PASSED = GRAMMAR["bills"] | GRAMMAR["requests"] | GRAMMAR["also_passed"]
_SHARED = frozenset({"requested", "committed"})
"""Stages of a sum that its parts keep, whatever they will be spent on."""


_OPENERS = frozenset({"it", "of", "the"})


def goes_on(tie: Tie, sentence: Sentence) -> bool:
    """Whether the sentence before may say more of an amount that has the stage of `tie`."""
    reading = tie.reading
    return tie.sentence is sentence and reading.status != "other" and (
        reading.cue.rule == "receive" or sentence.words[0] in _OPENERS
    )  # fmt: skip


def in_follow_up(
    tie: Tie, sentence: Sentence, before: Sentence, before_said: Sequence[str | None]
) -> Tie:
    """The tie of an amount that `goes_on` with the stage that the sentence `before` gives it.

    `before_said` are the stages of the amounts of that sentence, in reading order.
    """
    words, reading = sentence.words, tie.reading
    getting = reading.cue.kind == "base" and reading.status == "disbursed"
    if reading.cue.rule == "receive" and (getting or reading.cue.kind == "present"):
        # "MEPs approved $9m to share. Rome gets $4m"
        return _with(tie, "approved" if "approved" in before_said else None)
    if words[:1] == ["of"] and words[1] in GRAMMAR["refers_back"] and reading.status == "pledged":
        last = before_said[-1] if before_said else None
        return _with(tie, last if last in _SHARED else None)
    named = words[:1] == ["it"] or (words[:1] == ["the"] and words[1] in GRAMMAR["bills"])
    if not named or reading.first > 4 or reading.cue.kind not in ("present", "base"):
        return tie
    if reading.status not in STEPS or _PASSED.isdisjoint(before.words):
        return tie
    said = [r.status for r in readings(before) if r.status in ("approved", "requested")]
    return _with(tie, said[-1] if said else None)


def _with(tie: Tie, status: str | None) -> Tie:
    return tie._replace(reading=tie.reading._replace(status=status)) if status else tie


def divides_sum(sentence: Sentence) -> bool:
    """Whether a sentence divides the sum of the one before: "The rest is $5m for teachers"."""
    words = sentence.words
    if words[:1] == ["it"]:
        return words[1] in GRAMMAR["holds_parts"]
    if words[:1] == ["of"] and words[1] in GRAMMAR["refers_back"]:
        return words[2:3] == [","]  # "Of that, $5m is for clinics"
    if words[:2] == ["a", "further"]:
        return words[2] == AMOUNT and words[3:4] in (["is"], ["goes"], ["will"], ["would"])
    if words[:1] != ["the"] or len(words) < 5:
        return False
    if words[1] == "remaining":
        return words[2] == AMOUNT
    rest = words[1] in GRAMMAR["rests"] and words[2] != AMOUNT
    part = words[2] in GRAMMAR["parts"] and words[3:4] in ([","], ["of"], ["is"])
    held = words[2] in GRAMMAR["anaphors"] and words[3] in GRAMMAR["holds_parts"]
    return rest or part or held


def held_before(sentence: Sentence, before: Sentence, own: Tie | None) -> Reading | None:
    """What the sentence before holds, where an amount is only said to be the sum of it.

    "The bill was voted down. It would have given $5m", "US aid was frozen. At stake is $5m".
    """
    if before.amounts:
        return None
    said = [r for r in readings(before) if r.voice != "noun"]
    last = said[-1] if said else None
    if last is None or not last.hold:
        return None
    missed = sentence.words[:3] == ["it", "would", "have"] and last.status == "requested"
    sized = own is None and not GRAMMAR["sized_by"].isdisjoint(sentence.words[:6]) and not any(
        r.hold or r.status in STEPS for r in readings(sentence)
    )  # fmt: skip
    return last if missed or sized else None


def answers(sentence: Sentence, before: Sentence, position: int, own: Tie | None) -> bool:
    """Whether an amount answers what something would cost: "How much would it take? $5m"."""
    asked = before.words[:8]
    first = position == min(sentence.amounts)
    said = own is not None and own.sentence is sentence and own.reading.first < position
    return (
        before.words[-1:] == ["?"]
        and first
        and not said
        and asked[:2] in (["how", "much"], ["what", "would"], ["what", "will"])
        and not GRAMMAR["takes_money"].isdisjoint(asked)
    )
