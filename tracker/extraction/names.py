"""Names of countries, governments and organisations, found in tokens.

Countries come from country-converter, provinces and cities from `rules/places.toml`, everything
else from `rules/parties.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from tracker.extraction.context import Sentence
from tracker.extraction.lexicon import Hit, Lexicon
from tracker.extraction.words import load_rules

_KINDS = {
    "names": "name", "demonyms": "demonym", "capitals": "capital", "places": "place",
    "leaders": "leader", "institutions": "institution",
}  # fmt: skip
COUNTRY_KINDS = frozenset(_KINDS.values())


class Party(NamedTuple):
    """A country (ISO 3166-1 alpha-3) or an organisation, and what kind of name leads to it."""

    code: str
    kind: str
    """name, demonym, capital, place, leader, institution; or funder, agency, bloc."""


def _entries() -> Iterator[tuple[str, Party, bool]]:
    """Every name with its party, and whether the name is ambiguous."""
    rules = load_rules("parties")
    for entry in rules["organisation"]:
        for key in ("names", "leaders"):
            party = Party(entry["code"], entry["kind"])
            yield from ((n, party, n in entry.get("ambiguous", ())) for n in entry.get(key, ()))
    for entry in rules["country"]:
        for key, kind in _KINDS.items():
            party = Party(entry["code"], kind)
            yield from ((n, party, n in entry.get("ambiguous", ())) for n in entry.get(key, ()))
            if key == "capitals":
                # As datelines write it, where it is a place: "VIENNA, May 3".
                place = Party(entry["code"], "place")
                yield from ((n.upper(), place, True) for n in entry.get(key, ()))
    for code, places in load_rules("places")["places"].items():
        # Those of parties.toml are chosen by hand and count first.
        yield from ((" ".join(n.split()), Party(code, "place"), True) for n in places.split(";"))
    for code, names in country_names().items():
        yield from ((name, Party(code, "name"), False) for name in names)
        # As headlines write it: "UKRAINE APPEAL".
        yield from ((name.upper(), Party(code, "name"), True) for name in names)


@cache
def country_names() -> dict[str, tuple[str, str]]:
    """Short and official English name of each country by ISO 3166-1 alpha-3 code."""
    import country_converter  # noqa: PLC0415  slow to import, and needed once

    table: Any = country_converter.CountryConverter().data
    rows = zip(table["ISO3"], table["name_short"], table["name_official"], strict=True)
    return {code: (short, official) for code, short, official in rows}


@cache
def country_codes() -> dict[str, str]:
    """ISO 3166-1 alpha-3 code of each country by its alpha-2 code."""
    import country_converter  # noqa: PLC0415  slow to import, and needed once

    table: Any = country_converter.CountryConverter().data
    # Two cells are patterns of two codes: "^GB$|^UK$", "^GR$|^EL$".
    return {
        code: country
        for codes, country in zip(table["ISO2"], table["ISO3"], strict=True)
        for code in codes.replace("^", "").replace("$", "").split("|")
    }


@cache
def _lexicon() -> Lexicon[Party]:
    # Of two parties with one name the one for which it is not marked ambiguous counts.
    entries = sorted(_entries(), key=lambda entry: entry[2])
    return Lexicon(((name, party) for name, party, _ in entries), exact_case=True)


def party_hits(sentence: Sentence) -> list[Hit[Party]]:
    """The parties named in a sentence, in reading order."""
    return sentence.once("parties", lambda: _lexicon().find(sentence))
