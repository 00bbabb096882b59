"""Which currency a sign, code or name means, and which one of a family the context makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

import regex
from babel import Locale
from babel.numbers import list_currencies

from tracker.extraction.words import load_rules

_RULES = load_rules("currencies")
_WRITING = _RULES["writing"]

SIGNS: Mapping[str, str] = _RULES["signs"]
LETTERS: Mapping[str, str] = _RULES["letters"]
FAMILIES: Mapping[str, Mapping[str, str]] = _RULES["families"]
SIGNS_BEHIND = frozenset(_WRITING["signs_behind"])
WORD_CODES = frozenset(_WRITING["word_codes"])
WORD_NAMES = frozenset(_WRITING["word_names"])
DOT_THOUSANDS = frozenset(_WRITING["dot_thousands"])
CODES = frozenset(c for c in list_currencies() if c not in _WRITING["not_money"])
"""ISO 4217 codes, in use and withdrawn, from Babel's CLDR table."""


HUNDREDTHS: Mapping[str, str] = _RULES["hundredths"]
NAMES: Mapping[str, str] = {
    name.lower(): value for name, value in (*_RULES["names"].items(), *HUNDREDTHS.items())
}
"""Lower-case names of currencies without a country word, to a code or a family."""


@cache
def full_names() -> dict[str, str]:
    """Lower-case names with their country word ("kenyan shillings") to codes, from Babel."""
    locale = Locale("en")
    plurals = locale._data["currency_names_plural"]
    found = {"u.s. dollars": "USD", "u.s. dollar": "USD", "american dollars": "USD"}
    for code in sorted(CODES):
        for name in {locale.currencies.get(code, ""), *plurals.get(code, {}).values()}:
            # "Croatian dinars (1991-1994)": of two currencies of one name the one in use counts.
            if " " in name and "(" not in name:
                found.setdefault(name.lower(), code)
    return found


class Currency(NamedTuple):
    """A currency as read: ISO 4217 code, and the id of the rule that chose it."""

    code: str
    rule: str


@lru_cache(maxsize=4096)
def family_of(written: str) -> str:
    """The code or the family (a key of FAMILIES) that a sign, code or name stands for.

    Raises KeyError for what the grammar does not read.
    """
    compact = "".join(written.split())
    for table in (SIGNS, LETTERS):
        if compact in table:
            return table[compact]
    if compact in CODES:
        return compact
    words = written.lower().replace("-", " ").split()
    for start in range(len(words)):
        name = " ".join(words[start:])
        if name in full_names():
            return full_names()[name]
        if name in NAMES:
            return NAMES[name]
    raise KeyError(written)


def resolve(
    family: str,
    *,
    other_dollars: frozenset[str],
    nearest: Callable[[str, frozenset[str] | None], str | None],
    country: str | None,
) -> Currency:
    """Choose one currency of a family by what the text says.

    `other_dollars` are the dollars that the text writes with their country ("A$", "Canadian");
    `nearest(family, among)` gives the country named nearest that has a currency of the family,
    and one that is `among` those given; `country` is the reader's own hint, which never turns a
    bare "$" (docs/DEFINITIONS.md) into another dollar.
    """
    if family not in FAMILIES:
        return Currency(family, "currency-written")
    table = FAMILIES[family]
    if family == "$":
        named = None
        if other_dollars and "USD" not in other_dollars:
            named = nearest(family, other_dollars)
        return Currency(table[named], "dollar-of-the-passage") if named else BARE_DOLLAR
    named = nearest(family, None)
    if named:
        return Currency(table[named], "currency-by-country-named")
    if country in table:
        return Currency(table[str(country)], "currency-by-country-given")
    return Currency(table["default"], "currency-family-default")


BARE_DOLLAR = Currency("USD", "bare-dollar")
DOLLAR_EQUIVALENT = Currency("USD", "bare-dollar-equivalent")
"""A bare "$" that gives the value of another dollar."""
DOLLAR_BEHIND = regex.compile(
    r"\s*\((?P<adjective>Canadian|Australian|New Zealand|US|U\.S\.|American|Singapore|Hong Kong)"
    r"(?:\s+dollars)?\)"
)
"""A dollar named in brackets behind the amount: "$500 million (Canadian)"."""
DOLLAR_ADJECTIVES = {
    "Canadian": "CAD", "Australian": "AUD", "New Zealand": "NZD", "US": "USD", "U.S.": "USD",
    "American": "USD", "Singapore": "SGD", "Hong Kong": "HKD",
}  # fmt: skip
