"""Amounts that borrow their currency from the one before them: "33 billion of the €50 billion"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

import regex

from tracker.extraction.amounts.numbers import Number
from tracker.extraction.amounts.reading import Amount
from tracker.extraction.words import WORDS, Span, load_rules
from tracker.schema import Evidence

_RULES = load_rules("en")["elision"]
FOLLOWS = rf"^(?:\"|\s*(?:$|[.;:,)!?”]|(?:{'|'.join(_RULES['follows'])})\b|\n|[—–]))"
"""What may stand behind an amount without a currency; a pattern that RE2 reads too."""
_FOLLOWS = regex.compile(FOLLOWS.removeprefix("^"), regex.I)
_COUNTED = regex.compile(
    rf"\b(?:{'|'.join(w for w in _RULES['counted'] if w not in _RULES['measures'])})\b", regex.I
)
_PAID_BEFORE = regex.compile(
    rf"\b(?:{'|'.join(_RULES['paid'])})\s+(?:(?:some|about|another|over|only|just|up to)\s+)?\Z",
    regex.I,
)
_PAID_BEHIND = regex.compile(rf"\s+(?:{'|'.join(_RULES['paid_behind'])})\b", regex.I)
_PEOPLE_BEFORE = regex.compile(
    rf"\b(?:{'|'.join(_RULES['for_people'])})\s+(?:[a-z]+\s+){{0,2}}\Z", regex.I
)
"""Verbs whose object is people: "reaches 3 million", "feeding another 2 million"."""
_SHORT = regex.compile(r"(?<=\d)(?!mln|mio)[a-zA-Z]{1,2}\Z")
_LARGE = regex.compile(r"bn|tn|trn")
_LARGE_NAMED = regex.compile(r"\d\s?(?:bn|tn|trn|m|mn)\s+\p{L}")
"""An amount with an abbreviation and the name of its currency behind: later ones leave it out."""
_ITEM_BEFORE = regex.compile(
    r"(?:[,;(]|\b(?:and|or|but|only|just|against|from|another|about|plus|was))\s*\Z", regex.I
)
_LIST = regex.compile(r"\s*(?:and|or|to|,|and\s+then|(?:out\s+)?of\s+(?:the|its|a))\s*", regex.I)
_RESPECTIVELY = regex.compile(r",?\s+respectively\b", regex.I)
_RESPECTIVELY_REACH = 20
"""Code points in which it stands: without an end `regex` looks for it through the whole text."""
_SMALL = 1000
"""From here on a number has no magnitude left out."""
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
        if kept and _is_rest(text, kept[-1], amount):
            _add_rest(kept[-1], amount)
            continue
        if amount.family is None and following and _is_compound(text, amount, following[0]):
            _add_up(amount, following[0])
            continue
        if amount.family is None:
            previous = kept[-1] if kept else None
            if previous is None or amount.start - previous.end > _ELISION_REACH:
                if not (following and _LIST.fullmatch(text[amount.end : following[0].start])):
                    continue
                previous = following[0]
            between = text[min(previous.end, amount.start) : amount.start]
            if (
                "\n\n" in between
                or not _FOLLOWS.match(text, amount.end)
                or _is_counted(text, amount)
                or not _same_abbreviation(text, kept, previous, amount)
                or previous.family is None
                or amount.maximum < 1000
            ):
                continue
            amount.family, amount.currency = previous.family, previous.currency
            amount.evidence.append(
                Evidence("currency", "currency-elided", previous.start, previous.end)
            )
        kept.append(amount)
        if _RESPECTIVELY.match(text, amount.end, amount.end + _RESPECTIVELY_REACH):
            _share_magnitude(text, kept)
    return kept


def _is_counted(text: str, amount: Amount) -> bool:
    """Whether people or things near an amount without a currency are what it counts."""
    start = max(0, amount.start - 40)
    start += max(text[start : amount.start].rfind(mark) for mark in ",;.") + 1
    before = text, start, amount.start
    if _PAID_BEFORE.search(*before) or _PAID_BEHIND.match(text, amount.end):
        return False
    behind = text[amount.end : amount.end + 40]
    behind = behind[: next((n for n, mark in enumerate(behind) if mark in ",;."), len(behind))]
    return bool(
        _COUNTED.search(*before) or _PEOPLE_BEFORE.search(*before) or _COUNTED.search(behind)
    )


_LONE_ENDINGS = tuple(word.rsplit(maxsplit=1)[-1] for word in WORDS.magnitudes)
_LONE = regex.compile(r"\d[\d.,\s]*[-‑–a-z]+")
_LONGEST_LIST = 16
"""Code points between two items of a list ("3 and 5 billion dollars"), at most."""


def worth_reading(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """The places of `spans` but those that `settle_elided` would drop whatever they say.

    "3.2 million people" far behind the last amount of money is none; most texts have many such.
    """
    last = -_ELISION_REACH - _LONGEST_LIST
    for (start, end), (following, _) in pairwise(chain(spans, [(len(text), len(text))])):
        written = text[start:end]
        alone = bool(_LONE.fullmatch(written)) and written.endswith(_LONE_ENDINGS)
        far = start - last > _ELISION_REACH + _LONGEST_LIST
        if not (alone and far and following - end > _LONGEST_LIST):
            yield start, end
            last = end


def _is_compound(text: str, amount: Amount, smaller: Amount) -> bool:
    """ "1 million 250 thousand dollars" is one amount."""
    between = text[amount.end : smaller.start]
    return between.isspace() and smaller.upper_magnitude < amount.upper_magnitude


def _add_up(amount: Amount, smaller: Amount) -> None:
    """Make `smaller` the whole of which `amount` says the greater part."""
    total = (amount.maximum + smaller.maximum) / smaller.upper_magnitude
    smaller.start = amount.start
    smaller.lower = smaller.upper = Number(total, smaller.upper.decimals)


def _is_rest(text: str, amount: Amount, smaller: Amount) -> bool:
    """ "$1 million 200 thousand" is one amount: of two numbers side by side the second adds up."""
    between = text[amount.end : smaller.start]
    return (
        amount.family is not None
        and smaller.family is None
        and between.isspace()
        and "\n" not in between
        and smaller.maximum < amount.upper_magnitude
        and bool(_FOLLOWS.match(text, smaller.end))
    )


def _add_rest(amount: Amount, smaller: Amount) -> None:
    """Add to `amount` the smaller part that stands behind it."""
    total = (amount.maximum + smaller.maximum) / smaller.upper_magnitude
    amount.end = smaller.end
    amount.lower = amount.upper = Number(total, smaller.upper.decimals)
    amount.lower_magnitude = amount.upper_magnitude = smaller.upper_magnitude


def _same_abbreviation(text: str, kept: Sequence[Amount], previous: Amount, amount: Amount) -> bool:
    """Whether "4.2bn" follows an amount with the same abbreviation, as an item of a list does.

    True for what is no short abbreviation: "4.2 billion".
    """
    short = _SHORT.search(text, amount.start, amount.end)
    if not short:
        return True
    before = text[previous.start : previous.end]
    if _LARGE.fullmatch(short.group()):
        whole = next((a for a in reversed(kept) if not _is_elided(a)), previous)
        if _LARGE_NAMED.search(text, whole.start, whole.end):
            return True  # "35bn kroner ... to 85bn ... from 20bn"
    return bool(regex.search(rf"\d\s?{short.group()}\b", before)) and bool(
        _ITEM_BEFORE.search(text, max(0, amount.start - 20), amount.start)
    )


def _is_elided(amount: Amount) -> bool:
    return any(one.rule == "currency-elided" for one in amount.evidence)


def _share_magnitude(text: str, amounts: list[Amount]) -> None:
    """Give the items of "$10, $8 and $3 million respectively" the magnitude of the last."""
    last = amounts[-1]
    for amount, following in zip(amounts[-2::-1], amounts[:0:-1], strict=False):
        between = text[amount.end : following.start].strip().lower()
        if between not in (",", "and", ", and") or amount.family != last.family:
            return
        if amount.upper_magnitude != 1 or amount.maximum >= _SMALL:
            return
        amount.lower_magnitude = amount.upper_magnitude = last.upper_magnitude
