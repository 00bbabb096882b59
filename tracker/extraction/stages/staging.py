"""What a sentence says of each of its amounts: stage, hold, and what further ones share.

An amount without a cue of its own ("8 million for shelter") shares the stage of the amount before
it; a whole does not share that of its part.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tracker.extraction.stages.cues import GRAMMAR
from tracker.extraction.stages.hold_or_stage import (
    arrived_since,
    lists_cuts,
    not_yet_done,
    paid_late,
    still_given,
)
from tracker.extraction.stages.holds import held, less_for_hold, reaches
from tracker.extraction.stages.parts import (
    among,
    attached,
    is_part,
    of_its_own,
    reported,
    same_noun,
    whole_of,
    without_whole,
)
from tracker.extraction.stages.rereading import left_by_cuts, of_requests, reread
from tracker.extraction.stages.sharing import added, coordinated, shared_hold
from tracker.extraction.stages.taking_up import taking_up
from tracker.extraction.stages.ties import Tie, ties
from tracker.extraction.text.sentence import Sentence

_CLAUSE = GRAMMAR["be"] | GRAMMAR["have"] | GRAMMAR["relative"] | {",", ";"}
SHARED = 0.4
"""What it costs to share the stage of the amount before."""
PART = 0.15
"""What it costs where the amount is said to be a part of that one."""
NEW_CLAUSE = 0.15
"""What it costs more where a new main clause begins between the two."""
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
        whole = whole_of(sentence, position)
        before = last if whole is None else None
        stage = made[position] = _stage_of(sentence, position, whole, before, place)
        place = position
        if whole is None or stage.main:
            last = stage  # "$2m of the $9m for Mali was paid, and $1m for Niger": as the part
    return made


def _tied(sentence: Sentence, position: int, whole: int | None) -> list[Tie]:
    """The cues that can speak of an amount; `whole` is where words make it a whole."""
    found = list(ties(sentence, position))
    if whole is not None:
        found = [t for t in found if whole < t.reading.first < position
                 or (t.reading.first > position and attached(t, position))]  # fmt: skip
    found = of_requests(without_whole(found, sentence, position), position)
    found = left_by_cuts(found, sentence, position)
    return [t for t in found if not (_brings_other(t, position) or _of_goods(t, position))]


def _stage_of(
    sentence: Sentence, position: int, whole: int | None, last: Stage | None, place: int
) -> Stage:
    """The stage of one amount; `last` is that of the amount at `place`, which it may share."""
    found = _tied(sentence, position, whole)
    holds = (t for t in found if t.reading.hold and reaches(t, position))
    hold = best((taking_up(t, position) for t in holds), HOLD_THRESHOLD)
    found = [less_for_hold(t) for t in found if t.reading.status]
    status = best(found, THRESHOLD)
    status = reread(_of_held(status, hold, found, position), found, sentence, position)
    main = best((t for t in found if t.main), THRESHOLD)
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
            or status.reading.cue.rule == "came-from"  # "promises of $9m, of which $5m came from"
            or _beside(status, position)
            # "$1m of it was withheld", but not of what is paid already
            or (hold and status.reading.status == "unspecified" and last.said != "disbursed")
        ):
            # "contracts for $2m of it are signed": what is said of the part
            status = best((t for t in found if reported(t, position) and not t.reading.hold),
                          THRESHOLD)  # fmt: skip
    if last and last.main and status and _goes_to_pay(status, position) and (
        last.said not in ("needed", "other", None)
    ):  # fmt: skip
        status = None  # "$9m for housing and $5m for fuel and salaries": as the one before
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
    return Stage(status, hold, main or status, main_hold)


def _of_held(status: Tie | None, hold: Tie | None, found: list[Tie], position: int) -> Tie | None:
    """The stage of money that is held or cut."""
    if status and hold and not_yet_done(status, hold, position):
        status = best((t for t in found if t.reading.hold), THRESHOLD)
    if status and status.reading.hold:
        status = held(status, found, position)
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


def _of_goods(tie: Tie, position: int) -> bool:
    """Whether a participle only says of goods where they are from: "$5m for arms bought abroad"."""
    reading, words = tie.reading, tie.sentence.words
    if reading.cue.rule != "buy" or reading.voice != "past" or (
        not words[reading.first - 1].endswith("s")
    ):  # fmt: skip
        return False
    if reading.first < position:  # "$9m for arms bought abroad and $5m for drones"
        of = max((p for p in tie.sentence.amounts if p < reading.first), default=None)
        behind = words[reading.last + 1 : reading.last + 2]
        goods = of is not None and "for" in words[of + 1 : reading.first]
        return goods and not GRAMMAR["prepositions"].isdisjoint(behind)
    return reading.first >= position + 2 and "for" in words[position + 1 : reading.first]


def _beside(status: Tie, position: int) -> bool:
    """Whether words behind a part only say what it is for: "including $5m for ruined homes"."""
    return status.reading.status in ("needed", "other") and status.reading.first > position


def _goes_to_pay(status: Tie, position: int) -> bool:
    """Whether words behind an amount only say what it is for: "$5m for salaries"."""
    words, reading = status.sentence.words, status.reading
    bought = reading.status == "other" and reading.first > position
    return bought and words[position + 1 : position + 2] == ["for"] and (
        _CLAUSE.isdisjoint(words[position + 1 : status.reading.first])
    )  # fmt: skip


def _said(status: Tie | None) -> str | None:
    return status and status.reading.status


def _new_clause(sentence: Sentence, before: int, position: int) -> bool:
    return not GRAMMAR["strong_boundaries"].isdisjoint(sentence.words[before + 1 : position])


_DONE = frozenset(
    {"disbursed", "committed", "approved", "pledged", "unspecified", "needed", "other"}
)


def _is_new_total(status: Tie | None) -> bool:
    return status is not None and status.reading.cue.rule == "new-total"


def _is_former(status: Tie | None) -> bool:
    return status is not None and status.reading.cue.rule == "former-level"


def best(found: Iterable[Tie], threshold: float) -> Tie | None:
    """The tie with the highest score, if that is above the threshold."""
    first = max(found, key=lambda tie: tie.score, default=None)
    return first if first and first.score > threshold else None
