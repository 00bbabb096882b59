"""Rows that spreadsheets and readers of CSV like to break."""

import datetime as dt
from dataclasses import replace

import polars as pl
from samples import make_document, make_mention

from tracker.reports import Report
from tracker.store.frame import frame_of

TEXTS = (
    "a, b; c", 'He said "no"', "two\nlines", "windows\r\nlines", "\U0001f600 \u0438 emoji",
    "\u202e\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627", "=1+1", "+49 30", "-5",
    "@SUM(A1)", "\t=1", "'=1", "''", "NA", "n/a", "NULL", "None", "TRUE", "1e5", "007", "12E3",
    "2024-01-01", "1/2", "  spaces  ", "_x0041_", "<b>&amp;</b>", "61400000000", "0.1", "inf",
    "[1,2]", "ends with \\", "\ufeffmark", "\u2028",
)  # fmt: skip
AMOUNTS = (61400000000.0, 0.1, 500.5, 1e22, 1e-7)
TEXT_COLUMNS = ("sentence", "attributed_to", "donor", "donor_name", "title", "publisher", "period")


def hostile() -> Report:
    """A report with each of `TEXTS` in `TEXT_COLUMNS` and in lists, once."""
    documents, mentions = [], []
    for number, text in enumerate(TEXTS):
        amount = AMOUNTS[number % len(AMOUNTS)]
        document = make_document(
            f"{number} dollars", title=text, publisher=text, url="https://a.example/?a=1,2&b",
            published=dt.date(1899, 12, 31) if number % 2 else dt.date(2024, 2, 29),
        )  # fmt: skip
        mention = make_mention(
            document, f"{number} dollars", amount, attributed_to=text, donor=text, period=text,
            cumulative=number % 3 == 0, currency="NAD" if text == "NA" else "USD",
        )  # fmt: skip
        mention.sentence = text
        documents.append(document)
        mentions.append(mention)
    return Report(rows=frame_of(mentions, documents))


def table(report: Report) -> pl.DataFrame:
    """All rows of a report."""
    return pl.concat(report.slices())


def without_line_ends(report: Report) -> Report:
    """The same rows with plain ends of lines, which is what XML and LibreOffice keep."""
    texts = pl.selectors.string().str.replace_all("\r\n", "\n")
    return replace(report, rows=report.rows.with_columns(texts))
