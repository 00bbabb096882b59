"""Words in commas that interrupt a clause, and part a subject from its verb."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tracker.extraction.parties.acts import GRAMMAR, finite_forms, verb_forms
from tracker.extraction.parties.referent import Referent
from tracker.extraction.text.sentence import AMOUNT
from tracker.extraction.words import load_rules

_STOPS = frozenset(load_rules("roles")["nouns"]["stops"])
_PROGRAMMES = frozenset({"programme", "program", "scheme", "project"})


def asides(words: Sequence[str]) -> frozenset[int]:
    """Tokens of ", GAO found," and ", not Sweden,": they interrupt a clause."""
    commas = [n for n, word in enumerate(words) if word == ","]
    aside: set[int] = set()
    for first, second in pairwise(commas):
        inside = words[first + 1 : second]
        if (
            1 <= len(inside) <= 9
            and AMOUNT not in inside
            and inside[0] not in GRAMMAR["relatives"]
            and (inside[0] == "not" or not GRAMMAR["interrupts"].isdisjoint(inside))
        ):
            aside.update(range(first, second + 1))
    return frozenset(aside)


def _names_a_donor(ahead: Sequence[str]) -> bool:
    """Whether words behind a comma say of what a name is the donor: "the camp's top donor,".

    Or "Israel's closest ally,", "a key ally of Pakistan,".
    """
    inside = ahead[: ahead.index(",")] if "," in ahead else []
    noun = next((n for n, word in enumerate(inside) if word in GRAMMAR["donors"]), 0)
    owned = not GRAMMAR["possessive"].isdisjoint(inside[:noun])
    of_whom = inside[noun + 1 : noun + 2]
    return bool(noun) and (owned or inside[0] in GRAMMAR["opens_apposition"]) and (
        not of_whom or of_whom[0] in ("of", "in", "to")
    )  # fmt: skip


def _explains(ahead: Sequence[str]) -> bool:
    """Whether words behind a comma only say more of a name, up to a comma before its verb.

    "Chad, into which Sudanese pour, received", "Iceland, a country smaller than Coventry, paid",
    "Norway, unmoved by Israeli protests, gave".
    """
    inside = ahead[: ahead.index(",")] if "," in ahead else []
    if len(inside) < 2 or AMOUNT in inside:
        return False
    relative = inside[0] in GRAMMAR["prepositions"] and inside[1] in GRAMMAR["of_whom"]
    return relative or inside[1] == "by" or inside[0] in ("a", "an", "one", "no")


def relative_asides(words: Sequence[str]) -> list[frozenset[int]]:
    """Tokens of ", which hosts a million people,": they part a subject from its verb."""
    found: list[frozenset[int]] = []
    for first, (word, following) in enumerate(pairwise(words)):
        if word == "," and (
            following in GRAMMAR["opens_aside"]
            or _names_a_donor(words[first + 1 : first + 10])
            or _explains(words[first + 1 : first + 20])
        ):
            end = next((n for n in range(first + 2, min(first + 22, len(words)))
                        if words[n] == "," and not words[n - 1].isdigit()), None)  # fmt: skip
            if end is not None and words[end + 1 : end + 2] != [] and not (
                following == "where" and AMOUNT in words[first:end]
            ) and (
                words[end + 1] in GRAMMAR["auxiliary"] | verb_forms() | finite_forms()
            ) and words[end + 1] not in ("and", "or", "in"):  # fmt: skip
                found.append(frozenset(range(first, end + 1)))
    return found


def before_a_date(words: Sequence[str], position: int, at: dict[int, Referent]) -> int:
    """Where "and" stands before the words of a date at a verb: "gave X and in 2023 sent Y"."""
    for place in range(position, max(0, position - 4), -1):
        if place in at:
            return position
        if words[place] in ("and", "but") and place < position:
            return place if words[place + 1] in GRAMMAR["on_a_date"] else position
    return position


def behind_aside(words: Sequence[str], last: int) -> int:
    """Where the words about somebody end: "Germany, whose minister was in Belém, €35m"."""
    if words[last + 1 : last + 2] != [","]:
        return last
    for end in range(last + 3, min(last + 16, len(words) - 1)):
        if words[end] == AMOUNT:
            return last
        if words[end] == ",":
            ahead = words[end + 1 : end + 5]
            near = ahead[: ahead.index(AMOUNT)] if AMOUNT in ahead else ["no"]
            return end if set(near) <= GRAMMAR["gap"] else last
    return last


def names_programme(words: Sequence[str], last: int) -> bool:
    """Whether a name describes a programme: "a US counter-extremism programme loses"."""
    for word in words[last + 1 : last + 6]:
        if word in _PROGRAMMES:
            return True
        if not (word.isalpha() or word == "-") or word in _STOPS or word.endswith("ed") or (
            word in verb_forms()
        ):  # fmt: skip
            break
    return False
