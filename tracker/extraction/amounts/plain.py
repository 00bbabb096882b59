"""Plain amounts read in columns: "$61.4 billion", "EUR 300 million", "5,000,000 pounds".

Most amounts have one of a few hundred shapes: the words before the digits and those behind them.
The grammar reads each shape once, with a number that stands for all numbers; numpy reads the
digits. A text that holds anything else (a range, a number in words, a currency left out) is left
as a whole to the grammar, and so is one where the words beside an amount could belong to it.
tests/extraction/test_plain.py holds both ways equal.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tracker.extraction.amounts import currencies
from tracker.extraction.amounts.elision import FOLLOWS
from tracker.extraction.amounts.grammar import PATTERN
from tracker.extraction.amounts.scan import NUMBER_WORDS, Marks, Offsets
from tracker.extraction.words import is_foreign, magnitude_of

_SPACES = r"\s\x{85}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}"
"""What Python takes for a space; RE2's own class holds the ASCII ones alone."""
_DASH = r"[-–—‑]"
_NUMBER = "|".join(sorted(NUMBER_WORDS))
BEFORE_IT, BEHIND_IT = 56, 32
"""Bytes beside an amount that are looked at."""

CLEAN_BEFORE = rf"(?:^|[{_SPACES}(\[\"“‘'«])$"
CLEAN_BEHIND = rf"^(?:$|[{_SPACES};:!?)\]\"'’”“…–—/+*(&]|[.,](?:[^0-9]|$)|[-‑](?:[^0-9A-Za-z]|$))"
"""An amount with other signs beside it may be part of something else."""
IN_RANGE_BEFORE = (
    rf"(?i)(?:(?:^[^{_SPACES}]*|[0-9][^{_SPACES}]*|(?:^|[-{_SPACES}])(?:{_NUMBER}))[{_SPACES}]*"
    rf"(?:\b(?:to|or|and)\b|{_DASH})|between)[{_SPACES}]*$"
)
IN_RANGE_BEHIND = (
    rf"^(?:[{_SPACES}]?{_DASH}[{_SPACES}]?|[-‑]?[{_SPACES}](?i:to|or)[{_SPACES}]|[{_SPACES}]{{1,2}})"
    r"(?:$|[0-9])"
)
"""What could make the amount one half of a range, or of "$1 million 200 thousand", or lend its code
to the number behind it: another number, or the next mark."""
_DOLLAR_NAMED = (
    rf"^[{_SPACES}]*(?:\(|in[{_SPACES}]+)?(?:{'|'.join(currencies.DOLLAR_ADJECTIVES)})"
).replace("U.S.", r"U\.S\.")
"""Which dollar it is stands behind it: "$500 million (Canadian)"."""
SPLIT = r"^(?P<before>[^0-9]*)(?P<digits>[0-9][0-9.,]*)(?P<behind>[^0-9]*)$"
_THOUSANDS = r"\.000$"
"""In some currencies "3.000 million" is 3,000 million."""
WHOLE = r"^(?:[0-9]{1,15}(?:\.[0-9]{1,6})?|[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,2})?)$"
"""Digits that can only be read in one way, if a magnitude or a comma goes with them."""
_EXACT = 2**53
"""Below it every whole number is a float64 of its own."""


class Shape(NamedTuple):
    """What the words around the digits say: currency or family, magnitude."""

    family: str | None
    magnitude: str | None
    weighs: bool
    """Whether "of" behind it makes it a weight ("5 million pounds of rice")."""


class Plain(NamedTuple):
    """The amounts of the texts that hold plain ones alone, and the texts that hold others.

    One entry for each amount, in reading order, but for `left`.
    """

    rows: Offsets
    starts: Offsets
    ends: Offsets
    values: npt.NDArray[np.float64]
    """In whole currency units."""
    shapes: list[Shape]
    shape: Offsets
    """Index into `shapes`."""
    digits: pa.Array
    left: npt.NDArray[np.bool_]
    """For each text, whether it is left to the grammar."""
    first_bytes: list[int]
    """Start of each in the bytes of all the texts."""
    last_bytes: list[int]


@cache
def shape_of(before: str, behind: str) -> Shape | None:
    """What the words around digits mean, read by the grammar; None where that is not all."""
    match = PATTERN.fullmatch(f"{before}5.5{behind}")
    if match is None or match["digits1"] != "5.5" or match["digits2"] or match["words2"]:
        return None
    written, magnitude = match["behind1"] or match["before1"], match["magnitude1"]
    if (match["before1"] and match["behind1"]) or "-" in before + behind or is_foreign(magnitude):
        return None
    if not written:
        return Shape(None, magnitude, False)
    if not magnitude and written.strip() in currencies.WEAK_SIGNS | currencies.WORD_CODES:
        return None
    name, family = written.lower().split()[-1], currencies.family_of(written)
    if name in currencies.HUNDREDTHS or name in ("won", "real", "crown"):
        return None
    if "default" not in currencies.FAMILIES.get(family, {"default": ""}):
        return None
    return Shape(family, magnitude, name in ("pound", "pounds"))


def read_plain(marks: Marks, headed: npt.NDArray[np.bool_]) -> Plain:
    """Read the plain amounts that `marks` holds of a column of texts.

    `headed` says of each text whether it is left as a whole, for its tables.
    """
    starts, ends, rows, bounds = marks.starts, marks.ends, marks.rows, marks.bounds
    count = len(starts)
    # The text beside each mark, up to the next mark and the ends of the text.
    since = np.concatenate(([0], ends[:-1])) if count else ends
    until = np.concatenate((starts[1:], [len(marks.data)])) if count else ends
    since, until = np.maximum(since, bounds[rows]), np.minimum(until, bounds[rows + 1])
    alone = (since < starts) | (starts == bounds[rows])
    alone &= (until > ends) | (ends == bounds[rows + 1])
    before = marks.pieces(_whole(marks, np.maximum(since, starts - BEFORE_IT), 1), starts)
    behind = marks.pieces(ends, _whole(marks, np.minimum(until, ends + BEHIND_IT), -1))

    shapes, shape, digits = _shapes(marks.pieces(starts, ends))
    # The last shape stands for every amount that has none.
    known = shape < len(shapes)
    lone = np.array([s.family is None for s in shapes] + [False])[shape]
    sums = np.array([s.magnitude is not None for s in shapes] + [False])[shape]
    weighs = np.array([s.weighs for s in shapes] + [False])[shape]
    values, whole = _values(digits, shapes, shape)
    plain = known & alone
    plain &= _has(before, CLEAN_BEFORE, plain)
    plain &= _has(behind, CLEAN_BEHIND, plain)
    plain &= ~_has(before, IN_RANGE_BEFORE, plain)
    plain &= ~_has(behind, IN_RANGE_BEHIND, plain)
    # Without a magnitude or thousands "$5" may be a parameter and "5 pounds" a weight.
    money = whole & (sums | ((values >= 1000) & _has(digits, ",", ~sums)))
    weighs &= plain
    money &= ~_has(behind, rf"^[{_SPACES}]+of\b", weighs)
    money &= ~_has(before, r"(?i)weigh|thrust|payload|cargo", weighs)
    bare = np.array([s.family == "$" for s in shapes] + [False])[shape]
    money &= ~_has(behind, _DOLLAR_NAMED, bare & plain)
    # "3.2 million people": no money, whatever stands around it.
    nothing = lone & plain
    nothing &= ~_has(behind, f"(?i){FOLLOWS}".replace(r"\s", f"[{_SPACES}]"), nothing)
    nothing &= ~_has(behind, rf"^[{_SPACES}]*$", nothing)
    left = headed.copy()
    left[rows[~(plain & (nothing | (money & ~lone)))]] = True
    kept = np.flatnonzero(plain & money & ~lone & ~left[rows])
    first, last = marks.in_code_points()
    return Plain(rows[kept], first[kept], last[kept], values[kept], shapes, shape[kept],
                 digits.take(pa.array(kept)), left,
                 starts[kept].tolist(), ends[kept].tolist())  # fmt: skip


def _has(
    texts: pa.Array, pattern: str, where: npt.NDArray[np.bool_] | None = None
) -> npt.NDArray[np.bool_]:
    """Which of the texts the pattern is found in; only those `where` is true are looked at."""
    if where is None:
        found = pc.match_substring_regex(texts, pattern)
        return np.asarray(found.to_numpy(zero_copy_only=False))
    has = np.zeros(len(texts), bool)
    places = np.flatnonzero(where)
    if len(places):
        has[places] = _has(texts.take(pa.array(places)), pattern)
    return has


def _whole(marks: Marks, places: Offsets, step: int) -> Offsets:
    """The places, moved by `step` until they stand at the start of a character."""
    places = places.copy()
    for _ in range(3):
        inside = places < len(marks.data)
        inside[inside] = marks.data[places[inside]] & 0xC0 == 0x80
        if not inside.any():
            break
        places[inside] += step
    return places


def _shapes(written: pa.Array) -> tuple[list[Shape], Offsets, pa.Array]:
    """The shapes of amounts as written, which of them each has, and its digits."""
    parts = pc.extract_regex(written, SPLIT)
    before, behind = (
        parts.field(name).fill_null("\x00").dictionary_encode() for name in ("before", "behind")
    )
    digits = parts.field("digits").fill_null("")
    width = max(len(behind.dictionary), 1)
    codes = before.indices.to_numpy().astype(np.int64) * width + behind.indices.to_numpy()
    used, places = np.unique(codes, return_inverse=True)
    shapes: list[Shape] = []
    known: list[int] = []
    for code in used.tolist():
        found = shape_of(before.dictionary[code // width].as_py(),
                         behind.dictionary[code % width].as_py())  # fmt: skip
        known.append(len(shapes) if found else -1)
        shapes += [found] if found else []
    index = np.array([len(shapes) if k < 0 else k for k in known], np.int64)
    return shapes, index[places] if len(places) else places.astype(np.int64), digits


def _values(
    digits: pa.Array, shapes: list[Shape], shape: Offsets
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Values in currency units, and whether the digits could be read exactly."""
    whole = _has(digits, WHOLE) & ~_has(digits, _THOUSANDS)
    plain = pc.replace_substring(pc.if_else(pa.array(whole), digits, "0"), ",", "")
    point = pc.find_substring(plain, ".").to_numpy()
    length = pc.binary_length(plain).to_numpy()
    decimals = np.where(point < 0, 0, length - point - 1)
    number = pc.cast(pc.replace_substring(plain, ".", ""), pa.int64()).to_numpy().astype(float)
    powers = [magnitude_of(s.magnitude).adjusted() for s in shapes]
    power = np.array([*powers, 0])[shape] - decimals
    # One exact number times or over another, so that it is rounded once, as a Decimal would be.
    values = np.where(power >= 0, number * 10.0 ** np.maximum(power, 0),
                      number / 10.0 ** np.maximum(-power, 0))  # fmt: skip
    return values, whole & (number < _EXACT)
