"""Numbers as written to numbers as read, and the interval that their digits allow.

Everything is counted in `Decimal`, so that 61.4 billion is 61400000000 and not a neighbour of it.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import regex

from tracker.extraction.words import WORDS

_SPACES = regex.compile(r"[\s  ]+")
_SEPARATED = {
    # the thousands separator and what follows it, as groups of digits
    "western": regex.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"),
    "indian": regex.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?"),
    "apostrophe": regex.compile(r"\d{1,3}(?:['’]\d{3})+(?:[.,]\d+)?"),
    "spaced": regex.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?"),
    "european": regex.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d+"),
}
_FRACTION = regex.compile(r"[½¼¾]$| [1-3]/[2-4]$")
_FRACTIONS = {
    "½": Decimal("0.5"), "1/2": Decimal("0.5"), "¼": Decimal("0.25"), "1/4": Decimal("0.25"),
    "¾": Decimal("0.75"), "3/4": Decimal("0.75"),
}  # fmt: skip
_PLAIN = regex.compile(r"\d+(?:\.\d+)?")
_DECIMAL_COMMA = regex.compile(r"\d+,(?:\d{1,2}|\d{4,})")
_DOT_THOUSANDS = regex.compile(r"[1-9]\d{0,2}\.\d{3}")

INTERVAL_CAP = Decimal("0.05")
"""No amount is taken to be vaguer than 5 % a side (docs/DESIGN.md, rule 4)."""


class Number(NamedTuple):
    """A number as read: its value, and how many decimals were written."""

    value: Decimal
    decimals: int


@lru_cache(maxsize=65_536)
def read_digits(text: str, *, whole_currency: bool = False) -> Number | None:
    """Read digits in any of the usual notations; None when they are none of them.

    `whole_currency` says that no magnitude follows and that the currency is one whose texts put
    dots between thousands, so that "457.000" is 457,000 and not 457.
    """
    text = _SPACES.sub(" ", text)
    if text[-1:].isalpha():  # "2 and a half"
        digits, _, words = text.partition(" ")
        whole, more = read_digits(digits), WORDS.fractions.get(words.lower())
        return _of(whole.value + more) if whole and more and not whole.decimals else None
    fraction = _FRACTION.search(text)
    if fraction:
        whole = read_digits(text[: fraction.start()].rstrip())
        value = _FRACTIONS.get(fraction.group().strip())
        return _of(whole.value + value) if whole and value else None
    if text.startswith("."):
        text = "0" + text
    if _PLAIN.fullmatch(text):
        if whole_currency and _DOT_THOUSANDS.fullmatch(text):
            return Number(Decimal(text.replace(".", "")), 0)
        plain = text
    elif any(_SEPARATED[k].fullmatch(text) for k in ("western", "indian")):
        plain = text.replace(",", "")
    elif any(_SEPARATED[k].fullmatch(text) for k in ("apostrophe", "spaced", "european")):
        for separator in ("'", "’", " ", *(["."] if "." in text and "," in text else [])):
            text = text.replace(separator, "")
        plain = text.replace(",", ".") if text.count(".") < 2 else text.replace(".", "")
    elif _DECIMAL_COMMA.fullmatch(text):
        plain = text.replace(",", ".")
    else:
        return None
    return Number(Decimal(plain), len(plain.partition(".")[2]))


def read_words(text: str) -> Number | None:
    """Read "two and a half", "a hundred", "twenty-five"; None when they are no number."""
    words = _SPACES.sub(" ", text.lower()).strip().replace("-and-a-", " and a ")
    if words in WORDS.articles:
        # Of "a third" no more digits are meant than of "a quarter".
        value = WORDS.articles[words]
        return Number(value, min(_of(value).decimals, 2))
    if " point " in words:
        whole, _, places = words.partition(" point ")
        digits = "".join(str(WORDS.numbers[word]) for word in places.split())
        number = read_words(whole)
        return number and Number(number.value + Decimal(f"0.{digits}"), len(digits))
    fraction = Decimal(0)
    for ending, value in WORDS.fractions.items():
        if words.endswith(" " + ending):
            words, fraction = words[: -len(ending) - 1], value
            break
    total = Decimal(0)
    for word in words.replace("-", " ").replace(" and ", " ").split():
        if word in ("a", "an"):
            continue
        if word == "hundred":
            total = (total or Decimal(1)) * 100
        elif word in WORDS.numbers:
            total += WORDS.numbers[word]
        else:
            return None
    return _of(total + fraction) if total else None


def _of(value: Decimal) -> Number:
    """A number as if it had been written in its shortest digits."""
    exponent = value.normalize().as_tuple().exponent
    return Number(value, max(0, -int(exponent)))


@lru_cache(maxsize=65_536)
def interval(number: Number, magnitude: Decimal, qualifier: str) -> tuple[Decimal, Decimal]:
    """The interval `low` <= x < `high` that the digits and the hedge allow, in currency units.

    Source: docs/DESIGN.md, rule 4. `magnitude` is what the number was multiplied by.
    """
    value = number.value * magnitude
    if not value:
        return Decimal(0), magnitude / 2
    leading = value.adjusted()
    second_digit = Decimal(1).scaleb(leading - 1)
    if qualifier == "below":
        return value - second_digit, value
    if qualifier == "above":
        return value, value + second_digit
    if number.decimals:
        unit = Decimal(1).scaleb(-number.decimals) * magnitude
    else:
        last_digit = int(number.value.normalize().as_tuple().exponent)
        # The last digit that is not a trailing zero, but zeros up to the second digit count;
        # a number of one digit has no second one.
        unit = Decimal(1).scaleb(min(last_digit, max(number.value.adjusted() - 1, 0))) * magnitude
    half = min(unit / 2, value * INTERVAL_CAP)
    if qualifier == "about":
        half *= 2
    return value - half, value + half
