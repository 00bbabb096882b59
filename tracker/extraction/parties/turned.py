"""Verbs that what follows turns into others: who "receives a request" is asked to give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.extraction.parties.acts import GRAMMAR
from tracker.extraction.parties.frames import Frame
from tracker.extraction.parties.referent import Referent
from tracker.extraction.parties.role import Role, giving
from tracker.extraction.text.context import AMOUNT
from tracker.extraction.text.names import COUNTRY_KINDS

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


def tellers(words: Sequence[str], acts: Sequence[Frame]) -> Iterator[Role]:
    """Who tells of what another gives, and so is likely to get it.

    "Chad announced that Norway had approved a loan of $5m".
    """
    for number, told in enumerate(acts):
        who = told.subject
        if (
            who is None or told.passive or who.kind not in COUNTRY_KINDS or giving(who) >= 2
            or not (told.act == "says" or words[told.verb] in GRAMMAR["announces"])
        ):  # fmt: skip
            continue
        behind = acts[number + 1 : number + 2]
        for act in behind:
            if act.act == "gives" and not act.passive and act.subject is not None and (
                _opens_what_is_told(words, told.verb, act.subject)
                and giving(act.subject) >= 2 and act.subject.codes not in ((), who.codes)
            ):  # fmt: skip
                yield Role("recipient", 0.45, who, "party-told", act.verb, act.verb)


def _opens_what_is_told(words: Sequence[str], verb: int, who: Referent) -> bool:
    between = [word for word in words[verb + 1 : who.first] if word != "the"]
    return who.first > verb and between in ([], ["that"])
