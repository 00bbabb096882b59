"""What the sentences around say of the stage of an amount: its list, its sum, the bill it is of."""

from __future__ import annotations

import re

from tracker.extraction.stages.bills import as_voted_before
from tracker.extraction.stages.crossing import PER_WORD
from tracker.extraction.stages.cues import GRAMMAR
from tracker.extraction.stages.follow_up import divides_sum, goes_on, held_before, in_follow_up
from tracker.extraction.stages.parts import of_another_whole
from tracker.extraction.stages.readings import readings
from tracker.extraction.stages.staging import HOLD_THRESHOLD, THRESHOLD, Stage, best, stages
from tracker.extraction.stages.ties import Tie
from tracker.extraction.text.context import Passage
from tracker.extraction.text.sentence import AMOUNT, Sentence
from tracker.extraction.words import load_rules

SENTENCE_BEFORE = 0.6
"""What it costs to take the stage from the sentence before."""
STRONGEST_BEFORE = (
    max(r.get("weight", 1.0) for r in load_rules("status")["status"]) - SENTENCE_BEFORE
)
"""A cue with this score or more is better than any of the sentence before."""

_FINITE = frozenset({"past", "present"})
ITS_OWN = 0.6
"""The score from which the verb of an item says more than the lead of its list."""
HELD_LATER = frozenset({"requested", "pledged", "approved", "committed", "unspecified"})
"""Stages of money that a later sentence may say is held or cancelled."""
_UNPAID = HELD_LATER - {"unspecified"}
SUBJECT = 12
"""How many words that sentence may have before the hold."""
NEXT = 4
"""How many words behind the hold no other amount may stand."""
UP = 2
"""How many sentences without a sum may stand between one and the sentence that divides it."""
TAKEN_UP = GRAMMAR["anaphors"] | GRAMMAR["taken_up"]
_TAKES_UP = re.compile(r"\s*(?:The|That|This|Its|It|A\s+vote\s+on)\s")
"""How that sentence begins; no other needs to be read."""
_OTHERS = frozenset({",", AMOUNT})
_BEFORE_HOLD = GRAMMAR["auxiliary"] | GRAMMAR["skip"] | {"since", "now", "later", "then"}
_THAT = frozenset({"the", "that", "this", "its"})
_OF_THAT = (["of", "this"], ["of", "that"], ["of", "it"], ["of", "them"])
_PURPOSE = frozenset({"to", "for"})
_GONE = frozenset({"disbursed", None})
_DIVIDES = (["of", "which"], ["out", "of"], ["thereof", ":"])
_SILENT = Stage(None, None, None, None)
Told = tuple[Tie | None, Tie | None]
"""Stage and hold."""


def told(passage: Passage, sentence: Sentence, position: int) -> Told:
    """Stage and hold of an amount, by its sentence and those before; made once."""
    return sentence.once(f"told {position}", lambda: _told(passage, sentence, position))


def stands_alone(sentence: Sentence, position: int) -> bool:
    """Whether an amount is a whole of its own, of which the sentences before say nothing."""
    return stages(sentence)[position].status is None and of_another_whole(sentence, position)


def _told(passage: Passage, sentence: Sentence, position: int) -> Told:
    """The same, in an order of which the later may replace what was said.

    Its own words, its list or the sentence before, the vote on its bill, the sum that it divides,
    and what the sentence behind holds.
    """
    stage = stages(sentence)[position]
    status, hold = stage.status, stage.hold
    around = _SILENT
    alone = stands_alone(sentence, position)
    weak = status is None or status.score < STRONGEST_BEFORE
    if not alone and (weak or (passage.lead(sentence) and not _says_itself(status))):
        around = _around(passage, sentence)
    if around.status and (status is None or status.score < around.status.score):
        status = around.status
        hold = hold or around.hold
    before = passage.before(sentence) if status and goes_on(status, sentence) else None
    if status and before is not None and passage.same_paragraph(before, sentence):
        said = [stage.said for _, stage in sorted(stages(before).items())]
        status = in_follow_up(status, sentence, before, said)
    if status:
        status, hold = as_voted_before(passage, sentence, status, hold)
    own = status if status and status.sentence is sentence else None
    if divides_sum(sentence) or ((own is None or hold) and _of_that(sentence, position)):
        if hold is None:
            own = None if own and _for_what(own, position) else own
            if own and own.reading.voice == "noun" and _remains(sentence):
                own = None  # "The remaining $5m comes out of contributions"
            divided = _as_divided(passage, sentence, own)
            status, hold = divided if divided[0] else (status, hold)
            if hold is None and around.status and around.status is status:
                hold = status if status.reading.hold else None  # "The bill was pulled. It includes"
        elif own and own.reading.status == "unspecified":
            whole = _as_divided(passage, sentence, None)[0]
            status = whole if whole and whole.reading.status in _UNPAID else status
    if hold is None and status and status.reading.status in HELD_LATER:
        hold = _held_after(passage, sentence, position)
    if hold is None and _sums_up(sentence):
        status, hold = _held(passage, sentence, stage.status) or (status, hold)
    return status, hold


def _with_sum(passage: Passage, sentence: Sentence) -> Sentence | None:
    """The sentence of the sum that another divides: the one before, or one a little further up."""
    before = passage.before(sentence)
    for _ in range(UP):
        if before is None or before.amounts:
            break
        before = passage.before(before)
    return before if before is not None and before.amounts else None


def _says_itself(status: Tie | None) -> bool:
    """Whether an item of a list is a sentence with a verb of its own: "- Oslo signed for $5m"."""
    if status is None or not status.main or status.score < ITS_OWN:
        return False
    return status.reading.voice in ("active", "past") and status.reading.cue.kind in _FINITE


def _of_that(sentence: Sentence, position: int) -> bool:
    """Whether an amount is a part of the sum before: "Berlin alone accounted for $5m of this"."""
    part = sentence.words[position + 1 : position + 3] in _OF_THAT
    return part and position == min(sentence.amounts)


def _for_what(own: Tie, position: int) -> bool:
    """Whether words behind a part only say what it is for: "$5m for people expected to starve"."""
    reading, words = own.reading, own.sentence.words
    between = words[position + 1 : reading.first]
    return (
        reading.first > position
        and (
            reading.voice in ("noun", "infinitive")
            or reading.cue.kind == "past"
            or reading.status == "other"
        )
        and not _PURPOSE.isdisjoint(between)
        and _OTHERS.isdisjoint(between)
        and GRAMMAR["relative"].isdisjoint(between)
    )


def _as_divided(passage: Passage, sentence: Sentence, own: Tie | None) -> Told:
    """Stage and hold of the sum before that a sentence divides, where it says none itself."""
    before = _with_sum(passage, sentence)
    if before is not None and _remains(sentence) and _all_gone(before):
        before = _with_sum(passage, before)
    if before is None:
        return own, None
    place = max(before.amounts)
    if _remains(sentence):
        # "awarded $9m, but only $2m has come. The remaining $7m": of what was awarded
        made = stages(before)
        place = next((p for p in sorted(made) if made[p].said not in _GONE), place)
    last = stages(before)[place]
    status, hold = before.known(f"told {place}") or (last.status, last.hold)
    silent = own is None or own.reading.status == "unspecified"
    if status is None or not silent:
        return own, hold if own and status and status.reading.status == own.reading.status else None
    return status, hold


def _remains(sentence: Sentence) -> bool:
    """Whether an amount is what is left of a sum: "The remaining $5m has been frozen"."""
    return sentence.words[:2] == ["the", "remaining"]


def _all_gone(sentence: Sentence) -> bool:
    return _GONE.issuperset(stage.said for stage in stages(sentence).values())


def _held_after(passage: Passage, sentence: Sentence, position: int) -> Tie | None:
    """What the sentence behind says became of the last sum: "That programme was terminated"."""
    if position != max(sentence.amounts) or not _TAKES_UP.match(passage.text, sentence.end):
        return None
    after = passage.after(sentence)
    if after is None or not passage.same_paragraph(sentence, after):
        return None
    words = after.words
    named = words[0] in _THAT and not TAKEN_UP.isdisjoint(words[1:3])
    if not (named or words[0] == "it" or words[:3] == ["a", "vote", "on"]):
        return None
    held = next((r for r in readings(after) if r.hold), None)
    if held is None or held.voice not in ("passive", "active") or held.first > SUBJECT:
        return None
    if not _OTHERS.isdisjoint(words[: held.first + NEXT]):
        return None
    taken = next((n for n in (1, 2) if words[n] in TAKEN_UP), held.first)
    if named and not _BEFORE_HOLD.issuperset(words[taken + 1 : held.first]):
        return None  # "The agreement on fish was cancelled"
    return Tie(held.weight, held, after, True)


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
        place = max(other.amounts)
        last = stages(other)[place]
        main, hold = last.main, last.main_hold
        in_document = other.known(f"told {place}") if main else None
        if in_document and in_document[0] and in_document[0].sentence is not other:
            main, hold = in_document  # the stage that a bill or a sum before gives it
        tie = main and main._replace(score=min(main.score, 0.9) - cost)
        return Stage(tie if tie and tie.score > THRESHOLD else None, hold, None, None)
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
    introduces = lead.words[-1] == ":" or not GRAMMAR["divided_as_follows"].isdisjoint(lead.words)
    return (
        introduces
        and not lead.amounts
        and all(r.status in (None, "unspecified") and not r.hold for r in readings(lead))
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
