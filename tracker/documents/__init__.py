"""Files, pages and tables to documents: one reader a format, nothing stored."""

from tracker.documents.content import (
    DocumentError,
    Given,
    is_web_address,
    page_of,
    printable,
    sha256_of,
)
from tracker.documents.corpus import read_corpus
from tracker.documents.dates import last_day, parse_date, written
from tracker.documents.files import (
    KINDS,
    MAX_BYTES,
    find_documents,
    is_table,
    read_bytes,
    read_file,
    sidecar_of,
)
from tracker.documents.web import read_url

__all__ = [
    "KINDS",
    "MAX_BYTES",
    "DocumentError",
    "Given",
    "find_documents",
    "is_table",
    "is_web_address",
    "last_day",
    "page_of",
    "parse_date",
    "printable",
    "read_bytes",
    "read_corpus",
    "read_file",
    "read_url",
    "sha256_of",
    "sidecar_of",
    "written",
]
