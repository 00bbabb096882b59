"""The words of the amount grammar, loaded once from `rules/*.toml`."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple


@cache
def load_rules(name: str) -> dict[str, Any]:
    """The content of `rules/NAME.toml`; raises FileNotFoundError for a name that is not there."""
    path = resources.files("tracker.extraction") / "rules" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


Span = tuple[int, int]
"""Start and end (exclusive) in code points."""


class NumberWords(NamedTuple):
    """Number words of one language, and magnitudes as words and as abbreviations."""

    numbers: dict[str, Decimal]
    articles: dict[str, Decimal]
    fractions: dict[str, Decimal]
    magnitudes: dict[str, Decimal]
    abbreviations: dict[str, Decimal]
    foreign: dict[str, Decimal]
    """Magnitudes of other languages, in lower case."""


def _decimals(table: dict[str, Any]) -> dict[str, Decimal]:
    return {word: Decimal(str(value)) for word, value in table.items()}


_EN = load_rules("en")
WORDS = NumberWords(
    numbers=_decimals(_EN["number_words"]),
    articles=_decimals(_EN["article_words"]),
    fractions=_decimals(_EN["fraction_words"]),
    magnitudes=_decimals(_EN["magnitudes"]),
    abbreviations=_decimals(_EN["magnitude_abbreviations"]),
    foreign=_decimals({w.lower(): v for w, v in _EN["foreign_magnitudes"].items()}),
)


@lru_cache(maxsize=1024)
def magnitude_of(text: str | None) -> Decimal:
    """The factor of a magnitude as written ("bn", "Billion"); 1 for none."""
    if not text:
        return Decimal(1)
    written = " ".join(text.split())
    if written in WORDS.abbreviations:
        return WORDS.abbreviations[written]
    if text == "L":
        return WORDS.magnitudes["lakh"]
    words = " ".join(split_fraction(text)[0].lower().replace("-", " ").replace("‑", " ").split())
    return WORDS.magnitudes[words] if words in WORDS.magnitudes else WORDS.foreign[words]


@lru_cache(maxsize=1024)
def is_foreign(magnitude: str | None) -> bool:
    """Whether a magnitude is a word of another language, whose texts have dots in thousands."""
    return bool(magnitude) and " ".join((magnitude or "").lower().split()) in WORDS.foreign


def split_fraction(magnitude: str) -> tuple[str, Decimal]:
    """ "billion and a half" as ("billion", 0.5); 0 where no fraction follows."""
    words = " ".join(magnitude.split())
    for ending, value in WORDS.fractions.items():
        if words.lower().endswith(" " + ending):
            return words[: -len(ending) - 1], value
    return words, Decimal(0)
