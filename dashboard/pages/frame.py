"""What the pages have in common: how one is added, and what stands on each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import dash
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.site import Site
from dashboard.state import pairs_of, view_of


def add_page(
    module: str,
    site: Site,
    path: str,
    layout: Callable[..., Component],
    *,
    title: str | Callable[..., str],
    description: str,
) -> None:
    """Puts a page into the app of `site`.

    `path` may have variables ("/figure/<figure_id>"): `layout` is called with the site, the view
    that the address asks for, and those variables by name.
    """
    template = {"path_template": path} if "<" in path else {"path": path}
    variables = [part.split(">")[0] for part in path.split("<")[1:]]

    def laid_out(step: Any = None, **parameters: Any) -> Component:
        if not site.catalogue.ready():
            return reading()
        named = {name: parameters.pop(name, "") for name in variables}
        return layout(site, view_of(pairs_of(parameters)), **named)

    dash.register_page(
        module, title=title, description=description, layout=laid_out, **template
    )  # fmt: skip


def reading() -> Component:
    """What stands there while many figures are read for the first time; it asks again by itself."""
    return html.Main(
        [
            html.H2("Reading the data", className="headline"),
            html.P(
                "The figures are put together. With a million mentions this takes some minutes "
                "once, and seconds from then on. The page appears by itself."
            ),
            dcc.Interval(id="reading", interval=3_000),
        ],
        className="page",
    )


def colophon(site: Site) -> html.Footer:
    """The foot of a page of data."""
    return html.Footer(f"Data version {site.query.version}", className="colophon")
