"""Whether somebody only announces its own money: "the EU said it would give $5m" has no source."""

from __future__ import annotations

from typing import NamedTuple

import regex

from tracker.extraction.decision import Decision
from tracker.extraction.parties.referents import referents
from tracker.extraction.speakers import any_of
from tracker.extraction.text.context import Passage
from tracker.extraction.text.sentence import Sentence
from tracker.extraction.words import Span, load_rules

_RULES = load_rules("roles")["attribution"]
_GIVEN = frozenset({"pledged", "approved", "committed", "disbursed"})
_GOVERNMENT = rf"(?:{any_of(_RULES['governments'])})"
_OWNERS = r"(?:its|his|her|their|our|my)"
_SUBJECT = regex.compile(
    rf"\b(?:it|he|she|they|we|I|{_OWNERS}\s+{_GOVERNMENT}|(?P<aid>its|their))\b", regex.I
)
"""The first of these in what a donor says is who gives, or the aid: "its aid would rise to $5m"."""
_TO_COME = regex.compile(r"\b(?:will|would|shall|can|could|is\s+to|are\s+to)\b")
_ESTIMATE = regex.compile(rf"\s+(?:ha[sd]\s+|have\s+)?(?:{any_of(_RULES['estimated'])})\b")
_THEMSELVES = frozenset({"name", "capital", "agency", "organisation", "bloc", "funder", "leader"})
"""Kinds of referents that speak for themselves; an auditor's office speaks of its country."""
_OWN_GOVERNMENT = regex.compile(
    rf"\b(?:the\s+(?:\w+\s+)?(?:government|state|cabinet|administration|presidency|country|commission)"
    rf"|the\s+(?:agency|bloc|ministry)|{_OWNERS}\s+{_GOVERNMENT})\s+"
    rf"(?!(?:(?:ha[sd]|have|would|will)\s+)?(?:(?:so\s+far|already|also|only)\s+)?(?:{any_of(_RULES['asks'])}))"
    r"(?:ha[sd]|have|will|would|is|was|plans?|paid|sent|gave|spent|\p{Ll}+ed)\b",
    regex.I,
)
_WE_GIVE = regex.compile(
    rf"\b(?:we|I)(?:['’]ve|\s+have|\s+had)?\s+(?:already\s+|also\s+)?(?:{any_of(_RULES['gives'])})\b"
    r"|\b(?:we|I)(?:['’]ll|\s+will|\s+shall)\b",
    regex.I,
)
_SPEAKS_FOR_IT = regex.compile(rf"\b(?:{any_of(_RULES['office_holders'])})\b", regex.I)
_NOT_FOR_IT = regex.compile(r"\b(?:former|ex|opposition|shadow|auditor)\b", regex.I)
TITLE = 60
"""Code points before or behind a name that its title may stand in."""


class Gift(NamedTuple):
    """What is said of an amount: who gives it, who gets it, and how far it is."""

    donor: str | None = None
    recipient: str | None = None
    stage: str = "other"


def announces_own(
    passage: Passage, sentence: Sentence, said: Decision, amount: Span, gift: Gift
) -> bool:
    """Whether who is `said` to state an amount of `sentence` speaks of its own gift."""
    if gift.stage not in _GIVEN or said.rule == "attribution-according-to":
        return False
    if _WE_GIVE.search(passage.text, sentence.start, amount[0]):
        return True
    of_another = any(code != gift.donor for code in _named(passage, said))
    if not of_another and _for_the_government(passage.text, sentence, said, amount):
        return True
    return (
        gift.stage == "pledged"
        and _is_donor(passage, said, gift)
        and _gives(passage.text, sentence, said, amount)
    )


def _named(passage: Passage, said: Decision) -> list[str]:
    """The codes of countries and bodies in the name of who speaks: "UN spokesperson"."""
    where = passage.at(said.start)
    return [who.code for who in referents(where) if who.code
            and said.start <= where.starts[who.first] and where.ends[who.last] <= said.end
            and who.kind != "place"]  # fmt: skip


def _is_donor(passage: Passage, said: Decision, gift: Gift) -> bool:
    """Whether who speaks is who gives to somebody else: "Norway", "Norway's minister"."""
    if gift.donor in (None, gift.recipient):
        return False
    where = passage.at(said.start)
    return any(
        who.code == gift.donor
        and who.kind in _THEMSELVES
        and 0 <= where.starts[who.first] - said.start <= len("the ")
        and where.ends[who.last] <= said.end
        for who in referents(where)
    )


def _gives(text: str, sentence: Sentence, said: Decision, amount: Span) -> bool:
    """Whether a donor says that it gives: "that it would pay $5m", "$5m more would follow"."""
    start, end = amount
    first = said.end if sentence.start <= said.end <= start else sentence.start
    who = _SUBJECT.search(text, first, start)
    if who is not None:
        return who["aid"] is None
    if _ESTIMATE.match(text, said.end):
        return False
    return _TO_COME.search(text, first, min(end + TITLE, sentence.end)) is not None


def _for_the_government(text: str, sentence: Sentence, said: Decision, amount: Span) -> bool:
    """Whether a minister says what the government gives: "the cabinet had set aside $5m"."""
    start, _ = amount
    first = said.end if sentence.start <= said.end <= start else sentence.start
    gives = _OWN_GOVERNMENT.search(text, first, start)
    if gives is None or text.startswith("of which ", gives.start() - len("of which ")):
        return False
    named = str(said.value).split()[-1]
    first_named = regex.search(rf"\b{regex.escape(named)}\b", text)
    for place in (said.end, first_named.end() if first_named else said.end):
        around = text[max(0, place - len(named) - TITLE) : place]
        around = regex.split(r"[.;\n]\s", around)[-1]
        if text[place : place + 1] == ",":
            around += text[place : place + TITLE]
        if _SPEAKS_FOR_IT.search(around) and not _NOT_FOR_IT.search(around):
            return True
    return False
