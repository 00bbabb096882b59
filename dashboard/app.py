"""The dashboard as a web application: `create_app` builds it, `serve` runs it with waitress."""

from __future__ import annotations

import logging
import signal
import socket
from pathlib import Path
from typing import NamedTuple

import dash
import dash_mantine_components as dmc
import waitress
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component

from dashboard import chart_files, theme
from dashboard.components import figure_panel, filters
from dashboard.pages import figure, figures, overview
from dashboard.routes import add_routes
from dashboard.site import Settings, Site
from dashboard.state import CARRIED, part_id

NAME = "Aid and funding figures"

PAGES = (overview, figures, figure)
"""The modules of `dashboard.pages`, each with `register(app, site)`."""


class Place(NamedTuple):
    """A link of the navigation, shown when a page stands at `path`."""

    name: str
    path: str
    own: str = ""
    """Names of filters, separated by spaces, that mean something else on this page."""


NAVIGATION = (Place("Overview", "/"), Place("Figures", "/figures"))
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


class ServeError(OSError):
    """The server cannot listen where it was told to; the text is one line for the user."""


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
    dash.page_registry.clear()  # the pages of an app that was made before in this process
    for page in PAGES:
        page.register(app, site)
    filters.register(app, site)
    figure_panel.register(app, site)
    _register(app)
    app.layout = _shell(site)
    chart_files.add_routes(app.server, site)
    add_routes(app.server, site)
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
            html.Div(dash.page_container, id="content"),
            dcc.Store(id="address"),
            dcc.Store(id="step"),
        ],
        theme=theme.MANTINE,
        defaultColorScheme="auto",
    )  # fmt: skip


def serve(data: Path, host: str = "127.0.0.1", port: int = 8050) -> None:
    """Serves the dashboard until SIGTERM or SIGINT, then returns.

    Raises `ServeError` when the address is in use or not allowed. Port 0 takes a free one.
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    with _listen(host, port) as listener:
        app = create_app(Settings(data=Path(data)))
        server = waitress.create_server(app.server, sockets=[listener], threads=8, ident=None)
        signal.signal(signal.SIGTERM, _stop)
        shown = f"[{host}]" if ":" in host else host
        print(f"Serving on http://{shown}:{listener.getsockname()[1]}", flush=True)
        try:
            server.run()
        finally:
            server.close()


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket; made before all else, so that a port in use is told at once."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).split(" (while")[0]
        raise ServeError(f"cannot serve on {host}:{port}: {reason.lower()}") from error


def _stop(*_: object) -> None:
    """Ends `server.run()`, which takes SystemExit as the wish to stop."""
    raise SystemExit(0)
