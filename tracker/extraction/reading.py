"""A match of the grammar to an amount: its numbers, magnitudes and currency as written."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from operator import itemgetter

import regex

from tracker.extraction import currencies, numbers
from tracker.extraction.grammar import PATTERN
from tracker.extraction.numbers import Number
from tracker.extraction.words import is_foreign, load_rules, magnitude_of, split_fraction
from tracker.schema import Evidence

Part = tuple[str | None, str | None, str | None, str | None, str | None]
"""What the grammar gives of one number: before, digits, words, magnitude, behind."""


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
_CHANGE = regex.compile(rf"\b(?:{'|'.join(_RULES['change'])})\b[^.;]{{0,80}}?\bfrom\s+$", regex.I)
_COUNTED_NEXT = regex.compile(rf"\s+(?:\w+\s+){{0,2}}?(?:{'|'.join(_RULES['counted'])})\b", regex.I)
_NO_NOUN_NEXT = regex.compile(
    rf"\s*(?:$|[.;:,)!?”\"]|(?:{'|'.join(_RULES['follows'])})\b)", regex.I
)
_WEIGHED = regex.compile(rf"\s+of\s+(?!(?:{'|'.join(_RULES['of_money'])})\b)", regex.I)
_CODE_WORDS = "awk bash echo Perl print sed shell arguments? parameters? variables?".split(" ")
_CODE_BEFORE = regex.compile(rf"[{{`^\\=]\s?$|\b(?:{'|'.join(_CODE_WORDS)})\b")
_CODE_AFTER = regex.compile(r"[}`^\\]|'\s*[)}]")
_SHORT = 2
"""Abbreviations of so few letters ("m", "bn") count only beside a currency."""


_GROUPS = {name: index - 1 for name, index in PATTERN.groupindex.items()}
_NAMES = ("before", "digits", "words", "magnitude", "behind")
_FIRST = itemgetter(*(_GROUPS[f"{name}1"] for name in _NAMES))
_SECOND = itemgetter(*(_GROUPS[f"{name}2"] for name in _NAMES))


def read_match(match: regex.Match[str], text: str) -> list[Amount]:
    """The one amount of a match, or the two of a change."""
    groups = match.groups()
    first: Part = _FIRST(groups)
    second: Part = _SECOND(groups)
    start, end = match.span()
    if not second[1] and not second[2]:
        return _one(first, first, (start, end), text)
    second_start = min(match.start(g) for g in ("before2", "digits2", "words2") if match[g])
    if match["between"]:
        start += len(match["between"])
    elif match["to"].strip().lower() == "to" and _CHANGE.search(text, max(0, start - 100), start):
        # "rose from 116 to 165 million": two amounts, the first borrows what it lacks.
        borrowed = (first[0] or second[0], first[1], first[2], first[3] or second[3],
                    first[4] or second[4])  # fmt: skip
        return [
            *_one(borrowed, borrowed, (start, match.start("to")), text),
            *_one(second, second, (second_start, end), text),
        ]
    if not _is_range(match, first, second, end, text):
        # "$40 million to 2 million refugees", "$5 million to 300 villages"
        return _one(first, first, (start, match.start("to")), text)
    # What is no range ("5 April-€7") may still hold an amount in either half.
    return (
        _one(first, second, (start, end), text)
        or _one(second, second, (second_start, end), text)
        or (_one(first, first, (start, match.start("to")), text) if match["to"] else [])
    )


def _is_range(match: regex.Match[str], first: Part, second: Part, end: int, text: str) -> bool:
    """Whether a second number without a currency is the upper bound of the first."""
    if second[0] or second[4] or not (first[0] or first[4]) or match["between"]:
        return True
    if _COUNTED_NEXT.match(text, end):
        return False
    if second[3]:
        return True
    # "$2,000-3,000", "$500 to 600": as many digits, greater, and no year.
    digits = [regex.sub(r"\D", "", part[1] or "") for part in (first, second)]
    year = "," not in (second[1] or "") and 1900 <= int(digits[1] or 0) <= 2100
    alike = not first[3] and len(digits[0]) <= len(digits[1]) <= len(digits[0]) + 1
    dashed = not (match["to"] or "").strip().isalpha()
    return alike and not year and (dashed or bool(_NO_NOUN_NEXT.match(text, end)))


def _one(first: Part, second: Part, span: tuple[int, int], text: str) -> list[Amount]:
    """One amount from a number, or from the two of a range; none when it is no money."""
    written = second[4] or second[0] or first[0] or first[4]
    magnitude = second[3]
    if not written and len(magnitude or "") <= _SHORT:
        return []
    family = currencies.family_of(written) if written else None
    upper = _number(second, None if magnitude else family)
    if upper is None or not _is_money(written, second, upper, span, text):
        return []
    factor = magnitude_of(magnitude)
    lower: Number | None = upper
    lower_factor = factor
    if first is not second:
        lower_magnitude = first[3] or magnitude
        lower_factor = magnitude_of(lower_magnitude)
        lower = _number(
            (*first[:3], lower_magnitude, first[4]), None if lower_magnitude else family
        )
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


def _number(part: Part, family: str | None) -> Number | None:
    _, digits, words, magnitude, _ = part
    if digits:
        dots = is_foreign(magnitude) or family in currencies.DOT_THOUSANDS
        return numbers.read_digits(digits, whole_currency=dots)
    number = numbers.read_words(words or "")
    fraction = split_fraction(magnitude)[1] if magnitude else 0
    if number and fraction:  # "a billion and a half"
        return Number(number.value + fraction, 2)
    return number


def _is_money(
    written: str | None, part: Part, number: Number, span: tuple[int, int], text: str
) -> bool:
    """Whether a sign, code or name that has other meanings too stands for money here."""
    before, digits, words, magnitude, behind = part
    if not written:
        return True  # elided: the words before it decide
    year = (digits or "").isdigit() and 1900 <= number.value <= 2100
    big = bool(magnitude) or (number.value >= 1000 and not year)
    name = " ".join((behind or before or "").lower().split())
    if before in currencies.LETTERS:
        return bool(magnitude) or "," in (digits or "")
    if written.strip() in currencies.WORD_CODES or name in currencies.WORD_NAMES:
        if not big or (words and not magnitude):
            return False
        if not magnitude and "-" in text[slice(*span)]:
            return False  # "a 2,000-pound bomb"
        if name in ("pound", "pounds") and _WEIGHED.match(text, span[1]):
            return False
    if words in ("a", "an", "A", "An") and not magnitude:
        return False
    if before == "$" and not magnitude and (digits or "").isdigit():
        return not (_CODE_BEFORE.search(text, max(0, span[0] - 50), span[0])
                    or _CODE_AFTER.match(text, span[1]))  # fmt: skip
    return True
