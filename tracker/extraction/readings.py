"""What a cue says where it stands: tense, modality, negation, voice, who acts, what it governs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tracker.extraction.context import AMOUNT, Sentence, Token
from tracker.extraction.cues import Cue, status_hits
from tracker.extraction.lexicon import Hit
from tracker.extraction.words import load_rules

GRAMMAR = {name: frozenset(words) for name, words in load_rules("status")["grammar"].items()}

AUXILIARIES = 6
"""How many words before a verb its auxiliaries may stand."""
CONTROL = 9
"""How many words may part "wants" from "to lend" in "wants Tokyo to lend"."""
SUBJECT = 12
"""How many words before a verb its subject is looked for."""


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


class Auxiliaries(NamedTuple):
    """What the words before a verb add to it."""

    passive: bool = False
    perfect: bool = False
    future: bool = False
    infinitive: bool = False
    negated: bool = False


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
                found[-1] = verb._replace(weight=max(verb.weight, least), last=last)
                continue
            # "voted to cut": the money is what is cut.
            found[-1] = verb._replace(weight=verb.weight * 0.5)
            reading = reading._replace(weight=reading.cue.weight)
        if found and reading.voice == "noun" and _carries(found[-1], reading, tokens):
            # "gave approval to", "received pledges of": the noun decides.
            found[-1] = found[-1]._replace(weight=found[-1].weight * 0.5)
        found.append(reading)
    if any(r.status == "approved" and r.voice != "noun" for r in found):
        # A bill that is passed is no request any more.
        found = [
            r._replace(weight=r.weight * 0.5)
            if r.voice == "noun" and tokens[r.first].lower in GRAMMAR["bills"]
            else r
            for r in found
        ]
    if any(r.cue.rule == "pending" or (r.cue.rule == "approve" and r.status == "requested")
           for r in found):  # fmt: skip
        # What "would" be paid once it is approved is not yet promised.
        return [r._replace(weight=r.weight * 0.3) if _conditional(r) else r for r in found]
    return found


def _is_controlled(verb: Reading, reading: Reading, tokens: Sequence[Token]) -> bool:
    """Whether a cue may depend on the verb before: "to lend", "proposed lending", "a payment"."""
    if reading.voice == "noun":
        return reading.cue.rule == "payment" and verb.voice != "noun"
    return (
        reading.voice == "infinitive"
        or (
            reading.cue.kind == "ing"
            and (reading.first == verb.last + 1 or tokens[reading.first - 1].lower == ",")
        )
        or (verb.cue.rule == "enable" and reading.cue.kind == "base")
    )


def _conditional(reading: Reading) -> bool:
    return reading.cue.rule in ("will", "agree") or (
        reading.status == "pledged" and reading.cue.status != "pledged"
    )


def _controls(verb: Reading, infinitive: Reading, tokens: Sequence[Token]) -> bool:
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


def _auxiliaries(tokens: Sequence[Token], first: int) -> Auxiliaries:
    passive = perfect = future = infinitive = negated = False
    for place in range(first - 1, max(-1, first - 1 - AUXILIARIES), -1):
        word = tokens[place].lower
        if word in GRAMMAR["negation"]:
            negated = True
        elif word in GRAMMAR["be"]:
            passive = True
        elif word in GRAMMAR["future"]:
            future, infinitive = True, word == "to"
            if infinitive and place and tokens[place - 1].lower in GRAMMAR["never_did"]:
                negated = True
            break
        elif word in GRAMMAR["have"]:
            perfect = True
        elif word not in GRAMMAR["skip"] and not word.endswith("ly"):
            break
    if infinitive and perfect:
        # "is said to have paid" is no future.
        future = infinitive = False
    return Auxiliaries(passive, perfect, future, infinitive, negated)


def _with_particle(cue: Cue, tokens: Sequence[Token], last: int) -> Cue | None:
    """The verb with the particle that stands behind its amount: "set $5bn aside"."""
    amount = next((p for p in range(last + 1, min(last + 9, len(tokens)))
                   if tokens[p].lower == AMOUNT), None)  # fmt: skip
    if amount is None:
        return None
    behind = [t.lower for t in tokens[amount + 1 : amount + 8]]
    for particle, meaning in cue.particles:
        if particle[0] in behind:
            place = behind.index(particle[0])
            if tuple(behind[place : place + len(particle)]) == particle:
                return meaning
    return None


def _is_noun(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether "pledges" is a noun: an article or adjective before it, "of" or a stop behind it."""
    before = tokens[first - 1].lower if first else "."
    behind = tokens[last + 1].lower if last + 1 < len(tokens) else "."
    return before in GRAMMAR["before_noun"] or (
        behind in GRAMMAR["behind_noun"] and before not in GRAMMAR["verbal"]
    )


def _in_context(hit: Hit[Cue], tokens: Sequence[Token]) -> Reading:
    """Tense, modality and negation of a cue, from the words before it."""
    cue, first = hit.meaning, hit.first
    behind = tokens[hit.last + 1].lower if hit.last + 1 < len(tokens) else "."
    if cue.noun and (
        _is_noun(tokens, first, hit.last)
        or (cue.kind == "bare_present" and behind not in GRAMMAR["before_object"])
    ):
        cue = cue.noun
    elif (
        cue.kind in ("base", "present")
        and first
        and (tokens[first - 1].lower in GRAMMAR["before_noun_only"])
    ):
        return Reading(cue, first, hit.last, None, None, 0.0, "noun")
    if cue.particles:
        cue = _with_particle(cue, tokens, hit.last) or cue
    status, hold, weight = cue.status, cue.hold, cue.weight
    if cue.kind == "noun":
        if cue.future and any(
            t.lower in GRAMMAR["modal"] for t in tokens[max(0, first - 8) : first]
        ):
            # "will make a payment of"
            status = cue.future
        return Reading(cue, first, hit.last, status, hold, weight, "noun")
    aux = _auxiliaries(tokens, first)
    if cue.needs_subject and not has_subject(tokens, first, cue.needs_subject):
        return Reading(cue, first, hit.last, None, None, 0.0, "active")
    if hold == "cancelled" and status == "unspecified" and _ends_contracts(tokens, hit):
        status = "committed"
    if cue.kind == "phrase":
        voice = "passive" if aux.passive else ("active" if aux.perfect or aux.future else "past")
        if aux.negated and hold:
            weight = 0.0
        return Reading(cue, first, hit.last, status, hold, weight, voice)
    if (
        (cue.kind == "bare" and not aux.future)
        or cue.kind == "split"
        or (cue.kind == "bare_present" and behind not in GRAMMAR["before_object"])
    ):
        return Reading(cue, first, hit.last, None, None, 0.0, "active")
    if cue.kind == "base" and not aux.future:
        # A base form without an auxiliary is mostly a noun or a plural verb: a weak witness.
        weight *= 0.7
        hold = None
    future, infinitive = aux.future, aux.infinitive
    if (
        cue.kind == "ing"
        and first
        and tokens[first - 1].lower in GRAMMAR["purpose"]
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
    if not passive and (status in _STEPS or cue.by_subject):
        said = _by_subject(tokens, first, status or "", cue, future)
        if said != status:
            status, weight = said, max(weight, 0.85)
    for words, by_object in cue.by_object:
        place = slice(max(0, first - 8), first) if passive else slice(first, first + 12)
        if any(t.lower in GRAMMAR[words] for t in tokens[place]):
            status, weight = (cue.future if future and cue.future else by_object), max(weight, 0.95)
    for words, by_sentence in cue.by_sentence:
        if any(t.lower in GRAMMAR[words] for t in tokens):
            status = by_sentence
    if passive:
        voice = "passive"
    elif infinitive:
        voice = "infinitive"
    else:
        voice = "past" if cue.kind == "past" and not aux.perfect else "active"
    return Reading(cue, first, hit.last, status, hold, weight, voice)


def _ends_contracts(tokens: Sequence[Token], hit: Hit[Cue]) -> bool:
    """Whether what is cut had been signed: "terminated grants", "contracts were cancelled"."""
    around = (*tokens[max(0, hit.first - 4) : hit.first], *tokens[hit.last + 1 : hit.last + 6])
    return any(t.lower in GRAMMAR["contracts"] for t in around)


def has_subject(tokens: Sequence[Token], first: int, words: str) -> bool:
    """Whether a word of that list of the grammar stands where the subject of a verb does."""
    return any(t.lower in GRAMMAR[words] for t in tokens[max(0, first - SUBJECT) : first])


_STEPS = frozenset({"disbursed", "committed", "pledged"})


def _by_subject(tokens: Sequence[Token], first: int, status: str, cue: Cue, future: bool) -> str:
    """A bill that gives is a request, a law that gives an approval; a parliament agrees."""
    subject: list[str] = []
    for token in reversed(tokens[max(0, first - SUBJECT) : first]):
        if token.lower == AMOUNT or token.lower in GRAMMAR["ends_subject"]:
            break
        subject.append(token.lower)
    if any(word in GRAMMAR["requests"] for word in subject):
        return "approved" if any(word in GRAMMAR["passed"] for word in subject) else "requested"
    near = subject[: next((n for n, w in enumerate(subject) if w in (",", "and")), None)]
    if any(word in GRAMMAR["laws"] for word in near):
        return "approved"
    if not future and any(word in GRAMMAR["accords"] for word in near):
        return "committed"
    for words, by_subject in cue.by_subject:
        if any(word in GRAMMAR[words] for word in near):
            return by_subject
    return status
