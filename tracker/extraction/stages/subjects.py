"""Who acts: what the subject of a verb makes of its stage."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from tracker.extraction.stages.cues import GRAMMAR, Cue, is_bill_by_name
from tracker.extraction.stages.verbs import STEPS, Auxiliaries, coordinated
from tracker.extraction.text.sentence import AMOUNT, Token

_ENDS_SUBJECT = GRAMMAR["ends_subject"] | GRAMMAR["starts_clause"]
SUBJECT = 16
"""How many words before a verb its subject is looked for."""
NAMED = 12
"""The same where a relative clause is on it: "the Fund, which paid"."""
LONG = 5
"""Letters beyond which a word in -ing is a verb: no "king" or "thing"."""
_MADE = GRAMMAR["passed"] | GRAMMAR["tabled"]
_EFFORTS = ("undertakings", "costly")
_GETTING = frozenset({"receive", "arrive", "raised"})


def by_agent(tokens: Sequence[Token], last: int) -> bool:
    """Whether a parliament or board does what a passive verb says: "released by parliament"."""
    behind = [t.lower for t in tokens[last + 1 : last + 10]]
    while AMOUNT in behind[:3]:  # "was granted $5m by the board", "$5m, or €4m, by the board"
        behind = behind[behind.index(AMOUNT) + 1 :]
    behind = behind[1:] if behind[:2] == [",", "by"] else behind
    agent = list(takewhile(lambda word: word not in GRAMMAR["ends_agent"], behind))
    if ("white", "house") in pairwise(agent):
        return False
    return behind[:1] == ["by"] and not GRAMMAR["legislatures"].isdisjoint(agent)


def has_subject(tokens: Sequence[Token], first: int, words: str) -> bool:
    """Whether a word of that list of the grammar stands where the subject of a verb does."""
    if words in _EFFORTS and (tokens[0].lower == "to" or does_something(tokens, first)):
        return True  # "to put the schools back up takes $5m"
    return any(t.lower in GRAMMAR[words] for t in tokens[max(0, first - SUBJECT) : first])


def _subject_alone(subject: Sequence[str]) -> Sequence[str]:
    """The words before a verb, the nearest first, up to a comma, without an aside at the verb."""
    stops = [n for n, word in enumerate(subject) if word in (",", "and")]
    if stops[:1] == [0] and len(stops) > 1 and subject[0] == ",":
        # "The directors, meeting on Monday, agreed"
        return subject[stops[1] + 1 : stops[2] if len(stops) > 2 else None]
    if stops and subject[stops[0] - 1 : stops[0] + 1] in (["which", ","], ["who", ","]):
        # "The draft budget, which would give"
        return subject[: stops[1] if len(stops) > 1 else NAMED]
    return subject[: stops[0] if stops else None]


def by_subject(tokens: Sequence[Token], first: int, status: str, cue: Cue, aux: Auxiliaries) -> str:
    """A bill that gives is a request, a law that gives an approval; a parliament agrees."""
    subject: list[str] = []
    if first > 1 and tokens[first - 1].lower in GRAMMAR["coordinators"]:
        first = coordinated(tokens, first)
    for place in range(first - 1, max(0, first - SUBJECT) - 1, -1):
        word, front = tokens[place].lower, tokens[place - 1].lower if place else ""
        if word == "that" and (
            GRAMMAR["auxiliary"].issuperset(subject) or not _MADE.isdisjoint(subject)
        ):
            continue  # "a draft budget that would give", "the measure that he signed puts"
        if (word == "before" and front in GRAMMAR["bills"] | {"now"}) or (
            word == "now" and front in GRAMMAR["bills"]
        ):
            continue  # "a bill (now) before parliament would give"
        if word == AMOUNT and tokens[place + 1].lower in GRAMMAR["bills"]:
            continue  # "passed a $6bn budget that gives"
        if word == AMOUNT or word in _ENDS_SUBJECT or (
            word in ("which", "whom") and front in GRAMMAR["hangs_on"]
        ):  # fmt: skip
            break
        if is_bill_by_name(tokens, place) or (
            word == "acts" and tokens[place + 1].lower == "of"
        ):  # "acts of kindness"
            continue
        if word in GRAMMAR["courts"] and tokens[place + 1].lower in ("'s", "’s"):
            continue  # "under a judge's deadline the department paid"
        # The White House is no chamber.
        subject.append("white house" if (front, word) == ("white", "house") else word)
    while subject and subject[0] in GRAMMAR["auxiliary"] and "," in subject[:3]:
        del subject[0]  # "House Bill 614, which nobody read, would add"
    near = _subject_alone(subject)
    treaty = not GRAMMAR["of_two"].isdisjoint(subject) and subject[:1] not in (["and"], ["or"])
    if treaty and "under" not in subject and not GRAMMAR["accords"].isdisjoint(subject):
        near = subject  # "the memorandum that the EU and Tunisia signed covers $5m"
    if subject[:1] != [","] and "," in subject:
        subject = list(near)  # "Of the sum approved in the law, states have spent"
    # "Passed on Monday, the bill"
    opens = tokens[first > 1 and tokens[0].lower.endswith("ly")].lower
    passed = opens in GRAMMAR["passed"] or any(word in GRAMMAR["passed"] for word in subject)
    asks = any(word in GRAMMAR["requests"] for word in subject)
    if asks and cue.rule in _GETTING and aux.perfect:
        return status  # "the request has brought in $5m"
    if asks or (aux.would and "appeal" in subject):
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
    accord = "under" not in near and not GRAMMAR["accords"].isdisjoint(near)
    promised = cue.rule == "promise" and cue.kind != "present"
    paid = aux.perfect and cue.status == "disbursed"  # "the deal has delivered $5m"
    if accord and not (aux.future or promised or paid) and cue.rule not in _GETTING:
        return "committed"
    actor = next((word for word in near if word not in GRAMMAR["auxiliary"]), None)
    if actor in GRAMMAR["who_acts"]:
        return status  # "up to the third review it had paid out $5m"
    for words, said in cue.by_subject:
        if words == "legislatures" and tokens[first].lower in GRAMMAR["pays_out"]:
            continue  # "the board, which has disbursed $5m"
        aided = words == "earners" and _aided(tokens, first)
        if not aided and any(word in GRAMMAR[words] for word in near):
            return said
        if words in _EFFORTS and does_something(tokens, first):
            return said
    return status


def does_something(tokens: Sequence[Token], first: int) -> bool:
    """Whether a gerund is the subject: "looking after the refugees costs $5m"."""
    if tokens[first - 1].lower in GRAMMAR["owning"]:
        return False  # "taking up a call for $5m"
    for place in range(first - 1, max(-1, first - SUBJECT), -1):
        word, front = tokens[place].lower, tokens[place - 1].lower if place else "."
        if not (word[0].isalpha() or word in ("'s", "’s")) or word == AMOUNT:
            return False
        if word.endswith("ing") and len(word) > LONG and (
            front in GRAMMAR["before_clause"] or not front[0].isalnum()
        ):  # fmt: skip
            return word not in GRAMMAR["no_gerunds"]
    return False


def _aided(tokens: Sequence[Token], first: int) -> bool:
    """Whether firms are given public money: "hotels received $5m in state aid"."""
    ahead = takewhile(lambda t: t.lower != ",", tokens[first + 1 : first + SUBJECT])
    return any(t.lower in GRAMMAR["public_money"] for t in ahead)
