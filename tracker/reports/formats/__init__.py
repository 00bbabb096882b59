"""The formats of reports, one module each: a report in, its bytes in steps out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from tracker.reports import briefing
from tracker.reports.formats import csv, jsonl, package, parquet, xlsx
from tracker.reports.report import Report


class Format(NamedTuple):
    """How a report is written: `steps` raises ReportError at once for one that it cannot hold."""

    steps: Callable[[Report], Iterator[bytes]]
    media_type: str


FORMATS: Mapping[str, Format] = {
    "csv": Format(csv.steps, "text/csv; charset=utf-8"),
    "jsonl": Format(jsonl.steps, "application/x-ndjson"),
    "parquet": Format(parquet.steps, "application/vnd.apache.parquet"),
    "xlsx": Format(xlsx.steps, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "zip": Format(package.steps, "application/zip"),
}
"""The formats that are written, each by name."""

BRIEFINGS: Mapping[str, Format] = {
    "html": Format(briefing.html, "text/html; charset=utf-8"),
    "pdf": Format(briefing.pdf, "application/pdf"),
}
"""What a briefing is written as, each by name."""
