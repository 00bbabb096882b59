"""What a cue says where it stands: tense, modality, negation, voice, who acts, what it governs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tracker.extraction.context import AMOUNT, Sentence, Token
from tracker.extraction.cues import GRAMMAR, Cue, status_hits
from tracker.extraction.lexicon import Hit
from tracker.extraction.verbs import (
    STEPS,
    Auxiliaries,
    auxiliaries,
    by_agent,
    by_subject,
    ends_contracts,
    has_subject,
    with_particle,
)

CONTROL = 9
"""How many words may part "wants" from "to lend" in "wants Tokyo to lend"."""


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


def readings(sentence: Sentence) -> list[Reading]:
    """The cues of a sentence with what they say there, in reading order; made once."""
    return sentence.once("readings", lambda: _read(sentence))


def _read(sentence: Sentence) -> list[Reading]:
    tokens = sentence.tokens
    found: list[Reading] = []
    for hit in status_hits(sentence):
        reading = _in_context(hit, tokens)
        if reading.weight <= 0:
            continue
        if (
            found
            and _is_controlled(found[-1], reading, tokens)
            and _controls(found[-1], reading, tokens)
        ):
            # "wants Tokyo to lend", "voted to give": the first verb decides.
            verb = found[-1]
            if reading.hold is None and reading.status != "other":
                least = 0.8 if verb.voice == "noun" else 1.0
                last = verb.last if reading.voice == "noun" else reading.last
                # "a plan to send": what follows is the object of the verb.
                voice = "active" if verb.voice == "noun" else verb.voice
                # "plans to ask parliament for": what is meant to be asked for is asked for.
                asked = verb.status == "pledged" and _asks(reading)
                found[-1] = verb._replace(
                    status="requested" if asked else verb.status,
                    weight=max(verb.weight, least),
                    last=last,
                    voice=voice,
                )
                continue
            # "voted to cut": the money is what is cut.
            found[-1] = verb._replace(weight=verb.weight * 0.5)
            reading = reading._replace(weight=reading.cue.weight)
        if found and reading.voice == "noun" and _carries(found[-1], reading, tokens):
            # "gave approval to", "received pledges of": the noun decides.
            found[-1] = found[-1]._replace(weight=found[-1].weight * 0.5)
        found.append(reading)
    if any(r.status == "approved" and r.voice != "noun" for r in found):
        # A bill that is passed is no request any more, whoever tabled it.
        found = [
            r._replace(weight=r.weight * 0.5)
            if (r.voice == "noun" and _is_bill(tokens[r.first : r.last + 1]))
            or (r.voice == "past" and tokens[r.first].lower in GRAMMAR["drafted"])
            else r
            for r in found
        ]
    if sentence.words[:1] == ["under"] and not GRAMMAR["accords"].isdisjoint(sentence.words[1:7]):
        # "Under the accord, signed in May, Oslo provides": bound to, not yet paid.
        found = [
            r._replace(status="committed")
            if r.status == "disbursed" and r.cue.kind == "present"
            else r
            for r in found
        ]
    if _proposed(sentence.words):
        found = [
            r._replace(status="requested")
            if r.status == "pledged"
            and any(t.lower == "would" for t in tokens[max(0, r.first - 3) : r.last + 1])
            else r
            for r in found
        ]
    if any(r.cue.rule == "pending" or (r.cue.rule == "approve" and r.status == "requested")
           for r in found):  # fmt: skip
        # What "would" be paid once it is approved is not yet promised.
        return [r._replace(weight=r.weight * 0.3) if _conditional(r) else r for r in found]
    return found


def _asks(reading: Reading) -> bool:
    """Whether an infinitive asks, or approves what is still only asked for."""
    return reading.status == "requested" and reading.cue.status in ("requested", "approved")


def _is_bill(words: Sequence[Token]) -> bool:
    return any(t.lower in GRAMMAR["bills"] or t.lower in GRAMMAR["requests"] for t in words)


def _proposed(words: Sequence[str]) -> bool:
    """Whether the sentence says under which proposal money would go: "under the bill"."""
    return any(
        not GRAMMAR["requests"].isdisjoint(words[place + 1 : place + 6])
        for place, word in enumerate(words)
        if word == "under"
    ) or ("staff" in words and "level" in words)


def _is_controlled(verb: Reading, reading: Reading, tokens: Sequence[Token]) -> bool:
    """Whether a cue may depend on the verb before: "to lend", "proposed lending", "a payment"."""
    if reading.voice == "noun":
        return reading.cue.rule == "payment" and verb.voice != "noun"
    if reading.cue.rule == "existing-loan":
        return False
    return (
        reading.voice == "infinitive"
        or _under_which(verb, reading, tokens)
        or (
            reading.cue.kind == "ing"
            and (reading.first == verb.last + 1 or tokens[reading.first - 1].lower == ",")
        )
        or (verb.cue.rule == "enable" and reading.cue.kind == "base")
    )


def _under_which(verb: Reading, reading: Reading, tokens: Sequence[Token]) -> bool:
    """Whether a verb says what is approved: "ratified an accord under which Oslo will lend"."""
    between = [t.lower for t in tokens[verb.last + 1 : reading.first]]
    return (
        verb.status == "approved"
        and reading.status == "pledged"
        and AMOUNT not in between
        and ("under", "which") in pairwise(between)
    )


def _conditional(reading: Reading) -> bool:
    return reading.cue.rule in ("will", "agree") or (
        reading.status == "pledged" and reading.cue.status != "pledged"
    )


def _controls(verb: Reading, infinitive: Reading, tokens: Sequence[Token]) -> bool:
    if _under_which(verb, infinitive, tokens):
        return True
    between = tokens[verb.last + 1 : infinitive.first]
    if infinitive.cue.kind == "ing" and between and between[-1].lower == ",":
        between = between[:-1]
    return (
        verb.cue.governs
        and len(between) <= CONTROL
        and not any(t.lower in GRAMMAR["ends_control"] for t in between)
    )


def _carries(verb: Reading, noun: Reading, tokens: Sequence[Token]) -> bool:
    """Whether a verb of giving or getting only carries the noun behind it."""
    between = tokens[verb.last + 1 : noun.first]
    return (
        verb.cue.light
        and noun.cue.rule != "payment"
        and len(between) <= 3
        and not any(t.lower in GRAMMAR["ends_control"] for t in between)
    )


def _is_noun(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether "pledges" is a noun: an article or adjective before it, "of" or a stop behind it."""
    before = tokens[first - 1].lower if first else "."
    behind = tokens[last + 1].lower if last + 1 < len(tokens) else "."
    return before in GRAMMAR["before_noun"] or (
        behind in GRAMMAR["behind_noun"] and before not in GRAMMAR["verbal"]
    )


def _can_be_plural(tokens: Sequence[Token], first: int) -> bool:
    """Whether a base form can be a verb: an auxiliary or a plural stands before it."""
    before = tokens[first - 1].lower if first else ""
    return before.endswith(("s", "ly")) or before in GRAMMAR["verbal"] or (
        before in GRAMMAR["future"] or before in GRAMMAR["skip"] or not before.isalpha()
        or before in GRAMMAR["plural"]
    )  # fmt: skip


def _in_context(hit: Hit[Cue], tokens: Sequence[Token]) -> Reading:
    """What a cue says where it stands."""
    cue, first = hit.meaning, hit.first
    behind = tokens[hit.last + 1].lower if hit.last + 1 < len(tokens) else "."
    if cue.noun and (
        _is_noun(tokens, first, hit.last)
        or (cue.kind == "base" and not _can_be_plural(tokens, first))
        or (cue.kind == "bare_present" and behind not in GRAMMAR["before_object"])
    ):
        cue = cue.noun
    elif (
        cue.kind in ("base", "present")
        and first
        and (tokens[first - 1].lower in GRAMMAR["before_noun_only"])
    ):
        return _silent(cue, hit)
    if cue.particles:
        cue = with_particle(cue, tokens, hit.last) or cue
    if cue.kind == "noun":
        return _noun(cue, hit, tokens)
    if cue.adjacent and behind != AMOUNT and behind not in GRAMMAR["before_object"]:
        return _silent(cue, hit)
    if cue.needs_subject and not has_subject(tokens, first, cue.needs_subject):
        return _silent(cue, hit)
    aux = auxiliaries(tokens, first)
    if cue.rule == "cut" and ends_contracts(tokens, first, hit.last, 14 if aux.passive else 6):
        cue = cue._replace(status="committed")
    if cue.kind == "phrase":
        voice = "passive" if aux.passive else ("active" if aux.perfect or aux.future else "past")
        weight = 0.0 if aux.negated and cue.hold else cue.weight
        return Reading(cue, first, hit.last, cue.status, cue.hold, weight, voice)
    if (
        (cue.kind == "bare" and not aux.future)
        or cue.kind == "split"
        or (cue.kind == "bare_present" and behind not in GRAMMAR["before_object"])
    ):
        return _silent(cue, hit)
    return _verb(cue, hit, tokens, aux)


def _silent(cue: Cue, hit: Hit[Cue]) -> Reading:
    """A cue that says nothing where it stands."""
    return Reading(cue, hit.first, hit.last, None, None, 0.0, "active")


def _noun(cue: Cue, hit: Hit[Cue], tokens: Sequence[Token]) -> Reading:
    status = cue.status
    before = tokens[max(0, hit.first - 8) : hit.first]
    if cue.future and any(t.lower in GRAMMAR["modal"] for t in before):
        # "will make a payment of"
        status = cue.future
    status = _by_sentence(cue, tokens) or status
    return Reading(cue, hit.first, hit.last, status, cue.hold, cue.weight, "noun")


def _by_sentence(cue: Cue, tokens: Sequence[Token]) -> str | None:
    for words, status in cue.by_sentence:
        if any(t.lower in GRAMMAR[words] for t in tokens):
            return status
    return None


def _verb(cue: Cue, hit: Hit[Cue], tokens: Sequence[Token], aux: Auxiliaries) -> Reading:
    """Tense, modality, negation, subject and object of a verb."""
    first, last = hit.first, hit.last
    status, hold, weight = cue.status, cue.hold, cue.weight
    before = tokens[first - 1].lower if first else ""
    if cue.kind == "base" and not aux.future:
        # A base form without an auxiliary is mostly a noun or a plural verb: a weak witness.
        weight *= 0.7 if any(t.lower == AMOUNT for t in tokens[last + 1 : last + 8]) else 0.3
        hold = None
    if cue.kind == "ing" and (
        before in ("a", "the") or any(t.lower == "of" for t in tokens[last + 1 : last + 2])
    ):
        # "a drawing of", "the lending": a noun.
        weight *= 0.5
    future, infinitive = aux.future, aux.infinitive
    if (
        cue.kind == "ing"
        and before in GRAMMAR["purpose"]
        and not any(t.lower in GRAMMAR["factive"] for t in tokens[:first])
    ):
        future = infinitive = True
    if future and cue.future:
        status = cue.future
    if infinitive:
        weight *= 0.75
    if aux.negated:
        status, weight = (cue.negated, weight * 0.8) if cue.negated else (status, weight * 0.2)
    passive = aux.passive and cue.kind == "past"
    if not passive and (status in STEPS or cue.by_subject):
        said = by_subject(tokens, first, status or "", cue, aux)
        if said != status:
            status, weight = said, max(weight, 0.85)
    if cue.kind == "past" and status in STEPS and by_agent(tokens, last):
        status = "approved"
    for words, by_object in cue.by_object:
        place = slice(max(0, first - 8), first) if passive else slice(first, first + 12)
        if any(t.lower in GRAMMAR[words] for t in tokens[place]):
            status, weight = (cue.future if future and cue.future else by_object), max(weight, 0.95)
    status = _by_sentence(cue, tokens) or status
    if status in ("needed", "other"):
        hold = None
    if passive:
        voice = "passive"
    elif infinitive:
        voice = "infinitive"
    else:
        voice = "past" if cue.kind == "past" and not aux.perfect else "active"
    return Reading(cue, first, last, status, hold, weight, voice)
