"""How a cue stands to an amount: what its place in the sentence adds to its weight.

A noun that the amount measures says more than one that hangs on a preposition, a relative clause
on the amount more than a verb with an object of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tracker.extraction.stages.crossing import hedged
from tracker.extraction.stages.cues import GRAMMAR, VERB_KINDS
from tracker.extraction.stages.linking import (
    HANGING,
    brings,
    estimated,
    is_object,
    measured_beyond,
    measures,
    own_subject,
    parted,
)
from tracker.extraction.stages.noun_in_context import Reading
from tracker.extraction.stages.relative import in_relative, on_amount, participle
from tracker.extraction.stages.shapes import labels, pays_for
from tracker.extraction.stages.subjects import has_subject
from tracker.extraction.text.sentence import AMOUNT, Sentence, Token

RELATIVE = 0.05
"""A verb in a relative clause on the amount: "the $3bn (that) it promised"."""
HEAD = 0.15
"""A noun that the amount measures: "a request for $5bn", "a $5bn pledge"."""
ASKED = 0.1
"""What it counts more that an amount is what is asked for: "gave $5m to the $9m appeal"."""
_TO = frozenset({"to", "towards", "toward", "for", "into", "of"})
UNTIED = 0.0
"""A noun that neither measures: "the budget gap; officials say $5bn"."""
OBJECT = -0.3
"""A noun that hangs on the one that the amount measures: "gifts to the appeal came to $5m"."""
HANGING_NOUN = -0.4
"""A noun behind the amount that hangs on a preposition: "$5m, serviced from windfall profits"."""
NOT_ITS_OBJECT = -0.5
"""An active verb behind the amount, in no relative clause: "the $5bn fund helps to pay"."""
EARLIER = -0.15
"""A verb with another, of a clause of its own, between it and the amount."""
TAKEN = -0.3
"""A cue before the amount that belongs to the amount before: "$5m was pledged and $3m"."""
OWN_OBJECT = -0.3
"""A verb behind the amount that has an amount of its own."""
OF_ANOTHER = -0.6
"""The same of an active verb: "the $9m fund has paid out $5m"."""
AT = 4
"""How many words behind "at" the amount may stand: "valued at $5m", not "stuck at Euroclear"."""
_HANGS = GRAMMAR["hangs_on"] - {"to", "at"}
_OWNS = frozenset({"'s", "’s"})
_BEFORE_ADJECTIVE = frozenset({"of", "to", "for", "with", "from", "on"})
_BECAUSE = frozenset({"since", "because", "after", "when", "while", "although"})
LOOSE = ("other", "needed")
"""Stages whose nouns say little where they hang on a preposition: "$5m for crop losses"."""


def bonus_before(reading: Reading, tokens: Sequence[Token], before: int, position: int) -> float:
    """What the place of a cue before the amount at `position` adds to its weight.

    `before` is the place of the amount before, -1 for none.
    """
    words = [t.lower for t in tokens[position - 2 : position + 1]]
    end = position - 2 if position > 1 and hedged(words, 2) else position
    apart = parted(tokens[reading.last + 1 : end])
    if reading.voice == "noun" and tokens[reading.last + 1].lower in ("'s", "’s"):
        # "the appeal's $94m" is the appeal's own; "the appeal's donors gave $5m" is not.
        return HEAD if position - reading.last <= 3 else OBJECT
    if reading.cue.rule == "budget-size" and any(
        t.lower in GRAMMAR["holes"] for t in tokens[max(0, reading.first - HANGING) : reading.first]
    ):
        return OBJECT  # "the hole in the budget is $5m"
    if reading.voice == "noun":
        linked = any(
            t.lower in GRAMMAR["links"] and (t.lower != "at" or position - place <= AT)
            for place, t in enumerate(tokens[reading.last + 1 : reading.last + 3], reading.last + 1)
        )
        if tokens[reading.last + 1].lower in GRAMMAR["measures"] and (
            is_object(tokens, reading.first)
        ):
            # "Donations to the appeal stand at $5m"
            return OBJECT
        if linked and position - reading.last <= 7:
            return HEAD
        if tokens[reading.last + 1].lower == "by" and (
            tokens[position - 1].lower in GRAMMAR["links"] and position - reading.last <= 10
        ):
            return HEAD  # "a proposal by the state government for $5m"
        between = tokens[reading.last + 1 : position]
        if estimated(between) or measured_beyond(between):
            return HEAD
        if reading.cue.hold and not apart and any(t.lower in GRAMMAR["concerns"] for t in between):
            return HEAD  # "terminations concern awards worth $5m"
        if reading.cue.linked and (apart or not measures(tokens[reading.last + 1 : position])):
            return NOT_ITS_OBJECT
        if before >= 0 and apart and not parted(tokens[before + 1 : reading.first]):
            return TAKEN
        if not apart and brings(tokens, reading.first, position):
            return HEAD
        if not apart and measures(tokens[reading.last + 1 : position]):
            return OBJECT if is_object(tokens, reading.first) else HEAD
        return UNTIED
    if reading.cue.intransitive and not apart and not has_subject(tokens, reading.first, "aid"):
        # "whose warrants had lapsed signed $5m": of the warrants
        return NOT_ITS_OBJECT if reading.hold and reading.first > 2 else OWN_OBJECT
    if before >= 0 and _helps(reading, tokens, before, position):
        return NOT_ITS_OBJECT
    if before >= 0 and apart:
        return TAKEN if on_amount(reading, tokens, before) else 0.0
    return 0.0


def _helps(reading: Reading, tokens: Sequence[Token], before: int, position: int) -> bool:
    """Whether a verb says what the amount before is for: "$9m to help Kyiv pay teachers, $5m"."""
    since = [t.lower for t in tokens[before + 1 : reading.first]]
    behind = (t.lower for t in tokens[reading.last + 1 : position])
    return reading.cue.kind == "base" and not GRAMMAR["helping"].isdisjoint(since) and "," in behind


def bonus_behind(reading: Reading, sentence: Sentence, position: int) -> tuple[float, bool]:
    """What the place of a cue behind an amount adds, and whether it speaks of what follows too."""
    tokens = sentence.tokens
    if reading.voice == "noun":
        between = sentence.words[position + 1 : reading.first]
        gap = len(between) - sum(word in ("'s", "’s") for word in between)
        first = tokens[position + 1].lower
        start = position + (2 if first in ("in", "of", "worth") else 1)
        owner = sentence.words[reading.last + 1 : reading.last + 3] in (
            ["'s", AMOUNT],
            ["’s", AMOUNT],
        )
        near = (
            gap <= 4
            and not owner
            # "$5m lifted Ghana's reserves", but "$5m of Ghana's debt"
            and (gap == len(between) or start > position + 1)
            and GRAMMAR["have"].isdisjoint(between)
            and (GRAMMAR["be"] - _OWNS).isdisjoint(between)
            and _BECAUSE.isdisjoint(between)  # "a gap of $5m since war stopped exports"
            and all(t.lower not in GRAMMAR["prepositions"] for t in tokens[start : reading.first])
        )
        if near:
            given = not _TO.isdisjoint(sentence.words[max(0, position - 4) : position])
            asked = given and sentence.words[reading.last] == "appeal" and not between
            return HEAD + (ASKED if asked else 0.0), True
        if reading.cue.linked:
            return NOT_ITS_OBJECT + TAKEN, True
        hangs = gap and not _HANGS.isdisjoint(sentence.words[start : reading.first])
        return min(
            TAKEN if parted(tokens[position + 1 : reading.first]) else UNTIED,
            HANGING_NOUN if hangs and reading.status in LOOSE else UNTIED,
        ), True
    if reading.voice == "infinitive" and reading.status == "needed" and (
        sentence.words[reading.first - 2] in GRAMMAR["reckoned"]
        and in_relative(reading, tokens, position)
    ):  # fmt: skip
        return RELATIVE, False  # "the $5m that it was reckoned to need"
    if reading.voice == "infinitive" and reading.cue.intransitive and not (
        GRAMMAR["expected"].isdisjoint(sentence.words[position + 1 : reading.first])
    ):  # fmt: skip
        return 0.0, False  # "$5m is expected to flow"
    if reading.voice == "infinitive" or (
        reading.status == "needed" and sentence.words[reading.first] == "to"
    ):
        # "$5m to plug the gap"; "is worth $9m, is to receive $5m"
        own = AMOUNT in sentence.words[reading.last + 1 : reading.last + 4]
        return NOT_ITS_OBJECT + (OF_ANOTHER if own else 0.0), False
    behind = sentence.words[reading.last + 1 : reading.last + 2]
    follows = sentence.words[position + 1 : position + 2]
    if labels(sentence.words, reading.last):
        return OWN_OBJECT, False  # "is for $9m; drawn to date: $3m"
    if reading.voice == "passive" and (
        behind == [AMOUNT]
        or (behind in (["a"], ["an"]) and AMOUNT in sentence.words[reading.last : reading.last + 7])
    ):
        # "after the approval of $9m, Kyiv was paid $3m": of its own object.
        listed = "," in sentence.words[reading.first : reading.last]
        return OWN_OBJECT if listed else NOT_ITS_OBJECT + OF_ANOTHER, False
    if reading.voice == "passive" or reading.cue.intransitive:
        # "is worth $9m; $5m of it has been spent": of the other
        own = own_subject(sentence, position, reading.first)
        return (NOT_ITS_OBJECT + OF_ANOTHER if own else 0.0), False
    if reading.cue.kind == "past" and reading.first == position + 2 and (
        sentence.words[position + 1] in GRAMMAR["made_of"]
    ):  # fmt: skip
        # "$5m in suspended grants"; "asked for $5m of donated tanks"
        return (RELATIVE if reading.hold else EARLIER), False
    if reading.cue.rule == "approve" and not (
        GRAMMAR["bills"].isdisjoint(sentence.words[position + 1 : reading.first])
        and GRAMMAR["legislatures"].isdisjoint(sentence.words[reading.last + 1 : reading.last + 4])
    ):
        # "A $5bn bill has cleared the House"
        return 0.0, False
    following = next((p for p in sentence.amounts if p > reading.last), None)
    near = following is not None and following - reading.last <= (9 if reading.hold else 6)
    joined = sentence.words[reading.first - 1] == "and" and reading.cue.kind == "past"
    own = near and (joined or not participle(reading, tokens))
    crossed = any(position < p < reading.first for p in sentence.amounts)
    if not own and pays_for(reading, sentence.words, position):
        return NOT_ITS_OBJECT, False
    adjective = sentence.words[reading.first - 1] in _BEFORE_ADJECTIVE
    if reading.voice == reading.cue.kind == "past" and adjective:
        return NOT_ITS_OBJECT, False  # "$5m for accounts of sanctioned traders"
    alone = {"and", ","}.isdisjoint(sentence.words[reading.first : following])
    if own and alone and not crossed and not (reading.hold or _on_which(reading, sentence)):
        # "the $9m fund (that) has paid out $5m"
        return NOT_ITS_OBJECT + OF_ANOTHER, False
    if not crossed and in_relative(reading, tokens, position):
        return (OWN_OBJECT if own else RELATIVE), False
    perfect = sentence.words[reading.first - 1] in GRAMMAR["have"]
    if reading.hold and perfect and participle(reading, tokens):
        return 0.0, False  # "part of it, $5m in loans, has stalled"
    if reading.voice == "past" and participle(reading, tokens) and not (joined and own) and (
        # "$5m to replace tanks they sent to Kyiv": of the tanks
        sentence.words[reading.first - 1] not in GRAMMAR["who_acts"] or follows != ["to"]
    ):  # fmt: skip
        return 0.0, False
    if reading.cue.kind not in VERB_KINDS and not own:
        return -0.05, False
    # "has paid out $5m", "has paid for $5m of work"
    if (own or (near and reading.voice == "active")) and {"and", ","}.isdisjoint(
        sentence.words[reading.last + 1 : following]
    ):
        return NOT_ITS_OBJECT + OF_ANOTHER, False
    return NOT_ITS_OBJECT + (OWN_OBJECT if own else 0.0), False


def _on_which(reading: Reading, sentence: Sentence) -> bool:
    """Whether a clause is on an amount by a preposition: "the $9m for which it has asked"."""
    words = sentence.words[max(0, reading.first - 8) : reading.first]
    return any(one in GRAMMAR["hangs_on"] and two == "which" for one, two in pairwise(words))
