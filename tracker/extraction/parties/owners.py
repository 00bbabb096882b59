"""Roles by what a name owns or describes: "Belgium's €25m", "Indian grant money"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tracker.extraction.parties.act_words import NOUNS
from tracker.extraction.parties.acts import GRAMMAR, verb_forms
from tracker.extraction.parties.item_roles import LABELS
from tracker.extraction.parties.referent import Referent
from tracker.extraction.parties.role import APPEALING, ASSESSORS, GRANTING, Role, giving
from tracker.extraction.text.sentence import AMOUNT

_ORDINALS = (["first"], ["second"], ["third"], ["last"], ["latest"], ["initial"], ["new"])


def owner_and_from(
    words: Sequence[str], who: Referent, following: Sequence[str], before: int
) -> Role | None:
    """Whose money it is that is "its own", or its money "from" somebody."""
    end = who.last + 1 + len(following)
    front = words[before] if before >= 0 else ""
    if front == "," and words[end : end + 1] == ["from"] and (
        NOUNS["given"].intersection(following[-1:])
    ):  # fmt: skip
        # "received $5m, its first money from the EU"
        return Role("recipient", 0.6, who, "party-whose-need", who.last)
    if front == "from" and following[:1] == ["own"]:
        # "gave $5m from its own fund", "from its own budget, $5m"
        last = next((n for n in range(before, 0, -1) if words[n] == AMOUNT), None)
        only = who.last + 4 if words[who.last + 3 : who.last + 5] == [",", AMOUNT] else last
        return Role("donor", 0.6, who, "party-from", who.first, None, only)
    return None


def following_words(words: Sequence[str], start: int) -> list[str]:
    """The words behind a name up to the next that ends what it can own or describe."""
    following: list[str] = []
    for place, word in enumerate(words[start : start + 5], start):
        # "Putin's promise" is a noun
        noun = word in GRAMMAR["promised_nouns"] and words[place - 1] in GRAMMAR["possessive"]
        if word in NOUNS["stops"] or word == AMOUNT or (word in verb_forms() and not noun):
            break
        following.append(word)
    return following


def _whose_amount(words: Sequence[str], who: Referent, preposition: str) -> Role | None:
    """Whose amount it is: "Belgium's €25m", "the country's $15bn loan programme"."""
    ahead = words[who.last + 3 : who.last + 8]
    if who.code in ASSESSORS and GRAMMAR["appeals"].intersection(ahead[:3]):
        return None  # "the UN's $2.5bn appeal for Congo"
    lent = giving(who) < 2 and not NOUNS["lent"].isdisjoint(ahead[:3])  # "Dhaka's $5m climate loan"
    given = (not lent and NOUNS["surely_given"].intersection(ahead[:3])) or (
        {"for", "to"}.intersection(ahead)
    )
    likely_giver = giving(who) >= 2 or bool(given)
    side = "donor" if likely_giver and who.kind != "country" else "recipient"
    # "$9m in pledges, (with) Turkey's $5m the largest"
    apart = preposition == "with" or (preposition == "," and AMOUNT in words[: who.first])
    only = who.last + 2 if apart else None
    return Role(side, 0.95, who, "party-owner", who.last, None, only)


def by_noun(
    words: Sequence[str], who: Referent, owner: bool, following: list[str], preposition: str,
    noun_before: str,
) -> Role | None:  # fmt: skip
    """Owner and adjective: "Belgium's €25m", "Indian grant money", "Syrian public wages"."""
    amount = who.last + 2 + (words[who.last + 2 : who.last + 3] in _ORDINALS)
    if owner and who.kind != "owner" and words[amount : amount + 1] == [AMOUNT]:
        return _whose_amount(words, who, preposition)
    if who.kind in ("leader", "pronoun") and not owner:
        return None
    if who.kind == "agency" and words[who.last] in ("board", "directors"):
        return None  # "the fund's board gave its blessing"
    if who.kind == "government" and not owner:
        return None
    if preposition == "to" and not owner and who.kind != "demonym":
        return None
    abroad = words[who.first] in GRAMMAR["gives_abroad"] or (
        noun_before == AMOUNT and preposition in ("in", "of") and giving(who) >= 2
    )  # "$5m in EU projects"
    if (abroad and not GRAMMAR["works"].isdisjoint(following)) or (
        who.kind == "agency" and following[:1] == ["contract"]
    ):  # fmt: skip
        return Role("donor", 0.75, who, "party-whose-aid", who.last)  # "USAID water projects"
    if who.kind == "name" and not owner and not GRAMMAR["for_whom"].isdisjoint(following[:1]):
        return Role("recipient", 0.8, who, "party-whose-need", who.last)  # "the Israel bill"
    score = 0.85 if owner else 0.75
    if who.kind == "owner":
        score = 0.6
    if who.kind == "demonym" and not GRAMMAR["carriers"].isdisjoint(following):
        return Role("donor", score, who, "party-whose-aid", who.last)
    if (
        who.kind == "funder"
        and not owner
        and words[who.first - 1] in ("its", "their")
        and not GRAMMAR["replenished"].isdisjoint(following[:1])
    ):
        return Role("recipient", score, who, "party-whose-need", who.last)  # "its IDA pledge"
    named = owner and who.kind != "owner"
    # "Colombo's top creditor", but "Germany's development lender"
    whose_giver = named and bool(GRAMMAR["foremost"].intersection(following)) and (
        not LABELS["donor"].isdisjoint(following)
    )  # fmt: skip
    into = who.kind == "capital" and following[:1] in (["account"], ["accounts"])
    if (named or (who.kind in ("name", "demonym") and not owner)) and not GRAMMAR[
        "gaps"
    ].isdisjoint(following):
        return Role("recipient", score, who, "party-whose-need", who.last)  # "Italy's budget gap"
    if whose_giver or (owner and (into or ("payment", "request") in pairwise(following))):
        return Role("recipient", score, who, "party-whose-need", who.last)
    if owner and who.code in APPEALING and "fund" in following:
        return Role("donor", score, who, "party-whose-aid", who.last)
    for noun in following[:4]:
        if noun == "needs" and who.kind == "agency" and not owner:
            continue  # "UNICEF needs $5m"
        promised = owner and who.kind not in ("owner", "place") and noun == following[0]
        surely = noun in NOUNS["surely_given"] or (promised and noun in GRAMMAR["promised_nouns"])
        receives, gives = noun in NOUNS["received"], surely or noun in NOUNS["given"]
        end = who.last + 1 + named + len(following)
        if (
            (who.kind == "demonym" or (who.kind == "name" and not owner)) and giving(who) >= 2
            and following[-1] in NOUNS["surely_given"] | GRAMMAR["named_aid"]
        ) or (
            # "Germany's energy programme for Ukraine"
            named and giving(who) == 2 and following[-1] in NOUNS["given"]
            and words[end : end + 1] == ["for"]
        ):  # fmt: skip
            receives, gives = False, True  # "American health money", "US food aid"
        likely = giving(who) >= 2 or who.kind == "demonym"
        if who.kind == "agency" and owner and GRAMMAR["agency_gives"].intersection(following) and (
            who.code in GRANTING or words[who.last + 3 : who.last + 4] in (["to"], ["for"])
        ):  # fmt: skip
            return Role("donor", score, who, "party-whose-aid", who.last)
        if giving(who) >= 2 and noun in NOUNS["plans"]:
            receives, gives = False, True
        if (receives and not gives) or (preposition in ("of", "under") and not owner):
            score -= 0.1
        if gives and who.kind == "funder" and owner and preposition == "to":
            return Role("recipient", score, who, "party-to", who.first)
        if gives and (surely or likely) and (
            preposition not in ("for", "into")
            # "$5m will go into Sweden's package for Ukraine"
            or (preposition == "into" and named and following[-1:] == ["package"])
        ):  # fmt: skip
            if who.kind == "agency" and not owner:
                its = words[who.first - 1] in ("its", "their", AMOUNT)
                if noun in GRAMMAR["granted"] and who.code in GRANTING and (
                    its or not who.first or words[who.first - 1] in GRAMMAR["hard"] | {"a", "the"}
                ):  # fmt: skip
                    return Role("donor", score, who, "party-whose-aid", who.last)
                return Role("recipient", score, who, "party-whose-need", who.last)
            if noun_before in GRAMMAR["lost"]:
                return Role("donor", score - 0.35, who, "party-aid-lost", who.last)
            return Role("donor", score, who, "party-whose-aid", who.last)
        if gives and not receives and who.kind == "demonym" and preposition in ("for", "into"):
            return None  # "for American weapons"
        if who.code in APPEALING and not gives:
            return None  # "on top of its plan"
        if who.code in ASSESSORS and noun in GRAMMAR["appeals"]:
            return None  # "the UN's appeal for Yemen"
        if who.code in ASSESSORS and not GRAMMAR["titles"].isdisjoint(following):
            return None  # "the UN's emergency relief chief"
        if receives and not gives and who.kind == "funder" and owner:
            return Role("donor", score - 0.2, who, "party-whose-aid", who.last)
        if (receives or gives) and not (who.kind == "funder" and not owner):
            return Role("recipient", score - 0.05, who, "party-whose-need", who.last)
    return None
