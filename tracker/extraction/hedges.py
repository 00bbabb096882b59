"""Hedges ("almost", "up to"), rates ("a month") at an amount, read from the words beside it."""

from __future__ import annotations

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


def _words(phrases: list[str]) -> str:
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(r"[\s-]+".join(regex.escape(word) for word in p.split()) for p in ordered)


_BEFORE = {
    rule["id"]: regex.compile(
        rf"(?<![\w])(?P<cue>{_words(rule['before'])}){_FILLERS}\s*\Z", regex.I
    )
    for rule in _RULES["qualifier"]
}
_AFTER = {
    rule["id"]: regex.compile(rf"\s*-?(?P<cue>{_words(rule['after'])})(?!\w)(?!\s+than)", regex.I)
    for rule in _RULES["qualifier"]
    if rule["after"]
}
_VERB = {
    rule["id"]: (
        regex.compile(
            rf"\b(?P<cue>{_words(rule['verb'])})\b[^.;]{{0,60}}?\b(?:at|as|to be)\s+\Z", regex.I),
        regex.compile(rf",[^.,;:]{{0,50}}\b(?P<cue>{_words(rule['verb'])})\b", regex.I),
    )
    for rule in _RULES["qualifier"]
    if rule["verb"]
}  # fmt: skip
_QUALIFIER = {rule["id"]: rule["qualifier"] for rule in _RULES["qualifier"]}


def find_qualifier(text: str, start: int, end: int) -> Decision | None:
    """The hedge at the amount `text[start:end]`; None when it is stated as exact."""
    # The longest words win: "no less than" holds "less than".
    best: Decision | None = None
    near = max(0, start - _REACH)
    for rule, pattern in _BEFORE.items():
        match = pattern.search(text, near, start)
        if match and (best is None or match.start("cue") < best.start):
            best = Decision(_QUALIFIER[rule], f"qualifier-{rule}", *match.span("cue"))
    if best:
        return best
    for rule, pattern in _AFTER.items():
        match = pattern.match(text, end)
        if match:
            return Decision(_QUALIFIER[rule], f"qualifier-{rule}-behind", *match.span("cue"))
    for rule, (before, behind) in _VERB.items():
        match = before.search(text, max(0, start - 100), start) or behind.match(text, end)
        if match:
            return Decision(_QUALIFIER[rule], f"qualifier-{rule}-verb", *match.span("cue"))
    return None


_NOT_A_RATE = r"(?!\s*(?:ago|earlier|later|before|after|from\s+now|long|old|on\s+year))"
_EACH = r"(?:\s+(?:per|a|for\s+each)\s+(?:person|head|family|household|child|pupil|patient))?"
_PER_DIRECT = [
    (rule["per"], f"per-{rule['id']}", regex.compile(
        rf"{_EACH}\s*-?(?P<cue>{_words(rule['after'])})(?![\w-]){_NOT_A_RATE}", regex.I))
    for rule in _RULES["per"]
]  # fmt: skip
_PER_BEHIND = [
    (rule["per"], f"per-{rule['id']}", regex.compile(
        rf"\s+(?:in|of|for|worth|to)\s[^.,;:()$€£\d]{{1,40}}?\b(?P<cue>"
        rf"{_words([w for w in rule['after'] if w[0].isalpha() and len(w) > 2])})"
        rf"(?![\w-]){_NOT_A_RATE}",
        regex.I))
    for rule in _RULES["per"]
]  # fmt: skip
_PER_BEFORE = [
    (rule["per"], f"per-{rule['id']}-adjective", regex.compile(
        rf"\b(?P<cue>{_words(rule['before'])})\s+(?!{_words(_RULES['not_a_rate']['nouns'])}\b)"
        r"[^.,;:()$€£\d]{0,45}\Z", regex.I))
    for rule in _RULES["per"]
]  # fmt: skip


def find_per(text: str, start: int, end: int) -> Decision | None:
    """The time that the amount is paid for ("a month", "annually"); None when it is one sum."""
    for per, rule, pattern in (*_PER_DIRECT, *_PER_BEHIND):
        match = pattern.match(text, end)
        if match:
            return Decision(per, rule, *match.span("cue"))
    for per, rule, pattern in _PER_BEFORE:
        match = pattern.search(text, max(0, start - 60), start)
        if match:
            return Decision(per, rule, *match.span("cue"))
    return None
