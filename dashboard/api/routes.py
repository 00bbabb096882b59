"""The addresses of the API: `/api` says what they take and give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import polars as pl
import pyarrow as pa
from flask import Flask, Response, request

from dashboard.api import parameters
from dashboard.api.answers import Rows, csv_of, first_of, json_of, listed, page_of, unless_known
from dashboard.api.checks import rows_of
from dashboard.api.fields import as_frame, sortable
from dashboard.api.page import page
from dashboard.api.parameters import ABOUT, COLUMNS, ORDER, PAGING, Asked
from dashboard.api.twins import OF_PAGES, links
from dashboard.checking import TooManyQuestionsError
from dashboard.components.grid import amount_of
from dashboard.guard import put_off, refusal
from dashboard.limits import Downloads
from dashboard.site import Site
from tracker import reports
from tracker.figures.index import Span
from tracker.reports import Report
from tracker.reports.report import ROWS_AT_ONCE
from tracker.schema import REVIEWED_DOCUMENT_SCHEMA, SIGHTING_SCHEMA
from tracker.store.filters import NAMES
from tracker.store.frame import polars

DOWNLOADS = 8
"""Downloads of whole tables at a time."""


@dataclass(frozen=True)
class Table:
    """Rows that are no report of mentions or figures, written by the same formats."""

    rows: pl.DataFrame
    version: int

    def slices(self) -> Iterator[pl.DataFrame]:
        """The rows, some at a time, at least once."""
        yield from self.rows.iter_slices(ROWS_AT_ONCE) if self.rows.height else [self.rows]


def add_api(server: Flask, site: Site) -> None:
    """Adds `/api` and all below it, and to every page a link to its data."""
    downloads = Downloads(DOWNLOADS)

    def add(path: str, make: Callable[..., Response]) -> None:
        def view(**names: str) -> Response:
            return unless_known(site, lambda: make(site, **names))

        server.add_url_rule(f"/api{path}", f"api{path}", view)

    def add_csv(path: str, make: Callable[..., Any]) -> None:
        def view(**names: str) -> Response:
            return unless_known(site, lambda: download(make(site, **names)))

        def download(made: Any) -> Response:
            if isinstance(made, Response):
                return made
            report, name = made
            return csv_of(downloads, reports.stream(report, "csv"), name)

        server.add_url_rule(f"/api{path}", f"api{path}", view)

    add("", lambda site: Response(page(site), mimetype="text/html"))
    for what in _LISTS:
        add(f"/{what}", lambda site, what=what: _listed(site, what))
        add_csv(f"/{what}.csv", lambda site, what=what: _whole(site, what))
    add("/documents/<document_id>", document)
    add_csv("/documents/<document_id>.csv", document_csv)
    add("/figures/<figure_id>", figure)
    add_csv("/figures/<figure_id>.csv", figure_csv)
    add("/check", check)
    add_csv("/check.csv", check_csv)
    add("/fields", fields)
    add_csv("/fields.csv", lambda site: (_fields(site), "tracker-fields.csv"))

    @server.after_request
    def _links(response: Response) -> Response:
        if response.status_code == 200 and response.mimetype == "text/html":
            for link in links(request.path, request.query_string):
                response.headers.add("Link", link)
        return response


_MORE = {"mentions": COLUMNS, "figures": (*COLUMNS, *ABOUT)}
"""By what is listed: the parameters beside filters, order and paging."""


def _asked(what: str) -> Asked:
    known = (*ORDER, *PAGING, *_MORE.get(what, ()))
    asked = parameters.read(request.args.items(multi=True), known, OF_PAGES)
    unknown = [name for name, _ in asked.sort if name not in sortable(what)]
    if unknown:
        raise ValueError(f"sort: {unknown[0][:40]!r} cannot be sorted by, see /api")
    return asked


def _mentions(site: Site, asked: Asked) -> Report:
    return Report.of(
        site.query, "mentions", asked.filters, sort=asked.sort, columns=asked.columns,
        base_url=site.settings.base_url,
    )  # fmt: skip


def _figures(site: Site, asked: Asked) -> Report:
    version = site.query.version
    rows = site.catalogue.figures(asked.filters, asked.sort, amount=_amount(asked.about))
    return _figures_of(site, rows, version, asked)


def _amount(text: str) -> Span | None:
    try:
        return amount_of(text)
    except ValueError as error:
        raise ValueError(f"about: {error}") from None


def _documents(site: Site, asked: Asked) -> Table:
    version = site.query.version
    rows = site.query.documents(asked.filters, asked.sort)
    return Table(rows, version)


_LISTS: dict[str, Callable[[Site, Asked], Any]] = {
    "mentions": _mentions, "figures": _figures, "documents": _documents,
}  # fmt: skip


def report_asked(site: Site, what: str) -> Report:
    """The mentions or figures that the address of the request asks for, all of them.

    Raises ValueError, one line, for a parameter that is not known or cannot be.
    """
    asked = _asked(what)
    return _mentions(site, asked) if what == "mentions" else _figures(site, asked)


def _listed(site: Site, what: str) -> Response:
    """A page of rows."""
    asked = _asked(what)
    if what == "mentions":
        return _listed_mentions(site, asked)
    after, key = asked.after, f"{what.removesuffix('s')}_id"
    if after and what == "figures":  # the figure of today, should it have grown meanwhile
        after = site.catalogue.book.figure_id(after) or after
    report = _LISTS[what](site, asked)
    rows, last = page_of(report.rows, key, after, asked.limit)
    return listed(site, replace(report, rows=rows), report.rows.height, last)


def _listed_mentions(site: Site, asked: Asked) -> Response:
    """The same for mentions, of which there may be many: only what is shown is sorted out."""
    version = -1
    while version != site.query.version:  # of one state of the data
        version, count = site.query.version, site.query.count(asked.filters)
        rows = site.query.mentions(
            asked.filters, asked.sort, limit=asked.limit + 1, after=asked.after
        )
    last = rows["mention_id"][asked.limit - 1] if rows.height > asked.limit else None
    report = _mentions_of(site, rows.head(asked.limit), version)
    return listed(site, replace(report, columns=asked.columns), count, last)


def _whole(site: Site, what: str) -> tuple[Any, str]:
    """All rows, and what their file is called."""
    report = _LISTS[what](site, _asked(what))
    if isinstance(report, Report):
        return report, reports.file_name(report, "csv")
    return report, f"tracker-{what}_v{report.version}.csv"


def document(site: Site, document_id: str) -> Response:
    """One document with its mentions and where it was seen; its text only where it is served."""
    _nothing_more()
    row = site.query.document(document_id)
    if row is None:
        return refusal(404, "no such document")
    table = _frame([row], REVIEWED_DOCUMENT_SCHEMA)
    if not site.settings.shows_texts:
        table = table.drop("text")
    sightings = _frame(site.query.sightings(document_id), SIGHTING_SCHEMA)
    version = site.query.version
    return json_of(
        version=version,
        document=first_of(Table(table, version)),
        sightings=Rows(Table(sightings, version)),
        mentions=Rows(_mentions_of(site, site.query.mentions_in([document_id]), version)),
    )


def document_csv(site: Site, document_id: str) -> Any:
    """The mentions of one document."""
    _nothing_more()
    if site.query.document(document_id) is None:
        return refusal(404, "no such document")
    report = _mentions_of(site, site.query.mentions_in([document_id]), site.query.version)
    return report, f"tracker-{document_id}_v{report.version}.csv"


def figure(site: Site, figure_id: str) -> Response:
    """One figure, by its id or that of one of its mentions, with all of them."""
    found = _figure(site, figure_id)
    if found is None:
        return refusal(404, "no such figure")
    figures, mentions = found
    return json_of(version=figures.version, figure=first_of(figures), mentions=Rows(mentions))


def figure_csv(site: Site, figure_id: str) -> Any:
    """The mentions of one figure."""
    found = _figure(site, figure_id)
    if found is None:
        return refusal(404, "no such figure")
    figures, mentions = found
    name = figures.rows["figure_id"][0]
    return mentions, f"tracker-{name}_v{mentions.version}.csv"


def _figure(site: Site, figure_id: str) -> tuple[Report, Report] | None:
    _nothing_more()
    version, row = site.query.version, site.catalogue.figure(figure_id)
    if row is None:
        return None
    frame = pl.DataFrame([row], schema=site.catalogue.figures(limit=0).schema)
    mentions = site.catalogue.stating(frame).drop("figure_id")
    mentions = mentions.sort("published", "document_id", "start", nulls_last=True)
    return _figures_of(site, frame, version), _mentions_of(site, mentions, version)


def check(site: Site) -> Response:
    """What is stated about the amounts of a sentence."""
    answers = _answers(site)
    if isinstance(answers, Response):
        return answers
    return json_of(version=site.query.version, answers=[answer.data() for answer in answers])


def check_csv(site: Site) -> Any:
    """The same, a row for each quote."""
    answers = _answers(site)
    if isinstance(answers, Response):
        return answers
    version = site.query.version
    return Table(rows_of(answers), version), f"tracker-check_v{version}.csv"


def _answers(site: Site) -> Any:
    pairs = request.args.items(multi=True)
    question, day = parameters.read_question(
        pair for pair in pairs if pair[0] == "q" or pair[0] not in {*NAMES, *OF_PAGES}
    )
    try:
        return site.checking.check(question, day)
    except TooManyQuestionsError as error:
        return put_off(error.seconds, str(error))


def _nothing_more() -> None:
    """Raises ValueError for parameters, where none is known but those that pages carry along."""
    carried = {*NAMES, *OF_PAGES}
    parameters.once((pair for pair in request.args.items(multi=True) if pair[0] not in carried), ())


def fields(site: Site) -> Response:
    """Every field of every kind of row."""
    table = _fields(site)
    return json_of(version=table.version, fields=Rows(table))


def _fields(site: Site) -> Table:
    _nothing_more()
    return Table(as_frame(), site.query.version)


def _mentions_of(site: Site, rows: pl.DataFrame, version: int) -> Report:
    return Report(
        what="mentions", rows=rows, version=version, query=site.query,
        base_url=site.settings.base_url,
    )  # fmt: skip


def _figures_of(site: Site, rows: pl.DataFrame, version: int, asked: Asked | None = None) -> Report:
    report = Report(
        what="figures", rows=rows, version=version, query=site.query,
        given_book=site.catalogue.book, base_url=site.settings.base_url,
    )  # fmt: skip
    if asked is None:
        return report
    return replace(report, filters=asked.filters, sort=asked.sort, columns=asked.columns)


def _frame(rows: list[dict[str, Any]], schema: pa.Schema) -> pl.DataFrame:
    return polars(pa.Table.from_pylist(rows, schema=schema))
