"""How a cue is tied to an amount, and how much that counts.

Each amount looks at the cues between the amount before it and the second amount behind it. The
score of a cue is its weight, more or less for its place (`attachment.py`), less for what stands
between (`crossing.py`); their constants and those below are all there is to set.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tracker.extraction.stages.attachment import EARLIER, HEAD, LOOSE, bonus_before, bonus_behind
from tracker.extraction.stages.crossing import SEMICOLON, STRONG_BOUNDARY, of_aside, path_of
from tracker.extraction.stages.cues import GRAMMAR
from tracker.extraction.stages.linking import measured_beyond, opening_aside, parted
from tracker.extraction.stages.noun_in_context import Reading
from tracker.extraction.stages.readings import readings
from tracker.extraction.stages.shapes import (
    aside_from,
    names_aid,
    of_people,
    stands_first,
    takes_up,
)
from tracker.extraction.text.sentence import Sentence

MOST = 0.9
PURPOSE = -0.15
"""A verb with an infinitive between it and the amount."""
SUBORDINATE = -0.2
"""A verb of a clause that opens the sentence, before an amount of its main clause."""
BY = 0.2
"""A cut with the words that say by how much."""
TAKES_UP = 0.05
"""A verb in a later clause of which the amount or its bill is the object again."""
ELSEWHERE = -0.4
"""What words of need or of no aid say less of an amount that is named as aid, unless tied to it."""
ASSETS = -0.8
"""The same of nouns of no aid: "use the frozen assets to fund a $5m loan"."""
ANNOUNCED = 0.1
"""What the words up to a colon cost at most where a participle opens the sentence."""

_VAGUE = ("will", "is-to", "aim")
"""Rules that say too little of what is named as aid: "the $5m programme will be reviewed"."""


class Tie(NamedTuple):
    """A cue tied to an amount, with its score."""

    score: float
    reading: Reading
    sentence: Sentence
    main: bool
    """Whether the cue speaks of what follows too, unlike a relative clause or participle."""


def ties(sentence: Sentence, position: int) -> Iterator[Tie]:
    """The cues from the amount before to the end of the sentence, tied to `position`."""
    path = sentence.once("path", lambda: path_of(sentence))
    places = sorted(sentence.amounts)
    number = places.index(position)
    before = places[number - 1] if number else -1
    end = places[number + 2] if number + 2 < len(places) else len(sentence.tokens)
    found = readings(sentence)
    aside = sentence.once("aside", lambda: opening_aside(sentence))
    purpose = max((r.first for r in found if r.last < position and (
        r.voice == "infinitive"
        or (r.cue.kind == "ing" and sentence.words[r.first - 1] == "by")
    )), default=-1)  # fmt: skip
    nearest = max((r.first for r in found if r.voice in ("active", "past", "passive")
                   and r.status and r.last < position), default=-1)  # fmt: skip
    named = names_aid(sentence.words, position)
    for reading in found:
        if (
            aside_from(reading, sentence.words, position)
            or (
                named
                and reading.first > position
                and (reading.cue.rule in _VAGUE or sentence.words[reading.first] == "reaches")
                # "a deposit of $5m is to be made"
                and (sentence.words[position - 1] != "of" or "which" in sentence.words[position:])
            )
        ):
            continue
        assets = reading.status == "other" and reading.voice == "noun"
        loose = named and reading.status in LOOSE
        aside_of_it = (ASSETS if assets else ELSEWHERE) if loose else 0.0
        if before < reading.first and reading.last < position:
            cost = min(MOST, path[position] - path[reading.last + 1])
            if reading.hold and ";" in sentence.words[reading.last : position]:
                cost -= SEMICOLON - STRONG_BOUNDARY  # "suspended its aid; $5m is unspent"
            if stands_first(reading, sentence.words, position) or (
                reading.voice == "noun"
                and measured_beyond(sentence.tokens[reading.last + 1 : position])
            ):
                cost = min(cost, ANNOUNCED)
            bonus = bonus_before(reading, sentence.tokens, before, position)
            if aside is not None and reading.last < aside < position:
                bonus += SUBORDINATE
            if reading.last < nearest and parted(sentence.tokens[reading.last + 1 : nearest]):
                bonus += EARLIER
            if reading.last < purpose and reading.voice in ("active", "past", "passive"):
                # "used her visit to announce": the infinitive has the amount as its object.
                bonus += PURPOSE
            if reading.cue.rule == "bound-for" and "," in sentence.words[reading.last : position]:
                continue  # "vehicles bound for Moldova, is worth $5m": of the vehicles
            if reading.cue.rule == "cut" and sentence.words[position - 1] == "by":
                bonus += BY  # "will reduce its appropriations by $5m"
            if bonus < HEAD:
                bonus += aside_of_it
            yield Tie(reading.weight + bonus - cost, reading, sentence, True)
        elif position < reading.first < end:
            cost = path[reading.first] - path[position + 1]
            if reading.hold:
                cost -= of_aside(sentence.words, path, position, reading.first)
            cost = min(MOST, cost)
            bonus, main = bonus_behind(reading, sentence, position)
            if takes_up(reading, sentence.words, position):
                bonus, cost = TAKES_UP, 0.0
            if of_people(sentence.words, position, reading.first) or (
                reading.status == "approved"
                and not GRAMMAR["conditions"].isdisjoint(sentence.words[position : reading.first])
            ):  # fmt: skip
                bonus += SUBORDINATE  # "$5m will follow once the bill becomes law"
            if bonus < HEAD:
                bonus += aside_of_it
            yield Tie(reading.weight + bonus - cost, reading, sentence, main)
