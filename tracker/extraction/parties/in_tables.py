"""Who gives and receives an amount in a table: named in a column whose header says which."""

from __future__ import annotations

from tracker.extraction.decision import Decision
from tracker.extraction.parties.item_roles import LABELS
from tracker.extraction.parties.referents import referents
from tracker.extraction.text.context import Passage
from tracker.extraction.text.sentence import Sentence, words_of
from tracker.extraction.text.tables import column_of


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
                found[role] = Decision(who.code, "party-of-column", start, end, 0.9)
    return found
