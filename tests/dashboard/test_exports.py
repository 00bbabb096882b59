"""Files to keep from the dashboard: the formats of the command, and the briefing."""

import datetime as dt
import io
import zipfile
from types import SimpleNamespace

import pytest

from dashboard.app import create_app
from dashboard.exports import EXPORTS, file_of
from dashboard.limits import Downloads
from dashboard.site import Settings
from tracker import reports
from tracker.reports import FORMATS, Report
from tracker.store import Filters, Query


@pytest.fixture
def client(sample_store):
    return create_app(Settings(data=sample_store.path)).server.test_client()


@pytest.fixture
def at_noon(monkeypatch):
    """All reports are made at one moment: Parquet files and file names carry it."""
    clock = SimpleNamespace(now=lambda zone: dt.datetime(2026, 3, 1, 12, tzinfo=zone))
    monkeypatch.setattr("tracker.reports.report.dt", SimpleNamespace(datetime=clock, UTC=dt.UTC))


@pytest.mark.usefixtures("at_noon")
@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize("what", ["mentions", "figures"])
def test_a_file_holds_what_the_command_writes(client, sample_store, what, ending):
    answer = client.get(f"/export/{what}.{ending}?currency=USD&sort=-currency&show=table")
    report = Report.of(
        Query(sample_store), what, Filters(currency=("USD",)), sort=[("currency", "desc")]
    )
    assert answer.status_code == 200
    assert answer.data == b"".join(reports.stream(report, ending))
    assert answer.headers["Content-Type"] == FORMATS[ending].media_type
    assert (
        f'attachment; filename="{reports.file_name(report, ending)}"'
        == (answer.headers["Content-Disposition"])
    )


def test_the_workbook_and_the_package_open(client):
    book = client.get("/export/figures.xlsx").data
    assert book[:2] == b"PK"  # its cells: tests/reports/test_xlsx.py
    package = zipfile.ZipFile(io.BytesIO(client.get("/export/figures.zip").data))
    assert "datapackage.json" in package.namelist()


def test_the_briefing_is_shown_to_be_printed(client, sample_store):
    answer = client.get("/export/briefing.html?currency=USD")
    assert answer.headers["Content-Disposition"].startswith("inline; ")
    assert "<script" not in answer.text
    assert "Sources" in answer.text
    public = create_app(Settings(data=sample_store.path, public=True)).server.test_client()
    assert public.get("/export/briefing.html").status_code == 200
    assert public.get("/export/briefing.pdf").status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [("/export/figures.doc", 404), ("/export/documents.xlsx", 404),
     ("/export/figures.xlsx?min=lots", 400), ("/export/mentions.zip?colour=red", 400)],
)  # fmt: skip
def test_what_cannot_be_is_refused(client, address, status):
    assert client.get(address).status_code == status


def test_so_many_at_a_time(client, sample_store):
    downloads, report = Downloads(EXPORTS), Report.of(Query(sample_store))
    with client.application.test_request_context("/"):
        running = [file_of(downloads, report, "csv") for _ in range(EXPORTS)]
        assert file_of(downloads, report, "csv").status_code == 503
        running[0].close()
        assert file_of(downloads, report, "csv").status_code == 200
