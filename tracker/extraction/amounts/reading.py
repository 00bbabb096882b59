"""A match of the grammar to an amount: its numbers, magnitudes and currency as written."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from operator import itemgetter

import regex

from tracker.extraction.amounts import currencies, numbers
from tracker.extraction.amounts.grammar import PATTERN
from tracker.extraction.amounts.numbers import Number
from tracker.extraction.amounts.senses import NO_NOUN_NEXT, Part, is_money
from tracker.extraction.words import is_foreign, load_rules, magnitude_of, split_fraction
from tracker.schema import Evidence


@dataclass(slots=True)
class Amount:
    """One amount as read from the text; bounds in whole currency units."""

    start: int
    end: int
    lower: Number
    upper: Number
    lower_magnitude: Decimal
    upper_magnitude: Decimal
    family: str | None
    """Currency code or family; None while it is elided."""
    currency: str = ""
    qualifier: str = "exact"
    per: str | None = None
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def minimum(self) -> Decimal:
        """The lower bound in currency units."""
        return self.lower.value * self.lower_magnitude

    @property
    def maximum(self) -> Decimal:
        """The upper bound in currency units; equal to the lower one unless a range."""
        return self.upper.value * self.upper_magnitude

    def interval(self) -> tuple[float, float]:
        """`low` and `high` by docs/DESIGN.md, rule 4: a range is its bounds."""
        if self.minimum != self.maximum:
            return float(self.minimum), float(self.maximum)
        low, high = numbers.interval(self.upper, self.upper_magnitude, self.qualifier)
        return float(low), float(high)


_RULES = load_rules("en")["elision"]
_CHANGE_WORDS = "|".join(_RULES["change"])
_CHANGE = regex.compile(rf"\b(?:{_CHANGE_WORDS})\b[^.;]{{0,80}}?\bfrom\s+$", regex.I)
_CHANGE_BY = regex.compile(
    rf"\b(?:(?:{_CHANGE_WORDS})\b[^.;]{{0,80}}?\bby|{'|'.join(_RULES['moved'])})\s+$", regex.I
)
_ARTICLE_BEFORE = regex.compile(r"\b(?:an?|the|this|that|its|their|his|her|our)\s+$", regex.I)
_COUNTED_NEXT = regex.compile(rf"\s+(?:\w+\s+){{0,2}}?(?:{'|'.join(_RULES['counted'])})\b", regex.I)
_SHORT = 2
"""Abbreviations of so few letters ("m", "bn") count only beside a currency."""
_NAMES = ("before", "digits", "words", "magnitude", "behind")


@cache
def _halves() -> tuple[itemgetter[Part], itemgetter[Part]]:
    """What takes the groups of the first amount out of those of a match, and of the second."""
    places = {name: index - 1 for name, index in PATTERN.groupindex.items()}
    first, second = (itemgetter(*(places[f"{n}{half}"] for n in _NAMES)) for half in (1, 2))
    return first, second


def read_match(match: regex.Match[str], text: str) -> list[Amount]:
    """The one amount of a match, or the two of a change."""
    groups = match.groups()
    first_of, second_of = _halves()
    first: Part = first_of(groups)
    second: Part = second_of(groups)
    start, end = match.span()
    if not second[1] and second[2] is None:
        return _one(first, first, (start, end), text)
    starts = (match.start(group) for group in ("before2", "digits2", "words2"))
    second_start = min(start for start in starts if start >= 0)
    if match["between"]:
        start += len(match["between"])
    elif _is_change(match, first, second, text):
        # "rose from 116 to 165 million": two amounts, the first borrows what it lacks.
        lent = (None, None) if first[0] or first[4] else (second[0], second[4])
        borrowed = (first[0] or lent[0], first[1], first[2], first[3] or second[3],
                    first[4] or lent[1])  # fmt: skip
        return [
            *_one(borrowed, borrowed, (start, match.start("to")), text),
            *_one(second, second, (second_start, end), text),
        ]
    if not _is_range(match, first, second, end, text):
        # "$40 million to 2 million refugees", "$5 million to 300 villages"
        return _one(first, first, (start, match.start("to")), text)
    alone = [
        *(_one(first, first, (start, match.start("to")), text) if match["to"] else []),
        *_one(second, second, (second_start, end), text),
    ]
    if len(alone) == _TWO and _differ(*(amount.family for amount in alone)):
        return alone  # "US$630m or €580m"
    # What is no range ("5 April-€7") may still hold an amount in either half.
    if both := _one(first, second, (start, end), text):
        return both
    complete = [amount for amount in alone if amount.family]
    return complete or alone[-1:]


_TWO = 2


def _differ(one: str | None, other: str | None) -> bool:
    """Whether two currencies, as far as they are written, cannot be the same."""
    if not one or not other or one == other:
        return False
    table = currencies.FAMILIES
    return not (one in table.get(other, {}).values() or other in table.get(one, {}).values())


def _is_change(match: regex.Match[str], first: Part, second: Part, text: str) -> bool:
    """Whether two numbers with "to" between them are what something was and what it became."""
    start = match.start()
    if "to" not in match["to"].lower():
        return False
    if _CHANGE.search(text, max(0, start - 100), start):
        return True
    # "raised by €5 million to €20 million", but "to grow by 5 to 7 million euros"
    whole = bool(first[3]) or (bool(first[0]) and not second[3])
    return whole and bool(_CHANGE_BY.search(text, max(0, start - 100), start))


def _is_range(match: regex.Match[str], first: Part, second: Part, end: int, text: str) -> bool:
    """Whether a second number without a currency is the upper bound of the first."""
    if second[0] or second[4] or not (first[0] or first[4]) or match["between"]:
        return True
    if _COUNTED_NEXT.match(text, end):
        return False
    dashed = not (match["to"] or "").strip(" -‑").isalpha()
    if second[3]:
        # "$5 million to 6 million smallholders", but "a $5 million to 6 million grant"
        return (
            dashed
            or bool(NO_NOUN_NEXT.match(text, end))
            or bool(_ARTICLE_BEFORE.search(text, max(0, match.start() - 8), match.start()))
        )
    # "$2,000-3,000", "$500 to 600": as many digits, greater, and no year.
    digits = [regex.sub(r"\D", "", part[1] or "") for part in (first, second)]
    year = "," not in (second[1] or "") and 1900 <= int(digits[1] or 0) <= 2100
    alike = not first[3] and len(digits[0]) <= len(digits[1]) <= len(digits[0]) + 1
    return alike and not year and (dashed or bool(NO_NOUN_NEXT.match(text, end)))


def _one(first: Part, second: Part, span: tuple[int, int], text: str) -> list[Amount]:
    """One amount from a number, or from the two of a range; none when it is no money."""
    if second[0] and second[4] and _contradicts(second[0], second[4]):
        # "USD 5 million EUR": the currency behind is none of this amount.
        start, end = span
        span = start, start + text[start:end].rindex(second[4])
        span = start, start + len(text[slice(*span)].rstrip())
        bare = (*second[:4], None)
        return _one(bare if first is second else first, bare, span, text)
    written = second[4] or second[0] or first[0] or first[4]
    magnitude = second[3]
    if not written and len(magnitude or "") <= _SHORT and not _is_attached(second, text, span[1]):
        return []
    family = currencies.family_of(written) if written else None
    upper = _number(second, family)
    if upper is None or not is_money(written, second, upper, span, text):
        return []
    factor = magnitude_of(magnitude)
    lower: Number | None = upper
    lower_factor = factor
    if first is not second:
        lower_magnitude = first[3] or magnitude
        lower_factor = magnitude_of(lower_magnitude)
        lower = _number((*first[:3], lower_magnitude, first[4]), family)
        if lower and _shares_hundred(first, second):
            # "two or three hundred million", "two hundred to three hundred million"
            lower = Number(lower.value * 100, 0)
            lower_factor = factor
    if second[4] and second[4].lower().split()[-1] in currencies.HUNDREDTHS:
        lower_factor, factor = lower_factor / 100, factor / 100
    if lower is None:
        return []
    if (
        first[0]
        and second[0]
        and not first[3]
        and lower.value * lower_factor > upper.value * factor
    ):
        # "£50,000 to £2.5 million": what is written out in full borrows no magnitude.
        lower_factor = lower_factor / magnitude_of(magnitude)
    if lower.value * lower_factor > upper.value * factor:
        return []
    return [Amount(*span, lower, upper, lower_factor, factor, family)]


def _contradicts(before: str, behind: str) -> bool:
    """Whether the currency behind a number is another than the one before it."""
    one, other = currencies.family_of(before), currencies.family_of(behind)
    # "$250 million won the approval": a word of its own.
    word = behind.strip().lower() in currencies.WORD_NAMES
    return (one != "$" or word) and _differ(one, other)


def _is_attached(part: Part, text: str, end: int) -> bool:
    """Whether an abbreviation stands directly behind its digits ("4.2bn")."""
    return bool(part[3]) and text.endswith(f"{part[1]}{part[3]}", 0, end)


def _shares_hundred(first: Part, second: Part) -> bool:
    """Whether the first of two numbers in words leaves its "hundred" to the magnitude."""
    if first[0] or first[4] or not first[2] or "hundred" not in (second[2] or "").lower():
        return False
    return "hundred" not in first[2].lower() and (first[3] or "hundred").lower() == "hundred"


def _number(part: Part, family: str | None) -> Number | None:
    _, digits, words, magnitude, _ = part
    if digits:
        dots = family in currencies.DOT_THOUSANDS and (not magnitude or digits.endswith(".000"))
        dots = dots or is_foreign(magnitude)
        return numbers.read_digits(digits, whole_currency=dots)
    number = numbers.read_words("a" if words == "" else words or "")
    fraction = split_fraction(magnitude)[1] if magnitude else 0
    if number and fraction:  # "a billion and a half"
        return Number(number.value + fraction, 2)
    return number
