"""Verbs of giving, receiving and asking, in all their forms (`rules/roles.toml`, status.toml)."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from tracker.extraction.stages.cues import forms as cue_forms
from tracker.extraction.stages.cues import inflect
from tracker.extraction.text.lexicon import Lexicon
from tracker.extraction.words import load_rules

_RULES = load_rules("roles")
GRAMMAR = {name: frozenset(words) for name, words in _RULES["grammar"].items()}
"""The lists of words of grammatical roles, by name."""


class Verb(NamedTuple):
    """What kind of act a form means: "gives", "receives", "asks" ...; and which form it is."""

    act: str
    form: str


@cache
def acts() -> Lexicon[Verb]:
    """Every form of every verb with its act; those of status.toml where none is listed here."""
    forms: list[tuple[str, Verb]] = []
    for act, verbs in _RULES["verbs"].items():
        for entry in verbs:
            forms += [(word, Verb(act, kind)) for word, kind in _forms_of(entry)]
    verbs_of = {rule["id"]: rule.get("verbs", []) for rule in load_rules("status")["status"]}
    # "Flew in supplies" is not what "flew to Kyiv" is.
    known = {words: verb.act for words, verb in forms if verb.act != "brings"}
    for act, entries in _RULES["verbs_of_statuses"].items():
        listed = [form for entry in entries for verb in verbs_of[entry] for form in cue_forms(verb)]
        # With a particle a verb does what it does without: "draw on" receives as "draw", but who
        # puts pen to paper signs.
        own = {} if act == "signs" else {v: a for v, a in known.items() if a in (act, "receives")}
        forms += [(words, Verb(own.get(words.split()[0], act), kind)) for words, kind in listed]
    return Lexicon(forms)


def _forms_of(entry: str) -> list[tuple[str, str]]:
    """The forms of a verb, regular or written out, with their kinds."""
    words = entry.split()
    kinds = ["base", "present"] + ["past"] * (len(words) - 3) + ["ing"]
    return inflect(entry) if len(words) == 1 else list(zip(words, kinds, strict=True))


@cache
def base_is_past() -> frozenset[str]:
    """Verbs like "set" and "cut", whose base form is their past too."""
    entries = [verb.split() for verbs in _RULES["verbs"].values() for verb in verbs]
    return frozenset(entry[0] for entry in entries if entry[0] in entry[2:-1])


@cache
def verb_forms() -> frozenset[str]:
    """Participles and past forms, which are no nouns."""
    verbs = (word for verbs in _RULES["verbs"].values() for verb in verbs for word in verb.split())
    return frozenset(word for word in verbs if word.endswith(("ed", "ing")))


@cache
def finite_forms() -> frozenset[str]:
    """ "Receives", "gave": behind the comma that ends an aside they are verbs."""
    return frozenset(
        form for act, verbs in _RULES["verbs"].items() if act != "brings" for verb in verbs
        for form, kind in _forms_of(verb) if kind in ("present", "past")
    )  # fmt: skip
