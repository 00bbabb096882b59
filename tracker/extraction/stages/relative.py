"""Participles and relative clauses: whether a verb behind an amount speaks of it."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.stages.cues import GRAMMAR
from tracker.extraction.stages.noun_in_context import Reading
from tracker.extraction.text.sentence import AMOUNT, Token

NAMED = 9
"""How many words a clause on an amount may have up to its verb."""
_UP_TO_NOW = (["to", "date", AMOUNT], ["so", "far", AMOUNT])


def on_amount(reading: Reading, tokens: Sequence[Token], position: int) -> bool:
    """Whether a verb behind the amount speaks of it: participle, passive or relative clause."""
    if reading.voice == "passive" or reading.cue.intransitive:
        return True
    if reading.voice == "past" and participle(reading, tokens):
        return reading.first - position <= 8
    return in_relative(reading, tokens, position)


def participle(reading: Reading, tokens: Sequence[Token]) -> bool:
    """Whether "paid" is a participle: no object follows."""
    after = reading.last + 1
    if [t.lower for t in tokens[after : after + 3]] in _UP_TO_NOW:
        return False  # "drawn to date $3m"
    if after >= len(tokens) or tokens[after].lower in GRAMMAR["after_participle"]:
        return True
    if tokens[reading.last].lower == "in" and tokens[after].text.isdigit():
        return True  # "$6bn paid in 2022"
    # "$3m received of the $9m required"
    return tokens[after].lower == "of" and tokens[reading.last].lower in GRAMMAR["come_in"]


def in_relative(reading: Reading, tokens: Sequence[Token], position: int) -> bool:
    """Whether the verb stands in a relative clause on the amount, with "that" or without."""
    between = [t.lower for t in tokens[position + 1 : reading.first]]
    if ";" in between:
        return False
    if between[:1] == ["off"]:
        return False  # "shaved $5m off the fund that supplies"
    if between[:2] == ["of", "which"]:
        return True  # "$9bn, $2bn of which it is holding back"
    if any(w in GRAMMAR["relative"] for w in between):
        # "$5m, of which it paid $2m": of the part, not of the whole.
        # Nor "$5m to a scheme under which allies buy", "$5m, twice what it had sought".
        return not any(
            (
                w in ("which", "whom")
                and n
                and (
                    between[n - 1] == "of"
                    or (n > 1 and between[n - 1] in GRAMMAR["hangs_on"] and between[n - 2] != ",")
                )
            )
            or (w == "which" and between[n - 1 : n] == ["with"])
            or (w == "what" and n and between[n - 1] in GRAMMAR["multiples"])
            for n, w in enumerate(between)
        )
    if between and between[0] in GRAMMAR["who_acts"] and len(between) <= 4:
        return True  # "$5m it had appropriated"
    named = between[:1] == ["the"] or tokens[position + 1].text[:1].isupper()
    if between[-1:] == ["had"] and named and len(between) <= NAMED and (
        {",", "and", "that", "when"}.isdisjoint(between)
    ):  # fmt: skip
        return True  # "$5m the Department of Education had awarded it"
    definite = any(t.lower in GRAMMAR["definite"] for t in tokens[max(0, position - 3) : position])
    return definite and 1 <= len(between) <= 8 and "," not in between and "and" not in between
