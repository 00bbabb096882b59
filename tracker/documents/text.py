"""Text and Markdown."""

from __future__ import annotations

import os
import re

from tracker.documents.content import Content, DocumentError

READER = "text 1"
"""Name and version of this reader, kept with every document."""
MAX_TITLE = 200
"""The longest first line, in code points, that is taken for a title."""

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
"""Bytes that stand in no text: the controls but tab, line feed, vertical tab, form feed, return."""


def read_text(original: bytes, path: str | os.PathLike[str], *, markdown: bool = False) -> Content:
    """The content of a UTF-8 text; every line ends as "\\n", the byte-order mark is gone.

    Raises DocumentError for what is no such text.
    """
    content = Content(decode(original, path), "text/markdown" if markdown else "text/plain", READER)
    if found := _first_line(content.text, markdown):
        content.title, content.title_found = found, "first line"
    return content


def decode(original: bytes, path: str | os.PathLike[str]) -> str:
    """The text of UTF-8 bytes with plain line ends, or DocumentError."""
    if original.startswith(_UTF16):
        raise DocumentError(path, "not UTF-8 (byte 0: the mark of UTF-16)")
    if control := _CONTROL.search(original):
        place = f"control byte 0x{control[0][0]:02x} at byte {control.start()}"
        raise DocumentError(path, f"binary, not a text ({place})")
    skipped = len(_BOM) if original.startswith(_BOM) else 0
    try:
        text = original[skipped:].decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError(path, f"not UTF-8 (byte {skipped + error.start})") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _first_line(text: str, markdown: bool) -> str | None:
    """The first line with words, if it is short, a blank line follows it, and then more text."""
    lines = text.strip("\ufeff \t\n\v\f").split("\n", 2)
    if len(lines) < 3 or lines[1].strip():
        return None
    title = lines[0].strip()
    if markdown:
        title = title.lstrip("#").strip()
    return title if 0 < len(title) <= MAX_TITLE else None
