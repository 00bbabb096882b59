"""Which currency a sign, code or name means, and which one of a family the context makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

import regex
from babel import Locale
from babel.numbers import list_currencies

from tracker.extraction.text.names import entries
from tracker.extraction.words import load_rules

_RULES = load_rules("currencies")
_WRITING = _RULES["writing"]

SIGNS: Mapping[str, str] = _RULES["signs"]
LETTERS: Mapping[str, str] = _RULES["letters"]
LOCAL: Mapping[str, Mapping[str, str]] = _RULES["local_signs"]
"""Signs that are money only where a country that writes them is named, to its currencies."""
FAMILIES: Mapping[str, Mapping[str, str]] = _RULES["families"] | {
    f"local {sign}": table for sign, table in LOCAL.items()
}
SIGNS_BEHIND = frozenset(_WRITING["signs_behind"])
NAMES_BEFORE = frozenset(_WRITING["names_before"])
WEAK_SIGNS = frozenset(_WRITING["weak_signs"])
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
    compact = "".join(written.split()).strip("()")
    if compact in SIGNS:
        return SIGNS[compact]
    if compact in LETTERS and compact == written:
        return LETTERS[compact]
    if compact in LOCAL:
        return f"local {compact}"
    if compact in CODES:
        return compact
    words = written.lower().replace("-", " ").split()
    for start in range(len(words)):
        name = " ".join(words[start:])
        if name in full_names():
            return full_names()[name]
        if name in NAMES:
            return _of_country(" ".join(words[:start]), NAMES[name])
    raise KeyError(written)


@cache
def _countries() -> dict[str, str]:
    """Lower-case names and demonyms of countries to their codes."""
    found: dict[str, str] = dict(_RULES["country_words"])
    for name, party, _ in sorted(entries(), key=lambda entry: entry[2]):
        if party.kind in ("name", "demonym"):
            found.setdefault(name.lower(), party.code)
    return found


def _of_country(word: str, family: str) -> str:
    """The currency of a family that a country word makes it: "Taiwan", "Fijian" dollars."""
    return FAMILIES.get(family, {}).get(_countries().get(word, ""), family)


def is_country(word: str) -> bool:
    """Whether a word before a name of a currency is one of a country."""
    word = " ".join(word.lower().split())
    return word in _countries() or word in ("us", "u.s.", "cfa", "swiss", "new", "west african")


def resolve(
    family: str,
    *,
    other_dollars: frozenset[str],
    nearest: Callable[[str, frozenset[str] | None], str | None],
    country: str | None,
) -> Currency | None:
    """Choose one currency of a family by what the text says; None where it says too little.

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
            # "Canada paid C$63 million; a US share of $15 million"
            named = nearest(family, other_dollars | {"USD"})
        if named and table[named] != "USD":
            return Currency(table[named], "dollar-of-the-passage")
        return BARE_DOLLAR
    named = nearest(family, None)
    if named:
        return Currency(table[named], "currency-by-country-named")
    if country in table:
        return Currency(table[str(country)], "currency-by-country-given")
    if "default" not in table:
        return None
    return Currency(table["default"], "currency-family-default")


OTHER_DOLLARS = frozenset(FAMILIES["$"].values()) - {"USD"}
BARE_DOLLAR = Currency("USD", "bare-dollar")
DOLLAR_EQUIVALENT = Currency("USD", "bare-dollar-equivalent")
"""A bare "$" that gives the value of another dollar."""
DOLLAR_ADJECTIVES = {
    "Canadian": "CAD", "Australian": "AUD", "New Zealand": "NZD", "US": "USD", "U.S.": "USD",
    "American": "USD", "Singapore": "SGD", "Hong Kong": "HKD",
}  # fmt: skip
_ADJECTIVE = rf"(?P<adjective>{'|'.join(map(regex.escape, DOLLAR_ADJECTIVES))})"
DOLLAR_BEHIND = regex.compile(
    rf"\s*\({_ADJECTIVE}(?:\s+dollars)?\)|\s+in\s+{_ADJECTIVE}\s+dollars\b"
    rf"|\s+{_ADJECTIVE}(?=\s*(?:[.,;()]|$))"
)
"""A dollar named behind the amount: "$500 million (Canadian)", "$5 million in U.S. dollars"."""
