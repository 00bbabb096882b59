"""Whether a form of `[verbs]` of roles.toml is a verb where it stands, and what it does there."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.parties.acts import GRAMMAR, Verb, base_is_past, verb_forms
from tracker.extraction.parties.referent import Referent
from tracker.extraction.text.lexicon import Hit
from tracker.extraction.text.sentence import AMOUNT
from tracker.extraction.words import load_rules

NOUNS = {name: frozenset(words) for name, words in load_rules("roles")["nouns"].items()}
_BEFORE_NO_PRESENT = GRAMMAR["prepositions"] | GRAMMAR["have"]
_PLURAL = frozenset({"crowd", "government", "pronoun", "institution"})
_IDIOMS = (("set", "out", "to"), ("mak", "do", "with"))
BROUGHT = 12
"""How many words behind "came" or "left" the amount may stand that is brought: "with $5m"."""

BACKED = 9
"""How many words behind "helped" the amount may stand that somebody is helped with."""


def is_verb(words: Sequence[str], hit: Hit[Verb], at: dict[int, Referent]) -> bool:
    """Whether a form is no noun or adjective: "the promised aid", "a grant", "its pledges"."""
    before = words[hit.first - 1] if hit.first else ""
    after = words[hit.last + 1] if hit.last + 1 < len(words) else ""
    if before in GRAMMAR["no_verb_behind"] or before.isdigit():
        return False
    if (words[hit.first][:3], *words[hit.first + 1 : hit.first + 3]) in _IDIOMS:
        return False  # "set out to raise $5m" gives nothing
    up = after == "up" and words[hit.last + 2 : hit.last + 3] != ["to"]
    if up and words[hit.first] in ("give", "gives", "gave", "given", "giving"):
        return False  # "if it would give up coal"
    if words[hit.first].startswith("land") and after in GRAMMAR["prepositions"]:
        return False  # "landed in Niamey carrying an offer" receives nothing
    if words[hit.last].startswith("call") and after not in GRAMMAR["behind_call"]:
        return False  # "called off the scheme" asks for nothing
    if after == "in" and words[hit.first] in ("got", "get", "gets") and (
        AMOUNT not in words[hit.last + 1 : hit.last + 4]
    ):  # fmt: skip
        return False  # "got in first with a promise of $5m"
    if after == "back" and words[hit.first] in GRAMMAR["hands"]:
        return False  # "sent back the $5m" gives nothing
    if after == "to" and words[hit.first] in GRAMMAR["letters"]:
        return False  # "wrote to the IMF" gives nothing
    if hit.meaning.act == "brings" and after != AMOUNT:
        near = words[hit.last + 1 : hit.last + BROUGHT]
        return "with" in near and AMOUNT in near[near.index("with") :]
    if hit.meaning.act == "backs" and not _backs(words, hit.last):
        return False
    if before in GRAMMAR["possessive"]:
        return hit.meaning.form == "past" and after == AMOUNT
    form, person = hit.meaning.form, at.get(hit.first - 1)
    if form == "ing" and words[hit.first] in NOUNS["given"] and before not in GRAMMAR["be"]:
        return False  # "gave $5m in emergency funding"
    if form == "past" and before != "to" and before in GRAMMAR["prepositions"] and person is None:
        return False  # "in frozen US funding"
    if form in ("base", "present") and person is not None and person.kind == "demonym":
        return False
    if form == "base" and before in GRAMMAR["prepositions"] and before != "to" and person is None:
        return False  # "with nothing in hand"
    if form == "base" and (before == AMOUNT or {before, words[hit.first]} <= NOUNS["given"]):
        return False  # "will not renew the $2bn deposit", "economic and military support"
    if form == "base":
        near = words[max(0, hit.first - 4) : hit.first]
        several = person is not None and (person.kind in _PLURAL or bool(person.members))
        if words[hit.first] in base_is_past():
            several = several or person is not None or bool(GRAMMAR["have"].intersection(near))
        allowed = GRAMMAR["lets"].intersection(near)  # "lets Tokyo contribute"
        return (
            several
            or _proposed(words, person)
            or bool(allowed or GRAMMAR["modal"].intersection(near))
            or not near
        )
    if form == "present":
        if words[hit.first] in NOUNS["given"] | GRAMMAR["nouns_too"] and person is None:
            return False  # "$5m in soft loans"
        if (
            person is not None
            and after in ("", ",", ".", "to", "in", "on")
            and (words[max(0, person.first - 2) : person.first][-1:] or [""])[0]
            in GRAMMAR["prepositions"]
        ):
            return False  # "hit by US cuts"
        return before not in _BEFORE_NO_PRESENT and before != AMOUNT and (
            before not in verb_forms()
        )  # fmt: skip
    return True


def _backs(words: Sequence[str], last: int) -> bool:
    """Whether somebody is helped with an amount: "helped Chad with another $5m".

    Or without, where the next sentence says how much: "Oslo will help Chad. The aid, $5m, ...".
    """
    if AMOUNT not in words:
        return True
    ahead = words[last + 1 : last + BACKED]
    if "with" not in ahead:
        return False
    place = ahead.index("with")
    return AMOUNT not in ahead[:place] and AMOUNT in ahead[place + 1 : place + 4]


def _proposed(words: Sequence[str], person: Referent | None) -> bool:
    """Whether somebody is proposed to do it: "Merz proposed that the EU lend Kyiv $5m"."""
    if person is None:
        return False
    before = words[max(0, person.first - 4) : person.first]
    return "that" in before and not GRAMMAR["proposes"].isdisjoint(before)


def is_won(hit: Hit[Verb], done: set[int]) -> bool:
    """Whether a word in -s is the noun that the verb before it has: "won pledges of $5m"."""
    return hit.meaning.form == "present" and hit.first - 1 in done


def act_of(words: Sequence[str], hit: Hit[Verb]) -> str:
    """What a verb does with what stands behind it: "flew $5m in tents to", "put their names to"."""
    if hit.meaning.act == "brings" and words[hit.last + 1] == AMOUNT:
        return "gives"
    if hit.meaning.act == "backs":
        return "gives"
    sized = AMOUNT in words[max(0, hit.first - 4) : hit.first]  # "aid of $5m reached Chad under"
    if (
        hit.meaning.act == "arrives"
        and not sized
        and not NOUNS["accord"].isdisjoint(words[hit.last + 1 :][:4])
    ):
        return "signs"  # "reached a staff-level agreement with"
    if words[hit.first] == "put" and words[hit.last + 1 : hit.last + 2] == ["their"] and (
        words[hit.last + 2 : hit.last + 3] in (["names"], ["signatures"])
    ):  # fmt: skip
        return "signs"
    return "sums" if _sums_up(words, hit) else hit.meaning.act


def _sums_up(words: Sequence[str], hit: Hit[Verb]) -> bool:
    """Whether a total is brought to an amount: "brought the pledges of others to $5m"."""
    ahead = words[hit.last + 1 : hit.last + 9]
    near = ahead[: ahead.index(AMOUNT)] if AMOUNT in ahead else []
    return words[hit.first][:2] == "br" and hit.meaning.act == "raises" and "to" in near
