"""A role that the words of a sentence give to somebody, and who is likely to give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from tracker.extraction.parties.referent import Referent
from tracker.extraction.stages.parts import OF_IT
from tracker.extraction.text.names import GIVERS
from tracker.extraction.text.sentence import AMOUNT
from tracker.extraction.words import load_rules

_GIVERS = load_rules("roles")["givers"]
AGENCIES = frozenset(
    entry["code"] for entry in load_rules("parties")["organisation"] if entry["kind"] == "agency"
)
FUNDERS = frozenset(
    entry["code"] for entry in load_rules("parties")["organisation"] if entry["kind"] == "funder"
)
APPEALING = frozenset({"UN", "OCHA"})
"""Bodies in whose name appeals are made: money that comes in is for a country."""
ASSESSORS = frozenset(_GIVERS["assessors"])
GRANTING = frozenset(_GIVERS["granting"])
"""Funds that mostly give: "its Global Fund grant" is theirs."""
AIDED_TOO = frozenset(_GIVERS["at_home_too"]) | frozenset(_GIVERS["aided_too"])
"""Giving countries that are given to as well."""
COUNTING = frozenset(_GIVERS["counting"])
"""Bodies that count what others give, and give nothing themselves."""


_INCLUDES = frozenset({"includes", "include", "included", "containing", "contains"})
_MOST = frozenset({"largest", "biggest", "smallest", "most", "half", "first"})
_CLAUSES = frozenset(load_rules("roles")["grammar"]["clauses"])
_RELATIVES = frozenset(load_rules("roles")["grammar"]["relatives"])


class Role(NamedTuple):
    """Somebody in a role, with the rule that says so."""

    role: str
    """donor or recipient"""
    score: float
    who: Referent
    rule: str
    anchor: int
    """The token from which the distance to an amount counts."""
    verb: int | None = None
    """The verb whose subject or object it is."""
    only: int | None = None
    """The token of the only amount that it stands for ("Oslo 600 million")."""


def giving(who: Referent) -> int:
    """How likely somebody gives rather than receives: 3 a lender, 2 a giving country, 1 or 0."""
    if who.kind == "funder" or (who.kind in ("body", "pronoun") and who.code in FUNDERS):
        return 3
    if who.code in GIVERS or who.code in GRANTING or who.kind in ("bloc", "chamber") or (
        who.kind == "government" and not who.codes
    ):  # fmt: skip
        return 2
    return 0 if who.kind == "agency" else 1


def pair(who: Referent, rule: str, anchor: int, verb: int | None) -> Iterator[Role]:
    """ "Japan and Vietnam signed": the likelier giver gives, or the first named."""
    first, second = who.members
    if max(giving(second), 3 * (second.code in GRANTING)) > max(
        giving(first), 3 * (first.code in GRANTING)
    ):
        first, second = second, first
    yield Role("donor", 1.0, first, rule, anchor, verb)
    yield Role("recipient", 1.0, second, rule, anchor, verb)


def has_share(words: Sequence[str], one: Referent, other: Referent) -> bool:
    """Whether one has a part of what another gives: "Taiwan's share of US military financing"."""
    between = words[one.last + 1 : other.first]
    return (
        bool(one.code and other.code)
        and one.code != other.code
        and giving(other) >= 2
        and one.kind not in ("funder", "bloc")
        and between[1:3] in (["share", "of"], ["slice", "of"])
        and set(between[3:]) <= {"the", "a"}
    )


def of_a_whole(words: Sequence[str], position: int) -> int:
    """Where "part of" stands before a whole, whose receivers are more than the part's, or -1.

    "Contracts of $5m in Kenya were cancelled, part of the $9bn in contracts that it ended".
    """
    near = range(max(0, position - 5), position - 1)
    return next((n for n in near if words[n : n + 3] == ["part", "of", "the"]), -1)


def of_next_clause(words: Sequence[str], position: int, role: Role) -> bool:
    """Whether a role behind an amount is of a clause that has an amount of its own.

    "Kyiv wants $2bn; Oslo gave it $1m", "$3bn is needed, and $1m has been sent by Oslo".
    """
    first = min(role.anchor, role.who.first)
    if first <= position:
        return False
    between = words[position + 1 : first]
    if AMOUNT in between:
        gap = between[: between.index(AMOUNT)]
        return len(gap) > 4 and not _CLAUSES.isdisjoint(gap)
    if _CLAUSES.isdisjoint(between) or not _RELATIVES.isdisjoint(between):
        return False
    last = max(role.anchor, role.who.last)
    return AMOUNT in words[last + 1 : last + 8]


def of_a_part(words: Sequence[str], position: int, anchor: int) -> bool:
    """Whether a role behind an amount is that of a part: "$8m, of which Oslo gave $2m"."""
    between = words[position + 1 : anchor]
    if AMOUNT not in words[anchor:] and AMOUNT not in between:
        return False
    if "including" in between or any(
        word in _INCLUDES and AMOUNT in between[n : n + 5] for n, word in enumerate(between)
    ):
        return True  # "a $9bn package that includes $5m for Mali"
    if ("with", AMOUNT) in pairwise(between):
        return True  # "eleven projects at $9m, with $2m for Mali"
    listed = between[between.index(":") + 1 :] if ":" in between else []
    if listed[:1] == [AMOUNT] and [*listed, *words[anchor:]].count(AMOUNT) > 1:
        return True  # "$9bn over ten years: $5bn for Palau, $4bn for Fiji"
    pairs = list(pairwise(between))
    if ("of", "them") in pairs and not _MOST.isdisjoint(between):
        return True  # "$9bn, the largest of them $5bn from Ankara"
    part = between.index(AMOUNT) if AMOUNT in between else len(between)
    # "$9bn, $2bn of it to Niger", but "$9bn of it to Mali, and $2bn": another part.
    # "drew $11bn, led by $4bn from Washington"
    return ("of", "which") in pairs or ("led", "by") in pairs or not OF_IT.isdisjoint(pairs[part:])


def state_aid(words: Sequence[str]) -> bool:
    """Whether a text speaks of a country's own aid to firms, which Brussels only allows."""
    return ("state", "aid") in pairwise(words)
