"""The cast of a passage: whom each sentence means and in which roles, found once per sentence."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.parties.about import about
from tracker.extraction.parties.acts import GRAMMAR
from tracker.extraction.parties.bodies import body_of_document, writer_of
from tracker.extraction.parties.pronouns import (
    SAID,
    UNNAMED,
    acting,
    giver,
    governed,
    last_government,
    means_a_crowd,
    named_later,
    nearest,
    of_amount,
    of_clause,
    others_act,
    receiver,
    subject,
    told,
)
from tracker.extraction.parties.referent import Referent
from tracker.extraction.parties.referents import referents
from tracker.extraction.parties.role import Role
from tracker.extraction.parties.roles import find_roles
from tracker.extraction.text.context import Passage
from tracker.extraction.text.names import COUNTRY_KINDS
from tracker.extraction.text.sentence import AMOUNT, Sentence

REACH = 3
"""How many sentences back, within the paragraph, somebody may have been named."""


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
        asked = before is not None and not found and before.words[-1:] == ["?"]
        if before is None or not (asked or passage.same_paragraph(before, sentence)):
            break  # but an answer stands below its question
        found.append(before)
        sentence = before
    return found


def _resolved(passage: Passage, sentence: Sentence) -> list[Referent]:
    if not any(who.kind in UNNAMED for who in referents(sentence)):
        return referents(sentence)
    tokens = sentence.tokens
    # Earlier pronouns are not followed further, so that a long paragraph costs no more.
    earlier = [referents(n) for n in back(passage, sentence)]
    people: list[Referent] = []
    later = named_later(sentence)
    for who in _with_writer(passage, sentence):
        meant: Referent | None = None
        if who.code == "IMF" and sentence.words[who.last] == "fund":
            people.append(_the_fund(who, nearest("body", [people, *earlier], "fund")))
            continue
        if who.kind in ("country", "body"):
            word = tokens[who.first].lower
            meant = nearest(who.kind, [people, *earlier], word) or (
                body_of_document(passage, sentence, word) if who.kind == "body" else None
            )
            if meant is None and word == "bloc" and not earlier:
                people.append(who._replace(codes=("EU",)))
                continue
        elif who.kind == "pronoun" and later is not None and who.first < later.first:
            meant = later
        elif who.kind == "pronoun" and (informed := told(people, who, sentence.words)) is not None:
            meant = informed
        elif who.kind in ("pronoun", "owner"):
            if tokens[who.first].lower in ("they", "their") and means_a_crowd(people, earlier):
                people.append(who._replace(kind="crowd"))
                continue
            behind = tokens[min(who.first + 1, len(tokens) - 1)].lower
            said = _has_said(sentence.words, who)
            handed = tokens[who.first - 1].lower in GRAMMAR["hands"] and (
                AMOUNT in sentence.words[who.first + 1 : who.first + 4]
            )
            if tokens[who.first].lower == "it" and handed:
                # "offered Kenya £21m while Tokyo gave it $1m": who received before, not who gives.
                apart = max(
                    (n for n, t in enumerate(tokens[: who.first]) if t.lower == ";"), default=-1
                )
                meant = receiver(
                    people, earlier, apart, others_act(people, sentence.words, who.first)
                )
                if meant is not None:
                    people.append(_meaning(who, meant))
                    continue
            if tokens[who.first].lower == "it" and any(
                t.lower in GRAMMAR["addressed"] for t in tokens[max(0, who.first - 12) : who.first]
            ):
                meant = subject([people, *earlier], True)
                people.append(_meaning(who, meant) if meant else who)
                continue
            front = tokens[who.first - 1].lower if who.first else ""
            if tokens[who.first].lower == "it" and front in GRAMMAR["before_it"]:
                # "Brussels is withholding $5m from it", but "has had $5m from it"
                taken = not GRAMMAR["taking"].isdisjoint(t.lower for t in tokens[: who.first])
                given = front == "from" and not taken
                meant = (
                    giver(people, earlier)
                    if given
                    else receiver(people, earlier, words=sentence.words)
                )
            elif front in ("which", "whom") or of_amount(
                [t.lower for t in tokens[max(0, who.first - 5) : who.first]]
            ):
                # "withdrew the $5m that it had", "in a country to which it gave"
                meant = acting(people, [t.lower for t in tokens])
            if meant is None and who.kind == "pronoun":
                meant = of_clause(people, earlier, who.first, sentence.words, said)
            telling = said and behind not in GRAMMAR["prepositions"]
            if meant is None and telling:
                meant = acting(people, [t.lower for t in tokens])
            meant = (
                meant
                or subject([people, *earlier], telling, tokens[who.first].lower)
                or (
                    last_government(people) if said else None  # "The ministry said it would spend"
                )
            )
        people.append(_meaning(who, meant) if meant else who)
    return people


def _with_writer(passage: Passage, sentence: Sentence) -> list[Referent]:
    """The referents with "we" led to who writes, or without it."""
    found: list[Referent] = []
    for who in referents(sentence):
        writer = writer_of(passage, sentence, who) if who.kind == "writer" else None
        if who.kind != "writer":
            found.append(who)
        elif writer is not None:
            found.append(_meaning(who, writer)._replace(kind=writer.kind))
    return found


def _the_fund(who: Referent, nearby: Referent | None) -> Referent:
    """Whom "the Fund" means: the IMF, or another that was named so."""
    return _meaning(who, nearby) if nearby and "Fund" in (nearby.code or "") else who


def _has_said(words: Sequence[str], who: Referent) -> bool:
    """Whether a verb of saying stands before a pronoun: "said last summer (that) it"."""
    if not who.first:
        return False
    before = who.first - 1
    if words[before] == "that":  # "said in New York that it"
        near = range(before - 1, max(0, before - 9), -1)
        before = next((n for n in near if words[n] in SAID), before - 1)
    start = before - 2 * (who.kind == "pronoun")
    return not SAID.isdisjoint(words[max(0, start) : before + 1])


def _meaning(who: Referent, meant: Referent) -> Referent:
    """The same words, led to whom they mean; its members stand where it stands."""
    members = tuple(m._replace(first=who.first, last=who.last) for m in meant.members)
    kind = who.kind if meant.codes else meant.kind
    return who._replace(codes=meant.codes, kind=kind, members=members)


def government_of(
    passage: Passage, sentence: Sentence, who: Referent, home: str | None
) -> str | None:
    """Whose government "the government" is: of the country named before, or of the currency."""
    central = home is not None and home == about(passage).home
    for n in (sentence, *([] if central else back(passage, sentence))):
        named = [
            other for people in people_of(passage, n) for other in (people.members or (people,))
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
            other.code == "EU" and other.first < who.first and not governed(n.words, other.first)
            for other in people_of(passage, n)
        ):
            return "EU"  # "EU ambassadors agreed, and ministers adopted"
    if home in (None, "USA") and sentence.words[who.last] in ("state", "government"):
        # "The state gave farmers in Kenya $5m": dollars are anybody's.
        behind = {
            other.code for other in people_of(passage, sentence) if other.kind == "name"
            and "in" in sentence.words[other.first - 2 : other.first] and other.first > who.first
        }  # fmt: skip
        if len(behind) == 1:
            return behind.pop()
    return home
