"""JSON lines: one row a line, values as they are, moments as ISO text in UTC."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.reports.formats.cells import moments_in_text
from tracker.reports.report import Report


def steps(report: Report) -> Iterator[bytes]:
    """The report as JSON lines, slice by slice."""
    for rows in report.slices():
        yield moments_in_text(rows).write_ndjson().encode()
