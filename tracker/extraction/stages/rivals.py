"""Two cues side by side: which of them says more of the money.

In "gave approval to" and "received pledges of" the noun does, in "has yet to pay a gift of" and
"wants a contract for" the verb.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.stages.cues import GRAMMAR
from tracker.extraction.stages.noun_in_context import Reading
from tracker.extraction.stages.shapes import specifies
from tracker.extraction.text.sentence import AMOUNT, Token

_ALLOCATIONS = frozenset({"allocation", "allocations"})
_GIVEN = frozenset({"pledged", "approved"})
_STAGES = frozenset({"pledged", "committed", "disbursed"})
BESIDE = 4
"""How many words a verb and the noun that is its object may be apart."""
_NO_OBJECT = GRAMMAR["ends_control"] | GRAMMAR["hangs_on"]
_NO_AMOUNT = _NO_OBJECT - {AMOUNT}
_APPROVED_FOR = GRAMMAR["owning"] | {"to", "for", AMOUNT}
_DETERMINERS = GRAMMAR["owning"] | GRAMMAR["hedging"] | {AMOUNT}
CLAUSE = 5
"""How many words a noun and the verb of its clause may be apart: "the promise that she gave"."""


def less_behind(verb: Reading, reading: Reading, words: Sequence[str]) -> Reading:
    """A cue behind another that says more of the money than it does."""
    if _given(verb, reading, words):
        return reading._replace(weight=reading.weight * 0.5)  # "the promise that she gave"
    between = words[verb.last + 1 : reading.first]
    allocated = words[reading.last] in _ALLOCATIONS and _NO_AMOUNT.isdisjoint(between)
    if verb.status == "approved" and verb.voice != "noun" and allocated and len(between) <= BESIDE:
        return reading._replace(weight=reading.weight * 0.4)  # "approved an allocation of $5m"
    if specifies(reading, words) and AMOUNT not in between and (
        verb.hold or verb.status in _GIVEN
    ):  # fmt: skip
        return reading._replace(weight=reading.weight * 0.4)
    if _is_object(verb, reading, between):
        # "has yet to pay a gift of $5m", "wants a $5m contract": the verb decides.
        return reading._replace(weight=reading.weight * 0.4)
    if _pays_cost(verb, reading, words):
        return reading._replace(weight=reading.weight * 0.4)
    if verb.cue.rule == "buy" and verb.status == "pledged" and between[-1:] == [AMOUNT]:
        return reading._replace(weight=reading.weight * 0.5)  # "ordered $5m sent to"
    return reading


def _pays_cost(verb: Reading, need: Reading, words: Sequence[str]) -> bool:
    """Whether a cost is what somebody pays: "covered the $5m cost of the clinics"."""
    between = words[verb.last + 1 : need.first]
    return (
        verb.cue.rule in ("give", "spend", "come-up-with")
        and verb.hold is None
        and verb.voice != "noun"
        and need.status == "needed"
        and between[-1:] == [AMOUNT]
        and _DETERMINERS.issuperset(between)
    )


def less_before(verb: Reading, reading: Reading, tokens: Sequence[Token]) -> Reading:
    """A verb before a noun that says more of the money than it does."""
    if reading.voice != "noun":
        return verb
    if reading.hold and verb.cue.kind == "past" and verb.last + 1 == reading.first:
        verb = verb._replace(weight=verb.weight * 0.5)  # "the planned cut of"
    if reading.cue.rule == "request-noun" and verb.cue.rule == "increase":
        verb = verb._replace(weight=verb.weight * 0.5)  # "doubles its appeal to $5m"
    near = reading.first - verb.last <= 2
    if reading.cue.rule == "request-noun" and verb.cue.rule == "need" and near:
        verb = verb._replace(weight=verb.weight * 0.5)  # "faces an appeal for"
    between = [t.lower for t in tokens[verb.last + 1 : reading.first]]
    if _carries(verb, reading, between) and not _is_object(verb, reading, between):
        # "gave approval to", "received pledges of": the noun decides.
        verb = verb._replace(weight=verb.weight * 0.5)
    return verb


def _is_object(verb: Reading, noun: Reading, between: Sequence[str]) -> bool:
    """Whether a noun is what is asked for, or not yet given, by the verb right before it."""
    asks = verb.status == "requested" and verb.hold is None
    if verb.status == "approved" and noun.cue.rule == "payment":
        # "gave their blessing to a transfer of $5m"
        return verb.voice != "noun" and _APPROVED_FOR.issuperset(between)
    later = verb.status == "pledged" and verb.cue.status not in ("pledged", None)
    return (
        (asks or later)
        and noun.voice == "noun"
        and noun.status in _STAGES
        and verb.voice in ("active", "past", "infinitive")
        and len(between) <= BESIDE
        and _NO_AMOUNT.isdisjoint(between)
    )


def _given(noun: Reading, verb: Reading, words: Sequence[str]) -> bool:
    """Whether a noun before a verb of giving or getting is what is given."""
    if noun.voice != "noun" or noun.status not in _GIVEN or not verb.cue.light:
        return False
    between = words[noun.last + 1 : verb.first]
    if AMOUNT in between or "," in between or AMOUNT in words[verb.last + 1 : verb.last + 3]:
        return False
    if verb.voice == "passive":
        return GRAMMAR["auxiliary"].issuperset(between)
    return between[:1] in (["that"], ["which"]) and len(between) <= CLAUSE


def _carries(verb: Reading, noun: Reading, between: Sequence[str]) -> bool:
    """Whether a verb of giving or getting only carries the noun behind it."""
    return (
        verb.cue.light
        and noun.cue.rule not in ("payment", "in-court")  # "paid the tribunal $5m"
        and len(between) <= 3
        # "contributed to the appeal" gave, "gave approval to" did not.
        and _NO_OBJECT.isdisjoint(between)
    )
