"""Small sums, of which most are prices, wages and fees: "a sack now goes from $25"."""

from __future__ import annotations

from tracker.extraction.stages.cues import GRAMMAR
from tracker.extraction.stages.shapes import names_aid
from tracker.extraction.stages.staging import stages
from tracker.extraction.stages.ties import Tie
from tracker.extraction.text.context import Passage
from tracker.extraction.text.names import party_hits
from tracker.extraction.text.sentence import Sentence

SMALL = 10_000
"""Currency units below which an amount is small, and mostly a price: of 108 such amounts in whole
documents (tests/gold/documents) 91 are no funding, of larger ones one in ten."""
_MORE = frozenset({"another", "further", "second", "more", "rest"})
"""Beside an amount that goes on with the one before: "Another $500 follows in March"."""
NAMED = 10
"""How many words before a small sum the aid may be named that it is the size of."""
SMALL_SUM = "status-small-sum"
"""The rule where a small sum has no words of its own that say a stage."""


def is_price(
    passage: Passage, sentence: Sentence, position: int, own: Tie | None, size: float
) -> bool:
    """Whether a small sum is no funding, though what stands around it speaks of funding.

    Its own sentence says no stage, or only what something costs; or it buys something ("$28 buys a
    hygiene kit"). Items of a list take the stage of its lead. `size` is in currency units.
    """
    if size >= SMALL:
        return False
    if not GRAMMAR["bought_by"].isdisjoint(sentence.words[position + 1 : position + 2]):
        return True
    if own is not None and own.sentence is sentence:
        said = sentence.words[own.reading.first : own.reading.last + 1]
        return own.reading.status == "needed" and not GRAMMAR["costing"].isdisjoint(said)
    if _beside_funding(sentence, position):
        return False
    before = sentence.words[max(0, position - NAMED) : position]
    return (
        passage.lead(sentence) is None
        and GRAMMAR["named_aid"].isdisjoint(before)
        and not names_aid(sentence.words, position)
        and not _between_parties(sentence, position)
        and not _to_each(sentence, position)
        and _MORE.isdisjoint(sentence.words[max(0, position - 2) : position + 2])
    )


def _beside_funding(sentence: Sentence, position: int) -> bool:
    """Whether the sentence says a stage of another amount."""
    said = (stage.said for place, stage in stages(sentence).items() if place != position)
    return any(status not in (None, "needed", "other") for status in said)


def _to_each(sentence: Sentence, position: int) -> bool:
    """Whether an amount is what everybody gets: "$2,000 per household", "$50 to each family"."""
    behind = sentence.words[position + 1 : position + 4]
    shared = not {"each", "per", "every", "apiece"}.isdisjoint(behind)
    return shared and (behind[0] == "each" or not GRAMMAR["households"].isdisjoint(behind))


def _between_parties(sentence: Sentence, position: int) -> bool:
    """Whether a party gives or gets it: "$50,000 from Cyprus", "Oslo's $50,000"."""
    hits = party_hits(sentence)
    near = range(position + 2, position + 5)
    given = sentence.words[position + 1 : position + 2] in (["from"], ["for"], ["to"])
    owned = sentence.words[position - 1] in ("'s", "’s") and any(
        hit.last == position - 2 for hit in hits
    )
    return owned or (given and any(hit.first in near for hit in hits))
