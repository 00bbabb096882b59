"""Whether money stays at home: what a country gives to its own people."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from tracker.extraction.decision import Decision
from tracker.extraction.parties.about import about
from tracker.extraction.parties.act_words import NOUNS
from tracker.extraction.parties.acts import GRAMMAR
from tracker.extraction.parties.around import bystanders
from tracker.extraction.parties.cast import back, people_of
from tracker.extraction.parties.referents import referents
from tracker.extraction.text.context import Passage
from tracker.extraction.text.lexicon import Lexicon
from tracker.extraction.text.names import COUNTRY_KINDS, GIVERS, country_codes
from tracker.extraction.text.sentence import AMOUNT, Sentence
from tracker.extraction.words import load_rules

_RULES = load_rules("roles")
_DOMESTIC = _RULES["domestic"]
_AT_HOME_TOO = frozenset(_RULES["givers"]["at_home_too"])
_EURO = frozenset(_RULES["givers"]["euro"])
HOME = 9
"""How many words behind an amount "at home" may end."""
_ELSEWHERE = frozenset({"ministry", "ministries", "minister", "ministers", "premier", "mps"})
"""Words of governments that are not American, though they count in dollars."""
_AMERICAN = frozenset({"congress", "america", "american", "administration", "washington", "senate"})


def home_programme(
    passage: Passage, sentence: Sentence, known: Decision | None, local: bool, currency: str
) -> Decision | None:
    """The country that gives money to its own people, if that is what the text says.

    `known` is the party of the amount that the text names, `local` whether that is a province,
    `currency` the amount's: a government spends its own at home.
    """
    owner = country_of(currency)
    country = known.value if known else owner
    if country is None or country not in country_codes().values():
        return None
    if country in GIVERS and about(passage).home not in (None, country):
        return None  # "Japan announced 9 billion yen to repair ports", at a summit on Fiji
    shared = currency[:1] == "X" and country not in GIVERS
    named = {d.value for n in (*back(passage, sentence), sentence) for d in bystanders(passage, n)
             if d.rule == "country"}  # fmt: skip
    if country not in GIVERS:
        named -= GIVERS
    if known and not GRAMMAR["gives_abroad"].isdisjoint(sentence.words):
        return None  # "obligated by USAID for seed and fertiliser"
    if known and country not in _AT_HOME_TOO and _for_others(sentence.words):
        return None
    words = _domestic(passage, sentence)
    if words is None and known and _on_its_own(sentence.words):
        words = True
    if words is False and country == owner and country not in GIVERS:
        words = None  # "Malawi's Treasury set K5bn aside; donors": it gives nothing abroad
    if words is False or not named <= {country} or (known and _elsewhere_built(sentence, country)):
        return None
    place = any(w.kind == "place" and w.code == country for w in people_of(passage, sentence))
    abroad = country in GIVERS and country not in _AT_HOME_TOO
    votes = (
        known is not None
        and country not in GIVERS
        and not GRAMMAR["legislatures"].isdisjoint(
            passage.text[known.start : known.end].lower().split()
        )
    )  # "Liberia's Senate voted US$2m for clinics"
    own = ((country == owner or shared) and not abroad) or votes
    if known is not None and ("budget", "support") in pairwise(sentence.words) and (
        known.rule == "party-subject-receives"
    ):  # fmt: skip
        return None  # "Tonga received T$5m in budget support"
    if known is None and country in GIVERS and (country == "USA" or not words) and not (
        any(one == "federal" and two in NOUNS["given"] for one, two in pairwise(sentence.words))
    ):  # fmt: skip
        # The dollars may be anybody's, but "$5m of federal money" is not.
        own = country == "IND"
        words = None
    if not (own or words or (known and (local or place))):
        return None
    whole = Decision(country, "", sentence.start, sentence.end, 0.2)
    return (known or whole)._replace(rule="party-at-home")


def _on_its_own(words: Sequence[str]) -> bool:
    """Whether it is spent on what somebody has: "$5m on its roads", but "on its aid to"."""
    behind = words[words.index(AMOUNT) + 1 :] if AMOUNT in words else []
    given = NOUNS["given"] | NOUNS["events"] | GRAMMAR["abroad_ministries"]
    return behind[:1] == ["on"] and behind[1:2] in (["its"], ["their"]) and (
        given.isdisjoint(behind[2:5])
    )  # fmt: skip


def _elsewhere_built(sentence: Sentence, country: str) -> bool:
    """Whether what a giver pays for stands in a capital abroad: "a tram line in Cairo"."""
    words = sentence.words
    return country in GIVERS and any(
        who.kind == "capital" and who.code not in GIVERS and words[who.first - 1] == "in"
        and words[who.first - 2] not in GRAMMAR["posted"] | NOUNS["events"] | NOUNS["given"]
        for who in referents(sentence)
    )  # fmt: skip


def _for_others(words: Sequence[str]) -> bool:
    """Whether a gift is for others: "contributed $5m to the cyclone appeal", "its help for"."""
    return any(
        one in GRAMMAR["given_abroad"] and before not in GRAMMAR["modal"]
        for before, one in pairwise(words)
    ) or any(
        trio[:2] == ("help", "for") and trio[2] in GRAMMAR["helped_abroad"]
        for trio in zip(words, words[1:], words[2:], strict=False)
    )


def needy_home(passage: Passage, sentence: Sentence, currency: str) -> Decision | None:
    """Who lacks money of its own: "a gap of 31 billion shekels in Israel's budget"."""
    owner = country_of(currency) or _only_euro_country(passage, sentence, currency)
    if owner is None:
        return None
    for near in (sentence, *back(passage, sentence)):
        named = [who for who in people_of(passage, near) if who.codes]
        if named:
            who = named[0]
            if any(other.codes != (owner,) for other in named) or (
                near is sentence and owner == "USA" and who.kind != "place"
            ):
                return None
            start, end = near.tokens[who.first].start, near.tokens[who.last].end
            return Decision(owner, "party-at-home", start, end, 0.2)
    return None


def _only_euro_country(passage: Passage, sentence: Sentence, currency: str) -> str | None:
    """The country that pays in euros, where a sentence names no other."""
    named = {who.code for who in people_of(passage, sentence) if who.kind in COUNTRY_KINDS}
    only = next(iter(named), None) if currency == "EUR" and len(named) == 1 else None
    if "generic" in topics(sentence):
        return None
    return only if only in _EURO else None


def home_of(passage: Passage, sentence: Sentence, currency: str) -> str | None:
    """Whose government is meant where none is named: of the currency, or of a place for euros."""
    words = sentence.words
    if country_of(currency) in (None, "USA") and _AMERICAN.isdisjoint(words):
        at_home = about(passage).home
        if at_home and not any(
            who.code and who.code != at_home and who.kind in COUNTRY_KINDS
            for near in (sentence, *back(passage, sentence)) for who in people_of(passage, near)
        ):  # fmt: skip
            return at_home
    if currency == "USD" and not _ELSEWHERE.isdisjoint(words) and _AMERICAN.isdisjoint(words):
        return None  # "the ministry has earmarked $640m": Washington has departments
    if currency != "EUR":
        return country_of(currency)
    named = {who.code for who in people_of(passage, sentence) if who.code
             and who.kind in COUNTRY_KINDS}  # fmt: skip
    places = {who.code for who in people_of(passage, sentence) if who.kind == "place"}
    return next(iter(places)) if len(places) == 1 and named == places <= _EURO else None


def country_of(currency: str) -> str | None:
    """The country of a national currency: its ISO 4217 code begins with that of the country."""
    return None if currency == "EUR" else country_codes().get(currency[:2])


def _domestic(passage: Passage, sentence: Sentence) -> bool | None:
    """Whether the words of the text say that the money stays at home; None if they say nothing."""
    near = (sentence, passage.before(sentence), passage.lead(sentence))
    said = {what for n in near if n is not None for what in topics(n)}
    return False if said & {"abroad", "generic"} else "home" in said or None


_ENDINGS = ("s", "ing", "ed", "ation")


@cache
def _topics() -> Lexicon[tuple[str, ...]]:
    lists: dict[str, list[str]] = {}
    for topic, entries in _DOMESTIC.items():
        for words in entries:
            for form in {words, words.removesuffix("s"), *(words + end for end in _ENDINGS)}:
                lists.setdefault(form, []).append(topic)
    return Lexicon((words, tuple(topics)) for words, topics in lists.items())


def topics(sentence: Sentence) -> frozenset[str]:
    """Which lists of `[domestic]` the words of a sentence belong to."""
    return sentence.once("topics", lambda: frozenset(
        topic for hit in _topics().find(sentence) for topic in hit.meaning
    ))  # fmt: skip


def at_home(words: Sequence[str], position: int) -> bool:
    """Whether the words behind an amount say that it stays at home: "$1bn for farms at home"."""
    behind = words[position + 1 : position + HOME]
    behind = behind[: behind.index(AMOUNT)] if AMOUNT in behind else behind
    if ("at", "home") not in pairwise(behind):
        return False
    # "at home and in West Africa" is elsewhere too.
    return behind[behind.index("home") + 1 : behind.index("home") + 2] != ["and"]


def own_purse(words: Sequence[str], position: int, donor: str) -> bool:
    """Whether a country that gives nothing abroad pays itself: "its own treasury set aside $5m"."""
    near = words[max(0, position - 7) : position + 8]
    own = any(one == "own" and two in GRAMMAR["purses"] for one, two in pairwise(near))
    return own and donor not in GIVERS and donor in country_codes().values()
