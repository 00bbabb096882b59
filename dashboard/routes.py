"""What the server answers beside the pages: the CSV file, caching and security headers."""

from __future__ import annotations

import re

from dash import page_registry
from flask import Flask, Response, request

from dashboard.components.grid import SORTABLE, amount_of
from dashboard.site import Site
from dashboard.state import parse_sort, view_of
from tracker import reports
from tracker.schema import MENTION_SCHEMA
from tracker.store.filters import Filters
from tracker.store.query import Query

MENTIONS_SORTABLE = (*MENTION_SCHEMA.names, "publisher", "published", "title")
"""Columns that the file of mentions can be sorted by."""
_YEAR = "public, max-age=31536000, immutable"

_CATCH_ALL = "/<path:path>"
"""Dash's rule for what no other rule knows: it answers with the page."""

_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Nothing is loaded from anywhere else, whatever a document's text tries."""


def add_routes(server: Flask, site: Site) -> None:
    """Adds `/mentions.csv` (same filters as the page), headers, and 404 for what is not there."""

    @server.get("/mentions.csv")
    def _mentions_csv() -> Response:
        return mentions_csv(site.query, list(request.args.items(multi=True)))

    @server.get("/figures.csv")
    def _figures_csv() -> Response:
        return figures_csv(site, list(request.args.items(multi=True)))

    @server.before_request
    def _unknown() -> Response | None:
        rule = request.url_rule
        if rule is None or rule.rule != _CATCH_ALL or is_page(request.path):
            return None
        return Response("no such page\n", status=404, mimetype="text/plain")

    @server.after_request
    def _headers(response: Response) -> Response:
        return with_headers(response, request.path, bool(request.args))


def is_page(path: str) -> bool:
    """Whether one of the dashboard's pages stands at this path."""
    patterns = (page["path_template"] or page["path"] for page in page_registry.values())
    return any(re.fullmatch(re.sub(r"<[^>]*>", "[^/]+", pattern), path) for pattern in patterns)


def mentions_csv(query: Query, pairs: list[tuple[str, str]]) -> Response:
    """Exactly the mentions that the filters in `pairs` leave, in the order of `sort`."""
    try:
        filters = Filters.parse(pairs, ignore_unknown=True)
    except ValueError as error:
        return Response(f"{error}\n", status=400, mimetype="text/plain")
    sort = parse_sort(dict(pairs).get("sort", ""), MENTIONS_SORTABLE)
    return download(reports.Report.of(query, filters=filters, sort=sort), "csv")


def figures_csv(site: Site, pairs: list[tuple[str, str]]) -> Response:
    """Exactly the figures that the page of figures shows at the same address."""
    try:
        filters = Filters.parse(pairs, ignore_unknown=True)
        amount = amount_of(view_of(pairs).part("about"))
    except ValueError as error:
        return Response(f"{error}\n", status=400, mimetype="text/plain")
    sort = parse_sort(dict(pairs).get("sort", ""), SORTABLE)
    report = reports.Report(
        what="figures", rows=site.catalogue.figures(filters, sort, amount=amount),
        filters=filters, sort=sort, base_url=site.settings.base_url,
        version=site.query.version, query=site.query, given_book=site.catalogue.book,
    )  # fmt: skip
    return download(report, "csv")


def download(report: reports.Report, format_: str) -> Response:
    """A report as a file to keep: the bytes that `tracker export` writes."""
    name = reports.file_name(report, format_)
    return Response(
        reports.stream(report, format_),
        content_type=reports.FORMATS[format_].media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def with_headers(response: Response, path: str, has_version: bool) -> Response:
    """Files whose address names their version are kept for a year, all else is asked for again."""
    response.headers.setdefault("Content-Security-Policy", _POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    if response.status_code == 200 and is_versioned(path, has_version):
        response.headers["Cache-Control"] = _YEAR
        # Read whole: the compression of streamed files leaves them open.
        response.direct_passthrough = False
        response.make_sequence()
    elif "Cache-Control" not in response.headers or path.startswith("/_dash"):
        response.headers["Cache-Control"] = "no-cache"
    return response


def is_versioned(path: str, has_version: bool) -> bool:
    """Whether a file's address changes with its content: package files, and assets with `?m=`."""
    if path.startswith("/_dash-component-suites/"):
        return True
    return path.startswith("/assets/") and has_version
