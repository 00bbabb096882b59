"""What a sentence asks: its amounts with their tags, or bare numbers."""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.extraction import extract
from tracker.schema import Mention

MAX_CHARACTERS = 5_000
"""The longest question that is read, in code points."""
_BARE = re.compile(
    r"(?<![\w.,])\d[\d.,]*(?:\s?(?:trillion|billion|million|thousand|tn|bn|mn|m|k)\b)?",
    re.IGNORECASE,
)
_SCALED = re.compile(r"[a-z]$|\d[.,]\d{3}|\d{5}", re.IGNORECASE)
"""A number without a magnitude word has thousands, else it is taken for a year or a count."""


class Asked(NamedTuple):
    """One amount that is asked about; None is what the sentence does not say."""

    quote: str
    amount_min: float
    amount_max: float
    low: float
    high: float
    currency: str | None
    qualifier: str
    per: str | None
    status: str | None
    hold: str | None
    cumulative: bool
    aid_type: str | None
    donor: str | None
    recipient: str | None

    @property
    def says_meaning(self) -> bool:
        """Whether anything but an amount is said."""
        return any((self.status, self.hold, self.donor, self.recipient, self.aid_type, self.per))


def read_question(sentence: str) -> list[Asked]:
    """The amounts that a sentence asks about, in its order.

    Where no amount of money stands in it, bare numbers are taken, of any currency. Raises
    ValueError, one line, for an empty or too long sentence and for one without any amount.
    """
    text = " ".join(sentence.split())
    if not text:
        raise ValueError("nothing is asked: give a sentence or an amount")
    if len(text) > MAX_CHARACTERS:
        raise ValueError(f"the question is longer than {MAX_CHARACTERS:,} characters")
    asked = [_of(mention) for mention in extract(text)]
    if not asked:
        asked = [
            _of(mention)._replace(quote=bare.group(), currency=None)
            for bare in _BARE.finditer(text)
            if _SCALED.search(bare.group()) or bare.group() == text
            for mention in extract(f"USD {bare.group().rstrip('.,')}")[:1]
        ]
    if not asked:
        raise ValueError(f"no amount of money is in the question: {text[:80]!r}")
    return asked


def _of(mention: Mention) -> Asked:
    said = mention.status not in ("unspecified", "other")
    return Asked(
        mention.quote, mention.amount_min, mention.amount_max, mention.low, mention.high,
        mention.currency, mention.qualifier, mention.per, mention.status if said else None,
        mention.hold, mention.cumulative, mention.aid_type, mention.donor, mention.recipient,
    )  # fmt: skip
