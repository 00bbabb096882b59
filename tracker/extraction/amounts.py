"""Amounts of money in a text: what the grammar finds, read and checked.

`find_amounts` gives every amount in reading order, with its bounds in whole currency units, its
currency and the rules that decided; hedges, rates and periods are read by `hedges.py` and
`periods.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from operator import itemgetter

import regex

from tracker.extraction import currencies, numbers
from tracker.extraction.grammar import PATTERN
from tracker.extraction.numbers import Number
from tracker.extraction.words import load_rules, magnitude_of, split_fraction
from tracker.schema import Evidence

Part = tuple[str | None, str | None, str | None, str | None, str | None]
"""What the grammar gives of one number: before, digits, words, magnitude, behind."""


@dataclass(slots=True)
class Amount:
    """One amount as read from the text; bounds in whole currency units."""

    start: int
    end: int
    lower: Number
    upper: Number
    lower_magnitude: Decimal
    upper_magnitude: Decimal
    family: str | None
    """Currency code or family; None while it is elided."""
    currency: str = ""
    qualifier: str = "exact"
    per: str | None = None
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def minimum(self) -> Decimal:
        """The lower bound in currency units."""
        return self.lower.value * self.lower_magnitude

    @property
    def maximum(self) -> Decimal:
        """The upper bound in currency units; equal to the lower one unless a range."""
        return self.upper.value * self.upper_magnitude

    def interval(self) -> tuple[float, float]:
        """`low` and `high` by docs/DESIGN.md, rule 4: a range is its bounds."""
        if self.minimum != self.maximum:
            return float(self.minimum), float(self.maximum)
        low, high = numbers.interval(self.upper, self.upper_magnitude, self.qualifier)
        return float(low), float(high)


_RULES = load_rules("en")["elision"]
_CHANGE = regex.compile(rf"\b(?:{'|'.join(_RULES['change'])})\b[^.;]{{0,80}}?\bfrom\s+$", regex.I)
_FOLLOWS = regex.compile(
    rf"\s*(?:$|[.;:,)!?”\"]|(?:{'|'.join(_RULES['follows'])})\b|\n|[—–])", regex.I
)
_COUNTED = regex.compile(rf"\b(?:{'|'.join(_RULES['counted'])})\b", regex.I)
_WEIGHED = regex.compile(rf"\s+of\s+(?!(?:{'|'.join(_RULES['of_money'])})\b)", regex.I)
_CODE_WORDS = "awk bash echo Perl print sed shell arguments? parameters? variables?".split(" ")
_CODE_BEFORE = regex.compile(rf"[{{`^\\=]\s?$|\b(?:{'|'.join(_CODE_WORDS)})\b")
_CODE_AFTER = regex.compile(r"[}`^\\]|'\s*[)}]")
_SHORT = 2
"""Abbreviations of so few letters ("m", "bn") count only beside a currency."""
_ELISION_REACH = 250
"""How many characters back an amount without a currency may take one from (about two sentences)."""


def find_amounts(
    text: str,
    countries_near: Callable[[int], list[str]],
    country: str | None = None,
    found: Iterable[regex.Match[str]] | None = None,
    limit: int | None = None,
) -> list[Amount]:
    """Every amount of money in `text`, in reading order.

    `countries_near(offset)` gives the ISO codes of the countries named in the text, nearest
    first; it is asked only where a currency name needs it. `country` is the reader's hint;
    `found` are the matches of the grammar where somebody has looked for them already. After
    `limit` amounts it stops.
    """
    amounts: list[Amount] = []
    for match in PATTERN.finditer(text) if found is None else found:
        amounts.extend(_read(match, text))
        if limit and len(amounts) >= limit:
            break
    kept = _settle_elided(amounts, text)
    _settle_currencies(kept, text, countries_near, country)
    return kept


_GROUPS = {name: index - 1 for name, index in PATTERN.groupindex.items()}
_NAMES = ("before", "digits", "words", "magnitude", "behind")
_FIRST = itemgetter(*(_GROUPS[f"{name}1"] for name in _NAMES))
_SECOND = itemgetter(*(_GROUPS[f"{name}2"] for name in _NAMES))


def _read(match: regex.Match[str], text: str) -> list[Amount]:
    """The one amount of a match, or the two of a change."""
    groups = match.groups()
    first: Part = _FIRST(groups)
    second: Part = _SECOND(groups)
    start, end = match.span()
    if not second[1] and not second[2]:
        return _one(first, first, (start, end), text)
    second_start = min(match.start(g) for g in ("before2", "digits2", "words2") if match[g])
    if match["between"]:
        start += len(match["between"])
    elif match["to"].strip().lower() == "to" and _CHANGE.search(text, max(0, start - 100), start):
        # "rose from 116 to 165 million": two amounts, the first borrows what it lacks.
        borrowed = (first[0] or second[0], first[1], first[2], first[3] or second[3],
                    first[4] or second[4])  # fmt: skip
        return [
            *_one(borrowed, borrowed, (start, match.start("to")), text),
            *_one(second, second, (second_start, end), text),
        ]
    # What is no range ("5 April-€7") may still hold an amount in its second half.
    return _one(first, second, (start, end), text) or _one(
        second, second, (second_start, end), text
    )


def _one(first: Part, second: Part, span: tuple[int, int], text: str) -> list[Amount]:
    """One amount from a number, or from the two of a range; none when it is no money."""
    written = second[4] or second[0] or first[0] or first[4]
    magnitude = second[3]
    if not written and len(magnitude or "") <= _SHORT:
        return []
    family = currencies.family_of(written) if written else None
    upper = _number(second, None if magnitude else family)
    if upper is None or not _is_money(written, second, upper, span, text):
        return []
    factor = magnitude_of(magnitude)
    lower: Number | None = upper
    lower_factor = factor
    if first is not second:
        lower_magnitude = first[3] or magnitude
        lower_factor = magnitude_of(lower_magnitude)
        lower = _number(
            (*first[:3], lower_magnitude, first[4]), None if lower_magnitude else family
        )
    if second[4] and second[4].lower().split()[-1] in currencies.HUNDREDTHS:
        lower_factor, factor = lower_factor / 100, factor / 100
    if lower is None or lower.value * lower_factor > upper.value * factor:
        return []
    return [Amount(*span, lower, upper, lower_factor, factor, family)]


def _number(part: Part, family: str | None) -> Number | None:
    _, digits, words, magnitude, _ = part
    if digits:
        return numbers.read_digits(digits, whole_currency=family in currencies.DOT_THOUSANDS)
    number = numbers.read_words(words or "")
    fraction = split_fraction(magnitude)[1] if magnitude else 0
    if number and fraction:  # "a billion and a half"
        return Number(number.value + fraction, 2)
    return number


def _is_money(
    written: str | None, part: Part, number: Number, span: tuple[int, int], text: str
) -> bool:
    """Whether a sign, code or name that has other meanings too stands for money here."""
    before, digits, words, magnitude, behind = part
    if not written:
        return True  # elided: the words before it decide
    year = (digits or "").isdigit() and 1900 <= number.value <= 2100
    big = bool(magnitude) or (number.value >= 1000 and not year)
    name = " ".join((behind or before or "").lower().split())
    if before in currencies.LETTERS:
        return bool(magnitude) or "," in (digits or "")
    if written.strip() in currencies.WORD_CODES or name in currencies.WORD_NAMES:
        if not big or (words and not magnitude):
            return False
        if not magnitude and "-" in text[slice(*span)]:
            return False  # "a 2,000-pound bomb"
        if name in ("pound", "pounds") and _WEIGHED.match(text, span[1]):
            return False
    if words in ("a", "an", "A", "An") and not magnitude:
        return False
    if before == "$" and not magnitude and (digits or "").isdigit():
        return not (_CODE_BEFORE.search(text, max(0, span[0] - 50), span[0])
                    or _CODE_AFTER.match(text, span[1]))  # fmt: skip
    return True


def _settle_elided(amounts: list[Amount], text: str) -> list[Amount]:
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


_DOLLARS = frozenset(currencies.FAMILIES["$"].values())


def _settle_currencies(
    amounts: list[Amount],
    text: str,
    countries_near: Callable[[int], list[str]],
    country: str | None,
) -> None:
    """Turn families of currencies into ISO codes by what the passage says."""
    other_dollars = frozenset(a.family for a in amounts if a.family in _DOLLARS)
    for previous, amount in zip([None, *amounts], amounts, strict=False):
        family = amount.family or "$"
        behind = None
        if family == "$" and text[amount.end : amount.end + 2].lstrip()[:1] == "(":
            behind = currencies.DOLLAR_BEHIND.match(text, amount.end)
        if behind:
            found = currencies.Currency(
                currencies.DOLLAR_ADJECTIVES[behind["adjective"]], "dollar-named-behind"
            )
        elif previous and family == "$" and is_equivalent(text, previous, amount):
            # "NZ$1 billion ($619 million)": the equivalent is in another currency.
            found = currencies.Currency("USD", "bare-dollar-equivalent")
        else:
            found = currencies.resolve(
                family,
                other_dollars=other_dollars,
                countries=lambda start=amount.start: countries_near(start),  # type: ignore[misc]
                country=country,
            )
        amount.currency = found.code
        amount.evidence.append(Evidence("currency", found.rule, amount.start, amount.end))


_EQUIVALENT = regex.compile(
    r"\s*(?:\((?:\s*(?:about|around|some|roughly|approximately|approx\.?|nearly|almost|close to|"
    r"just (?:over|under)|over|more than|less than|equivalent to|the equivalent of|equal to|or|"
    r"i\.e\.|ca\.|c\.|~|≈|=|worth|at the time|up to))*\s*"
    r"|,? (?:or|equivalent to|the equivalent of|equal to)(?: (?:about|around|some|roughly|nearly|"
    r"approximately|almost))? |\s*[/=≈]\s*)",
    regex.I,
)


_EQUIVALENT_REACH = 60
"""Code points that the longest hedge between two equivalents takes."""


def is_equivalent(text: str, previous: Amount, amount: Amount) -> bool:
    """Whether `amount` states the sum of `previous` in another currency ("(about $3 billion)")."""
    near = amount.start - previous.end <= _EQUIVALENT_REACH
    return near and bool(_EQUIVALENT.fullmatch(text, previous.end, amount.start))
