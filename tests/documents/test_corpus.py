"""Tables of documents: every row a document, a bad row a line."""

import datetime as dt
import hashlib
import json
import tracemalloc

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tracker.documents import DocumentError, Given, read_corpus
from tracker.schema import Document, document_id_of

ROWS = [
    {"text": "Norway gave 5 million dollars.\r\n\"Yes\", it said.", "title": "One",
     "publisher": "P", "url": "https://x.example/1",
     "published": "2024-03-05T10:00:00Z", "language": "en-GB"},
    {"text": "", "title": "Blank", "publisher": None, "url": None, "published": None,
     "language": None},
    {"text": "Zwei Millionen €", "title": None, "publisher": None, "url": None,
     "published": "2023-11", "language": "de"},
    {"text": "Third", "title": None, "publisher": None, "url": "ftp://x", "published": None,
     "language": None},
]  # fmt: skip


def write(folder, kind):
    path = folder / f"corpus.{kind}"
    if kind == "parquet":
        pq.write_table(pa.Table.from_pylist([row | {"other": 1} for row in ROWS]), path)
    elif kind == "csv":
        lines = [",".join(ROWS[0])]
        for row in ROWS:
            cells = ('"' + (value or "").replace('"', '""') + '"' for value in row.values())
            lines.append(",".join(cells))
        path.write_text("\n".join(lines), encoding="utf-8-sig", newline="")
    else:
        path.write_text("\n\n".join(json.dumps(row) for row in ROWS))
    return path


@pytest.mark.parametrize("kind", ["csv", "jsonl", "ndjson", "parquet"])
def test_rows_become_documents_with_what_they_say(tmp_path, kind):
    path = write(tmp_path, kind)
    first, blank, third, bad = read_corpus(path)
    text = ROWS[0]["text"]
    assert isinstance(first, Document)
    assert (first.text, first.document_id) == (text, document_id_of(text))
    assert (first.title, first.publisher, first.url) == ("One", "P", "https://x.example/1")
    assert first.title_found == first.url_found == "column of the table"
    assert (first.published, first.published_precision) == (dt.date(2024, 3, 5), "day")
    assert (first.language, first.retrieved_how) == ("en", "row of a table")
    assert first.original_sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (first.file_name, first.reader) == (path.name, "table 1")
    assert str(blank) == f"{path} row 2: empty, nothing to read"
    assert isinstance(third, Document)
    assert (third.title, third.publisher, third.title_found) == (None, None, None)
    assert third.published_precision == "month"
    assert str(bad) == f"{path} row 4: 'ftp://x' is no address that begins with http(s)://"


def test_what_is_given_wins_and_a_sidecar_fills(tmp_path):
    path = write(tmp_path, "jsonl")
    first, _, third, _ = read_corpus(
        path, Given(publisher="Sidecar", found="sidecar"), Given(language="fr")
    )
    assert (first.publisher, third.publisher) == ("P", "Sidecar")
    assert (first.language, first.language_found) == ("fr", "given")


def test_dates_in_a_parquet_table_may_be_dates(tmp_path):
    days = [dt.date(2024, 3, 5), None]
    path = tmp_path / "c.parquet"
    pq.write_table(pa.table({"text": ["a", "b"], "published": pa.array(days)}), path)
    assert [document.published for document in read_corpus(path)] == days


@pytest.mark.parametrize(
    ("name", "content", "reasons"),
    [
        ("a.csv", b"title,body\nx,y\n", "a table without the column text (it has: title, body)"),
        ("a.csv", b"", "a table without the column text (it has: none)"),
        ("a.csv", b'text\n"open', "a broken table (unexpected end of data)"),
        ("a.parquet", b"PAR1 no", "a broken table"),
        ("a.parquet", b"", "a broken table"),
    ],
)
def test_a_table_that_cannot_be_read_is_one_line(tmp_path, name, content, reasons):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DocumentError) as caught:
        list(read_corpus(tmp_path / name))
    assert str(caught.value).startswith(f"{tmp_path / name}: {reasons}")
    assert "\n" not in str(caught.value)


def test_bad_rows_stop_no_others(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"title,text\nA,one\nB\nC,\xff\nD,four\n")
    found = [str(getattr(row, "text", row)) for row in read_corpus(tmp_path / "a.csv")]
    place = f"{tmp_path / 'a.csv'} row"
    assert found == [
        "one", f"{place} 2: 1 fields, the header has 2", f"{place} 3: not UTF-8", "four",
    ]  # fmt: skip
    lines = [b'{"text": "one"}', b"{", b"[]", b'{"text": 5}', b'{"text": "a\\ud800"}', b'"\xff"']
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines))
    found = [str(getattr(row, "text", row)) for row in read_corpus(tmp_path / "a.jsonl")]
    assert found[0] == "one"
    assert "row 2: no JSON (" in found[1]
    assert "row 3: no JSON object with a text" in found[2]
    assert "row 4: text: is no text" in found[3]
    assert found[4] == "a?"
    assert "row 6" in found[5]


def test_a_table_is_read_without_holding_it(tmp_path):
    with (tmp_path / "a.jsonl").open("w") as file:
        for number in range(3_000):
            file.write(json.dumps({"text": f"{number} " + "word " * 2_000}) + "\n")
    tracemalloc.start()
    count = sum(1 for _ in read_corpus(tmp_path / "a.jsonl"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 3_000
    assert peak < 5_000_000, "of a file of 30 MB"
