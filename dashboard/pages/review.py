"""Reviewing mentions one after the other: confirm, correct, reject, with name and reason.

Here only where the server allows it (`Settings.allow_review`). The address names the mention and
the filters; `made` names the decision that led here, `met` one that came in between.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import dash
import polars as pl
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboard import labels
from dashboard.components import desk
from dashboard.components import evidence as proof
from dashboard.components.filters import NAMES
from dashboard.reviewing import (
    PATH,
    Asked,
    address_of,
    decide,
    place_of,
    review_named,
    reviews_of,
)
from dashboard.site import Site
from dashboard.state import pairs_of, view_of
from tracker.ingest import Worklist
from tracker.schema import ACTION
from tracker.store import Filters

DESCRIPTION = "Mentions that nobody has reviewed, the most doubtful first."
AROUND = 4
"""Mentions of the queue that are listed before and behind the one that is shown, at least."""

Row = Mapping[str, Any]


def layout(site: Site, worklist: Worklist, parameters: Mapping[str, Any]) -> Component:
    """The page for an address' query parameters."""
    pairs = pairs_of(parameters)
    given = dict(pairs)
    filters = view_of(pairs).filters
    queue = worklist.waiting(filters)
    mention_id = given.get("mention") or _first(queue)
    place = place_of(queue, mention_id)
    mention = site.query.mention(mention_id) if mention_id else None
    return html.Main(
        [
            html.Div(
                [
                    html.H2("Review", className="headline"),
                    html.P(_extent(site, queue, place, filters), id="review-extent"),
                    *_narrowed(filters),
                ],
                className="review-head",
            ),
            *_said(site, given),
            *_body(site, worklist, queue, place, mention_id, mention, filters),
            dcc.Location(id="review-go", refresh="callback-nav"),
            dcc.Store(id="review-mention", data=mention_id),
            dcc.Store(id="review-filters", data=urlencode(filters.pairs())),
            dcc.Store(id="review-ready", data=bool(given.get("made"))),
        ],
        className="page reviewing",
        id="review",
    )


def _body(
    site: Site,
    worklist: Worklist,
    queue: pl.DataFrame,
    place: int | None,
    mention_id: str | None,
    mention: Row | None,
    filters: Filters,
) -> list[Component]:
    if mention_id is None:
        return [html.P("Nothing is left to review here.", className="lead"), _no_mention()]
    document = site.query.document(mention["document_id"]) if mention else None
    if mention is None or document is None:
        return [*proof.not_found(mention_id), _no_mention()]
    reviews = reviews_of(site, mention_id)
    in_force = [row["review_id"] for row in site.query.decisions().about(mention_id)]
    doubts = worklist.doubts(mention)
    why = [html.P(["Look twice: ", "; ".join(doubts), "."], className="doubts")] if doubts else []
    return [
        html.Div(
            [
                html.Section(
                    [*proof.statement(mention, document), *why], className="review-stated",
                    **{"aria-labelledby": proof.TITLE_ID},
                ),
                html.Aside(
                    desk.desk(mention, desk.decisions_log(reviews, in_force)), className="desk",
                    **{"aria-labelledby": "desk-title"},
                ),
                html.Section(
                    proof.grounds(mention, document), className="grounds",
                    **{"aria-label": "Why it is read so"},
                ),
                _list(site, queue, place, filters),
            ],
            className="review-columns",
        ),
        dcc.Store(id="review-seen", data=[row["review_id"] for row in reviews]),
    ]  # fmt: skip


def _no_mention() -> Component:
    return html.P(dcc.Link("To the first that waits", href=PATH, className="action"))


def _first(queue: pl.DataFrame) -> str | None:
    return queue["mention_id"][0] if queue.height else None


def _extent(site: Site, queue: pl.DataFrame, place: int | None, filters: Filters) -> str:
    waiting = f"{labels.count(queue.height, 'mention')} without a review"
    if place is not None:
        waiting = f"{place + 1:,} of {waiting}, the most doubtful first"
    done = site.query.count(filters) - queue.height
    return f"{waiting}. {done:,} others are reviewed or replaced." if done > 0 else f"{waiting}."


def _narrowed(filters: Filters) -> list[Component]:
    """The filters of the address, and the way out of them."""
    if not filters.pairs():
        return []
    words = "; ".join(
        f"{NAMES[name]}: {labels.value(name, value)}" for name, value in filters.pairs()
    )
    return [html.P(["Only ", words, ". ", dcc.Link("All", href=PATH)], className="note")]


def _list(site: Site, queue: pl.DataFrame, place: int | None, filters: Filters) -> html.Nav:
    """The neighbours of the mention in the queue, with the links forward and back."""
    here = place if place is not None else -1
    first = max(0, min(here - AROUND, queue.height - 2 * AROUND - 1))
    doubts = queue.slice(first, 2 * AROUND + 1).to_dicts()
    # One that another person rejects in this moment is left out.
    shown = [
        (first + number, mention | row)
        for number, row in enumerate(doubts)
        if (mention := site.query.mention(row["mention_id"]))
    ]
    ids = queue["mention_id"]
    steps = []
    for name, words, there in (("before", "Back", here - 1), ("next", "Next", here + 1)):
        if 0 <= there < queue.height:
            key = desk.KEYS[name]
            steps.append(
                dcc.Link(
                    [words, " ", html.Kbd(key)], id=f"review-{name}", className="action",
                    href=address_of(filters, ids[there]),
                )
            )  # fmt: skip
    return html.Nav(
        [
            html.H2("Waiting", className="section"),
            html.Div(steps, className="decisions"),
            html.Ol(
                [
                    html.Li(
                        dcc.Link(
                            [
                                html.Span(labels.stated_amount(row), className="figure"),
                                html.Span(labels.status(row["status"], row["hold"])),
                                html.Span(_why(row), className="note"),
                            ],
                            href=address_of(filters, row["mention_id"]),
                            className="here" if number == here else "",
                        )
                    )
                    for number, row in shown
                ],
                className="queue",
                start=first + 1,
            ),
        ],
        className="review-queue",
        **{"aria-label": "Waiting for review"},
    )


def _why(row: Row) -> str:
    return "; ".join(filter(None, (row["odd"], row["stage"]))) or labels.flow(row)


def _said(site: Site, given: Mapping[str, str]) -> list[Component]:
    """What the last decision was, and that another one came in between."""
    made = review_named(site, given.get("made"))
    if made is None:
        return []
    what = f"{ACTION[made['action']].capitalize()}: {made['quote'] or made['document_id']}, "
    said: list[Any] = [f"{what}by {made['by']}. "]
    in_force = {row["review_id"] for row in site.query.decisions().reviews}
    if made["review_id"] in in_force:
        said.append(desk.undo_button(made["review_id"], "Undo it"))
        said += [" ", html.Kbd(desk.KEYS["undo"])]
    lines: list[Component] = [html.P(said, role="status", className="made", id="review-made")]
    met = review_named(site, given.get("met"))
    if met is not None:
        later = met["made"] > made["made"]
        holds = f"The later one, by {(met if later else made)['by']}, holds"
        lines.append(
            html.P(
                f"While it stood open here, {met['by']} decided on it too: "
                f"{ACTION[met['action']]} ({desk.moment(met['made'])}). {desk.reason_of(met)}. "
                f"Both stay in the log. {holds}.",
                role="alert",
                className="warning",
                id="review-met",
            )
        )
    return lines


def register(app: Dash, site: Site) -> None:
    """Puts the page and its callbacks into the app, where it is allowed."""
    if not site.settings.allow_review or site.settings.public:
        return
    worklist = Worklist(site.query)
    dash.register_page(
        __name__,
        path=PATH,
        title="Review",
        description=DESCRIPTION,
        layout=lambda step=None, **parameters: layout(site, worklist, parameters),
    )

    @app.callback(
        Output("review-problem", "children"), Output("review-problem", "hidden"),
        Output("review-go", "href"),
        Input("review-save", "n_clicks"), State("review-action", "data"),
        State("review-mention", "data"), State("review-name", "value"),
        State("review-reason", "value"), State("review-seen", "data"),
        State("review-shown", "data"), State(desk.field_id(ALL), "value"),
        State("review-filters", "data"), prevent_initial_call=True,
        running=[(Output("review-save", "disabled"), True, False)],
    )  # fmt: skip
    def _save(
        clicks: int | None, action: Any, mention_id: str, name: Any, reason: Any, seen: Any,
        shown: Any, fields: Any, address: str,
    ) -> Any:  # fmt: skip
        if not clicks or not action:
            raise PreventUpdate
        asked = Asked(
            action["action"], mention_id, str(name or ""), str(reason or ""),
            desk.corrections(shown, dict(zip(desk.FIELDS, fields, strict=True)))
            if action["action"] == "correct" else (),
            action.get("review"), seen or (),
        )  # fmt: skip
        problem, there = decide(site, worklist, asked, address)
        return problem, not problem, there or dash.no_update

    def run(name: str, *what: Any, **options: Any) -> None:
        app.clientside_callback(ClientsideFunction("reviewing", name), *what, **options)

    run(
        "open", Output("review-action", "data"), Output("review-form", "hidden"),
        Output("review-fields", "hidden"), Output("review-asked", "children"),
        Output("review-reason", "label"), Output("review-problem", "hidden", allow_duplicate=True),
        *[Input(f"review-{action}", "n_clicks") for action in desk.ACTIONS],
        Input({"type": "review-undo", "review": ALL}, "n_clicks"),
        Input("review-cancel", "n_clicks"), prevent_initial_call=True,
    )  # fmt: skip
    run("refused", Input("review-problem", "children"), prevent_initial_call=True)
    run("arrived", Output("review-mention", "data"), Input("review-ready", "data"))
