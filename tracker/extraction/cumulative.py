"""Whether an amount is a running total."""

from __future__ import annotations

from functools import cache

from tracker.extraction.context import AMOUNT, Sentence
from tracker.extraction.decision import Decision
from tracker.extraction.lexicon import Lexicon
from tracker.extraction.totals import OTHER_CLAUSE, brought_to
from tracker.extraction.words import load_rules

_RULES = load_rules("status")

NEXT = 7
"""How many words on an amount stands that a total said before it belongs to."""


@cache
def _totals() -> Lexicon[str]:
    return Lexicon(
        (words, f"cumulative-{rule['id']}")
        for rule in _RULES["cumulative"]
        for words in rule.get("phrases", [])
    )


def decide_cumulative(
    sentence: Sentence, position: int, status: str, per: str | None
) -> Decision | None:
    """Whether the amount is a running total ("so far", "since 2022"); None when it is not.

    What is paid by the month or year (`per`) is no total.
    """
    if status == "other" or per:
        return None
    tokens = sentence.tokens
    for hit in sentence.once("totals", lambda: _totals().find(sentence)):
        before = hit.last < position
        between = tokens[hit.last + 1 : position] if before else tokens[position + 1 : hit.first]
        words = [t.lower for t in between]
        if AMOUNT in words or not OTHER_CLAUSE.isdisjoint(words):
            continue
        ahead = sentence.words[hit.last : hit.last + NEXT]
        bringing = "bringing" in sentence.words[hit.first : hit.last + 1]
        if not before and "," in words and (bringing or AMOUNT in ahead):
            continue  # "paid $5m, lifting total disbursements to $9m": the total is the other
        return Decision("true", hit.meaning, tokens[hit.first].start, tokens[hit.last].end, 1.0)
    total = brought_to(sentence, position)
    if total is not None:
        span = tokens[total].start, tokens[position - 1].end
        return Decision("true", "cumulative-brought-to", *span, 1.0)
    for place, token in enumerate(tokens):
        # "since 2002", "since February 2022", beside a payment, promise or approval.
        if token.lower != "since" or status in ("needed", "requested", "unspecified"):
            continue
        following = [t.text for t in tokens[place + 1 : place + 5]]
        if not any(w.isdigit() and len(w) == 4 for w in following[:3]):
            continue
        crossed = [
            p
            for p in sentence.amounts
            if min(p, place) < p < max(position, place) and p != position
        ]
        rate = any(t.lower in ("annual", "average", "yearly") for t in tokens)
        if not crossed and not rate:
            return Decision("true", "cumulative-since", token.start, token.end, 0.8)
    return None
