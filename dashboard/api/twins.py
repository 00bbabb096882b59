"""Every page has its data under an address of the API, with the same query string."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from dashboard.charting import CHARTS

TWINS: Mapping[str, str] = {
    "/": "/api/figures",
    "/figures": "/api/figures",
    "/figure/": "/api/figures/",
    "/documents": "/api/documents",
    "/document/": "/api/documents/",
    "/check": "/api/check",
    "/method": "/api/fields",
    "/review": "/api/mentions",
    "/add": "/api/documents",
}
"""By page; where it ends in a slash, an id follows on both sides."""

OF_PAGES = (
    "all", "convert", "figure", "first", "job", "made", "mention", "met", "page", "part", "show",
    "stage", *CHARTS,
)  # fmt: skip
"""What pages keep in their addresses for themselves; the API passes it over."""

_PLAIN = "!$&'()*+,;=:@/?%"
"""Signs of a query string that may stand in a header as they are."""
_FORMATS = {"": "application/json", ".csv": "text/csv"}


def twin_of(path: str) -> str | None:
    """The address of the data behind a page, without query string; None for what is no page."""
    if path in TWINS:
        return TWINS[path] if not path.endswith("/") or path == "/" else None
    folder, _, name = path.rpartition("/")
    twin = TWINS.get(f"{folder}/") if folder else None
    return f"{twin}{name}" if twin and name else None


def links(path: str, query: bytes) -> Iterator[str]:
    """What a page's Link headers say of its data in each format."""
    if twin := twin_of(path):
        asked = f"?{quote(query, safe=_PLAIN)}" if query else ""
        for ending, media_type in _FORMATS.items():
            yield f'<{quote(twin)}{ending}{asked}>; rel="alternate"; type="{media_type}"'
