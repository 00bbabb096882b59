"""Whether a form that may be a noun or a verb ("pledges", "appeal") is one or the other."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.stages.cues import GRAMMAR
from tracker.extraction.stages.objects import amount_follows
from tracker.extraction.text.sentence import AMOUNT, Token

_ADVERBS = frozenset({"now", "also", "still", "all", "both"})


def is_noun(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether "pledges" is a noun: an article or adjective before it, "of" or a stop behind it."""
    before = tokens[first - 1].lower if first else "."
    behind = tokens[last + 1].lower if last + 1 < len(tokens) else "."
    if before == "that" and tokens[last].lower.endswith("s"):
        return False  # "a drone that costs $5m": no article of a plural
    if before in GRAMMAR["before_noun"]:
        return True
    if first > 1 and (before.endswith("ly") or before in GRAMMAR["skip"]):
        before = tokens[first - 2].lower  # "was quickly cut by"
    return behind in GRAMMAR["behind_noun"] and before not in GRAMMAR["verbal"]


def can_be_plural(tokens: Sequence[Token], first: int) -> bool:
    """Whether a base form can be a verb: an auxiliary or a plural stands before it."""
    before = tokens[first - 1].lower if first else ""
    return before.endswith(("s", "ly")) or before in GRAMMAR["verbal"] or (
        before in GRAMMAR["future"] or before in GRAMMAR["skip"] or not before.isalpha()
        or before in GRAMMAR["plural"]
    )  # fmt: skip


def listed(tokens: Sequence[Token], first: int) -> bool:
    """Whether a word in -s ends a list of nouns: "sandbags and pumps"."""
    return first > 1 and tokens[first - 1].lower == "and" and tokens[first - 2].lower[-1:] == "s"


def plural_weight(tokens: Sequence[Token], first: int, last: int) -> float:
    """How much a base form counts that may be a plural verb or a noun."""
    clause = [t.lower for t in tokens[max(0, first - 5) : first]]
    if clause[-1:] and clause[-1] in GRAMMAR["surely_plural"]:
        return 1.0  # "who earn $5m"
    if clause[-1:] and clause[-1] in _ADVERBS and amount_follows(tokens, last):
        return 0.95  # "leaders now want $5m more"
    if any(t.lower == AMOUNT for t in tokens[last + 1 : last + 8]):
        return 0.7
    # "the $5m that the repairs require"
    return 0.3 if GRAMMAR["relative"].isdisjoint(clause) else 0.9
