"""What a verb acts on and is said of, where that makes it say something else, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile

from tracker.extraction.context import AMOUNT, Token
from tracker.extraction.cues import GRAMMAR, Cue, finite_forms, is_bill_by_name
from tracker.extraction.subjects import has_subject
from tracker.extraction.verbs import HEDGING

OBJECT_NEAR = 7
"""Words behind a verb in which its object is looked for where no amount follows."""
ACTED_ON = 12
"""Words from a verb in which its object is looked for."""
HEDGED = 6
"""Words behind a verb in which a hedged amount may stand."""
CLAUSE = 4
"""Words from "that" to the verb of a clause on an amount."""
_MONEY = (
    GRAMMAR["funding"] | GRAMMAR["raised_things"] | GRAMMAR["contracts"] | GRAMMAR["anaphors"]
    | GRAMMAR["supported"] | {AMOUNT}
)  # fmt: skip
SHORT_PREFIX = 3
"""Letters that a prefix may have that leaves a verb what it is: "re-allocated", "pre-paid"."""


def says_nothing(cue: Cue, tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether words that mostly say a stage say none here, for what stands around them."""
    words = [t.lower for t in tokens[max(0, first - 6) : last + 6]]
    if tokens[first].lower == "votes":
        # "went down by 28 votes"
        return not GRAMMAR["defeats"].isdisjoint(t.lower for t in tokens[:first])
    if cue.rule == "damage" and cue.kind == "phrase" and first:
        # "Mexico's ruined Acapulco"
        before = tokens[first - 1].lower
        return before in GRAMMAR["owning"] or before in ("'s", "’s")
    if tokens[first].lower in GRAMMAR["repairs"]:
        return AMOUNT not in words[6:]  # "fixing the sea wall would cost"
    if cue.rule == "inverted":
        # "the scheme went $5m over budget", but "$5m went from Oslo to Chad"
        moved = "from" in (t.lower for t in tokens[last + 1 : last + 4])
        return not moved and first > 0 and tokens[0].lower not in GRAMMAR["fronted"]
    if cue.rule == "approve" and tokens[last].lower == "through" and (
        tokens[first].lower in GRAMMAR["gets"]
    ):  # fmt: skip
        # "must get through the monsoon": no bill, no parliament
        bill = not GRAMMAR["bills"].isdisjoint(t.lower for t in tokens[:first])
        ahead = [t.lower for t in tokens[max(0, first - 6) : last + 6]]
        return not (bill or AMOUNT in ahead) and GRAMMAR["legislatures"].isdisjoint(ahead)
    if cue.rule == "request" and tokens[first].lower == "asked" and first and (
        tokens[first - 1].text in GRAMMAR["ends_quote"]
    ):  # fmt: skip
        return True  # "... to us?" asked a farmer
    if cue.rule == "give" and _gives_time(tokens, last):
        return True
    if tokens[first].lower.startswith("dismiss"):
        return "as" in [t.lower for t in tokens[last + 1 : last + 12]]  # "dismissed it as charity"
    counted = [t.lower for t in tokens[last + 1 : last + 3]]
    if tokens[first].lower in GRAMMAR["passes"] and counted[:1] and counted[0].isdigit() and (
        counted[1:] in (["."], [","], [";"])
    ):  # fmt: skip
        return True  # "once the toll had passed 120"
    if cue.rule == "bury":
        return GRAMMAR["plans"].isdisjoint(t.lower for t in tokens[last + 1 : last + 5])
    if tokens[first].lower in GRAMMAR["shoots"]:
        # "shooting down a drone"
        return not GRAMMAR["items"].isdisjoint(t.lower for t in tokens[last + 1 : last + 8])
    if cue.rule == "place":
        return "bank" not in [t.lower for t in tokens[last + 1 : last + 12]]
    if cue.rule == "has-had":
        # "has had $5m cut from its share"
        ahead = [t.lower for t in tokens[last + 1 : last + 3]]
        return ahead[:1] == [AMOUNT] and ahead[-1] in finite_forms()
    if cue.rule == "forfeit":
        return _loses_itself(tokens, last)
    if (
        cue.rule == "cut"
        and cue.kind in ("past", "present", "base", "ing")
        and (_cuts_else(tokens, last, cue.kind))
    ):
        return True
    if cue.rule == "cut" and tokens[first].lower == "reduced" and first:
        return tokens[first - 1].lower in GRAMMAR["owning"]  # "a reduced aid envelope"
    if (
        cue.rule == "receive"
        and tokens[last].lower == "in"
        and (first and tokens[first - 1].lower in ("that", "which"))
    ):
        # "a package that takes in mortars"
        return AMOUNT not in [t.lower for t in tokens[last + 1 : last + 6]]
    if cue.rule == "approve" and [t.lower for t in tokens[last + 1 : last + 2]] == [AMOUNT] and (
        not GRAMMAR["sums"].isdisjoint(words[:6])
        and not any(t.lower in GRAMMAR["legislatures"] for t in tokens[max(0, first - 10) : first])
    ):  # fmt: skip
        return True  # "payments from Brasília passed $5m"
    if cue.hold and cue.kind != "noun" and _is_name(tokens, first, last):
        return True
    if tokens[last].lower == "off" and tokens[first].lower in GRAMMAR["take"]:
        return AMOUNT not in words  # "before a flight took off"
    return first > 1 and cue.kind != "noun" and _compound(tokens, first)


def has_object_of(tokens: Sequence[Token], last: int, words: str) -> bool:
    """Whether the amount, or a word of that list of the grammar, is what a verb acts on."""
    ahead = [t.lower for t in tokens[last + 1 : last + 9]]
    return AMOUNT in ahead[:5] or not GRAMMAR[words].isdisjoint(ahead)


def done_to_amount(cue: Cue, tokens: Sequence[Token], first: int) -> bool:
    """Whether an amount before a participle is what is acted on.

    "Sought $9m and $5m obtained", "$5m in aid was obtained", "the $5m that Oslo obtained".
    """
    if cue.kind != "past":
        return False
    before = [t.lower for t in tokens[max(0, first - 6) : first]]
    if AMOUNT not in before:
        return False
    between = before[len(before) - before[::-1].index(AMOUNT) :]
    if between[:1] in (["in"], ["of"]):
        between = between[2:]
    related = between[:1] in (["that"], ["which"]) and len(between) <= CLAUSE
    return related or GRAMMAR["auxiliary"].issuperset(between)


def amount_follows(tokens: Sequence[Token], last: int) -> bool:
    """Whether the amount is what a verb acts on: "added some $5m", "restored the $5m"."""
    ahead = [t.lower for t in tokens[last + 1 : last + HEDGED]]
    if AMOUNT in ahead and HEDGING.issuperset(ahead[: ahead.index(AMOUNT)]):
        return True  # "lives on less than $5"
    behind = ahead[:2]
    return behind[:1] == [AMOUNT] or (
        not GRAMMAR["before_object"].isdisjoint(behind[:1])
        or (behind[1:] == [AMOUNT] and behind[0] in GRAMMAR["owning"])
    )


def has_object(tokens: Sequence[Token], last: int) -> bool:
    """Whether an object follows, so that "covers" is a verb: "covers $5m", "gifts Kiribati $5m"."""
    behind = tokens[last + 1].lower if last + 1 < len(tokens) else "."
    named = [t.lower for t in tokens[last + 2 : last + 4]][-2:]
    if AMOUNT in named and tokens[last + 1].text[:1].isupper():
        return True
    return behind != "at" and (behind in GRAMMAR["before_object"] or behind in GRAMMAR["owning"])


def acts_on(cue: Cue, tokens: Sequence[Token], last: int) -> Iterator[bool]:
    """Whether the object of a verb is one that changes what it says: "left the treasury"."""
    ahead = [t.lower for t in tokens[last + 1 : last + OBJECT_NEAR]]
    ahead = list(
        takewhile(lambda word: word != AMOUNT and word not in GRAMMAR["ends_object"], ahead)
    )
    for words, _ in cue.by_object:
        yield not GRAMMAR[words].isdisjoint(ahead)


def by_object(
    cue: Cue, tokens: Sequence[Token], first: int, last: int, passive: bool
) -> Iterator[str]:
    """What a verb says because of what it acts on."""
    place = slice(max(0, first - 8), first) if passive else slice(first, _clause_end(tokens, first))
    objects = {
        t.lower for n, t in enumerate(tokens[place], place.start)
        if not is_bill_by_name(tokens, n)
    }  # fmt: skip
    acted = set(objects)
    near = {t.lower for t in tokens[max(0, first - 9) : first]}
    if not passive and not near.isdisjoint(("that", "which")):
        objects |= near  # "the aid bill that he signed has $5m"
    for words, status in cue.by_object:
        if words == "levied" and _on_amount(tokens, first) and GRAMMAR[words].isdisjoint(acted):
            continue  # "the $5m that Rwanda received", whatever stands before
        if words == "ballots" and [t.lower for t in tokens[last + 1 : last + 2]] == [AMOUNT]:
            continue  # "went through $5m before the vote"
        if words == "bills" and not GRAMMAR["accords"].isdisjoint(objects):
            continue  # "signed a budget support agreement": no bill
        if words == "unadopted" and has_subject(tokens, first, "legislatures"):
            continue  # a parliament that adopts a draft law makes it one
        if not GRAMMAR[words].isdisjoint(objects):
            yield status


def _on_amount(tokens: Sequence[Token], first: int) -> bool:
    """Whether a relative clause is on an amount: "the £5m that Rwanda received"."""
    before = [t.lower for t in tokens[max(0, first - 9) : first]]
    return any((AMOUNT, word) in pairwise(before) for word in ("that", "which"))


def _clause_end(tokens: Sequence[Token], first: int) -> int:
    """Where the words end that can be what a verb acts on."""
    said = False
    for place in range(first, min(len(tokens), first + ACTED_ON)):
        word = tokens[place].lower
        behind = [t.lower for t in tokens[place + 1 : place + 2]]
        if word == ";" or (said and word == "," and not GRAMMAR["joins"].isdisjoint(behind)):
            return place
        said = said or word == AMOUNT
    return first + ACTED_ON


def _loses_itself(tokens: Sequence[Token], last: int) -> bool:
    """Whether something else than an amount is lost: "lost its sponsor"."""
    ahead = [t.lower for t in tokens[last + 1 : last + 5]]
    return ahead[:1] != [] and ahead[0] in GRAMMAR["owning"] and AMOUNT not in ahead


def _gives_time(tokens: Sequence[Token], last: int) -> bool:
    """Whether time is what is given: "gave the department a week to explain why"."""
    ahead = [t.lower for t in tokens[last + 1 : last + 10]]
    ahead = ahead[: ahead.index(AMOUNT)] if AMOUNT in ahead else ahead
    return any(one in GRAMMAR["times"] and other == "to" for one, other in pairwise(ahead))


def _cuts_else(tokens: Sequence[Token], last: int, kind: str) -> bool:
    """Whether something else than money is what is cut: "has halved its water leaks"."""
    ahead = [t.lower for t in tokens[last + 1 : last + 6]]
    cut = list(takewhile(lambda w: w not in GRAMMAR["ends_thing"], ahead))
    more = [t.lower for t in tokens[last + 6 : last + 8]]
    return (
        (kind == "ing" or not GRAMMAR["owning"].isdisjoint(ahead[:1]))
        and 1 < len(cut) < len(ahead)
        and not (ahead[len(cut)] in ("by", "to", "from") and AMOUNT in ahead[len(cut) :] + more)
        and _MONEY.isdisjoint(cut)
    )


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


def alone(tokens: Sequence[Token], first: int) -> bool:
    """Whether an amount before a verb is the only one, or wanted: "$5m goes to St Helena"."""
    return [t.lower for t in tokens].count(AMOUNT) == 1 or (
        tokens[first - 2].lower in GRAMMAR["unless"]
    )


def priced_item(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether what has a price is one piece of arms: "a single rocket is priced at $5m"."""
    if "priced" not in [t.lower for t in tokens[first : last + 1]]:
        return False
    before = [t.lower for t in tokens[max(0, first - 6) : first]]
    return not (GRAMMAR["items"].isdisjoint(before) or GRAMMAR["one"].isdisjoint(before))


def seen(tokens: Sequence[Token], first: int) -> bool:
    """Whether a bare verb is what somebody saw happen: "May saw $5m go out"."""
    before = [t.lower for t in tokens[max(0, first - 9) : first]]
    ahead = [t.lower for t in tokens[first + 1 : first + 2]]
    amount = len(before) if ahead == [AMOUNT] else 0  # "saw the EU lop $5m off"
    if AMOUNT in before:
        amount = len(before) - 1 - before[::-1].index(AMOUNT)
    return not GRAMMAR["witness"].isdisjoint(before[max(0, amount - 4) : amount])


def ends_contracts(tokens: Sequence[Token], first: int, last: int, passive: bool) -> bool:
    """Whether what is cut had been signed: "terminated grants", "contracts were cancelled"."""
    before: Iterable[Token] = reversed(tokens[max(0, first - (20 if passive else 6)) : first])
    if not passive:
        before = takewhile(_same_clause, before)
    ahead = list(takewhile(_same_clause, tokens[last + 1 : last + 9]))
    if ("by", AMOUNT) in pairwise(t.lower for t in ahead):
        return False  # "its grant has been cut by $5m": that much less of it
    around = [t.lower for t in (*reversed(list(before)), *tokens[first : last + 1], *ahead)]
    # "cut $5m off its grants": that much less of them.
    less = GRAMMAR["less_of"]
    return any(
        word in GRAMMAR["contracts"] and less.isdisjoint(around[max(0, place - 6) : place])
        for place, word in enumerate(around)
    )


def _same_clause(token: Token) -> bool:
    return token.lower not in GRAMMAR["ends_object_clause"]


def sends_people(tokens: Sequence[Token], last: int) -> bool:
    """Whether people or letters are what is sent: "have sent workers home since"."""
    ahead = [t.lower for t in tokens[last + 1 : last + 7]]
    return AMOUNT not in ahead and not GRAMMAR["sent"].isdisjoint(ahead[:3])
