"""Which organisation "the fund" or "the charity" means, where its paragraph names none."""

from __future__ import annotations

from collections import Counter

from tracker.extraction.parties.about import OFTEN, read_for
from tracker.extraction.parties.acts import GRAMMAR
from tracker.extraction.parties.pronouns import is_called
from tracker.extraction.parties.referent import Referent
from tracker.extraction.parties.referents import referents
from tracker.extraction.text.context import Passage
from tracker.extraction.text.sentence import Sentence

_KINDS = frozenset({"agency", "organisation", "funder"})


def body_of_document(passage: Passage, sentence: Sentence, word: str) -> Referent | None:
    """Whom `word` means in a document: the last body before that is called so.

    "The Mapalo Trust lost its grant. ... In June the trust appealed". Of words for any body ("the
    charity"), the one that is named most.
    """
    if not passage.is_document:
        return None
    named = passage.once("bodies", lambda: _bodies(passage))
    alike = [who for start, who in named
             if start < sentence.start and is_called(who.code, word)]  # fmt: skip
    if alike:
        return alike[-1]
    if word not in GRAMMAR["any_body"]:
        return None
    likely = Counter(who.code for _, who in named if who.kind in ("agency", "organisation"))
    ((code, times), *_) = likely.most_common(1) or [(None, 0)]
    return next((who for _, who in named if who.code == code), None) if times >= OFTEN else None


def _bodies(passage: Passage) -> list[tuple[int, Referent]]:
    """The bodies that the sentences name that are read for whom a document is about."""
    return [
        (sentence.start, who)
        for sentence in sorted(read_for(passage), key=lambda one: one.start)
        for who in referents(sentence)
        if who.code and who.kind in _KINDS
    ]
