import datetime as dt
import hashlib
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.documents import DocumentError, find_documents, read_bytes, read_file
from tracker.documents.files import MAX_BYTES
from tracker.schema import document_id_of


def test_a_text_file_becomes_a_document_with_its_source(tmp_path):
    path = tmp_path / "report.txt"
    original = b"\xef\xbb\xbf\r\nAid stalls\r\n\r\nThe US gave \xe2\x82\xac5 million.\rEnd\n"
    path.write_bytes(original)
    document, kept = read_file(
        path, publisher=" The  Paper ", published="2023-12", url="https://x.example/a"
    )
    assert kept == original
    assert document.text == "\nAid stalls\n\nThe US gave €5 million.\nEnd\n"
    assert document.document_id == "d_" + hashlib.sha256(document.text.encode()).hexdigest()[:16]
    assert document.original_sha256 == hashlib.sha256(original).hexdigest()
    assert (document.title, document.title_found) == ("Aid stalls", "first line")
    assert document.publisher == "The Paper"
    assert (document.published, document.published_precision) == (dt.date(2023, 12, 1), "month")
    assert document.published_found == "given"
    assert (document.file_name, document.media_type) == ("report.txt", "text/plain")
    assert (document.reader, document.language, document.extracted_by) == ("text 1", None, None)
    assert document.retrieved is not None
    assert document.retrieved.utcoffset() == dt.timedelta(0)


def test_what_nobody_gave_stays_empty():
    document = read_bytes(b"One line of text", "a.txt", publisher="  ", published="", title="")
    empty = (document.title, document.title_found, document.publisher, document.url)
    assert empty == (None, None, None, None)
    assert (document.published, document.published_precision) == (None, None)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Title\n\nBody", "Title"),
        ("\n\n  Title  \n \t\nBody", "Title"),
        ("Title\nBody", None),
        ("Only line\n\n", None),
        ("x" * 201 + "\n\nBody", None),
        ("x" * 200 + "\n\nBody", "x" * 200),
    ],
)
def test_a_title_is_a_short_first_line_with_a_blank_line_behind(text, title):
    assert read_bytes(text.encode(), "a.txt").title == title


def test_a_heading_in_markdown_loses_its_marks():
    document = read_bytes(b"# Title\n\nBody", "a.md")
    assert (document.title, document.media_type) == ("Title", "text/markdown")
    assert read_bytes(b"# Title\n\nBody", "a.txt").title == "# Title"


def test_a_given_title_wins():
    document = read_bytes(b"First\n\nBody", "a.txt", title="Given")
    assert (document.title, document.title_found) == ("Given", "given")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\t\n", "empty"),
        (b"abc\x00def", "binary, not a text (control byte 0x00 at byte 3)"),
        (b"abc\x1b[31m", "binary"),
        (b"\x01", "binary"),
        (b"price: 5 \x80", "not UTF-8 (byte 9)"),
        (b"\xef\xbb\xbfcaf\xe9", "not UTF-8 (byte 6)"),
        ("text".encode("utf-16"), "UTF-16"),
        (b"\xed\xa0\x80", "not UTF-8 (byte 0)"),
        (b"a" * (MAX_BYTES + 1), "bigger than 32 MB"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_a_file_that_is_no_text_is_refused_in_one_line(tmp_path, content, reason):
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    with pytest.raises(DocumentError) as caught:
        read_file(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_paths_that_are_no_files_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path, reason in [
        (tmp_path / "nothing", "No such file or directory"),
        (tmp_path, "is a folder"),
        (tmp_path / "pipe", "is not a regular file"),
        (tmp_path / "a\nb", "No such file or directory"),
        ("a\0b", "null byte"),
        (tmp_path / ("x" * 300), "too long"),
    ]:
        with pytest.raises(DocumentError, match=reason) as caught:
            read_file(path)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "file:///etc", "news.example", "http://", "https://a b", "http://[x"],
)
def test_addresses_that_are_not_of_the_web_are_refused(url):
    with pytest.raises(DocumentError, match="is no address that begins with http"):
        read_bytes(b"text", "a.txt", url=url)


def test_a_date_that_cannot_be_is_refused():
    with pytest.raises(DocumentError, match=r"a.txt: published: '2023-02-30' is no date"):
        read_bytes(b"text", "a.txt", published="2023-02-30")


def test_names_that_are_no_unicode_are_read_and_stored_as_text(tmp_path):
    path = os.path.join(os.fsencode(tmp_path), b"caf\xe9\n.txt")
    with open(path, "wb") as file:
        file.write(b"text")
    assert read_file(os.fsdecode(path))[0].file_name == "caf\ufffd\ufffd.txt"


@given(st.text(), st.booleans())
def test_any_text_is_read_or_refused_and_normalised_once(text, marked):
    original = (b"\xef\xbb\xbf" if marked else b"") + text.encode()
    try:
        document = read_bytes(original, "a.txt")
    except DocumentError:
        return
    assert "\r" not in document.text
    assert document.text == text.replace("\r\n", "\n").replace("\r", "\n") or text[0] == "\ufeff"
    again = read_bytes(document.text.encode(), "a.txt")
    assert again.text == document.text or document.text[0] == "\ufeff"
    assert document.document_id == document_id_of(document.text)


def test_folders_are_searched_in_order_without_dot_files_and_sidecars(tmp_path):
    for name in (
        "b.txt",
        "a.md",
        "sub/c.txt",
        "sub/.d.txt",
        ".git/x.txt",
        "a.json",
        "A.JSON",
        "noname",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    (tmp_path / "empty").mkdir()
    found, errors, skipped = find_documents(
        [tmp_path, tmp_path / "b.txt", tmp_path / "missing.txt"]
    )
    names = [str(path.relative_to(tmp_path)) for path in found]
    assert names == ["a.md", "b.txt", "sub/c.txt", "missing.txt"]
    assert skipped == 1, "the file without an ending"
    assert errors == []


def test_a_folder_without_documents_is_an_error_and_others_are_found(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "a.json").write_text("{}")
    (tmp_path / "a.txt").write_text("x")
    found, errors, _ = find_documents([tmp_path / "empty", tmp_path / "a.txt"])
    assert found == [tmp_path / "a.txt"]
    assert [str(error) for error in errors] == [f"{tmp_path / 'empty'}: a folder without documents"]
