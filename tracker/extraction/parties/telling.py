"""Who tells of money: most of those who say something give or get none of it, some do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.extraction.parties.acts import GRAMMAR
from tracker.extraction.parties.frames import Frame
from tracker.extraction.parties.referent import Referent
from tracker.extraction.parties.role import Role, giving
from tracker.extraction.text.names import COUNTRY_KINDS
from tracker.extraction.text.sentence import AMOUNT


def says(words: Sequence[str], frame: Frame, who: Referent) -> Iterator[Role]:
    """What who says something is by what is said."""
    verb = frame.verb
    if who.kind in ("agency", "funder") and _hears_of_pledges(words, verb):
        yield Role("recipient", 0.6, who, "party-subject-receives", verb)
    elif giving(who) >= 2 and _told_behind(words, frame, who):
        yield Role("donor", 0.35, who, "party-tells", verb)
    elif who.kind in COUNTRY_KINDS and _tells_of_giving(words, verb):
        yield Role("donor", 0.5, who, "party-tells", verb)


def _hears_of_pledges(words: Sequence[str], verb: int) -> bool:
    """Whether a body tells what donors promised it: "The Global Fund said donors had pledged"."""
    near = words[verb + 1 : verb + 7]
    return not GRAMMAR["give_together"].isdisjoint(near[:3]) and (
        not {"pledged", "promised"}.isdisjoint(near)
    )


def _told_behind(words: Sequence[str], frame: Frame, who: Referent) -> bool:
    """Whether a country tells of what others will have: "Fiji will get $5m, Canberra says"."""
    start = who.first - (who.first > 0 and words[who.first - 1] == "the")
    return (
        who.kind in COUNTRY_KINDS
        and words[start - 1 : start] == [","]
        and words[frame.verb + 1 : frame.verb + 2] in ([","], ["."])
        and not GRAMMAR["gotten"].isdisjoint(words[:start])
        and AMOUNT in words[:start]
    )


def _tells_of_giving(words: Sequence[str], verb: int) -> bool:
    """Whether somebody says where its money goes: "Iraq said that $5m would go to Lebanon"."""
    start = verb + 1 + 2 * (words[verb + 1 : verb + 2] == ["on"])  # "said on Monday that"
    ahead = words[start : start + 3]
    place = start + ahead.index(AMOUNT) if AMOUNT in ahead else len(words)
    if words[place + 1 : place + 2] in (["for"], ["to"], ["in"]):
        place += 1 + words[place + 2 : place + 3].count("the")
        place += next((n for n in (1, 2) if words[place + n + 1 :][:1] in (["would"], ["will"])), 0)
    return words[place + 1 : place + 2] in (["would"], ["will"]) and (
        not GRAMMAR["goes"].isdisjoint(words[place + 2 : place + 4])
    )


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
