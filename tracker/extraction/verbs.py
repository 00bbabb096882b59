"""What the words around a verb add to it: tense, modality, negation, its particle, who acts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from tracker.extraction.context import AMOUNT, Token, is_bill_by_name
from tracker.extraction.cues import GRAMMAR, Cue, base_forms

REPAID = 3
"""How many words behind an amount "back" or "off" may stand."""
PARTICLE = 4
"""How many words behind a verb, before the amount, its particle may stand."""
AUXILIARIES = 6
"""How many words before a verb its auxiliaries may stand."""
_ENDS_SUBJECT = GRAMMAR["ends_subject"] | GRAMMAR["starts_clause"]
TOOK = 12
"""How many words after "it took" the infinitive may stand."""
COORDINATED = 20
"""How many words before a second verb the auxiliary of the first may stand."""
SUBJECT = 12
"""How many words before a verb its subject is looked for."""


REPORTER = 6
"""How many words the name of who tells may have, with the comma before it."""


_HEDGES = GRAMMAR["hedging"] | GRAMMAR["hedges"] | {"than", "at", "least", "a", "up", "to"}
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
        first = _coordinated(tokens, first)
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
        elif word not in GRAMMAR["skip"] and not word.endswith("ly"):
            break
    if infinitive and perfect and tokens[place - 1].lower not in GRAMMAR["expected"]:
        # "is said to have paid" is no future, "expects to have paid" is.
        future = infinitive = False
    return Auxiliaries(passive, perfect, future, infinitive, negated, would)


def _first_to(tokens: Sequence[Token], place: int) -> bool:
    """Whether "to" tells what somebody did: "the first country to sign"."""
    before = [t.lower for t in tokens[max(0, place - 4) : place]]
    named = before[-1:] and before[-1].isalpha() and before[-1] not in GRAMMAR["be"]
    ranked = any(one == "the" and other in GRAMMAR["ranks"] for one, other in pairwise(before))
    return bool(named) and ranked


def _took_to(tokens: Sequence[Token], place: int) -> bool:
    """Whether "to" tells what took its time and was done: "it took the Senate a day to pass"."""
    before = [t.lower for t in tokens[max(0, place - TOOK) : place]]
    return any(pair == ("it", "took") for pair in pairwise(before))


def _coordinated(tokens: Sequence[Token], first: int) -> int:
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
    behind = list(takewhile(lambda word: word not in GRAMMAR["ends_object"], behind))
    found: list[tuple[int, Cue]] = []
    for particle, meaning in cue.particles:
        for first, words in ((0, between), (len(between), behind)):
            # "for Kyiv", "at auction" behind an amount are no particles.
            if particle[0] in words and not (words is behind and particle in _BEFORE_AMOUNT):
                place = words.index(particle[0])
                if words[place - 1 : place] == ["-"]:
                    continue  # "signed a call-off"
                if words is between and (
                    (place >= PARTICLE and not _HEDGES.issuperset(words[place + len(particle) :]))
                    or "," in words[:place]
                    or (place and words[place:] == ["up", "to"])  # "loans of up to $5m"
                    or (particle == ("on",) and place + 1 < len(words))
                ):
                    continue  # "flew to Washington with one number in mind", "reckons the tax on"
                if words is behind and place > REPAID and meaning.rule == "repayment":
                    continue  # "paid Kyiv $5m to head off a collapse"
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
    if not moves or ahead[:1] != ["from"] or "to" not in ahead:
        return None
    if not GRAMMAR["ends_object"].isdisjoint(ahead[: ahead.index("to")]):
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


def by_agent(tokens: Sequence[Token], last: int) -> bool:
    """Whether a parliament or board does what a passive verb says: "released by parliament"."""
    behind = [t.lower for t in tokens[last + 1 : last + 10]]
    behind = behind[1:] if behind[:1] == [AMOUNT] else behind  # "was granted $5m by the board"
    agent = list(takewhile(lambda word: word not in GRAMMAR["ends_agent"], behind))
    return behind[:1] == ["by"] and not GRAMMAR["legislatures"].isdisjoint(agent)


def has_subject(tokens: Sequence[Token], first: int, words: str) -> bool:
    """Whether a word of that list of the grammar stands where the subject of a verb does."""
    return any(t.lower in GRAMMAR[words] for t in tokens[max(0, first - SUBJECT) : first])


def _subject_alone(subject: Sequence[str]) -> Sequence[str]:
    """The words before a verb, the nearest first, up to a comma, without an aside at the verb."""
    stops = [n for n, word in enumerate(subject) if word in (",", "and")]
    if stops[:1] == [0] and len(stops) > 1 and subject[0] == ",":
        # "The directors, meeting on Monday, agreed"
        return subject[stops[1] + 1 : stops[2] if len(stops) > 2 else None]
    if stops and subject[stops[0] - 1 : stops[0] + 1] in (["which", ","], ["who", ","]):
        # "The draft budget, which would give"
        return subject[: stops[1] if len(stops) > 1 else None]
    return subject[: stops[0] if stops else None]


_GETTING = frozenset({"receive", "arrive", "raised"})
STEPS = frozenset({"disbursed", "committed", "pledged"})


def by_subject(tokens: Sequence[Token], first: int, status: str, cue: Cue, aux: Auxiliaries) -> str:
    """A bill that gives is a request, a law that gives an approval; a parliament agrees."""
    subject: list[str] = []
    if first > 1 and tokens[first - 1].lower in GRAMMAR["coordinators"]:
        first = _coordinated(tokens, first)
    for place in range(first - 1, max(0, first - SUBJECT) - 1, -1):
        word, front = tokens[place].lower, tokens[place - 1].lower if place else ""
        if word == "that" and (
            GRAMMAR["auxiliary"].issuperset(subject)
            or not (GRAMMAR["passed"] | GRAMMAR["tabled"]).isdisjoint(subject)
        ):
            continue  # "a draft budget that would give", "the measure that he signed puts"
        if word == AMOUNT and tokens[place + 1].lower in GRAMMAR["bills"]:
            continue  # "passed a $6bn budget that gives"
        if word == AMOUNT or word in _ENDS_SUBJECT or (
            word in ("which", "whom") and front in GRAMMAR["hangs_on"]
        ):  # fmt: skip
            break
        if is_bill_by_name(tokens, place):
            continue
        # The White House is no chamber.
        subject.append("white house" if (front, word) == ("white", "house") else word)
    near = _subject_alone(subject)
    treaty = not GRAMMAR["of_two"].isdisjoint(subject) and subject[:1] not in (["and"], ["or"])
    if treaty and "under" not in subject and not GRAMMAR["accords"].isdisjoint(subject):
        near = subject  # "the memorandum that the EU and Tunisia signed covers $5m"
    if subject[:1] != [","] and "," in subject:
        subject = list(near)  # "Of the sum approved in the law, states have spent"
    # "Passed on Monday, the bill"
    opens = tokens[first > 1 and tokens[0].lower.endswith("ly")].lower
    passed = opens in GRAMMAR["passed"] or any(word in GRAMMAR["passed"] for word in subject)
    if any(word in GRAMMAR["requests"] for word in subject) or (aux.would and "appeal" in subject):
        # A government that adopts a draft has yet to ask its parliament.
        draft = "draft" in subject and GRAMMAR["legislatures"].isdisjoint(subject)
        return "approved" if passed and not draft else "requested"
    if passed and not GRAMMAR["bills"].isdisjoint(subject):
        return "approved"
    if tokens[first].lower in GRAMMAR["sets_aside"] and not GRAMMAR["laws"].isdisjoint(near):
        return status  # a law that sets money aside commits it
    if status in STEPS and any(word in GRAMMAR["laws"] for word in near):
        # "A law gives" is in force, "legislation would give" is not yet.
        return "requested" if aux.would else "approved"
    if aux.would and any(word in GRAMMAR["budgets"] for word in near):
        return "requested"
    if "conference" in near and "agreement" in near:
        return "approved"  # of the two chambers
    if not aux.future and cue.rule not in _GETTING and any(w in GRAMMAR["accords"] for w in near):
        return "committed"
    if near[:1] and near[0] in GRAMMAR["who_acts"]:
        return status  # "up to the third review it had paid out $5m"
    for words, said in cue.by_subject:
        if words == "legislatures" and tokens[first].lower in GRAMMAR["pays_out"]:
            continue  # "the board, which has disbursed $5m"
        aided = words == "earners" and _aided(tokens, first)
        if not aided and any(word in GRAMMAR[words] for word in near):
            return said
    return status


def _aided(tokens: Sequence[Token], first: int) -> bool:
    """Whether firms are given public money: "hotels received $5m in state aid"."""
    ahead = takewhile(lambda t: t.lower != ",", tokens[first + 1 : first + SUBJECT])
    return any(t.lower in GRAMMAR["public_money"] for t in ahead)


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
    ahead = [t.lower for t in tokens[last + 1 : last + 9]]
    raised = ahead[: ahead.index(AMOUNT)] if AMOUNT in ahead else []
    return raised[-1:] in (["by"], ["to"]) and not GRAMMAR["raised_things"].isdisjoint(raised)


def led_by_future(tokens: Sequence[Token], first: int) -> bool:
    """Whether "with" and a participle share a future: "will fund it, with Oslo giving $5m"."""
    led = any(t.lower == "with" for t in tokens[max(0, first - 4) : first])
    return led and any(t.lower in GRAMMAR["modal"] for t in tokens[:first])


def overridden(tokens: Sequence[Token], first: int) -> bool:
    """Whether a veto stops nothing any more: "overrode the president's veto"."""
    near = [t.lower for t in tokens[max(0, first - 7) : first]]
    return not GRAMMAR["overrides"].isdisjoint(near) and GRAMMAR["short"].isdisjoint(near)
