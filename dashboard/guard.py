"""What no request gets past: foreign hosts and origins, big bodies, calls that no page makes."""

from __future__ import annotations

import ipaddress
import logging
import math
import re
from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from dash import Dash
from dash.exceptions import DashException, DependencyException
from flask import Response, jsonify, request
from werkzeug.exceptions import BadRequest, HTTPException, RequestEntityTooLarge

from dashboard.site import Settings
from tracker.documents import MAX_BYTES
from tracker.store import StoreError

BODY = 1024 * 1024
"""The biggest body of a request, in bytes."""
UPLOAD = MAX_BYTES * 4 + BODY
"""The same where documents may be added: the biggest file that is read, and a form around it."""

_CALL = "/_dash-update-component"
"""Where the pages' callbacks are called."""
_CLOSED = ("/_reload-hash", "/_favicon.ico")
"""Routes of Dash for developers, and its own icon: not there."""
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\s:\[\]/@?#,]+)(?::\d{1,5})?", re.IGNORECASE)
_OF_THE_ASKER = (
    TypeError, ValueError, LookupError, AttributeError, RecursionError, OverflowError, DashException
)  # fmt: skip
"""What callbacks raise over values that no page sends."""

_log = logging.getLogger(__name__)


def protect(app: Dash, settings: Settings) -> None:
    """Refuses what no page and no client of the API has reason to send, with one line each."""
    server = app.server

    @server.before_request
    def _check() -> Response | None:
        if not is_allowed(request.headers.get("Host"), settings.allowed_hosts):
            return refusal(421, "this server does not answer for that host (--allowed-host)")
        if request.path in _CLOSED:
            return refusal(404, "no such page")
        if request.method != "POST":
            return None
        if not is_own(request.headers, settings.allowed_hosts):
            return refusal(403, "this request comes from another site")
        request.max_content_length = BODY  # more at the one address that takes documents
        return None

    @server.before_request
    def _check_call() -> None:
        if request.path == _CALL and request.method == "POST":
            check_call(app, body_of_call())

    @server.errorhandler(HTTPException)
    def _told(error: HTTPException) -> Response:
        return answer_to(error)

    @server.errorhandler(DependencyException)
    def _no_such_file(_: DependencyException) -> Response:
        return refusal(404, "no such file")

    @server.errorhandler(StoreError)
    def _damaged(error: StoreError) -> Response:
        _log.error("%s", error)
        return refusal(503, "the data cannot be read now")

    @server.errorhandler(Exception)
    def _failed(error: Exception) -> Response:
        _log.error("%s %s", request.method, request.path, exc_info=error)
        if request.path == _CALL and isinstance(error, _OF_THE_ASKER):
            return refusal(400, "no page asks like this")
        return refusal(500, "something went wrong here")


def body_limit(settings: Settings) -> int:
    """The biggest body that the server takes at any of its addresses, in bytes."""
    return UPLOAD if settings.allow_adding and not settings.public else BODY


def is_allowed(host: str | None, names: Collection[str]) -> bool:
    """Whether a Host header names this machine or one of `names`, at any port.

    Names that a foreign page could give itself by DNS are refused: only addresses of this machine
    and `localhost` are known beside `names`.
    """
    found = _HOST.fullmatch(host or "")
    if not found:
        return False
    name = found.group(1).strip("[]").rstrip(".").lower()
    return name == "localhost" or name in names or is_loopback(name)


def is_loopback(name: str) -> bool:
    """Whether `name` is an address that only this machine reaches, or localhost."""
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def is_own(headers: Any, names: Collection[str]) -> bool:
    """Whether a request that may change something comes from a page of this server, or of none."""
    origin = headers.get("Origin")
    if origin is None:
        return headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin")
    try:
        asked = urlsplit(origin)
        return asked.netloc == headers.get("Host") or asked.hostname in names
    except ValueError:
        return False


def body_of_call() -> Any:
    """The body of a call, read as JSON. Raises `BadRequest` and others of werkzeug."""
    try:
        return request.get_json()
    except RecursionError:
        raise BadRequest("the body is nested too deeply") from None


def check_call(app: Dash, body: Any) -> None:
    """Raises `BadRequest` for a body that calls no callback in the way the pages do."""
    if not isinstance(body, dict):
        raise BadRequest("the body is no object")
    output = body.get("output")
    callback = app.callback_map.get(output) if isinstance(output, str) else None
    if not callback or "callback" not in callback:
        raise BadRequest("output: there is no such callback")
    for name, declared in (("inputs", callback["inputs"]), ("state", callback["state"])):
        given = body.get(name, [])
        if not isinstance(given, list) or len(given) != len(declared):
            raise BadRequest(f"{name}: the callback takes {len(declared)}")
        for part in given:
            if not all(_is_property(one) for one in (part if isinstance(part, list) else [part])):
                raise BadRequest(f"{name}: each has an id and a property")
    changed = body.get("changedPropIds", [])
    if not isinstance(changed, list) or not all(isinstance(one, str) for one in changed):
        raise BadRequest("changedPropIds: is no list of names")


def _is_property(part: Any) -> bool:
    return (
        isinstance(part, dict)
        and isinstance(part.get("id"), str | dict)
        and isinstance(part.get("property"), str)
    )


def answer_to(error: HTTPException) -> Response:
    """An error of HTTP in one line, with the headers that belong to it."""
    if error.response is not None:
        return error.response  # type: ignore[return-value]
    status = error.code or 500
    told = (
        f"the body is bigger than {request.max_content_length:,} bytes"
        if isinstance(error, RequestEntityTooLarge)
        else (error.description or error.name)
    )
    response = refusal(status, told.rstrip("."))
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def refusal(status: int, why: str) -> Response:
    """One line that says why: JSON under /api, plain text elsewhere."""
    line = " ".join(why.split())
    if request.path.startswith("/api"):
        response = jsonify(error=line)
        response.status_code = status
        return response
    return Response(f"{line}\n", status=status, mimetype="text/plain")


def put_off(seconds: float, why: str, status: int = 429) -> Response:
    """One line that says why, and in how many seconds to try again."""
    response = refusal(status, why)
    response.headers["Retry-After"] = str(math.ceil(seconds))
    return response
