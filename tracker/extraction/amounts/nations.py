"""Countries named in a text, for the currencies that only a country tells apart."""

from __future__ import annotations

from functools import cache

import ahocorasick_rs
import regex

from tracker.extraction.amounts import currencies
from tracker.extraction.text.names import COUNTRY_KINDS, entries

REACH_BACK, REACH_ON = 3_000, 750
"""How far from an amount, in bytes, a country counts: some twenty sentences, and five."""

NEAR = 400
"""How far is looked at first: most amounts have their country beside them."""
LONGEST_NAME = 60
"""Bytes that a name may have; those at the edge of what is looked at would be cut."""

RECEIVER = 150
"""How much further than it is a country counts that gets the money: it is given in the currency of
the giver ("India gave Nepal Rs 5 crore")."""
_GETS = regex.compile(
    rb"\b(?:to|for|gave|gives?|giving|lent|lends?|sent|sends?|offer(?:s|ed)?|grant(?:s|ed)?"
    rb"|paid|pays?|promised?|loaned)\s+(?:the\s+)?\Z"
)


@cache
def _finder(family: str) -> tuple[ahocorasick_rs.BytesAhoCorasick, list[str]]:
    """The names of the countries that have a currency of the family, and the country of each."""
    countries = currencies.FAMILIES[family]
    names: dict[str, str] = {}
    for name, party, _ in sorted(entries(), key=lambda entry: entry[2]):
        # Of two parties with one name the one for which it is not marked ambiguous counts.
        names.setdefault(name, party.code if party.kind in COUNTRY_KINDS else "")
    names = {name: code for name, code in names.items() if code in countries}
    finder = ahocorasick_rs.BytesAhoCorasick(
        [name.encode() for name in names],
        matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
        implementation=ahocorasick_rs.Implementation.DFA,
    )
    return finder, list(names.values())


class Nations:
    """The countries that a text names, looked for near an amount when first asked for."""

    def __init__(self, text: bytes | memoryview) -> None:
        """`text` is UTF-8; offsets count its bytes."""
        self._text = text

    def nearest(self, offset: int, family: str, among: frozenset[str] | None = None) -> str | None:
        """The country named nearest to `offset` that has a currency of the family.

        `among` are the currencies that count, all of them unless given.
        """
        near, distance = self._within(offset, family, among, NEAR, NEAR)
        if near is None or distance > NEAR - LONGEST_NAME:
            near, _ = self._within(offset, family, among, REACH_BACK, REACH_ON)
        return near

    def _within(
        self, offset: int, family: str, among: frozenset[str] | None, back: int, on: int
    ) -> tuple[str | None, int]:
        """The nearest country at most so many bytes before and behind `offset`, how far it is."""
        finder, codes = _finder(family)
        table = currencies.FAMILIES[family]
        first = max(0, offset - back - LONGEST_NAME)
        # Names run over line breaks.
        text = bytes(self._text[first : offset + on + LONGEST_NAME]).replace(b"\n", b" ")
        offset -= first
        nearest, least = None, back + 1
        for index, start, end in finder.find_matches_as_indexes(text):
            distance = offset - start if start < offset else start - offset
            if (
                distance < least
                and start - offset <= on
                and (not among or table[codes[index]] in among)
                and not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())
            ):
                distance += RECEIVER * bool(_GETS.search(text, max(0, start - 20), start))
                if distance < least:
                    nearest, least = codes[index], distance
        return nearest, least
