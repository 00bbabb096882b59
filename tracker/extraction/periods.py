"""The words of the period beside an amount, and its first and last day where they can be told."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import NamedTuple

import regex

from tracker.extraction.text.sentence import Sentence
from tracker.extraction.words import Span, load_rules

_RULES = load_rules("en")["periods"]
_MONTHS = {month.lower(): n for n, month in enumerate(_RULES["months"], 1)}
_MONTHS |= {month[:length].lower(): n for month, n in list(_MONTHS.items()) for length in (3, 4)}
_MONTH = rf"(?:{'|'.join(_RULES['months'])}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
_FISCAL = r"(?:fiscal|financial|budget)\s+year"
_YEAR = r"(?:19|20)\d{2}(?!\d)"
_COUNT = rf"(?:\d{{1,2}}|{'|'.join(_RULES['counts'])})"


class Period(NamedTuple):
    """A period as written, with the days that it runs from and to where they can be told."""

    words: str
    start: dt.date | None
    end: dt.date | None
    rule: str
    offset: int


_EDGE = r"(?:the\s+(?:start|beginning|end)\s+of\s+)?"
_LENGTH = rf"(?:(?:next|past|last|coming|following|first)\s+)?{_COUNT}\s+"
_PATTERN = regex.compile(
    rf"""\b(?:
      (?P<since>since) \s+ {_EDGE} (?:\d{{1,2}}\s+)? (?P<m1>{_MONTH})? \s*
        (?:\d{{1,2}},\s+)? (?P<y1>{_YEAR})
    | since \s+ (?:the\s+)? (?:start|beginning|outbreak|onset)\s+of\s+(?:the\s+|its\s+)?
        (?:full-scale\s+)? (?:{"|".join(_RULES["events"])}|year|month|decade)
    | (?:in|for|during|of) \s+ (?:the\s+)? (?:(?P<nth>first|second|third|fourth|last)\s+quarter\s+of
        |Q(?P<q>[1-4])(?:\s+of)?) \s+ (?P<yq>{_YEAR})
    | (?:in|for|during|of|over) \s+ (?:the\s+)? {_YEAR} (?:\s*[/–-]\s*(?:\d{{4}}|\d{{2}}))?
        \s+ {_FISCAL}
    | (?:in|for|during) \s+ (?:the\s+)? {_YEAR} / \d{{2,4}}
    | (?:in|for|during|over) \s+ the \s+ year \s+ (?:to|ending|ended) \s+ (?:in\s+)?
        (?:\d{{1,2}}\s+)? {_MONTH} \s+ {_YEAR}
    | since \s+ {_MONTH}
    | (?:in|for|during|of|under) \s+ (?:the\s+)?
        (?:fiscal(?:\s+year)?|financial\s+year|FY) \s* {_YEAR} (?:[/–-]\d{{2,4}})?
    | (?:(?:in|for|during)\s+)? FY\s? (?:{_YEAR}|\d{{2}}) (?:[/–-]\d{{2,4}})?
    | (?:(?:(?:for|in|over|during)\s+the\s+period(?:\s+from)?|from|between|over|for|in|during)\s+)?
        (?P<from>{_YEAR})
        \s* (?:[-–]|to|and|through|until) \s* (?P<until>{_YEAR}|\d{{2}}(?!\d))
    | (?P<by>by|until|through|till) \s+ {_EDGE} (?:(?P<m2>{_MONTH})\s+)? (?P<y2>{_YEAR})
    | (?:over|for|across|during|in|within) \s+ (?:the\s+)? {_LENGTH}
        (?:years?|months?|weeks?|decades?)
    | (?:over|for|across|during|in|within) \s+ (?:the\s+(?:past|last|next|coming)|a) \s+ decade
    | (?:over|for|across|during|in|within) \s+ (?:a|the) \s+ {_COUNT}-(?:year|month|week)
        (?:\s+(?:period|term|span))?
    | (?:this|last|next|in\s+the\s+(?:current|past|coming))
        \s+ (?:fiscal\s+year|financial\s+year|year|month|quarter|week)
    | (?:in|during|for|of) \s+ (?:(?P<m3>{_MONTH})\s+)? (?P<y3>{_YEAR})
    | (?:in|during) \s+ {_MONTH} (?!\s*\d)
    | (?:between|from) \s+ {_MONTH} \s+ (?:and|to|until) \s+ {_MONTH} (?:\s+{_YEAR})?
    )""",
    regex.VERBOSE | regex.IGNORECASE,
)


_HAS_YEAR = regex.compile(r"(?i)\d{4}|\bfy").search
_TIMES = frozenset({"fy", "decade", "decades", "period", *_RULES["events"], *_MONTHS})
_TIMES |= {unit + s for unit in ("year", "quarter", "month", "week") for s in ("", "s")}


def _matches(text: str, sentence: Sentence) -> list[regex.Match[str]]:
    # The pattern is dear, and no period is without a year or a word of time.
    if _TIMES.isdisjoint(sentence.words) and not _HAS_YEAR(text, sentence.start, sentence.end):
        return []
    return list(_PATTERN.finditer(text, sentence.start, sentence.end))


def find_period(
    text: str, sentence: Sentence, start: int, end: int, others: list[Span]
) -> Period | None:
    """The period that the sentence gives for the amount `text[start:end]`.

    `others` are the spans of the sentence's other amounts: a period belongs to the nearest
    amount before it, or, at the head of the sentence, to all.
    """
    best: tuple[int, Period] | None = None
    for match in sentence.once("periods", lambda: _matches(text, sentence)):
        if match.start() < end and start < match.end():
            continue
        between = (end, match.start()) if match.start() >= end else (match.end(), start)
        crossed = sum(between[0] <= s < between[1] for s, _ in others)
        opening = match.start() - sentence.start <= 3
        if crossed and not opening:
            continue
        if match.start() > end + 1 and any(
            match.end() <= s and not text[match.end() : s].strip() for s, _ in others
        ):
            continue  # "In 2023 it gave €3m, and in 2024 €4m": it opens what is said of the next
        broken = ";" in text[slice(*between)]
        if broken or (match.end() <= start and others and not opening and crossed):
            continue
        distance = between[1] - between[0] + (20 if match.end() <= start else 0)
        if best is None or distance < best[0]:
            best = (distance, _read(match))
    return best[1] if best else None


def _read(match: regex.Match[str]) -> Period:
    """Days of a period found; None where the words do not tell them."""
    words, offset = match.group().strip(), match.start() + _indent(match)
    if match["since"]:
        return Period(words, _first(match["y1"], match["m1"]), None, "period-since", offset)
    if match["from"]:
        until = match["until"]
        last = int(until if len(until) == 4 else match["from"][:2] + until)
        first = int(match["from"])
        if last >= first:
            return Period(
                words, dt.date(first, 1, 1), dt.date(last, 12, 31), "period-years", offset
            )
    if match["by"]:
        return Period(words, None, _last(match["y2"], match["m2"]), "period-by", offset)
    if match["y3"]:
        first_day = _first(match["y3"], match["m3"])
        return Period(words, first_day, _last(match["y3"], match["m3"]), "period-in", offset)
    if match["yq"]:
        quarter = int(match["q"] or _ORDINALS[match["nth"].lower()])
        year = int(match["yq"])
        last = calendar.monthrange(year, 3 * quarter)[1]
        return Period(words, dt.date(year, 3 * quarter - 2, 1), dt.date(year, 3 * quarter, last),
                      "period-quarter", offset)  # fmt: skip
    # Fiscal years begin in different months, and "this year" needs the date of the text.
    return Period(words, None, None, "period-as-written", offset)


def _indent(match: regex.Match[str]) -> int:
    return len(match.group()) - len(match.group().lstrip())


def _first(year: str, month: str | None) -> dt.date:
    return dt.date(int(year), _MONTHS[month.lower().rstrip(".")] if month else 1, 1)


def _last(year: str, month: str | None) -> dt.date:
    number = _MONTHS[month.lower().rstrip(".")] if month else 12
    return dt.date(int(year), number, calendar.monthrange(int(year), number)[1])
