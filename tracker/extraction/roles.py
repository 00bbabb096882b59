"""The grammatical roles of a party in a sentence: who gives and who receives.

Each rule reads the words beside a name and yields (role, score, rule id). The words stand in
`rules/roles.toml`. `parties.py` chooses among what the rules yield.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tracker.extraction.context import AMOUNT, Sentence
from tracker.extraction.cues import VERB_KINDS, Cue, status_hits
from tracker.extraction.lexicon import Hit
from tracker.extraction.names import Party
from tracker.extraction.words import load_rules

_RULES = load_rules("roles")
_NOUNS = {kind: frozenset(words) for kind, words in _RULES["nouns"].items()}
_VERBS = {kind: frozenset(rules) for kind, rules in _RULES["verbs"].items()}
_SKIP = frozenset(_RULES["grammar"]["before_a_name"])
_SAID = frozenset(w for kind in ("said", "estimated") for w in _RULES["attribution"][kind])
_BY_NOT_GIVER = frozenset(_RULES["grammar"]["by_not_giver"])

Found = tuple[str, float, str]


class Role(NamedTuple):
    """A party in a role, with the rule and the tokens that say so."""

    score: float
    party: Party
    rule: str
    first: int
    last: int


class Scene(NamedTuple):
    """A sentence as the rules see it: its words, parties and cues, and the cue of the amount."""

    words: list[str]
    hits: list[Hit[Party]]
    cues: list[Hit[Cue]]
    decided: int | None
    """Index of the first token of the cue that decided the amount's status."""
    position: int


def find_roles(
    sentence: Sentence, hits: list[Hit[Party]], position: int, cue_start: int | None
) -> tuple[list[Role], list[Role]]:
    """Every party of the sentence in every role that its words allow: donors, recipients.

    `position` is the amount's token, `cue_start` the offset of the words that decided its status.
    """
    tokens = sentence.tokens
    cues = [c for c in status_hits(sentence) if c.meaning.status or c.meaning.hold]
    decided = next(
        (c.first for c in cues if cue_start is not None and tokens[c.last].end > cue_start), None
    )
    scene = Scene([t.lower for t in tokens], hits, cues, decided, position)
    found: dict[str, list[Role]] = {"donor": [], "recipient": []}
    last_yielded: list[Found] = []
    for number, hit in enumerate(hits):
        if hit.first <= position <= hit.last:
            continue
        yielded = list(_rules(scene, hit))
        beside = number and hits[number - 1].last
        if beside and scene.words[beside + 1 : hit.first] in (
            [","], ["and"], [",", "and"], ["or"], ["and", "the"], [",", "the"]
        ):  # fmt: skip
            # "to Iraq, Afghanistan and Pakistan": one role for all of the list.
            yielded = [*yielded, *(f for f in last_yielded if f[2] not in {y[2] for y in yielded})]
        last_yielded = yielded
        between = tokens[min(hit.last, position) + 1 : max(hit.first, position)]
        amounts = sum(t.lower == AMOUNT for t in between)
        for role, score, rule in yielded:
            crossing = _RULES["costs"][f"amount_{role}"]
            cost = min(_RULES["costs"]["word"] * len(between) + crossing * amounts, 0.6)
            found[role].append(Role(score - cost, hit.meaning, rule, hit.first, hit.last))
    return found["donor"], found["recipient"]


def _rules(scene: Scene, hit: Hit[Party]) -> Iterator[Found]:
    words, party = scene.words, hit.meaning
    before = hit.first - 1
    while before >= 0 and words[before] in _SKIP:
        before -= 1
    preposition = words[before] if before >= 0 else ""
    owner = words[hit.last + 1 : hit.last + 2] in (["'s"], ["’s"])
    following = words[hit.last + 1 + owner : hit.last + 5]
    if _NOUNS["neither"].intersection(following[:2]):
        return
    governing = next((n for n, w in enumerate(following[:3]) if w in _NOUNS["governing"]), None)
    if preposition == "in" and party.kind == "capital":
        # "the finance ministry in Kyiv" governs; "signed in Kyiv" is only a place.
        if before and words[before - 1] in _NOUNS["governing"]:
            yield from _by_verb(scene, hit)
        return
    yield from _by_preposition(scene, hit, preposition, before)
    if governing is None and preposition not in ("from", "by"):
        yield from _by_noun(scene, hit, owner, following, preposition)
    if "recipient" in following[:5] or "recipients" in following[:5]:
        yield "recipient", 0.8, "party-named-recipient"
    if preposition in ("from", "to", "by", "for", "into", "with", "in", "of", "towards"):
        return
    label = words[hit.first - 1] if hit.first else ";"
    listed = label in (";", ":", ",", "•", "-", "*", "–") and scene.position - hit.last in (1, 2)
    if listed and all(w in (":", "-", "–") for w in words[hit.last + 1 : scene.position]):
        yield "donor", 0.8, "party-label"
    if not (owner or party.kind == "demonym") or governing is not None:
        yield from _by_verb(scene, hit)


def _by_preposition(
    scene: Scene, hit: Hit[Party], preposition: str, before: int
) -> Iterator[Found]:
    words, party = scene.words, hit.meaning
    noun = words[before - 1] if before > 0 else ""
    if preposition == "from":
        yield "donor", 0.9, "party-from"
    elif preposition == "by" and noun not in _BY_NOT_GIVER:
        yield "donor", 0.9, "party-by"
    elif preposition in ("to", "into", "towards", "toward", "unto"):
        asked = any(c.meaning.rule == "request" and 0 <= before - c.last <= 2 for c in scene.cues)
        yield ("donor" if asked else "recipient"), 0.9, "party-to"
    elif preposition == "for":
        yield "recipient", 0.9, "party-for"
    elif preposition in ("in", "across", "within", "around", "throughout"):
        if party.kind == "institution":
            yield "donor", 0.4, "party-in-government"
        elif party.kind not in ("leader", "bloc"):
            yield "recipient", 0.55, "party-in"
    elif preposition == "with" and _NOUNS["accord"].intersection(words):
        yield "recipient", 0.6, "party-with"
    elif preposition == "of" and noun in _NOUNS["given"]:
        yield "donor", 0.6, "party-aid-of"
    elif preposition == "of" and noun in _NOUNS["received"]:
        yield "recipient", 0.6, "party-need-of"


def _by_noun(
    scene: Scene, hit: Hit[Party], owner: bool, following: list[str], preposition: str
) -> Iterator[Found]:
    """Owner and adjective: "Belgium's €25m", "Indian grant money", "Syrian public wages"."""
    party = hit.meaning
    if owner and following[:1] == [AMOUNT] and hit.last + 2 == scene.position:
        yield "donor", 0.95, "party-owner"
    if party.kind in ("leader", "institution") and not owner:
        return
    for noun in following[:3]:
        receives, gives = noun in _NOUNS["received"], noun in _NOUNS["given"]
        if receives and not (gives and preposition not in ("the", "into", "to")):
            yield "recipient", 0.7, "party-whose-need"
            return
        if gives:
            yield "donor", 0.7, "party-whose-aid"
            return
        if noun in (",", ".", ";", "and", "to", "for", "in", "has", "will", AMOUNT):
            return


def _by_verb(scene: Scene, hit: Hit[Party]) -> Iterator[Found]:
    """Subject or object of a verb that says a stage."""
    words, party = scene.words, hit.meaning
    kinds = (*VERB_KINDS, "phrase")
    cues = [c for c in scene.cues if c.meaning.kind in kinds]
    ahead = next((c for c in reversed(cues) if c.last < hit.first), None)
    if ahead is not None and set(words[ahead.last + 1 : hit.first]) <= _SKIP:
        if ahead.meaning.rule in _VERBS["object_gives"] or party.kind == "institution":
            yield "donor", 0.9, "party-asked"
        elif ahead.meaning.rule in _VERBS["object_receives"]:
            yield "recipient", 0.9, "party-object"
        return
    behind = next((c for c in cues if c.first > hit.last), None)
    if behind is None:
        return
    middle = words[hit.last + 1 : behind.first]
    if len(middle) > 16 or (AMOUNT in middle and len(middle) > 6):
        return
    said = [n for n, word in enumerate(middle) if word in _SAID]
    if said and middle[said[-1] + 1 : said[-1] + 2] not in (["it"], ["they"], ["he"], ["she"]):
        # A speaker is no giver, but "the Commission said it would pay" is.
        return
    crossed = sum(1 for h in scene.hits if hit.last < h.first < behind.first)
    score = 0.85 - 0.02 * len(middle) - 0.1 * crossed
    if behind.first != scene.decided:
        # The subject of another verb than the amount's own.
        score -= 0.35
    yield from _as_subject(scene, hit, behind, middle, score)


def _as_subject(
    scene: Scene, hit: Hit[Party], verb: Hit[Cue], middle: list[str], score: float
) -> Iterator[Found]:
    party, rule = hit.meaning, verb.meaning.rule
    be = _RULES["grammar"]["be"]
    passive = verb.meaning.kind == "past" and any(w in be for w in middle[-3:])
    pair = [
        h for h in scene.hits if h is not hit and scene.words[hit.last + 1 : h.first] == ["and"]
    ]
    if rule == "sign" and pair:
        # "Japan and Vietnam signed a loan accord": the first named gives, the second receives.
        yield "donor", score + 0.1, "party-first-signs"
        return
    if rule == "sign" and scene.words[hit.first - 1] == "and":
        yield "recipient", score + 0.1, "party-second-signs"
        return
    if passive or rule in _VERBS["subject_receives"]:
        yield "recipient", score, "party-subject-receives"
    elif rule in _VERBS["subject_asks"]:
        governs = party.kind in _RULES["executives"]["kinds"] + ["funder"] or any(
            w in _RULES["executives"]["words"] for w in middle
        )
        if governs:
            yield "donor", score, "party-asks-parliament"
        elif party.kind != "agency" or verb.first == scene.decided:
            yield "recipient", score - 0.1, "party-subject-asks"
    elif party.kind != "place":
        yield "donor", score, "party-subject-gives"


def owner_of_its(sentence: Sentence, hits: list[Hit[Party]]) -> Role | None:
    """ "China said that its donation": the first party of the sentence gives what "its" names."""
    words = [t.lower for t in sentence.tokens]
    owned = (
        n for n, word in enumerate(words[:-1])
        if word in ("its", "their", "his", "her")
        and _NOUNS["given"].intersection(words[n + 1 : n + 3])
    )  # fmt: skip
    given = next(owned, None)
    if given is None or not hits or hits[0].first > 3 or hits[0].last > given:
        return None
    return Role(0.5, hits[0].meaning, "party-its", hits[0].first, hits[0].last)
