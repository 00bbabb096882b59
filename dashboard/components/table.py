"""A small table of a text page, which a screen reader can name and a narrow screen can scroll."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[Any]],
    named_by: str | None,
    numbers: Sequence[int] = (),
) -> Component:
    """A table whose first column heads its rows; `numbers` are the columns set to the right."""

    def class_of(place: int) -> str:
        return "number" if place in numbers else ""

    body = [
        html.Tr(
            [
                html.Th(row[0], scope="row"),
                *(
                    html.Td(cell, className=class_of(place))
                    for place, cell in enumerate(row[1:], start=1)
                ),
            ]
        )
        for row in rows
    ]
    headings = [
        html.Th(name, scope="col", className=class_of(place)) for place, name in enumerate(head)
    ]
    named = {"aria-labelledby": named_by} if named_by else {}
    return html.Div(
        html.Table([html.Thead(html.Tr(headings)), html.Tbody(body)], **named),
        className="scroll-x",
        tabIndex=0,
        role="group",
        **{"aria-label": head[0]},
    )
