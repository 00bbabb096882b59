"""Hedges ("almost", "up to"), rates ("a month") at an amount, read from the words beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import regex

from tracker.extraction.decision import Decision
from tracker.extraction.words import load_rules

_RULES = load_rules("en")
_FILLERS = (
    r"(?:\s+(?:a|an|another|additional|extra|further|a total of|the equivalent of|its|the first))"
    r"{0,2}"
)
_REACH = 48
"""How many characters before an amount a hedge may begin."""


def _words(phrases: Iterable[str]) -> str:
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(r"[\s-]+".join(regex.escape(word) for word in p.split()) for p in ordered)


def _plain(words: str) -> str:
    """Words as they stand in the rules: lower case, one space between."""
    return " ".join(words.lower().replace("-", " ").split())


def _by_words(kind: str) -> dict[str, dict[str, Any]]:
    return {_plain(words): rule for rule in _RULES["qualifier"] for words in rule[kind]}


_BEFORE, _AFTER = _by_words("before"), _by_words("after")
# Read backwards from the amount, so that one place is tried and not every place before it.
_HEDGE_BEFORE = regex.compile(rf"(?r)(?<![\w])(?P<cue>{_words(_BEFORE)}){_FILLERS}\s*", regex.I)
_HEDGE_AFTER = regex.compile(rf"\s*-?(?P<cue>{_words(_AFTER)})(?!\w)(?!\s+than)", regex.I)
_PARTICLES = frozenset(_RULES["not_a_hedge"]["verbs"])
_TOPICS = frozenset(_RULES["not_a_hedge"]["topics"])
_MOVED = frozenset(_RULES["not_a_hedge"]["moved"])
_ADDED = regex.compile(rf"(?:{_words(_RULES['not_a_hedge']['added'])})\s+[\w$€£]", regex.I)
_VERBS = [
    (
        rule,
        min(rule["verb"], key=len)[:6],
        regex.compile(
            rf"\b(?P<cue>{_words(rule['verb'])})\b[^.;]{{0,60}}?\b(?:at|as|to be)\s+\Z", regex.I),
        regex.compile(rf",[^.,;:]{{0,50}}\b(?P<cue>{_words(rule['verb'])})\b", regex.I),
    )
    for rule in _RULES["qualifier"]
    if rule["verb"]
]  # fmt: skip
"""Rule, how its verbs begin (all alike), and where they stand: before the amount, and behind it."""


def find_qualifier(text: str, start: int, end: int) -> Decision | None:
    """The hedge at the amount `text[start:end]`; None when it is stated as exact."""
    match = _HEDGE_BEFORE.match(text, max(0, start - _REACH), start)
    if match:
        cue = _plain(match["cue"])
        # "handed over $5 million" is no hedge.
        verb = text[max(0, match.start() - 20) : match.start()].split()[-1:]
        weak = cue in _RULES["not_a_hedge"]["words"] and verb and verb[0].lower() in _PARTICLES
        topic = cue in ("over", "about", "around") and verb and verb[0].lower() in _TOPICS
        moved = cue == "up to" and verb and verb[0].lower() in _MOVED
        if not (weak or topic or moved):
            return _hedge(_BEFORE[cue], "", match)
    match = _HEDGE_AFTER.match(text, end)
    # "$5 million plus expenses" says what is added, "a $5 million-plus plan" that it is more.
    if match and not (match.start("cue") > end and text[match.start("cue") - 1].isspace()
                      and _ADDED.match(text, match.start("cue"))):  # fmt: skip
        return _hedge(_AFTER[_plain(match["cue"])], "-behind", match)
    near = text[max(0, start - 100) : end + 100].lower()
    for rule, stem, before, behind in _VERBS:
        if stem in near:
            match = before.search(text, max(0, start - 100), start) or behind.match(text, end)
            if match:
                return _hedge(rule, "-verb", match)
    return None


def _hedge(rule: dict[str, Any], where: str, match: regex.Match[str]) -> Decision:
    return Decision(rule["qualifier"], f"qualifier-{rule['id']}{where}", *match.span("cue"))


_NOT_A_RATE = r"(?!\s*(?:ago|earlier|later|before|after|from\s+now|long|old|on\s+year))"
_EACH = (
    r"(?:\s+(?:per|a|for\s+each)\s+(?:person|head|family|household|child|pupil|patient))?"
    r"(?:\s*\([^()]{2,40}\))?"  # an equivalent: "4 billion krónur ($29 million) a year"
)


def _tails(kind: str) -> list[str]:
    """Last words of the phrases of `kind`, without those that hold another."""
    words = {_plain(w).rsplit(maxsplit=1)[-1].strip("/") for r in _RULES["per"] for w in r[kind]}
    return sorted(w for w in words if not any(w != other and other in w for other in words))


_RATES, _RATES_BEFORE = _tails("after"), _tails("before")
"""A text without one of these beside the amount has no rate there."""
_AFTER_IT = {_plain(words): rule for rule in _RULES["per"] for words in rule["after"]}
_BEFORE_IT = {_plain(words): rule for rule in _RULES["per"] for words in rule["before"]}
_PER_DIRECT = regex.compile(
    rf"{_EACH}(?:/-)?\s*[-(]?(?P<cue>{_words(_AFTER_IT)})(?![\w-]){_NOT_A_RATE}", regex.I
)
_ADJECTIVE_BEHIND = regex.compile(
    rf"\s+(?P<cue>{_words(_BEFORE_IT)})\s+(?!{_words(_RULES['not_a_rate']['nouns'])}\b)\p{{L}}",
    regex.I,
)
"""The adjective between an amount and its noun: "a $3m annual budget"."""
_EVERY = [words for words in _AFTER_IT if words.startswith(("each ", "every "))]
_PER_OPENING = regex.compile(
    rf"(?:\A|[.!?]\s+|\n)(?P<cue>{_words(_EVERY)})"
    r",?\s[^.,;:()$€£\d]{0,45}\Z",
    regex.I,
)
"""The rate at the head of the sentence: "Every year it gives $3m"."""
_PER_BEHIND = regex.compile(
    rf"\s+(?:in|of|for|worth|to|by|that)\s[^.,;:()$€£\d]{{1,40}}?"
    rf"\b(?<!\b(?:within|in|for|once|twice|times|half|than|about)\s)(?P<cue>"
    rf"{_words(w for w in _AFTER_IT if w[0].isalpha() and len(w) > 2)}"
    rf")(?![\w-])(?!\s+(?:{_words(_RULES['not_a_rate']['nouns'])})\b){_NOT_A_RATE}",
    regex.I,
)
_PER_BEFORE = regex.compile(
    rf"\b(?P<cue>{_words(_BEFORE_IT)})\s+(?!{_words(_RULES['not_a_rate']['nouns'])}\b)"
    r"[^.,;:()$€£\d]{0,45}\Z",
    regex.I,
)


def find_per(text: str, start: int, end: int) -> Decision | None:
    """The time that the amount is paid for ("a month", "annually"); None when it is one sum."""
    behind = text[end : end + 90].lower()
    if any(word in behind for word in _RATES):
        match = _PER_DIRECT.match(text, end) or _PER_BEHIND.match(text, end)
        if match:
            return _rate(_AFTER_IT, "", match)
    if any(word in behind for word in _RATES_BEFORE):
        match = _ADJECTIVE_BEHIND.match(text, end)
        if match:
            return _rate(_BEFORE_IT, "-adjective", match)
    before = text[max(0, start - 60) : start].lower()
    if any(word in before for word in _RATES_BEFORE):
        match = _PER_BEFORE.search(text, max(0, start - 60), start)
        if match:
            return _rate(_BEFORE_IT, "-adjective", match)
    if "each" in before or "every" in before:
        match = _PER_OPENING.search(text, max(0, start - 60), start)
        if match:
            return _rate(_AFTER_IT, "-opening", match)
    return None


def _rate(words: dict[str, dict[str, Any]], where: str, match: regex.Match[str]) -> Decision:
    rule = words[_plain(match["cue"])]
    return Decision(rule["per"], f"per-{rule['id']}{where}", *match.span("cue"))
