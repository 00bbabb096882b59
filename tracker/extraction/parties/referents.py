"""Whom the words of a sentence mean: names with their titles, groups, pronouns, unnamed bodies.

"The German finance ministry" and "ministers in Berlin" are Germany, "Norway and Canada" are
several, "donors" are nobody in particular, "the government" and "it" are found in the text before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from tracker.extraction.parties.acts import GRAMMAR, verb_forms
from tracker.extraction.parties.organisations import (
    handed_together,
    names_continue,
    of_belgium,
    organisations,
    with_societies,
)
from tracker.extraction.stages.cues import finite_forms
from tracker.extraction.text.context import AMOUNT, Sentence
from tracker.extraction.text.names import COUNTRY_KINDS, Party, party_hits
from tracker.extraction.words import load_rules

_RULES = load_rules("roles")
GOVERN = {name: frozenset(words) for name, words in _RULES["govern"].items()}
_KINDS = ("pronouns", "country_nouns", "body_nouns", "alone", "crowd", "local_bodies")
_NAMELESS = frozenset({"its", "their"}).union(*(GOVERN[kind] for kind in _KINDS))
"""Words that may mean somebody without a name."""
_SAYS = {*_RULES["attribution"]["said"], "estimate", "estimates", "reckon", "reckons"}
_AUXILIARY = frozenset({"will", "would", "has", "have", "had", "is", "was", "are", "were"})
_ACTING = [[word] for word in sorted(_AUXILIARY)]
_LENDERS = frozenset({"lenders", "creditors"})
"""Behind an adjective they are its country's: "Chinese lenders"."""
_BOARDS = frozenset({"board", "directors", "trustees", "governors"})
_BOUND = frozenset({"pronoun", "owner"})
_STATES = frozenset({"name", "funder"})

_NO_FIRST_NAMES = GRAMMAR["prepositions"] | frozenset(GOVERN["nouns"]) | finite_forms()


class Referent(NamedTuple):
    """Words that mean somebody: tokens `first` to `last`."""

    codes: tuple[str, ...]
    """None for a crowd ("donors"), several for a list ("Norway and Canada")."""
    kind: str
    """As `Party.kind`; or crowd, government ("ministers"), country, body, pronoun: unnamed."""
    first: int
    last: int
    members: tuple[Referent, ...] = ()
    """Of a list: those that it names."""

    @property
    def code(self) -> str | None:
        """Whom it means, if that is one."""
        return self.codes[0] if len(self.codes) == 1 else None


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
    return _lists(words, _hosted(words, found))


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
        if party.kind == "place" and names_continue(sentence.texts, last):
            continue  # "Boston University counts"
        if party.kind == "leader" and _first_name(sentence.texts, first):
            first -= 1
        start, end, governs = _governed(words, party, first, last)
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
        return first, position, True
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
    elif word in GOVERN["pronouns"]:
        yield Referent((), "pronoun", n, n)
    elif word in GOVERN["country_nouns"] and before in ("the", "this"):
        yield Referent((), "country", n, _acting_for(words, n))
    elif word in GOVERN["body_nouns"] and before == "the":
        yield Referent((), "body", n, _acting_for(words, n))
    elif (
        word in GOVERN["alone"]
        and (before in GOVERN["alone_after"] or n == 0)
        and (words[n + 1 : n + 2] or [""])[0] not in GOVERN["nouns"]
        and not (word == "secretary" and words[n + 1 : n + 2] in (["-"], ["general"], ["of"]))
    ):
        yield Referent((), "government", n, n)
    elif word in GOVERN["local_bodies"] and before in GOVERN["local"]:
        yield Referent((), "government", n, n)  # "Cook County commissioners"
    elif word in GOVERN["crowd"] and (before, word) != ("board", "members"):
        # "the Indo-Pacific"
        yield Referent((), "crowd", n - 2 * (before == "-" and n > 1), n)


def _acting_for(words: Sequence[str], n: int) -> int:
    """Where the words end that act for "the bloc" or "the kingdom": "the bloc's parliament"."""
    if words[n + 1 : n + 2] and words[n + 1] in GRAMMAR["possessive"] and (
        words[n + 2 : n + 3] and words[n + 2] in GOVERN["nouns"]
    ):  # fmt: skip
        return n + 2
    return n


def _lists(words: Sequence[str], found: list[Referent]) -> list[Referent]:
    """The same with lists as one: "Iraq, Afghanistan and Pakistan"."""
    joined = [n > 0 and _joins(words, found[n - 1], found[n]) for n in range(len(found))]
    lists: list[list[Referent]] = []
    for n, referent in enumerate(found):
        if joined[n] and _closes(words, found, joined, n):
            lists[-1].append(referent)
        else:
            lists.append([referent])
    return [_as_one(words, several) for one in lists for several in _without_sources(words, one)]


def _without_sources(words: Sequence[str], several: list[Referent]) -> list[list[Referent]]:
    """ "... to rebuild Gaza, the UN and the EU said": the first is none of those who say."""
    first, behind = several[0], words[several[-1].last + 1 : several[-1].last + 2]
    front = words[first.first - 1] if first.first else ""
    governed = front in GRAMMAR["prepositions"] or front in GRAMMAR["done_for"]
    if len(several) > 2 and governed and behind and behind[0] in _SAYS:
        return [[first], several[1:]]
    return [several]


def _joins(words: Sequence[str], one: Referent, other: Referent) -> bool:
    """Whether the words between two allow that they are named together."""
    between, behind = words[one.last + 1 : other.first], words[other.last + 1 : other.last + 2]
    owned = between in ([","], [",", "the"]) and not GRAMMAR["possessive"].isdisjoint(behind)
    leader = (one.kind == "leader") != (other.kind == "leader")
    leads = behind == ["with"] and AMOUNT in words[other.last + 2 : other.last + 5]
    alone = behind == [AMOUNT] and not handed_together(words, one.first, between)
    if alone or leads or owned or leader or {one.kind, other.kind} & _BOUND:
        return False  # "China, Sri Lanka's main creditor, has", "for Mali, and the UAE with $1bn"
    before = one.first - 1
    before -= before >= 0 and words[before] == "the"
    acts = bool(behind) and behind[0] in finite_forms()
    new_clause = bool(behind) and (
        behind[0] in _AUXILIARY
        or (acts and (between[:1] == [","] or AMOUNT in words[other.last + 2 : other.last + 6]))
    )
    if new_clause and words[before] in GRAMMAR["prepositions"] - {"between", "including"}:
        # "$8bn from the IMF, and the EU would add": a new clause begins.
        return False
    if between[:2] == [",", "and"] and words[before] in GRAMMAR["prepositions"] and (
        behind and behind[0].isalpha() and behind[0] not in GRAMMAR["ends_a_list"]
    ):  # fmt: skip
        return False  # "from the IMF, and the Nairobi stock exchange added"
    others = between[:1] == ["and"] and between[1:2] in (["its"], ["their"], ["other"])
    crowd = others and len(between) < 6 and other.kind == "crowd"
    return " ".join(between) in GRAMMAR["lists"] or crowd


def _behind_comma(words: Sequence[str], item: Referent) -> bool:
    before = item.first - 1 - (words[item.first - 1] == "the")
    return before >= 0 and words[before] == ","


def _closes(
    words: Sequence[str], found: Sequence[Referent], joined: Sequence[bool], n: int
) -> bool:
    """Whether a comma before item `n` stands in a list: an "and" ends it, or a headline begins."""
    if not _behind_comma(words, found[n]):
        return True
    last = n
    while last + 1 < len(found) and joined[last + 1] and _behind_comma(words, found[last]):
        last += 1
    before = words[found[last - 1].last + 1 : found[last].first]
    ended = words[found[last].last + 1 : found[last].last + 2] == ["and"]
    headline = n == 1 and found[0].first == 0 and {found[0].kind, found[1].kind} <= _STATES
    return ended or headline or not {"and", "or", "&"}.isdisjoint(before)


def _as_one(words: Sequence[str], several: list[Referent]) -> Referent:
    first, last = several[0], several[-1]
    behind = words[last.last + 1 : last.last + 5]
    others = behind[:2] == ["and", "other"] and any(word.endswith("s") for word in behind[2:])
    if (others and last.kind != "place") or (behind[:2] == ["and", "the"] and "region" in behind):
        return Referent((), first.kind, first.first, last.last, tuple(several))  # no single one
    if len(several) == 1:
        return first
    codes = tuple(dict.fromkeys(code for r in several for code in r.codes))
    # "the province and Ottawa" are of one country.
    home = all(r.kind in COUNTRY_KINDS for r in several if r.codes)
    crowd = [r for r in several if not r.codes and not (home and r.kind == "government")]
    own = (words[crowd[0].first - 1] if crowd else "") in ("its", "their") or any(
        words[r.first] in GOVERN["bloc_crowd"] for r in crowd
    )
    if crowd and len(codes) == 1 and not (codes[0] in ("EU", "African Union") and own):
        codes = ()
    kind = "crowd" if not codes else first.kind if first.codes else last.kind
    return Referent(codes, kind, first.first, last.last, tuple(several))
