"""What a verb acts on and is said of, where that makes it say something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile

from tracker.extraction.stages.cues import GRAMMAR, Cue, is_bill_by_name
from tracker.extraction.stages.subjects import has_subject
from tracker.extraction.stages.verbs import HEDGING
from tracker.extraction.text.sentence import AMOUNT, Token

OBJECT_NEAR = 7
"""Words behind a verb in which its object is looked for where no amount follows."""
ACTED_ON = 12
"""Words from a verb in which its object is looked for."""
_RELATIVES = frozenset({"which", "who", "whose", "where"})
HEDGED = 6
"""Words behind a verb in which a hedged amount may stand."""
CLAUSE = 4
"""Words from "that" to the verb of a clause on an amount."""


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


def owned(tokens: Sequence[Token], last: int) -> bool:
    """Whether an amount that somebody has is what a verb acts on: "ended the trust's $5m grant"."""
    ahead = [t.lower for t in tokens[last + 1 : last + OBJECT_NEAR]]
    owner = ahead[: ahead.index(AMOUNT)] if AMOUNT in ahead else []
    return owner[-1:] in (["'s"], ["’s"]) and GRAMMAR["ends_object"].isdisjoint(owner)


def brings_money(tokens: Sequence[Token], last: int) -> bool:
    """Whether money is what is brought to somebody: "brings Kabul about $5m".

    But "brought the total to $5m", "brought a $5m estimate".
    """
    ahead = [t.lower for t in tokens[last + 1 : last + 5]]
    if AMOUNT not in ahead:
        return False
    named = tokens[last + 1].text[:1].isupper()
    return GRAMMAR["hedging"].issuperset(ahead[named : ahead.index(AMOUNT)])


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
        if words == "awards" and (AMOUNT, "of") in pairwise(t.lower for t in tokens[place]):
            continue  # "lost $5m of its grant": that much less of it
        if words == "bosses" and tokens[first].lower not in GRAMMAR["pays"]:
            continue  # "handed the executive $5m"
        until = list(takewhile(lambda word: word != AMOUNT, (t.lower for t in tokens[place])))
        if words == "cheques" and GRAMMAR[words].isdisjoint(until):
            continue  # "a planned payment of $5m, pending checks": no cheque
        if words in ("bosses", "crooks") and (
            GRAMMAR[words].isdisjoint(until[-1:]) or " ".join(until[:-1]).endswith("ing")
        ):
            continue  # "paid the coach company $5m", "police hunting smugglers"
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
        if word == ";" or (
            said and word == "," and not (GRAMMAR["joins"] | _RELATIVES).isdisjoint(behind)
        ):
            return place
        said = said or word == AMOUNT
    return first + ACTED_ON


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


def done_to_contracts(tokens: Sequence[Token], first: int) -> bool:
    """Whether contracts are what a passive verb is said of: "contracts worth $5m were ended"."""
    passive = first > 0 and tokens[first - 1].lower in GRAMMAR["be"]
    return passive and ends_contracts(tokens, first, first, passive)


def _same_clause(token: Token) -> bool:
    return token.lower not in GRAMMAR["ends_object_clause"]


def sends_people(tokens: Sequence[Token], last: int) -> bool:
    """Whether people or letters are what is sent: "have sent workers home since"."""
    ahead = [t.lower for t in tokens[last + 1 : last + 7]]
    return AMOUNT not in ahead and not GRAMMAR["sent"].isdisjoint(ahead[:3])
