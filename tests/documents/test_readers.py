"""Pages, PDF and Word files: text, metadata and how each was found, and what is refused."""

import datetime as dt
import gzip
import hashlib
import json
import warnings

import make
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker import extract
from tracker.documents import DocumentError, read_bytes, read_file
from tracker.documents.files import MAX_BYTES

LINES = [
    "Report on aid", "",
    "Norway has given Ukraine 75 million dollars, said the ministry in a long statement that",
    "goes on in the next line.",
    "Kenya asked for EUR 5 million.",
]  # fmt: skip


def test_a_page_gives_its_article_and_what_it_says_of_itself():
    document = read_bytes(make.PAGE.encode(), "a.html")
    assert document.title == "Aid vote"
    assert (document.publisher, document.publisher_found) == ("The Paper", "page metadata")
    assert (document.url, document.url_found) == (
        "https://paper.example/a/1", "canonical address on the page",
    )  # fmt: skip
    assert (document.published, document.published_precision) == (dt.date(2024, 3, 5), "day")
    assert document.published_found == "page metadata"
    assert (document.language, document.language_found) == ("en", "lang attribute")
    assert document.media_type == "text/html"
    assert document.reader.startswith("page 1 (trafilatura 2.3.1")
    assert document.original_sha256 == hashlib.sha256(make.PAGE.encode()).hexdigest()
    quotes = [m.quote.replace("\u00a0", " ") for m in extract(document.text)]
    assert quotes == ["$61 billion", "5 million euros", "$7 million"]
    assert "Shelter | $7 million" in document.text
    assert "Subscribe" not in document.text


def test_a_page_that_says_nothing_of_itself_has_nothing_guessed():
    page = "<html><body><p>The UN gave 5 million dollars to Kenya.</p></body></html>"
    document = read_bytes(page.encode(), "a.html")
    assert document.text == "The UN gave 5 million dollars to Kenya."
    known = (document.title, document.publisher, document.url, document.published)
    assert known == (None, None, None, None)
    assert document.language is document.title_found is document.published_found is None


def test_a_headline_that_the_article_lacks_stands_before_it():
    page = (
        '<html><head><meta property="og:title" content="US sends $9 billion"></head><body>'
        "<article><p>The money arrived on Monday, according to the ministry of finance in Kyiv."
        "</p></article></body></html>"
    )
    document = read_bytes(page.encode(), "a.html")
    assert document.text.startswith("US sends $9 billion\n\nThe money")
    assert document.title_found == "page metadata"


def test_a_page_in_another_encoding_is_read_by_what_it_declares():
    page = make.PAGE.replace("utf-8", "iso-8859-1").replace("Germany", "Die Lnder für Köln")
    assert "für Köln" in read_bytes(page.encode("iso-8859-1"), "a.html").text


def test_a_pdf_keeps_its_pages_and_joins_lines():
    original = make.pdf(LINES, ["Second page. France pledged 3 million euros."], title="A report")
    document = read_bytes(original, "r.pdf")
    assert "statement that goes on in the next line." in document.text
    assert (document.title, document.title_found) == ("A report", "file properties")
    assert document.media_type == "application/pdf"
    assert document.reader.startswith("pdf 1 (pypdfium2 5.15.2")
    assert len(document.pages) == 2
    assert document.pages[0] == 0
    assert document.text[document.pages[1] :].startswith("Second page.")
    found = {m.quote: m.start for m in extract(document.text)}
    assert list(found) == ["75 million dollars", "EUR 5 million", "3 million euros"]
    assert found["EUR 5 million"] < document.pages[1] < found["3 million euros"]


def test_a_ruled_table_in_a_pdf_gives_its_rows():
    rows = [
        ["Purpose", "Amount"],
        ["Food for the north", "USD 4 million"],
        ["Water", "USD 2 million"],
    ]
    document = read_bytes(make.pdf(["Before the table."], table=rows), "t.pdf")
    assert document.text.split("\n") == [
        "Before the table.", "Purpose | Amount", "Food for the north | USD 4 million",
        "Water | USD 2 million", "Behind the table.",
    ]  # fmt: skip


def test_a_title_that_a_program_made_up_is_none():
    document = read_bytes(make.pdf(LINES, title="Microsoft Word - final.doc"), "r.pdf")
    assert (document.title, document.title_found) == (None, None)


def test_a_word_file_gives_paragraphs_and_tables_in_order():
    original = make.word(
        "Budget note", "The board approved 12 million euros.", [["Food", "€5 million"]], "End.",
        title="Note 7",
    )  # fmt: skip
    document = read_bytes(original, "n.docx")
    assert document.text == (
        "Budget note\nThe board approved 12 million euros.\nFood | €5 million\nEnd."
    )
    assert (document.title, document.title_found) == ("Note 7", "file properties")
    assert document.reader == "word 1 (python-docx 1.2.0)"
    assert [m.quote for m in extract(document.text)] == ["12 million euros", "€5 million"]


def test_what_is_given_wins_over_a_sidecar_and_that_over_the_file(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(make.PAGE)
    said = {"publisher": "Sidecar", "published": "2023-11", "title": "Other", "language": "en-US"}
    (tmp_path / "a.html.json").write_text(json.dumps(said | {"unknown": 1}))
    document, _ = read_file(path, title="Given")
    assert (document.title, document.title_found) == ("Given", "given")
    assert (document.publisher, document.publisher_found) == ("Sidecar", "sidecar")
    assert (document.published, document.published_precision) == (dt.date(2023, 11, 1), "month")
    assert (document.language, document.published_found) == ("en", "sidecar")
    assert document.url == "https://paper.example/a/1"
    (tmp_path / "a.html.json").rename(tmp_path / "a.json")
    assert read_file(path)[0].publisher == "Sidecar"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "a.txt.json: no JSON"),
        ("[]", "a.txt.json: not a JSON object"),
        ('{"title": 5}', "a.txt.json: title: is no text"),
        ('{"published": "soon"}', "a.txt: published: 'soon' is no date"),
        ('{"language": "English!"}', "a.txt: language: 'English!' is no ISO 639-1 code"),
    ],
)
def test_a_sidecar_that_cannot_be_is_named(tmp_path, content, reason):
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.txt.json").write_text(content)
    with pytest.raises(DocumentError) as caught:
        read_file(tmp_path / "a.txt")
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


BAD = {
    "empty.pdf": (b"", "empty, nothing to read"),
    "empty.html": (b" \n", "empty, nothing to read"),
    "bare.html": (b"<html><body></body></html>", "no article text found"),
    "broken.pdf": (b"%PDF-1.7\n" + b"garbage " * 99, "a broken PDF, cannot be opened"),
    "cut.pdf": (make.pdf(LINES)[:200], "a broken PDF"),
    "secret.pdf": (make.pdf(LINES, encrypted=True), "encrypted, needs a password"),
    "scan.pdf": (make.pdf([], []), "no text in it (2 pages; scanned pictures?)"),
    "huge.pdf": (b"%PDF-" + b" " * (4 * MAX_BYTES), "bigger than 128 MB, not read"),
    "huge.html": (b"<html>" + b" " * MAX_BYTES, "bigger than 32 MB, not read"),
    "broken.docx": (make.word("x" * 500)[:900], "a broken Word file"),
    "cut.docx": (make.word("x")[:-30], "a broken Word file"),
    "blank.docx": (make.word(), "empty, nothing to read"),
    "bomb.docx": (make.zip_bomb(300), "would unpack to 300 MB out of"),
    "secret.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "encrypted Office file"),
    "misnamed.txt": (make.pdf(LINES), "is a PDF by its content, name it .pdf"),
    "page.txt": (make.PAGE.encode(), "is a web page by its content, name it .html"),
    "word.txt": (make.word("x"), "is a Word file by its content, name it .docx"),
    "text.pdf": (b"only text", "is no PDF by its content"),
    "text.docx": (b"only text", "is no Word file by its content"),
    "picture.html": (b"\x89PNG\r\n\x1a\n" + bytes(50), "is an archive or picture, not read"),
    "packed.txt": (gzip.compress(b"text"), "is an archive or picture, not read"),
    "table.txt": (b"PAR1" + bytes(50) + b"PAR1", "is a Parquet table, not read"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_one_clear_line(name, tmp_path):
    content, reason = BAD[name]
    (tmp_path / name).write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(DocumentError) as caught:
            read_file(tmp_path / name)
    assert str(caught.value).startswith(f"{tmp_path / name}: ")
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["noname", "picture.bin"])
def test_a_file_without_a_known_ending_is_read_by_its_content(name):
    for content, media_type in [
        (make.pdf(LINES), "application/pdf"), (make.PAGE.encode(), "text/html"),
        (b"Plain text.", "text/plain"), (make.word("x"), "application/vnd.openxmlformats"),
    ]:  # fmt: skip
        assert read_bytes(content, name).media_type.startswith(media_type)


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("a.pdf", make.pdf(LINES, table=[["Food", "$5"], ["Water", "$6"]])),
        ("a.docx", make.word("Text")),
        ("a.html", make.PAGE.encode()),
    ],
)
@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, 2000), junk=st.binary(max_size=8), cut=st.booleans())
def test_damaged_files_are_read_or_refused_in_one_line(name, whole, place, junk, cut):
    place %= len(whole)
    damaged = whole[:place] + junk + (b"" if cut else whole[place + len(junk) :])
    read = _text_or_reason(damaged, name)
    assert read.strip()


def _text_or_reason(content, name):
    try:
        return read_bytes(content, name).text
    except DocumentError as error:
        return "" if "\n" in str(error) else str(error)
