"""Names of countries, governments and organisations, found in tokens.

Countries come from country-converter, provinces and cities from `rules/places.toml`, everything
else from `rules/parties.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from tracker.extraction.text.lexicon import Hit, Lexicon
from tracker.extraction.text.sentence import Sentence, words_of
from tracker.extraction.words import load_rules

_KINDS = {
    "names": "name", "demonyms": "demonym", "capitals": "capital", "places": "place",
    "governors": "place",    "leaders": "leader", "institutions": "institution",
}  # fmt: skip
_WATERS = frozenset({"Gulf", "Sea", "Bay", "Strait"})
_ROADS = frozenset({"highway", "road", "expressway", "motorway", "railway", "line", "corridor"})
COUNTRY_KINDS = frozenset(_KINDS.values())
GIVERS = frozenset(load_rules("roles")["givers"]["countries"])
"""Countries that give more than they are given."""
_STATES = frozenset(" ".join(n.split()) for n in load_rules("places")["states"].split(";"))
_GOVERN = load_rules("roles")["govern"]
_TITLES = frozenset().union(*(
    _GOVERN[name] for name in ("titles", "first_names", "not_of_a_name")))  # fmt: skip


class Party(NamedTuple):
    """A country (ISO 3166-1 alpha-3) or an organisation, and what kind of name leads to it."""

    code: str
    kind: str
    """name, demonym, capital, place, leader, institution; or funder, agency, bloc."""


def entries() -> Iterator[tuple[str, Party, int]]:
    """Every name with its party, and how much it means others: 1 if it may, 2 if it mostly does."""
    rules = load_rules("parties")
    for entry in rules["organisation"]:
        for key in ("names", "leaders"):
            party = Party(entry["code"], entry["kind"])
            yield from ((n, party, n in entry.get("ambiguous", ())) for n in entry.get(key, ()))
    for entry in rules["country"]:
        for key, kind in _KINDS.items():
            party = Party(entry["code"], kind)
            yield from ((n, party, _ambiguous(n, entry)) for n in entry.get(key, ()))
            if key == "capitals":
                # As datelines write it, where it is a place: "VIENNA, May 3".
                place = Party(entry["code"], "place")
                yield from ((n.upper(), place, True) for n in entry.get(key, ()))
    for part in ("towns", "places"):
        for code, places in load_rules("places")[part].items():
            # Those of parties.toml are chosen by hand and count first.
            towns = (" ".join(name.split()) for name in places.split(";"))
            yield from ((town, Party(code, "place"), True) for town in towns)
    for code, names in country_names().items():
        yield from ((name, Party(code, "name"), False) for name in names)
        # As headlines write it: "UKRAINE APPEAL".
        yield from ((name.upper(), Party(code, "name"), True) for name in names)


def _ambiguous(name: str, entry: dict[str, Any]) -> int:
    return (name in entry.get("ambiguous", ())) + (name in entry.get("seldom", ()))


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
    # Of two parties with one name the one that it means more often counts.
    ordered = sorted(entries(), key=lambda entry: entry[2])
    return Lexicon(((name, party) for name, party, _ in ordered), exact_case=True)


@cache
def _windows() -> dict[tuple[str, str], str]:
    """Each fund of a bank that is given to, by code and words: "donors promised IDA $5m"."""
    return {
        (entry["code"], words): name for entry in load_rules("parties")["organisation"]
        for name, several in entry.get("windows", {}).items() for words in several
    }  # fmt: skip


def receiver_named(code: str, words: str) -> str:
    """Whom a name means as a receiver: a bank's own fund rather than the bank."""
    said = f" {' '.join(words_of(words))} "
    return next((fund for (bank, name), fund in _windows().items()
                 if bank == code and f" {name} " in said), code)  # fmt: skip


def party_hits(sentence: Sentence) -> list[Hit[Party]]:
    """The parties named in a sentence, in reading order."""
    return sentence.once("parties", lambda: _in_states(
        sentence.texts, [h for h in _lexicon().find(sentence) if not _is_namesake(sentence, h)]
    ))  # fmt: skip


def _is_namesake(sentence: Sentence, hit: Hit[Party]) -> bool:
    """Whether somebody else has the name: "Lake Chad", the first name of "Brandon Johnson"."""
    texts, first = sentence.texts, hit.first
    if texts[hit.last + 1 : hit.last + 2] == ["$"]:
        return True  # the unit "US$"
    front = texts[first - 1] if first else ""
    if hit.meaning.kind in ("name", "place", "capital") and (
        front == "Lake" or texts[hit.last + 1 : hit.last + 2] in (["basin"], ["Basin"])
        or (front == "of" and texts[first - 2] in _WATERS)
    ):  # fmt: skip
        return True  # "Lake Chad", "the Congo Basin", "the Gulf of Guinea"
    return (
        hit.meaning.kind == "leader"
        and first == hit.last
        and texts[first] in _shared_surnames()
        and front[:1].isupper()
        and front.isalpha()
        and front not in _TITLES
    )


@cache
def _shared_surnames() -> frozenset[str]:
    """Surnames of leaders that others have too: marked as ambiguous, without a first name."""
    return frozenset(
        name for entry in load_rules("parties")["country"]
        for name in {*entry.get("leaders", ())} & {*entry.get("ambiguous", ())}
        if " " not in name
    )  # fmt: skip


def _in_states(texts: Sequence[str], hits: list[Hit[Party]]) -> list[Hit[Party]]:
    """The same with towns in the country of their state: "Somerset, Kentucky"."""
    made: list[Hit[Party]] = []
    for hit in hits:
        town = made[-1] if made else None
        if (
            town is not None
            and town.last == hit.first - 2
            and texts[hit.first - 1] == ","
            and town.meaning.kind in ("place", "capital")
            and hit.meaning.kind == "place"
            and town.meaning.code != hit.meaning.code
            and " ".join(texts[hit.first : hit.last + 1]) in _STATES
            and texts[hit.last + 1 : hit.last + 2] != ["and"]
        ):
            made[-1] = Hit(hit.meaning, town.first, town.last)
        made.append(hit)
    return [h for n, h in enumerate(made) if not _ends_a_road(texts, made[n - 1 : n], h)]


def _ends_a_road(texts: Sequence[str], before: Sequence[Hit[Party]], hit: Hit[Party]) -> bool:
    """Whether a country's name is where a road from a town leads: "the Lokoja-Benin highway"."""
    return (
        hit.meaning.kind == "name"
        and any(town.meaning.kind == "place" and town.last == hit.first - 2 for town in before)
        and texts[hit.first - 1] in ("-", "–")
        and not _ROADS.isdisjoint(texts[hit.last + 1 : hit.last + 3])
    )
