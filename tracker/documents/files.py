"""Text and Markdown files to documents."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from tracker.documents.dates import parse_date
from tracker.schema import Document, document_id_of

READER = "text 1"
"""Name and version of this reader, kept with every document."""
MAX_BYTES = 32 * 1024 * 1024
"""The biggest file that is read; a bigger one is hardly one document."""
MAX_TITLE = 200
"""The longest first line, in code points, that is taken for a title."""

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
"""Bytes that stand in no text: the controls but tab, line feed, vertical tab, form feed, return."""
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_MARKDOWN = {".md", ".markdown"}


class DocumentError(Exception):
    """A file that cannot be read as a document: one line that names the file and the reason."""

    def __init__(self, path: str | os.PathLike[str], reason: str):
        super().__init__(f"{_printable(path)}: {reason}")


def read_file(
    path: str | os.PathLike[str],
    *,
    publisher: str | None = None,
    published: str | None = None,
    url: str | None = None,
    title: str | None = None,
) -> tuple[Document, bytes]:
    """The document in a UTF-8 text or Markdown file, and the file's bytes as they are.

    `published` is an ISO date (YYYY, YYYY-MM or YYYY-MM-DD), `url` an http(s) address. The text is
    the file's without its byte-order mark and with every line ending as "\\n"; the bytes keep
    both. Raises DocumentError when there is no text to read or a value given is not valid.
    """
    path = Path(path)
    try:
        if path.is_dir():
            raise DocumentError(path, "is a folder")
        if path.exists() and not path.is_file():
            raise DocumentError(path, "is not a regular file")
        with path.open("rb") as file:
            original = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise DocumentError(path, getattr(error, "strerror", None) or str(error)) from None
    document = read_bytes(
        original, path, publisher=publisher, published=published, url=url, title=title
    )
    return document, original


def read_bytes(
    original: bytes,
    path: str | os.PathLike[str],
    *,
    publisher: str | None = None,
    published: str | None = None,
    url: str | None = None,
    title: str | None = None,
) -> Document:
    """The document in the bytes of a text file; `path` names it in errors. See `read_file`."""
    text = _decode(original, path)
    document = Document(
        document_id=document_id_of(text),
        title=_given(title),
        title_found="given" if _given(title) else None,
        publisher=_given(publisher),
        url=_given(url),
        retrieved=dt.datetime.now(dt.UTC),
        file_name=_printable(Path(path).name),
        media_type="text/markdown" if Path(path).suffix.lower() in _MARKDOWN else "text/plain",
        original_sha256=hashlib.sha256(original).hexdigest(),
        reader=READER,
        text=text,
    )
    if document.title is None and (found := _first_line(text, document.media_type)):
        document.title, document.title_found = found, "first line"
    if document.url and not _is_web_address(document.url):
        raise DocumentError(path, f"{document.url!r} is no address that begins with http(s)://")
    if given := _given(published):
        try:
            document.published, document.published_precision = parse_date(given)
        except ValueError as error:
            raise DocumentError(path, f"published: {error}") from None
        document.published_found = "given"
    return document


TEXT_SUFFIXES = (".txt", ".text", ".md", ".markdown")
"""What is read in a folder; a file named itself is read whatever its ending, if it is text."""
KINDS = ", ".join(TEXT_SUFFIXES)


def find_documents(
    paths: Iterable[str | os.PathLike[str]],
) -> tuple[list[Path], list[DocumentError], int]:
    """The files that `paths` (files and folders) name, each once, and what is wrong with a path.

    A folder stands for the files of TEXT_SUFFIXES in it and below, sorted by name, without dot
    files; a folder that holds none is an error. Files are not opened. Last comes how many files
    of other kinds were skipped (sidecars, `*.json`, do not count).
    """
    found: dict[Path, None] = {}
    errors: list[DocumentError] = []
    skipped = 0
    for path in map(Path, paths):
        if not path.is_dir():
            found[path] = None
            continue
        try:
            files = list(_files_below(path))
        except OSError as error:
            errors.append(DocumentError(path, error.strerror or str(error)))
            continue
        documents = [file for file in files if file.suffix.lower() in TEXT_SUFFIXES]
        skipped += len(files) - len(documents)
        if not documents:
            errors.append(DocumentError(path, "a folder without documents"))
        found.update(dict.fromkeys(documents))
    return list(found), errors, skipped


def _files_below(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():  # a link may lead round in a circle
                yield from _files_below(entry)
        elif entry.suffix.lower() != ".json":
            yield entry


def _decode(original: bytes, path: str | os.PathLike[str]) -> str:
    """The text of the bytes of a file, or DocumentError."""
    if len(original) > MAX_BYTES:
        raise DocumentError(path, f"bigger than {MAX_BYTES // 1024**2} MB, not read")
    if original.startswith(_UTF16):
        raise DocumentError(path, "not UTF-8 (byte 0: the mark of UTF-16)")
    if control := _CONTROL.search(original):
        reason = (
            f"binary, not a text (control byte 0x{control[0][0]:02x} at byte {control.start()})"
        )
        raise DocumentError(path, reason)
    skipped = len(_BOM) if original.startswith(_BOM) else 0
    try:
        text = original[skipped:].decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError(path, f"not UTF-8 (byte {skipped + error.start})") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip("\ufeff \t\n\v\f"):
        raise DocumentError(path, "empty, nothing to read")
    return text


def _first_line(text: str, media_type: str | None) -> str | None:
    """The first line with words, if it is short, a blank line follows it, and then more text."""
    lines = text.strip("\ufeff \t\n\v\f").split("\n", 2)
    if len(lines) < 3 or lines[1].strip():
        return None
    title = lines[0].strip()
    if media_type == "text/markdown":
        title = title.lstrip("#").strip()
    return title if 0 < len(title) <= MAX_TITLE else None


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in url
    except ValueError:
        return False


def _given(value: str | None) -> str | None:
    """A value as given, in one line; None for nothing."""
    return _printable(" ".join(value.split())) or None if value else None


def _printable(value: str | os.PathLike[str]) -> str:
    """Text that prints in one line: controls and undecodable bytes of names as U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", os.fspath(value))
