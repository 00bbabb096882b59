"""The data package: valid by the standard's own tool, complete, the same bytes as the CSV."""

import hashlib
import io
import json
import subprocess
import sys
from zipfile import ZipFile

import frictionless
import polars as pl
import pytest
from hostile import TEXTS, hostile, table
from samples import make_document, make_mention

from tracker.figures import Book
from tracker.reports import Report, ReportError, read, stream, write
from tracker.schema import CROSSWALK, STATUS, Evidence
from tracker.store import Filters, Query, Store


@pytest.fixture
def query(sample_store):
    return Query(sample_store)


@pytest.fixture
def path(query, tmp_path):
    report = Report.of(query, filters=Filters(recipient=("UKR",)), base_url="https://a.example")
    return write(report, tmp_path / "package.zip", "zip")


@pytest.fixture
def hostile_path(tmp_path):
    """A package of a store whose documents and mentions have `TEXTS` in every place."""
    store = Store(tmp_path / "hostile")
    for number, text in enumerate(TEXTS):
        document = make_document(f"{number} dollars for Kenya", title=text, publisher=text)
        mention = make_mention(
            document, f"{number} dollars", 5.0 * (number + 1), attributed_to=text, donor=text,
            period=text, recipient="KEN", evidence=[Evidence("status", text, 0, 1)],
        )  # fmt: skip
        store.add(document, document.text.encode(), [mention])
    return write(Report.of(Query(store)), tmp_path / "hostile.zip", "zip")


def descriptor(path):
    return json.loads(ZipFile(path).read("datapackage.json"))


@pytest.mark.parametrize("which", ["path", "hostile_path"])
def test_the_standards_own_tool_finds_it_valid(request, which, tmp_path):
    path = request.getfixturevalue(which)
    # Both the zip as it is, and its files; the tool's command is what a user has.
    ZipFile(path).extractall(tmp_path / "files")
    for name in (path, tmp_path / "files" / "datapackage.json"):
        done = subprocess.run(
            [sys.executable, "-m", "frictionless", "validate", "--json", str(name)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        found = json.loads(done.stdout)
        assert done.returncode == 0, found
        assert found["valid"]
        assert {task["name"]: task["stats"]["rows"] for task in found["tasks"]}["statuses"] == 10


def test_rows_come_back_as_they_were(query, path, hostile_path):
    report = Report.of(query, filters=Filters(recipient=("UKR",)), base_url="https://a.example")
    assert pl.concat(read(path, "mentions")).equals(table(report))
    assert pl.concat(read(path, "figures")).equals(table(report.as_("figures")))
    rows = pl.concat(read(hostile_path))
    assert sorted(rows["donor"]) == sorted(TEXTS)
    assert sorted(e[0]["rule"] for e in rows["evidence"]) == sorted(TEXTS)
    documents = pl.concat(read(hostile_path, "documents"))
    assert sorted(documents["title"]) == sorted(TEXTS)


def test_its_csv_files_are_the_csv_reports(query, path):
    report = Report.of(query, filters=Filters(recipient=("UKR",)), base_url="https://a.example")
    for what in ("mentions", "figures"):
        alone = b"".join(stream(report.as_(what), "csv"))
        assert ZipFile(path).read(f"{what}.csv") == alone
        [resource] = [r for r in descriptor(path)["resources"] if r["name"] == what]
        assert resource["bytes"] == len(alone)
        assert resource["hash"] == f"sha256:{hashlib.sha256(alone).hexdigest()}"


def test_the_descriptor_says_what_was_asked_of_what(query, path):
    about = descriptor(path)
    report = Report.of(query, filters=Filters(recipient=("UKR",)))
    expected = report.about()
    assert about["report"] | {"made": None} == expected | {"made": None}
    assert about["version"] == "3"
    assert about["licenses"][0]["name"] == "notspecified"
    assert [source["title"].split(",")[0] for source in about["sources"]] == [
        "Bank", "Daily Example: 1 document", "Publisher not known: 1 document",
    ]  # fmt: skip
    [mentions] = [r for r in about["resources"] if r["name"] == "mentions"]
    fields = {field["name"]: field for field in mentions["schema"]["fields"]}
    assert fields["low"]["unit"] == "currency units"
    assert [c["value"] for c in fields["status"]["categories"]] == list(STATUS)
    assert all(field["title"] and field["description"] for field in fields.values())


def test_totals_say_how_they_were_made(query, path):
    book = Book.of(query)
    figures = pl.concat(read(path, "totals_figures"))
    totals = pl.concat(read(path, "totals"))
    about = descriptor(path)["totals"]
    readme = ZipFile(path).read("README.md").decode()
    assert totals.height == len(about) > 3
    for row, told in zip(totals.iter_rows(named=True), about, strict=True):
        same = [figures[name].eq_missing(pl.Series([row[name]])) for name in ("status", "hold")]
        of_it = figures.filter(same[0] & same[1] & (figures["currency"] == row["currency"]))
        assert row["counted"] == of_it["counted"].sum() == told["counted"]
        assert row["left_out"] == (~of_it["counted"]).sum() == sum(told["left_out"].values())
        amounts = [book.figure(name)["amount"] for name in of_it.filter("counted")["figure_id"]]
        assert sum(amounts) == (row["amount"] or 0) == (told["amount"] or 0)
        assert row["words"] == told["words"]
        assert row["words"] in readme
    assert set(figures["figure_id"]) <= set(pl.concat(read(path, "figures"))["figure_id"])


def test_the_crosswalk_is_in_it(path):
    rows = {row["code"]: row for row in pl.concat(read(path, "statuses")).iter_rows(named=True)}
    for code, terms in CROSSWALK.items():
        assert {key: rows[code][key] for key in terms} == terms
    assert "| disbursed | Disbursed |" in ZipFile(path).read("README.md").decode()


def test_every_document_behind_a_row_is_in_it(path):
    documents = set(pl.concat(read(path, "documents"))["document_id"])
    for name in ("mentions", "figures"):
        assert set(pl.concat(read(path, name))["document_id"]) <= documents


def test_it_is_the_same_bytes_each_time_and_in_few_large_steps(query):
    report = Report.of(query, "figures", columns="displayed")
    assert [*stream(report, "zip")] == [*stream(report, "zip")]
    names = ZipFile(io.BytesIO(b"".join(stream(report, "zip")))).namelist()
    assert names[-2:] == ["datapackage.json", "README.md"]


def test_nothing_to_count_makes_a_package_too(query, tmp_path):
    report = Report.of(query, filters=Filters(q="nobody says this"))
    path = write(report, tmp_path / "none.zip", "zip")
    assert frictionless.validate(str(path)).valid
    assert "There is nothing to count." in ZipFile(path).read("README.md").decode()


def test_what_is_not_stored_makes_no_package():
    with pytest.raises(ReportError, match="figures are made of stored data only"):
        stream(hostile(), "zip")


def test_a_change_of_the_data_meanwhile_is_told(query, sample_store):
    report = Report.of(query)
    document = make_document("5 dollars for Kenya")
    sample_store.add(document, document.text.encode(), [])
    with pytest.raises(ReportError, match="the data changed while the report was made: try again"):
        stream(report, "zip")
