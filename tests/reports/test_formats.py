import csv
import io
import json

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import GIVEN, make_document, make_mention

from tracker.figures import Book
from tracker.reports import ReportError, csv_bytes, formats, layout, report_format, write
from tracker.schema import Figure, ReviewedDocument, ReviewedMention, columns_of
from tracker.store import Query
from tracker.store.frame import frame_of


def cells(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.fixture
def frame(sample_store):
    return Query(sample_store).mentions()


def test_csv_has_plain_values_and_labels_beside_codes(frame):
    rows = {row["mention_id"]: row for row in cells(csv_bytes(frame))}
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
    written = [row["amount_min"] for row in cells(csv_bytes(frame_of(mentions, [document])))]
    assert written == ["0.1", "1" + "0" * 22, "500.5", "0.0000001", "61400000000"]


def test_columns_that_a_reporter_needs_stand_first_and_none_is_missing(frame):
    columns = layout(frame).columns
    assert columns[:4] == ["quote", "amount_min", "amount_max", "currency"]
    in_first_view = [
        "status_label", "hold_label", "donor_name", "recipient_name", "aid_type_label", "publisher",
        "published", "attributed_to", "sentence", "title", "url",
    ]  # fmt: skip
    assert [name for name in columns[:20] if name in in_first_view] == in_first_view
    assert {column.name for column in columns_of(ReviewedMention)} <= set(columns)
    assert sorted(columns) == sorted(set(columns))
    known = {
        column.name
        for record in (ReviewedMention, ReviewedDocument)
        for column in columns_of(record)
    }
    derived = {name for name in columns if name.endswith(("_label", "_name"))} - known
    assert set(columns) - derived <= known
    coded = {column.name for column in columns_of(ReviewedMention) if column.codes}
    assert derived == {f"{name}_label" for name in coded} | {"donor_name", "recipient_name"}


def test_figures_are_a_report_too(frame):
    rows = cells(csv_bytes(Book(frame).figures))
    assert len(rows) == 9
    top = next(row for row in rows if row["amount_min"] == "61400000000")
    assert (top["mentions"], top["documents"], top["status_label"]) == ("2", "2", "Requested")
    assert len(json.loads(top["mention_ids"])) == 2
    missing = {column.name for column in columns_of(Figure)} - set(rows[0])
    assert missing == set()


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
    [row] = cells(csv_bytes(frame_of([mention], [document])))
    for column in ("title", "publisher", "attributed_to", "donor", "donor_name"):
        assert row[column] == cell


def test_numbers_stay_numbers():
    frame = pl.DataFrame({"low": [-5.0, -0.5], "start": [-1, 2], "title": ["-5", None]})
    assert csv_bytes(frame).decode("utf-8-sig") == "title,start,low\n'-5,-1,-5\n,2,-0.5\n"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_the_guard_can_be_undone(text):
    frame = pl.DataFrame({"title": [text], "start": [1]})
    [row] = cells(csv_bytes(frame))
    stripped = row["title"].lstrip("'")
    guarded = row["title"].startswith("'") and stripped[:1] in ("=", "+", "-", "@", "\t", "\r")
    # The csv module reads a lone carriage return and the rest as written.
    assert (row["title"][1:] if guarded and stripped else row["title"]) == text
    assert row["title"][0] not in "=+-@\t\r"


def test_an_empty_report_has_its_header_and_the_mark(frame):
    content = csv_bytes(frame.clear())
    assert content.decode("utf-8-sig") == ",".join(layout(frame).columns) + "\n"


def test_long_reports_are_written_in_steps_that_join(frame, monkeypatch):
    whole = csv_bytes(frame)
    monkeypatch.setattr(formats, "ROWS_AT_ONCE", 5)
    assert csv_bytes(frame) == whole


def test_readers_get_the_same_values(frame, tmp_path):
    for name in ("report.csv", "report.jsonl", "report.parquet"):
        write(frame, tmp_path / name, report_format(name))
    expected = layout(frame)
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
    assert (tmp_path / "report.csv").read_bytes() == csv_bytes(frame)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "data") == [
        "report.csv", "report.jsonl", "report.parquet",
    ]  # fmt: skip


def test_a_report_appears_only_when_it_is_whole(frame, tmp_path, monkeypatch):
    out = tmp_path / "report.csv"
    out.write_bytes(b"the old report")

    def broken(_frame):
        yield b"half"
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(formats.FORMATS, "csv", broken)
    with pytest.raises(ReportError, match=r"report.csv: No space left on device"):
        write(frame, out, "csv")
    assert out.read_bytes() == b"the old report"
    assert [path.name for path in tmp_path.iterdir() if path.name != "data"] == ["report.csv"]


def test_places_that_cannot_be_written_are_named(frame, tmp_path):
    (tmp_path / "file").write_text("x")
    for out, reason in [
        (tmp_path, "is a folder"),
        (tmp_path / "no" / "report.csv", "No such file or directory"),
        (tmp_path / "file" / "report.csv", "Not a directory"),
    ]:
        with pytest.raises(ReportError, match=reason) as caught:
            write(frame, out, "csv")
        assert "\n" not in str(caught.value)


def test_a_link_is_kept_and_its_target_replaced_or_made(frame, tmp_path):
    (tmp_path / "sub").mkdir()
    for target in ("sub/there.csv", "sub/new.csv"):
        link = tmp_path / "link.csv"
        link.unlink(missing_ok=True)
        link.symlink_to(target)
        if "there" in target:
            (tmp_path / target).write_text("old")
        write(frame, link, "csv")
        assert link.is_symlink()
        assert (tmp_path / target).read_bytes() == csv_bytes(frame)
    assert sorted(p.name for p in (tmp_path / "sub").iterdir()) == ["new.csv", "there.csv"]


def test_links_in_a_circle_are_told(frame, tmp_path):
    (tmp_path / "a.csv").symlink_to("b.csv")
    (tmp_path / "b.csv").symlink_to("a.csv")
    with pytest.raises(ReportError, match=r"a\.csv: Symlink loop"):
        write(frame, tmp_path / "a.csv", "csv")
    assert (tmp_path / "a.csv").is_symlink()


def test_formats_are_told_by_name_or_option():
    assert report_format("a.CSV") == "csv"
    assert report_format("-") == "csv"
    assert report_format("-", "jsonl") == "jsonl"
    assert report_format("a.txt", "parquet") == "parquet"
    with pytest.raises(
        ReportError, match=r"a.xlsx: xlsx is not built yet, use csv, jsonl or parquet"
    ):
        report_format("a.xlsx")
    with pytest.raises(ReportError, match=r"a.zip: zip is not built yet"):
        report_format("a.zip")
    with pytest.raises(ReportError, match=r"a.pdf: unknown format pdf"):
        report_format("a.pdf")
    with pytest.raises(ReportError, match="a: no format in the name"):
        report_format("a")
