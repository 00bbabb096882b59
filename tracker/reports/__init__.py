"""Files for people and programs, from the frames of `Query` and `figures`."""

from tracker.reports.columns import layout
from tracker.reports.formats import FORMATS, ReportError, csv_bytes, report_format, write

__all__ = ["FORMATS", "ReportError", "csv_bytes", "layout", "report_format", "write"]
