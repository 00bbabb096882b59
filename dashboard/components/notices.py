"""What stands where there is nothing to show, or something to know first: in plain words."""

from __future__ import annotations

import shlex
from pathlib import Path

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.site import Settings


def sample_banner(settings: Settings) -> list[Component]:
    """The line that every page of sample data begins with; nothing for real documents."""
    if not settings.sample:
        return []
    return [
        html.Aside(
            [
                html.Strong("Sample data. "),
                "These stories are invented, to show what the pages can do: do not cite them.",
            ],
            className="sample",
            **{"aria-label": "What these pages show"},
        )
    ]


def nothing_stored(settings: Settings) -> html.Main:
    """The page of a data folder without documents: what to do first."""
    # Elsewhere than in the folder that the command takes by itself; no path is told the world.
    elsewhere = not settings.public and settings.data != Path("data")
    given = f" --data {shlex.quote(str(settings.data))}" if elsewhere else ""
    add = [
        html.P(
            [
                dcc.Link("Add a document here", href="/add"),
                ": paste its text or choose a file. Or, in a terminal:",
            ]
        )
    ]
    return html.Main(
        [
            html.H2("Nothing is stored yet", className="headline"),
            html.P(
                "These pages show every amount of money that your documents state, what it is "
                "(asked for, promised, approved, paid), and the words that say so."
            ),
            html.H3("Begin with one document", className="step"),
            *(add if settings.allow_adding else []),
            html.P("Read an article, a press release or a report, then reload this page:"),
            html.Pre(
                tabIndex=0,
                children=html.Code(
                    f"tracker ingest article.txt --publisher Reuters --published 2023-12-07{given}"
                ),
            ),
            html.P(
                "Folders, PDF, Word, saved web pages and web addresses work too; the server may "
                "keep running."
            ),
            html.H3("Or look at an example first", className="step"),
            html.P("This serves invented stories from a folder of their own, marked as such:"),
            html.Pre(tabIndex=0, children=html.Code("make demo")),
            html.P(
                [
                    "What the words mean, and how well amounts are read: ",
                    dcc.Link("Method", href="/method"),
                    ".",
                ]
            ),
        ],
        className="page",
    )


def not_there(what: str, name: str, why: str, *ways: tuple[str, str]) -> html.Main:
    """The page for an id that leads nowhere: what was asked for, why it may be gone, ways on."""
    return html.Main(
        [
            html.H2(f"This {what} is not in the data", className="headline"),
            html.P([html.Code(name), " ", why]),
            html.P(
                [
                    part
                    for text, href in ways
                    for part in (dcc.Link(text, href=href), " \u00a0 ")
                ]
            ),
        ],
        className="page",
    )  # fmt: skip
