"""Amounts whose own words say that they are no aid, whatever stands around them.

"Put up VAT to bring in $5m in taxes", "carmakers announced investments of $5m", "K1,734 to the
dollar".
"""

from __future__ import annotations

from tracker.extraction.stages.cues import GRAMMAR
from tracker.extraction.text.sentence import AMOUNT, Sentence

NO_FUNDING = "status-no-funding"
"""The rule where the words at an amount say that it is no aid."""
KIND = 4
"""How many words behind "in" the noun may stand that says what an amount is in."""
FIRM = 14
"""How many words before an amount the firm may stand that invests it."""
_PUBLIC = frozenset({"public", "government", "ministry", "bank", "imf", "eu", "un"})
_ENDS_NOUN = GRAMMAR["prepositions"] | {")", "a", "each", "every", "last", "this", "per", "after"}


def is_no_funding(sentence: Sentence, position: int) -> bool:
    """Whether an amount is taxes or takings, a firm's own investment, or a side of a rate."""
    return (
        _in_takings(sentence.words, position)
        or _invested(sentence.words, position)
        or _to_a_coin(sentence.words, position)
    )


def _in_takings(words: list[str], position: int) -> bool:
    """Whether an amount is in what nobody gives as aid: "$5m in new taxes", but "in tax relief"."""
    if words[position + 1 : position + 2] != ["in"]:
        return False
    for place, word in enumerate(words[position + 2 : position + 2 + KIND], position + 2):
        if word in GRAMMAR["takings"]:
            # what is done with the takings may be aid: "spent $5m in tax on shells"
            following = words[place + 1 : place + 2]
            return not following or (
                following[0] in _ENDS_NOUN and following[0] not in ("on", "for")
            )
        if not word.isalpha() or word in _ENDS_NOUN:
            return False
    return False


def _invested(words: list[str], position: int) -> bool:
    """Whether a firm invests an amount: "Private companies announced investments of $5m"."""
    before = words[max(0, position - FIRM) : position]
    for end in (AMOUNT, ","):
        if end in before:
            before = before[len(before) - before[::-1].index(end) :]
    firm = next((n for n, word in enumerate(before) if word in GRAMMAR["investing"]), None)
    if firm is None:
        return False
    behind = words[position + 1 : position + 3]
    aid = not GRAMMAR["named_aid"].isdisjoint(words[position + 1 : position + 5])
    if aid or not _PUBLIC.isdisjoint(before):
        return False  # "gave firms $5m in investment grants", "firms welcomed a public investment"
    invested = [*before[firm + 1 :], *(behind[1:] if behind[:1] in (["in"], ["of"]) else [])]
    return not GRAMMAR["investments"].isdisjoint(invested)


def _to_a_coin(words: list[str], position: int) -> bool:
    """Whether an amount is what one unit of a currency costs: "K1,734 to the US dollar"."""
    behind = words[position + 1 : position + 5]
    coin = behind[3:] if behind[2:3] in (["us"], ["u.s."], ["american"]) else behind[2:]
    ends = coin[1:2] == [] or not coin[1].isalpha() or coin[1] in _ENDS_NOUN
    return behind[:2] in (["to", "the"], ["against", "the"]) and coin[:1] != [] and (
        coin[0] in GRAMMAR["coins"] and ends  # but "to the euro rescue fund"
    )  # fmt: skip
