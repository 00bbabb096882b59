"""What the money is for (`aid_type`) and in what form it comes (`instrument`)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tracker.extraction.context import AMOUNT, Passage, Sentence
from tracker.extraction.decision import Decision
from tracker.extraction.lexicon import Lexicon
from tracker.extraction.words import load_rules

PER_WORD = 0.02
OTHER_AMOUNT = 0.25
BOUNDARY = {";": 0.35, "but": 0.35, "while": 0.35, "after": 0.2, ",": 0.05}
REACH = 0.25
"""A word whose score falls below this is too far away to speak of the amount."""


class Kind(NamedTuple):
    """What a word says: the value, its rule and its weight."""

    value: str
    rule: str
    weight: float


@cache
def _lexicon(tag: str) -> Lexicon[Kind]:
    return Lexicon(
        (words, Kind(rule[tag], f"{tag}-{rule['id']}", rule.get("weight", 1.0)))
        for rule in sorted(load_rules("aid_type")[tag], key=lambda r: -r.get("weight", 1.0))
        for words in rule["words"]
    )


def decide_kind(tag: str, passage: Passage, sentence: Sentence, position: int) -> Decision | None:
    """The `tag` (aid_type or instrument) of the amount at token `position`; None if not said."""
    found = list(_scores(tag, sentence, position))
    lead = None if found else passage.lead(sentence)
    if lead is not None:
        found = [(s - 0.1, k, a, b) for s, k, a, b in _scores(tag, lead, len(lead.tokens))]
    score, kind, start, end = max(found, key=lambda f: f[0], default=(0.0, None, 0, 0))
    if kind is None or score < REACH:
        return None
    return Decision(kind.value, kind.rule, start, end, score)


def kind_of_giver(donor: Decision | None) -> Decision | None:
    """What who gives can only give: the IMF lends to budgets; None for anybody else."""
    if donor is None:
        return None
    rules = load_rules("aid_type")["aid_type"]
    rule = next((r for r in rules if donor.value in r.get("givers", ())), None)
    return rule and donor._replace(value=rule["aid_type"], rule=f"aid_type-{rule['id']}")


def _scores(tag: str, sentence: Sentence, position: int) -> Iterator[tuple[float, Kind, int, int]]:
    tokens = sentence.tokens
    for hit in sentence.once(tag, lambda: _lexicon(tag).find(sentence)):
        if not hit.meaning.value:
            continue  # a name: "the Asian Development Bank"
        between = (
            tokens[hit.last + 1 : position]
            if hit.last < position
            else tokens[position + 1 : hit.first]
        )
        listed = next((n for n, t in enumerate(between) if t.lower == ":"), None)
        if listed is not None and hit.last < position:
            between = between[:listed]  # "Military aid: Spain €1bn; Greece €60m"
        cost = sum(
            OTHER_AMOUNT if t.lower == AMOUNT else BOUNDARY.get(t.lower, PER_WORD) for t in between
        )
        # What stands behind the amount says what it is for more often than what stands before.
        if hit.last < position:
            cost += 0.08
        yield (hit.meaning.weight - cost, hit.meaning, tokens[hit.first].start,
               tokens[hit.last].end)  # fmt: skip
