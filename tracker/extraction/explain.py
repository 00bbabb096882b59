"""Which cues were weighed for the status of each amount: what won, and what lost.

Made on demand: the extractor itself keeps the winner alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.decision import Decision
from tracker.extraction.reader import with_twins
from tracker.extraction.stages.status import decision_of, weighed
from tracker.extraction.text.context import Passage
from tracker.schema import Mention

RUNNERS_UP = 3
"""How many cues that lost are told."""


def runners_up(text: str, mentions: Sequence[Mention]) -> dict[str, list[Decision]]:
    """The cues of status and hold that lost, best first, by mention_id; all of one `text`."""
    ordered = sorted(mentions, key=lambda m: m.start)
    twins = [m.equivalent_of is not None for m in ordered]
    passage = Passage(text, with_twins(text, [(m.start, m.end) for m in ordered], twins))
    lost: dict[str, list[Decision]] = {}
    for number, mention in enumerate(ordered):
        sentence = passage.at(mention.start)
        position = next((p for p, n in sentence.amounts.items() if n == number), None)
        if position is None:
            continue
        won = {(e.rule, e.start) for e in mention.evidence}
        found = [decision_of(tie, "status") for tie in weighed(sentence, position)]
        lost[mention.mention_id] = [d for d in found if (d.rule, d.start) not in won][:RUNNERS_UP]
    return lost
