"""The words that say a stage (`rules/status.toml`), found in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from tracker.extraction.context import Sentence
from tracker.extraction.lexicon import Hit, Lexicon
from tracker.extraction.words import load_rules

_RULES = load_rules("status")["status"]
VERB_KINDS = ("base", "bare", "present", "past", "ing")


class Cue(NamedTuple):
    """What a phrase says of an amount: the rule it stands in, and its part of speech."""

    rule: str
    status: str | None
    hold: str | None
    kind: str
    """base, present, past, ing (of verbs); bare (a base form that may be a noun); noun; phrase."""
    future: str | None
    negated: str | None
    weight: float


def inflect(base: str) -> list[tuple[str, str]]:
    """The forms of a regular verb with their kinds: base, present, past, ing."""
    if base.endswith("e"):
        return [(base, "base"), (base + "s", "present"), (base + "d", "past"),
                (base[:-1] + "ing", "ing")]  # fmt: skip
    if base.endswith("y") and base[-2] not in "aeiou":
        stem = base[:-1]
        return [(base, "base"), (stem + "ies", "present"), (stem + "ied", "past"),
                (base + "ing", "ing")]  # fmt: skip
    present = base + ("es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return [(base, "base"), (present, "present"), (base + "ed", "past"), (base + "ing", "ing")]


def _forms(entry: str) -> Iterator[tuple[str, str]]:
    """The forms of a verb as written in the rules: all of them, or the base of a regular one."""
    words = entry.split()
    if len(words) == 1:
        yield from inflect(words[0])
        return
    kinds = ["base", "present"] if words[1].endswith("s") else ["base"]
    for index, word in enumerate(words):
        kind = kinds[index] if index < len(kinds) else "past"
        yield word, "ing" if word.endswith("ing") else kind


def _phrases() -> Iterator[tuple[str, Cue]]:
    for rule in _RULES:

        def cue(kind: str, rule: dict[str, Any] = rule) -> Cue:
            return Cue(
                rule["id"],
                rule.get("status"),
                rule.get("hold"),
                kind,
                rule.get("future"),
                rule.get("negated"),
                rule.get("weight", 1.0),
            )

        yield from ((words, cue("phrase")) for words in rule.get("phrases", []))
        yield from ((words, cue("noun")) for words in rule.get("nouns", []))
        for verb in rule.get("noun_like", []):
            yield from (
                (word, cue("bare" if kind == "base" else kind))
                for word, kind in _forms(verb)
                if kind in ("base", "past")
            )
        for verb in rule.get("verbs", []):
            yield from ((word, cue(kind)) for word, kind in _forms(verb))


@cache
def _lexicon() -> Lexicon[Cue]:
    return Lexicon(_phrases())


def status_hits(sentence: Sentence) -> list[Hit[Cue]]:
    """The cues of a sentence, in reading order."""
    return sentence.once("cues", lambda: _lexicon().find(sentence))
