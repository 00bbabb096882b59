"""The cast of a passage: whom each sentence means and in which roles, found once per sentence."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.acts import GRAMMAR
from tracker.extraction.context import AMOUNT, Passage, Sentence
from tracker.extraction.names import COUNTRY_KINDS
from tracker.extraction.referents import Referent, referents
from tracker.extraction.role import GIVERS, Role, giving
from tracker.extraction.roles import find_roles
from tracker.extraction.words import load_rules

REACH = 3
"""How many sentences back, within the paragraph, somebody may have been named."""
SPOKEN = 7
"""How many words before a pronoun the name of who has said something may stand."""
_SAID = frozenset(load_rules("roles")["attribution"]["said"]) | {
    "declared", "promised", "pledged", "announced",
}  # fmt: skip
_REALMS = {word: frozenset(codes) for word, codes in load_rules("roles")["realms"].items()}
"""The countries that some words can mean alone: "the kingdom", "the strip"."""
_UNNAMED = frozenset({"country", "body", "pronoun", "owner"})
"""Kinds of referents that are led to one named before."""


def roles_of(passage: Passage, sentence: Sentence) -> list[Role]:
    """Every role in a sentence."""
    return sentence.once("roles", lambda: find_roles(sentence, people_of(passage, sentence)))


def people_of(passage: Passage, sentence: Sentence) -> list[Referent]:
    """The referents of a sentence, with pronouns and "the country" led to whom they mean."""
    return sentence.once("people", lambda: _resolved(passage, sentence))


def back(passage: Passage, sentence: Sentence) -> list[Sentence]:
    """The sentences before, in the same paragraph, that may name somebody, the nearest first."""
    return sentence.once("back", lambda: _back(passage, sentence))


def _back(passage: Passage, sentence: Sentence) -> list[Sentence]:
    found: list[Sentence] = []
    for _ in range(REACH):
        before = passage.before(sentence)
        if before is None or not passage.same_paragraph(before, sentence):
            break
        found.append(before)
        sentence = before
    return found


def _resolved(passage: Passage, sentence: Sentence) -> list[Referent]:
    if not any(who.kind in _UNNAMED for who in referents(sentence)):
        return referents(sentence)
    tokens = sentence.tokens
    # Earlier pronouns are not followed further, so that a long paragraph costs no more.
    earlier = [referents(n) for n in back(passage, sentence)]
    people: list[Referent] = []
    later = _named_later(sentence)
    for who in referents(sentence):
        meant: Referent | None = None
        if who.kind in ("country", "body"):
            word = tokens[who.first].lower
            meant = _nearest(who.kind, [people, *earlier], word)
            if meant is None and word == "bloc" and not earlier:
                people.append(who._replace(codes=("EU",)))
                continue
        elif who.kind == "pronoun" and later is not None and who.first < later.first:
            meant = later
        elif who.kind == "pronoun" and (told := _told(people, who, sentence.words)) is not None:
            meant = told
        elif who.kind in ("pronoun", "owner"):
            if tokens[who.first].lower in ("they", "their") and _means_a_crowd(people, earlier):
                people.append(who._replace(kind="crowd"))
                continue
            before = who.first - 1 - (tokens[who.first - 1].lower == "that")
            if tokens[who.first - 1].lower == "that":  # "said in New York that it"
                before = next((n for n in range(before, max(0, before - 5), -1)
                               if tokens[n].lower in _SAID), before)  # fmt: skip
            behind = tokens[min(who.first + 1, len(tokens) - 1)].lower
            said = who.first > 0 and tokens[before].lower in _SAID
            handed = tokens[who.first - 1].lower in GRAMMAR["hands"] and (
                AMOUNT in sentence.words[who.first + 1 : who.first + 4]
            )
            if tokens[who.first].lower == "it" and handed:
                # "offered Kenya £21m while Tokyo gave it $1m": who received before, not who gives.
                apart = max(
                    (n for n, t in enumerate(tokens[: who.first]) if t.lower == ";"), default=-1
                )
                meant = _receiver(people, earlier, apart)
                if meant is not None:
                    people.append(_meaning(who, meant))
                    continue
            if tokens[who.first].lower == "it" and any(
                t.lower in GRAMMAR["addressed"] for t in tokens[max(0, who.first - 12) : who.first]
            ):
                meant = _subject([people, *earlier], True)
                people.append(_meaning(who, meant) if meant else who)
                continue
            front = tokens[who.first - 1].lower if who.first else ""
            if tokens[who.first].lower == "it" and front in GRAMMAR["before_it"]:
                # "Brussels is withholding $5m from it", but "has had $5m from it"
                taken = not GRAMMAR["taking"].isdisjoint(t.lower for t in tokens[: who.first])
                given = front == "from" and not taken
                meant = (_giver if given else _receiver)(people, earlier)
            elif front in ("which", "whom") or _of_amount(
                [t.lower for t in tokens[max(0, who.first - 5) : who.first]]
            ):
                # "withdrew the $5m that it had", "in a country to which it gave"
                meant = _acting(people, [t.lower for t in tokens])
            if meant is None and who.kind == "pronoun" and front in (";", ":"):
                meant = _of_clause_before(people, who.first, sentence.words)
            telling = said and behind not in GRAMMAR["prepositions"]
            if meant is None and telling:
                meant = _acting(people, [t.lower for t in tokens])
            meant = (
                meant
                or _subject([people, *earlier], telling)
                or (
                    _last_government(people) if said else None  # "The ministry said it would spend"
                )
            )
        people.append(_meaning(who, meant) if meant else who)
    return people


def _last_government(people: Sequence[Referent]) -> Referent | None:
    """The last government before that is not named: "the ministry"."""
    return next((who for who in reversed(people) if who.kind == "government"), None)


def _meaning(who: Referent, meant: Referent) -> Referent:
    """The same words, led to whom they mean; its members stand where it stands."""
    members = tuple(m._replace(first=who.first, last=who.last) for m in meant.members)
    kind = who.kind if meant.codes else meant.kind
    return who._replace(codes=meant.codes, kind=kind, members=members)


def _told(people: Sequence[Referent], who: Referent, words: Sequence[str]) -> Referent | None:
    """Whom a pronoun means behind whoever is told: "Oslo told Chad (that) it would get $5m"."""
    front = who.first - (words[who.first - 1] == "that")
    other = people[-1] if people else None
    if other is None or other.code is None or other.last != front - 1 or (
        GRAMMAR["obtains"].isdisjoint(words[who.last + 1 : who.last + 4])
    ):  # fmt: skip
        return None
    start = other.first - (words[other.first - 1] == "the")
    return other if words[start - 1] in GRAMMAR["informs"] else None


def _means_a_crowd(people: Sequence[Referent], earlier: Sequence[Sequence[Referent]]) -> bool:
    """Whether "they" are several: named before in the sentence, or in the one before."""
    of_one = {r.last + 1 for r in people if r.kind == "demonym"}  # "Chinese lenders"
    return any(r.kind == "crowd" and r.first not in of_one for r in people) or any(
        r.kind == "crowd" or len(r.codes) > 1 for r in (earlier[0] if earlier else [])
    )


def _named_later(sentence: Sentence) -> Referent | None:
    """Whom a pronoun before it means: "of the $5m it had vowed to give, Tokyo paid $1m"."""
    words = sentence.words
    if words[:1] != ["of"] or AMOUNT not in words[:6]:
        return None
    return next((who for who in referents(sentence)
                 if who.code and who.first and words[who.first - 1] == ","), None)  # fmt: skip


def _governed(words: Sequence[str], first: int) -> bool:
    """Whether a name stands behind a preposition: "talks with the EU", "under EU rules"."""
    before = first - 1 - (first > 0 and words[first - 1] == "the")
    return before >= 0 and words[before] in GRAMMAR["prepositions"]


def _of_amount(before: Sequence[str]) -> bool:
    """Whether a pronoun opens a clause on an amount: "the $5m (that) it", "a $5m grant it"."""
    return AMOUNT in before and "," not in before[before.index(AMOUNT) :]


def _acting(people: Sequence[Referent], words: Sequence[str]) -> Referent | None:
    """The last that opens a clause, and so is its subject."""
    for who in reversed(people):
        start = who.first - (who.first > 0 and words[who.first - 1] == "the")
        opens = not start or words[start - 1] in (
            GRAMMAR["clauses"] | GRAMMAR["subordinators"] | {"says", "said"}
        )
        owned = words[who.last + 1 : who.last + 2]
        if opens and len(who.codes) == 1 and who.kind not in _UNNAMED and not (
            owned and owned[0] in GRAMMAR["possessive"]
        ):  # fmt: skip
            return who
    return None


def _giver(people: Sequence[Referent], earlier: Sequence[Sequence[Referent]]) -> Referent | None:
    """Whom "has had $5m from it" means: the nearest likely giver before."""
    named = [other for where in (people, *earlier) for other in reversed(where) if other.code]
    return next((other for other in named if giving(other) >= 2), None)


def _receiver(
    people: Sequence[Referent], earlier: Sequence[Sequence[Referent]], apart: int = -1
) -> Referent | None:
    """Whom "gave it $5m" means: the nearest country but the one that gives.

    Who gives is named last, behind `apart`, the last semicolon before it.
    """
    named = [r for r in people if len(r.codes) == 1]
    giver = named[-1].codes if named and named[-1].last > apart else ()
    others = [
        other for where in (people, *earlier) for other in reversed(where)
        if len(other.codes) == 1 and other.codes != giver and other.kind in COUNTRY_KINDS
    ]  # fmt: skip
    # "has had $500m from Moscow, and China will lend it $2bn": who seldom gives.
    needy = (other for other in others if other.code not in GIVERS)
    bodies = (
        other for where in (people, *earlier) for other in reversed(where)
        if other.kind in ("agency", "organisation") and other.codes != giver
    )  # fmt: skip
    return next(needy, None) or next(bodies, others[0] if others else None)


def _nearest(kind: str, places: Sequence[Sequence[Referent]], word: str) -> Referent | None:
    """Whom `word`, "the country" or "the fund", means: the nearest of that kind.

    "The agency" may be a country's own, "the kingdom" is a country that has a king.
    """
    named = [one for where in places for who in reversed(where) if who.codes
             for one in (who.members or (who,))]  # fmt: skip
    if kind == "body":
        others = COUNTRY_KINDS | {"owner", "pronoun"}
        bodies = [who for who in named if who.kind not in others and (
                  word == "agency" or who.kind != "institution")]  # fmt: skip
        return next(iter(bodies), None)
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


def _of_clause_before(
    people: Sequence[Referent], place: int, words: Sequence[str]
) -> Referent | None:
    """Whom a pronoun behind a semicolon means: who says the clause before, or its first name.

    "It costs $5m, WHO said on Monday; it gave", "flying over Chad costs WFP dear: it spends".
    """
    speaker = next((who for who in reversed(people) if who.code
                    and place - who.last < SPOKEN and words[who.last + 1] in _SAID
                    and words[who.first - 1] in (",", "the")), None)  # fmt: skip
    free = (who for who in people if who.codes and who.kind not in ("demonym", "place")
            and not _governed(words, who.first))  # fmt: skip
    return speaker or next(free, None)


def _subject(places: Sequence[Sequence[Referent]], said: bool) -> Referent | None:
    """Whom "it" means: the first that a sentence names, or who has just `said` something."""
    for where in places:
        named = [who for who in where if who.codes]
        named = [w for w in named if w.kind not in ("demonym", "place")] or named
        if named:
            return named[-1 if said and where is places[0] else 0]
    return None


def government_of(
    passage: Passage, sentence: Sentence, who: Referent, home: str | None
) -> str | None:
    """Whose government "the government" is: of the country named before, or of the currency."""
    for n in (sentence, *back(passage, sentence)):
        named = [
            other for other in people_of(passage, n)
            if other.code and other.kind in COUNTRY_KINDS
            and (n is not sentence or other.first < who.first)
        ]  # fmt: skip
        ruling = [other for other in named if other.kind in ("institution", "leader")]
        # "Berlin set €9bn aside for Kyiv, but the minister": of who acts, not of who receives.
        ruling = ruling or [
            other for other in named
            if not other.first or n.words[other.first - 1] not in GRAMMAR["prepositions"]
        ] or named  # fmt: skip
        if ruling:
            return ruling[-1].code
        if n is sentence and any(
            other.code == "EU" and other.first < who.first and not _governed(n.words, other.first)
            for other in people_of(passage, n)
        ):
            return "EU"  # "EU ambassadors agreed, and ministers adopted"
    return home
