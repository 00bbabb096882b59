"""Shapes of sentences in which a cue near an amount speaks of it, or does not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tracker.extraction.stages.cues import GRAMMAR
from tracker.extraction.stages.noun_in_context import Reading
from tracker.extraction.text.sentence import AMOUNT

_DO_SOMETHING = (
    GRAMMAR["bills"] | GRAMMAR["requests"] | GRAMMAR["also_passed"] | GRAMMAR["containers"]
    | GRAMMAR["clauses"]
)  # fmt: skip
"""What gives money by what is written in it."""
_ENDS_NAME = GRAMMAR["prepositions"] | GRAMMAR["auxiliary"] | GRAMMAR["owning"]
NAMED = 4
"""How many words behind an amount the noun may stand that it is the size of."""
HEADED = 10
"""How many words behind a colon the amount may stand that a participle before it is said of."""
FRONTED = 9
"""How many words into the sentence what holds money may stand where it opens it."""
UNIT = 6
"""How many words behind an amount its unit may stand: "$5 a barrel"."""
PEOPLE = 8
"""How many words before an amount the clause on people that it stands in may begin."""


def announced(reading: Reading, words: Sequence[str], position: int) -> bool:
    """Whether a participle opens a sentence of which the amount is the rest, behind a colon.

    "Clawed back by Congress in July: $7.9bn in aid".
    """
    return (
        reading.cue.kind in ("past", "phrase")
        and (
            reading.first == 0
            or words[0].endswith("ly")
            or words[0] in GRAMMAR["skip"]
            or words[reading.first - 1] == ","
        )
        and (reading.first <= 4 or words[reading.first - 1] == ",")
        and words[reading.last : position].count(":") == 1
        and ":" in words[max(0, position - HEADED) : position]
    )


def inverted(reading: Reading, words: Sequence[str], position: int) -> bool:
    """Whether what is done stands first and its subject behind: "Caught in the freeze were $5m"."""
    between = words[reading.last + 1 : position]
    return (
        reading.first <= FRONTED
        and bool(reading.hold)
        and not GRAMMAR["be"].isdisjoint(between)
        and {",", ";", ":"}.isdisjoint(between)
        and words[0] in GRAMMAR["caught"]
    )


def stands_first(reading: Reading, words: Sequence[str], position: int) -> bool:
    """Whether a cue speaks of an amount far behind it.

    "Terminated by e-mail: a $5m contract", "Caught in the freeze were $5m", "put the cost of
    restoring the schools at $5m".
    """
    puts = words[position - 1] == "at" and words[reading.first] in GRAMMAR["puts"]
    return puts or announced(reading, words, position) or inverted(reading, words, position)


def specifies(reading: Reading, words: Sequence[str]) -> bool:
    """Whether a gerund says what a bill or scheme does: "vetoed a line granting $5m"."""
    return reading.cue.kind == "ing" and words[reading.first - 1] in _DO_SOMETHING


def pays_for(reading: Reading, words: Sequence[str], position: int) -> bool:
    """Whether the money itself is what pays: "signed for $5m that will pay for drains"."""
    between = words[position + 1 : reading.first]
    relative = next((n for n, w in enumerate(between) if w in ("that", "which")), None)
    return (
        relative is not None
        and reading.cue.rule in ("give", "spend")
        and reading.voice == "active"
        and reading.status == "pledged"
        and GRAMMAR["auxiliary"].issuperset(between[relative + 1 :])
        and len(between) > relative + 1
    )


def labels(words: Sequence[str], last: int) -> bool:
    """Whether a word labels an amount behind it with a colon: "drawn to date: $3m"."""
    ahead = words[last + 1 : last + 5]
    return ":" in ahead and ahead[ahead.index(":") + 1 :][:1] == [AMOUNT]


def takes_up(reading: Reading, words: Sequence[str], position: int) -> bool:
    """Whether a later clause takes the bill or money up again, to say that it passed or awaits.

    "Brought in a bill with $5m, and by night deputies had adopted it", "but the money awaits".
    """
    if reading.cue.rule == "approve" and reading.status == "approved" and reading.voice == "active":
        bill = not GRAMMAR["bills"].isdisjoint(words[:position])
        return bill and words[reading.last + 1 : reading.last + 2] in (["it"], ["them"])
    subject = words[max(position + 1, reading.first - 4) : reading.first]
    return reading.cue.rule == "pending" and "money" in subject


def names_aid(words: Sequence[str], position: int) -> bool:
    """Whether an amount is the size of aid by name: "a $5m IMF programme", "a loan of $5m"."""
    front = words[position - 1] if position else ""
    measured = front in ("of", ",") or front in GRAMMAR["be"]  # "the subsidy is $5m"
    if measured and words[position - 2] in GRAMMAR["named_aid"]:
        return True
    behind = words[position + 1 : position + 4]
    if behind[:1] == ["from"] and not GRAMMAR["named_funders"].isdisjoint(behind):
        return True  # "$5m from the IMF"
    start = position + 1 + (behind[:1] in (["in"], ["of"]))
    for place, word in enumerate(words[start : start + NAMED], start + 1):
        if word in GRAMMAR["named_aid"]:
            # "the $8bn aid groups had hoped for" is none.
            return GRAMMAR["aid_people"].isdisjoint(words[place : place + 1])
        if not word[0].isalnum() and word not in ("-", "'s", "’s"):
            return False
        if word in _ENDS_NAME:
            return False
    return False


def of_people(words: Sequence[str], position: int, first: int) -> bool:
    """Whether an amount stands in a clause on people, and a verb behind it, of the main one.

    "Teachers, who earn $5m a month, have not been paid".
    """
    before = words[max(0, position - PEOPLE) : position]
    return (",", "who") in pairwise(before) and "," in words[position + 1 : first]


def aside_from(reading: Reading, words: Sequence[str], position: int) -> bool:
    """Whether a clause behind the amount speaks of something else.

    "Costs $5m, which dwarfs what donors gave"; "lent it $5m, having shelved a plan to tax it".
    """
    if reading.first < position:
        return False
    between = words[position : reading.first]
    if reading.cue.rule == "unit-price" and len(between) > UNIT:
        return True  # "the $8bn programme runs on, and a loaf costs $1"
    return (
        not GRAMMAR["dwarfs"].isdisjoint(between)
        or (
            reading.hold is not None
            and (
                between[-2:] == [",", "having"]
                # but "the loan, signed before the war, has been on ice"
                or (
                    "before" in between[-9:]
                    and "," not in between[-9:][between[-9:].index("before") :]
                )
                or _in_aside(words, position)
            )
        )
    )


def _in_aside(words: Sequence[str], position: int) -> bool:
    """Whether an amount stands in ", which gave it $5m last year," before the main verb."""
    commas = [n for n in range(position) if words[n] == ","]
    if not commas or words[commas[-1] + 1] not in ("which", "who"):
        return False
    return "," in words[position:] and not any(w == AMOUNT for w in words[: commas[-1]])
