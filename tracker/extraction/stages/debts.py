"""Debts that are aid: what a giver owes is a promise, arrears that others clear are paid.

All others ("Ghana owes bondholders $5m") are no aid.
"""

from __future__ import annotations

from itertools import takewhile

from tracker.extraction.stages.cues import GRAMMAR
from tracker.extraction.stages.ties import Tie
from tracker.extraction.text.names import COUNTRY_KINDS, GIVERS, party_hits
from tracker.extraction.text.sentence import Sentence

DEBTOR = 4
"""How many words before "owes" the debtor may stand."""
CREDITOR = 7
"""How many words behind "owes" those whom aid is owed may end."""
_BODIES = frozenset({"agency", "organisation", "funder"})
_STATES = COUNTRY_KINDS | {"institution", "leader"}
_DEBTORS = _STATES | {"agency"}


def of_debts(status: Tie | None, sentence: Sentence) -> Tie | None:
    """The stage of an amount whose tie says that it is owed or paid back."""
    if status is None or status.reading.cue.rule != "repayment" or status.sentence is not sentence:
        return status
    stage = None
    if _owed_by_giver(status, sentence):
        stage = "pledged"
    elif _cleared_by_others(sentence):
        stage = "disbursed"
    return status._replace(reading=status.reading._replace(status=stage)) if stage else status


def _owed_by_giver(status: Tie, sentence: Sentence) -> bool:
    """ "The $5m that Washington owes the fund", "are still owed $5m by FEMA"."""
    words = sentence.words
    # "owed the UN $5m in unpaid dues": the debt is named behind its verb.
    owed = [n for n in range(status.reading.first + 1) if words[n] in GRAMMAR["owes"]]
    first = owed[-1] if owed else -1
    if first < 0:
        return False
    hits = party_hits(sentence)
    behind = list(takewhile(lambda word: word not in GRAMMAR["ends_creditor"],
                            words[first + 1 : first + CREDITOR]))  # fmt: skip
    to_aid = not GRAMMAR["creditors"].isdisjoint(behind) or any(
        hit.meaning.kind in _BODIES and first < hit.first <= first + len(behind) for hit in hits
    )
    owing = words[first] != "owed" or GRAMMAR["be"].isdisjoint(words[first - 2 : first])
    crowd = not GRAMMAR["debtors"].isdisjoint(words[max(0, first - DEBTOR) : first])
    if crowd and owing and to_aid:
        return True  # "donors still owe the agency $5m"
    for hit in hits:
        near = owing and to_aid and 0 < first - hit.last <= DEBTOR
        by = not owing and words[hit.first - 1] == "by" and hit.first > first
        if (near or by) and hit.meaning.code in GIVERS and hit.meaning.kind in _DEBTORS:
            return True
    return False


def _cleared_by_others(sentence: Sentence) -> bool:
    """Whether givers pay what others owe.

    "Riyadh and Doha cleared Syria's arrears of $5m", "settled the $5m that Damascus owed the bank".
    """
    words = sentence.words
    if "arrears" not in words and GRAMMAR["owes"].isdisjoint(words):
        return False
    clears = [n for n, word in enumerate(words) if word in GRAMMAR["clears"]
              and GRAMMAR["negation"].isdisjoint(words[max(0, n - 3) : n])]  # fmt: skip
    states = [hit for hit in party_hits(sentence) if hit.meaning.kind in _STATES]
    debtors = {hit.meaning.code for hit in states} - GIVERS
    return bool(debtors) and any(
        hit.meaning.code in GIVERS and (hit.last < verb or words[hit.first - 1] == "by")
        for hit in states for verb in clears
    )  # fmt: skip
