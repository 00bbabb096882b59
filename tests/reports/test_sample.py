"""Reports of sample stories say so: in every row, in the notes, in the file's name."""

from __future__ import annotations

import json
from zipfile import ZipFile

import polars as pl
import pytest

from tracker.reports import FORMATS, Report, file_name, read, write
from tracker.store import Query

SAID = "invented, not to be cited"


@pytest.fixture
def query(sample_store):
    sample_store.mark_as_sample()
    return Query(sample_store)


@pytest.mark.parametrize("what", ["mentions", "figures"])
@pytest.mark.parametrize("columns", ["full", "displayed", "quote,currency"])
def test_every_row_says_it_first(query, what, columns):
    report = Report.of(query, what, columns=columns)
    assert report.names()[0] == "sample"
    rows = pl.concat(report.slices())
    assert rows["sample"].unique().to_list() == [SAID]
    assert Report.of(query, what, columns="sample,quote").names() == ["sample", "quote"]


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_and_its_name_say_it(query, tmp_path, format_):
    report = Report.of(query)
    assert file_name(report, format_).startswith("sample-mentions_")
    out = write(report, tmp_path / f"out.{format_}", format_)
    content = out.read_bytes()
    if format_ == "zip":
        with ZipFile(out) as archive:
            assert "# Sample data, invented, not to be cited" in archive.read("README.md").decode()
            assert "Sample data" in json.loads(archive.read("datapackage.json"))["title"]
            content = archive.read("mentions.csv")
    if format_ == "parquet":
        assert pl.read_parquet(out)["sample"].unique().to_list() == [SAID]
    elif format_ == "xlsx":
        with ZipFile(out) as book:
            content = b"".join(book.read(name) for name in book.namelist())
        assert b"Sample data, invented, not to be cited" in content
    else:
        assert content.count(SAID.encode()) >= report.rows.height


def test_it_is_read_back(query, tmp_path):
    for name in ("out.csv", "out.zip"):
        out = write(Report.of(query), tmp_path / name, name.split(".")[1])
        assert pl.concat(read(out))["sample"].unique().to_list() == [SAID]


def test_reports_of_real_documents_do_not_say_it(sample_store):
    report = Report.of(Query(sample_store))
    assert "sample" not in report.names()
    assert file_name(report, "csv").startswith("tracker-mentions_")
