"""What a vote, a law, an accord or a draft in a sentence makes of what its cues say.

Each ruling takes the cues of a sentence with what they say and gives them back as it has them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from tracker.extraction.stages.cues import GRAMMAR
from tracker.extraction.stages.noun_in_context import Reading
from tracker.extraction.stages.verbs import STEPS
from tracker.extraction.text.sentence import AMOUNT, Sentence, Token

NEAR = 8
"""How many words before "proposed" the amount may stand that was proposed."""
_DRAFTS = frozenset({"draft", "proposed", "proposal"})


def ruled(found: list[Reading], sentence: Sentence) -> list[Reading]:
    """The cues of a sentence as all rulings have them, one after the other."""
    for ruling in _RULINGS:
        found = ruling(found, sentence)
    return found


def _passed_in(found: Sequence[Reading]) -> list[int]:
    """Where the verbs stand that approve."""
    return [r.first for r in found if r.status == "approved" and r.voice != "noun"]


def _voted(found: list[Reading], sentence: Sentence) -> list[Reading]:
    """A bill that is passed is no request any more, whoever tabled it."""
    passed = _passed_in(found)
    return [_once_voted(r, sentence, passed) for r in found] if passed else found


def _once_voted(reading: Reading, sentence: Sentence, passed: Sequence[int]) -> Reading:
    words, tokens = sentence.words, sentence.tokens
    first, rule = reading.first, reading.cue.rule
    tabled = (
        rule == "plan-word" or _is_bill(tokens[first : reading.last + 1])
        if reading.voice == "noun"
        else reading.voice == "past"
        and tokens[first].lower in GRAMMAR["drafted"]
        # "$9m enacted, $5m proposed"
        and words[first - 1] != AMOUNT
        and not _compared(words, passed[0], first)
    )
    if tabled and any(_same_clause(words, first, place) for place in passed):
        return reading._replace(weight=reading.weight * 0.5)
    if rule == "write-into" and any(AMOUNT not in words[first:place] for place in passed):
        return reading._replace(status="approved")
    if rule == "voted-down" and "against" in words[first : reading.last + 1]:
        return reading._replace(weight=reading.weight * 0.3)  # some voted against what passed
    if rule == "vetoed" and first < passed[-1] and "had" in words[max(0, first - 4) : first]:
        return reading._replace(weight=reading.weight * 0.3)  # "had been vetoed", and passed since
    if reading.status == "requested" and (
        _of_bill_that_passes(words, reading, passed[-1])
        or (passed[0] < first and (rule == "contain" or _of_the_bill(words, passed[0], reading)))
    ):  # fmt: skip
        return reading._replace(status="approved")
    return reading


def _compared(words: Sequence[str], passed: int, first: int) -> bool:
    """Whether what was proposed is only compared: "passed $9m, up from the $5m he proposed"."""
    between = words[passed:first]
    if AMOUNT not in words[max(passed, first - NEAR) : first]:
        return False
    return between.count(AMOUNT) > 1 and not GRAMMAR["compares"].isdisjoint(between)


def _under_law(found: list[Reading], sentence: Sentence) -> list[Reading]:
    """ "Under a law passed in April Ukraine will get": voted, not only promised."""
    opening = sentence.words[1:9]
    if sentence.words[:1] != ["under"] or not _law_in_force(opening):
        return found
    return [
        r._replace(status="approved")
        if r.status == "pledged"
        or (r.status == "committed" and _passed(opening))
        or (r.status == "disbursed" and r.cue.kind == "present")
        else r
        for r in found
    ]


def _under_accord(found: list[Reading], sentence: Sentence) -> list[Reading]:
    """ "Under the accord, signed in May, Oslo provides" or "will lend": bound to, not yet paid."""
    opening = sentence.words[1:11]
    if sentence.words[:1] != ["under"] or GRAMMAR["accords"].isdisjoint(opening):
        return found
    return [
        r._replace(status="committed")
        if (r.status == "disbursed" and r.cue.kind in ("present", "base"))
        or (r.status == "pledged" and "signed" in opening)
        else r
        for r in found
    ]


def _under_proposal(found: list[Reading], sentence: Sentence) -> list[Reading]:
    """ "Under the bill Ukraine would get": asked for, not promised."""
    if not _proposed(sentence.words):
        return found
    return [
        r._replace(status="requested")
        if r.status == "pledged" and "would" in sentence.words[max(0, r.first - 3) : r.last + 1]
        else r
        for r in found
    ]


_STAFF_AGREES_ON = frozenset({"enable", "agree", "give", "spend"})


def _at_staff_level(found: list[Reading], sentence: Sentence) -> list[Reading]:
    """ "A staff-level accord on the release of $5m": the board has yet to approve it."""
    if not {"staff", "level"}.issubset(sentence.words):
        return found
    if any(r.cue.rule == "approve" and r.status == "approved" for r in found):
        return found
    return [
        r._replace(status="requested")
        if r.cue.rule == "payment" or (r.cue.rule in _STAFF_AGREES_ON and r.status != "disbursed")
        else r
        for r in found
    ]


def _in_a_draft(found: list[Reading], sentence: Sentence) -> list[Reading]:
    """ "In the draft budget $5m is set aside": asked for, whatever the verb."""
    words = sentence.words
    if "draft" in words[:3] and "budget" in words[:4] and not _passed_in(found):
        # "The draft budget sets spending at $5m"
        return [
            r._replace(status="requested")
            if r.status in STEPS and not r.hold and _same_clause(words, 3, r.first)
            else r
            for r in found
        ]
    opening = words[1:5] if words[:1] in (["in"], ["under"]) else []
    if _DRAFTS.isdisjoint(opening) or _passed_in(found):
        return found
    return [
        r._replace(status="requested") if r.status in STEPS and r.voice == "passive" else r
        for r in found
    ]


def _may_draw(found: list[Reading], sentence: Sentence) -> list[Reading]:
    """ "Quito may draw $1bn, now that the board has approved the review": approved."""
    if not _passed_in(found):
        return found
    return [
        r._replace(status="approved")
        if r.cue.rule in ("receive", "spend") and r.status == "pledged"
        and not GRAMMAR["permits"].isdisjoint(sentence.words[max(0, r.first - 3) : r.first])
        else r
        for r in found
    ]  # fmt: skip


def _once_approved(found: list[Reading], sentence: Sentence) -> list[Reading]:
    """What "would" be paid once it is approved is not yet promised."""
    found = [
        r._replace(status="requested", weight=1.0) if _if_agreed(r, sentence.words) else r
        for r in found
    ]
    asked = any(
        r.cue.rule == "pending" or (r.cue.rule in ("approve", "agree") and r.status == "requested")
        for r in found
    )
    return [r._replace(weight=r.weight * 0.3) if _conditional(r) else r for r in found
            ] if asked else found  # fmt: skip


def _if_agreed(reading: Reading, words: Sequence[str]) -> bool:
    """Whether those who vote have still to agree: "if MEPs agree, Moldova would receive"."""
    before = words[max(0, reading.first - 5) : reading.first]
    return (
        reading.cue.rule == "agree"
        and not GRAMMAR["conditions"].isdisjoint(before)
        and not GRAMMAR["legislatures"].isdisjoint(before)
    )


def _defeated(found: list[Reading], sentence: Sentence) -> list[Reading]:
    """What a bill that was rejected "would have" given: asked for in vain."""
    words = sentence.words
    down = any(r.cue.rule == "voted-down" and r.status == "requested" for r in found)
    if not down or ("would", "have") not in pairwise(words):
        return found
    return [
        r._replace(status="requested", hold="cancelled")
        if r.status in ("pledged", "approved")
        and words[max(0, r.first - 2) : r.first] == ["would", "have"]
        else r
        for r in found
    ]


FORGIVEN = 10
"""How many words behind the verb the debts may stand that it forgives."""


def _forgiven(found: list[Reading], sentence: Sentence) -> list[Reading]:
    """Debts that are forgiven are aid: "has cancelled $5m of the debt that Sudan owes"."""
    relief = [
        r.last for r in found
        if r.cue.rule == "debt-relief"
        or (r.cue.rule == "cut" and r.hold is None and r.status in ("disbursed", "pledged"))
    ]  # fmt: skip
    if not relief:
        return found
    return [
        r._replace(weight=r.weight * 0.2)
        if r.status == "other"
        and r.cue.rule in ("economy", "repayment")
        and r.first > relief[0]
        and r.first - relief[0] <= FORGIVEN
        else r
        for r in found
    ]


_RULINGS: tuple[Callable[[list[Reading], Sentence], list[Reading]], ...] = (
    _voted, _under_law, _under_accord, _under_proposal, _at_staff_level, _in_a_draft,
    _may_draw, _once_approved, _defeated, _forgiven,
)  # fmt: skip


def _of_the_bill(words: Sequence[str], passed: int, reading: Reading) -> bool:
    """Whether a bill that was passed "would" do it: "voted for a bill that would give Israel"."""
    between = words[passed + 1 : reading.first]
    return (
        reading.cue.status in STEPS
        and between[-2:] in (["that", "would"], ["which", "would"])
        and not GRAMMAR["bills"].isdisjoint(between)
        and AMOUNT not in between
    )


def _of_bill_that_passes(words: Sequence[str], reading: Reading, passed: int) -> bool:
    """Whether a clause on a bill stands before what passes it: "a bill that gives $2bn cleared"."""
    between = words[reading.last + 1 : passed]
    return (
        reading.cue.status in STEPS
        and words[reading.first - 1] in ("that", "which")
        and words[reading.first - 2] in GRAMMAR["requests"]
        and AMOUNT in between
        and GRAMMAR["strong_boundaries"].isdisjoint(between)
        and "," not in between
    )


def _law_in_force(words: Sequence[str]) -> bool:
    if GRAMMAR["laws"].isdisjoint(words):
        return False
    named = words[0] not in ("a", "an")  # "under Slovenia's Reconstruction Act"
    return _passed(words) or (named and GRAMMAR["requests"].isdisjoint(words))


def _passed(words: Sequence[str]) -> bool:
    return not GRAMMAR["passed"].isdisjoint(words)


def _same_clause(words: Sequence[str], one: int, other: int) -> bool:
    """Whether no word that opens another clause stands between two."""
    low, high = sorted((one, other))
    return GRAMMAR["other_clause"].isdisjoint(words[low:high])


def _is_bill(words: Sequence[Token]) -> bool:
    return any(t.lower in GRAMMAR["bills"] or t.lower in GRAMMAR["requests"] for t in words)


def _proposed(words: Sequence[str]) -> bool:
    """Whether the sentence says under which proposal money would go: "under the bill"."""
    return (
        any(
            not GRAMMAR["requests"].isdisjoint(words[place + 1 : place + 6])
            for place, word in enumerate(words)
            if word == "under"
        )
        or any(
            one in GRAMMAR["requests"] and (two, three) in (("by", "which"), ("under", "which"))
            for one, two, three in zip(words, words[1:], words[2:], strict=False)
        )
        or ("staff" in words and "level" in words)
    )


def _conditional(reading: Reading) -> bool:
    return reading.cue.rule in ("will", "agree") or (
        reading.status == "pledged"
        and (reading.cue.status != "pledged" or reading.cue.kind == "phrase")
    )
