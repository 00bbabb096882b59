"""CSV for people and spreadsheets.

UTF-8 with byte-order mark, ISO dates and UTC, plain numbers, an empty cell for what is not said,
lists as JSON, and one guard: a text that a spreadsheet would take for a formula (it begins with
= + - @, tab or return, or with apostrophes before one of them) gets an apostrophe in front.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from tracker.reports.formats.cells import guarded, in_text
from tracker.reports.report import Report

BOM = b"\xef\xbb\xbf"


def steps(report: Report) -> Iterator[bytes]:
    """The CSV report, slice by slice."""
    yield BOM
    for number, rows in enumerate(report.slices()):
        yield csv_text(rows, header=number == 0)


def csv_text(rows: pl.DataFrame, *, header: bool) -> bytes:
    """Rows as lines of CSV, without byte-order mark."""
    text = guarded(in_text(rows)).write_csv(
        include_header=header,
        float_scientific=False,
        date_format="%Y-%m-%d",
    )
    return text.encode()
