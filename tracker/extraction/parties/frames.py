"""Verbs of giving, receiving and asking in a sentence, each with its subject and object."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tracker.extraction.parties.act_words import NOUNS, act_of, is_verb, is_won
from tracker.extraction.parties.acts import GRAMMAR, Verb, acts
from tracker.extraction.parties.asides import (
    asides,
    before_a_date,
    relative_asides,
)
from tracker.extraction.parties.may_act import PLAIN, apposition, before_aside, decider, may_act
from tracker.extraction.parties.referent import Referent
from tracker.extraction.text.lexicon import Hit
from tracker.extraction.text.sentence import AMOUNT, Sentence


class Frame(NamedTuple):
    """A verb in its sentence, who its subject is, and who stands behind it without preposition."""

    act: str
    verb: int
    passive: bool
    subject: Referent | None
    object: Referent | None
    distance: int
    """Words between subject and verb."""


def frames(sentence: Sentence, words: Sequence[str], people: Sequence[Referent]) -> list[Frame]:
    """The frame of every verb of the sentence, in reading order."""
    found: list[Frame] = []
    masked, related = asides(words), relative_asides(words)
    at = {n: r for r in people for n in range(r.first, r.last + 1)}
    verbs = [h for h in acts().find(sentence) if h.first not in at]
    done = {h.last for h in verbs if h.meaning.form == "past"}
    verbs = [h for h in verbs if is_verb(words, h, at) and not is_won(h, done)]
    for number, hit in enumerate(verbs):
        beyond = frozenset().union(*(r for r in related if hit.first not in r))
        found.append(_frame(words, hit, verbs[:number], found, at, masked | beyond))
    return found


def _frame(
    words: Sequence[str],
    hit: Hit[Verb], earlier: Sequence[Hit[Verb]], frames_before: Sequence[Frame],
    at: dict[int, Referent], masked: frozenset[int],
) -> Frame:  # fmt: skip
    position, form = hit.first - 1, hit.meaning.form
    be = to = False
    while position >= 0 and position not in at and words[position] not in ("and", "or") and (
        position in masked or words[position] in GRAMMAR["auxiliary"]
        or words[position].endswith("ly")
    ):  # fmt: skip
        if position not in masked:  # "Norway, which was hit by floods, gave $5m"
            to = to or words[position] == "to"
            be = be or (words[position] in GRAMMAR["be"] and not to)  # "is to put in $5m" is active
        position -= 1
    # "a loan approved by its board" is passive without an auxiliary.
    passive = form == "past" and (be or _by_somebody(words, hit, at))
    subject, distance = decider(words, position, at), 0
    if words[max(0, position - 1) : position + 1] == [",", "which"] and (
        words[hit.first] in GRAMMAR["makes_in_all"]
    ):  # fmt: skip
        # "adding $5m for Ukraine, which makes $9m": nobody's act
        return Frame(hit.meaning.act, hit.first, False, None, None, 0)
    if form == "past" and words[hit.first - 2 : hit.first - 1] == [AMOUNT] and (
        position == hit.first - 1 and words[position] in NOUNS["given"] | NOUNS["lent"]
    ):  # fmt: skip
        # "a $5m line agreed in May": nobody's act
        return Frame(hit.meaning.act, hit.first, True, None, None, 0)
    if form == "ing":
        subject = _with(words, position, at)
    if position <= 0 and words[0] == "having":
        subject = _behind_comma(words, at)
    vetoed = (
        to
        and words[position] in GRAMMAR["plans_to"]
        and (not GRAMMAR["vetoes"].isdisjoint(words[max(0, position - 4) : position]))
    )
    if subject is None and not vetoed:  # "Hungary vetoed a proposal to give": it gives nothing
        subject, distance = _subject(words, position, earlier, frames_before, at, masked)
    if subject is None and to and hit.meaning.act == "asks" and frames_before and (
        AMOUNT not in words[frames_before[-1].verb : hit.first]
    ):  # fmt: skip
        # "used his speech to plead for $5m"
        subject, distance = frames_before[-1].subject, frames_before[-1].distance + 1
    return Frame(
        act_of(words, hit), hit.first, passive, subject, _object(words, hit.last, at), distance
    )


def _with(words: Sequence[str], position: int, at: dict[int, Referent]) -> Referent | None:
    """Who does what a participle says: "with the IMF (alone) offering $5m"."""
    who = at.get(position) or at.get(position - 1)
    if (
        who is None
        or who.kind not in PLAIN
        or words[position] not in ("alone", "itself", words[who.last])
    ):
        return None
    before = words[max(0, who.first - 2) : who.first]
    ahead = words[position + 1 : position + 2]
    if ahead in (["spending"], ["giving"]) and before[-1:] == ["has"]:
        return who  # "the map has China spending $5m"
    return who if before[-1:] == ["with"] or before == ["with", "the"] else None


def _behind_comma(words: Sequence[str], at: dict[int, Referent]) -> Referent | None:
    """Who does what opens the sentence: "Having spent $5m on Ukraine, the White House asked"."""
    comma = next((n for n, word in enumerate(words) if word == "," and n not in at), len(words))
    who = at.get(comma + 1 + (words[comma + 1 : comma + 2] == ["the"]))
    return who if who is not None and who.kind in PLAIN else None


def _by_somebody(words: Sequence[str], hit: Hit[Verb], at: dict[int, Referent]) -> bool:
    """Whether "by" and somebody follow a participle: "Chad, promised $5m by the IMF,"."""
    last = hit.last
    if hit.meaning.act == "gives" and words[hit.first - 1] == "," and (
        words[last + 1 : last + 2] == [AMOUNT] and "by" in words[last + 2 : last + 5]
    ):  # fmt: skip
        last = words.index("by", last) - 1
    return words[last + 1 : last + 2] == ["by"] and (last + 2 in at or last + 3 in at)


def _object(words: Sequence[str], last: int, at: dict[int, Referent]) -> Referent | None:
    """Who stands right behind a verb: "gave Ukraine $5 billion", "asked Washington for"."""
    position = last + 1
    while position < len(words) and words[position] in GRAMMAR["before_a_name"] and (
        position not in at or at[position].kind == "owner"
    ):  # fmt: skip
        position += 1
    found = at.get(position)
    if found is None or (found.kind == "pronoun" and words[position] in ("he", "she", "they")):
        return None
    following = words[found.last + 1 : found.last + 2]
    if following == ["-"] and found.kind == "demonym":
        return None  # "support a Swiss-run scheme"
    return None if following and following[0] in GRAMMAR["possessive"] else found


def _subject(
    words: Sequence[str],
    position: int, earlier: Sequence[Hit[Verb]], frames_before: Sequence[Frame],
    at: dict[int, Referent], masked: frozenset[int],
) -> tuple[Referent | None, int]:  # fmt: skip
    """Whoever does what the verb says, looking left from token `position`."""
    named = at.get(position)
    if named is not None and words[position + 1 : position + 2] == ["to"] and (
        "for" in words[max(0, named.first - 2) : named.first]
    ):  # fmt: skip
        return named, 1  # "it took a day for the Senate to cut $5m"
    position = before_a_date(words, position, at)
    word = words[position] if position >= 0 else ""
    if word == AMOUNT:
        if not GRAMMAR["have"].intersection(words[max(0, position - 3) : position]):
            return None, 0
        # "Switzerland has five billion francs earmarked"
        while position > 0 and words[position] not in GRAMMAR["have"]:
            position -= 1
    if word == "having" and words[position - 1] == "," and frames_before and position - 2 not in at:
        first = next((f.subject for f in frames_before if f.subject is not None), None)
        if first is not None:
            return first, 6  # "Ottawa owes what it promised Haiti, having sent $5m"
    if word == "," and position not in at:
        who = before_aside(words, position, at)
        if who is not None:
            return who, 3
    if word in ("and", "or", "but", ",", "then") and position not in at:
        # A second verb has the subject of the first: "withheld X after Y, and paid out Z".
        for frame in reversed(frames_before):
            if ";" in words[frame.verb : position]:
                break
            if frame.subject is not None and words[position - 1] == "," and (
                words[frame.subject.first - 1] in GRAMMAR["relatives"]
                and AMOUNT in words[max(0, frame.subject.first - 5) : frame.subject.first]
            ):  # fmt: skip
                continue  # "the $5m that Sofia sought, and is holding back"
            if frame.subject is not None and frame.act != "says":
                return frame.subject, frame.distance + 6
    if word == "that" and words[:1] == ["it"] and words[1:2] in (["was"], ["is"]):
        return next(((at[n], 2) for n in range(2, position) if n in at), (None, 0))  # a cleft
    if word in GRAMMAR["relatives"]:
        antecedent = next((at[n] for n in (position - 1, position - 2) if n in at), None)
        comma = words[position - 1] if position else ""
        if antecedent is not None and (comma == "," or antecedent.last == position - 1):
            return antecedent, 2
        return None, 0
    floor = max((h.last for h in earlier if h.last < position and h.last not in masked), default=-1)
    # "joined Sweden in giving $5m": the first of the clause as well
    ways = words[position + 1] == "in" and words[position + 2].endswith("ing")
    second = ways or (word in ("and", "then", "but") and position not in at)
    steps, found = 0, None
    while position >= 0:
        referent = at.get(position)
        if position in masked:
            position -= 1
            continue
        if referent is not None:
            if may_act(words, referent, masked):
                found, distance = referent, steps
                # The first of the clause is its subject, unless a comma ends an opening phrase.
                if not (second or apposition(words, referent)):
                    return found, distance
            position = referent.first - 1
            steps += 1
            continue
        word = words[position]
        if word == "whose" and found is None and position > 1 and words[position - 1] == ",":
            owner = at.get(position - 2)
            if owner is not None:
                return owner, steps + 1  # "India, whose credit lines provided"
        if word in GRAMMAR["hard"] or word in GRAMMAR["subordinators"] or (
            word in GRAMMAR["relatives"]
        ) or position <= floor or steps > 24 or (word == "," and second and found):  # fmt: skip
            break  # "followed Sweden and gave": the first of the clause
        steps += 1
        position -= 1
    return (found, distance) if found is not None else (None, 0)
