"""The answer to a question: the figures in their bands with quotes and sources, never a verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from tracker.check.bands import BANDS, Comparer, Comparison, Found
from tracker.check.question import Asked, read_question
from tracker.documents import written
from tracker.figures import Book, words
from tracker.schema import AID_TYPE, HOLD, INSTRUMENT, STATUS
from tracker.store.frame import party_name

Row = dict[str, Any]

QUOTES = 2
"""Quotes shown of each figure: of the most precise mention, then of other voices."""
NOTE = "This is what the stored documents state. It does not say which of them is right."


@dataclass(frozen=True)
class Answer:
    """The answer for one amount of the question. `data` holds the same content as `text`."""

    sentence: str
    asked: Asked
    comparison: Comparison
    evidence: dict[str, list[Row]]
    """By figure_id: the mentions to quote."""
    figures: int
    """How many figures were compared."""

    def data(self) -> dict[str, Any]:
        """Plain data: what was asked, how it was read, and the bands with their figures."""
        return {
            "question": self.sentence,
            "amount": self.asked.quote,
            "read_as": self._read_as(),
            "summary": self.summary(),
            "bands": [
                {
                    "band": band,
                    "title": self._title(band),
                    "figures": [self._found(item) for item in items],
                    "more": self.comparison.more.get(band, 0),
                }
                for band in BANDS
                if (items := [item for item in self.comparison.found if item.band == band])
            ],
            "note": NOTE,
        }

    def summary(self) -> str:
        """In one sentence, how the amount stands to what is known."""
        found = self.comparison.found
        if not found:
            return f"Nothing comparable is stated in the {self.figures:,} figures known."
        first = found[0]
        row = first.figure
        if first.band == "same":
            meaning = " with this meaning" if self.asked.says_meaning else ""
            return f"This amount is stated{meaning}: {words.stage(row)}, {words.sources(row)[7:]}."
        none = "No document states this amount with this meaning"
        if first.band == "same_flow":
            return f"{none}; other amounts are stated for the same flow."
        if first.band in ("other_stage", "close"):
            return f"{none}. {BANDS[first.band]}: {words.amount(row)}, {self._differs(first)[0]}."
        return f"{none}. {BANDS[first.band]}: {words.figure(row)}."

    def _title(self, band: str) -> str:
        """The band's title; an amount alone asks for no meaning."""
        return BANDS[band] if band != "same" or self.asked.says_meaning else "Same amount"

    def _read_as(self) -> str:
        asked = self.asked
        row = asked._asdict() | {"currency": asked.currency or "(any currency)"}
        parts = [words.amount(row)]
        if asked.status or asked.hold:
            status = STATUS[asked.status].lower() if asked.status else "stage not said"
            parts.append(f"{status}, {HOLD[asked.hold].lower()}" if asked.hold else status)
        if asked.cumulative:
            parts.append("running total")
        if asked.aid_type:
            parts.append(AID_TYPE[asked.aid_type].lower())
        if asked.donor or asked.recipient:
            parts.append(words.flow(row))
        return "; ".join(parts)

    def _found(self, item: Found) -> dict[str, Any]:
        row = item.figure
        return {
            "figure_id": row["figure_id"],
            "amount": words.amount(row),
            "amount_min": row["amount_min"],
            "amount_max": row["amount_max"],
            "currency": row["currency"],
            "stage": words.stage(row),
            "flow": words.flow(row),
            "differs": self._differs(item),
            "converted": self._converted(item),
            "stated": words.sources(row),
            "quotes": [_quote(mention) for mention in self.evidence.get(row["figure_id"], [])],
        }

    def _converted(self, item: Found) -> str | None:
        if item.rate is None:
            return None
        amount = words.number(item.figure["amount"] * item.rate.value)
        return f"converted: about {amount} {item.rate.to} ({item.rate.words()})"

    def _differs(self, item: Found) -> list[str]:
        """How a figure differs from what is asked, in words."""
        asked, row = self.asked, item.figure
        told = []
        if asked.status and row["status"] not in (asked.status, "unspecified"):
            held = f" and {HOLD[row['hold']].lower()}" if row["hold"] else ""
            told.append(
                f"{STATUS[row['status']].lower()}{held}, not {STATUS[asked.status].lower()}"
            )
        elif (asked.status or asked.hold) and row["hold"] != asked.hold:
            told.append(
                f"{HOLD[row['hold']].lower()}" if row["hold"] else "not said to be held back"
            )
        elif asked.status and row["status"] == "unspecified":
            told.append("its stage is not said")
        for tag, name in (("donor", "given by"), ("recipient", "for")):
            mine, its = getattr(asked, tag), row[tag]
            if mine and its and mine != its:
                told.append(f"{name} {party_name(its)}, not {party_name(mine)}")
            elif mine and not its:
                told.append(f"its {tag} is not said")
        if asked.aid_type and row["aid_type"] and asked.aid_type != row["aid_type"]:
            told.append(f"{AID_TYPE[row['aid_type']]}, not {AID_TYPE[asked.aid_type]}".lower())
        elif row["aid_type"] and not asked.aid_type:
            told.append(f"{AID_TYPE[row['aid_type']].lower()} aid")
        if row["instrument"]:
            told.append(INSTRUMENT[row["instrument"]].lower())
        if asked.says_meaning and asked.per != row["per"]:
            told.append("a rate, not a sum" if row["per"] else "a sum, not a rate")
        if asked.status and asked.cumulative != row["cumulative"]:
            told.append(
                "a running total, not a single sum" if row["cumulative"]
                else "a single sum, not a running total"
            )  # fmt: skip
        middle = (asked.amount_min + asked.amount_max) / 2
        rate = item.rate.value if item.rate else 1.0
        if item.unconverted:
            told.append(f"another currency, not converted: {item.unconverted}")
        elif middle and (row["low"] * rate >= asked.high or asked.low >= row["high"] * rate):
            told.append(_compared(row["amount"] * rate, middle))
        return told or ["the same in all that it says"]


def _compared(amount: float, asked: float) -> str:
    """ "48 % less", "2.1 times as much"."""
    ratio = amount / asked
    if ratio >= 2:
        return f"{ratio:,.3g} times as much"
    share = abs(ratio - 1)
    digits = f"{share:.1%}" if share < 0.1 else f"{share:.0%}"
    return f"{digits.replace('%', ' %')} {'more' if ratio > 1 else 'less'}"


class Checker:
    """Answers questions about the figures of a book, which it prepares once."""

    def __init__(self, book: Book):
        self._comparer = Comparer(book)
        self._book = book

    def check(self, sentence: str, at: dt.date | None = None) -> list[Answer]:
        """One answer for each amount of the sentence.

        Raises ValueError, one line, if there is none.
        `at` is the day whose exchange rates count, else that of each figure's first publication.
        """
        return self.answer(sentence, read_question(sentence), at)

    def answer(
        self, sentence: str, amounts: Iterable[Asked], at: dt.date | None = None
    ) -> list[Answer]:
        """The answers for amounts that `read_question` has read from the sentence."""
        answers = []
        for asked in amounts:
            comparison = self._comparer.compare(asked, at)
            evidence = self._evidence([item.figure for item in comparison.found])
            answers.append(Answer(sentence, asked, comparison, evidence, self._book.figures.height))
        return answers

    def _evidence(self, figures: list[Row]) -> dict[str, list[Row]]:
        """The mentions to quote for each figure, one a story, the most precise first."""
        of = {mention: row["figure_id"] for row in figures for mention in row["mention_ids"]}
        rows = self._book.mentions.filter(pl.col("mention_id").is_in(list(of))).to_dicts()
        rows.sort(
            key=lambda r: (
                r["high"] - r["low"], r["sentence"] == r["title"],
                r["published"] or dt.date.max, r["document_id"], r["start"],
            )
        )  # fmt: skip
        found: dict[str, list[Row]] = {}
        seen: set[tuple[str, str | None]] = set()
        for row in rows:
            figure = of[row["mention_id"]]
            voice = figure, self._book.story(row["document_id"])
            if voice not in seen and len(found.setdefault(figure, [])) < QUOTES:
                seen.add(voice)
                found[figure].append(row)
        return found


def _quote(mention: Row) -> dict[str, Any]:
    """A mention as it is quoted, with all that a citation needs."""
    return {
        "mention_id": mention["mention_id"],
        "quote": mention["sentence"],
        "amount": mention["quote"],
        "said_by": mention["attributed_to"],
        "period": mention["period"],
        "cue": mention["cue"],
        "title": mention["title"],
        "publisher": mention["publisher"],
        "published": mention["published"].isoformat() if mention["published"] else None,
        "url": mention["url"],
        "citation": citation(mention),
    }


def citation(mention: Row) -> str:
    """The source of a mention, ready to be printed; what is not known is said to be so."""
    title = f"“{mention['title']}”" if mention["title"] else "untitled document"
    published = mention["published"]
    when = written(published, mention["published_precision"]) if published else "undated"
    where = mention["url"] or mention["file_name"] or "no address"
    publisher = mention["publisher"] or "publisher not known"
    return f"{title}, {publisher}, {when}, {where} [{mention['mention_id']}]"
