"""At which stage the text puts an amount, and whether it is on hold.

Cues (`rules/status.toml`) are found in the sentence's tokens. For each amount every cue gets a
score: its weight, less for each word, boundary and other amount between them; the best decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracker.extraction.context import AMOUNT, Passage, Sentence, Token
from tracker.extraction.cues import VERB_KINDS, Cue, status_hits
from tracker.extraction.decision import Decision
from tracker.extraction.lexicon import Hit
from tracker.extraction.words import load_rules

_GRAMMAR = {name: frozenset(words) for name, words in load_rules("status")["grammar"].items()}

# Costs of what stands between a cue and an amount; set on half A of the gold.
PER_WORD = 0.02
WEAK_BOUNDARY = 0.07
STRONG_BOUNDARY = 0.35
OTHER_AMOUNT = 0.3
OTHER_SENTENCE = 0.55
THRESHOLD = 0.0
HOLD_THRESHOLD = 0.6
HOLD_ALONE = 0.2
"""By how much the words of a hold must be nearer than those of a stage to stand alone."""


class _Reading(NamedTuple):
    """A cue in its sentence: what it says there, with tense and negation read."""

    hit: Hit[Cue]
    status: str | None
    hold: str | None
    weight: float
    passive: bool


def _read(sentence: Sentence) -> list[_Reading]:
    return sentence.once(
        "readings", lambda: [_in_context(hit, sentence.tokens) for hit in status_hits(sentence)]
    )


def _in_context(hit: Hit[Cue], tokens: Sequence[Token]) -> _Reading:
    """Tense, modality and negation of a cue, from the auxiliaries before it."""
    cue = hit.meaning
    status, weight = cue.status, cue.weight
    passive = future = negated = infinitive = False
    hold = cue.hold
    if cue.kind in VERB_KINDS:
        for token in reversed(tokens[max(0, hit.first - 6) : hit.first]):
            word = token.lower
            if word in _GRAMMAR["negation"]:
                negated = True
            if word in _GRAMMAR["be"]:
                passive = cue.kind == "past"
            if word in _GRAMMAR["future"]:
                future = True
                infinitive = word == "to"
                break
            if not (word in _GRAMMAR["skip"] or word in _GRAMMAR["be"] or word.endswith("ly")
                    or word in _GRAMMAR["negation"]):  # fmt: skip
                break
        if cue.kind == "bare" and not future:
            return _Reading(hit, None, None, 0.0, False)
        if cue.kind == "base" and not future:
            # A base form without an auxiliary is mostly a noun or a plural verb: a weak witness.
            weight *= 0.7
            hold = None
        if cue.kind == "ing" and hit.first and tokens[hit.first - 1].lower in _GRAMMAR["purpose"]:
            future = infinitive = True
        if future and cue.future:
            status = cue.future
        if infinitive:
            weight *= 0.75
        if negated:
            status, weight = (cue.negated, weight * 0.8) if cue.negated else (status, weight * 0.2)
        if status in _STEPS and not passive:
            status = _by_subject(tokens, hit.first, status)
    return _Reading(hit, status, hold, weight, passive)


_STEPS = frozenset({"disbursed", "committed", "pledged"})


def _by_subject(tokens: Sequence[Token], first: int, status: str) -> str:
    """A bill that gives is a request, a law that gives is an approval."""
    for token in tokens[max(0, first - 3) : first]:
        for stage in ("requested", "approved"):
            if token.lower in _GRAMMAR[f"subject_{stage}"]:
                return stage
    return status


def _cost(reading: _Reading, position: int, sentence: Sentence) -> float:
    """What stands between a cue and the amount at token `position`."""
    hit, tokens = reading.hit, sentence.tokens
    before = hit.last < position
    between = tokens[hit.last + 1 : position] if before else tokens[position + 1 : hit.first]
    cost = 0.0
    for token in between:
        if token.lower == AMOUNT:
            cost += OTHER_AMOUNT
        elif token.lower in _GRAMMAR["strong_boundaries"]:
            cost += STRONG_BOUNDARY
        elif token.lower in _GRAMMAR["weak_boundaries"]:
            cost += WEAK_BOUNDARY
        else:
            cost += PER_WORD
    cost = min(cost, 0.9)
    verb = hit.meaning.kind in VERB_KINDS
    if verb and not before:
        # An active verb behind the amount that has an amount of its own speaks of that one.
        following = [p for p in sentence.amounts if p > hit.last]
        if not reading.passive and following and following[0] - hit.last <= 6:
            cost += 0.3
        if between and between[-1].lower in ("and", ",") and not reading.passive:
            cost += 0.15
    # "$5m was pledged and $3m ...": a passive verb belongs to the amount before it.
    taken = any(p < hit.first and hit.first - p <= 6 for p in sentence.amounts)
    if before and reading.passive and taken:
        cost += 0.25
    return cost


def decide_status(
    passage: Passage, sentence: Sentence, position: int
) -> tuple[Decision | None, Decision | None]:
    """Status and hold of the amount at token `position` of sentence `index`.

    Each with its rule and words; None where nothing in reach says one.
    """
    candidates: list[tuple[float, _Reading, Sentence]] = []
    for reading in _read(sentence):
        candidates.append((reading.weight - _cost(reading, position, sentence), reading, sentence))
    introduced = passage.lead(sentence)
    lead, cost = introduced or passage.before(sentence), 0.0 if introduced else OTHER_SENTENCE
    if lead is not None:
        for reading in _read(lead):
            distance = PER_WORD * (len(lead.tokens) - reading.hit.last)
            candidates.append((reading.weight - cost - min(distance, 0.3), reading, lead))
    status = _best(c for c in candidates if c[1].status)
    hold = _best(c for c in candidates if c[1].hold and c[0] > HOLD_THRESHOLD)
    if status and status[1].status == "other":
        hold = None
    elif status and hold and hold[0] - status[0] >= HOLD_ALONE and not hold[1].status:
        # "$300 million in frozen aid": the far words of another clause say no stage of it.
        status = None
    if status is None and hold is None:
        return (_like_the_one_before(passage, sentence, position), None)
    return (_decision(status, "status"), _decision(hold, "hold"))


def _like_the_one_before(passage: Passage, sentence: Sentence, position: int) -> Decision | None:
    """A second price beside a first: "One costs $4 million; a battery runs to $1 billion"."""
    before = [p for p in sentence.amounts if p < position]
    if not before or all(reading.status != "other" for reading in _read(sentence)):
        return None
    status, _ = decide_status(passage, sentence, before[-1])
    if status is None or status.value != "other":
        return None
    return status._replace(rule="status-like-the-one-before")


def _best(
    candidates: Iterator[tuple[float, _Reading, Sentence]],
) -> tuple[float, _Reading, Sentence] | None:
    best = max(candidates, key=lambda c: c[0], default=None)
    return best if best and best[0] > THRESHOLD else None


def _decision(found: tuple[float, _Reading, Sentence] | None, tag: str) -> Decision | None:
    if found is None:
        return None
    score, reading, sentence = found
    tokens, hit = sentence.tokens, reading.hit
    value = reading.status if tag == "status" else reading.hold
    first = hit.first
    if hit.meaning.kind in VERB_KINDS:
        # The auxiliaries are part of the words that decide: "has requested", "continues to block".
        while first and tokens[first - 1].lower in _GRAMMAR["auxiliary"]:
            first -= 1
    return Decision(value, f"{tag}-{hit.meaning.rule}", tokens[first].start,
                    tokens[hit.last].end, score)  # fmt: skip
