"""Senses in which a word of one stage says another, by what it acts on.

"Cleared the $5m that it owed" pays, "got through $5m" spends, "shareholders approved" is no aid.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.stages.cues import GRAMMAR, Cue
from tracker.extraction.stages.subjects import does_something
from tracker.extraction.stages.verbs import HEDGING
from tracker.extraction.text.sentence import AMOUNT, Token

NEAR = 10
"""How many words behind a verb are looked at."""
SOLD = 15
"""How many words before a cost the sale may be named that it is of."""
PAYER = 15
"""How many words before "pays" the household may be named that does."""
SENT = 6
"""How many words behind "sent" the bill may stand that a chamber passed."""
DISASTER = 5
"""How many words behind "bill" a disaster may stand."""
DECIDING = 4
"""How many words behind "goes to" they may stand who decide."""
SUBJECT = 3
"""How many words before a verb the noun of its subject may stand."""
LOST = 8
"""How many words behind "loss" the aid that is lost may end."""
_NO_PAYER = GRAMMAR["be"] | {"to", "for", "by"}
"""Words by which people who are named before a verb are no payers: "were paid", "gave to"."""
Sense = tuple[str, str | None]
"""A status and a hold."""


def says_otherwise(cue: Cue, tokens: Sequence[Token], first: int, last: int) -> Sense | None:
    """Status and hold where what a word acts on makes it say another stage than its rule."""
    word = tokens[first].lower
    ahead = [t.lower for t in tokens[last + 1 : last + NEAR]]
    before = [t.lower for t in tokens[max(0, first - NEAR) : first]]
    behind = ahead[ahead.index(AMOUNT) + 1 :] if AMOUNT in ahead else []
    until = ahead[: ahead.index(AMOUNT)] if AMOUNT in ahead else []
    if cue.rule == "aid-was" and AMOUNT in before[-3:] and ahead[:1] == ["in"] and (
        any(t.text[:1].isupper() for t in tokens[last + 2 : last + 3])
    ):  # fmt: skip
        return "disbursed", None  # "$5m was in Minsk within days"
    asked = [word for word in until[-3:] if word not in GRAMMAR["hedging"]]
    if cue.rule == "arrive" and tokens[last].lower == "to" and "," not in until and (
        asked[-1:] == ["for"] or asked[-2:] == ["for", "another"]
    ):  # fmt: skip
        return "requested", None  # "went back to the Treasury for another $5m"
    if cue.rule == "arrive" and tokens[last].lower == "to" and (
        not GRAMMAR["deciding"].isdisjoint(ahead[:DECIDING])
    ):  # fmt: skip
        return "requested", None  # "now goes to the executive board"
    if word == "bill" and ahead[:1] == ["for"] and not GRAMMAR["disasters"].isdisjoint(
        ahead[:DISASTER]
    ):  # fmt: skip
        return "needed", None  # "the bill for the May floods"
    if cue.rule == "aid-amounts-to" and AMOUNT in ahead[:5] and does_something(tokens, first):
        return "needed", None  # "putting it back together could come to $5m"
    if word == "gone" and first == 0 and cue.rule in ("inverted", "split"):
        return "unspecified", "cancelled"  # "Gone at the stroke of a pen is $5m in aid"
    if (
        cue.rule == "cut"
        and word.startswith("cut")
        and not GRAMMAR["cheques"].isdisjoint(ahead[:6])
    ):
        return "disbursed", None  # "cut Dhaka a cheque"
    if cue.rule == "cut" and word.startswith("cancel") and (
        not GRAMMAR["debts_forgiven"].isdisjoint(ahead[:8])
    ):  # fmt: skip
        # "cancelled $5m of Sudan's debt": aid, and no cut
        return "disbursed" if GRAMMAR["future"].isdisjoint(before[-3:]) else "pledged", None
    if cue.rule == "cut" and word == "cancels" and not GRAMMAR["bills"].isdisjoint(before[-1:]):
        return "approved", "cancelled"  # "The bill cancels $5m": of what was voted
    if _buys(cue, tokens, first, ahead, until):
        return "other", None
    done = not GRAMMAR["be"].isdisjoint(before[-2:]) and GRAMMAR["relative"].isdisjoint(behind[:1])
    if cue.rule == "buy" and until[-1:] == ["with"] and done:
        return "disbursed", None  # "the generator was bought in 2023 with $5m from Oslo"
    sold = {t.lower for t in tokens[max(0, first - SOLD) : first]}
    if cue.rule == "need" and tokens[last].lower == "cost" and "sale" in sold:
        return "other", None  # "a possible sale of aircraft at an estimated cost of $5m"
    if word in GRAMMAR["take"] and behind[1:2] == ["from"] and behind[0] in GRAMMAR["lent"]:
        return "disbursed", None  # "took a $5m loan from"
    if tokens[last].lower == "of" and cue.rule == "price" and ahead[:1] and (
        ahead[0].endswith("ing") and ahead[0] not in GRAMMAR["no_gerunds"]
    ):  # fmt: skip
        return "needed", None  # "the price of mending the courts"
    if cue.rule == "cost" and behind[:1] == ["in"] and (
        not GRAMMAR["named_aid"].isdisjoint(behind[1:6])
    ):  # fmt: skip
        return "unspecified", "cancelled"  # "missed deadlines cost Bosnia $5m in EU aid"
    if word in GRAMMAR["keeps_back"] and _kept_from(tokens, last, until, behind):
        return "unspecified", "blocked"  # "has kept $5m in aid from Kosovo"
    moved = AMOUNT in before or not GRAMMAR["supplies"].isdisjoint(before)
    if word in GRAMMAR["crosses"] and moved and "border" in ahead[:4]:
        return "disbursed", None  # "arms worth $5m crossed the Polish border"
    if cue.rule == "damage" and word in GRAMMAR["losses"]:
        return _lost(tokens, first)
    if cue.rule in ("give", "agree", "promise") and behind[:2] == ["to", "settle"] and (
        not GRAMMAR["suits"].isdisjoint(behind)
    ):  # fmt: skip
        return "other", None  # "will pay $5m to settle a suit"
    if word in GRAMMAR["sends"] and not GRAMMAR["legislatures"].isdisjoint(before[-3:]) and (
        "bill" in ahead[:SENT]
    ):  # fmt: skip
        return "approved", None  # "the House sent Bush a bill"
    if _puts_a_budget(cue, word, before, until, behind):
        return "requested", None
    if cue.rule in ("approve", "appropriation") and (
        not GRAMMAR["owners"].isdisjoint(before[-SUBJECT:])
        and GRAMMAR["of_lenders"].isdisjoint(before[-SUBJECT - 1 :])
        and GRAMMAR["lent"].isdisjoint(behind[:2])
    ):
        return "other", None  # "the carmaker's shareholders approved $5m"
    if cue.rule == "need" and tokens[last].lower == "take" and _taken_out(tokens, last):
        return "unspecified", "cancelled"
    return _of_approving(cue, tokens, first, last, until, behind)


def _buys(
    cue: Cue, tokens: Sequence[Token], first: int, ahead: list[str], until: list[str]
) -> bool:
    """Whether people pay for what they use: "a family pays $5 a barrel", "the mason asked $5"."""
    word, subject = tokens[first].lower, [t.lower for t in tokens[max(0, first - PAYER) : first]]
    for end in (AMOUNT, ",", ";", "that", "help", "helps", "as", "when", "while", "and", "of"):
        subject = subject[len(subject) - subject[::-1].index(end) :] if end in subject else subject
    if not subject or not _NO_PAYER.isdisjoint(subject) or AMOUNT not in ahead:
        return False
    if word == "asked" and cue.rule == "request":
        price = HEDGING.issuperset(until) and "from" not in ahead
        return price and not GRAMMAR["sellers"].isdisjoint(subject)
    paid = cue.rule in ("give", "spend") and word in GRAMMAR["pays"]
    return paid and not GRAMMAR["households"].isdisjoint(subject)


def _puts_a_budget(
    cue: Cue, word: str, before: list[str], until: list[str], behind: list[str]
) -> bool:
    """Whether a budget is put to a parliament: "unveiled a $5m budget", "sent the Assembly one"."""
    sized = len(until) > 1 and until[-1] in ("of", "with", "for")  # "a budget of $5m"
    named = until[-2] if sized else (behind or [""])[0]
    if word in GRAMMAR["presents"] and named == "budget":
        return True
    if cue.rule not in ("give", "promise") or named not in GRAMMAR["budget_bills"]:
        return False
    sent = sized and word in GRAMMAR["sends"] and GRAMMAR["legislatures"].isdisjoint(before)
    return sent or not GRAMMAR["legislatures"].isdisjoint([*until, *behind[1:5]])


def _of_approving(
    cue: Cue, tokens: Sequence[Token], first: int, last: int, until: list[str], behind: list[str]
) -> Sense | None:
    """What verbs of approving say where they pay: cleared debts, money that is got through."""
    if cue.rule != "approve":
        return None
    word = tokens[first].lower
    marked = len(until) < 3
    if word in GRAMMAR["passes"] and marked and not GRAMMAR["marks"].isdisjoint(behind[:2]):
        return "disbursed", None  # "arms for Kyiv passed the $5m mark"
    before = {t.lower for t in tokens[max(0, first - NEAR) : first]}
    size = any(t.lower == AMOUNT for t in tokens[last + 1 : last + 2])
    if word in GRAMMAR["passes"] and size and (
        not GRAMMAR["aid"].isdisjoint(before) and GRAMMAR["legislatures"].isdisjoint(before)
    ):  # fmt: skip
        return "disbursed", None  # "aid to Somalia passed $5m"
    if word in GRAMMAR["passes"] and _handed_on(tokens, last):
        return "disbursed", None
    if word in GRAMMAR["clears"] and behind[:1] in (["that"], ["it"]) and (
        not GRAMMAR["owes"].isdisjoint(behind)
    ):  # fmt: skip
        return "disbursed", None  # "cleared the $5m that it owed to the bank"
    through = tokens[last].lower == "through" and word in GRAMMAR["gets"]
    if through and behind and len(until) < 3 and GRAMMAR["bills"].isdisjoint(behind[:3]):
        return "disbursed", None  # "got through a mere $5m", but no "$5m bill"
    return None


def _kept_from(tokens: Sequence[Token], last: int, until: list[str], behind: list[str]) -> bool:
    """Whether money is kept from whoever is named behind it."""
    said = GRAMMAR["prepositions"] | GRAMMAR["relative"]
    if "from" not in behind[:6] or len(until) > 4 or not said.isdisjoint({*until} - {"of"}):
        return False
    place = next((n for n in range(last + 1, len(tokens)) if tokens[n].lower == "from"), last)
    return any(t.text[:1].isupper() for t in tokens[place + 1 : place + 3])


def _lost(tokens: Sequence[Token], first: int) -> Sense | None:
    lost = [t.lower for t in tokens[first + 1 : first + LOST]]
    if lost[:3] == ["of", AMOUNT, "in"] and not GRAMMAR["named_aid"].isdisjoint(lost):
        return "unspecified", "cancelled"  # "the loss of $5m in American aid"
    return None


def _handed_on(tokens: Sequence[Token], last: int) -> bool:
    """Whether an amount is the object and goes to somebody: "passed $5m to Ukraine"."""
    ahead = [t.lower for t in tokens[last + 1 : last + 5]]
    if ahead[:1] in (["them"], ["him"], ["her"], ["us"]) and ahead[1:2] == [AMOUNT]:
        return True
    hedged = ahead[:1] == [AMOUNT] or (ahead[1:2] == [AMOUNT] and ahead[0] in GRAMMAR["hedging"])
    if not hedged or ahead[ahead.index(AMOUNT) + 1 :][:1] != ["to"]:
        return False
    whom = last + 1 + ahead.index(AMOUNT) + 2
    return any(t.lower == "the" or t.text[:1].isupper() for t in tokens[whom : whom + 1])


def _taken_out(tokens: Sequence[Token], last: int) -> bool:
    """Whether an amount is what is taken away: "will take $5m out of development spending"."""
    ahead = [t.lower for t in tokens[last + 1 : last + 12]]
    behind = ahead[ahead.index(AMOUNT) + 1 :] if AMOUNT in ahead[:4] else []
    if behind[:1] in (["a"], ["each"], ["every"]):
        behind = behind[2:]  # "take $5m a year out of the budget"
    return behind[:2] in (["out", "of"], ["away", "from"]) or behind[:1] == ["off"]
