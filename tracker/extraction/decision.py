"""The answer to one question about an amount, with why."""

from __future__ import annotations

from typing import NamedTuple


class Decision(NamedTuple):
    """A tag's value, the rule, and the words (code points) that decided it."""

    value: str | None
    rule: str
    start: int
    end: int
    score: float = 1.0
