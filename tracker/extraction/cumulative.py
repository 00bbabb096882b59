"""Whether an amount is a running total."""

from __future__ import annotations

from functools import cache

from tracker.extraction.decision import Decision
from tracker.extraction.stages.totals import OTHER_CLAUSE, brought_to
from tracker.extraction.text.lexicon import Lexicon
from tracker.extraction.text.sentence import AMOUNT, Sentence
from tracker.extraction.words import load_rules

_RULES = load_rules("status")
_WORDS = load_rules("en")["totals"]
_MONTHS = frozenset(month.lower() for month in load_rules("en")["periods"]["months"])
_MORE, _RANKS = frozenset(_WORDS["more"]), frozenset(_WORDS["ranks"])

NEXT = 7
"""How many words on an amount stands that a total said before it belongs to."""


RANKED = 4
"""How many words before "since" something may be ranked: "its largest loan since 2019"."""


@cache
def _totals() -> Lexicon[str]:
    return Lexicon(
        (words, f"cumulative-{rule['id']}")
        for rule in (*_RULES["cumulative"], {"id": "by-a-day", **_WORDS})
        for words in rule.get("phrases", [])
    )


def _is_day(behind: list[str]) -> bool:
    """Whether a date follows: "as of 30 June", but not "as of next year", "as at the summit"."""
    return behind[:1] != [] and (behind[0].isdigit() or behind[0] in _MONTHS)


def _is_more(sentence: Sentence, position: int) -> bool:
    """Whether the amount comes on top of a total: "$37m so far, and another $4m"."""
    return not _MORE.isdisjoint(sentence.words[max(0, position - 2) : position])


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
        if sentence.words[hit.first] == "as" and not _is_day(sentence.words[hit.last + 1 :][:2]):
            continue
        if status == "requested" or (before and "and" in words and _is_more(sentence, position)):
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
        ranked = not _RANKS.isdisjoint(sentence.words[max(0, place - RANKED) : place])
        if not crossed and not rate and not ranked and not _is_more(sentence, position):
            return Decision("true", "cumulative-since", token.start, token.end, 0.8)
    return None
