"""What the words around a verb add to it: tense, modality, negation, its particle."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from tracker.extraction.stages.cues import GRAMMAR, Cue, base_forms
from tracker.extraction.text.sentence import AMOUNT, Token

REPAID = 3
"""How many words behind an amount "back" or "off" may stand."""
PARTICLE = 4
"""How many words behind a verb, before the amount, its particle may stand."""
AUXILIARIES = 6
"""How many words before a verb its auxiliaries may stand."""
TOOK = 12
"""How many words after "it took" the infinitive may stand."""
COORDINATED = 20
"""How many words before a second verb the auxiliary of the first may stand."""


USED = 7
"""How many words behind "used" the infinitive may stand."""
RAISED = 14
"""How many words behind "raised" the amount may stand."""
ASIDE = 11
"""How many words an aside in commas may have behind an auxiliary."""
REPORTER = 6
"""How many words the name of who tells may have, with the comma before it."""


HEDGING = GRAMMAR["hedging"] | GRAMMAR["hedges"] | {"than", "at", "least", "a", "up", "to"}
_BESIDE_VERB = GRAMMAR["skip"] | GRAMMAR["emphatic"]
_IN_THE_END = frozenset({("in", "the", "end"), ("at", "some", "point"), ("in", "due", "course")})
"""Adverbs of several words between an auxiliary and its verb."""
_BEFORE_AMOUNT = frozenset({("for",), ("at",)})
_PREPOSITIONS = frozenset((word,) for word in GRAMMAR["prepositional"])


class Auxiliaries(NamedTuple):
    """What the words before a verb add to it."""

    passive: bool = False
    perfect: bool = False
    future: bool = False
    infinitive: bool = False
    negated: bool = False
    would: bool = False


def auxiliaries(tokens: Sequence[Token], first: int) -> Auxiliaries:
    """Tense, modality and negation from the words before a verb at token `first`."""
    passive = perfect = future = infinitive = negated = would = False
    if (
        first > 1
        and tokens[first - 1].lower in GRAMMAR["coordinators"]
        and tokens[first].lower in base_forms()
    ):
        first = coordinated(tokens, first)
    if first > 1 and tokens[first - 1].lower == ",":
        first = _before_aside(tokens, first)
    if first > 3 and tuple(t.lower for t in tokens[first - 3 : first]) in _IN_THE_END:
        first -= 3
    for place in range(first - 1, max(-1, first - 1 - AUXILIARIES), -1):
        word = tokens[place].lower
        if place and tokens[place].text == "May":
            break
        if word in GRAMMAR["negation"]:
            negated = True
        elif word in GRAMMAR["be"]:
            passive = True
        elif word in GRAMMAR["future"]:
            if word == "to" and place and tokens[place - 1].lower in GRAMMAR["did"]:
                # "was able to pay" did pay, "will be able to pay" has not.
                able = auxiliaries(tokens, place - 1)
                return able._replace(passive=False, perfect=not able.future)
            if word == "to" and _used_to(tokens, place):
                perfect = True
                break
            gone_on = [t.lower for t in tokens[max(0, place - 2) : place]][1:] == ["on"]
            if word == "to" and gone_on and tokens[place - 2].lower in GRAMMAR["goes"]:
                perfect = True  # "went on to pass a budget"
                break
            if word == "to" and (_first_to(tokens, place) or _took_to(tokens, place)):
                perfect = True
                break
            future, infinitive, would = True, word == "to", word == "would"
            if infinitive and place and tokens[place - 1].lower in GRAMMAR["never_did"]:
                negated = True
            break
        elif word in GRAMMAR["have"]:
            perfect = True
        elif word not in _BESIDE_VERB and not word.endswith("ly"):
            break
    if infinitive and perfect and tokens[place - 1].lower not in GRAMMAR["expected"]:
        # "is said to have paid" is no future, "expects to have paid" is.
        future = infinitive = False
    return Auxiliaries(passive, perfect, future, infinitive, negated, would)


def _before_aside(tokens: Sequence[Token], first: int) -> int:
    """Where a verb would stand without an aside: "will, the minister assured him, supply"."""
    for place in range(first - 3, max(0, first - ASIDE), -1):
        if tokens[place].lower == ",":
            front = tokens[place - 1].lower
            return place if front in GRAMMAR["auxiliary"] else first
    return first


def _first_to(tokens: Sequence[Token], place: int) -> bool:
    """Whether "to" tells what somebody did: "the first country to sign"."""
    before = [t.lower for t in tokens[max(0, place - 4) : place]]
    if place == 1 and before[0] in GRAMMAR["ranks"]:
        return True  # "First to pay in was Brazil"
    named = before[-1:] and before[-1].isalpha() and before[-1] not in GRAMMAR["be"]
    ranked = any(one == "the" and other in GRAMMAR["ranks"] for one, other in pairwise(before))
    return bool(named) and ranked


def _used_to(tokens: Sequence[Token], place: int) -> bool:
    """Whether "to" tells what something was used for: "has been used on 55 occasions to send"."""
    before = [t.lower for t in tokens[max(0, place - USED) : place]]
    if before[-1:] in (["round"], ["around"]) and tokens[place + 1].lower.endswith("ing"):
        return True  # "had got round to spending $5m"
    return "used" in before and before[before.index("used") - 1] in GRAMMAR["be"]


def _took_to(tokens: Sequence[Token], place: int) -> bool:
    """Whether "to" tells what took its time and was done: "it took the Senate a day to pass"."""
    before = [t.lower for t in tokens[max(0, place - TOOK) : place]]
    if "enough" in before and not GRAMMAR["be"].isdisjoint(before[: before.index("enough")]):
        return True  # "an hour was enough for the board to pass"
    needed = "needed" in before and not GRAMMAR["times"].isdisjoint(before)
    timed = needed or (
        "took" in before and before[-1] in GRAMMAR["times"] | {"took"}
    )  # "took an hour to pass"
    return timed or any(pair == ("it", "took") for pair in pairwise(before))


def coordinated(tokens: Sequence[Token], first: int) -> int:
    """Where the auxiliary of a second verb may stand: "will give X and send Y"."""
    for place in range(first - 2, max(0, first - 2 - COORDINATED), -1):
        word = tokens[place].lower
        if word in GRAMMAR["ends_subject"] or word in GRAMMAR["have"] or word in ("was", "were"):
            break
        if word in GRAMMAR["modal_verbs"]:
            if word == "to" and tokens[place + 1].lower not in base_forms():
                continue  # "paid X to survivors and obligated Y"
            return place + 1
    return first


def with_particle(cue: Cue, tokens: Sequence[Token], last: int) -> Cue | None:
    """The verb with the particle that stands behind its amount: "set $5bn aside"."""
    amount = next((p for p in range(last + 1, min(last + 12, len(tokens)))
                   if tokens[p].lower == AMOUNT), None)  # fmt: skip
    if amount is None:
        return _from_to(cue, tokens, last) or _around_it(cue, tokens, last)
    between = [t.lower for t in tokens[last + 1 : amount]]
    behind = [t.lower for t in tokens[amount + 1 : amount + 13]]
    if behind[:1] == [","]:
        behind = behind[1:]  # "puts a quarter, $5m, into arms"
    ends = GRAMMAR["ends_object"] | {AMOUNT}
    behind = list(takewhile(lambda word: word not in ends, behind))
    found: list[tuple[int, Cue]] = []
    for particle, meaning in cue.particles:
        for first, words in ((0, between), (len(between), behind)):
            # "for Kyiv", "at auction" behind an amount are no particles.
            if particle[0] in words and not (words is behind and particle in _BEFORE_AMOUNT):
                place = words.index(particle[0])
                if words[place - 1 : place] == ["-"]:
                    continue  # "signed a call-off"
                if (
                    words is between
                    and (
                        (
                            place >= PARTICLE
                            and not HEDGING.issuperset(words[place + len(particle) :])
                        )
                        or "," in words[:place]
                        or (place and words[place:] == ["up", "to"])  # "loans of up to $5m"
                        or (particle == ("on",) and place + 1 < len(words))
                        or (words[place + 1 : place + 2] != [] and words[place + 1].isdigit())
                    )
                ):
                    continue  # "flew to Washington with one number in mind", "reckons the tax on"
                if words is behind and place > REPAID and meaning.rule == "repayment":
                    continue  # "paid Kyiv $5m to head off a collapse"
                if words is behind and particle == ("through",) and (
                    words[place + 1 : place + 2] in (["the"], ["a"], ["its"])
                    and GRAMMAR["legislatures"].isdisjoint(words[place + 1 :])
                ):  # fmt: skip
                    continue  # "got $5m through the relief scheme"
                if (
                    words is behind
                    and particle in _PREPOSITIONS
                    and words[place + 1 : place + 2]
                    and words[place + 1] not in GRAMMAR["after_particle"]
                ):
                    continue  # "put spending at $5m in 2024", "signed $5m over ten years"
                if tuple(words[place : place + len(particle)]) == particle:
                    found.append((first + place, meaning))
    # "took $5m off aid in May": the particle is the nearest.
    return min(found, key=lambda one: one[0])[1] if found else None


def _from_to(cue: Cue, tokens: Sequence[Token], last: int) -> Cue | None:
    """The verb with "to" where "from" and a name part them: "$5m went from Berlin to Kabul"."""
    ahead = [t.lower for t in tokens[last + 1 : last + 10]]
    moves = cue.kind == "split" or cue.rule == "inverted"
    to = next((n for n, word in enumerate(ahead) if word in ("to", "into")), None)
    if not moves or ahead[:1] != ["from"] or to is None:
        return None
    if not GRAMMAR["ends_object"].isdisjoint(ahead[:to]):
        return None
    return next((meaning for particle, meaning in cue.particles if particle == ("to",)), None)


def _around_it(cue: Cue, tokens: Sequence[Token], last: int) -> Cue | None:
    """A refusal with its particle behind a pronoun: "turned it down"."""
    ahead = [t.lower for t in tokens[last + 1 : last + 4]]
    if ahead[:1] not in (["it"], ["them"]) or tokens[last].lower.startswith(("shoot", "shot")):
        return None  # a missile is shot down, and no offer
    return next(
        (meaning for particle, meaning in cue.particles
         if tuple(ahead[1 : 1 + len(particle)]) == particle and meaning.rule == "voted-down"), None,
    )  # fmt: skip


STEPS = frozenset({"disbursed", "committed", "pledged"})


def reports(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a verb only says who tells: "paid $5m and $7m, OCHA announced, while"."""
    behind = tokens[last + 1].lower if last + 1 < len(tokens) else "."
    before = [t.lower for t in tokens[max(0, first - REPORTER) : first]]
    if "," not in before or AMOUNT in before[before.index(",") :]:
        return False
    ends = behind in GRAMMAR["when_told"] and all(t.lower != AMOUNT for t in tokens[last + 1 :])
    return ends or behind in (".", ",", ";")


def raises_aid(tokens: Sequence[Token], last: int) -> bool:
    """Whether aid is what is raised: "raise its aid by $5m", but not "raise $5m in aid"."""
    ahead = [t.lower for t in tokens[last + 1 : last + RAISED]]
    raised = ahead[: ahead.index(AMOUNT)] if AMOUNT in ahead else []
    if raised in (["by"], ["to"]):  # "the fund would be raised to $5m"
        raised = [t.lower for t in tokens[max(0, last - RAISED) : last]] + raised
    return raised[-1:] in (["by"], ["to"]) and not GRAMMAR["raised_things"].isdisjoint(raised)


def led_by_future(tokens: Sequence[Token], first: int) -> bool:
    """Whether "with" and a participle share a future: "will fund it, with Oslo giving $5m"."""
    led = any(t.lower == "with" for t in tokens[max(0, first - 4) : first])
    return led and any(t.lower in GRAMMAR["modal"] for t in tokens[:first])


def overridden(tokens: Sequence[Token], first: int) -> bool:
    """Whether a veto stops nothing any more: "overrode the president's veto"."""
    near = [t.lower for t in tokens[max(0, first - 7) : first]]
    return not GRAMMAR["overrides"].isdisjoint(near) and GRAMMAR["short"].isdisjoint(near)


def withheld(cue: Cue, tokens: Sequence[Token], first: int) -> bool:
    """Whether money is held until something happens: "will not give $5m until", "cannot spend"."""
    if cue.status != "disbursed" or cue.hold or cue.intransitive:
        return False
    before = [t.lower for t in tokens[max(0, first - AUXILIARIES) : first]]
    if "yet" in before or "never" in before:
        return False  # "has not yet paid what it promised"
    words = [t.lower for t in tokens]
    if not GRAMMAR["legislatures"].isdisjoint(words[first:]):
        return False  # "cannot be paid until the board approves it": still asked for
    if not GRAMMAR["unable"].isdisjoint(before):
        return True
    # "will not be paid until May" is a date, no condition
    waits = any(
        one in GRAMMAR["until"] and not (other.isdigit() or other in GRAMMAR["dates"])
        for one, other in pairwise(words)
    )
    return waits or ("long", "as") in pairwise(words)
