"""The workbook, as LibreOffice opens it, cell by cell."""

import datetime as dt
import io
from dataclasses import replace
from zipfile import ZipFile

import polars as pl
import pytest
from hostile import hostile, table, without_line_ends
from office import opened

from tracker.reports import Report, ReportError, stream, write
from tracker.reports.formats import xlsx
from tracker.reports.formats.cells import guarded, in_text
from tracker.schema import CROSSWALK, MEANING
from tracker.store import Query


def as_cell(value):
    """What a spreadsheet has for a value of a report."""
    if isinstance(value, dt.date) and value < dt.date(1900, 3, 1):
        return value.isoformat()
    return value


def test_every_cell_is_what_it_was(tmp_path):
    report = without_line_ends(hostile())
    write(report, tmp_path / "report.xlsx", "xlsx")
    header, *rows = opened(tmp_path / "report.xlsx", tmp_path)["Mentions"]
    expected = guarded(in_text(table(report)))
    assert header == expected.columns
    assert len(rows) == expected.height
    for got, wanted in zip(rows, expected.iter_rows(), strict=True):
        for name, cell, value in zip(
            header, got + [None] * (len(header) - len(got)), wanted, strict=True
        ):
            # LibreOffice writes fifteen digits into its own files, and 0 or 1 for no and yes.
            close = isinstance(value, float) and cell == pytest.approx(value, rel=1e-14)
            assert close or cell == as_cell(value), name


def test_the_notes_say_what_the_report_is(sample_store, tmp_path):
    report = Report.of(Query(sample_store), "figures", columns="displayed")
    write(report, tmp_path / "report.xlsx", "xlsx")
    sheets = opened(tmp_path / "report.xlsx", tmp_path)
    assert list(sheets) == ["Figures", "Notes"]
    notes = {row[0]: row[1:] for row in sheets["Notes"] if row}
    about = report.about()
    for name in ("query", "query_hash", "data_version", "extractor", "made"):
        assert notes[name.replace("_", " ")] == [str(about[name])]
    assert set(report.names()) <= set(notes)
    assert notes["donor_name"] == ["Donor", "Who gives, by its short English name."]
    assert notes["disbursed"][1:] == [MEANING["disbursed"], *CROSSWALK["disbursed"].values()]


def test_more_rows_than_a_sheet_holds_are_refused_before_anything_is_written(tmp_path):
    rows = pl.DataFrame({"title": pl.repeat(None, xlsx.MAX_ROWS + 1, dtype=pl.String, eager=True)})
    out = tmp_path / "report.xlsx"
    out.write_bytes(b"the old report")
    message = r"1,048,576 rows are more than the 1,048,575 of an Excel sheet: use CSV"
    with pytest.raises(ReportError, match=message):
        write(Report(rows=rows), out, "xlsx")
    with pytest.raises(ReportError, match=message):
        stream(Report(rows=rows), "xlsx")
    assert out.read_bytes() == b"the old report"


@pytest.mark.parametrize("text", ["x" * 32_767, "\U0001f600" * 16_383])
def test_a_text_that_a_cell_cannot_hold_is_refused_not_cut(text):
    report = Report(rows=pl.DataFrame({"title": [text]}))
    assert text.encode() in ZipFile(io.BytesIO(b"".join(stream(report, "xlsx")))).read(
        "xl/worksheets/sheet1.xml"
    )
    longer = replace(report, rows=pl.DataFrame({"title": ["short", text + text[0]]}))
    with pytest.raises(ReportError, match=r"row 2, column title: a text is longer .* use CSV"):
        stream(longer, "xlsx")


def test_the_same_report_is_the_same_bytes(sample_store):
    report = Report.of(Query(sample_store))
    assert [*stream(report, "xlsx")] == [*stream(report, "xlsx")]
