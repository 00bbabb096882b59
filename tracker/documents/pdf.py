"""PDF files, with the page of every word."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from functools import cached_property

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium
from pdfplumber.page import Page
from pypdfium2.version import PYPDFIUM_INFO

from tracker.documents.content import Content, DocumentError, one_line

READER = f"pdf 1 (pypdfium2 {PYPDFIUM_INFO.version})"
"""Name and version of this reader, kept with every document."""
MAX_PAGES = 5_000
"""The longest PDF that is read."""
MAX_TEXT = 20_000_000
"""Code points read of one PDF."""
MIN_RULES, MAX_RULES = 6, 5_000
"""Lines and boxes on a page from which on, and up to which, it is looked at for ruled tables."""
BETWEEN_PAGES = "\n\n"

_SOFT_HYPHEN = re.compile(r"(?<=[^\W\d_])[\ufffe\u00ad]\s*(?=[a-z])")
_END_OF_SENTENCE = re.compile(r"[.!?:;][\"'”’)\]]*$")
_PROGRAMS = re.compile(
    r"(?i)^(microsoft word|untitled|layout|slide) |\.(docx?|indd|pdf|qxd|pptx?)$|^untitled$"
)


def read_pdf(original: bytes, path: str | os.PathLike[str]) -> Content:
    """The text of a PDF: lines joined to paragraphs, rows of ruled tables as lines with " | ".

    `pages` of the result holds where each page starts in the text. A title is taken from the
    file's properties unless a program made it up. Raises DocumentError for a broken or encrypted
    file and for one without text, such as a scan.
    """
    try:
        document = pypdfium2.PdfDocument(original)
    except pypdfium2.PdfiumError as error:
        encrypted = "password" in str(error).lower() or "security" in str(error).lower()
        reason = "encrypted, needs a password" if encrypted else "a broken PDF, cannot be opened"
        raise DocumentError(path, reason) from None
    try:
        if len(document) > MAX_PAGES:
            raise DocumentError(path, f"{len(document):,} pages, more than {MAX_PAGES:,}, not read")
        content = _content(document, original, path)
        title = one_line(document.get_metadata_value("Title"))
        if title and not _PROGRAMS.search(title):
            content.title, content.title_found = title, "file properties"
        return content
    except pypdfium2.PdfiumError as error:
        raise DocumentError(path, f"a broken PDF ({error})") from None
    finally:
        document.close()


def _content(
    document: pypdfium2.PdfDocument, original: bytes, path: str | os.PathLike[str]
) -> Content:
    texts: list[str] = []
    starts: list[int] = []
    length = 0
    ruled = _Ruled(original)
    for number in range(len(document)):
        page = document[number]
        try:
            text = _page_text(page, ruled, number)
        finally:
            page.close()
        starts.append(length)
        texts.append(text)
        length += len(text) + len(BETWEEN_PAGES)
        if length > MAX_TEXT:
            raise DocumentError(path, f"more than {MAX_TEXT:,} characters, not read")
    if not any(text.strip() for text in texts):
        number = len(texts)
        pages = f"{number} page{'' if number == 1 else 's'}"
        raise DocumentError(path, f"no text in it ({pages}; scanned pictures?)")
    whole = BETWEEN_PAGES.join(texts)
    return Content(whole, "application/pdf", READER, pages=[min(s, len(whole)) for s in starts])


def _page_text(page: pypdfium2.PdfPage, ruled: _Ruled, number: int) -> str:
    textpage = page.get_textpage()
    try:
        rules = sum(1 for _ in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,)))
        tables = _tables(ruled, number) if MIN_RULES <= rules <= MAX_RULES else []
        if not tables:
            return _paragraphs(textpage.get_text_bounded())
        width, height = page.get_size()
        parts, top = [], height
        for upper, lower, rows in tables:  # coordinates of PDF run upwards
            parts.append(_paragraphs(textpage.get_text_bounded(0, height - upper, width, top)))
            parts.append(rows)
            top = height - lower
        parts.append(_paragraphs(textpage.get_text_bounded(0, 0, width, top)))
        return "\n".join(part for part in parts if part)
    finally:
        textpage.close()


def _tables(ruled: _Ruled, number: int) -> list[tuple[float, float, str]]:
    try:
        return list(ruled.tables(number))
    except Exception:
        # pdfminer fails on damaged files in every way there is; the text is read without it.
        return []


class _Ruled:
    """The ruled tables of a PDF; the file is opened a second time for the first page asked for."""

    def __init__(self, original: bytes):
        self._original = original

    @cached_property
    def _pages(self) -> list[Page]:
        return pdfplumber.open(io.BytesIO(self._original)).pages

    def tables(self, number: int) -> Iterator[tuple[float, float, str]]:
        """Of a page: top, bottom (points from the top of the page), and the rows as lines."""
        page = self._pages[number]
        end = 0.0
        for table in sorted(page.find_tables(), key=lambda table: table.bbox[1]):
            rows = [[_cell(cell) for cell in row] for row in table.extract()]
            is_table = len(rows) > 1 and max(map(len, rows)) > 1 and any(map(any, rows))
            if is_table and table.bbox[1] >= end:
                end = table.bbox[3]
                yield table.bbox[1], end, "\n".join(" | ".join(row) for row in rows)
        page.close()


def _cell(cell: str | None) -> str:
    return " ".join((cell or "").split())


def _paragraphs(text: str) -> str:
    """Lines as they are set joined to paragraphs, so that no sentence is cut in two."""
    lines = [" ".join(line.split()) for line in text.replace("\r\n", "\n").split("\n")]
    full = max(map(len, lines))
    found: list[str] = []
    is_open = False
    for line in lines:
        if is_open and line:
            found[-1] += line if found[-1].endswith(("\ufffe", "\u00ad")) else f" {line}"
        elif line:
            found.append(line)
        ends = _END_OF_SENTENCE.search(line)
        is_open = bool(line) and len(line) > full * (0.85 if ends else 0.6)
    joined = _SOFT_HYPHEN.sub("", "\n".join(found))
    return joined.replace("\ufffe", "-").replace("\0", "")
