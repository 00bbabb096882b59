"""Words that mostly say a stage and say none where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from tracker.extraction.stages.cues import GRAMMAR, Cue, base_forms, finite_forms
from tracker.extraction.text.sentence import AMOUNT, Token

_MONEY = (
    GRAMMAR["funding"] | GRAMMAR["raised_things"] | GRAMMAR["contracts"] | GRAMMAR["anaphors"]
    | GRAMMAR["supported"] | {AMOUNT}
)  # fmt: skip
SHORT_PREFIX = 3
"""Letters that a prefix may have that leaves a verb what it is: "re-allocated", "pre-paid"."""
AHEAD = 8
"""How many words behind one of these its object may stand."""


def says_nothing(cue: Cue, tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether words that mostly say a stage say none here, for what stands around them."""
    word = tokens[first].lower
    before = [t.lower for t in tokens[max(0, first - 6) : first]]
    ahead = [t.lower for t in tokens[last + 1 : last + 1 + AHEAD]]
    return (
        _of_votes(cue, word, tokens, first, last, before, ahead)
        or _of_payments(cue, word, tokens, last, before, ahead)
        or _of_cuts(cue, word, tokens, first, last, before, ahead)
        or _of_costs(cue, word, before, ahead)
        or (first > 1 and cue.kind != "noun" and _compound(tokens, first))
    )


def _of_votes(
    cue: Cue, word: str, tokens: Sequence[Token], first: int, last: int, before: list[str],
    ahead: list[str],
) -> bool:  # fmt: skip
    """Words of asking and voting that are none: "once the toll had passed 120"."""
    if word == "votes":
        # "went down by 28 votes"
        return not GRAMMAR["defeats"].isdisjoint(t.lower for t in tokens[:first])
    if cue.rule == "approve" and tokens[last].lower == "through" and word in GRAMMAR["gets"]:
        # "must get through the monsoon": no bill, no parliament
        near = {*before, *ahead[:5]}
        bill = not GRAMMAR["bills"].isdisjoint(t.lower for t in tokens[:first])
        return not (bill or AMOUNT in near) and GRAMMAR["legislatures"].isdisjoint(near)
    if cue.rule == "request" and word == "asked" and first and (
        tokens[first - 1].text in GRAMMAR["ends_quote"]
    ):  # fmt: skip
        return True  # "... to us?" asked a farmer
    if cue.rule == "request" and word == "asked" and first == 0 and "," in ahead:
        return AMOUNT not in ahead[: ahead.index(",")]  # "Asked for his sources, he named $5m"
    if cue.rule == "request" and word == "tabled":
        return not GRAMMAR["papers"].isdisjoint(before[-1:])  # "an audit tabled last week"
    if cue.rule == "voted-down" and word.startswith("kill"):
        # "the families of those killed have been given $5m"
        return not GRAMMAR["victims"].isdisjoint(before[-1:])
    if word not in GRAMMAR["passes"]:
        return False
    if ahead[:1] and ahead[0].isdigit() and ahead[1:2] in (["."], [","], [";"]):
        return True  # "once the toll had passed 120"
    voted = not GRAMMAR["legislatures"].isdisjoint(
        t.lower for t in tokens[max(0, first - 10) : first]
    )
    # "payments from Brasília passed $5m"
    return ahead[:1] == [AMOUNT] and not (voted or GRAMMAR["sums"].isdisjoint(before))


def _of_payments(
    cue: Cue, word: str, tokens: Sequence[Token], last: int, before: list[str], ahead: list[str]
) -> bool:
    """Words of moving money that move something else: "went back to court"."""
    particle = tokens[last].lower
    if word == "used" and ahead[:1] == ["to"] and not GRAMMAR["lives_on"].isdisjoint(ahead[1:2]):
        return GRAMMAR["be"].isdisjoint(before[-2:])  # "used to take home $5"
    if cue.rule in ("inverted", "arrive") and word in GRAMMAR["goes"] and (
        ahead[:2] == ["from", AMOUNT] and GRAMMAR["aid"].isdisjoint(before)
    ):  # fmt: skip
        return True  # "a mason's day has gone from $25 to $40"
    if cue.rule == "inverted":
        # "the scheme went $5m over budget", but "$5m went from Oslo to Chad"
        moved = "from" in ahead[:3] or tokens[0].lower in GRAMMAR["fronted"]
        return before != [] and not moved
    if cue.rule == "give":
        # "needs were put in January at $5m"
        put = (
            particle == "in"
            and word in GRAMMAR["puts"]
            and not GRAMMAR["dates"].isdisjoint(ahead[:1])
        )
        return (put and "at" in ahead[1:3] and AMOUNT in ahead[:5]) or _gives_time(tokens, last)
    if cue.rule == "place":
        return "bank" not in [t.lower for t in tokens[last + 1 : last + 12]]
    if cue.rule == "has-had":
        return ahead[:1] == [AMOUNT] and ahead[1:2] != [] and ahead[1] in finite_forms()
    if cue.rule == "receive" and particle == "in" and word in GRAMMAR["take"]:
        return AMOUNT not in ahead[:5]  # "a package that takes in mortars"
    if cue.rule == "arrive" and word == "going" and ahead[:1] and ahead[0] in base_forms():
        return True  # "was going to pay Rwanda"
    if cue.rule == "arrive" and tokens[last - 1].lower == "back":
        return "for" not in ahead  # "went back to court over $5m"
    if cue.rule == "arrive" and particle == "through":
        # "the programme came through its review"
        return ahead[:1] != [] and (ahead[0] == "the" or ahead[0] in GRAMMAR["owning"])
    if cue.rule == "spend" and word in GRAMMAR["uses"]:
        # "used its majority to freeze $5m"
        return AMOUNT in ahead and "to" in ahead[1 : ahead.index(AMOUNT)] and (
            GRAMMAR["funding"].isdisjoint(ahead[: ahead.index("to")])
        )  # fmt: skip
    if cue.rule == "add":
        return ahead[:1] == ["up"]  # "had added up three items"
    if cue.rule == "spend" and word == "released":
        # "figures released on Monday put it at $5m"
        return not GRAMMAR["papers"].isdisjoint(before[-1:])
    return False


def _of_cuts(
    cue: Cue, word: str, tokens: Sequence[Token], first: int, last: int, before: list[str],
    ahead: list[str],
) -> bool:  # fmt: skip
    """Words of holding and cutting that hold nothing: "spared by Washington's freeze"."""
    if cue.hold and cue.kind in ("noun", "phrase") and _by_a_share(tokens, first, last):
        return True
    if word.startswith("dismiss"):
        return "as" in [t.lower for t in tokens[last + 1 : last + 12]]  # "dismissed it as charity"
    if cue.rule == "bury":
        return GRAMMAR["plans"].isdisjoint(ahead[:4])
    if word in GRAMMAR["shoots"]:
        return not GRAMMAR["items"].isdisjoint(ahead[:7])  # "shooting down a drone"
    if cue.rule == "forfeit":
        return _loses_itself(ahead[:4])
    if cue.rule == "cut" and cue.kind in ("past", "present", "base", "ing") and (
        _cuts_else(ahead, cue.kind)
    ):  # fmt: skip
        return True
    if cue.rule == "cut" and word == "reduced":
        return not GRAMMAR["owning"].isdisjoint(before[-1:])  # "a reduced aid envelope"
    if word == "smaller":
        return before[-1:] != [AMOUNT]  # "is $5m smaller than planned"
    if cue.hold and cue.kind in ("noun", "phrase") and (
        not GRAMMAR["spared"].isdisjoint(before[-3:])
    ):  # fmt: skip
        return True
    if cue.hold and cue.kind != "noun" and _is_name(tokens, first, last):
        return True
    taken = tokens[last].lower == "off" and word in GRAMMAR["take"]
    return taken and AMOUNT not in [*before, *ahead[:5]]  # "before a flight took off"


def _of_costs(cue: Cue, word: str, before: list[str], ahead: list[str]) -> bool:
    """Words of damage and trade that measure nothing: "Mexico's ruined Acapulco"."""
    if cue.rule == "damage" and cue.kind == "phrase":
        return not (GRAMMAR["owning"] | {"'s", "’s"}).isdisjoint(before[-1:])
    if cue.rule == "not-without":
        # "cannot be restored without $5m"
        return before != [] and not ("cannot" in before or {"could", "not"}.issubset(before))
    if word in GRAMMAR["repairs"]:
        return AMOUNT not in ahead[:5]  # "fixing the sea wall would cost"
    if word == "supplies" and not (ahead[:1] and (ahead[0].isalpha() or ahead[0] == AMOUNT)):
        return True  # "rebuilding of water supplies"
    if cue.rule == "budget-size" and ahead[:1] == ["support"]:
        return True
    if cue.rule == "economy" and before[-3:-2] == ["of"] and before[-1] == "own":
        return word in GRAMMAR["own_money"]  # "earmarked $5m of its own revenue"
    # "a tourism project", "a debt-for-schools deal"
    return cue.rule == "economy" and not GRAMMAR["of_sectors"].isdisjoint(ahead[:1])


def _loses_itself(ahead: Sequence[str]) -> bool:
    """Whether something else than an amount is lost: "lost its sponsor"."""
    return ahead[:1] != [] and ahead[0] in GRAMMAR["owning"] and AMOUNT not in ahead


def _gives_time(tokens: Sequence[Token], last: int) -> bool:
    """Whether time is what is given: "gave the department a week to explain why"."""
    ahead = [t.lower for t in tokens[last + 1 : last + 10]]
    ahead = ahead[: ahead.index(AMOUNT)] if AMOUNT in ahead else ahead
    return any(one in GRAMMAR["times"] and other == "to" for one, other in pairwise(ahead))


def _cuts_else(ahead: Sequence[str], kind: str) -> bool:
    """Whether something else than money is what is cut: "has halved its water leaks"."""
    ahead, more = ahead[:5], ahead[5:7]
    cut = list(takewhile(lambda w: w not in GRAMMAR["ends_thing"], ahead))
    return (
        (kind == "ing" or not GRAMMAR["owning"].isdisjoint(ahead[:1]))
        and 1 < len(cut) < len(ahead)
        and not (ahead[len(cut)] in ("by", "to", "from") and AMOUNT in [*ahead[len(cut) :], *more])
        and _MONEY.isdisjoint(cut)
    )


def _by_a_share(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a cut only tells how an amount compares: "$5m, a cut of 15 per cent, and"."""
    start = first if tokens[first].lower == "a" else first - 1
    before = [t.lower for t in tokens[max(0, start - 2) : start + 1]]
    behind = [t.lower for t in tokens[first : last + 8]]
    of = behind.index("of") if "of" in behind else len(behind)
    counted = behind[of + 1 : of + 2] != [] and behind[of + 1][0].isdigit()
    return counted and before[1:] == [",", "a"] and before[0] in (AMOUNT, ")")


def _is_name(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a word is part of a name: "the Deferred Drawdown Option", "the Men's Shed"."""
    near = [*tokens[max(0, first - 1) : first], tokens[first], *tokens[last + 1 : last + 2]]
    if not (tokens[first].text[:1].isupper() and len(near) > 1 and first):
        return False
    words = [t.text for t in tokens if t.text.isalpha()]
    headline = sum(word[:1].isupper() for word in words) > len(words) / 2
    beside = any(t.text[:1].isupper() for t in (near[0], near[-1]) if t is not tokens[first])
    return beside and not headline


def _compound(tokens: Sequence[Token], first: int) -> bool:
    """Whether a word is the end of a compound; "re-" and the like are none."""
    hyphen = tokens[first - 1]
    joined = hyphen.start == tokens[first - 2].end and hyphen.end == tokens[first].start
    return hyphen.text in ("-", "‑") and joined and len(tokens[first - 2].text) > SHORT_PREFIX
