"""The best role of each side for an amount, so that nobody has both but at home."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.parties.role import ASSESSORS, GRANTING, Role, giving
from tracker.extraction.parties.weighing import Weighed
from tracker.extraction.text.names import COUNTRY_KINDS

LENDS = 0.3
"""How much who lends must count to be taken for the giver instead of who borrows."""
NEAR = 0.35
"""How much who borrows must count: of the same clause."""
AT_HOME = frozenset({"party-in", "party-for", "party-to", "party-whose-need", "party-list",
                      "party-subject-receives", "party-subject-asks", "party-object"})  # fmt: skip
_BORROWS = frozenset({"party-subject-gives", "party-subject-signs", "party-whose-aid",
                      "party-owner"})  # fmt: skip
_FOR_WHOM = frozenset({"party-for", "party-in", "party-to"})
_HELPED = frozenset({"party-for", "party-object", "party-to", "party-whose-need"})


def asked_for(best: Weighed) -> tuple[str, ...]:
    """Whom a role means; of the UN and a country that appeal together the country."""
    alone = tuple(code for code in best.codes if code not in ASSESSORS)
    together = len(best.codes) == 2 and best.role.rule == "party-subject-asks"
    return alone if together and len(alone) == 1 else best.codes


def best_of_each(
    weighed: dict[str, list[Weighed]], needed: bool, words: Sequence[str]
) -> dict[str, Weighed | None]:
    """The best of each role, so that nobody has both but at home."""
    giver = next(iter(weighed["donor"]), None)
    taker = next(iter(weighed["recipient"]), None)
    if taker and taker.role.rule == "party-subject-raises":
        taker = _raised_for(taker, weighed["recipient"], words)
    hands = giver and taker and taker.role.rule == "party-object" and (
        taker.role.verb == giver.role.verb and taker.codes != giver.codes
    )  # fmt: skip
    if giver and giver.role.rule == "party-accord":
        helped, other = _helped(giver, weighed["recipient"])
        if helped and other:
            return {"donor": other, "recipient": helped}
    if giver and _borrows(giver) and not hands:  # but "Mexico gave Havana $5m"
        # "Lebanese MPs ratified a World Bank loan": a lender is the likelier giver.
        lender = next((w for w in weighed["donor"] if _lends(w) and w.score > LENDS), None)
        if lender:
            taker = taker if taker and taker.codes not in (lender.codes, ()) else giver
            giver = lender
    if giver and giver.codes and taker is None and (
        _lends(giver) or giver.role.rule == "party-from"
    ):  # fmt: skip
        # "Kyiv's parliament ratified a British loan": who borrows has it.
        taker = next((w for w in weighed["donor"] if w.codes and w.codes != giver.codes
                      and w.role.rule in _BORROWS and _spends(w.role, giver.role)
                      and giving(w.role.who) < giving(giver.role.who)
                      and w.score > NEAR), None)  # fmt: skip
    same = giver and taker and giver.codes and giver.codes == taker.codes
    if giver and taker and same and not _home(giver, taker):
        short = (
            needed and taker.role.rule == "party-subject-receives" and (giving(taker.role.who) < 2)
        )
        # "UNRWA is $5m short of what it takes to pay teachers"
        if taker.score > giver.score and (short or not needed):
            giver = next((w for w in weighed["donor"] if w.codes != taker.codes), None)
        else:
            first = giver
            taker = next(
                (w for w in weighed["recipient"] if w.codes != first.codes or _home(first, w)), None
            )
    if giver is None and taker and not needed:
        # "Kigali has been paid $5m under its deal with London"
        giver = next((w for w in weighed["recipient"] if w.role.rule == "party-with"
                      and w.codes != taker.codes and giving(w.role.who) >= 2), None)  # fmt: skip
    return {"donor": giver, "recipient": taker}


def _spends(role: Role, giver: Role) -> bool:
    """Whether somebody may have what another gives: "UNRWA has used $5m from Oslo"."""
    agency = role.who.kind == "agency" and role.who.code not in GRANTING
    used = agency and role.rule == "party-subject-gives" and giver.rule == "party-from"
    return used or role.who.kind in COUNTRY_KINDS


def _borrows(giver: Weighed) -> bool:
    who = giver.role.who
    least = min(map(giving, who.members), default=giving(who))  # "Denmark, Norway and Sweden"
    return least < 2 and who.kind in COUNTRY_KINDS and giver.role.rule in _BORROWS


def _lends(giver: Weighed) -> bool:
    kind = giving(giver.role.who)
    return kind == 3 or (kind == 2 and giver.role.rule == "party-whose-aid")


def _home(giver: Weighed, taker: Weighed) -> bool:
    """Whether a giver's own country is meant as the receiver ("for Assam", "across the UK")."""
    asks = taker.role.rule == "party-subject-asks" and giving(taker.role.who) < 2
    if asks and giver.role.who.kind == "government":
        return True  # "Kenya's ministry asked parliament for $5m"
    return (
        taker.role.rule in AT_HOME
        and taker.role.who.kind in ("place", "demonym", "name")
        and giver.role.who.first != taker.role.who.first
    )


def _raised_for(raiser: Weighed, found: Sequence[Weighed], words: Sequence[str]) -> Weighed:
    """For whom somebody raises money: "the Red Cross raised $5m for survivors in Turkey"."""
    for one in found:
        between = words[raiser.role.anchor : one.role.anchor]
        if one.role.rule in _FOR_WHOM and len(one.codes) == 1 and one.score > NEAR and (
            "its" not in between  # "for its work in Yemen"
        ):  # fmt: skip
            return one
    return raiser


def _helped(giver: Weighed, found: Sequence[Weighed]) -> tuple[Weighed | None, Weighed | None]:
    """Which of two givers that sign together is helped, and the other.

    "Poland and America signed a loan to help Warsaw".
    """
    own = (w for w in found if w.codes == giver.codes and w.role.rule in _HELPED)
    helped = next((w for w in own if w.role.who.kind != "demonym"), None)
    signed = (w for w in found if w.role.rule == "party-accord" and w.codes != giver.codes)
    return helped, next((w for w in signed if giving(w.role.who) >= 2), None)
