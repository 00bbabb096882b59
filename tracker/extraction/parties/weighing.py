"""How much each role of a sentence counts for one of its amounts.

A role counts less for every word, clause and amount between (`[costs]` of `rules/roles.toml`), and
less where another verb than its own says the stage.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from tracker.extraction.parties.acts import GRAMMAR
from tracker.extraction.parties.cast import government_of, people_of, roles_of
from tracker.extraction.parties.costs import COSTS, running_costs
from tracker.extraction.parties.item_roles import header_of, side_of_item
from tracker.extraction.parties.referent import Referent
from tracker.extraction.parties.role import (
    APPEALING,
    COUNTING,
    Role,
    giving,
    of_a_part,
    of_a_whole,
    of_next_clause,
    state_aid,
)
from tracker.extraction.text.context import Passage
from tracker.extraction.text.names import COUNTRY_KINDS, GIVERS
from tracker.extraction.text.sentence import AMOUNT, Sentence
from tracker.extraction.words import load_rules

_HOUSES = {word: frozenset(codes) for word, codes in load_rules("roles")["houses"].items()}
"""The countries that have a house of that name."""
LAUNCHED = 6
"""How many words behind a verb of launching the appeal may stand."""
HANDED = 8
"""How many words before an amount the verb may stand that hands it to somebody."""
_OTHER_VERB = COSTS["other_verb"]
_BEHIND = frozenset({"party-for", "party-to", "party-from", "party-in", "party-with"})


_DOES_FOR = frozenset({"party-for", "party-to", "party-object"})
_DOES = frozenset({"party-subject-gives", "party-object", "party-with"})
_RETURN = frozenset({("return", "for"), ("exchange", "for")})
_WITH = frozenset({"with", "thanks", "using"})
_HEADS = frozenset({"party-subject-gives", "party-whose-aid", "party-by"})


class Weighed(NamedTuple):
    """A role as it counts for one amount."""

    score: float
    role: Role
    codes: tuple[str, ...]


class Place(NamedTuple):
    """Where an amount stands and what is known of it."""

    sentence: Sentence
    position: int
    status: str
    cue_start: int | None
    home: str | None
    """The country whose currency it is in."""


def weigh(passage: Passage, place: Place) -> dict[str, list[Weighed]]:
    """The roles of a sentence that count for an amount, by role, best first."""
    sentence, position = place.sentence, place.position
    sums = sentence.once("costs", lambda: running_costs(sentence))
    found: dict[str, list[Weighed]] = {"donor": [], "recipient": []}
    first = next(iter(sentence.amounts), None)
    whole = of_a_whole(sentence.words, position)
    hands = _handing(passage, sentence, position)
    for role in roles_of(passage, place.sentence):
        who = role.who
        if who.first <= position <= who.last or (role.only is not None and role.only != position):
            continue
        if role.role == "donor" and role.verb is not None and (
            sentence.words[role.verb] in GRAMMAR["launched"]
        ) and (place.status == "requested" or (who.code in APPEALING and not (
            GRAMMAR["appeals"].isdisjoint(sentence.words[role.verb : role.verb + LAUNCHED])
        ))):  # fmt: skip
            continue  # "the UN launched an appeal for $5m, and $1m has come in"
        if who.kind == "crowd" and role.rule == "party-whose-need" and (
            sentence.words[who.last] in ("donors", "lenders", "creditors")
        ):  # fmt: skip
            continue  # "as donors scale back their support"
        if who.kind == "chamber" and role.role == "recipient" and place.status != "requested":
            continue  # "sending the bill to the Senate"
        if who.kind == "chamber" and role.rule == "party-in-government" and not place.home:
            continue  # of which country is not known
        if place.status == "requested" and who.code in APPEALING and (
            role.role == "donor" and (role.anchor > position or role.rule == "party-subject-gives")
        ):  # fmt: skip
            continue  # "the UN appealed for $5m, having released $1m"
        if place.status == "requested" and role.role == "donor" and role.verb is not None and (
            "un" in sentence.words[role.verb : position]
        ):  # fmt: skip
            continue  # "London gave $1m, and the UN has asked for $9m"
        if place.status == "requested" and role.rule == "party-subject-gives" and any(
            r.rule == "party-subject-asks" and r.who.codes != who.codes
            and (role.verb or 0) < (r.verb or 0) < position for r in roles_of(passage, sentence)
        ):  # fmt: skip
            continue  # "Canberra would contribute $1m to the fund, which is looking for $5m"
        if (who.code in COUNTING and role.rule in ("party-subject-gives", "party-from")) or (
            role.role == "recipient" and who.kind == "funder"
            and sentence.words[who.last] in GRAMMAR["programmes_of"]
        ):  # fmt: skip
            # It puts a figure on what others give; "Ethiopia's ECF arrangement was approved".
            continue
        if who.code == "EU" and role.verb is not None and state_aid(sentence.words):
            continue  # Brussels only allows a country's own aid
        if position < role.anchor and of_a_part(sentence.words, position, role.anchor):
            continue
        if role.role == "recipient" and role.anchor < whole:
            continue
        low, high = sorted((role.anchor, position))
        costs = sums[role.role]
        cost = min(costs[high] - costs[low + 1] if high > low else 0.0, COSTS["most"])
        if (
            role.only is None
            and position < role.anchor
            and of_next_clause(sentence.words, position, role)
        ):
            cost += COSTS["next_clause"]
        if role.rule in _BEHIND and first is not None and first < role.anchor < position:
            cost += COSTS["of_the_one_before"]
            if sentence.words[position + 1 : position + 2] in (["for"], ["to"]):
                cost += COSTS["of_the_one_before_for"]  # "$9m to Mali and $5m for clinics in Chad"
        if role.verb is not None and place.cue_start is not None and role.verb not in hands:
            # The subject of another verb than the one that says the stage.
            ahead = sentence.tokens[role.verb].start - place.cue_start
            cost += 0.0 if -2 <= ahead <= 24 else _OTHER_VERB
        side = _side(passage, place, role)
        if side == "recipient" and (
            (who.kind in ("body", "country") and not who.codes) or _spends_abroad(sentence, who)
        ):
            continue  # "the draft budget gives Germany's development ministry $5m"
        if role.score - cost > COSTS["least"]:
            found[side].append(Weighed(role.score - cost, role, _codes(passage, place, role)))
    for weighed in found.values():
        weighed.sort(key=lambda w: -w.score)
    return found


def _handing(passage: Passage, sentence: Sentence, position: int) -> set[int]:
    """Verbs with a receiver before an amount: who hands it over gives it.

    "Ratified a deal under which London will lend Kyiv $5m".
    """
    return {
        r.verb for r in roles_of(passage, sentence) if r.rule == "party-object"
        and r.verb is not None and 0 < position - r.verb < HANDED
        and {AMOUNT, "and", ","}.isdisjoint(sentence.words[r.verb : position])
    }  # fmt: skip


def _side(passage: Passage, place: Place, role: Role) -> str:
    """Whether a role is that of giver or receiver where the stage tells."""
    who = role.who
    if role.rule == "party-list":
        above = passage.lead(place.sentence) or place.sentence
        header = header_of(above.words)
        if not GRAMMAR["listed_out"].isdisjoint(header) and any(
            r.role == "donor" and r.rule in _HEADS and r.who.codes not in ((), who.codes)
            and r.who.last < len(header) for r in roles_of(passage, above)
        ):  # fmt: skip
            return "recipient"  # "Where Canada's pledge will go: Haiti $4m; Fiji $2m"
        return side_of_item(role.role, place.status, place.sentence.words, header, who)
    if role.rule in _DOES and _in_return(place, role):
        return "donor" if role.role == "recipient" else "recipient"
    own = not GRAMMAR["gives_abroad"].isdisjoint(place.sentence.words[who.first : who.last + 1])
    if own and who.kind == "institution" and role.role == "recipient" and role.rule == "party-to":
        return "donor"  # "$5m allotted to USAID for Haiti"
    if who.kind == "chamber" and role.rule == "party-to" and place.status == "requested":
        return "donor"  # "the letter that went up to Congress seeks $5m"
    if place.status == "requested" and role.rule == "party-subject-gives" and (
        who.kind == "agency" and who.code not in APPEALING
    ):  # fmt: skip
        return "recipient"  # "Gavi set itself a target of $9bn"
    if place.status == "requested" and role.rule == "party-subject-gives" and (
        who.kind in ("name", "capital") and len(who.codes) == 1 and giving(who) < 2
        and not any(r.role == "recipient" and r.rule in _DOES_FOR and r.who.codes != who.codes
                    for r in roles_of(passage, place.sentence))
    ):  # fmt: skip
        return "recipient"  # "Mozambique sent out a call for $9m"
    if place.status == "needed" and (
        (role.rule == "party-subject-gives" and _in_need(who))
        or (role.rule == "party-from" and who.codes and giving(who) < 3)
    ):
        # "Jamaica put the damage at $8.8bn", "eradicating cholera from Haiti would cost $2bn"
        return "recipient"
    return role.role


def _in_return(place: Place, role: Role) -> bool:
    """Whether somebody has an amount from another to do what a verb says.

    "With Norway's $5m, Chad can pay its teachers", "in return for $5m Chad has promised the IMF
    reforms".
    """
    words, position = place.sentence.words, place.position
    near = words[max(0, position - 6) : position]
    verb = role.verb or role.anchor
    if any(pair in _RETURN for pair in pairwise(near)) and AMOUNT not in near:
        # But "in return for the $5m that America has spent on Kyiv".
        return verb < position or "," in words[position:verb]
    if role.rule != "party-subject-gives" or words[0] not in _WITH or role.who.first < position:
        return False
    phrase = words[: words.index(",", position)] if "," in words[position:] else []
    start = role.who.first - (words[role.who.first - 1] == "the")
    return (
        start == len(phrase) + 1
        and ("from" in phrase or not GRAMMAR["possessive"].isdisjoint(phrase))
        and "own" not in phrase
    )


def _spends_abroad(sentence: Sentence, who: Referent) -> bool:
    """Whether somebody is the ministry through which a country gives abroad."""
    if who.kind != "institution" or who.code not in GIVERS:
        return False
    named = sentence.words[who.first : who.last + 1]
    return not GRAMMAR["abroad_ministries"].isdisjoint(named) or {"state", "department"} <= {*named}


def _in_need(who: Referent) -> bool:
    return who.kind in ("place", "government") or (who.kind in COUNTRY_KINDS and giving(who) < 2)


def _codes(passage: Passage, place: Place, role: Role) -> tuple[str, ...]:
    """Whom a role means, with "the government" and "the Senate" led to their country."""
    who = role.who
    if who.kind == "chamber":
        own = government_of(passage, place.sentence, who, None)
        house = place.sentence.words[who.last]
        if own in _HOUSES.get(house, ()) and all(
            other.code != "USA" for other in people_of(passage, place.sentence)
            if other.kind != "chamber"
        ):  # fmt: skip
            return (own,) if own else ()  # "Chile has paid $5m; Congress passed $9m"
        code = place.home or government_of(passage, place.sentence, who, None)
        return (code,) if code else who.codes
    if who.kind == "government" and not who.codes:
        code = government_of(passage, place.sentence, who, place.home)
        return (code,) if code else ()
    return who.codes
