"""CSV as others read it: pandas, polars, DuckDB and LibreOffice give what was written."""

import datetime as dt

import duckdb
import pandas as pd
import polars as pl
import pytest
from hostile import hostile, table, without_line_ends
from office import opened

from tracker.reports import Report, ReportError, read, write
from tracker.reports.formats.cells import guarded, in_text, unguarded
from tracker.store import Query

_DUCKDB = {
    pl.String: "VARCHAR", pl.Int64: "BIGINT", pl.Float64: "DOUBLE", pl.Boolean: "BOOLEAN",
    pl.Date: "DATE",
}  # fmt: skip
_PANDAS = {pl.Int64: "Int64", pl.Boolean: "boolean"}


@pytest.fixture(params=["hostile", "mentions", "figures"])
def report(request, sample_store):
    if request.param == "hostile":
        return hostile()
    return Report.of(Query(sample_store), request.param, base_url="https://a.example")


@pytest.fixture
def path(report, tmp_path):
    return write(report, tmp_path / "report.csv", "csv")


@pytest.fixture
def expected(report):
    """The rows as a reader of CSV sees them: lists and moments are texts, texts are guarded."""
    return guarded(in_text(table(report)))


def test_our_own_reader_gives_back_the_rows(report, path):
    assert pl.concat(read(path, report.what)).equals(table(report))


def test_polars_reads_it(path, expected):
    assert pl.read_csv(path, schema=expected.schema).equals(expected)


def test_pandas_reads_it(path, expected):
    days = [name for name, type_ in expected.schema.items() if type_ == pl.Date]
    types = {name: _PANDAS.get(type_, "str") for name, type_ in expected.schema.items()
             if type_ != pl.Float64}  # fmt: skip
    found = pd.read_csv(
        path, dtype=types, keep_default_na=False, na_values=[""], float_precision="round_trip"
    )
    for name in days:
        # pandas' own days end in 1677; here they are Python's.
        found[name] = [None if pd.isna(day) else dt.date.fromisoformat(day) for day in found[name]]
    assert list(found) == expected.columns
    for name in expected.columns:
        got = [None if pd.isna(value) else value for value in found[name]]
        assert got == expected[name].to_list(), name


def test_duckdb_reads_it(path, expected):
    columns = {name: _DUCKDB[type_] for name, type_ in expected.schema.items()}
    found = duckdb.sql(
        "SELECT * FROM read_csv($path, header = true, delim = ',', quote = '\"', escape = '\"', "
        f"nullstr = '', columns = {columns})", params={"path": str(path)},
    )  # fmt: skip
    assert found.columns == expected.columns
    assert found.fetchall() == expected.rows()


def test_libreoffice_reads_it_with_the_types_given(report, tmp_path):
    report = without_line_ends(report)
    expected = guarded(in_text(table(report)))
    # Of each column: 1 as a number, 2 as text, 5 as a day (year first).
    kinds = {pl.String: 2, pl.Date: 5}
    given = "/".join(
        f"{place}/{kinds.get(type_, 1)}"
        for place, type_ in enumerate(expected.schema.values(), start=1)
    )
    path = write(report, tmp_path / "report.csv", "csv")
    sheets = opened(path, tmp_path, f"CSV:44,34,76,1,{given},1033,false,true")
    header, *rows = next(iter(sheets.values()))
    assert header == expected.columns
    assert len(rows) == expected.height
    for got, wanted in zip(rows, expected.iter_rows(), strict=True):
        padded = got + [None] * (len(header) - len(got))
        for name, cell, value in zip(header, padded, wanted, strict=True):
            assert cell == value or same_in_office(cell, value), name


def same_in_office(cell, value):
    """LibreOffice writes fifteen digits into its own files, and keeps true and false as words."""
    if isinstance(value, float):
        return cell == pytest.approx(value, rel=1e-14)
    return isinstance(value, bool) and str(cell).lower() == str(value).lower()


def test_the_guard_can_be_taken_off():
    texts = ["=1", "'=1", "''+1", "'", "''", "'a", "=", "-", "\t", "a=1", " =1"]
    rows = pl.DataFrame({"title": texts})
    assert unguarded(guarded(rows)).equals(rows)


def test_what_is_no_report_is_told_in_one_line(tmp_path):
    (tmp_path / "bad.zip").write_bytes(b"no zip")
    (tmp_path / "bad.csv").write_text("start\nword\n")
    (tmp_path / "empty.csv").write_text("")
    for name, words in [
        ("none.csv", "No such file"), ("bad.zip", "not a zip file"), ("bad.csv", "word"),
        ("empty.csv", "Empty"),
    ]:  # fmt: skip
        with pytest.raises(ReportError, match=rf"{name}: .*{words}") as caught:
            list(read(tmp_path / name))
        assert "\n" not in str(caught.value)


def test_a_report_without_rows_is_read_too(sample_store, tmp_path):
    query = Query(sample_store)
    empty = Report(rows=query.mentions().clear())
    path = write(empty, tmp_path / "report.csv", "csv")
    [rows] = read(path)
    assert rows.schema == empty.schema().schema
