"""Excel workbooks: one sheet of rows, one of notes; texts are texts, dates are dates.

Rows are written to disk as they come (XlsxWriter's constant memory), so memory stays bounded. No
text becomes a formula, a link or a number; what a sheet cannot hold is refused, never cut.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator
from typing import IO, Any

import polars as pl
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from tracker.reports import notes
from tracker.reports.columns import columns
from tracker.reports.formats.cells import guarded, in_text
from tracker.reports.report import Report, ReportError
from tracker.schema import VOCABULARIES

MAX_ROWS = 1_048_575
"""Rows of a sheet, without its header."""
MAX_TEXT = 32_767
"""UTF-16 units of a cell."""
_FIRST_DAY = dt.date(1900, 3, 1)
"""Excel counts a 29 February 1900; dates before are written as ISO text."""
_CHUNK = 1 << 20
_WIDTHS = {"quote": 22, "sentence": 60, "source_link": 30, "permalink": 24, "donor_name": 20,
           "recipient_name": 20, "publisher": 20, "attributed_to": 20}  # fmt: skip
_OPTIONS = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    "strings_to_numbers": False, "use_zip64": True,
}  # fmt: skip

_Put = Callable[[int, int, Any], Any]
"""Writes a value at row and column; gives something else than 0 when it could not."""


def steps(report: Report) -> Iterator[bytes]:
    """The report as a workbook, which is whole before its first byte is given.

    Raises ReportError when it has more rows, or a longer text, than a sheet can hold.
    """
    if report.rows.height > MAX_ROWS:
        raise ReportError(
            f"{report.rows.height:,} rows are more than the {MAX_ROWS:,} of an Excel sheet: use CSV"
        )
    chunks = _chunks(report)
    next(chunks)  # composes it
    return chunks


def _chunks(report: Report) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as file:
        _compose(report, file)
        file.seek(0)
        yield b""
        while chunk := file.read(_CHUNK):
            yield chunk


def _compose(report: Report, file: IO[bytes]) -> None:
    with Workbook(file, _OPTIONS) as book:
        book.set_properties(
            {"title": notes.title(report), "created": report.made.replace(tzinfo=None)}
        )
        bold = book.add_format({"bold": True})
        rows = book.add_worksheet(report.what.capitalize())
        _rows(report, book, rows, bold)
        about = book.add_worksheet("Notes")
        about.set_column(0, 1, 24)
        about.set_column(2, 3, 48)
        for number, cells in enumerate(_notes(report)):
            for place, text in enumerate(cells):
                if text:
                    # A line with one cell is a heading or a sentence; others begin with a name.
                    heading = place == 0 and (len(cells) > 1 or text.isupper())
                    about.write_string(number, place, text, bold if heading else None)


def _rows(report: Report, book: Workbook, sheet: Worksheet, bold: Any) -> None:
    schema = report.schema().schema
    for place, name in enumerate(schema):
        sheet.set_column(place, place, _WIDTHS.get(name, 14))
        sheet.write_string(0, place, name, bold)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, report.rows.height, len(schema) - 1)
    puts = [_put(book, sheet, type_) for type_ in schema.values()]
    number = 0
    for part in report.slices():
        for row in guarded(in_text(part)).iter_rows():
            number += 1
            for place, value in enumerate(row):
                if value is not None and puts[place](number, place, value):
                    raise ReportError(
                        f"row {number:,}, column {list(schema)[place]}: a text is longer than "
                        f"the {MAX_TEXT:,} characters of an Excel cell: use CSV"
                    )


def _put(book: Workbook, sheet: Worksheet, type_: pl.DataType) -> _Put:
    """What writes values of this type."""
    if type_ == pl.Boolean:
        put_yes: _Put = sheet.write_boolean
        return put_yes
    if type_.is_float():
        whole = book.add_format({"num_format": "#,##0"})
        broken = book.add_format({"num_format": "#,##0.0#########"})

        def put_real(row: int, column: int, value: float) -> Any:
            shown = whole if value.is_integer() else broken
            return sheet.write_number(row, column, value, shown)

        return put_real
    if type_.is_integer():
        put_whole: _Put = sheet.write_number
        return put_whole
    if type_ == pl.Date:
        day = book.add_format({"num_format": "yyyy-mm-dd"})

        def put_day(row: int, column: int, value: dt.date) -> Any:
            if value < _FIRST_DAY:
                return sheet.write_string(row, column, value.isoformat())
            return sheet.write_datetime(row, column, value, day)

        return put_day

    def put_text(row: int, column: int, value: str) -> Any:
        if len(value) * 2 > MAX_TEXT and len(value.encode("utf-16-le")) // 2 > MAX_TEXT:
            return -2
        return sheet.write_string(row, column, value)

    return put_text


def _notes(report: Report) -> Iterator[tuple[str, ...]]:
    """The lines of the sheet of notes."""
    yield (notes.title(report).upper(),)
    yield (notes.MENTIONS if report.what == "mentions" else notes.FIGURES,)
    yield ("",)
    yield from ((name.replace("_", " "), str(value)) for name, value in report.about().items())
    yield ("cite as", notes.citation(report))
    yield ("",)
    yield ("BEFORE YOU ADD ANYTHING UP",)
    yield from ((caveat,) for caveat in notes.CAVEATS)
    yield (notes.GUARD,)
    yield ("",)
    yield ("COLUMNS",)
    yield ("name", "label", "meaning", "unit or codes")
    known = {column.name: column for column in columns(report.what, sample=True)}
    for name in report.names():
        column = known[name]
        codes = ", ".join(f"{code}: {label}" for code, label in (column.codes or {}).items())
        yield (name, column.label, column.description, column.unit or codes)
    yield ("",)
    yield ("STATUSES AND HOLDS, AND THE NEAREST TERMS OF OTHERS",)
    yield (notes.NOT_EQUIVALENT,)
    yield ("code", "label", "meaning", *VOCABULARIES.values())
    yield from ((code, *rest) for _, code, *rest in notes.statuses())
