"""A briefing for print: key figures, ladder, timeline, disagreements and numbered sources."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.reports.briefing.page import page
from tracker.reports.briefing.pdf import chromium, printed
from tracker.reports.report import Report

__all__ = ["html", "pdf"]


def html(report: Report) -> Iterator[bytes]:
    """The briefing of a report of stored data as one page of HTML. Raises ReportError."""
    return iter([page(report).encode()])


def pdf(report: Report) -> Iterator[bytes]:
    """The same as Chromium prints it. Raises ReportError, also where there is no Chromium."""
    program = chromium()  # told before anything is read
    return iter([printed(program, page(report))])
