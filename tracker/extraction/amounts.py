"""Amounts of money in a text: what the grammar finds, read, checked, and given a currency.

Hedges, rates and periods are read by `hedges.py` and `periods.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import regex

from tracker.extraction import currencies
from tracker.extraction.elision import settle_elided
from tracker.extraction.grammar import PATTERN
from tracker.extraction.reading import Amount, read_match
from tracker.schema import Evidence


def find_amounts(
    text: str,
    countries_near: Callable[[int], list[str]],
    country: str | None = None,
    found: Iterable[regex.Match[str]] | None = None,
    limit: int | None = None,
) -> list[Amount]:
    """Every amount of money in `text`, in reading order.

    `countries_near(offset)` gives the ISO codes of the countries named in the text, nearest
    first; it is asked only where a currency name needs it. `country` is the reader's hint;
    `found` are the matches of the grammar where somebody has looked for them already. After
    `limit` amounts it stops.
    """
    amounts: list[Amount] = []
    for match in PATTERN.finditer(text) if found is None else found:
        amounts.extend(read_match(match, text))
        if limit and len(amounts) >= limit:
            break
    kept = settle_elided(amounts, text)
    _settle_currencies(kept, text, countries_near, country)
    return kept


_DOLLARS = frozenset(currencies.FAMILIES["$"].values())


def _settle_currencies(
    amounts: list[Amount],
    text: str,
    countries_near: Callable[[int], list[str]],
    country: str | None,
) -> None:
    """Turn families of currencies into ISO codes by what the passage says."""
    other_dollars = frozenset(a.family for a in amounts if a.family in _DOLLARS)
    for previous, amount in zip([None, *amounts], amounts, strict=False):
        family = amount.family or "$"
        behind = None
        if family == "$" and text[amount.end : amount.end + 2].lstrip()[:1] == "(":
            behind = currencies.DOLLAR_BEHIND.match(text, amount.end)
        if behind:
            found = currencies.Currency(
                currencies.DOLLAR_ADJECTIVES[behind["adjective"]], "dollar-named-behind"
            )
        elif previous and family == "$" and is_equivalent(text, previous, amount):
            # "NZ$1 billion ($619 million)": the equivalent is in another currency.
            found = currencies.Currency("USD", "bare-dollar-equivalent")
        else:
            found = currencies.resolve(
                family,
                other_dollars=other_dollars,
                countries=lambda start=amount.start: countries_near(start),  # type: ignore[misc]
                country=country,
            )
        amount.currency = found.code
        amount.evidence.append(Evidence("currency", found.rule, amount.start, amount.end))


_EQUIVALENT = regex.compile(
    r"\s*(?:\((?:\s*(?:about|around|some|roughly|approximately|approx\.?|nearly|almost|close to|"
    r"just (?:over|under)|over|more than|less than|equivalent to|the equivalent of|equal to|or|"
    r"i\.e\.|ca\.|c\.|~|≈|=|worth|at the time|up to))*\s*"
    r"|,? (?:or|equivalent to|the equivalent of|equal to)(?: (?:about|around|some|roughly|nearly|"
    r"approximately|almost))? |\s*[/=≈]\s*)",
    regex.I,
)


_EQUIVALENT_REACH = 60
"""Code points that the longest hedge between two equivalents takes."""


def is_equivalent(text: str, previous: Amount, amount: Amount) -> bool:
    """Whether `amount` states the sum of `previous` in another currency ("(about $3 billion)")."""
    near = amount.start - previous.end <= _EQUIVALENT_REACH
    return near and bool(_EQUIVALENT.fullmatch(text, previous.end, amount.start))
