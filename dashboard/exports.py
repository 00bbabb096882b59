"""Files to keep: what a page shows in every format of `tracker export`, and the briefing."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask, Response

from dashboard.api.answers import unless_known
from dashboard.api.routes import report_asked
from dashboard.guard import put_off, refusal
from dashboard.limits import Downloads
from dashboard.site import Site
from tracker import reports
from tracker.reports import BRIEFINGS, FORMATS, Report, ReportError

EXPORTS = 4
"""Files that are written at a time."""
_SHOWN = "html"
"""The format that a browser shows, to be printed from there; others are kept as files."""


def add_routes(server: Flask, site: Site) -> None:
    """Adds `/export/mentions.FORMAT`, `/export/figures.FORMAT` and `/export/briefing.FORMAT`.

    With the query string of the pages, as `/api` takes it.
    """
    downloads = Downloads(EXPORTS)

    @server.get(f"/export/<any(mentions, figures):what>.<any({', '.join(FORMATS)}):ending>")
    def _export(what: str, ending: str) -> Response:
        return unless_known(site, lambda: file_of(downloads, report_asked(site, what), ending))

    @server.get(f"/export/briefing.<any({', '.join(BRIEFINGS)}):ending>")
    def _briefing(ending: str) -> Response:
        if ending != _SHOWN and site.settings.public:
            return refusal(404, "this server gives the briefing as .html, to be printed from there")
        return unless_known(site, lambda: file_of(downloads, report_asked(site, "figures"), ending))


def file_of(downloads: Downloads, report: Report, ending: str) -> Response:
    """A report in a format, sent while it is made; 503 when as many are under way as may be."""
    if not downloads.begin():
        return put_off(5, "too many files at once, try again in some seconds", 503)
    try:
        steps: Iterator[bytes] = reports.stream(report, ending)
    except ReportError as error:
        downloads.end()
        return refusal(400, str(error))
    except BaseException:
        downloads.end()
        raise
    kept = "inline" if ending == _SHOWN else "attachment"
    response = Response(steps, headers={
        "Content-Type": {**FORMATS, **BRIEFINGS}[ending].media_type,
        "Content-Disposition": f'{kept}; filename="{reports.file_name(report, ending)}"',
    })  # fmt: skip
    response.call_on_close(downloads.end)
    return response
