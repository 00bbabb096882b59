"""What the server answers beside pages and API: `/health`, and one line for what is not there."""

from __future__ import annotations

import re

from dash import page_registry
from flask import Flask, Response, jsonify, redirect, request
from werkzeug import Response as BaseResponse

from dashboard.guard import refusal
from dashboard.site import Site
from tracker.store import StoreError

_CATCH_ALL = "/<path:path>"
"""Dash's rule for what no other rule knows: it answers with the page."""


def add_routes(server: Flask, site: Site) -> None:
    """Adds `/health`, short addresses of the CSV files, and 404 for what is not there."""

    @server.get("/health")
    def _health() -> Response:
        return health(site)

    @server.get("/mentions.csv")
    @server.get("/figures.csv")
    def _file() -> BaseResponse:
        return redirect(f"/api{request.full_path}", 308)

    @server.before_request
    def _unknown() -> Response | None:
        rule = request.url_rule
        if rule is None or rule.rule != _CATCH_ALL or is_page(request.path):
            return None
        return refusal(404, "no such page")

    @server.after_request
    def _gone(response: Response) -> Response:
        asked = re.fullmatch(r"/(document|figure)/([^/]+)", request.path)
        if asked and response.status_code == 200 and not is_stored(site, *asked.groups()):
            response.status_code = 404  # the page itself says what is not there
        return response


def health(site: Site) -> Response:
    """Whether this server answers, and the version of the data; reads one small file."""
    try:
        response = jsonify(status="ok", version=site.store.version)
    except StoreError as error:
        response = jsonify(status=str(error))
        response.status_code = 503
    response.headers["Cache-Control"] = "no-store"
    return response


def is_stored(site: Site, kind: str, name: str) -> bool:
    """Whether a document, or a figure (by the id of any of its mentions), is in the data."""
    if kind == "document":
        return site.query.about_document(name) is not None
    mention = site.query.mention(f"m_{name[2:]}")
    if mention is None:
        return False
    return mention["status"] != "other" and not mention["superseded_by"]


def is_page(path: str) -> bool:
    """Whether one of the dashboard's pages stands at this path."""
    patterns = (page["path_template"] or page["path"] for page in page_registry.values())
    return any(re.fullmatch(re.sub(r"<[^>]*>", "[^/]+", pattern), path) for pattern in patterns)
