"""Roles by the words beside a name: prepositions, owners, adjectives and labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tracker.extraction.parties.act_words import NOUNS
from tracker.extraction.parties.acts import GRAMMAR, verb_forms
from tracker.extraction.parties.frames import Frame
from tracker.extraction.parties.item_roles import LABELS, by_label
from tracker.extraction.parties.prepositions import by_preposition
from tracker.extraction.parties.referent import Referent
from tracker.extraction.parties.role import APPEALING, ASSESSORS, GRANTING, Role, giving, pair
from tracker.extraction.text.context import AMOUNT

_SAID_TO_BE = {"donor": "party-is-donor", "recipient": "party-is-recipient"}
"""The rule, and the list of the grammar, by which a name is said to be a party."""


_FIRMS = GRAMMAR["firms"] | {"makers"}
_SIGNED = GRAMMAR["signed"] | GRAMMAR["talks"]

_ORDINALS = (["first"], ["second"], ["third"], ["last"], ["latest"], ["initial"], ["new"])


def _agree(words: Sequence[str], who: Referent) -> bool:
    """Whether a likely giver and another are named together in a sentence on an accord."""
    sides = {giving(member) for member in who.members}
    if sides in ({3, 0}, {3, 1}) and not NOUNS["accord"].isdisjoint(words):
        return True
    return sides in ({3, 0}, {3, 1}, {2, 0}, {2, 1}) and not (
        _SIGNED.isdisjoint(words) or NOUNS["lent"].isdisjoint(words)
    )


def beside(words: Sequence[str], who: Referent, acts: Sequence[Frame]) -> Iterator[Role]:
    """Roles by the words beside a name: prepositions, owners, labels."""
    if not who.codes and who.kind in ("pronoun", "owner"):
        return
    hyphen = words[who.last + 1 : who.last + 2] == ["-"]
    if hyphen and who.kind in ("demonym", "name", "agency", "funder", "bloc") and (
        words[who.last + 2 : who.last + 3] and words[who.last + 2] in GRAMMAR["by_hyphen"]
    ):  # fmt: skip
        yield Role("donor", 0.8, who, "party-whose-aid", who.last)  # "French-donated munitions"
        return
    if words[who.last + 1 : who.last + 4] == [",", "to", "which"]:
        yield Role(
            "recipient", 0.85, who, "party-to", who.last
        )  # "Lusaka, to which China lent $5m"
    if hyphen and (
        who.kind in ("demonym", "name")
        or not GRAMMAR["hyphened"].isdisjoint(words[who.last + 2 : who.last + 3])
    ):
        return
    if who.kind == "capital" and who.first == 1 and words[0] == "from" and (
        words[who.last + 1 : who.last + 2] == [","]
    ):  # fmt: skip
        return  # "From Vienna, the fund reported"
    if len(who.members) == 2 and _agree(words, who):
        for role in pair(who, "party-accord", who.last, None):
            yield role._replace(score=0.7)
        return
    if words[who.first - 2 : who.first] == ["so", "that"] and (
        words[who.last + 1 : who.last + 2] in (["can"], ["could"], ["may"], ["might"])
    ):  # fmt: skip
        yield Role("recipient", 0.5, who, "party-for", who.first)  # "so that Kyiv can pay teachers"
    whose = (
        words[who.last + 1 : who.last + 3] == [",", "whose"]
        and "debt" not in (words[who.last + 3 : who.last + 6])
    )
    owner = (
        who.kind == "owner"
        or whose
        or (
            words[who.last + 1 : who.last + 2] != []
            and words[who.last + 1] in GRAMMAR["possessive"]
        )
    )
    following = following_words(words, who.last + 1 + whose + (owner and who.kind != "owner"))
    if NOUNS["neither"].intersection(following[:2]):
        return
    if who.kind == "demonym" and not (_FIRMS.isdisjoint(following[:2])):
        return  # "the contract went to an Icelandic firm"
    if who.kind in ("demonym", "capital") and not GRAMMAR["sellers"].isdisjoint(following[:2]) and (
        words[who.first - 2 : who.first] in (["with", "a"], ["from", "a"], ["by", "a"])
        or words[who.first - 1] in ("with", "from", "by", "of")
    ):  # fmt: skip
        return  # "bought from Ukrainian factories", "a contract with a Zagreb dealer"
    if who.first and words[who.first - 1] in GRAMMAR["fleeing"]:
        return  # "families who fled Karabakh"
    hosted = words[who.last + 1 : who.last + 3]
    if who.kind == "demonym" and hosted[1:] == ["in"] and hosted[0] in GRAMMAR["hosted"]:
        return  # "Sudanese refugees in Chad"
    seat = who.kind in ("capital", "place") or words[who.last] in GRAMMAR["seats"]
    if seat and NOUNS["events"].intersection(following[:2]):
        return
    if who.kind == "name" and following[:1] == ["conference"] and (
        who.first == 0 or giving(who) < 2
    ):  # fmt: skip
        yield Role("recipient", 0.6, who, "party-for", who.first)  # "Lebanon conference: ..."
    before = who.first - 1
    while before >= 0 and words[before] in GRAMMAR["before_a_name"]:
        before -= 1
    preposition = words[before] if before >= 0 else ""
    noun = words[before - 1] if before > 0 else ""
    if following[:1] in (["border"], ["frontier"]) and preposition in ("to", "near", "at"):
        return  # "a railway to the Ugandan border"
    by_noun = None
    on_event = preposition in ("on", "for") and noun in NOUNS["events"]
    if not on_event and preposition != "by" and (preposition != "from" or owner):
        by_noun = _by_noun(words, who, owner, following, preposition, noun)
    if who.kind == "owner" and (own := _owner_and_from(words, who, following, before)):
        yield own
        return
    if by_noun and not (whose and by_noun.role == "recipient" and giving(who) >= 2):
        yield _of_budget(by_noun, following, acts) if owner else by_noun
    if who.kind == "owner":
        return
    for side, rule in _SAID_TO_BE.items() if not owner else ():
        if _is_said(words, who.last, GRAMMAR[rule]):
            yield Role(side, 0.75, who, rule, who.last)
    if owner and preposition == "from" and GRAMMAR["disasters"].intersection(following):
        yield Role("recipient", 0.7, who, "party-whose-need", who.last)
        return  # "the damage from Myanmar's earthquake"
    goods = who.kind in ("demonym", "bloc") and NOUNS["given"].intersection(following[:3])
    if (by_noun is None or by_noun.role == "recipient") and not goods:
        yield from by_preposition(words, who, preposition, noun, before, acts)
    yield from by_label(words, who)


def _of_budget(role: Role, following: Sequence[str], acts: Sequence[Frame]) -> Role:
    """The role of a country, which gives what its budget does: "Kenya's budget sets aside $5m"."""
    end = role.who.last + 2
    gives = following[:1] == ["budget"] and any(
        a.act == "gives" and not a.passive and 0 < a.verb - end < 4 for a in acts
    )  # fmt: skip
    return role._replace(role="donor", score=0.8, rule="party-whose-aid") if gives else role


def _owner_and_from(
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


def _is_said(words: Sequence[str], last: int, labels: frozenset[str]) -> bool:
    """Whether a name is said to be one of `labels`: "Japan is the agency's largest donor"."""
    start = last + 1 + (words[last + 1 : last + 2] in (["has"], ["have"]))
    if GRAMMAR["is_said"].isdisjoint(words[start : start + 1]):
        return False
    if words[start + 1 : start + 2] and words[start + 1].endswith("ing"):
        return False  # "the fund is asking donors for"
    for word in words[start + 1 : start + 9]:
        if word in labels:
            return True
        if word in GRAMMAR["ends_label"] or word == AMOUNT or word in verb_forms():
            break
    return False


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


def _by_noun(
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
