"""Roles by the preposition before a name: "to Chad", "from Oslo", "sought by the White House"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.extraction.acts import GRAMMAR, verb_forms
from tracker.extraction.context import AMOUNT
from tracker.extraction.frames import NOUNS, Frame
from tracker.extraction.referents import GOVERN, Referent
from tracker.extraction.role import APPEALING, Role, giving, pair

PURPOSE = 6
"""How many words before "in" and a capital "for" may stand."""


def _side_of_origin(words: Sequence[str], before: int) -> str:
    """From whom money comes gives it, from whom it is taken does not receive it: "cut $5m from"."""
    if words[before - 1] == AMOUNT and words[before - 2] in (",", "and"):
        return "donor"  # "withdrew $5m, and $9m from Washington is frozen"
    if words[before - 1] in NOUNS["lent"]:
        return "donor"  # "took a $5m loan from Hungary"
    near = range(max(0, before - 8), before)
    taken = any(
        words[n] in GRAMMAR["taking"] and words[n + 1] not in GRAMMAR["taken_up"] for n in near
    )
    return "recipient" if taken else "donor"


def _for_something(words: Sequence[str], place: int) -> bool:
    """Whether "for" and what it is for stand before "in": "$5m for cholera wards in Khartoum"."""
    near = words[max(0, place - PURPOSE) : place]
    return "for" in near and near[-1] != "for" and GRAMMAR["ends_purpose"].isdisjoint(
        near[near.index("for") :]
    )  # fmt: skip


def _built(words: Sequence[str], place: int) -> bool:
    """Whether what money pays for stands before "in": "a $5m tram line in Cairo"."""
    noun, near = words[place - 1], words[max(0, place - PURPOSE) : place - 1]
    return AMOUNT in near and noun.isalpha() and noun not in verb_forms() | NOUNS["given"] and (
        GRAMMAR["ends_purpose"].isdisjoint(near[near.index(AMOUNT) + 1 :])
    )  # fmt: skip


def by_preposition(
    words: Sequence[str], who: Referent, preposition: str, noun: str, before: int,
    acts: Sequence[Frame],
) -> Iterator[Role]:  # fmt: skip
    """The role of `who` behind `preposition` (at `before`) and the `noun` before that."""
    fled = not GRAMMAR["fled"].isdisjoint(words[max(0, before - 4) : before])
    if preposition == "from" and (fled or noun in GRAMMAR["leaves"]):
        return  # "walked away from Belém with $5m"
    if preposition == "from" and noun not in GRAMMAR["moved"] and not (
        who.kind == "place" and words[who.last + 1 : who.last + 2] == ["to"]
    ):  # fmt: skip
        asks = noun in GRAMMAR["asked_nouns"] and giving(who) < 2  # "a request from Serbia"
        side = "recipient" if asks else _side_of_origin(words, before)
        yield Role(side, 0.9, who, "party-from", who.first)
    elif preposition == "by" and noun in GRAMMAR["by_receiver"] and who.code in APPEALING:
        return  # "half of what was sought by the UN"
    elif preposition == "by" and noun in GRAMMAR["by_asker"] and (
        giving(who) >= 2 and NOUNS["lent"].isdisjoint(words[max(0, before - 3) : before])
        and (who.kind == "leader" or not GRAMMAR["asks_parliament"].isdisjoint(
            words[who.first : who.last + 3]))
    ):  # fmt: skip
        # "the $5m sought by the White House": of its own parliament
        yield Role("donor", 0.85, who, "party-asks-parliament", who.first)
    elif preposition == "by" and noun in GRAMMAR["by_receiver"]:
        yield Role("recipient", 0.85, who, "party-by", who.first)
    elif preposition == "by" and noun not in GRAMMAR["by_not_giver"]:
        own = who.last + 2 if words[who.last + 1 : who.last + 3] == ["with", AMOUNT] else None
        yield Role("donor", 0.9, who, "party-by", who.first, None, own)
    elif preposition == "on" and noun in NOUNS["events"] and who.kind in ("name", "place"):
        yield Role("recipient", 0.6, who, "party-for", who.first)  # "a conference on Sudan"
    elif preposition in ("for", "to") and (
        noun in GRAMMAR["not_to"]
        or noun in GRAMMAR["titles"]
        or (preposition == "for" and not GRAMMAR["waits"].isdisjoint(words[before - 2 : before]))
    ):
        return
    elif words[who.first - 1 : who.first] and words[who.first - 1] in GRAMMAR["done_for"]:
        yield Role("recipient", 0.85, who, "party-for", who.first)
    elif preposition in ("to", "into", "towards", "toward", "unto", "upon"):
        if who.kind == "crowd" and words[who.last] not in GOVERN["crowd_abroad"]:
            return
        act = next((a for a in reversed(acts) if a.verb < before), None)
        asked = act is not None and act.act == "asks" and before - act.verb <= 3 and (
            words[before + 1] not in GRAMMAR["helped"]
        )  # fmt: skip
        asked = asked or noun in GRAMMAR["asked_nouns"]
        score = 0.6 if who.kind == "crowd" else 0.9
        yield Role("donor" if asked else "recipient", score, who, "party-to", who.first)
    elif preposition == "for" and words[who.last + 1 : who.last + 2] == ["to"] and any(
        a.verb == who.last + 2 for a in acts
    ):  # fmt: skip
        return  # "it took a day for the Senate to cut $5m"
    elif preposition == "for":
        if who.kind == "crowd" and words[who.last] not in GOVERN["crowd_abroad"]:
            return
        score = 0.6 if who.kind == "crowd" else 0.9
        yield Role("recipient", score, who, "party-for", who.first)
    elif preposition in ("in", "across", "within", "around", "throughout", "inside"):
        yield from _in_a_place(words, who, noun, before)
    elif preposition in ("with", "between") and (
        NOUNS["accord"].intersection(words[:before])
        or noun in NOUNS["lent"]
        or any(a.act == "signs" and a.verb < before for a in acts)
    ):
        yield from _with_somebody(words, who, noun, before)
    elif preposition == "of" and noun == AMOUNT and giving(who) >= 2 and any(
        a.act == "asks" and a.verb < before for a in acts
    ):  # fmt: skip
        yield Role("donor", 0.9, who, "party-asked", who.first)  # "requested $5m of Washington"
    elif preposition == "of" and noun in NOUNS["given"]:
        yield Role("donor" if giving(who) > 1 else "recipient", 0.6, who, "party-aid-of", who.first)
    elif preposition == "of" and noun in NOUNS["received"]:
        yield Role("recipient", 0.6, who, "party-need-of", who.first)


def _in_a_place(words: Sequence[str], who: Referent, noun: str, before: int) -> Iterator[Role]:
    """Roles of a name behind "in": "a school in Mali", "MPs in Oslo", "landed in Kyiv"."""
    if noun in NOUNS["events"] or noun in GRAMMAR["posted"]:
        return
    if who.kind in ("institution", "government", "chamber"):
        yield Role("donor", 0.4, who, "party-in-government", who.first)
    elif who.kind in ("capital", "funder") and giving(who) >= 2 and noun in GRAMMAR["held_in"]:
        yield Role("donor", 0.5, who, "party-in-government", who.first)  # "stuck in Brussels"
    elif who.kind == "capital" and (
        noun in NOUNS["sited"] | GRAMMAR["arrived_in"]
        or (giving(who) < 2 and (_for_something(words, before) or _built(words, before)))
    ):
        yield Role("recipient", 0.5, who, "party-in", who.first)
    elif who.kind not in ("leader", "bloc", "capital", "institution", "funder", "agency",
                        "crowd", "government", "organisation"):  # fmt: skip
        yield Role("recipient", 0.55, who, "party-in", who.first)


def _with_somebody(words: Sequence[str], who: Referent, noun: str, before: int) -> Iterator[Role]:
    """Roles of a name behind "with": "a deal with Chad", "a loan with the IMF"."""
    if len(who.members) == 2:
        yield from pair(who, "party-accord", who.first, None)
    else:
        lent = giving(who) >= 2 and (
            noun in NOUNS["lent"]
            or (noun == "signed" and NOUNS["lent"].intersection(words[:before]))
        )
        side = "donor" if giving(who) == 3 or lent else "recipient"
        yield Role(side, 0.5, who, "party-with", who.first)
