"""Method: what each stage means, what is in the collection, how well it is read, and its limits."""

from __future__ import annotations

import re
from typing import Any

import dash
from dash import Dash, dcc, html
from dash.development.base_component import Component

from dashboard.components.coverage import coverage
from dashboard.components.reader import RUNGS
from dashboard.components.scores import scores
from dashboard.components.table import table
from dashboard.site import Site
from tracker import money
from tracker.evaluate import recorded
from tracker.reports import notes
from tracker.schema import CROSSWALK, EXAMPLE, HOLD, MEANING, STATUS, VOCABULARIES

PATH = "/method"
LIMITS = (
    "An amount needs a number: “billions of dollars” is none. Tables are read a line at a time, "
    "and scanned pages are not read at all.",
    "A stage is what the sentence says. Official books may call the same money something else, "
    "and use another day.",
    "What a text does not say stays “not said”, even where a reader would know.",
    "The collection is what people put into it. That no figure is here means that no stored "
    "document states one, not that there is none.",
    "Two mentions are one figure when nothing that they say tells them apart. Money that two "
    "papers describe very differently may stand as two figures, and a person can decide that.",
)


def layout(site: Site) -> Component:
    """The page."""
    parts = (
        ("stages", "What each stage means", _stages()),
        ("terms", "The terms of others", _terms()),
        ("sums", "Before you add anything up", _sums()),
        ("coverage", "What is in here", coverage(site)),
        ("scores", "How well it reads", scores(recorded())),
        ("limits", "What it cannot do", _limits()),
    )
    return html.Main(
        [
            html.H2("How these figures are made", className="headline"),
            html.P(
                "Texts are read by a program of rules. It finds every amount of money, says what "
                "each is, and keeps the words that say so. This page says what its words mean, "
                "what it has read, and how often it is right.",
                className="lead",
            ),
            html.Nav(
                [html.A(title, href=f"#{name}") for name, title, _ in parts],
                className="parts",
                **{"aria-label": "On this page"},
            ),
            *(
                html.Section(
                    [html.H3(title, id=f"{name}-title"), *content],
                    id=name,
                    className="method",
                    **{"aria-labelledby": f"{name}-title"},
                )
                for name, title, content in parts
            ),
        ],
        className="page",
    )


def _stages() -> list[Component]:
    codes = {**STATUS, **HOLD}
    return [
        html.P("From asked for to paid, the way that money goes. An amount is at one stage:"),
        table(
            ("Stage", "Means", "Example"),
            [
                (
                    [_ladder(code), html.Strong(label)],
                    _sentence(MEANING[code]),
                    html.Span(_example(EXAMPLE[code]), className="example"),
                )
                for code, label in codes.items()
            ],
            "stages-title",
        ),
        html.P(
            "In the examples the amount is marked, and the words that decide are underlined. "
            "Blocked and cancelled stand beside a stage: what was voted down is requested and "
            "cancelled."
        ),
    ]


def _ladder(code: str) -> Component:
    """The position of a stage; that of a hold is drawn at every stage that it can stand at."""
    at = RUNGS.index(code) if code in RUNGS else -1
    held = code if code in HOLD else ""
    return html.Span(
        [
            html.I(className=f"at {held}".strip() if held or place == at else "")
            for place in range(len(RUNGS))
        ],
        className="ladder",
        **{"aria-hidden": "true"},
    )


def _example(marked: str) -> list[Any]:
    """A sentence of `EXAMPLE`: **the amount** marked, *the words that decide* underlined."""
    parts: list[Any] = []
    for piece in re.split(r"(\*\*.+?\*\*|\*.+?\*)", marked):
        bare = piece.strip("*")
        if piece.startswith("**"):
            parts.append(html.Mark(bare))
        else:
            parts.append(html.U(bare) if piece.startswith("*") else bare)
    return parts


def _terms() -> list[Component]:
    codes = {**STATUS, **HOLD}
    return [
        html.P(
            "The nearest terms of four other vocabularies. Nearest is not equal: “commitment” is "
            "a promise for Kiel and a signed obligation for FTS and IATI. The words of the source "
            "itself are kept beside every stage."
        ),
        table(
            ("Stage", *VOCABULARIES.values()),
            [
                (codes[code], *(terms.get(name, "") for name in VOCABULARIES))
                for code, terms in CROSSWALK.items()
            ],
            "terms-title",
        ),
    ]


def _sums() -> list[Component]:
    return [html.Ul([html.Li(caveat) for caveat in notes.CAVEATS])]


def _limits() -> list[Component]:
    rates = (
        f"Amounts are converted with the European Central Bank's reference rates of "
        f"{len(money.currencies())} currencies. For others there is no rate, and none is guessed."
    )
    return [
        html.Ul([html.Li(limit) for limit in (*LIMITS, rates)]),
        html.P(
            [
                "Every number leads to its quote: when in doubt, read the sentence. ",
                dcc.Link("Check a number", href="/check"),
                " or ",
                dcc.Link("open a document", href="/documents"),
                ".",
            ]
        ),
    ]


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def register(app: Dash, site: Site) -> None:
    """Puts the page into the app."""
    dash.register_page(
        __name__,
        path=PATH,
        title="Method",
        layout=lambda step=None, **_: layout(site),
    )
