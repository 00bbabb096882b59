"""Answers of the API: JSON with paging, CSV in steps, and what need not be sent again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import polars as pl
from flask import Response, request

from dashboard.guard import put_off, refusal
from dashboard.limits import Downloads
from dashboard.site import Site
from tracker import reports
from tracker.reports import Report
from tracker.schema import EXTRACTOR


def etag_of(site: Site) -> str:
    """What names the answer to this request: the data version and a hash of all that it hangs on.

    Taken before the data is read: a commit in between gives newer rows under the older name, which
    are sent once more later, never the other way round.
    """
    stamp, version = site.store.stamp(), site.query.version
    asked = [request.path, sorted(request.args.items(multi=True)), stamp, EXTRACTOR,
             site.settings.base_url, site.settings.shows_texts]  # fmt: skip
    return f"{version}-{hashlib.sha256(repr(asked).encode()).hexdigest()[:16]}"


def unless_known(site: Site, make: Callable[[], Response]) -> Response:
    """The answer that `make` gives with its ETag, or 304 when the client has it already."""
    etag = etag_of(site)
    if request.if_none_match.contains_weak(etag):
        response = Response(status=304)
    else:
        try:
            response = make()
        except ValueError as error:
            return refusal(400, str(error))
    if response.status_code in (200, 304):
        response.set_etag(etag, weak=True)
        response.headers["Cache-Control"] = "no-cache"
    return response


def page_of(
    rows: pl.DataFrame, key: str, after: str | None, limit: int
) -> tuple[pl.DataFrame, str | None]:
    """At most `limit` rows behind the one whose `key` is `after`, and the last key if more follow.

    Raises ValueError when there is no such row: what stands behind it cannot be told.
    """
    start = 0
    if after is not None:
        place = rows[key].index_of(after)
        if place is None:
            raise ValueError(f"after: no row {after[:40]!r} among these, begin again without it")
        start = place + 1
    part = rows.slice(start, limit)
    return part, part[key][-1] if start + part.height < rows.height and part.height else None


def json_of(**parts: Any) -> Response:
    """An answer in JSON; a part of `Rows` is written as they come out of a report."""
    texts = []
    for name, part in parts.items():
        if isinstance(part, Rows):
            value = b"[" + b",".join(part.lines()) + b"]"
        else:
            value = json.dumps(part, ensure_ascii=False).encode()
        texts.append(json.dumps(name).encode() + b":" + value)
    return Response(b"{" + b",\n".join(texts) + b"}\n", content_type="application/json")


class Rows:
    """Rows of a report, as its JSON lines have them."""

    def __init__(self, report: Report):
        self.report = report

    def lines(self) -> Iterator[bytes]:
        """Each row as an object of JSON."""
        for step in reports.stream(self.report, "jsonl"):
            yield from step.splitlines()


def first_of(report: Report) -> Any:
    """The one row of a report, as plain values."""
    return json.loads(next(Rows(report).lines()))


def listed(site: Site, report: Report, count: int, last: str | None) -> Response:
    """Rows in JSON, of `count` in all, and where those behind the row `last` are."""
    address = next_address(site, last) if last else None
    response = json_of(version=report.version, count=count, rows=Rows(report), next=address)
    if address:
        response.headers["Link"] = f'<{address}>; rel="next"'
    return response


def next_address(site: Site, last: str) -> str:
    """The address of the rows behind `last`; never the host that was asked."""
    kept = [pair for pair in request.args.items(multi=True) if pair[0] != "after"]
    return f"{site.settings.base_url}{request.path}?{urlencode([*kept, ('after', last)])}"


def csv_of(downloads: Downloads, steps: Iterable[bytes], name: str) -> Response:
    """A file of CSV, sent while it is made; 503 when as many are under way as may be."""
    if not downloads.begin():
        return put_off(5, "too many downloads at once, try again in some seconds", 503)
    response = Response(steps, headers=csv_headers(name))
    response.call_on_close(downloads.end)
    return response


def csv_headers(name: str) -> Mapping[str, str]:
    """What a file of CSV with this name is sent with."""
    return {
        "Content-Type": reports.FORMATS["csv"].media_type,
        "Content-Disposition": f'attachment; filename="{name}"',
    }
