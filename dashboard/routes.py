"""What the server answers beside pages and API: `/health`, and one line for what is not there."""

from __future__ import annotations

import re

from dash import page_registry
from flask import Flask, Response, jsonify, redirect, request
from werkzeug import Response as BaseResponse

from dashboard.components.grid import SORTABLE, amount_of
from dashboard.guard import refusal
from dashboard.site import Site
from dashboard.state import parse_sort, view_of
from tracker import reports
from tracker.store import Filters, StoreError

_CATCH_ALL = "/<path:path>"
"""Dash's rule for what no other rule knows: it answers with the page."""


def add_routes(server: Flask, site: Site) -> None:
    """Adds `/health`, the earlier address of the mentions, and 404 for what is not there."""

    @server.get("/health")
    def _health() -> Response:
        return health(site)

    @server.get("/mentions.csv")
    def _mentions_csv() -> BaseResponse:
        return redirect(f"/api/mentions.csv?{request.query_string.decode('ascii', 'replace')}", 308)

    @server.get("/figures.csv")
    def _figures_csv() -> Response:
        return figures_csv(site, list(request.args.items(multi=True)))

    @server.before_request
    def _unknown() -> Response | None:
        rule = request.url_rule
        if rule is None or rule.rule != _CATCH_ALL or is_page(request.path):
            return None
        return refusal(404, "no such page")


def health(site: Site) -> Response:
    """Whether this server answers, and the version of the data; reads one small file."""
    try:
        response = jsonify(status="ok", version=site.store.version)
    except StoreError as error:
        response = jsonify(status=str(error))
        response.status_code = 503
    response.headers["Cache-Control"] = "no-store"
    return response


def is_page(path: str) -> bool:
    """Whether one of the dashboard's pages stands at this path."""
    patterns = (page["path_template"] or page["path"] for page in page_registry.values())
    return any(re.fullmatch(re.sub(r"<[^>]*>", "[^/]+", pattern), path) for pattern in patterns)


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
