"""Amounts that borrow their currency from the one before them: "33 billion of the €50 billion"."""

from __future__ import annotations

import regex

from tracker.extraction.numbers import Number
from tracker.extraction.reading import Amount
from tracker.extraction.words import WORDS, Span, load_rules
from tracker.schema import Evidence

_RULES = load_rules("en")["elision"]
FOLLOWS = rf"^\s*(?:$|[.;:,)!?”\"]|(?:{'|'.join(_RULES['follows'])})\b|\n|[—–])"
"""What may stand behind an amount without a currency; a pattern that RE2 reads too."""
_FOLLOWS = regex.compile(FOLLOWS.removeprefix("^"), regex.I)
_COUNTED = regex.compile(rf"\b(?:{'|'.join(_RULES['counted'])})\b", regex.I)
_ELISION_REACH = 250
"""How many characters back an amount without a currency may take one from (about two sentences)."""


def settle_elided(amounts: list[Amount], text: str) -> list[Amount]:
    """Give amounts without a currency that of the amount before them, or drop them.

    "1.3 million" alone is rarely money: it counts when an amount of money stands shortly before
    it and what follows is no counted noun ("people", "tonnes").
    """
    kept: list[Amount] = []
    for index, amount in enumerate(amounts):
        following = amounts[index + 1 : index + 2]
        if amount.family is None and following and _is_compound(text, amount, following[0]):
            _add_up(amount, following[0])
            continue
        if amount.family is None:
            previous = kept[-1] if kept else None
            if previous is None or amount.start - previous.end > _ELISION_REACH:
                if not (following and _is_list(text[amount.end : following[0].start])):
                    continue
                previous = following[0]
            between = text[min(previous.end, amount.start) : amount.start]
            around = text[max(0, amount.start - 40) : amount.end + 40]
            if (
                "\n\n" in between
                or not _FOLLOWS.match(text, amount.end)
                or _COUNTED.search(around)
                or previous.family is None
                or amount.maximum < 1000
            ):
                continue
            amount.family, amount.currency = previous.family, previous.currency
            amount.evidence.append(
                Evidence("currency", "currency-elided", previous.start, previous.end)
            )
        kept.append(amount)
    return kept


_LONE_ENDINGS = tuple(word.rsplit(maxsplit=1)[-1] for word in WORDS.magnitudes)
_LONGEST_LIST = 12
"""Code points between two items of a list ("3 and 5 billion dollars"), at most."""


def worth_reading(text: str, spans: list[Span]) -> list[Span]:
    """The places of `spans` but those that `settle_elided` would drop whatever they say.

    "3.2 million people" far behind the last amount of money is none; most texts have many such.
    """
    kept: list[Span] = []
    last = -_ELISION_REACH - _LONGEST_LIST
    for index, (start, end) in enumerate(spans):
        written = text[start:end]
        alone = written[0].isdigit() and written.islower() and written.endswith(_LONE_ENDINGS)
        if alone and start - last > _ELISION_REACH + _LONGEST_LIST:
            following = spans[index + 1][0] if index + 1 < len(spans) else len(text)
            if following - end > _LONGEST_LIST:
                continue
        kept.append((start, end))
        last = end
    return kept


def _is_compound(text: str, amount: Amount, smaller: Amount) -> bool:
    """ "1 million 250 thousand dollars" is one amount."""
    between = text[amount.end : smaller.start]
    return between.isspace() and smaller.upper_magnitude < amount.upper_magnitude


def _add_up(amount: Amount, smaller: Amount) -> None:
    """Make `smaller` the whole of which `amount` says the greater part."""
    total = (amount.maximum + smaller.maximum) / smaller.upper_magnitude
    smaller.start = amount.start
    smaller.lower = smaller.upper = Number(total, smaller.upper.decimals)


def _is_list(between: str) -> bool:
    return between.strip().lower() in ("and", "or", "to", ",", "and then")
