"""What a cue says in its sentence, and what a noun says of money where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from tracker.extraction.stages.cues import GRAMMAR, Cue
from tracker.extraction.text.lexicon import Hit
from tracker.extraction.text.sentence import AMOUNT, Token


class Reading(NamedTuple):
    """A cue in its sentence: what it says there, and how it can be tied to an amount."""

    cue: Cue
    first: int
    last: int
    status: str | None
    hold: str | None
    weight: float
    voice: str
    """active, passive (was paid), past (paid: active or participle), infinitive, or noun."""


def silent(cue: Cue, hit: Hit[Cue]) -> Reading:
    """A cue that says nothing where it stands."""
    return Reading(cue, hit.first, hit.last, None, None, 0.0, "active")


def noun_in_context(cue: Cue, hit: Hit[Cue], tokens: Sequence[Token]) -> Reading:
    """What a noun says: of what is still due, of a plan that runs, of one that is only lacked."""
    status = cue.status
    before = list(takewhile(lambda t: t.lower not in (AMOUNT, ","),
                            reversed(tokens[max(0, hit.first - 8) : hit.first])))  # fmt: skip
    ahead = tokens[hit.last + 1 : hit.last + 9]
    measured = [t.lower for t in takewhile(lambda t: t.lower != AMOUNT, ahead)]
    if cue.future and (
        any(t.lower in GRAMMAR["modal"] for t in before)
        or any(
            one.lower == "to" and other.lower in GRAMMAR["be"] for one, other in pairwise(before)
        )  # "is to get a donation of"
        or (len(measured) < len(ahead) and not GRAMMAR["modal"].isdisjoint(measured))
    ):
        # "will make a payment of", "payments would total"
        status = cue.future
    if cue.rule == "payment" and (
        (before[:1] and before[0].lower in GRAMMAR["coming"])
        or _still_due([t.lower for t in ahead[len(measured) + 1 :]])
    ):
        status = cue.future  # "the next contribution", "the gift of $5m is to be handed over"
    if cue.rule == "appropriation" and any(t.lower in GRAMMAR["lacks"] for t in before):
        status = "requested"  # "needs the board's blessing"
    if cue.rule == "sign" and [t.lower for t in before[:2]] in (["the", "after"], ["the", "since"]):
        return silent(cue, hit)  # "ratified, a month after the signing, a loan of $5m"
    if cue.rule == "paid-label" and before[:1] and before[0].lower in GRAMMAR["negation"]:
        return silent(cue, hit)
    if cue.rule == "pledge-noun" and tokens[hit.first - 1].lower in GRAMMAR["referring"]:
        return silent(cue, hit)  # "$5m of those pledges has been delivered"
    status = by_sentence(cue, tokens) or status
    if cue.rule == "plan-word" and any(t.lower == "proposed" for t in before[:3]):
        status = "requested"
    if cue.rule == "plan-word" and hit.first and tokens[hit.first].text[:1].isupper() and (
        tokens[hit.first - 1].text[:1].isupper()
    ):  # fmt: skip
        status = "unspecified"  # the Marshall Plan: a programme by name
    if cue.rule == "plan-word" and hit.first and (
        tokens[hit.first - 1].lower in GRAMMAR["plans_by_name"]
        and [t.lower for t in tokens[hit.last + 1 : hit.last + 2]] != ["to"]
    ):  # fmt: skip
        status = "unspecified"  # "the EU's growth plan": it runs
    return Reading(cue, hit.first, hit.last, status, cue.hold, cue.weight, "noun")


def _still_due(behind: Sequence[str]) -> bool:
    """Whether the words behind an amount say that it has still to be paid."""
    return any(
        (one in GRAMMAR["be"] and (two in GRAMMAR["still_due"] or (two, three) == ("to", "be")))
        or one == "due"  # "a payment of $5m due in the spring"
        for one, two, three in zip(behind, behind[1:], [*behind[2:], ""], strict=False)
    )


def by_sentence(cue: Cue, tokens: Sequence[Token]) -> str | None:
    """The status that a word anywhere in the sentence gives a cue; "" for none."""
    for words, status in cue.by_sentence:
        if any(t.lower in GRAMMAR[words] for t in tokens):
            return status
    return None
