"""Check: a sentence against the known figures, as evidence in bands; the address keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import dash
import dash_mantine_components as dmc
import polars as pl
from dash import ClientsideFunction, Dash, Input, Output, dcc, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboard import labels
from dashboard.components.about import at_source
from dashboard.components.notices import nothing_stored
from dashboard.site import Site
from tracker.check import Answer
from tracker.check.question import MAX_CHARACTERS

PATH = "/check"
MOST_ANSWERS = 25
"""Amounts of one text that are answered; a page of more helps nobody."""
EXAMPLES = 3
HINT = "Write the amount with its number, as in “$61.4 billion” or “600 million euros”."


def layout(site: Site, parameters: Mapping[str, Any]) -> Component:
    """The page for an address' question `q`."""
    if site.query.version == 0:
        return nothing_stored(site.settings)
    asked = parameters.get("q") or ""
    asked = asked if isinstance(asked, str) else asked[0]
    return html.Main(
        [
            html.H2("What is known of this amount?", className="headline"),
            html.P(
                "Paste a sentence or a paragraph. For each amount in it you get what the stored "
                "documents state, with their words; which of them is right is for you to judge.",
                className="lead",
            ),
            html.Div(
                [
                    dmc.Textarea(
                        id="question",
                        label="Sentence or paragraph",
                        value=asked,
                        placeholder="such as: The US has already given Ukraine $61.4 billion",
                        autosize=True,
                        minRows=3,
                        maxRows=12,
                        inputProps={"maxLength": MAX_CHARACTERS},
                    ),
                    html.Div(
                        [
                            html.Button("Check", id="ask", className="primary"),
                            html.Span(
                                ["or ", html.Kbd("Ctrl"), " + ", html.Kbd("Enter")],
                                className="note",
                            ),
                        ],
                        className="ask-bar",
                    ),
                ],
                className="ask",
                role="form",
                **{"aria-label": "Check a sentence"},
            ),
            *([] if asked else _examples(site)),
            html.Div(
                html.P("Comparing with what is known …", className="note waiting") if asked else [],
                id="answers",
                **{"aria-live": "polite"},
            ),
            dcc.Store(id="asked", data=asked),
            dcc.Store(id="answered"),
        ],
        className="page check",
    )


def _examples(site: Site) -> list[Component]:
    """Sentences of the documents themselves, those of the figures that most voices state."""
    figures = site.catalogue.figures(sort=[("publishers", "desc"), ("mentions", "desc")], limit=20)
    ids = [ids[0] for ids in figures["mention_ids"].to_list()]
    rows = site.query.mentions().filter(pl.col("mention_id").is_in(ids))
    of = dict(rows.select("mention_id", "sentence").rows())
    sentences = [of[i] for i in ids if i in of and 30 <= len(of[i]) <= 160][:EXAMPLES]
    if not sentences:
        return []
    return [
        html.P("Try one of these:", className="note"),
        html.Ul(
            [
                html.Li(dcc.Link(sentence, href=f"{PATH}?q={quote(sentence)}"))
                for sentence in sentences
            ],
            className="examples",
        ),
    ]


def answered(site: Site, asked: str | None) -> dict[str, Any]:
    """The answers as plain data, or in `problem` why there is none, in one line."""
    if not (asked or "").strip():
        raise PreventUpdate
    try:
        answers = site.checking.check(asked or "")
    except ValueError as error:
        problem = f"{str(error)[:1].upper()}{str(error)[1:]}."
        return {"problem": problem, "hint": HINT if "no amount" in str(error) else None,
                "answers": []}  # fmt: skip
    left = len(answers) - MOST_ANSWERS
    return {
        "answers": [_linked(answer) for answer in answers[:MOST_ANSWERS]],
        "left": f"{labels.count(left, 'more amount')} in this text: check them in another go."
        if left > 0
        else None,
    }


def _linked(answer: Answer) -> dict[str, Any]:
    """The content of an answer; each quote with the addresses of its frozen copy and source."""
    data = answer.data()
    for band in data["bands"]:
        for figure in band["figures"]:
            rows = answer.evidence.get(figure["figure_id"], [])
            for said, row in zip(figure["quotes"], rows, strict=True):
                said["frozen"] = f"/document/{row['document_id']}?mention={row['mention_id']}"
                said["source"] = at_source(row)
                said["when"] = labels.day(row["published"], row["published_precision"])
    return data


def register(app: Dash, site: Site) -> None:
    """Puts the page and its callbacks into the app."""
    dash.register_page(
        __name__,
        path=PATH,
        title="Check a sentence",
        layout=lambda step=None, **parameters: layout(site, parameters),
    )

    @app.callback(Output("answered", "data"), Input("asked", "data"))
    def _answered(asked: str | None) -> Any:
        return answered(site, asked)

    app.clientside_callback(
        ClientsideFunction("check", "draw"), Output("answers", "className"),
        Input("answered", "data"), prevent_initial_call=True,
    )  # fmt: skip
    app.clientside_callback(
        ClientsideFunction("check", "ask"), Output("ask", "className"), Input("ask", "n_clicks"),
        prevent_initial_call=True,
    )  # fmt: skip
