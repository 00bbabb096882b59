"""Parquet: values and types as they are, one row group a slice."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from tracker.reports.formats.drain import Drain
from tracker.reports.report import Report


def steps(report: Report) -> Iterator[bytes]:
    """The report as a Parquet file, slice by slice; its metadata say what was asked for."""
    drain = Drain()
    about = {f"tracker.{name}": str(value) for name, value in report.about().items()}
    schema = report.schema().to_arrow().schema
    schema = pa.schema(schema, metadata=about)
    with pq.ParquetWriter(drain, schema, compression="zstd") as file:
        for rows in report.slices():
            file.write_table(rows.to_arrow().cast(schema))
            yield drain.taken()
    yield drain.taken()
