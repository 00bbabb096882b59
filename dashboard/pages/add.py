"""Adding documents: paste or upload, see what is found, then store it or throw it away.

Here only where the server allows it (`Settings.allow_adding`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

import dash
import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate
from flask import Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from dashboard import labels
from dashboard.adding import MAX_FILES, AddingError, Job, Jobs
from dashboard.components import found
from dashboard.guard import BODY, UPLOAD, put_off, refusal
from dashboard.site import Site
from tracker.documents import KINDS, MAX_BYTES, Given
from tracker.store import Query

PATH = "/add"
RECEIVE = "/add/readings"
"""Where the form goes: a reading is made of it."""
DESCRIPTION = "Add documents: read first, looked at, then stored."
STORED_SHOWN = 20
"""Documents that are linked to when they are stored."""
_MB = 1024**2
_MB_OF_UPLOAD = UPLOAD // _MB - 1


def layout(site: Site, jobs: Jobs, parameters: Mapping[str, Any]) -> Component:
    """The form, or the reading that the address names."""
    job_id = parameters.get("job")
    if not job_id:
        return html.Main([*_form(), dcc.Store(id="add-ready")], className="page adding")
    job = jobs.get(str(job_id))
    first = str(parameters.get("first", "0"))
    shown = int(first) if first.isdecimal() and len(first) < 9 else 0
    return html.Main(
        [
            html.Div(job_view(site, job, shown), id="add-job"),
            dcc.Store(id="add-tick"),
            dcc.Store(id="add-ready"),
            dcc.Store(id="add-id", data=job_id),
        ],
        className="page adding",
    )


def _form() -> list[Component]:
    def text(name: str, label: str, hint: str = "", **options: Any) -> dmc.TextInput:
        return dmc.TextInput(
            id=f"add-{name}", name=name, label=label, placeholder=hint,
            inputProps={"maxLength": 1000, "autoComplete": "off"}, debounce=True,
            className="filter", **options,
        )  # fmt: skip

    return [
        html.H2("Add documents", className="headline"),
        html.P(
            "They are read first, and you see every amount that was found. Nothing is stored "
            "before you say so."
        ),
        html.Form(
            [
                html.Div(
                    [
                        dmc.Textarea(
                            id="add-text", name="text", label="Paste a text",
                            debounce=True, className="filter",
                        ),
                        html.P("or", className="or"),
                        html.Div(
                            [
                                html.Label("Choose files", htmlFor="add-files"),
                                # The file field is made in the browser: Dash has none.
                                html.Div(id="add-files-place"),
                                html.P(
                                    f"{KINDS}: up to {MAX_BYTES // _MB} MB each, PDF and tables "
                                    f"up to {_MB_OF_UPLOAD} MB, at most {MAX_FILES} at a "
                                    "time. NAME.json beside a file says what is known of it.",
                                    className="note",
                                ),
                            ],
                            className="files",
                        ),
                    ]
                ),
                html.Fieldset(
                    [
                        html.Legend("What you know of it"),
                        text("title", "Title"),
                        text("publisher", "Publisher"),
                        text("published", "Published", "2023-12-07, 2023-12 or 2023"),
                        text("url", "Address", "https://"),
                        html.P(
                            "Wins over what the document says of itself. What nobody says stays "
                            "“not known”. Title and address are for one document.",
                            className="note",
                        ),
                    ]
                ),
                html.Div(
                    [
                        html.Button("Read it", type="submit", id="add-read", className="button"),
                        html.Span(id="add-state", role="status", className="note"),
                        html.P(id="add-problem", role="alert", className="warning", hidden=True),
                    ],
                    className="send",
                ),
            ],
            id="add-form",
            className="add-form",
            **{
                "data-most": str(_MB_OF_UPLOAD * _MB),
                "data-to": RECEIVE,
                "aria-label": "Add documents",
            },
        ),
    ]  # fmt: skip


def job_view(site: Site, job: Job | None, first: int = 0) -> list[Component]:
    """A reading as it stands now."""
    if job is None or job.state == "discarded":
        gone = "It was thrown away, or the server was started anew. Nothing of it was stored."
        return _ended("This reading is gone" if job is None else "Thrown away", gone)
    if job.is_busy:
        return _under_way(job)
    if job.state == "failed":
        return _ended("It could not be read", f"{_named(job)}: {job.problem}.")
    if job.state == "stored":
        return _stored(site.query, job)
    staged = job.found
    if staged is None:  # thrown away this very moment
        raise PreventUpdate
    documents = found.documents_of(staged)
    amounts = Counter(staged.store.table("mentions", ["document_id"])["document_id"].to_pylist())
    stored = site.store.read_by().keys()
    return [
        html.H2(found.headline(staged), className="headline", id="add-title", tabIndex=-1),
        html.Div(
            [
                *([html.Button("Store", id="add-store", className="button")] if documents else []),
                html.Button("Discard", id="add-discard", className="action"),
                html.P(
                    job.problem and f"Not stored: {job.problem}", role="alert",
                    className="warning", hidden=not job.problem,
                ),
            ],
            className="decide",
        ),
        *found.warnings(staged, stored, documents),
        *([found.documents_table(documents, amounts)] if documents else []),
        *(found.amounts_found(job.query, documents, job.job_id, first) if documents else []),
    ]  # fmt: skip


def _under_way(job: Job) -> list[Component]:
    step = job.step
    if job.state == "storing":
        return [
            html.H2("Storing", className="headline"),
            html.P(
                "It is being written into the data folder.", role="status", className="under-way"
            ),
        ]
    if job.state == "waiting":
        words = "Waits for another reading to end"
    elif step.documents and step.done >= job.size:
        words = f"{labels.count(step.documents, 'document')} read, looking for amounts"
    elif step.documents:
        words = f"{labels.count(step.documents, 'document')} read"
    else:
        words = "Opening"
    return [
        html.H2(f"Reading {_named(job)}", className="headline"),
        html.Progress(
            max=str(max(job.size, 1)), value=str(min(step.done, job.size)) if step.done else None,
            className="progress", **{"aria-label": "Read"},
        ),
        html.P(words, role="status"),
        html.P("Nothing is stored yet.", className="note"),
        html.Button("Cancel", id="add-discard", className="action under-way"),
    ]  # fmt: skip


def _stored(query: Query, job: Job) -> list[Component]:
    came_to = [html.Li(f"{labels.count(n, 'document')}: {words}")
               for words, n in job.came_to.items()]  # fmt: skip
    ids = list(dict.fromkeys(job.document_ids))
    stored = filter(None, map(query.document, ids[:STORED_SHOWN]))
    links = [
        html.Li(dcc.Link(found.name_of(row), href=f"/document/{row['document_id']}"))
        for row in stored
    ]
    more = len(ids) - STORED_SHOWN
    return [
        html.H2("Stored", className="headline", id="add-title", tabIndex=-1),
        html.Ul(came_to, id="add-came-to"),
        html.Ul(links, className="plain"),
        *([html.P(f"and {more:,} more", className="note")] if more > 0 else []),
        html.P(dcc.Link("Add more", href=PATH, className="action")),
    ]


def _ended(heading: str, words: str) -> list[Component]:
    return [
        html.H2(heading, className="headline", id="add-title", tabIndex=-1),
        html.P(words),
        html.P(dcc.Link("Add a document", href=PATH, className="action")),
    ]


def _named(job: Job) -> str:
    more = len(job.names) - 1
    return f"{job.names[0]} and {more:,} more" if more else job.names[0]


def receive(site: Site, jobs: Jobs) -> Response:
    """Makes a reading of the form that was sent: its id, or one line that says why not."""
    if seconds := site.additions.wait(request.remote_addr):
        return put_off(seconds, "too many documents at once, try again in a moment")
    request.max_content_length = UPLOAD
    request.max_form_memory_size = MAX_BYTES + BODY
    request.max_form_parts = MAX_FILES + 20
    try:
        files, form = request.files.getlist("files"), request.form
    except RequestEntityTooLarge:
        return refusal(
            413, f"bigger than {_MB_OF_UPLOAD} MB in all, or more than {MAX_FILES} files"
        )
    given = {name: " ".join(form.get(name, "").split()) or None
             for name in ("publisher", "published", "url", "title")}  # fmt: skip
    try:
        job = jobs.create(files, form.get("text", ""), Given(**given))
    except AddingError as error:
        return refusal(400, str(error))
    return Response(json.dumps({"job": job.job_id}), 201, mimetype="application/json")


def register(app: Dash, site: Site) -> None:
    """Puts the page, its address for forms and its callbacks into the app, where it is allowed."""
    if not site.settings.allow_adding or site.settings.public:
        return
    jobs = Jobs(site.store)
    dash.register_page(
        __name__,
        path=PATH,
        title="Add documents",
        description=DESCRIPTION,
        layout=lambda step=None, **parameters: layout(site, jobs, parameters),
    )

    @app.server.post(RECEIVE)
    def _receive() -> Response:
        return receive(site, jobs)

    # Asked for by add.js when the last answer is there: Dash drops an answer that is overtaken by
    # the next question, so that with a clock a busy server would never be heard.
    @app.callback(
        Output("add-job", "children"), Input("add-tick", "data"), State("add-id", "data"),
        prevent_initial_call=True,
    )  # fmt: skip
    def _look(_: int, job_id: str) -> Any:
        return job_view(site, jobs.get(job_id))

    @app.callback(
        Output("add-job", "children", allow_duplicate=True),
        Input("add-store", "n_clicks"), State("add-id", "data"), prevent_initial_call=True,
        running=[(Output("add-store", "disabled"), True, False),
                 (Output("add-discard", "disabled"), True, False)],
    )  # fmt: skip
    def _store(clicks: int | None, job_id: str) -> Any:
        if not clicks:
            raise PreventUpdate
        jobs.store(job_id)
        return job_view(site, jobs.get(job_id))

    @app.callback(
        Output("add-job", "children", allow_duplicate=True),
        Input("add-discard", "n_clicks"), State("add-id", "data"), prevent_initial_call=True,
    )  # fmt: skip
    def _discard(clicks: int | None, job_id: str) -> Any:
        if not clicks:
            raise PreventUpdate
        jobs.discard(job_id)
        return job_view(site, jobs.get(job_id))

    app.clientside_callback(
        ClientsideFunction("adding", "form"),
        Output("add-ready", "data"),
        Input("add-files-place", "id"),
    )
    app.clientside_callback(
        ClientsideFunction("adding", "arrived"),
        Output("add-ready", "data", allow_duplicate=True),
        Input("add-job", "children"),
        prevent_initial_call="initial_duplicate",
    )
