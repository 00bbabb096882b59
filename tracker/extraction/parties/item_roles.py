"""Roles in forms and lists: "Donor: Germany", "Mali €3.1m; Niger €2.4m"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tracker.extraction.parties.act_words import NOUNS
from tracker.extraction.parties.acts import GRAMMAR
from tracker.extraction.parties.referent import GOVERN, Referent
from tracker.extraction.parties.role import Role, giving
from tracker.extraction.text.sentence import AMOUNT
from tracker.extraction.words import load_rules

LINE = 14
"""How many words a line of a list may have."""
HEADER = 9
"""How many words the line may have that heads a form."""
LABELS = {role: frozenset(words) for role, words in load_rules("roles")["labels"].items()}
_RECEIVERS_LISTED = frozenset({"approved", "committed", "requested", "needed"})
_ITEMS = frozenset({";", ":", ",", "•", "-", "*", "–", "—", "·", "/", "▪", "■", "●"})
"""What items of a list stand behind."""
_BEFORE_AMOUNT = frozenset({
    ":", "-", "–", "—", "|", "more", "than", "just", "over", "about", "some", "up", "to", "a",
    "around", "nearly", "almost", "will", "contribute", "give", "provide", "pay",
})  # fmt: skip
_PLEDGES = frozenset({"pledge", "pledges", "pledged", "contributions", "promises", "promised"})
_TRUSTS = frozenset(word.lower() for word in GOVERN["heads_giver"])
"""They give, and are given to in lists of grants."""


def by_label(words: Sequence[str], who: Referent) -> Iterator[Role]:
    """ "Donor: Germany", and items of lists: "Mali €3.1m; Niger €2.4m", "• Germany: €11bn"."""
    label = words[who.first - 2] if who.first > 1 and words[who.first - 1] in (":", "-") else ""
    if who.kind == "funder" and words[who.first - 1 : who.last + 2] == [
        "(",
        *words[who.first : who.last + 1],
        ")",
    ]:
        yield Role("donor", 0.7, who, "party-label", who.first)
    if who.kind == "funder" and who.first == 0 and words[who.last + 1 : who.last + 2] == [","] and (
        len(words) <= HEADER
    ):  # fmt: skip
        yield Role("donor", 0.7, who, "party-label", who.first)  # "World Bank, water in Chad."
    for role, labels in LABELS.items():
        if label in labels and words[who.first - 3 : who.first - 2] != ["by"]:
            yield Role(role, 0.95, who, "party-label", who.first)
    item = _of_line(words, who) or (_behind_amount(words, who) if who.first > 1 else None)
    if item is not None:
        yield item
    # "Japan $2m; the United Kingdom £1m", but "the states $2m" are nobody
    start = who.first - (who.first > 0 and bool(who.codes) and words[who.first - 1] == "the")
    front = words[start - 1] if start else ";"
    behind = who.last + 1
    if "accounted" in words or "accounts" in words:
        # "of which Ukraine accounted for $6.1 billion, Israel for $6.8 billion"
        stated = behind + (words[behind : behind + 1] in (["accounted"], ["accounts"]))
        if words[stated : stated + 2] == ["for", AMOUNT]:
            side = "recipient" if "which" in words[: who.first] else likely_side(who)
            yield Role(side, 1.1, who, "party-list", who.last, None, stated + 1)
    if words[behind : behind + 3] == ["(", AMOUNT, ")"] and _in_brackets(words) > 1:
        # "Rwanda ($1m) and Zambia ($2m)"
        yield Role(likely_side(who), 0.9, who, "party-list", who.last, None, behind + 1)
    if front in _ITEMS - {","} and words[behind : behind + 1] == [","]:
        behind += 1  # "Spain, €1bn; Greece, about €60m"
    while behind < len(words) and words[behind] in _BEFORE_AMOUNT:
        behind += 1
    if front in _ITEMS and words[behind : behind + 1] == [AMOUNT]:
        yield Role(likely_side(who), 0.7, who, "party-list", who.last, None, behind)


def _in_brackets(words: Sequence[str]) -> int:
    """How many amounts stand alone in brackets."""
    alone = ["(", AMOUNT, ")"]
    return sum(words[n : n + 3] == alone for n, word in enumerate(words) if word == "(")


def _named_in_brackets(words: Sequence[str]) -> int:
    """How many amounts have a word or two in brackets behind them."""
    return sum(pair == (AMOUNT, "(") and ")" in words[n + 3 : n + 6]
               for n, pair in enumerate(pairwise(words)))  # fmt: skip


def _of_line(words: Sequence[str], who: Referent) -> Role | None:
    """Items of lists, one a line: "– Nepal, school rebuilding, $2m", "$3m, sewers, Paraguay"."""
    if words.count(AMOUNT) != 1 or len(words) > LINE or words[-1] == "." or who.kind == "place":
        return None
    start = next((n for n, word in enumerate(words[:4]) if word.isalpha() and len(word) > 1), 0)
    place = words.index(AMOUNT)
    first = who.first == start and words[who.last + 1 : who.last + 2] == [","]
    named_first = first and place == len(words) - 1 and words[place - 1] in (",", ":", "–", "-")
    last = who.last == len(words) - 1 and words[who.first - 1] == ","
    if not named_first and not (last and words[place + 1 : place + 2] == [","]):
        return None
    return Role(likely_side(who), 0.7, who, "party-list", who.last, None, place)


def _behind_amount(words: Sequence[str], who: Referent) -> Role | None:
    """Items of lists with the amount first: "• £12m, Somalia, for boreholes"."""
    behind = words[who.last + 1 : who.last + 2]
    front = words[who.first - 2 : who.first]
    if front == [AMOUNT, "("] and behind == [")"] and _named_in_brackets(words) > 1:
        # "Sums paid in: $2m (Japan), $1m (India)"
        return Role(likely_side(who), 0.6, who, "party-list", who.first, None, who.first - 2)
    if words[who.first - 2 : who.first - 1] != [AMOUNT] or words[who.first - 1] not in (
        ",",
        "–",
        "-",
    ):
        return None
    if behind and behind[0] not in (",", ".", ";", "(", "–"):
        return None
    return Role(likely_side(who), 0.6, who, "party-label", who.first, None, who.first - 2)


def likely_side(who: Referent) -> str:
    """Whether somebody in a list gives or receives: who mostly gives abroad gives."""
    return "donor" if giving(who) >= 2 and who.kind != "place" else "recipient"


_GIVERS_BY = frozenset({"country", "donor", "donors"})


def side_of_item(
    side: str, status: str, words: Sequence[str], header: Sequence[str], who: Referent
) -> str:
    """Whether those in a list of amounts give or receive: "Pledges: Mali $1m; Niger $2m"."""
    if _collected(header) and (
        giving(who) >= 2 or not GRAMMAR["appeals"].union({"for"}).isdisjoint(header)
    ):
        return "donor"  # "Received to date for Derna: Malta €400,000"
    if not GRAMMAR["listed_receivers"].isdisjoint(header) and "pledges" not in header:
        return "recipient"  # "Two countries got loans: Rwanda ($1m) and Zambia ($2m)"
    if "by" in header and not _GIVERS_BY.isdisjoint(header) and giving(who) >= 2:
        return "donor"  # "Military aid, by country: Poland €4bn"
    aid = not NOUNS["given"].isdisjoint(header) and _PLEDGES.isdisjoint(header)
    if status == "pledged" and side == "recipient" and aid:
        return side  # "Planned British aid: Malawi £53m"
    if status == "pledged" or not GRAMMAR["listed_givers"].isdisjoint(header):
        return "donor"
    if side == "donor" and who.kind in ("funder", "bloc", "institution") and (
        words[who.last] not in _TRUSTS
    ):  # fmt: skip
        return side  # a bank, a parliament
    return "recipient" if status in _RECEIVERS_LISTED else side


def _collected(header: Sequence[str]) -> bool:
    """Whether a list is of what has come in: "Received by 30 June: Norway NOK 2m; Latvia €1m"."""
    came = "received" in header or ("paid", "in") in pairwise(header)
    return came and "from" not in header


def header_of(words: Sequence[str]) -> Sequence[str]:
    """The words before the colon of a list."""
    return words[: words.index(":")] if ":" in words else ()
