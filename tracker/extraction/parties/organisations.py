"""Organisations that only the capitals of their names tell: "the Dangote Foundation"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tracker.extraction.parties.referent import Referent
from tracker.extraction.text.names import COUNTRY_KINDS, Party, party_hits
from tracker.extraction.text.sentence import Sentence
from tracker.extraction.words import load_rules

_RULES = load_rules("roles")
_HANDS = frozenset(_RULES["grammar"]["hands"])
_GIVERS = frozenset(_RULES["givers"]["countries"])
_GOVERN = {name: frozenset(words) for name, words in _RULES["govern"].items()}
_NAME_HEADS = _GOVERN["heads_giver"] | _GOVERN["heads_any"]
_HEADS = _NAME_HEADS | _GOVERN["heads_low"]
_NOUNS = _RULES["nouns"]
_DESCRIBED = frozenset(_NOUNS["given"]) | frozenset(_NOUNS["accord"]) | _GOVERN["described"]
_OWNERS = {
    entry["code"]: entry["country"] for entry in load_rules("parties")["organisation"]
    if "country" in entry
}  # fmt: skip
_OF_THE_UN = frozenset(_RULES["grammar"]["of_the_un"])
_NO_NAMES = re.compile(r"^(?:Council of (?:Ministers|States)|State Council|Federal Council"
                       r"|Free Association"
                       r"|(?:Cabinet|Fifth|Finance|Budget|Appropriations) Committee)")  # fmt: skip
"""Bodies that many countries have: theirs, and no organisation by its name."""


def organisations(
    sentence: Sentence, known: Sequence[tuple[Party, int, int]]
) -> Iterator[tuple[Party, int, int]]:
    """Organisations that only their capitals tell: "the Dangote Foundation"."""
    texts, starts, ends = sentence.texts, sentence.starts, sentence.ends
    inside = {n: k for k in known for n in range(k[1], k[2] + 1)}
    for head, word in enumerate(texts):
        if not (word.isupper() or word in _HEADS) or head in inside:
            continue
        if word.isupper() and 3 <= len(word) <= 6 and word.isalpha() and (
            word not in _GOVERN["no_acronym"] and not _describes(texts, head)
            and not _in_capitals(texts, head)
        ):  # fmt: skip
            yield Party(word, "organisation"), head, head
            continue
        if word not in _NAME_HEADS and not (
            word in _GOVERN["heads_low"] and head and _is_name(texts[head - 1])
            and head - 1 not in inside
        ):  # fmt: skip
            continue
        first, last = head, head
        trust = word == "Fund" and texts[head - 1 : head] == ["Trust"]
        while first > 0 and (_is_name(texts[first - 1]) or (trust and first == head)):
            first -= 1
        if texts[head + 1 : head + 2] and texts[head + 1] in ("of", "for"):
            ahead = head + 2 + (texts[head + 2 : head + 3] == ["the"])
            for_a_country = trust and texts[head + 1] == "for" and ahead in inside and (
                inside[ahead][0].kind in COUNTRY_KINDS
            )  # fmt: skip
            while not for_a_country and ahead < len(texts) and _is_name(texts[ahead]):
                last, ahead = ahead, ahead + 1
        elif head + 1 < len(texts) and word == "Council" and _is_name(texts[head + 1]):
            last = head + 1
        if last == first or (
            not (trust or texts[head - 1 : head + 1] == ["Humanitarian", "Fund"])
            and any(
                n in inside
                and inside[n][0].kind in COUNTRY_KINDS
                and inside[n][0].code not in _GIVERS
                for n in range(first, last + 1)
            )
        ):
            continue
        start, end = starts[first], ends[last]
        name = "".join(
            texts[n] if n == first or starts[n] == ends[n - 1] else " " + texts[n]
            for n in range(first, last + 1)
        )
        kind = "funder" if word in _GOVERN["heads_giver"] else "organisation"
        if word == "Council" and (
            (first in inside and inside[first][0].kind == "place")
            or texts[head - 1].lower() in _GOVERN["local"]
        ):
            continue  # "Auckland Council", "Bass Coast Shire Council": of a town
        if texts[first] == "EU" and kind == "organisation":
            continue  # "EU Peace Facility": its own
        if _NO_NAMES.search(name) or (
            first in inside and inside[first][0].kind == "demonym"
            and _NO_NAMES.search(" ".join(texts[inside[first][2] + 1 : last + 1]))
        ):  # fmt: skip
            continue  # "the (Spanish) Council of Ministers": of a country
        if end - start > 3 and not (word == "Bank" and last > head):
            yield Party(name, kind), first, last


def _describes(texts: Sequence[str], head: int) -> bool:
    """Whether letters only describe the noun behind them: "the EFF tranche", "IRIS-T"."""
    behind = texts[head + 1] if head + 1 < len(texts) else "."
    return behind in ("-", "‑") or behind in _DESCRIBED


def _in_capitals(texts: Sequence[str], head: int) -> bool:
    """Whether a word stands in a headline in capitals: "WHO PROMISED WHAT"."""
    near = [word for word in texts[max(0, head - 3) : head + 4] if word.isalpha()]
    return len(near) > 3 and sum(word.isupper() for word in near) >= len(near) - 1


def _is_name(word: str) -> bool:
    return word[:1].isupper() and word not in _GOVERN["not_of_a_name"] and len(word) > 1


def with_societies(
    sentence: Sentence, known: list[tuple[Party, int, int]]
) -> list[tuple[Party, int, int]]:
    """The same with "the Canadian Red Cross" as one: a society of its own."""
    made: list[tuple[Party, int, int]] = []
    for party, first, last in sorted(known, key=lambda k: k[1]):
        before = made[-1] if made else None
        owner = _OWNERS.get(party.code)
        if owner and _belongs(sentence, known, owner, first, last):
            made.append((Party(owner, "institution"), first, last))
        elif before and party.kind == "institution" and before[0].code == party.code and (
            sentence.words[before[2] + 1 : first] in (["'s"], ["’s"])
        ):  # fmt: skip
            made[-1] = party, before[1], last  # "America's Millennium Challenge Corporation"
        elif before and party.code == "Red Cross" and before[2] == first - 1 and (
            before[0].kind in COUNTRY_KINDS
        ):  # fmt: skip
            name = " ".join(sentence.texts[before[1] : last + 1])
            made[-1] = Party(name, "agency"), before[1], last
        elif before and before[0].code == "UN" and party.kind in ("agency", "funder") and (
            0 < first - before[2] - 1 < 5
            and _OF_THE_UN.issuperset(sentence.words[before[2] + 1 : first])
        ):  # fmt: skip
            made[-1] = party, before[1], last  # "the UN relief agency UNRWA"
        else:
            made.append((party, first, last))
    return made


def _belongs(
    sentence: Sentence, known: list[tuple[Party, int, int]], owner: str, first: int, last: int
) -> bool:
    """Whether a fund is said to be its country's: "Brazil's Amazon Fund", "... Fund in Brazil"."""
    owns = sentence.words[first - 1 : first] in (["'s"], ["’s"])
    lies = sentence.words[last + 1 : last + 2] == ["in"]
    return any(
        party.code == owner and ((owns and end == first - 2) or (lies and start == last + 2))
        for party, start, end in known
    )


def names_continue(texts: Sequence[str], last: int) -> bool:
    """Whether a place is a part of a name: "Boston University", "the Houston Post"."""
    return not _GOVERN["of_a_name"].isdisjoint(texts[last + 1 : last + 2])


def of_belgium(
    words: Sequence[str], known: list[tuple[Party, int, int]]
) -> list[tuple[Party, int, int]]:
    """The same with Brussels as a capital: "De Croo said Brussels would give"."""
    if not any(party.code == "BEL" for party, _, _ in known):
        return known
    capital = Party("BEL", "capital")
    return [(capital if words[k[2]] == "brussels" else k[0], k[1], k[2]) for k in known]


def handed_together(words: Sequence[str], first: int, between: Sequence[str]) -> bool:
    """Whether two get one amount, the first at token `first`: "gave Chad and Mali $5m"."""
    verb = first - 1 - (words[first - 1] == "the")
    return between[:1] == ["and"] and verb >= 0 and words[verb] in _HANDS


def helped_by(sentence: Sentence, fund: Referent) -> str | None:
    """The country that a pooled fund of the UN is for: "$5m to the Sudan Humanitarian Fund"."""
    if sentence.words[fund.last - 1 : fund.last + 1] != ["humanitarian", "fund"]:
        return None
    named = (h.meaning for h in party_hits(sentence) if fund.first <= h.first <= fund.last)
    return next((party.code for party in named if party.kind in COUNTRY_KINDS), None)
