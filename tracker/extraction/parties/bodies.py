"""Which organisation "the fund" or "the charity" means, where its paragraph names none."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from tracker.extraction.parties.about import OFTEN, opening, read_for
from tracker.extraction.parties.acts import GRAMMAR
from tracker.extraction.parties.pronouns import is_called
from tracker.extraction.parties.referent import Referent
from tracker.extraction.parties.referents import referents
from tracker.extraction.text.context import LONGEST_SENTENCE, Passage
from tracker.extraction.text.sentence import Sentence

_KINDS = frozenset({"agency", "organisation", "funder"})


def body_of_document(passage: Passage, sentence: Sentence, word: str) -> Referent | None:
    """Whom `word` means in a document: the last body before that is called so.

    "The Mapalo Trust lost its grant. ... In June the trust appealed". Words for any body ("the
    charity") mean the one at the top of the text, or the one that is named most.
    """
    if not passage.is_document:
        return None
    named = passage.once("bodies", lambda: _bodies(passage))
    alike = passage.once(
        f"bodies called {word}", lambda: [one for one in named if is_called(one[1].code, word)]
    )
    before = bisect_left(alike, sentence.start, key=lambda one: one[0])
    if before:
        return alike[before - 1][1]
    own = word in GRAMMAR["any_body"]
    return passage.once("its own", lambda: _own(passage, named)) if own else None


def writer_of(passage: Passage, sentence: Sentence, who: Referent) -> Referent | None:
    """Which organisation "we" means, outside quotations: "Denmark paid us $5m", UNHCR writes."""
    if not passage.is_document or _quoted(passage.text, sentence.starts[who.first]):
        return None
    named = passage.once("bodies", lambda: _bodies(passage))
    return passage.once("its own", lambda: _own(passage, named))


def _own(passage: Passage, named: Sequence[tuple[int, Referent]]) -> Referent | None:
    """The one that a text is about or speaks for: alone at its top, or named most."""
    bodies = [
        (start, who) for start, who in named
        # no letters alone: "BUDGET SPEECH", "10:00 CET"
        if who.kind == "agency" or (who.kind == "organisation" and " " in (who.code or ""))
    ]  # fmt: skip
    top = opening(passage)[-1].end
    first = {who.code: who for start, who in bodies if start < top}
    if len(first) == 1:
        return next(iter(first.values()))
    likely = Counter(who.code for _, who in bodies)
    ((code, times), *_) = likely.most_common(1) or [(None, 0)]
    return next((who for _, who in bodies if who.code == code), None) if times >= OFTEN else None


def _bodies(passage: Passage) -> list[tuple[int, Referent]]:
    """The bodies that the sentences name that are read for whom a document is about."""
    return [
        (sentence.start, who)
        for sentence in sorted(read_for(passage), key=lambda one: one.start)
        for who in referents(sentence)
        if who.code and who.kind in _KINDS
    ]


def _quoted(text: str, start: int) -> bool:
    """Whether a quotation is open at `start`, within its paragraph."""
    begin = max(start - LONGEST_SENTENCE, 0)
    begin = max(text.rfind("\n\n", begin, start), begin)
    opened = text.count("“", begin, start) - text.count("”", begin, start)
    return opened > 0 or text.count('"', begin, start) % 2 == 1
