"""What reviewers decide on the pages: into the log, and on to the next mention."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

import polars as pl
import pyarrow.compute as pc

from dashboard.components import desk
from dashboard.site import Site
from dashboard.state import view_of
from tracker.ingest import Worklist
from tracker.store import Filters, StoreError, decisions

PATH = "/review"
MAX_NAME, MAX_REASON = 100, 1000
"""Characters that the log takes."""


@dataclass(frozen=True)
class Asked:
    """A decision as the page sends it."""

    action: str
    mention_id: str
    name: str
    reason: str
    values: Sequence[str] = ()
    """Corrections, as `tracker review --set` takes them."""
    review_id: str | None = None
    """What is to be undone."""
    seen: Sequence[str] = ()
    """The decisions on the mention that the page shows."""


def decide(site: Site, worklist: Worklist, asked: Asked, address: str) -> tuple[str, str | None]:
    """Puts a decision into the log: what is wrong with it, or the address to go on to."""
    if not asked.name.strip():
        return "Say who you are: the log keeps your name.", None
    if len(asked.name) > MAX_NAME or len(asked.reason) > MAX_REASON:
        return "Name or reason is too long.", None
    if not asked.reason.strip() and asked.action in desk.NEEDS_REASON:
        return "Say why: the log keeps the reason.", None
    if asked.action == "correct" and not asked.values:
        return "Nothing is changed: correct a value, or confirm.", None
    filters = view_of(parse_qsl(address)).filters
    following = _following(worklist, filters, asked.mention_id)
    said = {"reason": asked.reason.strip() or desk.NO_REASON, "by": asked.name}
    try:
        if asked.action == "undo":
            made = decisions.undo(site.store, asked.review_id or "", **said)
        else:
            made = decisions.about_mention(
                site.store, asked.mention_id, asked.action, values=asked.values, **said
            )
        site.store.review(made)
    except (decisions.ReviewError, StoreError) as error:
        return f"Not saved: {error}", None
    if asked.action == "undo":
        return "", address_of(filters, made.mention_id, made=made.review_id)
    known = {*asked.seen, made.review_id}
    met = [row for row in reviews_of(site, asked.mention_id) if row["review_id"] not in known]
    if met:
        other = met[-1]["review_id"]
        return "", address_of(filters, asked.mention_id, made=made.review_id, met=other)
    return "", address_of(filters, following, made=made.review_id)


def _following(worklist: Worklist, filters: Filters, mention_id: str) -> str | None:
    """The mention behind this one in the queue, or the first that waits."""
    queue = worklist.waiting(filters)
    place = place_of(queue, mention_id)
    there = 0 if place is None else place + 1
    return queue["mention_id"][there] if there < queue.height else None


def place_of(queue: pl.DataFrame, mention_id: str | None) -> int | None:
    """Where a mention stands in the queue; None when it does not."""
    if not mention_id:
        return None
    found = (queue["mention_id"] == mention_id).arg_true()
    return int(found[0]) if len(found) else None


def address_of(filters: Filters, mention_id: str | None, **more: str | None) -> str:
    """The page's address for a mention within filters; `more` are parts of its own."""
    pairs = [*filters.pairs(), ("mention", mention_id), *more.items()]
    return f"{PATH}?{urlencode([(name, value) for name, value in pairs if value])}"


def reviews_of(site: Site, mention_id: str) -> list[dict[str, Any]]:
    """Every review of a mention, the earliest first, undone ones and the undoing too."""
    rows = [
        json.loads(event["values"]) | {"made": event["recorded"]}
        for event in site.query.history(mention_id)
        if event["event"] == "review"
    ]
    return sorted(rows, key=lambda row: row["made"])


def review_named(site: Site, review_id: str | None) -> dict[str, Any] | None:
    """A review by its id, or None."""
    if not review_id:
        return None
    table = site.store.table("reviews")
    rows: list[dict[str, Any]] = table.filter(pc.field("review_id") == review_id).to_pylist()
    return rows[0] if rows else None
