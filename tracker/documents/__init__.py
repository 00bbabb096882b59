"""Files to documents: one reader a format, nothing stored."""

from tracker.documents.dates import last_day, parse_date, written
from tracker.documents.files import (
    KINDS,
    MAX_BYTES,
    DocumentError,
    find_documents,
    read_bytes,
    read_file,
)

__all__ = [
    "KINDS",
    "MAX_BYTES",
    "DocumentError",
    "find_documents",
    "last_day",
    "parse_date",
    "read_bytes",
    "read_file",
    "written",
]
