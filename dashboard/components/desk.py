"""Where a mention is reviewed: the decisions, what they ask for, and who decided what before."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import labels
from tracker.schema import (
    ACTION,
    AID_TYPE,
    HOLD,
    INSTRUMENT,
    PER,
    QUALIFIER,
    STATUS,
    Mention,
    columns_of,
)

Row = Mapping[str, Any]

ACTIONS = {"confirm": ("Confirm", "c"), "correct": ("Correct", "e"), "reject": ("Reject", "x")}
"""What can be decided of a mention: the words on the button, and its key."""
NEEDS_REASON = ("correct", "reject")
NO_REASON = "none given"
"""The reason in the log where none was asked for and none given."""
KEYS = {"next": "n", "before": "p", "undo": "u"}
"""The other keys."""

_YES_NO = {"yes": "Yes", "no": "No"}
_CHOICES: Mapping[str, Mapping[str, str]] = {
    "status": STATUS, "hold": HOLD, "cumulative": _YES_NO, "qualifier": QUALIFIER, "per": PER,
    "aid_type": AID_TYPE, "instrument": INSTRUMENT,
}  # fmt: skip
_NEVER_EMPTY = ("status", "qualifier", "cumulative")
FIELDS = (
    "status", "cue", "hold", "donor", "recipient", "amount_min", "amount_max", "currency",
    "qualifier", "cumulative", "per", "aid_type", "instrument", "attributed_to",
)  # fmt: skip
"""What can be corrected here; `tracker review --set` knows more."""
_NAMES = {column.name: column.label for column in columns_of(Mention)} | {
    "amount_max": "Upper bound of a range", "cue": "Words that say the status",
}  # fmt: skip
_HINTS = {"donor": "Name or ISO code", "recipient": "Name or ISO code", "currency": "ISO code"}
_UNTOLD = ("low", "high", "cue_start", "cue_end")


def as_text(mention: Row) -> dict[str, str]:
    """A mention's values as they stand in the fields."""
    said: dict[str, str] = {}
    for name in FIELDS:
        value = mention[name]
        if name in ("donor", "recipient") and value:
            value = labels.party(value)
        elif name == "amount_max" and value == mention["amount_min"]:
            value = None
        elif isinstance(value, bool):
            value = "yes" if value else "no"
        elif isinstance(value, float):
            value = f"{value:.0f}" if value.is_integer() else repr(value)
        said[name] = value or ""
    return said


def corrections(before: Mapping[str, str], now: Mapping[str, str | None]) -> list[str]:
    """What was changed in the fields, as `tracker review --set` takes it: "status=approved"."""
    values = {name: (now.get(name) or "").strip() for name in before}
    changed = {name for name, value in values.items() if value != before[name]}
    said = []
    if changed & {"amount_min", "amount_max"}:
        low, high = values["amount_min"], values["amount_max"]
        said += [f"amount_min={low}", f"amount_max={high}"] if high else [f"amount={low}"]
    said += [
        f"{name}={values[name] or 'none'}"
        for name in FIELDS
        if name in changed and not name.startswith("amount_")
    ]
    return said


def field_id(name: str) -> dict[str, str]:
    """The id of a field for a corrected value."""
    return {"type": "review-field", "name": name}


def desk(mention: Row, log: Sequence[Component]) -> list[Component]:
    """The decisions on a mention."""
    buttons = [
        html.Button(
            [label, " ", html.Kbd(key)],
            id=f"review-{action}",
            className="action",
            **{"data-key": key, "aria-keyshortcuts": key},
        )
        for action, (label, key) in ACTIONS.items()
    ]
    return [
        html.H2("Your decision", className="section", id="desk-title"),
        dmc.TextInput(
            id="review-name", label="Your name", debounce=True, persistence=True,
            persistence_type="local",
            inputProps={"maxLength": 100, "autoComplete": "name"}, className="filter",
        ),
        html.Div(buttons, className="decisions"),
        _form(mention),
        html.Div(id="review-problem", role="alert", className="warning", hidden=True),
        dmc.Checkbox(
            id="review-keys", label="Single keys decide", checked=True, persistence=True,
            persistence_type="local", size="xs", className="keys",
        ),
        *log,
    ]  # fmt: skip


def _form(mention: Row) -> html.Div:
    """What a decision asks for; opened by `assets/review.js`.

    With `debounce` a text field tells its value when it is left and with Enter, and then at once.
    """
    said = as_text(mention)
    return html.Div(
        [
            html.H3("", id="review-asked"),
            html.Div([_field(name, said[name]) for name in FIELDS], id="review-fields",
                     className="fields", hidden=True),
            dmc.TextInput(
                id="review-reason", label="Reason", debounce=True, inputProps={"maxLength": 1000},
                className="filter",
            ),
            html.Div(
                [
                    html.Button(["Save ", html.Kbd("Enter")], id="review-save",
                                className="button"),
                    html.Button(["Cancel ", html.Kbd("Esc")], id="review-cancel",
                                className="action"),
                ],
                className="decisions",
            ),
            dcc.Store(id="review-action"),
            dcc.Store(id="review-shown", data=said),
        ],
        id="review-form",
        hidden=True,
        role="group",
        **{"aria-labelledby": "review-asked"},
    )  # fmt: skip


def _field(name: str, value: str) -> Component:
    common = {"id": field_id(name), "label": _NAMES[name], "className": "filter"}
    if name not in _CHOICES:
        return dmc.TextInput(
            value=value, debounce=True, placeholder=_HINTS.get(name, ""),
            inputProps={"maxLength": 300, "autoComplete": "off"}, **common,
        )  # fmt: skip
    return dmc.Select(
        value=value or None,
        data=[{"value": code, "label": label} for code, label in _CHOICES[name].items()],
        placeholder=labels.NOT_SAID,
        clearable=name not in _NEVER_EMPTY,
        allowDeselect=name not in _NEVER_EMPTY,
        clearButtonProps={"aria-label": f"Clear {_NAMES[name].lower()}"},
        comboboxProps={"shadow": "md"},
        **common,
    )


def decisions_log(reviews: Sequence[Row], in_force: Collection[str]) -> list[Component]:
    """Who decided what of the mention, the latest first; `reviews` are the earliest first."""
    if not reviews:
        return [html.P("Nobody has decided on it yet.", className="note")]
    undone_by = {row["undoes"]: row["by"] for row in reviews if row["action"] == "undo"}
    holding = [row for row in reviews if row["review_id"] in in_force]
    told: list[Component] = [html.H3("Decided so far")]
    if len(holding) > 1:
        latest = f"{len(holding)} decisions stand in the log; the latest, by {holding[-1]['by']}, "
        told.append(html.P(f"{latest}holds where they differ.", className="note"))
    return [
        *told,
        html.Ol(
            [_decision(row, in_force, undone_by) for row in reversed(reviews)],
            className="log",
        ),
    ]


def _decision(row: Row, in_force: Collection[str], undone_by: Mapping[str, str]) -> html.Li:
    holds = row["review_id"] in in_force
    state = "" if holds or row["action"] == "undo" else "undone"
    if not holds and row["review_id"] in undone_by:
        state = f"undone by {undone_by[row['review_id']]}"
    undo = [undo_button(row["review_id"])] if holds else []
    return html.Li(
        [
            html.Div(
                [
                    html.Span(f"{ACTION[row['action']].capitalize()} by {row['by']}",
                              className="who" if not state else "who void"),
                    html.Span(f"{moment(row['made'])}{f', {state}' if state else ''}",
                              className="note"),
                    *undo,
                ],
                className="bar",
            ),
            *[html.Div(words) for words in changes(row)],
            html.Div(reason_of(row), className="why"),
        ]
    )  # fmt: skip


def reason_of(row: Row) -> str:
    """The reason of a decision as a quote."""
    return "No reason given" if row["reason"] == NO_REASON else f"“{row['reason']}”"


def undo_button(review_id: str, words: str = "Undo") -> html.Button:
    """Takes a decision back, by another one."""
    return html.Button(
        words, id={"type": "review-undo", "review": review_id}, className="link undo"
    )


def changes(row: Row) -> list[str]:
    """What a review corrects, in words."""
    values = json.loads(row["values"]) if row["values"] else {}
    if values.get("amount_max") == values.get("amount_min"):
        values.pop("amount_max", None)
    return [
        f"{_NAMES.get(name, name)}: {_value(name, value)}"
        for name, value in values.items()
        if name not in _UNTOLD and (name, value) != ("cue", None)
    ]


def _value(name: str, value: Any) -> str:
    return labels.full_number(value) if isinstance(value, float) else labels.value(name, value)


def moment(made: Any) -> str:
    """When a decision was made."""
    when = made if hasattr(made, "strftime") else None
    return f"{when:%d %B %Y, %H:%M} UTC".lstrip("0") if when else str(made)[:16].replace("T", " ")
