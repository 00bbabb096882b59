"""Countries named in a text, for the currencies that only a country tells apart."""

from __future__ import annotations

from functools import cache

import ahocorasick_rs
import regex

from tracker.extraction import currencies
from tracker.extraction.names import COUNTRY_KINDS, _entries

REACH_BACK, REACH_ON = 3_000, 750
"""How far from an amount, in bytes, a country counts: some twenty sentences, and five."""

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
    for name, party, _ in sorted(_entries(), key=lambda entry: entry[2]):
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
    """The countries that a text names, looked for when first asked for."""

    def __init__(self, text: bytes) -> None:
        """`text` is UTF-8; offsets count its bytes."""
        self._text = text
        self._named: dict[str, list[tuple[int, int, int, int]]] = {}

    def nearest(self, offset: int, family: str, among: frozenset[str] | None = None) -> str | None:
        """The country named nearest to `offset` that has a currency of the family.

        `among` are the currencies that count, all of them unless given.
        """
        finder, codes = _finder(family)
        table, text = currencies.FAMILIES[family], self._text
        named = self._named.get(family)
        if named is None:
            # Names run over line breaks.
            text = text.replace(b"\n", b" ")
            named = [
                (index, start, end, RECEIVER * bool(_GETS.search(text, max(0, start - 20), start)))
                for index, start, end in finder.find_matches_as_indexes(text)
            ]
            self._named[family] = named
        nearest, least = None, REACH_BACK + 1
        for index, start, end, more in named:
            distance = more + (offset - start if start < offset else start - offset)
            if (
                distance < least
                and start - offset <= REACH_ON
                and (not among or table[codes[index]] in among)
                and not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())
            ):
                nearest, least = codes[index], distance
        return nearest
