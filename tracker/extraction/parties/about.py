"""Whom a whole document is about: the country at its centre, who is helped in it, and who helps.

A passage of a few sentences says of itself whom it means; an article names the country in its first
lines and later speaks of "the government" and "the fund".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set
from typing import NamedTuple

from tracker.extraction.parties.role import GRANTING
from tracker.extraction.text.context import Passage
from tracker.extraction.text.lexicon import Hit
from tracker.extraction.text.names import GIVERS, Party, country_codes, party_hits
from tracker.extraction.text.sentence import Sentence
from tracker.extraction.words import load_rules

_BODIES = frozenset(load_rules("roles")["givers"]["bodies"])
OPENING = 6
"""How many sentences at the top are read for whom it is about."""
HEADLINE = 3
"""How many times the first sentence counts."""
OFTEN = 3
"""In how many sentences somebody must be named to be what a document is about."""
CLEARLY = 2
"""How many times as often as anybody else."""
ALONE = 6
"""How many times as often as any other country, where it is about money at home."""


class About(NamedTuple):
    """Whom a document is about, each a code or None."""

    home: str | None
    """The country that is named most."""
    receiver: str | None
    """The country that is named most of those that are mostly helped, or else the agency."""
    giver: str | None
    """The country, bank or bloc that is named most of those that mostly help."""
    domestic: bool
    """Whether it is about money that the country at its centre gives at home."""
    centred: bool
    """Whether the receiver is at its centre, and not one of those that its giver helps."""


_NOBODY = About(None, None, None, False, False)


def about(passage: Passage) -> About:
    """Whom a document is about; nobody for a short passage."""
    return passage.once("about", lambda: _about(passage)) if passage.is_document else _NOBODY


def _about(passage: Passage) -> About:
    counted: Counter[str] = Counter()
    helped: Counter[str] = Counter()
    agencies: set[str] = set()
    headed: set[str] = set()
    countries = frozenset(country_codes().values())
    for number, sentence in enumerate(read_for(passage)):
        times = 1 if number else HEADLINE
        hits = [hit for hit in party_hits(sentence) if not _in_dateline(sentence, hit)]
        codes = {hit.meaning.code for hit in hits}
        counted.update(dict.fromkeys(codes, times))
        needy = {
            hit.meaning.code for hit in hits
            if hit.meaning.code in countries - GIVERS and not _hosts(sentence, hit)
        }  # fmt: skip
        if len(needy) == 1:
            helped.update(dict.fromkeys(needy, times))
        headed = codes if number == 0 else headed
        agencies.update(
            hit.meaning.code for hit in hits
            if (hit.meaning.kind == "agency" and hit.meaning.code != "UN")
            or hit.meaning.code in GRANTING
        )  # fmt: skip
    home = _first({c: n for c, n in counted.items() if c in countries})
    receiver = _first(helped)
    giver = _first({c: n for c, n in counted.items() if c in GIVERS | _BODIES})
    if receiver and giver and CLEARLY * counted[giver] < counted[receiver]:
        giver = None  # one of many
    receiver = receiver or _first({c: n for c, n in counted.items() if c in agencies}, headed)
    others = max((n for c, n in counted.items() if c in countries - {home}), default=0)
    alone = home is not None and home == giver and ALONE * others <= counted[home]
    centred = giver is None or receiver in {home, *headed}
    return About(home, receiver, giver, alone, centred)


def opening(passage: Passage) -> list[Sentence]:
    """The first sentences, headline and standfirst among them."""
    found: list[Sentence] = []
    sentence: Sentence | None = passage.opening()
    while sentence is not None and len(found) < OPENING:
        found.append(sentence)
        sentence = passage.after(sentence)
    return found


def read_for(passage: Passage) -> list[Sentence]:
    """The first sentences, and all that state an amount."""
    found = {sentence.start: sentence for sentence in opening(passage)}
    for start, _ in passage.spans:
        sentence = passage.at(start)
        found[sentence.start] = sentence
    return list(found.values())


def _first(counted: Mapping[str, int], headed: Set[str] = frozenset()) -> str | None:
    """The one that is named often, and clearly more often than the next if no headline has it."""
    ranked = sorted(counted.items(), key=lambda item: -item[1])
    (code, times), (_, next_times) = (*ranked[:2], ("", 0), ("", 0))[:2]
    least = next_times + 1 if code in headed else CLEARLY * next_times
    return code if times >= max(OFTEN, least) else None


def _hosts(sentence: Sentence, hit: Hit[Party]) -> bool:
    """Whether a capital is only where something happens: "at a conference in Cairo"."""
    front = sentence.words[hit.first - 1] if hit.first else ""
    return hit.meaning.kind == "capital" and front in ("in", "at", "from")


def _in_dateline(sentence: Sentence, hit: Hit[Party]) -> bool:
    """Whether a country only says where a report is from: "ANTALYA, Türkiye, 16 May"."""
    texts, first = sentence.texts, hit.first
    named = hit.meaning.kind == "name" and first in (2, 3)
    return named and texts[first - 1] == "," and texts[first - 2].isupper()
