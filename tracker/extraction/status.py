"""At which stage the text puts an amount, and whether it is on hold.

Cues (`rules/status.toml`, `cues.py`) are found in the sentence once and read in their context
(`cue_in_context.py`, `readings.py`); the cue with the best tie to an amount decides (`ties.py`).
An amount without a cue of its own ("8 million for shelter") shares the stage of the amount before
it; a sentence without any, that of the list's lead or the sentence before.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tracker.extraction.context import Passage, Sentence
from tracker.extraction.crossing import PER_WORD
from tracker.extraction.cues import GRAMMAR, VERB_KINDS
from tracker.extraction.decision import Decision
from tracker.extraction.follow_up import ANSWER, answers, goes_on, in_follow_up
from tracker.extraction.funding import is_funding
from tracker.extraction.holds import (
    arrived_since,
    held,
    less_for_hold,
    lists_cuts,
    not_yet_done,
    paid_late,
    reaches,
    still_given,
    taking_up,
)
from tracker.extraction.parts import (
    among,
    attached,
    is_part,
    of_another_whole,
    of_its_own,
    reported,
    same_noun,
    whole_of,
    without_whole,
)
from tracker.extraction.readings import readings
from tracker.extraction.rereading import left_by_cuts, of_requests, reread
from tracker.extraction.sharing import added, coordinated, shared_hold
from tracker.extraction.ties import Tie, ties
from tracker.extraction.words import load_rules

NOT_FUNDING = "status-no-word-of-funding"
"""The rule where neither a cue nor any word of aid or public money stands near an amount."""

SHARED = 0.4
"""What it costs to share the stage of the amount before."""
PART = 0.15
"""What it costs where the amount is said to be a part of that one."""
NEW_CLAUSE = 0.15
"""What it costs more where a new main clause begins between the two."""
SENTENCE_BEFORE = 0.6
"""What it costs to take the stage from the sentence before."""
STRONGEST_BEFORE = (
    max(r.get("weight", 1.0) for r in load_rules("status")["status"]) - SENTENCE_BEFORE
)
"""A cue with this score or more is better than any of the sentence before."""
THRESHOLD = 0.1
HOLD_THRESHOLD = 0.55


class Stage(NamedTuple):
    """What the sentence says of one of its amounts."""

    status: Tie | None
    hold: Tie | None
    main: Tie | None
    """The cue that further amounts may share."""
    main_hold: Tie | None

    @property
    def said(self) -> str | None:
        """The stage that it says."""
        return _said(self.status)


def stages(sentence: Sentence) -> dict[int, Stage]:
    """What the sentence says of each of its amounts, by token position; made once."""
    return sentence.once("stages", lambda: _stages(sentence))


def _stages(sentence: Sentence) -> dict[int, Stage]:
    made: dict[int, Stage] = {}
    last: Stage | None = None
    place = 0
    for position in sorted(sentence.amounts):
        found = list(ties(sentence, position))
        whole = whole_of(sentence, position)
        if whole is not None:
            found = [t for t in found if whole < t.reading.first < position
                     or (t.reading.first > position and attached(t, position))]  # fmt: skip
            last = None
        found = of_requests(without_whole(found, sentence, position), position)
        found = left_by_cuts(found, sentence, position)
        found = [t for t in found if not _brings_other(t, position)]
        holds = (t for t in found if t.reading.hold and reaches(t, position))
        hold = _best((taking_up(t, position) for t in holds), HOLD_THRESHOLD)
        found = [less_for_hold(t) for t in found if t.reading.status]
        status = _best(found, THRESHOLD)
        status = reread(_of_held(status, hold, found, position), found, sentence, position)
        main = _best((t for t in found if t.main), THRESHOLD)
        if main and status and main.reading.first == status.reading.first:
            main = main._replace(reading=status.reading)
        main_hold = hold
        if last and last.main and last.main.reading.status == "disbursed" and _is_new_total(status):
            # "... paid €1 billion, which brings the total to €7 billion": paid too.
            status = None
        if _is_former(status) and last and last.main and last.main.reading.status in _DONE:
            # "gave $5bn, up from $4bn": given too; "wants $5bn, up from $4bn": not wanted.
            status = None
        part = last is not None and is_part(sentence, place, position)
        if last and last.status and part:
            # "$34m has been received, including $12m from London": the part is received too.
            last = last._replace(main=last.status)
            if status and (
                status.reading.voice == "noun"
                or status.reading.cue.rule
                == "came-from"  # "promises of $9m, of which $5m came from"
                or _beside(status, position)
                # "$1m of it was withheld", but not of what is paid already
                or (hold and status.reading.status == "unspecified" and last.said != "disbursed")
            ):
                status = None
        own = part and status and reported(status, position)
        if last and last.main and not (own or of_its_own(last.main, sentence, position)):
            cost = 0.0 if same_noun(sentence, position) else PART if part else SHARED
            cost += NEW_CLAUSE if _new_clause(sentence, place, position) else 0.0
            shared = last.main._replace(score=min(last.main.score, 0.9) - cost)
            if status is None or status.score < shared.score:
                status = shared
                hold = hold or shared_hold(last.main_hold, sentence.words, place, position)
            if main is None or main.score < shared.score:
                main, main_hold = shared._replace(score=last.main.score - 0.05), last.main_hold
        if hold is None and status and lists_cuts(status, position):
            hold = status
        if hold and status and (
            arrived_since(status, hold) or paid_late(status, hold, position)
        ):  # fmt: skip
            hold = None
        if hold and status and status.reading.cue.rule == "not-yet-kept":
            status = hold  # "not a penny of the $5m in suspended aid will be paid"
        hold = hold or _hold_of_last(sentence, status, last, place, position)
        place = position
        last = made[position] = Stage(status, hold, main or status, main_hold)
    return made


def _of_held(status: Tie | None, hold: Tie | None, found: list[Tie], position: int) -> Tie | None:
    """The stage of money that is held or cut."""
    if status and status.reading.hold:
        status = held(status, found, position)
    if status and hold and not_yet_done(status, hold, position):
        status = _best((t for t in found if t.reading.hold), THRESHOLD)
    return hold if status and hold and still_given(status, hold) else status


def _hold_of_last(
    sentence: Sentence, status: Tie | None, last: Stage | None, place: int, position: int
) -> Tie | None:
    """The hold of the amount at `place`, where one that is added to it shares it."""
    if last is None:
        return None
    if last.said == _said(status) and (
        among(sentence, place, position) or added(sentence, place, position)
        or sentence.words[position - 1] == ":"
    ):  # fmt: skip
        return last.hold  # "rescind $9bn that was approved, including $1bn"
    together = status and coordinated(status, place, position)
    return last.main_hold if together and not _new_clause(sentence, place, position) else None


def _brings_other(tie: Tie, position: int) -> bool:
    """Whether a total is another amount: "worth $1bn, it brings the total to $9bn"."""
    return tie.reading.cue.rule == "new-total" and tie.reading.first >= position


def _beside(status: Tie, position: int) -> bool:
    """Whether words behind a part only say what it is for: "including $5m for ruined homes"."""
    return status.reading.status in ("needed", "other") and status.reading.first > position


def _said(status: Tie | None) -> str | None:
    return status and status.reading.status


def _new_clause(sentence: Sentence, before: int, position: int) -> bool:
    return not GRAMMAR["strong_boundaries"].isdisjoint(sentence.words[before + 1 : position])


_DIVIDES = (["of", "which"], ["out", "of"], ["thereof", ":"])
_DONE = frozenset(
    {"disbursed", "committed", "approved", "pledged", "unspecified", "needed", "other"}
)
_SILENT = Stage(None, None, None, None)


def _is_new_total(status: Tie | None) -> bool:
    return status is not None and status.reading.cue.rule == "new-total"


def _is_former(status: Tie | None) -> bool:
    return status is not None and status.reading.cue.rule == "former-level"


def decide_status(
    passage: Passage, sentence: Sentence, position: int
) -> tuple[Decision | None, Decision | None]:
    """Status and hold of the amount at token `position` of `sentence`.

    Each with its rule and words; None where nothing in reach says one.
    """
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
    if status and status.reading.status in ("other", "needed"):
        hold = None
    if (
        status is None
        and hold is None
        and not alone
        and not is_funding(passage, sentence, position)
    ):
        return Decision("other", NOT_FUNDING, sentence.start, sentence.end), None
    return status and decision_of(status, "status"), hold and decision_of(hold, "hold")


def _around(passage: Passage, sentence: Sentence) -> Stage:
    """What the lead of the list, or else the sentence before, says of what follows."""
    divides = _divides(sentence)
    lead = None if divides else passage.lead(sentence)
    other = lead or passage.before(sentence)
    if other is None:
        return _SILENT
    cost = SENTENCE_BEFORE if lead is None and not divides else 0.0
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
        _best((t for t in found if t.reading.status), THRESHOLD),
        _best((t for t in found if t.reading.hold), HOLD_THRESHOLD),
        None,
        None,
    )


def _divides(sentence: Sentence) -> bool:
    """Whether an item of a list is a part of the one before it: "- of which for rubble: $5m"."""
    words = sentence.words[:4]
    return words[:2] in _DIVIDES or words[1:3] in _DIVIDES


def _best(found: Iterable[Tie], threshold: float) -> Tie | None:
    best = max(found, key=lambda tie: tie.score, default=None)
    return best if best and best.score > threshold else None


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
