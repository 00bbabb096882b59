"""Who gives and receives an amount in a table: named in a column whose header says which.

What stands in a column of sectors or accounts is nobody, whatever it is called.
"""

from __future__ import annotations

from tracker.extraction.decision import Decision
from tracker.extraction.parties.item_roles import LABELS
from tracker.extraction.parties.referents import referents
from tracker.extraction.text.context import Passage
from tracker.extraction.text.sentence import Sentence, words_of
from tracker.extraction.text.tables import column_of, heads_of
from tracker.extraction.words import load_rules

BY_HEADER = "party-of-column"
_KINDS = frozenset(load_rules("roles")["columns"]["kinds"])


def by_header(passage: Passage, sentence: Sentence, position: int) -> dict[str, Decision]:
    """Donor and recipient of the amount of a row, where headers say so: "Donor | Received"."""
    found: dict[str, Decision] = {}
    line = passage.text.rfind("\n", sentence.start, sentence.starts[position]) + 1
    for who in referents(sentence):
        start, end = sentence.starts[who.first], sentence.ends[who.last]
        if who.code is None or who.last > position or start < line:
            continue
        header = column_of(passage.text, start, end)
        said = set(words_of(passage.text[header[0] : header[1]].lower())) if header else set()
        for role, labels in LABELS.items():
            if said & labels and role not in found:
                found[role] = Decision(who.code, BY_HEADER, start, end, 0.9)
    return found


def of_a_kind(passage: Passage, sentence: Sentence, position: int) -> bool:
    """Whether the row of an amount is one of sectors or accounts: "Cluster: WASH"."""
    heads = heads_of(passage.text, sentence.starts[position], sentence.ends[position])
    header = heads and heads.row and column_of(passage.text, *heads.row)
    words = words_of(passage.text[slice(*header)].lower()) if header else ()
    return not _KINDS.isdisjoint(words)
