"""Whom the words of a sentence mean: names with their titles, groups, pronouns, unnamed bodies.

"The German finance ministry" and "ministers in Berlin" are Germany, "Norway and Canada" are
several, "donors" are nobody in particular, "the government" and "it" are found in the text before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from tracker.extraction.parties.acts import GRAMMAR, verb_forms
from tracker.extraction.parties.organisations import (
    names_continue,
    of_belgium,
    organisations,
    with_societies,
)
from tracker.extraction.parties.referent import GOVERN, Referent
from tracker.extraction.parties.together import lists
from tracker.extraction.stages.cues import finite_forms
from tracker.extraction.text.names import COUNTRY_KINDS, Party, party_hits
from tracker.extraction.text.sentence import Sentence
from tracker.extraction.words import load_rules

_KINDS = ("writers", "pronouns", "country_nouns", "body_nouns", "alone", "crowd", "local_bodies")
_NAMELESS = frozenset({"its", "their"}).union(*(GOVERN[kind] for kind in _KINDS))
"""Words that may mean somebody without a name."""
_ACTING = [["are"], ["had"], ["has"], ["have"], ["is"], ["was"], ["were"], ["will"], ["would"]]
_LENDERS = frozenset({"lenders", "creditors"})
"""Behind an adjective they are its country's: "Chinese lenders"."""
_BOARDS = frozenset({"board", "directors", "trustees", "governors"})
_NO_FIRST_NAMES = GRAMMAR["prepositions"] | frozenset(GOVERN["nouns"]) | finite_forms()


def referents(sentence: Sentence) -> list[Referent]:
    """Everybody that the sentence means, in reading order, without overlap."""
    return sentence.once("referents", lambda: _find(sentence))


def _find(sentence: Sentence) -> list[Referent]:
    words = sentence.words
    named = list(_named(sentence, words))
    taken = {n for r in named for n in range(r.first, r.last + 1)}
    places = [n for n, word in enumerate(words) if word in _NAMELESS and n not in taken]
    unnamed = [r for n in places for r in _unnamed(words, n)]
    found = sorted([*named, *unnamed], key=lambda r: r.first)
    crowds = {r.first for r in found if r.kind == "crowd"}
    # In "the EU and its members" the members belong to the list.
    found = [r for r in found if r.kind != "owner" or r.last + 1 not in crowds]
    found = _with_letters(words, found)
    return lists(words, _hosted(words, found))


def _with_letters(words: Sequence[str], found: list[Referent]) -> list[Referent]:
    """The same with a name and its letters in brackets as one: "the World Bank (WB)"."""
    made: list[Referent] = []
    for who in found:
        before = made[-1] if made else None
        inside = [words[who.first - 1], *words[who.last + 1 : who.last + 2]] == ["(", ")"]
        if before is not None and inside and before.last == who.first - 2 and (
            before.codes == who.codes or who.kind == "organisation"
        ):  # fmt: skip
            made[-1] = before._replace(last=who.last + 1)
        else:
            made.append(who)
    return made


def _hosted(words: Sequence[str], found: list[Referent]) -> list[Referent]:
    """The same with "Syrians in Jordan" as one: who hosts them is meant."""
    made: list[Referent] = []
    for who in found:
        before = made[-1] if made else None
        if (
            before is not None and before.first == before.last
            and before.kind == who.kind == "name" and before.codes != who.codes
            and words[before.last + 1 : who.first] == ["in"]
            and words[before.last] in _people()
        ):  # fmt: skip
            made[-1] = who._replace(first=before.first)
        else:
            made.append(who)
    return made


@cache
def _people() -> frozenset[str]:
    """Names of the people of a country: "syrians"."""
    entries = load_rules("parties")["country"]
    names = (name for entry in entries for name in entry.get("demonyms", ()))
    return frozenset(name.lower() for name in names if name.endswith("s"))


def _named(sentence: Sentence, words: Sequence[str]) -> Iterator[Referent]:
    """Names of `parties.toml` and by shape, each with the words that govern for it."""
    amounts = sentence.amounts
    known = [(h.meaning, h.first, h.last) for h in party_hits(sentence)
             if amounts.keys().isdisjoint(range(h.first, h.last + 1))]  # fmt: skip
    known = with_societies(sentence, of_belgium(words, known))
    shapes = list(organisations(sentence, known))
    known = [k for k in known if not any(s[1] <= k[1] and k[2] <= s[2] for s in shapes)] + shapes
    end = -1
    for party, first, last in sorted(known, key=lambda k: k[1]):
        if first <= end or (
            first
            and party.kind == "place"
            and sentence.texts[first].isupper()
            and len(words[first]) > 3
        ):
            continue  # "PLEDGES IN PARIS" names no dateline
        if (
            words[last] in ("america", "american", "americans")
            and first
            and words[first - 1] in GOVERN["continents"]
        ):
            yield Referent((), "crowd", first - 1, last)
            continue
        if party.kind in ("place", "leader") and names_continue(sentence.texts, last):
            continue  # "Boston University counts", "Cameron Parish"
        if words[last] == "department" and words[last + 1 : last + 2] == ["for"] and (
            words[first] == "state"
        ):  # fmt: skip
            continue  # "the State Department for Planning" of Kenya
        named = party.kind == "leader" and _first_name(sentence.texts, first)
        start, end, governs = _governed(words, party, first - named, last)
        kind = "institution" if governs and party.kind in COUNTRY_KINDS - {"place"} else party.kind
        people = words[last].endswith("s") and not words[last].endswith("ss")
        if kind == "demonym" and (people or words[last + 1 : last + 2] in _ACTING):
            kind = "name"  # "the Americans", "the Dutch have given"
        if (
            words[last] in GOVERN["chambers"] and first == last - (words[first] == "the")
        ) or " ".join(words[first : last + 1]) in GOVERN["shared"]:
            kind = "chamber"
        yield Referent((party.code,), kind, start, end)


def _first_name(texts: Sequence[str], last_name: int) -> bool:
    """Whether a first name stands before a surname: "promised Maia Sandu £5m"."""
    if last_name < 2 or not texts[last_name - 1].istitle() or not texts[last_name - 1].isalpha():
        return False
    word = texts[last_name - 1]
    if texts[last_name - 2] not in finite_forms() | verb_forms():
        return False
    return word not in GOVERN["titles"] and word.lower() not in _NO_FIRST_NAMES


def _governed(words: Sequence[str], party: Party, first: int, last: int) -> tuple[int, int, bool]:
    """The span of a name with the words that act for it, and whether there are any."""
    position = end = last + 1
    while position < min(len(words), last + 6) and (
        words[position] in GOVERN["nouns"]
        or words[position] in GOVERN["between"]
        or (party.kind == "demonym" and words[position] in _LENDERS)
    ):
        position += 1
        if words[position - 1] in GOVERN["nouns"] or words[position - 1] in _LENDERS:
            end = position
    if end > last + 1 and (party.kind != "leader" or words[last + 1] in GRAMMAR["possessive"]):
        return first, end - 1, True
    position = last + 1
    if (
        party.kind not in ("place", "demonym") and position < len(words) and position == last + 1
        and party.code in ("EU", "African Union") and words[position] in GOVERN["bloc_crowd"]
    ):  # fmt: skip
        more = (
            words[position + 1 : position + 2] != [] and words[position + 1] in GOVERN["bloc_crowd"]
        )
        return first, position + more, True  # "EU member states"
    before = first - 1 - (first > 0 and words[first - 1] == "the")
    if before > 0 and words[before] == "of" and words[before - 1] in (
        GOVERN["cities"] if party.kind == "place" else _BOARDS
    ):  # fmt: skip
        return before - 1, last, True  # "the board of Gavi", "the city of Toronto"
    if (
        before > 0 and words[before] in ("of", "in", "at") and words[before - 1] in GOVERN["nouns"]
        and party.kind in COUNTRY_KINDS
        and (words[before] == "of" or party.kind == "capital"
             or words[before - 1] in GOVERN["alone"])
        and words[before - 1] not in GOVERN["elsewhere"]
    ):  # fmt: skip
        return before - 1, last, True
    if words[max(0, before - 1) : before + 1] == ["people", "of"] and party.kind == "name":
        return before - 1, last, False  # "from the people of Japan"
    return first, last, party.kind == "institution"


def _unnamed(words: Sequence[str], n: int) -> Iterator[Referent]:
    """Those who are meant without a name, at token `n`."""
    word, before = words[n], words[n - 1] if n else "the"
    if word in ("its", "their"):
        yield Referent((), "owner", n, n)
    elif word in GOVERN["writers"]:
        yield Referent((), "writer", n, n)
    elif word in GOVERN["pronouns"] and not (word == "itself" and before.isalpha() and (
        before not in GRAMMAR["prepositions"]
    )):  # fmt: skip
        # but "the government itself"
        yield Referent((), "pronoun", n, n)
    elif word in GOVERN["country_nouns"] and before in ("the", "this"):
        yield Referent((), "country", n, _acting_for(words, n))
    elif word in GOVERN["body_nouns"] and before == "the":
        yield Referent((), "body", n, _acting_for(words, n))
    elif (
        word in GOVERN["alone"]
        and (before in GOVERN["alone_after"] or before in GOVERN["of_governments"] or n == 0)
        and (words[n + 1 : n + 2] or [""])[0] not in GOVERN["nouns"]
        and not (word == "secretary" and words[n + 1 : n + 2] in (["-"], ["general"], ["of"]))
    ):
        yield Referent((), "government", n, n)
    elif word in GOVERN["local_bodies"] and before in GOVERN["local"]:
        yield Referent((), "government", n, n)  # "Cook County commissioners"
    elif word in GOVERN["crowd"] and (before, word) != ("board", "members") and not (
        word in GOVERN["one_of_many"] and before in GOVERN["foremost"]
    ):  # fmt: skip
        # "the Indo-Pacific"
        yield Referent((), "crowd", n - 2 * (before == "-" and n > 1), n)


def _acting_for(words: Sequence[str], n: int) -> int:
    """Where the words end that act for "the bloc" or "the kingdom": "the bloc's parliament"."""
    if words[n + 1 : n + 2] and words[n + 1] in GRAMMAR["possessive"] and (
        words[n + 2 : n + 3] and words[n + 2] in GOVERN["nouns"]
    ):  # fmt: skip
        return n + 2
    return n
