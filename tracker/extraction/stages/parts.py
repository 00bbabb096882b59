"""Amounts that are a part of another, or the size of what another comes from.

"$5m of the $9m promised has been paid", "drew $9m under a programme of $50m", "including $2m": what
is said of the one is not said of the other.
"""

from __future__ import annotations

from itertools import pairwise

from tracker.extraction.stages.crossing import OTHER_AMOUNT
from tracker.extraction.stages.cues import GRAMMAR
from tracker.extraction.stages.shapes import names_aid
from tracker.extraction.stages.ties import Tie
from tracker.extraction.text.sentence import AMOUNT, Sentence

IN_PHRASE, IN_CLAUSE = 0.3, 0.6
"""How much less than its weight a cue may count at a whole: as an adjective, in a clause on it."""
NEAR, OWNED = 5, 9
"""How many words before a whole its "of" may stand; and where the whole has an owner."""
_HEDGES = GRAMMAR["hedging"] | {"up", "to", "more", "than"}
_FINITE = GRAMMAR["be"] | GRAMMAR["have"]
OF_IT = frozenset({("of", "it"), ("of", "which"), ("of", "them"), ("of", "that"), ("in", "it")})
"""What follows an amount that is a part of the one before."""


_PARTS_OF = (["part", "of"], ["piece", "of"], ["next", "to"], ["top", "of"], ["addition", "to"])


_CURRENTLY = [",", "currently", ","]
_ANOTHER = (["'s", "of"], ["’s", "of"], ["other", "of"], ["another", "of"])


def is_part(sentence: Sentence, before: int, position: int) -> bool:
    """Whether an amount is said to be a part of the one before: "including $5m", "$5m of it"."""
    behind = tuple(sentence.words[position + 1 : position + 3])
    between = sentence.words[before + 1 : position]
    # "$4bn, a quarter of which ($1bn) becomes available"
    return (
        among(sentence, before, position)
        or behind in OF_IT
        or (between[-1:] == ["("] and tuple(between[-3:-1]) in OF_IT)
    )


def among(sentence: Sentence, before: int, position: int) -> bool:
    """Whether an amount is one of those that make up the one before: "including $5m"."""
    between = sentence.words[before + 1 : position]
    return "including" in between or between[-3:] in (
        [",", "among", "it"],
        [",", "together", "with"],
        [",", "along", "with"],
    )


def of_another_whole(sentence: Sentence, position: int) -> bool:
    """Whether an amount is a whole that was not named before: "the first slice of a $9m loan"."""
    whole = whole_of(sentence, position)
    return whole is not None and not {"a", "an"}.isdisjoint(sentence.words[whole + 1 : position])


def of_its_own(main: Tie, sentence: Sentence, position: int) -> bool:
    """Whether an amount is named as aid, so that it is no damage or price like the one before."""
    return main.reading.status in ("needed", "other") and names_aid(sentence.words, position)


def reported(tie: Tie, position: int) -> bool:
    """Whether a clause says what became of a part: "$5m of which was in its account on Monday"."""
    behind = tuple(tie.sentence.words[position + 1 : position + 4])
    finite = behind[2:] != () and behind[2] in _FINITE
    return finite and behind[:2] in OF_IT and tie.reading.first > position


def same_noun(sentence: Sentence, position: int) -> bool:
    """Whether an amount is another of what the one before is: "and London's of $5m"."""
    return sentence.words[max(0, position - 2) : position] in _ANOTHER


def _of_the_part(tie: Tie, whole: int) -> bool:
    return tie.reading.first > whole and tie.reading.status != "other"


def without_whole(found: list[Tie], sentence: Sentence, position: int) -> list[Tie]:
    """The ties of a part without those of its whole: "$5m of the $9m promised has been paid"."""
    words = sentence.words
    ahead = words[position + 2 : position + 6]
    if words[position + 1 : position + 2] != ["of"] or AMOUNT not in ahead:
        return found
    whole = position + 2 + ahead.index(AMOUNT)
    finite = [t.reading.first for t in found
              if _of_the_part(t, whole) and t.reading.voice in ("passive", "active")]  # fmt: skip
    if not finite:
        return found
    return [
        t._replace(score=t.score + (OTHER_AMOUNT if _of_the_part(t, whole) else 0.0))
        for t in found
        if not (whole < t.reading.first < min(finite) and t.reading.voice in ("past", "noun"))
    ]


def whole_of(sentence: Sentence, position: int) -> int | None:
    """Where the "of" stands behind which the amount is a whole, of which a part is named.

    "€96 billion of its €100 billion", "half of the $25 million", "the last slice of a $3 billion
    loan": what is said of the part is not said of the whole.
    """
    words = sentence.words
    if not position:
        return None
    if [*words[position - 2 : position], *words[position + 1 : position + 2]] == _CURRENTLY:
        return position - 1  # "wants its programme, currently $4m, enlarged"
    contained = _container(words, position)
    if contained is not None:
        return contained
    owner = words[position - 1] in ("'s", "’s")  # "of the World Bank's $2 billion"
    for place in range(position - 1, max(0, position - (OWNED if owner else NEAR)), -1):
        if words[place] in (",", AMOUNT) or words[place] in GRAMMAR["measures"]:
            return None
        if words[place] == "of":
            part = words[place - 1]
            if words[place + 1] in ("which", "whom", "it", "them", "that"):
                return None  # "a quarter of which ($1bn)", "half of it": the part
            owned = part in GRAMMAR["pieces"] and (words[place + 1] in GRAMMAR["owning"] or owner)
            if part in GRAMMAR["named_aid"] and words[place - 3 : place] != [] and (
                any(words[n] == "of" and words[n - 1] in GRAMMAR["fractions"]
                    for n in range(max(1, place - NEAR), place))
            ):  # fmt: skip
                return place  # "the EU's share of a G7 loan of $50bn"
            if part == "out" and AMOUNT in words[:place]:
                return place  # "has received $3m out of the $9m that make up its share"
            if part == "total" and "out" in words[max(0, place - 4) : place]:
                return place  # "a first slice out of a total of $9m"
            if words[place - 2] == AMOUNT and part in GRAMMAR["come_in"]:
                return place  # "$3m received of the $9m required"
            if words[place - 2] == "every" or (part == "cent" and words[place - 2] != "per"):
                return None  # "every cent of the $6bn": all of it
            return place if part == AMOUNT or part in GRAMMAR["fractions"] or owned else None
    existing = next((n for n in range(max(0, position - 3), position)
                     if words[n] in GRAMMAR["existing"]), None)  # fmt: skip
    behind = words[position + 1 : position + 5]
    if existing is not None and words[existing - 2] in GRAMMAR["before_existing"] and (
        "loan" not in behind and not GRAMMAR["wholes"].isdisjoint(behind)
    ):  # fmt: skip
        return existing  # "asked for $3m on top of its existing $5m programme"
    if words[0] in ("from", "under", "of") and position <= 4 and len(sentence.amounts) > 1:
        # "Under its $7 billion programme Pakistan has drawn $2 billion"
        return 0  # "From the €150 billion scheme, Poland has been allocated 44 billion"
    return None


def _container(words: list[str], position: int) -> int | None:
    """Where the preposition stands before a programme whose size the amount is.

    "drew $9m under a programme of $50m", "spent $2m out of a $5m budget".
    """
    behind = words[position + 1 : position + 4]
    if any(one in GRAMMAR["containers"] and following in GRAMMAR["of_budgets"]
           for one, following in pairwise(words[position + 1 : position + 5])):  # fmt: skip
        return None  # "on a $5m budget support loan"
    if "whose" in words[max(0, position - 5) : position] and not (
        GRAMMAR["containers"].isdisjoint(words[max(0, position - 4) : position])
    ):
        return position - 1  # "the programme, whose total budget is $9m"
    start = position
    while start > 1 and words[start - 1] in _HEDGES:
        start -= 1
    sized = words[start - 1] in GRAMMAR["sizes"] and not (
        GRAMMAR["containers"].isdisjoint(words[max(0, start - 4) : start - 1])
    )
    drawn = _drawn_from(words, start) or _drawn_on(words, start, behind)
    if drawn is not None:
        return drawn
    if words[start - 1] in ("worth", "totalling", "totaling"):
        # "paid $1m, the first part of assistance worth up to $5m"
        for place in range(start - 1, max(1, start - 9), -1):
            if words[place] in (",", AMOUNT, ";"):
                break
            if words[place] == "of" and words[place - 1] in GRAMMAR["pieces"]:
                return place
    funded = "fund" in behind and "'s" in words[max(0, position - 2) : position]
    if not (sized or funded) and GRAMMAR["containers"].isdisjoint(behind):
        return None
    for place in range(position - 1, max(-1, position - 9), -1):
        if words[place] in (",", AMOUNT, "(", ";"):
            return None
        if words[place - 1 : place + 1] in _PARTS_OF:
            return place  # "one part of a $9m health programme"
        if words[place] == "to" and not GRAMMAR["adds"].isdisjoint(
            words[max(0, place - 8) : place]
        ):
            return place  # "to add $1m to its $9m programme"
        if words[place] == "than" and not {"'s", "’s"}.isdisjoint(words[place:position]):
            return place  # "more than the IMF's whole $3bn bailout"
        if words[place : place + 2] == ["into", "law"]:
            return None
        if words[place] in GRAMMAR["within"] or (
            words[place] in GRAMMAR["within_budget"] and "budget" in words[place:position] + behind
            and not (words[place] == "has" and words[place + 1] not in GRAMMAR["owning"])
        ):  # fmt: skip
            return place
    return None


def _drawn_from(words: list[str], start: int) -> int | None:
    """Where the words begin that draw on a whole: "out of a grant of $5m", "from a loan of $9m"."""
    if words[start - 1] not in GRAMMAR["sizes"]:
        return None
    noun = words[start - 2]
    if noun not in GRAMMAR["drawn_on"] | GRAMMAR["containers"] or AMOUNT not in words[:start]:
        return None
    for place in range(start - 3, max(-1, start - 8), -1):
        if words[place] in ("a", "an"):
            before = words[max(0, place - 2) : place]
            return place - 1 if before[-1:] == ["from"] or before == ["out", "of"] else None
        if not words[place].isalpha():
            return None
    return None


def _drawn_on(words: list[str], start: int, behind: list[str]) -> int | None:
    """Where the preposition stands before a whole of which a part was named.

    "Spent $5m from its $9m aid package", "received $5m under a $9m loan".
    """
    if (GRAMMAR["wholes"] | GRAMMAR["drawn_on"]).isdisjoint(behind) or AMOUNT not in words[:start]:
        return None
    for place in range(start - 1, max(0, start - OWNED), -1):
        if words[place] in GRAMMAR["draws_on"]:
            return place
        if words[place] in GRAMMAR["prepositions"] or words[place] == AMOUNT:
            return None
    return None


def attached(tie: Tie, position: int) -> bool:
    """Whether a cue behind the amount stands in its own noun phrase."""
    reading, words = tie.reading, tie.sentence.words
    between = words[position + 1 : reading.first + 1]
    finite = (
        between[-1] in _FINITE
        and GRAMMAR["relative"].isdisjoint(between)
        # "half of the $4bn the UN says is needed"
        and GRAMMAR["states"].isdisjoint(between[-2:-1])
    )
    # "$3bn of a $4bn programme is all that Kenya got", but "the $4bn the programme is paying"
    named = GRAMMAR["owning"].isdisjoint(between) and any(
        one in GRAMMAR["wholes"] and next_one in _FINITE for one, next_one in pairwise(between)
    )
    clause = not {"that", "which"}.isdisjoint(between) and reading.cue.rule != "enable"
    if reading.cue.intransitive and GRAMMAR["relative"].isdisjoint(between):
        return False  # "the first $1m of a $3m loan landed in Kyiv"
    if ("through", "which") in pairwise(between):
        return False  # "a $9m programme through which it supports clinics"
    return (
        (reading.voice in ("noun", "past", "active") or (clause and reading.voice == "passive"))
        and tie.score > reading.weight - (IN_CLAUSE if clause else IN_PHRASE)
        and not finite
        and not named
    )
