"""Verbs that what follows turns into others: who "receives a request" is asked to give."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.parties.acts import GRAMMAR
from tracker.extraction.parties.frames import Frame
from tracker.extraction.parties.role import giving
from tracker.extraction.text.sentence import AMOUNT

REQUEST = 4
"""How many words behind a verb the request may stand that somebody receives."""


def turned(words: Sequence[str], frame: Frame) -> Frame:
    """The frame of a verb with what it does where it stands."""
    ahead = words[frame.verb + 1 : frame.verb + 6]
    if words[frame.verb] in GRAMMAR["faces"] and not GRAMMAR["faced"].isdisjoint(ahead):
        return frame._replace(object=frame.subject, subject=None, act="asks")
    if frame.act == "receives" and not frame.passive and _has_request(words, frame.verb):
        # "Oslo received a request from Chad for $5m"
        return frame._replace(object=frame.subject, subject=None, act="asks")
    if frame.act == "owes":
        owed = frame.subject and frame.object and giving(frame.subject) >= 2
        return frame._replace(act="gives" if owed else "needs")  # "Washington owes the fund $5m"
    return frame


def _has_request(words: Sequence[str], verb: int) -> bool:
    """Whether what somebody receives is a request: "got a fresh plea from Chad"."""
    near = words[verb + 1 : verb + 1 + REQUEST]
    place = next((n for n, word in enumerate(near) if word in GRAMMAR["requests_sent"]), None)
    behind = words[verb + 2 + place : verb + 3 + place] if place is not None else []
    return AMOUNT not in near[:place] and behind in (["from"], ["by"], ["for"])
