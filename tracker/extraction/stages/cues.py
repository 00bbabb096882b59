"""The words that say a stage (`rules/status.toml`), found in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from tracker.extraction.text.lexicon import Hit, Lexicon
from tracker.extraction.text.sentence import Sentence, Token
from tracker.extraction.words import load_rules

_RULES = load_rules("status")["status"]
GRAMMAR = {name: frozenset(words) for name, words in load_rules("status")["grammar"].items()}
"""The lists of words of `[grammar]` by name."""
VERB_KINDS = ("base", "bare", "bare_present", "bare_ing", "present", "past", "ing")


class Cue(NamedTuple):
    """What a phrase says of an amount: the rule it stands in, and its part of speech."""

    rule: str
    status: str | None
    hold: str | None
    kind: str
    """base, present, past, ing (of verbs); bare (forms that may be nouns); noun; phrase."""
    future: str | None
    negated: str | None
    weight: float
    governs: bool = False
    """Decides for an infinitive behind it: "wants Tokyo to lend"."""
    light: bool = False
    """Leaves the stage to a noun behind it: "gave approval to"."""
    intransitive: bool = False
    """Its subject is the money: "$5bn arrived"."""
    by_subject: tuple[tuple[str, str], ...] = ()
    """(list of the grammar, status): the status when a word of the list is the subject."""
    by_object: tuple[tuple[str, str], ...] = ()
    """The same for what the verb acts on."""
    by_sentence: tuple[tuple[str, str], ...] = ()
    """The same for a word anywhere in the sentence."""
    needs_subject: str | None = None
    """List of the grammar of which a word must be the subject."""
    needs_object: str | None = None
    """List of the grammar of which a word must be the object, unless the amount follows."""
    linked: bool = False
    """A noun that speaks only of an amount that it measures: "a plan for $5bn"."""
    leads: bool = False
    """Says nothing behind an amount: "$5m in budget support"."""
    adjacent: bool = False
    """Says nothing unless the amount follows: "its aid was $5bn"."""
    noun: Cue | None = None
    """What the word says where it is a noun ("pledges of")."""
    particles: tuple[tuple[tuple[str, ...], Cue], ...] = ()
    """What a verb says with its particle behind the amount: "set $5bn aside"."""


_NOUN_LIKE = {"base": "bare", "present": "bare_present", "past": "past", "ing": "bare_ing"}
_WITH_PARTICLES = frozenset(VERB_KINDS)
_SPLIT = Cue("split", None, None, "split", None, None, 0.0)


def inflect(base: str) -> list[tuple[str, str]]:
    """The forms of a regular verb with their kinds: base, present, past, ing."""
    if base.endswith("e"):
        stem = base if base.endswith("ee") else base[:-1]  # "freeing", but "giving"
        return [(base, "base"), (base + "s", "present"), (base + "d", "past"),
                (stem + "ing", "ing")]  # fmt: skip
    if base.endswith("y") and base[-2] not in "aeiou":
        stem = base[:-1]
        return [(base, "base"), (stem + "ies", "present"), (stem + "ied", "past"),
                (base + "ing", "ing")]  # fmt: skip
    present = base + ("es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return [(base, "base"), (present, "present"), (base + "ed", "past"), (base + "ing", "ing")]


def forms(entry: str) -> Iterator[tuple[str, str]]:
    """The forms of a verb as written in the rules, each with its particles ("hand + over, out")."""
    verb, _, particles = entry.partition(" + ")
    for word, kind in _conjugated(verb):
        for particle in particles.split(","):
            yield f"{word} {particle.strip()}".strip(), kind


def _conjugated(verb: str) -> Iterator[tuple[str, str]]:
    """All the forms of a verb that is written out, or those of a regular one."""
    words = verb.split()
    if len(words) == 1:
        yield from inflect(words[0])
        return
    for word in words[1:]:
        if word.endswith("ing") and word != words[0]:
            yield word, "ing"
        else:
            yield word, "present" if word == words[1] and word.endswith("s") else "past"
    # A base form that is a past too ("set", "cut") has been read as the past.
    yield words[0], "base"


def _cue(rule: dict[str, Any], kind: str, noun: Cue | None = None) -> Cue:
    return Cue(
        rule["id"],
        rule.get("status"),
        rule.get("hold"),
        kind,
        rule.get("future"),
        rule.get("negated"),
        rule.get("weight", 1.0),
        rule.get("governs", False),
        rule.get("light", False),
        rule.get("intransitive", False),
        tuple(rule.get("by_subject", {}).items()),
        tuple(rule.get("by_object", {}).items()),
        tuple(rule.get("by_sentence", {}).items()),
        rule.get("needs_subject"),
        rule.get("needs_object"),
        rule.get("linked", False),
        rule.get("leads", False),
        rule.get("adjacent", False),
        noun,
    )


def _phrases() -> Iterator[tuple[str, Cue]]:
    """Every phrase with what it says; a verb with and without particles is one."""
    every = list(_written())
    split = {words: cue.particles for words, cue in every if cue.kind == "split"}
    for words, cue in every:
        if cue.kind in _WITH_PARTICLES and words in split:
            yield words, cue._replace(particles=split[words])
        else:
            yield words, cue


def _written() -> Iterator[tuple[str, Cue]]:
    nouns = {words: _cue(rule, "noun") for rule in _RULES for words in rule.get("nouns", [])}
    split: dict[str, list[tuple[tuple[str, ...], Cue]]] = {}
    for rule in _RULES:
        yield from ((words, _cue(rule, "phrase")) for words in rule.get("phrases", []))
        for verb in rule.get("noun_like", []):
            for word, kind in forms(verb):
                if kind in _NOUN_LIKE:
                    yield word, _cue(rule, _NOUN_LIKE[kind], nouns.get(word))
        for verb in rule.get("verbs", []):
            for words, kind in forms(verb):
                first, *particle = words.split()
                yield words, _cue(rule, kind, nouns.get(words) or nouns.get(first))
                if particle:
                    split.setdefault(first, []).append((tuple(particle), _cue(rule, kind)))
    yield from nouns.items()
    for word, particles in split.items():
        yield word, _SPLIT._replace(particles=tuple(particles))


@cache
def _lexicon() -> Lexicon[Cue]:
    return Lexicon(_phrases())


def status_hits(sentence: Sentence) -> list[Hit[Cue]]:
    """The cues of a sentence, in reading order."""
    return sentence.once("cues", lambda: _lexicon().find(sentence))


@cache
def finite_forms() -> frozenset[str]:
    """Forms of single-word verbs that say a stage and can be finite: "sent", "pledges"."""
    return frozenset(word for word, kind in _verb_forms() if kind in ("past", "present"))


@cache
def base_forms() -> frozenset[str]:
    """Base forms of the verbs that say a stage: "send", "pledge"."""
    return frozenset(word for word, kind in _verb_forms() if kind == "base")


def _verb_forms() -> Iterator[tuple[str, str]]:
    for rule in _RULES:
        for entry in (*rule.get("verbs", []), *rule.get("noun_like", [])):
            yield from _conjugated(entry.partition(" + ")[0])


def is_bill_by_name(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word is a first name: "Bill Gates", "the Bill & Melinda Gates Foundation"."""
    after = tokens[min(place + 1, len(tokens) - 1)].text
    return tokens[place].text == "Bill" and (after[:1].isupper() or after == "&")
