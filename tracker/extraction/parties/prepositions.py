"""Roles by the preposition before a name: "to Chad", "from Oslo", "sought by the White House"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tracker.extraction.parties.accords import with_somebody
from tracker.extraction.parties.act_words import NOUNS
from tracker.extraction.parties.acts import GRAMMAR
from tracker.extraction.parties.frames import Frame
from tracker.extraction.parties.places import in_a_place
from tracker.extraction.parties.referent import GOVERN, Referent
from tracker.extraction.parties.role import APPEALING, GRANTING, Role, giving, pair
from tracker.extraction.text.sentence import AMOUNT
from tracker.extraction.words import load_rules

_COUNTS = frozenset(load_rules("roles")["attribution"]["counts"])
ASKED = 12
"""How many words before "to" the request may stand that goes there."""


def _side_of_origin(words: Sequence[str], before: int) -> str:
    """From whom money comes gives it, from whom it is taken does not receive it: "cut $5m from"."""
    if words[before - 1] == AMOUNT and words[before - 2] in (",", "and"):
        return "donor"  # "withdrew $5m, and $9m from Washington is frozen"
    if words[before - 1] in NOUNS["lent"] | {"received"}:
        return "donor"  # "took a $5m loan from Hungary", "sent back what it received from Oslo"
    if "back" in words[max(0, before - 4) : before] and (
        not GRAMMAR["gets"].isdisjoint(words[max(0, before - 6) : before - 1])
    ):  # fmt: skip
        return "donor"  # "has had $5m back from the EU", "won back $5m from the EU"
    near = range(max(0, before - 8), before)
    if any(words[n] in GRAMMAR["kept"] and AMOUNT in words[n + 1 : n + 3] for n in near) and (
        "out" not in words[before : before + 8]
    ):  # fmt: skip
        return "recipient"  # "keeps some $5m in grants from Kosovo"
    taken = any(
        words[n] in GRAMMAR["taking"] and words[n + 1] not in GRAMMAR["taken_up"] for n in near
    )
    return "recipient" if taken else "donor"


def _brought_to(before: int, acts: Sequence[Frame]) -> bool:
    """Whether a giver comes with money to whom stands behind `before`: "flew to Kyiv with $5m"."""
    return any(a.act == "brings" and a.verb == before - 1 and a.subject is not None
               and giving(a.subject) >= 2 for a in acts)  # fmt: skip


def _comes(words: Sequence[str], who: Referent, before: int) -> bool:
    """Whether somebody who asks comes to a capital: "she came to Baku with a list"."""
    near = words[max(0, before - 8) : before - 1]
    return (
        who.kind in ("capital", "place")
        and before > 0
        and words[before - 1] in ("came", "come", "comes", "coming")
        and AMOUNT not in near
        and not (GRAMMAR["wanted"] | GRAMMAR["asking"] | {"seek", "beg"}).isdisjoint(
            words[who.last + 1 :][:6]
        )
    )


def _goes_asking(words: Sequence[str], who: Referent, noun: str) -> bool:
    """Whether somebody goes to a giver to ask: "flew to Berlin to ask for", "back to the IMF for".

    A fund is asked by whoever comes back to it for an amount.
    """
    if noun not in GRAMMAR["travels"] or who.kind not in ("capital", "funder"):
        return False
    ahead = words[who.last + 1 : who.last + 10]
    near = ahead[: ahead.index(AMOUNT)] if AMOUNT in ahead else []
    asks = not GRAMMAR["asking"].isdisjoint(near) or ("to", "ask") in pairwise(near)
    return asks or (giving(who) == 3 and noun in ("back", "turned") and "for" in near)


def _funds(who: Referent) -> bool:
    return giving(who) == 3 or who.code in GRANTING


def _asked(words: Sequence[str], who: Referent, noun: str, before: int) -> bool:
    """Whether a request goes to a likely giver: "a request for $5m was sent to Brussels"."""
    if not (_funds(who) or giving(who) == 2) or noun in NOUNS["given"] or (
        noun == AMOUNT and not _funds(who)
    ):  # fmt: skip
        return False
    near = words[max(0, before - ASKED) : before]
    ends = GRAMMAR["clauses"] | GRAMMAR["relatives"]
    start = max((n for n, word in enumerate(near) if word in ends), default=-1)
    return not GRAMMAR["requests_sent"].isdisjoint(near[start + 1 :])


def _states(words: Sequence[str], who: Referent, before: int) -> bool:
    """Whether somebody behind "by" only says how much it is."""
    behind = words[who.last + 1 : who.last + 4]
    counted = behind[:1] and behind[0] in GRAMMAR["possessive"] and not _COUNTS.isdisjoint(behind)
    put = words[before - 1] == AMOUNT and words[before - 2] == "at" and (
        words[before - 3] in GRAMMAR["by_not_giver"] | GRAMMAR["valued"]
    )  # fmt: skip
    return bool(counted) or put


def _asks(words: Sequence[str], before: int, acts: Sequence[Frame]) -> bool:
    """Whether "by" is before who asks: "Norway was asked for $5m by Chad"."""
    act = next((a for a in reversed(acts) if a.verb < before), None)
    return (
        act is not None and act.act == "asks" and act.passive and before - act.verb <= 5
        and AMOUNT in words[act.verb : before]
    )  # fmt: skip


def gives_a_part(words: Sequence[str], before: int) -> bool:
    """Whether only a part comes from somebody: "$9m, a third of it by Americans"."""
    return (
        words[before - 2 : before - 1] == ["of"]
        and words[before - 1] in ("it", "that", "which", "them")
        and words[before - 3] in GRAMMAR["fractions"]
    )


def _no_party(
    words: Sequence[str], who: Referent, preposition: str, noun: str, before: int
) -> bool:
    """Whether a preposition only tells where, when or who says it."""
    if preposition == "from":
        fled = not GRAMMAR["fled"].isdisjoint(words[max(0, before - 4) : before])
        # "walked away from Belém with $5m", "he wrote from Moroni"
        left = noun in GRAMMAR["leaves"] and not _funds(who)
        return fled or left or noun in GRAMMAR["letters"]
    if preposition == "into" and noun in GRAMMAR["durations"]:
        # "two years into Meloni's plan", but "$5m a month into Gaza"
        return words[before - 2] not in ("a", "per", "each", "every")
    behind = words[who.last + 1 : who.last + 2]
    if preposition in ("to", "for") and who.code in APPEALING | {"EU"}:
        # "a contribution to the UN appeal for Yemen", "what it wants for the EU budget"
        return not GRAMMAR["appeals"].union({"budget"}).isdisjoint(behind)
    if who.kind == "pronoun" and words[who.last + 1 : who.last + 2] in (["has"], ["had"]):
        return True  # "the $5m in help it has sent"
    if preposition in ("to", "into") and who.kind == "institution" and (
        words[who.last] in GRAMMAR["programmes"]
    ):  # fmt: skip
        return True  # "added $5m to the Nansen programme"
    if preposition == "to" and noun == "letter" and who.code in APPEALING:
        return True  # "according to a letter to the UN secretary-general"
    fund = words[who.last + 1 : who.last + 3]
    if preposition == "to" and giving(who) >= 2 and fund[1:] == ["for"] and (
        fund[0] in GRAMMAR["funds"]
    ):  # fmt: skip
        return True  # "to a World Bank fund for Ukraine"
    if preposition == "to" and "arrears" in words[max(0, before - 7) : before]:
        return True  # "paid off Syria's arrears of $5m to the World Bank"
    if preposition in ("by", "from") and gives_a_part(words, before):
        return True
    # "unmoved by Israeli protests"
    moved = not GRAMMAR["moods"].isdisjoint(words[who.last + 1 : who.last + 4])
    # "by the Kiel Institute's count", "put at $5m by the World Bank"
    return preposition == "by" and (moved or _states(words, who, before))


def _own_amount(words: Sequence[str], who: Referent, before: int) -> int | None:
    """The only amount that is by somebody: "by Oslo with $5m", "$5m by Riyadh, $4m by Beijing"."""
    if words[who.last + 1 : who.last + 3] == ["with", AMOUNT]:
        return who.last + 2
    listed = words[before - 1] == AMOUNT and (
        AMOUNT in words[who.last + 2 : who.last + 5]
        or (words[before - 2] in ("and", ",") and "by" in words[max(0, before - 6) : before - 2])
    )
    # "$5m frozen by Brussels and $4m suspended by Berlin"
    done = words[before - 3 : before - 1] in (["and", AMOUNT], [",", AMOUNT]) and (
        words[before - 1].endswith("ed") and "by" in words[max(0, before - 7) : before - 3]
    )
    return before - 2 if done else before - 1 if listed else None


def by_preposition(
    words: Sequence[str], who: Referent, preposition: str, noun: str, before: int,
    acts: Sequence[Frame],
) -> Iterator[Role]:  # fmt: skip
    """The role of `who` behind `preposition` (at `before`) and the `noun` before that."""
    if _no_party(words, who, preposition, noun, before):
        return
    if preposition == "from" and noun not in GRAMMAR["moved"] and not (
        who.kind == "place" and words[who.last + 1 : who.last + 2] == ["to"]
    ):  # fmt: skip
        # "a request from Serbia", but "a letter from the Global Fund"
        asks = noun in GRAMMAR["asked_nouns"] and giving(who) < 2 and who.code not in GRANTING
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
    elif preposition == "by" and (
        noun in GRAMMAR["by_receiver"]
        or (giving(who) < 2 and _asks(words, before, acts))
        or (giving(who) < 2 and noun == AMOUNT
            and words[before - 3] in GRAMMAR["drawings"])
        or (giving(who) < 2
            and not GRAMMAR["submitted"].isdisjoint(words[max(0, before - 3) : before])
            and not GRAMMAR["requests_sent"].isdisjoint(words[max(0, before - ASKED) : before]))
    ):  # fmt: skip
        yield Role("recipient", 0.85, who, "party-by", who.first)
    elif preposition == "by" and noun in GRAMMAR["signed"] and len(who.members) == 2:
        yield from pair(who, "party-accord", who.first, None)  # "signed by Norway and Chad"
    elif giving(who) >= 2 and (
        (preposition == "to" and noun in GRAMMAR["thankful"])
        or (preposition in ("on", "upon") and noun in GRAMMAR["leans"])
    ):  # fmt: skip
        # "thanks to Oslo, Chad has $5m", "Chad depends on Norway"
        yield Role("donor", 0.7, who, "party-from", who.first)
    elif preposition == "by" and noun not in GRAMMAR["by_not_giver"] and (
        words[before - 2 : before] != ["held", "up"]
    ):  # fmt: skip
        own = _own_amount(words, who, before)
        yield Role("donor", 0.9 if own is None else 0.95, who, "party-by", who.first, None, own)
    elif preposition == "to" and giving(who) >= 2 and _goes_asking(words, who, noun):
        yield Role("donor", 0.6, who, "party-asked", who.first)
    elif preposition == "on" and noun in NOUNS["events"] and who.kind in ("name", "place"):
        yield Role("recipient", 0.6, who, "party-for", who.first)  # "a conference on Sudan"
    elif (
        (
            (
                (noun in GRAMMAR["not_to"] and words[before - 2 : before] != [AMOUNT, "went"])
                or _comes(words, who, before)
            )
            and not _brought_to(before, acts)
        )
        or noun in GRAMMAR["titles"]
        or (preposition == "for" and not GRAMMAR["waits"].isdisjoint(words[before - 2 : before]))
        or (preposition == "for" and noun in GRAMMAR["makes_up"])
        or (preposition == "for" and words[before - 2 : before] in (["it", "care"], ["to", "care"]))
    ) and preposition in ("for", "to"):
        return
    elif words[who.first - 1 : who.first] and words[who.first - 1] in GRAMMAR["done_for"]:
        yield Role("recipient", 0.85, who, "party-for", who.first)
    elif preposition in ("to", "into", "towards", "toward", "unto", "upon"):
        if who.kind == "crowd" and (
            words[who.last] not in GOVERN["crowd_abroad"]
            or words[who.last + 1 : who.last + 2] == ["in"]  # "to partners in Myanmar"
        ):
            return
        act = next((a for a in reversed(acts) if a.verb < before), None)
        asked = act is not None and act.act == "asks" and before - act.verb <= 3 and (
            words[before + 1] not in GRAMMAR["helped"]
        )  # fmt: skip
        told = noun == "letter" and words[who.last + 1 : who.last + 2] == [","]
        # "in a letter to Gavi, Oslo said": nothing is asked
        asked = asked or (noun in GRAMMAR["asked_nouns"] and not told)
        asked = asked or _asked(words, who, noun, before)
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
        yield from in_a_place(words, who, noun, before)
    elif preposition in ("with", "between") and (
        NOUNS["accord"].intersection(words[:before])
        or noun in NOUNS["lent"]
        or (noun in GRAMMAR["talks"] and not NOUNS["lent"].isdisjoint(words))
        or any(a.act == "signs" and a.verb < before for a in acts)
    ):
        signer = next((a.subject for a in acts if a.act == "signs" and a.verb < before), None)
        yield from with_somebody(words, who, noun, before, signer)
    elif preposition == "of":
        yield from _of_somebody(words, who, noun, before, acts)


def _of_somebody(
    words: Sequence[str], who: Referent, noun: str, before: int, acts: Sequence[Frame]
) -> Iterator[Role]:
    """Roles of a name behind "of": "requested of Washington", "from the coffers of Kuwait"."""
    if noun == AMOUNT and giving(who) >= 2 and any(
        a.act == "asks" and a.verb < before for a in acts
    ):  # fmt: skip
        yield Role("donor", 0.9, who, "party-asked", who.first)
    elif noun == "behalf" and giving(who) >= 2:
        yield Role("donor", 0.95, who, "party-from", who.first)
    elif noun in NOUNS["given"] | GRAMMAR["coffers"]:
        gives = giving(who) > 1 or noun in GRAMMAR["coffers"]
        yield Role("donor" if gives else "recipient", 0.6, who, "party-aid-of", who.first)
    elif noun in NOUNS["received"]:
        yield Role("recipient", 0.6, who, "party-need-of", who.first)
