"""Whom a pronoun that speaks means: "Jan Ek welcomed the vote. He said it would cost $5m"."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from tracker.extraction.parties.pronouns import acting
from tracker.extraction.parties.referents import referents
from tracker.extraction.speakers import Speaker, any_of, speakers
from tracker.extraction.text.context import Passage
from tracker.extraction.text.sentence import Sentence
from tracker.extraction.words import Span, load_rules

BACK = 4
"""How many sentences before a pronoun the name may stand."""

_TITLE = rf"\b(?i:{any_of(load_rules('roles')['attribution']['titles'])})\b"
_NAME = r"\p{Lu}[\p{L}'’-]+"
_PARTICLE = r"(?:d[aeiou]|d[eo]s|del|v[ao]n|den?|der|l[ae]|al|el|bin|ibn|abu|ter)"
_MORE = rf"(?:\s+(?:{_PARTICLE}[ -]){{0,2}}\p{{Lu}}[\p{{L}}'’.-]+)"
_PERSON = (
    rf"{_NAME}{_MORE}{{1,3}}"
    r"(?<!\s(?:Bank|Post|Times|Fund|Office|Company|Group|Party|University|Hospital|Agency|Council))"
)
_NO_PLACE = r"(?<!\p{L})(?!(?:The|An?|In|On|At|By|For|From|This|Its|His|Her|Their)\b)"
_TITLED = regex.compile(
    rf"{_TITLE}\.?\s+(?P<who>{_NAME}{_MORE}{{0,3}})"
    rf"|{_TITLE}(?:\s+(?:for|of)(?:\s+\p{{L}}+){{1,3}})?,?\s+(?P<who>{_PERSON})"
    rf"|{_TITLE}[^.;:]{{0,90}},\s+(?P<who>{_PERSON})(?=,)"
    rf"|{_NO_PLACE}(?P<who>{_PERSON}),\s[^,.;]{{0,60}}{_TITLE}"
)
"""A person beside a title: "the UN's relief chief, Tom Fletcher,"."""
_SUBJECT = regex.compile(rf"{_NO_PLACE}(?P<who>{_PERSON})(?=,\s|\s+\p{{Ll}})")
_PEOPLE = frozenset({"he", "she", "his", "her"})


def named(passage: Passage, sentence: Sentence, speaker: Speaker) -> tuple[str, Span] | None:
    """The name of who speaks, and its place; None for a pronoun that nobody is named for."""
    if not speaker.unnamed:
        return speaker.who, speaker.span
    word = speaker.who.lower()
    for where, end in _places(passage, sentence, speaker.span[0]):
        found = _FIND[word](passage.text, where, end)
        if found:
            return found
        if word in _PEOPLE and where is not sentence and (found := _subject(passage.text, where)):
            return found
    return None


def _places(passage: Passage, sentence: Sentence, place: int) -> Iterator[tuple[Sentence, int]]:
    """The sentences to look into, the nearest first, each with the place up to which."""
    yield sentence, place
    before = passage.before(sentence)
    for _ in range(BACK):
        if before is None or passage.text.count("\n", before.end, place) > 2:
            return
        yield before, before.end
        before = passage.before(before)


def titled(text: str, sentence: Sentence, end: int) -> tuple[str, Span] | None:
    """The first person beside a title, up to `end`."""
    found = _TITLED.search(text, sentence.start, end)
    return (found["who"], found.span("who")) if found else None


def _person(text: str, sentence: Sentence, end: int) -> tuple[str, Span] | None:
    """Whom "he" means behind a sentence: who speaks in it, or a person that it names."""
    return _said(text, sentence, end) or titled(text, sentence, end)


def _said(text: str, sentence: Sentence, end: int) -> tuple[str, Span] | None:
    """Who says something by name, last before `end`."""
    said = [s for s in speakers(text, sentence) if not s.unnamed and s.verb[1] <= end]
    last = max(said, key=lambda speaker: speaker.verb, default=None)
    return (last.who, last.span) if last else None


def _subject(text: str, sentence: Sentence) -> tuple[str, Span] | None:
    """The person that a sentence opens with."""
    first = _SUBJECT.match(text, sentence.start, sentence.end)
    known = {
        sentence.starts[who.first]
        for who in referents(sentence)
        if who.codes and who.kind != "leader"
    }
    if first is None or first.start("who") in known:
        return None
    return first["who"], first.span("who")


def _body(text: str, sentence: Sentence, end: int) -> tuple[str, Span] | None:
    """Whom "it" means behind a sentence: who speaks in it but a person, or its subject."""
    said = _said(text, sentence, end)
    if said:
        return None if _TITLED.search(text, *said[1]) else said
    people = [who for who in referents(sentence) if sentence.ends[who.last] <= end]
    who = acting(people, sentence.words)
    if who is None or not who.codes or who.kind in ("demonym", "leader"):
        return None
    start, stop = sentence.starts[who.first], sentence.ends[who.last]
    return text[start:stop], (start, stop)


def _crowd(text: str, sentence: Sentence, end: int) -> tuple[str, Span] | None:
    """Whom "they" means behind a sentence: several who say something in it."""
    said = _said(text, sentence, end)
    return said if said and said[0].endswith("s") else None


_FIND = dict.fromkeys(_PEOPLE, _person) | {
    "it": _body,
    "its": _body,
    "they": _crowd,
    "their": _crowd,
}
