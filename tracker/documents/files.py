"""Files to documents: which files to read, and which reader each of them needs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from tracker.documents.content import (
    Content,
    DocumentError,
    Given,
    document_of,
    printable,
    sha256_of,
)
from tracker.documents.text import read_text
from tracker.schema import Document

MAX_BYTES = 32 * 1024 * 1024
"""The biggest file that is read as one document (a PDF may be four times as big)."""

_KIND_OF_SUFFIX = {
    ".txt": "text", ".text": "text", ".md": "Markdown", ".markdown": "Markdown",
    ".html": "web page", ".htm": "web page", ".xhtml": "web page", ".pdf": "PDF",
    ".docx": "Word file", ".csv": "table", ".jsonl": "table", ".ndjson": "table",
    ".parquet": "table",
}  # fmt: skip
KINDS = ", ".join(_KIND_OF_SUFFIX)
"""What is read in a folder; a file named itself is read whatever its ending, by its content."""
_NAMES = {"PDF": ".pdf", "Word file": ".docx", "web page": ".html"}
_UNREAD = ("archive or picture", "old or encrypted Office file", "Parquet table")
_ZIP = "zip"
_MARKS = (
    (b"%PDF-", "PDF"), (b"PK\x03\x04", _ZIP), (b"PAR1", "Parquet table"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old or encrypted Office file"),
    (b"\x1f\x8b", "archive or picture"), (b"\x89PNG", "archive or picture"),
    (b"\xff\xd8\xff", "archive or picture"), (b"GIF8", "archive or picture"),
    (b"Rar!", "archive or picture"), (b"7z\xbc\xaf", "archive or picture"),
)  # fmt: skip
_SIDECAR = ("publisher", "published", "url", "title", "language")


def read_file(
    path: str | os.PathLike[str],
    *,
    publisher: str | None = None,
    published: str | None = None,
    url: str | None = None,
    title: str | None = None,
) -> tuple[Document, bytes]:
    """The document in a file, and the file's bytes as they are.

    `published` is an ISO date (YYYY, YYYY-MM or YYYY-MM-DD), `url` an http(s) address. What is
    given wins over a sidecar (NAME.json beside it), and that over what the file says. Raises
    DocumentError when there is nothing to read or a value given is not valid.
    """
    original = _bytes_of(Path(path))
    given = Given(publisher, published, url, title)
    return _document(original, path, sidecar_of(Path(path)), given), original


def read_bytes(
    original: bytes,
    path: str | os.PathLike[str],
    *,
    publisher: str | None = None,
    published: str | None = None,
    url: str | None = None,
    title: str | None = None,
) -> Document:
    """The document in the bytes of a file; `path` names it in errors. See `read_file`."""
    return _document(original, path, Given(publisher, published, url, title))


def _document(original: bytes, path: str | os.PathLike[str], *given: Given) -> Document:
    return document_of(
        content_of(original, path), path, *given, original_sha256=sha256_of(original),
        file_name=printable(Path(path).name), retrieved_how="file",
    )  # fmt: skip


def content_of(original: bytes, path: str | os.PathLike[str], kind: str | None = None) -> Content:
    """What the reader of the right kind finds in `original`.

    `kind` (text, Markdown, web page, PDF, Word file) is taken from the name where it is not given,
    or else from the bytes. A file that is named as one kind and is another is refused: what is in
    it is not what its owner thinks. Raises DocumentError.
    """
    kind = kind or _KIND_OF_SUFFIX.get(Path(path).suffix.lower())
    limit = MAX_BYTES * 4 if kind == "PDF" else MAX_BYTES
    if len(original) > limit:
        raise DocumentError(path, f"bigger than {limit // 1024**2} MB, not read")
    inside = _kind_inside(original)
    if inside == _ZIP:
        is_word = kind == "Word file" or b"word/" in original
        inside = "Word file" if is_word else _UNREAD[0]
    if inside in _UNREAD:
        article = "an" if inside[0] in "ao" else "a"
        raise DocumentError(path, f"is {article} {inside}, not read")
    kind = kind or inside or "text"
    if not original.strip():
        raise DocumentError(path, "empty, nothing to read")
    if kind == "table":
        raise DocumentError(path, "is a table of documents, not one document")
    if inside and inside != kind:
        raise DocumentError(path, f"is a {inside} by its content, name it {_NAMES[inside]}")
    if kind in ("PDF", "Word file") and inside != kind:
        raise DocumentError(path, f"is no {kind} by its content")
    if kind in ("text", "Markdown"):
        return read_text(original, path, markdown=kind == "Markdown")
    # The libraries behind these take long to load, and most runs need none of them.
    if kind == "web page":
        from tracker.documents.page import read_page  # noqa: PLC0415

        return read_page(original, path)
    if kind == "PDF":
        from tracker.documents.pdf import read_pdf  # noqa: PLC0415

        return read_pdf(original, path)
    from tracker.documents.word import read_word  # noqa: PLC0415

    return read_word(original, path)


def _kind_inside(original: bytes) -> str | None:
    """The kind that the first bytes tell for certain."""
    for mark, kind in _MARKS:
        if original.startswith(mark):
            return kind
    start = original[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"%pdf-" in start:
        return "PDF"
    return "web page" if start.startswith((b"<!doctype html", b"<html")) else None


def sidecar_of(path: Path) -> Given:
    """What the sidecar of a file says: `NAME.json` for NAME, or for NAME without its ending.

    Keys: publisher, published, url, title, language; others are left alone. Raises DocumentError
    about the sidecar.
    """
    for sidecar in dict.fromkeys((path.with_name(f"{path.name}.json"), path.with_suffix(".json"))):
        if sidecar == path or not sidecar.is_file():
            continue
        try:
            said = json.loads(_bytes_of(sidecar).decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise DocumentError(sidecar, f"no JSON ({error})") from None
        if not isinstance(said, dict):
            raise DocumentError(sidecar, "not a JSON object")
        for name in _SIDECAR:
            if not isinstance(said.get(name), str | None):
                raise DocumentError(sidecar, f"{name}: is no text")
        return Given(**{name: said.get(name) for name in _SIDECAR}, found="sidecar")
    return Given()


def is_table(path: str | os.PathLike[str]) -> bool:
    """Whether a file is a table of documents, by its name."""
    return _KIND_OF_SUFFIX.get(Path(path).suffix.lower()) == "table"


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise DocumentError(path, "is a folder")
        if path.exists() and not path.is_file():
            raise DocumentError(path, "is not a regular file")
        with path.open("rb") as file:
            return file.read(4 * MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise DocumentError(path, getattr(error, "strerror", None) or str(error)) from None


def find_documents(
    paths: Iterable[str | os.PathLike[str]],
) -> tuple[list[Path], list[DocumentError], int]:
    """The files that `paths` (files and folders) name, each once, and what is wrong with a path.

    A folder stands for the files of KINDS in it and below, sorted by name, without dot files; a
    folder that holds none is an error. Files are not opened. Last comes how many files of other
    kinds were skipped (sidecars, `*.json`, do not count).
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
        documents = [file for file in files if file.suffix.lower() in _KIND_OF_SUFFIX]
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
