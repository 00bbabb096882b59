"""What every reader hands back, what people give about a document, and the one kind of error."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tracker.documents.dates import Precision, parse_date
from tracker.schema import Document, document_id_of

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LANGUAGE = re.compile("[a-z]{2,3}")
_BLANK = "\ufeff \t\n\v\f\r\xa0"


class DocumentError(Exception):
    """Something that cannot be read as a document: one line that names it and the reason."""

    def __init__(self, path: str | os.PathLike[str], reason: str):
        self.path, self.reason = printable(path), printable(reason)
        super().__init__(f"{self.path}: {self.reason}")


@dataclass(frozen=True)
class Given:
    """What people say of a document: None for what they do not; dates as text, as written."""

    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    title: str | None = None
    language: str | None = None
    found: str = "given"
    """How it was found, kept with each value."""


@dataclass
class Content:
    """What a reader found in a file: its text and, where it says so, what it is."""

    text: str
    media_type: str
    reader: str
    title: str | None = None
    title_found: str | None = None
    publisher: str | None = None
    publisher_found: str | None = None
    published: dt.date | None = None
    published_precision: Precision | None = None
    published_found: str | None = None
    url: str | None = None
    url_found: str | None = None
    language: str | None = None
    language_found: str | None = None
    pages: list[int] = field(default_factory=list)


def document_of(
    content: Content,
    path: str | os.PathLike[str],
    *given: Given,
    original_sha256: str,
    file_name: str | None = None,
    retrieved_how: str | None = None,
) -> Document:
    """The document that `content` makes; of `given`, the later ones win over the earlier.

    `path` names it in errors. Raises DocumentError for a text that says nothing and for a value
    that cannot be.
    """
    text = content.text
    if not text.strip(_BLANK):
        raise DocumentError(path, "empty, nothing to read")
    found: dict[str, Any] = {
        name: value for name, value in vars(content).items() if value is not None
    }
    for values in given:
        found |= _checked(values, path)
    return Document(
        document_id=document_id_of(text),
        retrieved=dt.datetime.now(dt.UTC),
        file_name=file_name,
        retrieved_how=retrieved_how,
        original_sha256=original_sha256,
        **found,
    )


def page_of(pages: Sequence[int], start: int) -> int:
    """The number of the page on which a place of the text stands; `pages` are their starts."""
    return sum(first <= start for first in pages)


def sha256_of(content: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _checked(values: Given, path: str | os.PathLike[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("publisher", "url", "title", "language"):
        if value := one_line(getattr(values, name)):
            found |= {name: value, f"{name}_found": values.found}
    if "url" in found and not is_web_address(found["url"]):
        raise DocumentError(path, f"{found['url']!r} is no address that begins with http(s)://")
    if "language" in found:
        found["language"] = language_code(found["language"])
        if not found["language"]:
            raise DocumentError(path, f"language: {values.language!r} is no ISO 639-1 code")
    if published := one_line(values.published):
        try:
            found["published"], found["published_precision"] = parse_date(published)
        except ValueError as error:
            raise DocumentError(path, f"published: {error}") from None
        found["published_found"] = values.found
    return found


def language_code(tag: str | None) -> str | None:
    """The language of a tag such as "en-GB", in lower case; None for no such tag."""
    code = re.split("[-_]", (tag or "").strip().lower())[0]
    return code if _LANGUAGE.fullmatch(code) else None


def is_web_address(url: str) -> bool:
    """Whether this is an address that begins with http:// or https:// and names a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in url
    except ValueError:
        return False


def one_line(value: str | None) -> str | None:
    """A value in one line; None for nothing."""
    return printable(" ".join(value.split())) or None if value else None


def printable(value: str | os.PathLike[str]) -> str:
    """Text that prints in one line: controls and undecodable bytes of names as U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", os.fspath(value))
