"""Roles of the other side of an accord: "a deal with Chad", "a loan with the IMF"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.extraction.parties.act_words import NOUNS
from tracker.extraction.parties.acts import GRAMMAR
from tracker.extraction.parties.referent import Referent
from tracker.extraction.parties.role import GRANTING, Role, giving, pair
from tracker.extraction.text.names import COUNTRY_KINDS


def with_somebody(
    words: Sequence[str], who: Referent, noun: str, before: int, signer: Referent | None
) -> Iterator[Role]:
    """Roles of a name behind "with": "a deal with Chad", "a loan with the IMF"."""
    if len(who.members) == 2:
        yield from pair(who, "party-accord", who.first, None)
    else:
        near = words[max(0, before - 4) : before]
        lends = noun in NOUNS["accord"] and not GRAMMAR["borrowed"].isdisjoint(near)
        if signer is not None and signer.kind == "agency" and signer.code not in GRANTING:
            lends = lends or giving(who) == 2  # "UNICEF signed a deal with Norway"
        elif signer is not None and giving(signer) == 2 and giving(who) == 3 and (
            NOUNS["lent"].isdisjoint(words[:before])
        ):  # fmt: skip
            yield Role("recipient", 0.5, who, "party-with", who.first)
            return  # "Denmark signed an accord with the UN's emergency fund"
        if lends and giving(who) == 1 and who.kind in COUNTRY_KINDS:
            # "Kenya signed a $5m loan agreement with Brazil"
            yield Role("donor", 0.4, who, "party-with", who.first)
            return
        lent = (giving(who) >= 2 or who.code in GRANTING) and (
            noun in NOUNS["lent"] | GRAMMAR["talks"]
            or lends
            or (noun == "signed" and NOUNS["lent"].intersection(words[:before]))
        )
        if lent and giving(who) == 3 and signer is not None and giving(signer) == 2:
            # "Poland signed a $5m loan with the EIB"
            yield Role("donor", 0.95, who, "party-with", who.first)
            yield Role("recipient", 0.85, signer, "party-subject-signs", signer.last)
            return
        side = "donor" if giving(who) == 3 or lent else "recipient"
        # "USAID was signing an agreement with Armenia"
        sure = (
            side == "recipient"
            and signer is not None
            and giving(signer) >= 2
            and noun in NOUNS["accord"]
        )
        yield Role(side, 0.7 if sure else 0.5, who, "party-with", who.first)
