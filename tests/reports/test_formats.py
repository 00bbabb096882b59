import csv
import io
import json
from dataclasses import replace

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import GIVEN, make_document, make_mention

from tracker.reports import Report, ReportError, report_format, stream, write
from tracker.reports import report as report_module
from tracker.reports.formats import FORMATS, Format
from tracker.store import Query
from tracker.store.frame import frame_of


def cells(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def csv_bytes(report):
    return b"".join(stream(report, "csv"))


def report_of(mentions, document):
    return Report(rows=frame_of(mentions, [document]))


@pytest.fixture
def query(sample_store):
    return Query(sample_store)


@pytest.fixture
def report(query):
    return Report.of(query)


def test_csv_has_plain_values_and_labels_beside_codes(report):
    rows = {row["mention_id"]: row for row in cells(csv_bytes(report))}
    assert len(rows) == 12
    first, *_ = next(iter(GIVEN.values()))
    row = rows[first.mention_id]
    assert row["quote"] == "USD 61.4 billion"
    assert (row["amount_min"], row["amount_max"]) == ("61400000000", "61400000000")
    assert (row["low"], row["high"]) == ("60786000000", "62014000000")
    assert (row["status"], row["status_label"]) == ("requested", "Requested")
    assert (row["hold"], row["hold_label"]) == ("blocked", "Blocked")
    assert (row["donor"], row["donor_name"]) == ("USA", "United States")
    assert (row["cumulative"], row["published"]) == ("false", "2023-12-07")
    assert row["retrieved"] == "2024-03-01T12:30:00Z"
    assert (row["aid_type"], row["aid_type_label"], row["attributed_to"], row["per"]) == ("",) * 4
    assert json.loads(row["evidence"]) == [e._asdict() for e in first.evidence]


def test_csv_keeps_decimals_and_never_an_exponent():
    document = make_document("1 2 3 4 5")
    amounts = [0.1, 1e22, 500.5, 1e-7, 61400000000.0]
    mentions = [make_mention(document, str(n), amount) for n, amount in enumerate(amounts, 1)]
    written = [row["amount_min"] for row in cells(csv_bytes(report_of(mentions, document)))]
    assert written == ["0.1", "1" + "0" * 22, "500.5", "0.0000001", "61400000000"]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("'=1", "''=1"),
        ("''+1", "'''+1"),
        ("'quoted'", "'quoted'"),
        (" =1", " =1"),
        ("a=1", "a=1"),
        ('He said "no",\nand left', 'He said "no",\nand left'),
        ("NA", "NA"),
        ("\u202eright to left \U0001f600", "\u202eright to left \U0001f600"),
        ("<script>", "<script>"),
    ],
)
def test_texts_that_look_like_formulas_are_harmless(text, cell):
    document = make_document("5 dollars", title=text, publisher=text)
    mention = make_mention(document, "5 dollars", 5.0, attributed_to=text, donor=text)
    [row] = cells(csv_bytes(report_of([mention], document)))
    for column in ("title", "publisher", "attributed_to", "donor", "donor_name"):
        assert row[column] == cell


def test_numbers_stay_numbers():
    rows = pl.DataFrame({"low": [-5.0, -0.5], "start": [-1, 2], "title": ["-5", None]})
    assert (
        csv_bytes(Report(rows=rows)).decode("utf-8-sig") == "title,low,start\n'-5,-5,-1\n,-0.5,2\n"
    )


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_the_guard_can_be_undone(text):
    rows = pl.DataFrame({"title": [text], "start": [1]})
    [row] = cells(csv_bytes(Report(rows=rows)))
    stripped = row["title"].lstrip("'")
    guarded = row["title"].startswith("'") and stripped[:1] in ("=", "+", "-", "@", "\t", "\r")
    # The csv module reads a lone carriage return and the rest as written.
    assert (row["title"][1:] if guarded and stripped else row["title"]) == text
    assert row["title"][0] not in "=+-@\t\r"


def test_an_empty_report_has_its_header_and_the_mark(report):
    content = csv_bytes(replace(report, rows=report.rows.clear()))
    assert content.decode("utf-8-sig") == ",".join(report.names()) + "\n"


def test_long_reports_are_written_in_steps_that_join(report, monkeypatch):
    whole = csv_bytes(report)
    monkeypatch.setattr(report_module, "ROWS_AT_ONCE", 5)
    assert csv_bytes(report) == whole


def test_readers_get_the_same_values(report, tmp_path):
    for name in ("report.csv", "report.jsonl", "report.parquet"):
        write(report, tmp_path / name, report_format(name))
    expected = pl.concat(report.slices())
    assert pl.read_parquet(tmp_path / "report.parquet").equals(expected)
    lines = (tmp_path / "report.jsonl").read_text().splitlines()
    assert [json.loads(line)["quote"] for line in lines] == expected["quote"].to_list()
    assert [json.loads(line)["amount_min"] for line in lines] == expected["amount_min"].to_list()
    assert json.loads(lines[0])["title"] == "<script>alert(1)</script> & aid"
    assert json.loads(lines[0])["retrieved"] == "2024-03-01T12:30:00Z"
    assert [json.loads(line)["evidence"] for line in lines] == expected["evidence"].to_list()
    table = pd.read_csv(tmp_path / "report.csv", keep_default_na=False, na_values=[""])
    assert table["quote"].tolist() == expected["quote"].to_list()
    assert table["amount_max"].tolist() == expected["amount_max"].to_list()
    assert (tmp_path / "report.csv").read_bytes() == csv_bytes(report)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "data") == [
        "report.csv", "report.jsonl", "report.parquet",
    ]  # fmt: skip


def test_a_report_appears_only_when_it_is_whole(report, tmp_path, monkeypatch):
    out = tmp_path / "report.csv"
    out.write_bytes(b"the old report")

    def broken(_report):
        yield b"half"
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(FORMATS, "csv", Format(broken, "text/csv"))
    with pytest.raises(ReportError, match=r"report.csv: No space left on device"):
        write(report, out, "csv")
    assert out.read_bytes() == b"the old report"
    assert [path.name for path in tmp_path.iterdir() if path.name != "data"] == ["report.csv"]


def test_places_that_cannot_be_written_are_named(report, tmp_path):
    (tmp_path / "file").write_text("x")
    for out, reason in [
        (tmp_path / "no" / "report.csv", "No such file or directory"),
        (tmp_path / "file" / "report.csv", "Not a directory"),
    ]:
        with pytest.raises(ReportError, match=reason) as caught:
            write(report, out, "csv")
        assert "\n" not in str(caught.value)


def test_a_link_is_kept_and_its_target_replaced_or_made(report, tmp_path):
    (tmp_path / "sub").mkdir()
    for target in ("sub/there.csv", "sub/new.csv"):
        link = tmp_path / "link.csv"
        link.unlink(missing_ok=True)
        link.symlink_to(target)
        if "there" in target:
            (tmp_path / target).write_text("old")
        write(report, link, "csv")
        assert link.is_symlink()
        assert (tmp_path / target).read_bytes() == csv_bytes(report)
    assert sorted(p.name for p in (tmp_path / "sub").iterdir()) == ["new.csv", "there.csv"]


def test_links_in_a_circle_are_told(report, tmp_path):
    (tmp_path / "a.csv").symlink_to("b.csv")
    (tmp_path / "b.csv").symlink_to("a.csv")
    with pytest.raises(ReportError, match=r"a\.csv: Symlink loop"):
        write(report, tmp_path / "a.csv", "csv")
    assert (tmp_path / "a.csv").is_symlink()


def test_formats_are_told_by_name_or_option():
    assert report_format("a.CSV") == "csv"
    assert report_format("-") == "csv"
    assert report_format("-", "jsonl") == "jsonl"
    assert report_format("a.txt", "parquet") == "parquet"
    with pytest.raises(ReportError, match=r"a.pdf: unknown format pdf"):
        report_format("a.pdf")
    with pytest.raises(ReportError, match="a: no format in the name"):
        report_format("a")
