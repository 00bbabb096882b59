"""What the money is for (`aid_type`) and in what form it comes (`instrument`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from tracker.extraction.decision import Decision
from tracker.extraction.text.context import Passage
from tracker.extraction.text.lexicon import Hit, Lexicon
from tracker.extraction.text.sentence import AMOUNT, Sentence, words_of
from tracker.extraction.words import load_rules
from tracker.schema import Mention

PER_WORD = 0.02
OTHER_AMOUNT = 0.25
BOUNDARY = {
    ";": 0.35, "but": 0.35, "while": 0.35, "rest": 0.35, "remainder": 0.35, "after": 0.2, ",": 0.05,
}  # fmt: skip
ANOTHER_SUM = 0.8
"""What it costs a word to stand behind a later amount of another clause."""
REACH = 0.25
"""A word whose score falls below this is too far away to speak of the amount."""
CLOSE = 0.6
"""The score that a word of what is built must have, since it says no more than where it stands."""
MIXED = "mixed"
JOINED = 4
"""How many words may stand between two kinds that one sum is for."""
BESIDE = 6
"""How many words from an amount a word may stand that is said of it."""
OWNED = 0.15
"""What it costs a word to stand beside another amount."""
OWNED_BEHIND = 0.35
"""What it costs more where that amount and the word stand behind: "$5m, for arms $7m"."""
_TOO = frozenset({"and", "as", "plus", ","})
_REST = frozenset({"rest", "remainder", "balance", "remaining", "other"})
_GOES = frozenset({
    "is", "are", "was", "were", "went", "goes", "go", "will", "would", "be", "spent", "to", "pay",
    "pays", "paid", "that", "it", "had", "has", "promised",
})  # fmt: skip
_RELIEF_TOO = frozenset({"generators", "generator", "housing", "electricity"})
"""What relief brings beside shelter and food."""
_REBUILDING = frozenset({
    "reconstruction", "rebuilding", "recovery", "rehabilitation", "repair", "repairs", "removal",
})  # fmt: skip
_PARTING = frozenset({",", ";", "which", "including", "but", "while"})
_SHARES = frozenset({"of", "from", "against", "than"})
"""Before a later amount of which the words behind it speak too: "$3bn of the $6bn for camps"."""
_JOINS = _SHARES | {"the", "a", "its", "their", "and", "or", "to", "out", "about", "some", "over"}
_PARTS = _PARTING | {"and", "or", ":", AMOUNT}
_CLAUSES = _PARTING | {AMOUNT}
_LEADS = frozenset({
    "aid", "assistance", "support", "help", "relief", "funding", "package", "packages", "worth",
    "of", "to", ":", "–", "-", "(", "totalling", "totaling", "another", "about", "some", "a",
    "came", "comes", "amounting", "valued", "at", "up", "more", "than", "nearly", "almost", "over",
})  # fmt: skip
"""What stands between a kind and its amount: "humanitarian aid worth about $5m"."""
_NO_PURPOSE = frozenset({"the", "a", "an", "its", "their", "this", "each", "every", "use", "top"})
_SURVEYS = frozenset({"assessment", "assessments", "survey"})
"""What counts damage and prices its repair: "the damage and needs assessment"."""
AHEAD = 40
"""Code points that are looked at for that."""
_GRANTS = frozenset({"grant", "grants"})
WORKS = "works"
"""The tag of rules for what is built with money, which speak in documents alone."""
FORM = "aid_type-loan"
"""The rule of words that say how money comes: it is lent."""
_DAMAGE = frozenset(load_rules("aid_type")["damage"]["cues"])
_LISTS = frozenset({"and", "or", ",", "soft", "cheap", "concessional"})


class Kind(NamedTuple):
    """What a word says: the value, its rule and its weight."""

    value: str
    rule: str
    weight: float


@cache
def _lexicon(tag: str) -> Lexicon[Kind]:
    return Lexicon(
        (words, Kind(rule[tag], f"{tag}-{rule['id']}", rule.get("weight", 1.0)))
        for rule in sorted(load_rules("aid_type")[tag], key=lambda r: -r.get("weight", 1.0))
        for words in rule["words"]
    )


def decide_kind(tag: str, passage: Passage, sentence: Sentence, position: int) -> Decision | None:
    """The `tag` (aid_type or instrument) of the amount at token `position`; None if not said."""
    in_document = passage.is_document and tag == "aid_type"
    found, said, place = list(_scores(tag, sentence, position)), sentence, position
    if in_document and not _purposes(found):
        found = _works(sentence, position) or found
    for head in [] if found else _heads(passage, sentence, position):
        said, place = head, len(head.words)
        found = [(s - 0.1, h) for s, h in _scores(tag, head, place)]
        if found:
            break
    if in_document:
        found = _purposes(found) or found
    score, hit = max(found, key=lambda f: f[0], default=(0.0, None))
    if hit is None or score < REACH:
        return None
    value = MIXED if tag == "aid_type" and _is_mixed(said, hit, place) else hit.meaning.value
    return Decision(value, hit.meaning.rule, said.starts[hit.first], said.ends[hit.last], score)


def _purposes(found: Sequence[tuple[float, Hit[Kind]]]) -> list[tuple[float, Hit[Kind]]]:
    """Those that say what the money is for, not only that it is lent."""
    return [(s, hit) for s, hit in found if hit.meaning.rule != FORM and s >= REACH]


def _works(sentence: Sentence, position: int) -> list[tuple[float, Hit[Kind]]]:
    """What is built with an amount: not across another amount, nor from the clause before."""
    words = sentence.words
    return [
        (s, hit) for s, hit in _scores(WORKS, sentence, position)
        if s >= CLOSE and AMOUNT not in words[position + 1 : hit.first]
        and _CLAUSES.isdisjoint(words[hit.last + 1 : position])
    ]  # fmt: skip


def _heads(passage: Passage, sentence: Sentence, position: int) -> Iterator[Sentence]:
    """What introduces the list of an amount, or heads it in a table, the nearest first."""
    lead = passage.lead(sentence)
    if lead is not None:
        yield lead
    yield from passage.heads(sentence, position)


def kinds_said(sentence: Sentence) -> list[Decision]:
    """All words of a sentence that say what money is for."""
    found = [*_hits("aid_type", sentence), *_hits(WORKS, sentence)]
    return [
        Decision(h.meaning.value, h.meaning.rule, sentence.starts[h.first], sentence.ends[h.last])
        for h, _ in found if h.meaning.rule != FORM
    ]  # fmt: skip


def carries(rule: str, sentence: Sentence, position: int) -> bool:
    """Whether the kind of the amount before may hold for this one too, by the rule that said it.

    A loan says nothing of a grant beside it, nor a road of what else its giver pays for.
    """
    near = sentence.words[max(0, position - 4) : position + 3]
    if rule == FORM and not _GRANTS.isdisjoint(near):
        return False
    return not rule.startswith(WORKS)


def is_damage(text: str, mention: Mention) -> bool:
    """Whether an amount says what was lost, which is for nothing: "damage of $5m"."""
    if mention.status != "needed" or mention.cue is None or mention.cue_end is None:
        return False
    if _DAMAGE.isdisjoint(mention.cue.lower().split()):
        return False
    between = words_of(text[mention.cue_end : mention.start].lower())
    behind = words_of(text[mention.cue_end : mention.cue_end + AHEAD].lower())[:3]
    return _REBUILDING.isdisjoint(between) and _SURVEYS.isdisjoint(behind)


def kind_of_giver(donor: Decision | None) -> Decision | None:
    """What who gives can only give: the IMF lends to budgets; None for anybody else."""
    if donor is None:
        return None
    rules = load_rules("aid_type")["aid_type"]
    rule = next((r for r in rules if donor.value in r.get("givers", ())), None)
    return rule and donor._replace(value=rule["aid_type"], rule=f"aid_type-{rule['id']}")


def _hits(tag: str, sentence: Sentence) -> list[tuple[Hit[Kind], int | None]]:
    """The words of a sentence that say a kind, and whose they are where they stand beside it."""
    found = _lexicon(tag).find(sentence)
    # What has no value is a name: "the Asian Development Bank".
    return [(hit, _owner(sentence, hit)) for hit in found if hit.meaning.value]


def _owner(sentence: Sentence, hit: Hit[Kind]) -> int | None:
    """The amount that a word stands directly beside: "$5m for weapons", "military aid of $5m"."""
    words, places = sentence.words, list(sentence.amounts)
    before = max((n for n in places if n < hit.first), default=-2 * BESIDE)
    after = min((n for n in places if n > hit.last), default=len(words) + 2 * BESIDE)
    behind_it = hit.first - before <= BESIDE and _PARTS.isdisjoint(words[before + 1 : hit.first])
    ahead_of_it = after - hit.last <= BESIDE and _LEADS.issuperset(words[hit.last + 1 : after])
    if behind_it == ahead_of_it:
        return None
    return before if behind_it else after


def _scores(tag: str, sentence: Sentence, position: int) -> Iterator[tuple[float, Hit[Kind]]]:
    words = sentence.words
    own = has_purpose(sentence, position)
    for hit, owner in sentence.once(tag, lambda: _hits(tag, sentence)):
        if hit.meaning.rule == FORM and _is_grant(words, position, hit):
            continue
        before = hit.last < position
        between = words[hit.last + 1 : position] if before else words[position + 1 : hit.first]
        if ":" in between and before:
            between = between[: between.index(":")]  # "Military aid: Spain €1bn; Greece €60m"
        cost = sum(
            OTHER_AMOUNT if word == AMOUNT else BOUNDARY.get(word, PER_WORD) for word in between
        )
        if owner is not None and owner != position:
            cost += OWNED
            if own:
                continue
            cost += OWNED_BEHIND * (owner > hit.last and not before)
        if not before and _of_another_sum(between):
            cost += ANOTHER_SUM
        # What stands behind the amount says what it is for more often than what stands before.
        if before:
            cost += 0.08
        yield (hit.meaning.weight - cost, hit)


def has_purpose(sentence: Sentence, position: int) -> bool:
    """Whether an amount says what it is for: "$5m goes on schools", but not "$5m for Kenya"."""
    words, place = sentence.words, position + 1
    while words[place : place + 1] and words[place] in _GOES:
        place += 1
    noun = sentence.texts[place + 1 : place + 2]
    return words[place : place + 1] in (["for"], ["on"], ["towards"]) and (
        bool(noun) and noun[0].islower() and noun[0] not in _NO_PURPOSE
    )


def _is_mixed(sentence: Sentence, hit: Hit[Kind], position: int) -> bool:
    """Whether one sum is for two kinds: "$5m for food and weapons", "military and other aid"."""
    for other, _ in sentence.once("aid_type", lambda: _hits("aid_type", sentence)):
        first, second = sorted((hit, other), key=lambda h: h.first)
        between = sentence.words[first.last + 1 : second.first]
        if (
            other.meaning.value != hit.meaning.value
            and not _is_relief(sentence, hit, other)
            and FORM not in (hit.meaning.rule, other.meaning.rule)
            and len(between) <= JOINED
            and not _TOO.isdisjoint(between)
            and _REST.isdisjoint(between)
            and AMOUNT not in between
            and (second.last < position) == (first.last < position)
        ):
            return True
    return False


def _is_relief(sentence: Sentence, *hits: Hit[Kind]) -> bool:
    """Whether two kinds are one, since relief repairs too: "shelter and housing"."""
    of = {hit.meaning.value: sentence.words[hit.first] for hit in hits}
    return set(of) == {"humanitarian", "reconstruction"} and (of["reconstruction"] in _RELIEF_TOO)


def _of_another_sum(between: Sequence[str]) -> bool:
    """Whether words behind a later amount speak of it alone: "$60bn, of which $14bn for arms"."""
    crossed = between[: between.index(AMOUNT)] if AMOUNT in between else []
    if _JOINS.issuperset(crossed):
        return False
    return not _PARTING.isdisjoint(crossed) or _SHARES.isdisjoint(crossed[-2:])


def _is_grant(words: Sequence[str], position: int, hit: Hit[Kind]) -> bool:
    """Whether the amount is a grant and the loan another: "a loan of $9m and a $5m grant"."""
    behind = words[position + 1 : position + 3]
    if _GRANTS.isdisjoint(behind):
        place = position - 1
        while place > 0 and words[place] in _LEADS:
            place -= 1
        return place < position - 1 and words[place] in _GRANTS  # "a grant of up to $5m"
    grant = next(n for n in range(position + 1, position + 3) if words[n] in _GRANTS)
    # "$5m in grants and loans" is both.
    return not (hit.first > grant and _LISTS.issuperset(words[grant + 1 : hit.first]))
