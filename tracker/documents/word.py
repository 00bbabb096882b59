"""Word files (.docx)."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from importlib.metadata import version

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from lxml.etree import XMLSyntaxError

from tracker.documents.content import Content, DocumentError, one_line

READER = f"word 1 (python-docx {version('python-docx')})"
"""Name and version of this reader, kept with every document."""
MAX_UNPACKED = 256 * 1024 * 1024
"""The most bytes that a file may unpack to."""


def read_word(original: bytes, path: str | os.PathLike[str]) -> Content:
    """The paragraphs of a Word file, in order, a row of a table as one line with " | ".

    Raises DocumentError for a broken file, for another kind of archive, and for one that unpacks
    to more than MAX_UNPACKED bytes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(original)) as archive:
            # A member never unpacks to more than is said of it here.
            unpacked = sum(member.file_size for member in archive.infolist())
            if "word/document.xml" not in archive.namelist():
                raise DocumentError(path, "an archive (zip), not a Word file")
        if unpacked > MAX_UNPACKED:
            size = f"{unpacked // 1024**2:,} MB out of {len(original) // 1024:,} kB"
            raise DocumentError(path, f"would unpack to {size}, not read")
        document = docx.Document(io.BytesIO(original))
        parts = [
            _rows(part) if isinstance(part, Table) else part.text
            for part in document.iter_inner_content()
        ]
        title = one_line(document.core_properties.title)
    except (zipfile.BadZipFile, PackageNotFoundError, XMLSyntaxError, KeyError, ValueError,
            NotImplementedError, EOFError, OSError, RuntimeError, zlib.error) as error:  # fmt: skip
        reason = (str(error) or type(error).__name__).splitlines()[0].strip("'\"")
        raise DocumentError(path, f"a broken Word file ({reason})") from None
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    content = Content("\n".join(parts).strip("\n"), media_type, READER)
    if title:
        content.title, content.title_found = title, "file properties"
    return content


def _rows(table: Table) -> str:
    """The rows of a table as lines; a cell that spans columns stands once."""
    lines = []
    for row in table.rows:
        cells = list(dict.fromkeys(cell._tc for cell in row.cells))
        texts = {cell._tc: " ".join(cell.text.split()) for cell in row.cells}
        lines.append(" | ".join(texts[cell] for cell in cells))
    return "\n".join(lines)
