"""Whom pronouns and "the country" mean: the choice among those named before."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.parties.acts import GRAMMAR
from tracker.extraction.parties.referent import Referent
from tracker.extraction.parties.referents import referents
from tracker.extraction.parties.role import giving
from tracker.extraction.text.names import COUNTRY_KINDS, GIVERS
from tracker.extraction.text.sentence import AMOUNT, Sentence
from tracker.extraction.words import load_rules

SPOKEN = 7
"""How many words before a pronoun the name of who has said something may stand."""
SAID = frozenset(load_rules("roles")["attribution"]["said"]) | {
    "declared", "promised", "pledged", "announced",
}  # fmt: skip
_REALMS = {word: frozenset(codes) for word, codes in load_rules("roles")["realms"].items()}
"""The countries that some words can mean alone: "the kingdom", "the strip"."""
_ASKERS = COUNTRY_KINDS | {"agency"}
UNNAMED = frozenset({"country", "body", "pronoun", "owner", "writer"})
"""Kinds of referents that are led to one named before."""


def told(people: Sequence[Referent], who: Referent, words: Sequence[str]) -> Referent | None:
    """Whom a pronoun means behind whoever is told: "Oslo told Chad (that) it would get $5m"."""
    front = who.first - (words[who.first - 1] == "that")
    other = people[-1] if people else None
    if other is None or other.code is None or other.last != front - 1 or (
        GRAMMAR["obtains"].isdisjoint(words[who.last + 1 : who.last + 4])
    ):  # fmt: skip
        return None
    start = other.first - (words[other.first - 1] == "the")
    return other if words[start - 1] in GRAMMAR["informs"] else None


def means_a_crowd(people: Sequence[Referent], earlier: Sequence[Sequence[Referent]]) -> bool:
    """Whether "they" are several: named before in the sentence, or in the one before."""
    of_one = {r.last + 1 for r in people if r.kind == "demonym"}  # "Chinese lenders"
    return any(r.kind == "crowd" and r.first not in of_one for r in people) or any(
        r.kind == "crowd" or len(r.codes) > 1 for r in (earlier[0] if earlier else [])
    )


def named_later(sentence: Sentence) -> Referent | None:
    """Whom a pronoun before it means: "of the $5m it had vowed to give, Tokyo paid $1m"."""
    words = sentence.words
    if words[:1] != ["of"] or AMOUNT not in words[:6]:
        return None
    return next((who for who in referents(sentence)
                 if who.code and who.first and words[who.first - 1] == ","), None)  # fmt: skip


def governed(words: Sequence[str], first: int) -> bool:
    """Whether a name stands behind a preposition: "talks with the EU", "under EU rules"."""
    before = first - 1 - (first > 0 and words[first - 1] == "the")
    return before >= 0 and words[before] in GRAMMAR["prepositions"]


def of_amount(before: Sequence[str]) -> bool:
    """Whether a pronoun opens a clause on an amount: "the $5m (that) it", "a $5m grant it"."""
    return AMOUNT in before and "," not in before[before.index(AMOUNT) :]


def acting(people: Sequence[Referent], words: Sequence[str]) -> Referent | None:
    """The last that opens a clause, and so is its subject."""
    for who in reversed(people):
        start = who.first - (who.first > 0 and words[who.first - 1] == "the")
        opens = (
            not start
            or (words[start - 1] == "that" and words[start - 2] in SAID)
            or words[start - 1]
            in (GRAMMAR["clauses"] | GRAMMAR["subordinators"] | {"says", "said"})
            or (
                # "of the $5m that the bank said it would lend"
                words[start - 1] in GRAMMAR["relatives"]
                and AMOUNT in words[max(0, start - 3) : start - 1]
                and words[who.last + 1 : who.last + 2] != []
                and words[who.last + 1] in SAID
            )
        )
        owned = words[who.last + 1 : who.last + 2]
        if opens and len(who.codes) == 1 and who.kind not in UNNAMED and not (
            owned and owned[0] in GRAMMAR["possessive"]
        ):  # fmt: skip
            return who
    return None


def giver(people: Sequence[Referent], earlier: Sequence[Sequence[Referent]]) -> Referent | None:
    """Whom "has had $5m from it" means: the nearest likely giver before."""
    named = [other for where in (people, *earlier) for other in reversed(where) if other.code]
    return next((other for other in named if giving(other) >= 2), None)


def others_act(people: Sequence[Referent], words: Sequence[str], place: int) -> Sequence[str]:
    """The words, where who is named last before "it" at `place` does not act.

    "Norway was asked by Chad to lend it $5m", "Norway praised Chad and sent it $5m".
    """
    last = people[-1].first if people else 0
    second = words[place - 2 : place - 1] == ["and"] and people and people[-1].last == place - 3
    return words if second or "by" in words[max(0, last - 2) : last] else ()


def receiver(
    people: Sequence[Referent],
    earlier: Sequence[Sequence[Referent]],
    apart: int = -1,
    words: Sequence[str] = (),
) -> Referent | None:
    """Whom "gave it $5m" means: the nearest country but the one that gives.

    Who gives is named last, behind `apart`, the last semicolon before it, and by no preposition:
    "the IFRC appealed for $9m for Chad and gave $2m to it".
    """
    named = [r for r in people if len(r.codes) == 1]
    acting = [r for r in named if words and not governed(words, r.first)
              and (giving(r) >= 2 or r.kind == "agency")]  # fmt: skip
    named = acting or named
    giver = named[-1].codes if named and named[-1].last > apart else ()
    others = [
        other for where in (people, *earlier) for other in reversed(where)
        if len(other.codes) == 1 and other.codes != giver and other.kind in COUNTRY_KINDS
        # "The fund opened in Dubai, and promises to it"
        and not (words and other in people and words[other.first - 1] == "in")
    ]  # fmt: skip
    # "has had $500m from Moscow, and China will lend it $2bn": who seldom gives.
    needy = (other for other in others if other.code not in GIVERS)
    bodies = (
        other for where in (people, *earlier) for other in reversed(where)
        if other.kind in ("agency", "organisation") and other.codes != giver
    )  # fmt: skip
    return next(needy, None) or next(bodies, others[0] if others else None)


def nearest(kind: str, places: Sequence[Sequence[Referent]], word: str) -> Referent | None:
    """Whom `word`, "the country" or "the fund", means: the nearest of that kind.

    "The agency" may be a country's own, "the kingdom" is a country that has a king.
    """
    named = [one for where in places for who in reversed(where) if who.codes
             for one in (who.members or (who,))]  # fmt: skip
    if kind == "body":
        others = COUNTRY_KINDS | {"owner", "pronoun", "chamber", "government", "crowd"}
        bodies = [who for who in named if who.kind not in others]
        if word == "agency" and not bodies:
            bodies = [who for who in named if who.kind == "institution"]  # "FEMA"
        # "the Fund" behind "the IMF approved it and the World Bank would lend"
        alike = [who for who in bodies if is_called(who.code, word)]
        return next(iter(alike or bodies), None)
    countries = [who for who in named if who.kind in COUNTRY_KINDS and (
                 word not in _REALMS or who.code in _REALMS[word])]  # fmt: skip
    likely = (
        [
            who
            for who in countries
            if who.kind in ("name", "place", "institution") and who.code not in GIVERS
        ]
        + [who for who in countries if who.kind in ("name", "place")]
        + [who for who in countries if who.kind == "demonym"]
        + countries
    )
    return next(iter(likely), None)


def of_clause_before(
    people: Sequence[Referent], place: int, words: Sequence[str]
) -> Referent | None:
    """Whom a pronoun behind a semicolon means: who says the clause before, or its first name.

    "It costs $5m, WHO said on Monday; it gave", "flying over Chad costs WFP dear: it spends".
    """
    speaker = next((who for who in reversed(people) if who.code
                    and place - who.last < SPOKEN and words[who.last + 1] in SAID
                    and words[who.first - 1] in (",", "the")), None)  # fmt: skip
    free = [who for who in people if who.codes and who.kind not in ("demonym", "place")
            and not governed(words, who.first)]  # fmt: skip
    things = (who for who in free if who.kind != "leader" or words[place] != "it")
    return speaker or next(things, free[0] if free else None)


def is_called(code: str | None, word: str) -> bool:
    """Whether a body may be called "the fund" or "the bank"."""
    code = code or ""
    return word in code.lower().split() or code in GRAMMAR.get(f"called_{word}", ())


def subject(places: Sequence[Sequence[Referent]], said: bool, word: str = "") -> Referent | None:
    """Whom "it" means: the first that a sentence names, or who has just `said` something.

    "It" is no leader ("Trump says that Ukraine has had $5m; it"), "he" is one.
    """
    if word in ("he", "she"):
        leaders = (who for where in places for who in where if who.kind == "leader")
        leader = next(leaders, None)
        if leader is not None:
            return leader
    for where in places:
        named = [who for who in where if who.codes]
        if word == "it" and named and all(w.codes != named[0].codes for w in named[1:]):
            named = [w for w in named if w.kind != "leader"] or named
        named = [w for w in named if w.kind not in ("demonym", "place")] or named
        if named:
            return named[-1 if said and where is places[0] else 0]
    return None


def last_government(people: Sequence[Referent]) -> Referent | None:
    """The last government before that is not named: "the ministry"."""
    return next((who for who in reversed(people) if who.kind == "government"), None)


def of_clause(
    people: Sequence[Referent],
    earlier: Sequence[Sequence[Referent]],
    place: int,
    words: Sequence[str],
    said: bool,
) -> Referent | None:
    """Whom a pronoun at token `place` means by its verb, or by the clause before it."""
    gives = words[place] == "it" and not said and place + 1 < len(words)
    meant = _who_gives(people, earlier, words[place + 1]) if gives else None
    if meant is None and place and words[place - 1] in (";", ":"):
        return of_clause_before(people, place, words)
    return meant


def _who_gives(
    people: Sequence[Referent], earlier: Sequence[Sequence[Referent]], behind: str
) -> Referent | None:
    """Whom "it" means before a verb that hands money over: the only likely giver of two.

    "Chad asked Norway for help, and it sent $5m", "Chad's main donor is Norway. It gave $5m".
    """
    if behind not in GRAMMAR["hands_over"]:
        return None
    near = next((where for where in (people, *earlier[:1]) if any(w.codes for w in where)), [])
    likely = [who for who in near if who.code and giving(who) >= 2]
    others = [who for who in near if who.code and giving(who) < 2]
    first = next((who for who in near if who.codes), None)
    once = len({who.code for who in likely}) == 1 == len({who.code for who in others})
    return likely[-1] if once and first in others and first.kind in _ASKERS else None
