"""The headers of every answer: what the browser may load, what it may keep, what it may tell."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping

from dash import Dash
from flask import Response

_YEAR = "public, max-age=31536000, immutable"

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)

SECURITY: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""Beside the policy, the same for every answer."""


def policy_of(app: Dash) -> str:
    """The content security policy: nothing from elsewhere, whatever a document's text tries.

    Of inline scripts only those of the page's frame and of Dash run, by their hashes; to be asked
    for when all callbacks are registered. Mantine writes inline styles.
    """
    own = [_hash(script) for script in _INLINE.findall(app.index_string)]
    scripts = " ".join(["'self'", *own, *app.csp_hashes()])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; "
        "frame-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def with_headers(response: Response, policy: str, path: str, has_version: bool) -> Response:
    """Files whose address names their version are kept for a year, all else is asked for again."""
    response.headers.setdefault("Content-Security-Policy", policy)
    for name, value in SECURITY.items():
        response.headers.setdefault(name, value)
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
