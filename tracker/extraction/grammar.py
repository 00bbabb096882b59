"""The amount grammar: one verbose pattern, flattened from small named parts.

The words come from `rules/en.toml` and `rules/currencies.toml`. Every repeat is bounded and no
number may start inside another, so that hostile text costs time in proportion to its length.
The pattern says what *may* be an amount; `amounts.py` reads it and drops what is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import regex

from tracker.extraction import currencies
from tracker.extraction.words import WORDS

S = r"[\ \t\n\u00a0\u2009\u202f]"
"""One space; a single line break counts, since texts are wrapped."""


def any_of(words: Iterable[str]) -> str:
    """Alternatives, longest first; a space stands for a space of any kind.

    They share their beginnings ("US$", "USD" as "US(?:D|\\$)"), so that a long list costs a walk
    and not a search.
    """
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branches(root)


def _branches(node: dict[str, Any]) -> str:
    ends = "" in node
    branches = [
        (S if char == " " else regex.escape(char)) + _branches(child)
        for char, child in sorted(node.items())
        if char
    ]
    if not branches:
        return ""
    if len(branches) == 1 and not ends:
        return branches[0]
    return f"(?:{'|'.join(branches)})" + ("?" if ends else "")


# ---- parts ----------------------------------------------------------------------------------
JOIN = rf"(?:{S}{{1,2}}|[-‑])"
# Digits with any separators; `numbers.read_digits` says whether they make a number.
DIGITS = (
    r"(?>[0-9]{1,3}(?:[\ \u00a0\u2009\u202f][0-9]{3}){1,5}(?![0-9])(?:[.,][0-9]{1,2}(?![0-9]))?"
    r"|[0-9]{1,15}(?:[.,'’][0-9]{1,15}){0,6})(?:[½¼¾]|\ [1-3]/[2-4](?![0-9]))?"
)
UNIT = any_of(WORDS.numbers)
FRACTION = any_of(WORDS.fractions).replace(S, rf"(?:{S}|-)")
TENS = rf"(?:{UNIT})(?:[-\ ](?:{UNIT}))?"  # "five", "twenty-five"
WORD_NUMBER = (
    rf"(?i:{any_of(WORDS.articles)}"
    rf"|{TENS}(?:{S}hundred(?:{S}and)?(?:{S}{TENS})?)?"
    rf"(?:(?:{S}|-)(?:{FRACTION}))?)"
)
MAGNITUDE_WORD = (
    rf"(?:(?i:{any_of(WORDS.magnitudes)})(?!\w)|(?i:{any_of(WORDS.foreign)})(?!\p{{L}}))"
)
# An abbreviation may carry the number of a footnote: "$1.5bn2".
MAGNITUDE = (
    rf"(?:{MAGNITUDE_WORD}|(?:{any_of(WORDS.abbreviations)})(?:(?!\w)|(?=[0-9]{{1,2}}(?!\w))))"
)
# Without a currency only these say money: "3 billion", "3 mln", but not "3 m" or "155 mm".
LONE_MAGNITUDE = (
    rf"(?:{MAGNITUDE_WORD}|(?:{any_of(a for a in WORDS.abbreviations if len(a) > 2)})(?!\w))"
)

_is_word = {sign: sign[-1].isalpha() or sign[-1] == "." for sign in currencies.SIGNS}
SIGN = any_of(sign for sign, word in _is_word.items() if not word)
# "US $5 billion", "NZ $": two letters and more may stand apart from the sign.
SPACED_SIGN = "|".join(
    rf"{regex.escape(sign[:-1])}{S}\$"
    for sign in sorted(currencies.SIGNS)
    if len(sign) > 2 and sign.endswith("$") and sign[:-1].isalpha()
)
WORD_SIGN = any_of(sign for sign, word in _is_word.items() if word)
LETTER = "[" + "".join(currencies.LETTERS) + "]"
CODE = any_of(currencies.CODES)
# "dollars", "US dollars", "New Zealand dollars": the country word is read by `currencies.py`.
NAME = (
    rf"(?:(?-i:[A-Z])[\w.]{{1,14}}{S}(?:(?-i:[A-Z])\w{{1,14}}{S})?)?(?:{any_of(currencies.NAMES)})"
)
SIGN_BEHIND = any_of(currencies.SIGNS_BEHIND)
# What may stand before a number. Each lookahead ("letters, then a digit") spares ordinary words
# the long lists behind it; it changes nothing that can match.
BEFORE = (
    rf"(?:(?=[A-Za-z.]{{0,4}}{S}?[^\w\s])(?<!\w)(?:{SPACED_SIGN}|{SIGN}){S}{{0,2}}"
    rf"|(?<![\w$€£])(?=[$£\w]\w{{0,4}}[./]{{0,2}}{S}{{0,2}}[0-9])"
    rf"(?:(?:{CODE}|{WORD_SIGN}){S}{{0,2}}|{LETTER}))"
)
# "US dollars 40 million": a name in the plural, before a number with a magnitude.
NAME_BEFORE = (
    rf"(?<!\w)(?i:(?:(?-i:[A-Z])[\w.]{{1,14}}{S})?"
    rf"(?:{any_of(n for n in currencies.NAMES if n.endswith('s') and ' ' not in n)}))"
)
# "12 euro-area states" names no amount, "a 5-million-dollar-a-year plan" does.
BEHIND = rf"(?:(?i:{NAME})(?!-(?!(?:a|per)-)\w)|{CODE}|{SIGN_BEHIND})(?![\w$€£])"
FREE = r"(?<![\w.,$€£^\\])"  # a number does not start inside another one, nor behind a sign


# ---- the whole --------------------------------------------------------------------------------
def _amount(n: int, lone: str = LONE_MAGNITUDE) -> str:
    """A number with a currency, a magnitude (`lone`) or both; its groups are numbered `n`."""
    before, digits = f"(?P<before{n}>{BEFORE})", f"(?P<digits{n}>{DIGITS})"
    words = rf"(?<![\w-])(?=(?i:[aefhnoqst]))(?P<words{n}>{WORD_NUMBER})"
    magnitude, behind = f"(?P<magnitude{n}>{MAGNITUDE})", f"(?P<behind{n}>{BEHIND})"
    return rf"""(?:
        {FREE}{digits} (?:
            {S}(?P<before{n}>{CODE}){S}{magnitude}
          | {JOIN}?{magnitude}{JOIN}?{behind}
          | {JOIN}?(?P<magnitude{n}>{lone})
          | {JOIN}?{behind}
        )
      | {before}(?:{digits}|(?P<digits{n}>[.][0-9]{{1,4}}))
            (?:{JOIN}?{magnitude})? (?:{JOIN}{behind})?
      | (?P<before{n}>{NAME_BEFORE}){S}{digits}{JOIN}?{magnitude}
      | {words}{JOIN} (?:
            (?P<magnitude{n}>{MAGNITUDE_WORD}(?:{S}(?i:{FRACTION}))?) (?:{JOIN}{behind})?
          | (?P<behind{n}>(?i:{NAME})(?!\w))
        )
    )"""


BARE = rf"""(?:
    {FREE}(?P<digits1>{DIGITS}) (?:{JOIN}?(?P<magnitude1>{MAGNITUDE}))?
  | (?<![\w-])(?P<words1>{WORD_NUMBER})
)"""
"""The first half of a range that leaves its currency to the second: "5 to 7 billion euros"."""
TO = rf"(?P<to>{S}?[-–—‑]{S}?|{S}(?i:to|or){S})"
# The second half may borrow its currency from the first: "€40-45bn".
SECOND = _amount(2, lone=MAGNITUDE)
AND = rf"{S}(?i:and){S}"
GRAMMAR = rf"""(?:
    {_amount(1)} (?:{TO}(?:{SECOND}|(?P<digits2>{DIGITS})(?![\w%])))?
  | {BARE}{TO}{_amount(2)}
  | (?P<between>(?<!\w)(?i:between){S}{{1,2}}) (?:{_amount(1)}{AND}{SECOND}|{BARE}{AND}{_amount(2)})
) (?!%|[.,][0-9]|(?<=[0-9½¼¾])\w)"""

AMOUNT = _amount(1)
"""One amount without its range: what every match of the grammar holds."""
PATTERN = regex.compile(GRAMMAR, regex.VERBOSE | regex.VERSION0)
