"""Amounts in columns of tables whose header has the currency: "Received (US$ million) | 5.2"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import regex

from tracker.extraction.amounts import currencies, numbers
from tracker.extraction.amounts.reading import Amount
from tracker.extraction.text.tables import below
from tracker.extraction.words import load_rules, magnitude_of
from tracker.schema import Evidence

_RULES = load_rules("en")
_CURRENCY = "|".join(
    regex.escape(written)
    for written in sorted(
        {*currencies.SIGNS, *currencies.CODES} - currencies.WORD_CODES, key=len, reverse=True
    )
)
_SCALE = r"thousands?|millions?|billions?|trillions?|crore|lakh|mn|mln|m|bn|'000|000s?"
_HEADED = rf"\((?:in )?(?:{_CURRENCY})(?:[ -]?(?:{_SCALE}))?\)"
"""The unit in the header of a column; a pattern that RE2 reads too."""
_UNIT = regex.compile(
    _HEADED.replace(f"(?:{_CURRENCY})", f"(?P<currency>{_CURRENCY})")
    .replace(f"(?:{_SCALE})", f"(?P<scale>{_SCALE})")
)  # fmt: skip
_FIGURE = regex.compile(r"\d{1,3}(?:[ ,\u00a0]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?")
_YEAR = regex.compile(r"(?:19|20)\d\d")
_NO_MONEY = regex.compile(
    rf"[%(]|\b(?:{'|'.join((*_RULES['elision']['counted'], *_RULES['columns']['measured']))})\b",
    regex.I,
)
"""Labels of rows that count something else under the same header."""
_THOUSANDS = frozenset({"'000", "000", "000s"})


def headed(texts: pa.Array) -> npt.NDArray[np.bool_]:
    """Which of the texts may have such a table."""
    return np.asarray(pc.match_substring_regex(texts, _HEADED).to_numpy(zero_copy_only=False))


def with_columns(text: str, amounts: list[Amount]) -> list[Amount]:
    """`amounts` with those that stand as bare figures under a header with their currency."""
    more = {(a.start, a.end): a for unit in _UNIT.finditer(text) for a in _under(text, unit)}
    taken = {n for a in amounts for n in range(a.start, a.end)} if more else set[int]()
    kept = [a for span, a in more.items() if taken.isdisjoint(range(*span))]
    return sorted([*amounts, *kept], key=lambda a: a.start) if kept else amounts


def _under(text: str, unit: regex.Match[str]) -> Iterator[Amount]:
    """The figures in the column below a header."""
    scale = unit["scale"]
    factor = Decimal(1000) if scale in _THOUSANDS else magnitude_of(scale)
    family = currencies.family_of(unit["currency"])
    for (start, end), label in below(text, unit.span()):
        figure = _FIGURE.fullmatch(text, start, end)
        if figure is None or _YEAR.fullmatch(text, start, end) or _NO_MONEY.search(text, *label):
            continue
        number = numbers.read_digits(figure.group())
        if number and number.value:
            why = Evidence("currency", "currency-of-the-column", *unit.span())
            yield Amount(start, end, number, number, factor, factor, family, evidence=[why])
