"""The dashboard as a web application: `create_app` builds it, `dashboard.serving` serves it."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import dash
import dash_mantine_components as dmc
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component
from flask import Response, request

from dashboard import chart_files, exports, theme
from dashboard.api import add_api
from dashboard.components import figure_panel, filters
from dashboard.components.notices import sample_banner
from dashboard.guard import protect
from dashboard.pages import (
    add,
    check,
    document,
    documents,
    figure,
    figures,
    method,
    overview,
    review,
)  # fmt: skip
from dashboard.policy import policy_of, with_headers
from dashboard.routes import add_routes
from dashboard.site import Settings, Site
from dashboard.state import CARRIED, part_id

NAME = "Aid and funding figures"

PAGES = (overview, figures, figure, documents, document, check, method, add, review)
"""The modules of `dashboard.pages`, each with `register(app, site)`."""


class Place(NamedTuple):
    """A link of the navigation, shown when a page stands at `path`."""

    name: str
    path: str
    own: str = ""
    """Names of filters, separated by spaces, that mean something else on this page."""


NAVIGATION = (
    Place("Overview", "/"),
    Place("Figures", "/figures"),
    Place("Documents", "/documents"),
    Place("Check", "/check", own="q"),
    Place("Method", "/method"),
    Place("Add", "/add"),
    Place("Review", "/review"),
)
"""What the shell links to; the links carry the filters of the address along."""

_INDEX = """<!DOCTYPE html>
<html lang="en">
<head>
{%metas%}
<meta name="description" content="__DESCRIPTION__">
<title>{%title%}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<script>
const stored = localStorage.getItem("mantine-color-scheme-value");
const system = matchMedia("(prefers-color-scheme: dark)").matches;
const dark = stored === "dark" || (stored !== "light" && system);
document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
</script>
<style>__VARIABLES__</style>
{%css%}
</head>
<body>
<noscript>
This page needs JavaScript. The mentions are also a file: <a href="/mentions.csv">mentions.csv</a>.
</noscript>
{%app_entry%}
{%config%}{%scripts%}{%renderer%}
</body>
</html>
"""


def create_app(settings: Settings) -> Dash:
    """The dashboard over the data folder of `settings`; nothing is fetched from elsewhere."""
    site = Site(settings)
    app = Dash(
        __name__,
        use_pages=True,
        pages_folder="",
        title=NAME,
        update_title=None,
        include_pages_meta=False,
        index_string=_INDEX.replace("__VARIABLES__", theme.css()).replace(
            "__DESCRIPTION__", overview.DESCRIPTION
        ),
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
        routing_callback_inputs={"step": Input("step", "data")},
        # The empty page lacks the parts that the callbacks are for.
        suppress_callback_exceptions=True,
        compress=True,
        serve_locally=True,
        enable_mcp=False,
    )
    # A tenth less than by default, for some milliseconds more.
    app.server.config.update(COMPRESS_ZSTD_LEVEL=9, COMPRESS_BR_LEVEL=5)
    dash.page_registry.clear()  # the pages of an app that was made before in this process
    for page in PAGES:
        page.register(app, site)
    filters.register(app, site)
    figure_panel.register(app, site)
    _register(app)
    app.layout = _shell(site)
    protect(app, settings)
    chart_files.add_routes(app.server, site)
    exports.add_routes(app.server, site)
    add_routes(app.server, site)
    add_api(app.server, site)
    policy = cache(lambda: policy_of(app))  # Dash adds a script at the first request

    @app.server.after_request
    def _headers(response: Response) -> Response:
        return with_headers(response, policy(), request.path, bool(request.args))

    return app


def _register(app: Dash) -> None:
    """The callbacks of the shell, which run in the browser: `assets/shell.js`."""
    app.clientside_callback(
        ClientsideFunction("shell", "write"), Output("address", "data"),
        Input(part_id(ALL), "data"), State(part_id(ALL), "id"),
    )  # fmt: skip
    app.clientside_callback(
        ClientsideFunction("shell", "carry"), Output(_link_id(ALL), "href"),
        Input("address", "data"), State(_link_id(ALL), "id"),
    )  # fmt: skip

    app.clientside_callback(
        ClientsideFunction("shell", "again"), Output("step", "data"),
        Input("reading", "n_intervals"), prevent_initial_call=True,
    )  # fmt: skip


def _link_id(path: str, own: str = "") -> dict[str, str]:
    return {"type": "page", "path": path, "own": own if path is not ALL else ALL}


def _shell(site: Site) -> Component:
    """What every page stands in."""
    there = {page["path"] for page in dash.page_registry.values()}
    links = [
        dcc.Link(place.name, href=place.path, id=_link_id(place.path, place.own))
        for place in NAVIGATION
        if place.path in there
    ]
    return dmc.MantineProvider(
        [
            html.A("Skip to the content", href="#content", className="skip"),
            html.Header(
                [
                    html.H1(dcc.Link(NAME, href="/")),
                    html.P("Asked for, promised, approved, paid: what texts say, with their words"),
                    html.Nav(
                        links, id="pages",
                        **{"aria-label": "Pages", "data-carried": " ".join(CARRIED)},
                    ),
                    dmc.ColorSchemeToggle(
                        lightIcon="Dark", darkIcon="Light", id="scheme", className="scheme",
                        **{"aria-label": "Switch between light and dark"},
                    ),
                ],
                className="masthead",
            ),
            *sample_banner(site.settings),
            html.Div(dash.page_container, id="content"),
            dcc.Store(id="address"),
            dcc.Store(id="step"),
        ],
        theme=theme.MANTINE,
        defaultColorScheme="auto",
    )  # fmt: skip
