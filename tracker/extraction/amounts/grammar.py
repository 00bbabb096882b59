"""The amount grammar: one verbose pattern, flattened from small named parts.

The words come from `rules/en.toml` and `rules/currencies.toml`. Every repeat is bounded and no
number may start inside another, so that hostile text costs time in proportion to its length.
The pattern says what *may* be an amount; `amounts.py` reads it and drops what is none.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Any

import regex

from tracker.extraction.amounts import currencies
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
GAP = rf"(?:(?!\n\n){S}{{1,2}})"
"""One space or two, but no blank line: what stands beyond it belongs to something else."""
JOIN = rf"(?:{GAP}|[-‑])"
# "$5.2–million": an en dash joins a number to a word, but two numbers to a range.
JOIN_WORD = rf"(?:{GAP}|[-‑–])"
SAME_CELL = r"(?:[\ \u00a0\u2009\u202f]{1,2}|[-‑])"
FOOTNOTE = r"(?:(?!\w)|(?=[0-9]{1,2}(?!\w)))"
"""A word or abbreviation may carry the number of a footnote: "$1.5bn2", "5 million1"."""
# Digits with any separators; `numbers.read_digits` says whether they make a number.
UNIT = any_of(WORDS.numbers)
FRACTION = any_of(WORDS.fractions).replace(S, rf"(?:{S}|-)")
DIGITS = (
    r"(?>[0-9]{1,3}(?:[\ \u00a0\u2009\u202f][0-9]{3}){1,5}(?![0-9])(?:[.,][0-9]{1,2}(?![0-9]))?"
    r"|[0-9]{1,15}(?:[.,'’][0-9]{1,15}){0,6})(?:[½¼¾]|\ [1-3]/[2-4](?![0-9]))?"
)
GROUPED = r"[0-9]{1,3}(?:,[0-9]{3}){1,3}(?![0-9])"
AND_A_HALF = rf"(?:\ (?i:{any_of(WORDS.fractions)})(?!\w))?"
TENS = rf"(?:{UNIT})(?:[-\ ](?:{UNIT}))?"  # "five", "twenty-five"
# A number word in brief: the scan of `finder.py`, which leaves lookarounds out, takes any word.
ONE = rf"(?=(?:{UNIT})(?!\w))[a-z]{{3,9}}"
HUNDREDS = rf"hundred(?:{S}and)?(?:{S}{ONE}(?:[-\ ]{ONE})?)?"  # "hundred and twenty-five"
# "Not one dollar of it" is no amount, "not one million dollars" is.
NOT_ONE = rf"(?!(?<=\b[Nn]ot{S})one{S}(?!{any_of(WORDS.magnitudes)}|hundred))"
WORD_NUMBER = (
    rf"{NOT_ONE}(?i:{any_of(WORDS.articles)}(?!{S}hundred)|(?<!\b(?:several|few|many){S}){HUNDREDS}"
    rf"|(?:{TENS}|an?(?={S}hundred))(?:{S}{HUNDREDS}|{S}point(?:{S}{ONE}){{1,3}})?"
    rf"(?:(?:{S}|-)(?:{FRACTION}))?)"
)
MAGNITUDE_WORD = (
    rf"(?:(?i:{any_of(WORDS.magnitudes).replace(S, JOIN)}){FOOTNOTE}"
    rf"|(?i:{any_of(WORDS.foreign)})(?!\p{{L}}))"
)
ABBREVIATION = any_of(WORDS.abbreviations) + (
    # "Rs 30L": a lakh behind rupees, a litre behind anything else.
    rf"|(?<=(?:₹|Rs\.?|INR){S}?[0-9][0-9.,]{{0,12}}{S}?)L"
)
MAGNITUDE = rf"(?:{MAGNITUDE_WORD}|(?:{ABBREVIATION}){FOOTNOTE})"
# Without a currency only these say money: "3 billion", "3 mln", but not "3 m" or "155 mm".
LONE_MAGNITUDE = (
    rf"(?:{MAGNITUDE_WORD}|(?:{any_of(a for a in WORDS.abbreviations if len(a) > 2)})(?!\w))"
)
# A number does not lose the word behind it where the match would fail with it.
NO_MAGNITUDE = rf"(?!{JOIN_WORD}?(?:{MAGNITUDE_WORD}))"

_is_word = {sign: sign.rstrip(".")[-1].isalpha() for sign in (*currencies.SIGNS, *currencies.LOCAL)}
SIGN = any_of(sign for sign, word in _is_word.items() if not word)
# "US $5 billion", "NZ $": two letters and more may stand apart from the sign.
_before_dollar = any_of(
    sign[:-1]
    for sign in currencies.SIGNS
    if len(sign) > 2 and sign.endswith("$") and sign[:-1].replace(".", "").isalpha()
)
SPACED_SIGN = rf"{_before_dollar}{S}\$"
WORD_SIGN = any_of(sign for sign, word in _is_word.items() if word)
LETTER = "[" + "".join(currencies.LETTERS) + "]"
CODE = any_of(currencies.CODES)
CODE_IN_BRACKETS = rf"(?=\((?:{CODE})\))\([A-Z]{{3}}\)"
# "dollars", "US dollars", "New Zealand dollars": the country word is read by `currencies.py`.
NAME = (
    rf"(?:(?-i:[A-Z])[\w.]{{1,14}}{S}(?:(?-i:[A-Z])\w{{1,14}}{S})?)?(?:{any_of(currencies.NAMES)})"
)
SIGN_BEHIND = any_of(currencies.SIGNS_BEHIND)
# What may stand before a number. Each lookahead ("letters, then a digit") spares ordinary words
# the long lists behind it; it changes nothing that can match.
BEFORE = (
    rf"(?:(?=[A-Za-z.]{{0,4}}{S}?[^\w\s])(?<!\w)(?:{SPACED_SIGN}|{SIGN}){GAP}?"
    rf"|(?<![\w$€£])(?=[$£\w]\w{{0,4}}[./]{{0,2}}{S}{{0,2}}[0-9])"
    rf"(?:(?:{CODE}|{WORD_SIGN}){GAP}?|{LETTER})"
    rf"|{CODE_IN_BRACKETS}{S}?)"
)
# "US dollars 40 million", "Naira 5 billion", "birr 4,100": with a magnitude or thousands.
NAME_BEFORE = (
    rf"(?<!\w)(?:(?i:(?:(?-i:[A-Z])[\w.]{{1,14}}{S})?"
    rf"(?:{any_of({n for n in currencies.NAMES if n.endswith('s')} | currencies.NAMES_BEFORE)})))"
)
# "12 euro-area states" names no amount, "a 5-million-dollar-a-year plan" does.
NAME_BEHIND = rf"(?i:{NAME})(?!-(?!(?:a|per)-)\w)(?:(?!\w)|(?=[0-9]{{1,2}}(?![\w.,])))(?![$€£])"
CODE_BEHIND = rf"(?:(?:{CODE}|{SIGN_BEHIND})(?![\w$€£])|{CODE_IN_BRACKETS})"
NO_DIGIT = rf"(?!{S}{{1,2}}[0-9])"
# "Page 12\nEUR 5,000": a code is that of the number behind it, unless that one has its own
# ("5,000 USD 4,600 EUR").
OWN = (
    rf"(?!{S}{{1,2}}[0-9](?!(?>[0-9.,]{{0,14}}){SAME_CELL}"
    rf"(?:{MAGNITUDE}{SAME_CELL})?(?:{CODE})(?!\w)))"
)
# "In 2023 USD 50,000 was paid"
NO_YEAR = rf"(?!(?:19|20)[0-9]{{2}}{S}{{1,2}}[^\s\d]{{1,5}}{S}{{1,2}}[0-9])"
FREE = r"(?<![\w.,$€£^\\])"  # a number does not start inside another one, nor behind a sign


# ---- the whole --------------------------------------------------------------------------------
def _amount(n: int, lone: str = LONE_MAGNITUDE) -> str:
    """A number with a currency, a magnitude (`lone`) or both; its groups are numbered `n`."""
    before, digits = f"(?P<before{n}>{BEFORE})", f"(?P<digits{n}>{DIGITS})"
    mixed = f"(?P<digits{n}>{DIGITS}{AND_A_HALF})"
    words = rf"(?<![\w-])(?=(?i:[aefhnoqst]))(?P<words{n}>{WORD_NUMBER})"
    magnitude = f"(?P<magnitude{n}>{MAGNITUDE})"
    behind, last = (
        f"(?P<behind{n}>{NAME_BEHIND}|{CODE_BEHIND}{guard})"
        for guard in (f"(?=(?(magnitude{n})|{OWN}))", NO_DIGIT)
    )
    middle = rf"(?=(?:{CODE}|{SIGN}){S})[^\s\da-z]{{1,4}}"
    return rf"""(?:
        {FREE}{NO_YEAR}{mixed} (?:
            {S}(?P<before{n}>{middle}){S}{magnitude}
          | (?:{JOIN_WORD}?{magnitude})?{JOIN}?{behind}
          | {JOIN_WORD}?(?P<magnitude{n}>{lone})
          | (?P<magnitude{n}>bn|tn|trn|m)(?!\w)
        )
      | {before}(?:{digits}|(?P<digits{n}>[.][0-9]{{1,4}}))
            (?:{JOIN_WORD}?{magnitude}|{NO_MAGNITUDE}) (?:{SAME_CELL}{last})?
      | (?P<before{n}>{NAME_BEFORE}){S}(?:
            (?:{digits}|(?P<words{n}>(?i:{ONE}))){JOIN_WORD}?{magnitude}
          | (?P<digits{n}>{GROUPED}){NO_MAGNITUDE}
        )
      | (?<=\b(?i:the|its|this|that|their){S})(?P<words{n}>)
            (?P<magnitude{n}>(?i:billion|trillion))-(?P<behind{n}>(?i:{NAME})(?!\w))
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
# "$5-7", "$2- to $3-billion", "$2 billion-to-$3 billion"
TO = rf"(?P<to>{S}?[-–—‑]{S}?|[-‑]?{S}(?i:to|or){S}|[-‑](?i:to|or)[-‑])"
# The second half may borrow its currency from the first: "€40-45bn".
SECOND = _amount(2, lone=MAGNITUDE)
AND = rf"{S}(?i:and){S}"
GRAMMAR = rf"""(?:
    {_amount(1)} (?:{TO}(?:{SECOND}|(?P<digits2>{DIGITS})(?![\w%])))?
  | {BARE}{TO}{_amount(2)}
  | (?P<between>(?<!\w)(?i:between){S}{{1,2}}) (?:{_amount(1)}{AND}{SECOND}|{BARE}{AND}{_amount(2)})
) (?!%|(?<=[0-9])[.,][0-9]|(?<=[0-9½¼¾])\w)"""


class _OnceAsked:
    """A pattern that is compiled when one of its methods is first asked for.

    That takes seconds, and most commands read no text. Of threads that ask at once, one compiles.
    """

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags
        self._compiling = threading.Lock()

    def __getattr__(self, name: str) -> Any:
        with self._compiling:
            if "match" not in vars(self):
                compiled = regex.compile(self._source, self._flags)
                self.finditer, self.groupindex = compiled.finditer, compiled.groupindex
                self.fullmatch, self.match = compiled.fullmatch, compiled.match
        return object.__getattribute__(self, name)


AMOUNT = _amount(1)
"""One amount without its range: what every match of the grammar holds."""
PATTERN = _OnceAsked(GRAMMAR, regex.VERBOSE | regex.VERSION0)
