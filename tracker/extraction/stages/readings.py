"""The cues of a sentence and what they say together: which verb decides for which."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tracker.extraction.stages.cue_in_context import in_context
from tracker.extraction.stages.cues import GRAMMAR, Cue, status_hits
from tracker.extraction.stages.noun_in_context import Reading
from tracker.extraction.stages.rivals import less_before, less_behind
from tracker.extraction.stages.rulings import ruled
from tracker.extraction.text.lexicon import Hit
from tracker.extraction.text.names import COUNTRY_KINDS, party_hits
from tracker.extraction.text.sentence import AMOUNT, Sentence, Token

CONTROL = 9
"""How many words may part "wants" from "to lend" in "wants Tokyo to lend"."""


def readings(sentence: Sentence) -> list[Reading]:
    """The cues of a sentence with what they say there, in reading order; made once."""
    return sentence.once("readings", lambda: _read(sentence))


def _read(sentence: Sentence) -> list[Reading]:
    tokens = sentence.tokens
    found: list[Reading] = []
    for hit in status_hits(sentence):
        reading = _alone(hit, sentence)
        if reading.weight <= 0:
            continue
        if reading.cue.rule == "cut" and found and found[-1].status == "other" and (
            found[-1].voice == "noun" and found[-1].last == reading.first - 1
        ):  # fmt: skip
            continue  # "revenue dropped to $5m"
        if reading.cue.rule == "economy" and _voted_bonds(found, reading, sentence.words):
            continue
        if len(found) > 1 and _to_do(found[-2], found[-1], reading, sentence.words):
            # "passed the motion to borrow": what was passed is to be done.
            found[-2:] = [found[-2]._replace(last=reading.last)]
            continue
        if reading.cue.rule == "no-cue" and found and found[-1].cue.rule == "is-to" and (
            found[-1].last + 1 == reading.first
        ):  # fmt: skip
            found.pop()  # "the loan that is to be repaid"
        if found and found[-1].cue.rule == "is-to" and reading.cue.intransitive and (
            found[-1].last + 1 == reading.first and sentence.words[found[-1].first - 1] == AMOUNT
        ):  # fmt: skip
            # "$5m is to arrive": as it will.
            found[-1] = reading._replace(first=found[-1].first, voice="active",
                                         weight=reading.cue.weight)  # fmt: skip
            continue
        if found and _commits_to(found[-1], reading):
            # "committed to cover": a promise, where "committed $5m" is none.
            found[-1] = found[-1]._replace(status="pledged", last=reading.last, voice="active")
            continue
        if len(found) > 1 and found[-1].voice == "noun" and (
            _under_which(found[-2], reading, tokens)
        ):  # fmt: skip
            found.pop()  # "ratified a loan agreement under which Oslo will lend"
        if (
            found
            and _is_controlled(found[-1], reading, tokens)
            and _controls(found[-1], reading, tokens)
        ):
            # "wants Tokyo to lend", "voted to give": the first verb decides.
            verb = found[-1]
            if reading.cue.status == "needed":
                pass  # "expects to need": the need is what is said
            elif reading.cue.rule == "cost" and verb.cue.rule == "promise":
                # "expects the recovery to cost": that is what is needed.
                found[-1] = verb._replace(status="needed", last=reading.last)
                continue
            elif verb.status == "needed" and reading.cue.status == "approved" and (
                AMOUNT in sentence.words[reading.last + 1 : reading.last + 9]
            ):  # fmt: skip
                # "mustered the votes needed to endorse": that is what was done.
                found[-1] = verb._replace(weight=verb.weight * 0.3)
                reading = reading._replace(status="approved", weight=reading.cue.weight)
            elif reading.hold is None and (
                reading.status != "other"
                or (reading.cue.rule == "buy" and verb.status == "approved")
            ):
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
            if reading.cue.rule == "rescind":
                reading = _rescinds(verb, reading)
        if found:
            reading = less_behind(found[-1], reading, sentence.words)
            found[-1] = less_before(found[-1], reading, tokens)
        found.append(reading)
    return ruled(found, sentence)


def _alone(hit: Hit[Cue], sentence: Sentence) -> Reading:
    """What a cue says by itself, and by whom the sentence names."""
    reading = in_context(hit, sentence.tokens)
    if reading.weight > 0 and _of_a_firm(reading, sentence):
        return reading._replace(status="other", hold=None)
    if reading.cue.rule == "cost" and reading.status == "other" and _costs_country(hit, sentence):
        return reading._replace(status="needed")
    return reading


def _of_a_firm(reading: Reading, sentence: Sentence) -> bool:
    """Whether a loss or investment is a firm's own: "Intel, which lost $5bn last year"."""
    words, behind = sentence.words, reading.last + 1
    if AMOUNT not in words[behind : behind + 3]:
        return False
    if reading.cue.rule == "forfeit" and words[reading.first] in GRAMMAR["loses"]:
        ahead = words[behind : behind + 8]
        year = any(word.isdigit() and len(word) == 4 for word in ahead)
        booked = year or not GRAMMAR["booked"].isdisjoint(ahead)
        return booked and GRAMMAR["funding"].isdisjoint(ahead)
    if reading.cue.rule != "invest":
        return False
    public = any(named.first < reading.first for named in party_hits(sentence))
    return not public and GRAMMAR["public_bodies"].isdisjoint(words[: reading.first])


def _voted_bonds(found: Sequence[Reading], reading: Reading, words: Sequence[str]) -> bool:
    """Whether bonds are what was voted: "voters approved $5m in bonds for the river"."""
    if GRAMMAR["bonds"].isdisjoint(words[reading.first : reading.last + 1]):
        return False
    return any(
        r.cue.rule == "approve" and r.voice != "noun"
        and words[r.last + 1 : reading.first].count(AMOUNT) <= 1
        for r in found
    )  # fmt: skip


def _to_do(verb: Reading, noun: Reading, reading: Reading, words: Sequence[str]) -> bool:
    """Whether a motion that is passed says by an infinitive what it is about."""
    return (
        verb.status == "approved" and verb.voice != "noun"
        and noun.voice == "noun" and noun.cue.rule == "request-noun"
        and reading.voice == "infinitive" and reading.hold is None
        and reading.first - noun.last <= 2 and noun.first - verb.last <= 4
        and AMOUNT not in words[verb.last + 1 : noun.first]
    )  # fmt: skip


def _costs_country(hit: Hit[Cue], sentence: Sentence) -> bool:
    """Whether it is a country that something costs: "the storms cost Honduras $5m"."""
    if not GRAMMAR["items"].isdisjoint(sentence.words[: hit.first]):
        return False  # "a glide bomb costs Russia $25,000"
    reach = range(hit.last + 1, hit.last + 4)
    return any(
        named.first in reach and named.meaning.kind in COUNTRY_KINDS
        for named in party_hits(sentence)
    )


def _commits_to(verb: Reading, reading: Reading) -> bool:
    return (
        verb.cue.rule == "commit"
        and verb.voice != "passive"
        and reading.voice == "infinitive"
        and reading.first - verb.last <= 3
        and reading.hold is None
    )


def _rescinds(verb: Reading, reading: Reading) -> Reading:
    """ "Voted to rescind" takes back what was approved; "asked Congress to rescind" asks for it."""
    if verb.status == "approved":
        return reading._replace(status="approved")
    return reading._replace(status="requested") if verb.status == "requested" else reading


def _asks(reading: Reading) -> bool:
    """Whether an infinitive asks, or approves what is still only asked for."""
    return reading.status == "requested" and reading.cue.status in ("requested", "approved")


def _is_controlled(verb: Reading, reading: Reading, tokens: Sequence[Token]) -> bool:
    """Whether a cue may depend on the verb before: "to lend", "proposed lending", "a payment"."""
    if reading.voice == "noun":
        return reading.cue.rule == "payment" and verb.voice != "noun"
    if reading.cue.rule in ("existing-loan", "new-total"):
        return False
    return (
        reading.voice == "infinitive"
        or _under_which(verb, reading, tokens)
        or (
            reading.cue.kind == "ing"
            and (
                reading.first == verb.last + 1
                or _goes_on(reading, tokens)
                or (
                    verb.cue.rule == "approve"
                    and tokens[reading.first - 1].lower in GRAMMAR["decisions"]
                )
                or tokens[reading.first - 1].lower in ("'s", "’s")
            )
        )
        or (verb.cue.rule == "enable" and reading.cue.kind == "base")
    )


def _goes_on(reading: Reading, tokens: Sequence[Token]) -> bool:
    """Whether a clause behind a comma says more of an amount: "passed a law, giving Kyiv $5bn"."""
    follows = any(token.lower == AMOUNT for token in tokens[reading.last + 1 :])
    return follows and tokens[reading.first - 1].lower == ","


def _under_which(verb: Reading, reading: Reading, tokens: Sequence[Token]) -> bool:
    """Whether a verb says what is approved: "ratified an accord under which Oslo will lend"."""
    between = [t.lower for t in tokens[verb.last + 1 : reading.first]]
    if between.count(AMOUNT) == 1 and between[between.index(AMOUNT) - 1] == "which":
        between.remove(AMOUNT)  # "under which $5m will be spent"
    return (
        (verb.status == "approved" or verb.cue.rule in ("vetoed", "voted-down", "sign"))
        and reading.status
        == ("pledged" if verb.status in ("approved", "committed") else reading.status)
        and AMOUNT not in between
        and ("under", "which") in pairwise(between)
    )


def _without_aside(between: Sequence[Token]) -> Sequence[Token]:
    """The words without what stands in commas: "has agreed, by six votes to four, to lend"."""
    commas = [n for n, t in enumerate(between) if t.lower == ","]
    if len(commas) != 2 or any(t.lower == AMOUNT for t in between):
        return between
    return [*between[: commas[0]], *between[commas[1] + 1 :]]


def _controls(verb: Reading, infinitive: Reading, tokens: Sequence[Token]) -> bool:
    if _under_which(verb, infinitive, tokens):
        return True
    between = tokens[verb.last + 1 : infinitive.first]
    if infinitive.voice == "noun" and between and between[-1].lower == AMOUNT:
        between = between[:-1]  # "cleared the way for a $4bn payment"
    if infinitive.cue.kind == "ing" and between and between[-1].lower == ",":
        between = between[:-1]
    if verb.status == "approved" and infinitive.cue.kind == "ing" and between and (
        between[-1].lower in ("'s", "’s")
    ):  # fmt: skip
        # "consented to Ghana's drawing $5m", but not "cut $5m at the president's urging"
        return len(between) <= CONTROL and all(t.lower != AMOUNT for t in between)
    if verb.cue.rule == "sign" and GRAMMAR["accords"].isdisjoint(t.lower for t in between):
        return False  # "concluded two reviews, clearing the way"
    between = _without_aside(between)
    if verb.cue.rule == "approve":
        # "voted 31-14 last night to spend $5m"
        counted = GRAMMAR["of_votes"]
        between = [t for t in between if t.lower not in counted and not t.text.isdigit()]
    return (
        verb.cue.governs
        and len(between) <= CONTROL
        and not any(t.lower in GRAMMAR["ends_control"] for t in between)
    )
