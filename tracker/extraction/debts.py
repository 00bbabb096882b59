"""Debts that are aid: what a giver owes is a promise, arrears that others clear are paid.

All others ("Ghana owes bondholders $5m") are no aid.
"""

from __future__ import annotations

from tracker.extraction.context import Sentence
from tracker.extraction.cues import GRAMMAR
from tracker.extraction.names import COUNTRY_KINDS, party_hits
from tracker.extraction.role import GIVERS
from tracker.extraction.ties import Tie

DEBTOR = 4
"""How many words before "owes" the debtor may stand."""
_STATES = COUNTRY_KINDS | {"institution", "leader"}


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
    words, first = sentence.words, status.reading.first
    if words[first] not in GRAMMAR["owes"]:
        return False
    for hit in party_hits(sentence):
        near = 0 < first - hit.last <= DEBTOR
        if words[first] == "owed":
            near = words[hit.first - 1] == "by" and hit.first > first
        if near and hit.meaning.code in GIVERS and hit.meaning.kind in _STATES:
            return True
    return False


def _cleared_by_others(sentence: Sentence) -> bool:
    """ "Riyadh and Doha cleared Syria's arrears of $5m": givers, and not whose arrears it was."""
    words = sentence.words
    if "arrears" not in words or GRAMMAR["clears"].isdisjoint(words):
        return False
    states = {hit.meaning.code for hit in party_hits(sentence) if hit.meaning.kind in _STATES}
    return not states.isdisjoint(GIVERS) and not states <= GIVERS
