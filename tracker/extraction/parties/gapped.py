"""Roles of those whose verb is not said, or is none: "Oslo 600 million", "UNRWA is $5m short"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tracker.extraction.parties.acts import GRAMMAR
from tracker.extraction.parties.asides import behind_aside
from tracker.extraction.parties.frames import Frame
from tracker.extraction.parties.referent import Referent
from tracker.extraction.parties.role import AIDED_TOO, Role, giving
from tracker.extraction.text.sentence import AMOUNT

_FRONTS = frozenset({",", ";", "and", "than", "them"})
_LINKS = frozenset({"were", "are", "was", "is"})


def gapped(words: Sequence[str], people: Sequence[Referent], acts: Sequence[Frame]) -> list[Role]:
    """ "Berlin has offered 900 million, Oslo 600 million": the verb is said once."""
    found: list[Role] = []
    for who in people:
        part = _whose_part(words, who) if who.first > 1 else None
        if part is not None:
            found.append(part)
            continue
        start = who.first - (who.first > 0 and words[who.first - 1] == "the")
        front = words[start - 1] if start > 0 else ""
        if start < who.first and not who.codes:
            continue  # "the states $5m" are nobody
        if who.kind in ("demonym", "pronoun") or front not in _FRONTS | _LINKS:
            continue
        last = behind_aside(words, who.last)
        behind = words[last + 1 : last + 6]
        if AMOUNT not in behind or (AMOUNT not in words[: who.first] and front not in _LINKS):
            continue
        between = behind[: behind.index(AMOUNT)]
        amount = last + 1 + len(between)
        if between == [",", "down"] and giving(who) < 2:
            # "the losers were Mali, down £5m, and Yemen, down £2m"
            found.append(Role("recipient", 1.1, who, "party-gapped", who.last, None, amount))
            continue
        if between[1:] == [","] and between[0] in GRAMMAR["possessive"]:
            between = between[:1]  # "London's £2bn share is signed for; Tokyo's, $3bn, was paid"
        if between[:2] == ["one", "for"]:
            between = between[2:]  # "and Bern one for 12 million francs"
        if start == who.first and words[who.last + 1] in GRAMMAR["possessive"] and (
            set(between[1:]) <= GRAMMAR["gap"] | GRAMMAR["amounts_to"] | {"by", "to", "of", "at"}
        ):  # fmt: skip
            # "trimmed its grant to Mozambique by $79m, and Malawi's by $22m"
            side = "donor" if giving(who) >= 2 else "recipient"
            found.append(Role(side, 1.1, who, "party-gapped", who.last, None, amount))
            continue
        thanked = next((a for a in reversed(acts) if a.verb < who.first), None)
        if (
            between[:1] == ["for"]
            and thanked is not None
            and thanked.object is not None
            and thanked.act in ("thanks", "asks")
            and set(between[1:]) <= GRAMMAR["gap"] | {"its"}
        ):
            # "thanked Washington for its $4bn and London for its £1bn", "asked the IMF for"
            found.append(Role("donor", 1.1, who, "party-gapped", who.last, None, amount))
            continue
        own = between[:1] != [] and between[0] in GRAMMAR["possessive"]
        led = between[own : own + 1] in (["with"], ["leading"]) and giving(who) >= 2
        if led and set(between[own:]) <= GRAMMAR["gap"] | {"with", "leading", "one"}:
            # "more than Berlin with $32bn", "India leading with $1bn", "and France's with €50m"
            found.append(Role("donor", 1.0, who, "party-gapped", who.last, None, amount))
            continue
        if not set(between) <= GRAMMAR["gap"]:
            continue
        before = (a for a in reversed(acts) if a.verb < who.first)
        act = next((a for a in before if a.subject or a.object), None)
        if act is not None and ":" in words[act.verb : who.first] and front == ";":
            continue  # "allocated: Poland €76m; Czechia €114m" is a list
        if act is not None and act.act in ("gives", "receives", "needs"):
            # "gave Laos $5m and Cambodia $7m": the second is an object like the first.
            gives = act.act == "gives" and not act.passive and (
                # "promised Ukraine 16 billion kronor, Denmark 16 billion kroner"
                act.object is None or (giving(who) >= 2 and (
                    front != "and" or words[start - 2 : start - 1] == [","]))
                or _gives_as_well(who, act.object)
            )  # fmt: skip
            role = "donor" if gives else "recipient"
            found.append(Role(role, 1.1, who, "party-gapped", who.last, None, amount))
    return found


def _whose_part(words: Sequence[str], who: Referent) -> Role | None:
    """Whose an amount is said to be: "$9m, $2m of which was Germany's"."""
    owned = words[who.last + 1 : who.last + 2]
    end = who.last + 1 + bool(owned and owned[0] in GRAMMAR["possessive"])
    if words[end : end + 1] not in ([], ["."], [","], [";"]) or words[who.first - 1] not in _LINKS:
        return None
    near = words[max(0, who.first - 7) : who.first]
    if (
        giving(who) < 2
        or AMOUNT not in near
        or "of" not in near
        or (end == who.last + 1 and who.kind != "demonym")
    ):
        return None
    place = who.first - 1 - near[::-1].index(AMOUNT)
    return Role("donor", 1.1, who, "party-gapped", who.last, None, place)


def _gives_as_well(who: Referent, other: Referent) -> bool:
    """Whether somebody behind "and" gives to `other` too: "gave UNRWA $5m and Kuwait $3m".

    But "gave Ukraine $61bn and Israel $26bn": those who are often given to receive.
    """
    if giving(who) < 2 or who.kind == "place":
        return False
    return other.kind == "pronoun" or (who.code not in AIDED_TOO and giving(other) < 2)


def short_of(words: Sequence[str], people: Sequence[Referent]) -> list[Role]:
    """Who lacks money: "UNRWA is $5m short", "The WHO, whose payer has left, is $5m short"."""
    found: list[Role] = []
    ends = {who.last: who for who in people if who.code and who.kind != "pronoun"}
    if words[:2] == ["short", "of"] and AMOUNT in words[2:6]:
        # "Short of $5m for the year, the WFP has halved rations"
        place = words.index(AMOUNT)
        comma = words.index(",", place) if "," in words[place : place + 6] else len(words)
        start = comma + 1 + (words[comma + 1 : comma + 2] == ["the"])
        found += [Role("recipient", 0.85, who, "party-subject-receives", who.last, None, place)
                  for who in people if who.code and who.first == start]  # fmt: skip
    for place, (word, following) in enumerate(pairwise(words)):
        if word != AMOUNT or following != "short":
            continue
        start = place
        while start > 0 and words[start - 1] in GRAMMAR["auxiliary"] | GRAMMAR["gap"]:
            start -= 1
        if words[start - 1] == ",":
            opened = [n for n in range(start - 1) if words[n] == ","]
            start = opened[-1] if opened else start
        who = ends.get(start - 1)
        if who is not None and not GRAMMAR["be"].isdisjoint(words[start:place]):
            role = Role("recipient", 0.85, who, "party-subject-receives", who.last, None, place)
            found.append(role)
    return found


def in_order(words: Sequence[str], found: list[Role]) -> list[Role]:
    """The roles with two of a list each in that of its own amount.

    "Oslo and Bern gave $5m and $9m respectively": in the order in which they are named.
    """
    if "respectively" not in words:
        return found
    ends = words.index("respectively")
    amounts = [n for n, word in enumerate(words[:ends]) if word == AMOUNT][-2:]
    if len(amounts) < 2 or "and" not in words[amounts[0] : amounts[1]]:
        return found
    return [
        own
        for role in found
        for own in (
            [role._replace(who=who, only=only, score=1.1)
             for who, only in zip(role.who.members, amounts, strict=True)]
            if len(role.who.members) == len(amounts)
            else [role]
        )
    ]  # fmt: skip
