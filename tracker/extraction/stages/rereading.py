"""What ties say of an amount once the words at the amount are known too.

A request that is sent is not its money; what a cut leaves, a target missed and a total brought up
are other stages than their verbs say.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.stages.bills import as_voted
from tracker.extraction.stages.cues import GRAMMAR, Cue
from tracker.extraction.stages.debts import of_debts
from tracker.extraction.stages.noun_in_context import Reading
from tracker.extraction.stages.readings import readings
from tracker.extraction.stages.ties import Tie
from tracker.extraction.stages.totals import brought_to, reaches_amount
from tracker.extraction.stages.verbs import STEPS
from tracker.extraction.text.sentence import AMOUNT, Sentence

TOTALLED = 10
"""How many words behind a total the verb may stand that says what it is of."""
DOUBLED = 14
"""How many words before "to" the verb may stand that says how aid will change."""
LEFT = -0.2
"""What it costs to say that what a cut leaves is planned."""
_TOTALLED = frozenset({"disbursed", "committed", "approved", "pledged", "requested"})
_TOTAL = Cue("new-total", "unspecified", None, "ing", None, None, 1.1)


def of_requests(found: list[Tie], position: int) -> list[Tie]:
    """The ties without what is done to a request and not to its money: "the appeal was sent"."""
    asked = any(
        t.reading.status == "requested" and t.reading.voice == "noun"
        and position - 4 <= t.reading.last < position and t.score >= t.reading.weight
        for t in found
    )  # fmt: skip
    if not asked:
        return found
    done = GRAMMAR["done_to_requests"]
    return [t for t in found
            if not (t.reading.cue.rule == "arrive" and t.reading.first > position)
            and not (t.reading.voice == "passive" and t.reading.first > position
                    and t.reading.cue.rule in ("give", "spend", "receive")
                    and t.sentence.words[t.reading.last] in done)]  # fmt: skip


def left_by_cuts(found: list[Tie], sentence: Sentence, position: int) -> list[Tie]:
    """ "Cut its aid from $9bn to $5bn": what was, and what is still planned, not what is cut."""
    words = sentence.words
    if words[position - 1 : position] == ["from"]:
        return [t for t in found if t.reading.cue.rule != "cut" or t.reading.last >= position - 1]
    return [
        t._replace(reading=t.reading._replace(status=_left(t), hold=None), score=t.score + LEFT)
        if t.reading.cue.rule == "cut"
        and "to" in (words[position - 1], words[position - 2])
        and (words[position - 1] == "to" or words[position - 1] in GRAMMAR["hedging"])
        and words[position - 2] not in GRAMMAR["measures"]  # "its cuts come to $5m"
        and words[position - 2] not in GRAMMAR["nears"]  # "cut up to $5m"
        and t.reading.last < position - 1
        else t
        for t in found
    ]


def _left(cut: Tie) -> str:
    """The stage of what a cut leaves: "the assembly trimmed its aid to $5m" is voted."""
    before = cut.sentence.words[: cut.reading.first]
    return "pledged" if GRAMMAR["legislatures"].isdisjoint(before) else "approved"


def _as(status: Tie, stage: str | None) -> Tie:
    """The same tie, saying another stage."""
    return status._replace(reading=status.reading._replace(status=stage))


def targeted(status: Tie | None, sentence: Sentence, position: int) -> Tie | None:
    """ "Fell short of the $18bn that was its target": asked for; "$6bn short of it" is needed."""
    if status is None or status.reading.first > position or status.sentence is not sentence:
        return status
    said = sentence.words[status.reading.first : status.reading.last + 1]
    if "short" in said and sentence.words[position + 1 : position + 2] in (
        ["promised"],
        ["pledged"],
    ):
        return _as(status, "pledged")
    if "short" not in said or GRAMMAR["targets"].isdisjoint(sentence.words[position:]):
        return status
    return _as(status, "requested")


def what_totals(found: list[Tie], sentence: Sentence, position: int) -> Tie | None:
    """What a total is of: "brings the total that Congress has approved to $5bn" is approved."""
    start = next((t.reading.first for t in found if t.reading.cue.rule == "new-total"
                  and t.reading.last < position), None)  # fmt: skip
    brought = brought_to(sentence, position)
    if any(t.reading.cue.rule == "total-paid" for t in found):
        return None
    if brought is None and (start is None or not reaches_amount(sentence, position)):
        return None
    first = brought if start is None or brought is None else start
    inside = [t for t in found if (first or 0) < t.reading.first < position
              and t.reading.cue.status in _TOTALLED]  # fmt: skip
    behind = sentence.words[position + 1 : position + 3]
    if not inside and not GRAMMAR["totalled"].isdisjoint(behind):
        # "brings to $5bn the sum that it has approved"
        inside = [t for t in found if position < t.reading.first < position + TOTALLED
                  and t.reading.cue.status in _TOTALLED]  # fmt: skip
    last = max(inside, key=lambda t: t.reading.first, default=None)
    if last is None and start is None and brought is not None:
        # "Taking its support to $5bn": of what it has given and promised.
        reading = Reading(_TOTAL, brought, brought, "unspecified", None, 1.1, "active")
        return Tie(1.1, reading, sentence, True)
    # As the verb has it: what is committed in all is no promise, though it was announced.
    return last and last._replace(reading=last.reading._replace(status=last.reading.cue.status))


_CHANGE = Cue("changes-to", "pledged", None, "present", None, None, 1.0)


def _doubles(words: Sequence[str], position: int) -> int | None:
    """Where somebody says what aid will be doubled to: "will double what it lends, to $9bn"."""
    start = position - 1 - (words[position - 1] in GRAMMAR["hedging"])
    if words[start] != "to":
        return None
    for verb in range(start - 1, max(0, start - DOUBLED), -1):
        if words[verb] in (AMOUNT, ";"):
            return None
        if words[verb] in GRAMMAR["doubles"]:
            return verb if not GRAMMAR["modal"].isdisjoint(words[max(0, verb - 2) : verb]) else None
    return None


def changed_to(status: Tie | None, sentence: Sentence, position: int) -> Tie | None:
    """What will be: "will shrink from $5bn, which it gave last time, to $4bn" is promised."""
    words = sentence.words
    doubled = _doubles(words, position)
    if doubled is not None and (status is None or status.reading.status != "requested"):
        return Tie(1.0, Reading(_CHANGE, doubled, doubled, "pledged", None, 1.0, "active"),
                   sentence, True)  # fmt: skip
    if words[position - 1] != "to" or (
        "from" not in words[:position] and words[position - 2] not in GRAMMAR["changes"]
    ):  # fmt: skip
        return status
    start = verb = position - 2
    if words[verb] not in GRAMMAR["changes"]:
        start = position - 1 - words[:position][::-1].index("from")
        verb = start - 1
    will = not GRAMMAR["modal"].isdisjoint(words[max(0, verb - 3) : verb]) or (
        words[verb - 1] == "to" and words[verb - 2] in GRAMMAR["be"] | {"going"}
    )
    if (
        (AMOUNT not in words[start:position] and verb != position - 2)
        or words[verb] not in GRAMMAR["changes"]
        or not will
        or (status is not None and status.reading.status == "requested")
        or any(r.status == "other" and r.first < position for r in readings(sentence))
    ):
        return status  # "repayments will fall from $51m to $29m"
    return Tie(1.0, Reading(_CHANGE, verb, verb, "pledged", None, 1.0, "active"), sentence, True)


def priced_bill(status: Tie | None, sentence: Sentence) -> Tie | None:
    """The cost of a bill that passed is what was voted: "with a price tag of $9bn, passed"."""
    if status is None or status.reading.status != "needed" or status.sentence is not sentence:
        return status
    first, last = status.reading.first, status.reading.last
    said, before = sentence.words[first : last + 1], sentence.words[:first]
    if GRAMMAR["priced"].isdisjoint(said) or GRAMMAR["bills"].isdisjoint(before) or ";" in before:
        return status
    voted = [r for r in readings(sentence)
             if r.cue.rule == "approve" and r.status == "approved" and r.first > last]  # fmt: skip
    return status._replace(reading=voted[-1]) if voted else status


def owed(status: Tie | None, found: list[Tie], position: int) -> Tie | None:
    """ "Still waits for the $5m set aside for it": what was done says more than what was not."""
    if status is None or status.reading.cue.rule != "not-yet-kept":
        return status
    near = range(position + 1, position + 11)
    done = [
        t for t in found
        if t.reading.status in ("committed", "approved") and t.reading.first in near
        and "," not in t.sentence.words[position + 1 : t.reading.first]
    ]  # fmt: skip
    return max(done, key=lambda t: t.score, default=status)


def as_shared(status: Tie | None, sentence: Sentence, position: int) -> Tie | None:
    """Who "gets" a part of what was awarded: "roads get $3m of the $9m that has been awarded"."""
    words = sentence.words
    if status is None or status.reading.cue.rule not in ("receive", "arrive") or (
        status.reading.cue.kind != "present"
    ):  # fmt: skip
        return status
    whole = next((n for n in range(position, len(words) - 3)
                  if words[n : n + 3] == ["of", "the", AMOUNT] and words[n + 3] in ("that", "which")
                  and words[n - 1] != "short"),
                 None)  # fmt: skip
    said = [r for r in readings(sentence) if whole is not None and r.first > whole and r.status]
    if not said or said[0].status not in ("committed", "approved"):
        return status
    return _as(status, said[0].status)


def undecided(status: Tie | None, sentence: Sentence) -> Tie | None:
    """What a board has still to decide on: "agreed on $5m, to which directors have yet to nod"."""
    words = sentence.words
    if status is None or status.reading.status not in STEPS or status.reading.hold:
        return status
    decides = [r.first for r in readings(sentence) if r.cue.rule in ("approve", "pending")]
    for n, word in enumerate(words):
        if word in GRAMMAR["deciders"] and n > status.reading.last and (
            words[n + 1 : n + 4] in (["have", "yet", "to"], ["has", "yet", "to"])
            or ("until" in words[max(0, n - 5) : n] and any(place > n for place in decides))
        ):  # fmt: skip
            return _as(status, "requested")
    return status


def passed_bill(status: Tie | None, sentence: Sentence, position: int) -> Tie | None:
    """What a bill holds, once it passes behind it: "the bill, worth $5m, cleared the Senate"."""
    if status is None or status.reading.status != "requested" or status.reading.hold:
        return status
    if GRAMMAR["bills"].isdisjoint(sentence.words[:position]) or (
        AMOUNT in sentence.words[position + 1 :]
    ):
        return status
    voted = [r for r in readings(sentence) if r.cue.rule == "approve" and r.status == "approved"
             and r.first > position and r.cue.kind == "past" and r.voice == "past"]  # fmt: skip
    return status._replace(reading=voted[0]) if voted else status


def intended(status: Tie | None, sentence: Sentence) -> Tie | None:
    """A total that is only meant: "they intend to bring their aid to $5m" is promised."""
    if status is None or status.reading.cue.rule not in ("new-total", _TOTAL.rule):
        return status
    verb, words = status.reading.first, sentence.words
    meant = any(r.cue.rule == "promise" and r.status == "pledged" and r.last == verb - 2
                for r in readings(sentence))  # fmt: skip
    if not meant or words[verb - 1] != "to":
        return status
    return _as(status, "pledged")


def paid_regularly(status: Tie | None, sentence: Sentence) -> Tie | None:
    """What goes out again and again is paid: "$5m flows to Palau each year"."""
    if status is None or status.reading.cue.rule != "arrive" or (
        status.reading.status != "committed"
    ):  # fmt: skip
        return status
    behind = sentence.words[status.reading.last + 1 :]
    for every, period in zip(["", *behind], behind, strict=False):
        if period in GRAMMAR["periods"] and (every in ("each", "every") or period.endswith("ly")):
            return _as(status, "disbursed")
    return status


def reread(status: Tie | None, found: list[Tie], sentence: Sentence, position: int) -> Tie | None:
    """The stage of an amount once targets, votes, changes and prices of bills are looked at."""
    total = what_totals(found, sentence, position)
    status = as_shared(total or owed(status, found, position), sentence, position)
    status = undecided(as_voted(targeted(status, sentence, position), sentence), sentence)
    status = intended(status, sentence)
    status = paid_regularly(passed_bill(status, sentence, position), sentence)
    status = priced_bill(changed_to(status, sentence, position), sentence)
    return of_debts(status, sentence)
