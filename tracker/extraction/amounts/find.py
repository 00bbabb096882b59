"""Amounts of money in texts: what the grammar finds, read, checked, and given a currency.

`find_amounts` reads one text; `read_texts` and `amount_table` a column of them, the plain forms
of which `plain.py` reads at once. Hedges, rates and periods are read by `hedges.py` and
`periods.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import regex

from tracker.extraction.amounts import currencies, numbers
from tracker.extraction.amounts.columns import headed, with_columns
from tracker.extraction.amounts.elision import settle_elided, worth_reading
from tracker.extraction.amounts.grammar import PATTERN
from tracker.extraction.amounts.nations import Nations
from tracker.extraction.amounts.plain import Plain, read_plain
from tracker.extraction.amounts.reading import Amount, read_match
from tracker.extraction.amounts.scan import Marks, mark, matches, spans_of
from tracker.extraction.words import magnitude_of
from tracker.schema import Evidence


def find_amounts(
    text: str,
    country: str | None = None,
    found: Iterable[regex.Match[str]] | None = None,
    limit: int | None = None,
) -> list[Amount]:
    """Every amount of money in `text`, in reading order.

    `country` is the reader's hint; `found` are the matches of the grammar where somebody has
    looked for them already. After `limit` amounts it stops.
    """
    amounts: list[Amount] = []
    certain = 0
    for match in PATTERN.finditer(text) if found is None else found:
        read = read_match(match, text)
        amounts += read
        certain += sum(amount.family is not None for amount in read)
        if limit and certain >= limit:
            break
    return _with_currencies(with_columns(text, settle_elided(amounts, text)), text, country)


class _Scanned(NamedTuple):
    """A column of texts as the scan and the reading of plain amounts leave it."""

    texts: pa.Array
    marks: Marks
    plain: Plain
    currency: list[currencies.Currency]
    """Of each plain amount."""


def _scan(texts: pa.Array, countries: Sequence[str | None]) -> _Scanned:
    marks = mark(texts)
    plain = read_plain(marks, headed(texts))
    return _Scanned(texts, marks, plain, _plain_currencies(marks, plain, countries))


def _left(scanned: _Scanned, countries: Sequence[str | None], limit: int | None
          ) -> Iterator[tuple[int, list[Amount]]]:  # fmt: skip
    """The amounts of each text that the grammar has to read, with its row."""
    left = scanned.plain.left
    for row, spans in spans_of(scanned.marks, np.flatnonzero(left)):
        text = scanned.texts[row].as_py()
        found = matches(text, worth_reading(text, spans))
        yield row, find_amounts(text, countries[row], found, limit)


def read_texts(
    texts: pa.Array, countries: Sequence[str | None], limit: int | None = None
) -> Iterator[tuple[int, list[Amount]]]:
    """The amounts of a column of texts: (row, amounts) for each text that has any.

    `texts` is large_string without nulls; `countries` has the hint for each text; of one text at
    most about `limit` amounts are read.
    """
    scanned = _scan(texts, countries)
    plain = scanned.plain
    left = _left(scanned, countries, limit)
    row, amounts = next(left, (len(texts), []))
    spans = zip(plain.rows.tolist(), plain.starts.tolist(), plain.ends.tolist(),
                plain.digits.to_pylist(), plain.shape.tolist(), scanned.currency,
                strict=True)  # fmt: skip
    here: list[Amount] = []
    last = -1
    for at, start, end, digits, shape, currency in spans:
        if at != last:
            if here:
                yield last, here
            while row < at:
                if amounts:
                    yield row, amounts
                row, amounts = next(left, (len(texts), []))
            here, last = [], at
        number = numbers.read_digits(digits)
        assert number is not None  # plain.WHOLE allows no other digits
        factor = magnitude_of(plain.shapes[shape].magnitude)
        if limit is None or len(here) < limit:
            here.append(
                Amount(start, end, number, number, factor, factor, plain.shapes[shape].family,
                       currency.code, evidence=[Evidence("currency", currency.rule, start, end)])
            )  # fmt: skip
    if here:
        yield last, here
    if amounts:
        yield row, amounts
    yield from ((at, found) for at, found in left if found)


AMOUNT_SCHEMA = pa.schema([
    ("row", pa.int64()), ("start", pa.int64()), ("end", pa.int64()),
    ("amount_min", pa.float64()), ("amount_max", pa.float64()), ("currency", pa.string()),
])  # fmt: skip
"""Amounts alone: index of the text, span in code points, bounds in whole units, ISO 4217 code."""


def amount_table(texts: pa.Array) -> pa.Table:
    """The amounts of a column of texts (large_string, no nulls) without their tags, in order.

    Columns as in `AMOUNT_SCHEMA`.
    """
    countries = [None] * len(texts)
    scanned = _scan(texts, countries)
    plain = scanned.plain
    codes = pa.array([c.code for c in scanned.currency], pa.string())
    values = pa.array(plain.values)
    columns = [pa.array(plain.rows), pa.array(plain.starts), pa.array(plain.ends), values, values,
               codes]  # fmt: skip
    table = pa.table(columns, schema=AMOUNT_SCHEMA)
    rest = [
        (row, a.start, a.end, float(a.minimum), float(a.maximum), a.currency)
        for row, amounts in _left(scanned, countries, None)
        for a in amounts
    ]
    if not rest:
        return table
    more = pa.table([list(c) for c in zip(*rest, strict=True)], schema=AMOUNT_SCHEMA)
    return pa.concat_tables([table, more]).sort_by([("row", "ascending"), ("start", "ascending")])


_DOLLARS = frozenset(currencies.FAMILIES["$"].values())


def _plain_currencies(
    marks: Marks, plain: Plain, countries: Sequence[str | None]
) -> list[currencies.Currency]:
    """The currency of each plain amount; the text is read only where it has to choose."""
    families = [s.family or "" for s in plain.shapes]
    written = [
        currencies.BARE_DOLLAR if f == "$" else currencies.Currency(f, "currency-written")
        for f in families
    ]
    shapes, rows = plain.shape.tolist(), plain.rows.tolist()
    found = [written[shape] for shape in shapes]
    dollar, bare, several = (
        np.array([is_it(f) for f in families], bool)[plain.shape]
        for is_it in (_DOLLARS.__contains__, "$".__eq__, currencies.FAMILIES.__contains__)
    )
    several &= ~bare | np.isin(plain.rows, plain.rows[dollar])
    dollars: dict[int, set[str]] = defaultdict(set)
    for index in np.flatnonzero(dollar).tolist():
        dollars[rows[index]].add(families[shapes[index]])
    bounds, data = marks.bounds.tolist(), marks.data.data
    text, nations = 0, Nations(b"")
    for before, index in pairwise([-1, *np.flatnonzero(several).tolist()]):
        row, start = rows[index], plain.first_bytes[index]
        if before < 0 or rows[before] != row:
            text = bounds[row]
            nations = Nations(data[text : bounds[row + 1]])
        if (
            bare[index]
            and rows[index - 1 : index] == [row]
            and _is_equivalent(_between(data, plain.last_bytes[index - 1], start))
        ):
            found[index] = currencies.DOLLAR_EQUIVALENT
            continue
        worth = False
        if bare[index] and rows[index + 1 : index + 2] == [row]:
            worth = families[shapes[index + 1]] == "USD" and _is_equivalent(
                _between(data, plain.last_bytes[index], plain.first_bytes[index + 1])
            )
        resolved = currencies.resolve(
            families[shapes[index]],
            other_dollars=_with_other(frozenset(dollars[row]), worth),
            nearest=partial(nations.nearest, start - text),
            country=countries[row],
        )
        found[index] = resolved or found[index]
    return found


def _between(data: memoryview, start: int, end: int) -> str:
    """The text between two bytes, as far as `_is_equivalent` has to see it."""
    return str(data[start : min(end, start + 4 * _EQUIVALENT_REACH + 4)], "utf-8", "replace")


def _with_currencies(amounts: list[Amount], text: str, country: str | None) -> list[Amount]:
    """Turn families into ISO codes by what the passage says; what it makes no money is left out."""
    dollars = frozenset(a.family for a in amounts if a.family in _DOLLARS)
    nations = Nations(text.encode(errors="replace") if amounts else b"")
    place = last = 0
    for previous, amount, following in zip(
        [None, *amounts], amounts, [*amounts[1:], None], strict=False
    ):
        family = amount.family or "$"
        place += len(text[last : amount.start].encode(errors="replace"))
        last = amount.start
        found: currencies.Currency | None
        behind = family == "$" and currencies.DOLLAR_BEHIND.match(text, amount.end)
        if behind:
            found = currencies.Currency(
                currencies.DOLLAR_ADJECTIVES[behind["adjective"]], "dollar-named-behind"
            )
        elif family == "$" and previous and dollars and is_equivalent(text, previous, amount):
            # "NZ$1 billion ($619 million)": the equivalent is in another currency.
            found = currencies.DOLLAR_EQUIVALENT
        else:
            worth = following and following.family == "USD" and is_equivalent(
                text, amount, following
            )  # fmt: skip
            found = currencies.resolve(
                family,
                other_dollars=_with_other(dollars, bool(worth)),
                nearest=partial(nations.nearest, place),
                country=country,
            )
        if found:
            amount.currency = found.code
            amount.evidence.append(Evidence("currency", found.rule, amount.start, amount.end))
    return [amount for amount in amounts if amount.currency]


def _with_other(dollars: frozenset[str], worth: bool) -> frozenset[str]:
    """The dollars that a bare "$" may be: any but "US$" where that states its `worth`."""
    return currencies.OTHER_DOLLARS if worth else dollars


_EQUIVALENT = regex.compile(
    r"(?:(?:\s+[\p{L}'’-]+){0,4}\s*[(\[](?:\s*(?:then|now|currently|today|about|around|some"
    r"|roughly|approximately|approx\.?|nearly|almost|close to|just (?:over|under)|over|more than"
    r"|less than|equivalent to|the equivalent of|equal to|or|i\.e\.|ca\.|c\.|~|≈|=|worth"
    r"|at the time|up to))*\s*"
    r"|,? (?:or|equivalent to|the equivalent of|equal to)(?: (?:about|around|some|roughly|nearly|"
    r"approximately|almost))? |\s*[/=≈]\s*)",
    regex.I,
)


_EQUIVALENT_REACH = 90
"""Code points that the longest hedge between two equivalents takes."""


def is_equivalent(text: str, previous: Amount, amount: Amount) -> bool:
    """Whether `amount` states the sum of `previous` in another currency ("(about $3 billion)")."""
    return _is_equivalent(text[previous.end : amount.start])


_SET_OFF = regex.compile(
    r"(?:,|\s*[—–]|\s+-)\s*(?:about|around|some|roughly|approximately|nearly|almost|equal to|or"
    r"|equivalent to|the equivalent of|worth)\s+",
    regex.I,
)
_SET_OFF_END = regex.compile(r"\s*[,—–)]|\s+-\s")
_ALSO = regex.compile(r"\s*(?:[,;/]|or|and)\s*(?:(?:or|about|around|roughly)\s+)?", regex.I)


def states_again(text: str, previous: Amount, amount: Amount) -> bool:
    """Whether `amount` is the sum of `previous` once more, in another currency or notation."""
    same = amount.currency == previous.currency
    if same and (amount.minimum, amount.maximum) != (previous.minimum, previous.maximum):
        return False
    if is_equivalent(text, previous, amount):
        return True
    # "£500m, about $630m, in aid"
    return bool(
        _SET_OFF.fullmatch(text, previous.end, amount.start)
        and _SET_OFF_END.match(text, amount.end)
    )


def also_states(text: str, previous: Amount, amount: Amount) -> bool:
    """Whether `amount` stands behind an equivalent as one more: "(US$630m or €580m)"."""
    return amount.currency != previous.currency and bool(
        _ALSO.fullmatch(text, previous.end, amount.start)
    )


def _is_equivalent(between: str) -> bool:
    return len(between) <= _EQUIVALENT_REACH and bool(_EQUIVALENT.fullmatch(between))
