"""`/api`: what the API takes and gives, for people, made from what the program does."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import NamedTuple

from flask import render_template_string

from dashboard import theme
from dashboard.api import parameters
from dashboard.api.fields import FIELDS, as_rows
from dashboard.api.parameters import ABOUT, COLUMNS, FILTERS, ORDER, PAGING, QUESTION, Parameter
from dashboard.api.twins import OF_PAGES, TWINS
from dashboard.site import CHECKS, Site
from tracker.store.filters import MAX_VALUES


class Address(NamedTuple):
    """One address of the API."""

    path: str
    gives: str
    csv: str
    parameters: tuple[Parameter, ...] = ()
    in_csv: tuple[Parameter, ...] = ()


ADDRESSES = (
    Address(
        "/api/mentions", "Mentions, the newest published first.", "All of them.",
        (*FILTERS, *ORDER, *COLUMNS, *PAGING), (*FILTERS, *ORDER, *COLUMNS),
    ),
    Address(
        "/api/figures", "Figures, in the order of stages, the biggest first.", "All of them.",
        (*FILTERS, *ABOUT, *ORDER, *COLUMNS, *PAGING), (*FILTERS, *ABOUT, *ORDER, *COLUMNS),
    ),
    Address(
        "/api/documents", "Documents without their texts, the newest published first.",
        "All of them.", (*FILTERS, *ORDER, *PAGING), (*FILTERS, *ORDER),
    ),
    Address(
        "/api/figures/ID",
        "One figure, by its id or that of any of its mentions, and all its mentions.",
        "Its mentions.",
    ),
    Address(
        "/api/documents/ID", "One document with its text, where it was seen, and its mentions.",
        "Its mentions.",
    ),
    Address(
        "/api/check",
        "What is stated about the amounts of a sentence, in bands; never a verdict.",
        "A row for each quote.", QUESTION, QUESTION,
    ),
    Address("/api/fields", "Every field of every kind of row.", "The same."),
)  # fmt: skip
"""Every address; with .csv at its end it gives CSV."""


@cache
def _template() -> str:
    return resources.files("dashboard.api").joinpath("page.html").read_text("utf-8")


def page(site: Site) -> str:
    """The page as HTML."""
    rows = as_rows()
    return render_template_string(
        _template(),
        addresses=ADDRESSES,
        fields={what: [row for row in rows if row["of"] == what] for what in FIELDS},
        twins=TWINS,
        of_pages=OF_PAGES,
        limit=parameters.LIMIT,
        max_limit=parameters.MAX_LIMIT,
        checks=CHECKS,
        texts=site.settings.shows_texts,
        version=site.query.version,
        variables=theme.css(by_system=True),
        max_values=MAX_VALUES,
    )
