"""Files for people and programs, from the data of `Query` and `Book`.

report = Report.of(query, "figures", filters, book=book)
stream(report, "csv")          the bytes, in steps
file_name(report, "csv")       what to call them
FORMATS["csv"].media_type      how to declare them
"""

from tracker.reports.formats import BRIEFINGS, FORMATS
from tracker.reports.reading import read
from tracker.reports.report import Report, ReportError, file_name
from tracker.reports.writing import report_format, stream, write

__all__ = [
    "BRIEFINGS", "FORMATS", "Report", "ReportError", "file_name", "read", "report_format",
    "stream", "write",
]  # fmt: skip
