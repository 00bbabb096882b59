"""JSON lines: one row a line, values as they are, moments as ISO text in UTC."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from tracker.reports.formats.cells import MOMENT
from tracker.reports.report import Report


def steps(report: Report) -> Iterator[bytes]:
    """The report as JSON lines, slice by slice."""
    for rows in report.slices():
        times = pl.selectors.datetime().dt.strftime(MOMENT)
        yield rows.with_columns(times).write_ndjson().encode()
