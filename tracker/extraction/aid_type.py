"""What the money is for (`aid_type`) and in what form it comes (`instrument`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from tracker.extraction.context import AMOUNT, Passage, Sentence, Token
from tracker.extraction.decision import Decision
from tracker.extraction.lexicon import Hit, Lexicon
from tracker.extraction.words import load_rules

PER_WORD = 0.02
OTHER_AMOUNT = 0.25
BOUNDARY = {";": 0.35, "but": 0.35, "while": 0.35, "after": 0.2, ",": 0.05}
ANOTHER_SUM = 0.8
"""What it costs a word to stand behind a later amount of another clause."""
SHARED = 5
"""How many words two amounts that share a purpose stand apart, less one."""
REACH = 0.25
"""A word whose score falls below this is too far away to speak of the amount."""
_PARTING = frozenset({",", ";", "which", "including", "but", "while"})
_SHARES = frozenset({"of", "from", "against", "than", "and", "or", "to"})
"""Before a later amount of which the words behind it speak too: "$3bn of the $6bn for camps"."""
_GRANTS = frozenset({"grant", "grants"})
_LOANS = "aid_type-loan"
_LISTS = frozenset({"and", "or", ",", "soft", "cheap", "concessional"})


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
        if hit.meaning.rule == _LOANS and _is_grant(sentence.words, position, hit):
            continue
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
        if hit.first > position and _of_another_sum(between):
            cost += ANOTHER_SUM
        # What stands behind the amount says what it is for more often than what stands before.
        if hit.last < position:
            cost += 0.08
        yield (hit.meaning.weight - cost, hit.meaning, tokens[hit.first].start,
               tokens[hit.last].end)  # fmt: skip


def _of_another_sum(between: Sequence[Token]) -> bool:
    """Whether words behind a later amount speak of it alone: "$60bn, of which $14bn for arms"."""
    words = [t.lower for t in between]
    crossed = words[: words.index(AMOUNT)] if AMOUNT in words else []
    if not crossed or (len(crossed) < SHARED and not _SHARES.isdisjoint(crossed)):
        return False
    return not _PARTING.isdisjoint(crossed) or _SHARES.isdisjoint(crossed[-2:])


def _is_grant(words: Sequence[str], position: int, hit: Hit[Kind]) -> bool:
    """Whether the amount is a grant and the loan another: "a loan of $9m and a $5m grant"."""
    behind = words[position + 1 : position + 3]
    if _GRANTS.isdisjoint(behind):
        return _GRANTS.issuperset(words[position - 2 : position - 1]) and position > 1
    grant = next(n for n in range(position + 1, position + 3) if words[n] in _GRANTS)
    # "$5m in grants and loans" is both.
    return not (hit.first > grant and _LISTS.issuperset(words[grant + 1 : hit.first]))
