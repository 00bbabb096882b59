"""How well the extractor reads: its scores on the gold passages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard import labels
from dashboard.components.table import table
from tracker.schema import EXTRACTOR

READ = 0.9
"""Of a language that is read, amounts are found at least so well (F1)."""
SCORES = {
    "amount_f1": "Amounts: span, bounds and currency",
    "status": "Stage",
    "hold": "Blocked or cancelled",
    "cumulative": "Running total",
    "donor": "Donor",
    "recipient": "Recipient",
    "aid_type": "Kind of aid",
    "attributed_to": "Who says so",
    "qualifier": "Hedge (about, almost)",
    "per": "A year, a month",
}
"""The scores that are shown, in this order."""
SETS = {
    "english.jsonl": (("half A", "English, seen"), ("half B", "English, not seen")),
    "dispatches.jsonl": (("half B", "Plain news, not seen"),),
    "bulletins.jsonl": (("all", "News of aid, seen"),),
    "newswire.jsonl": (("all", "Wire stories, seen"),),
    "idiomatic.jsonl": (("all", "Harder idiom, seen"),),
}
"""The parts of the English gold sets that are shown, and what they are called."""


def scores(kept: Mapping[str, Any]) -> list[Component]:
    """The scores that `tracker.evaluate.recorded` gives, by gold set."""
    parts = {entry["file"]: entry["parts"] for entry in kept["files"]}
    columns = [
        (title, parts[file][name])
        for file, names in SETS.items()
        for name, title in names
        if file in parts
    ]
    unseen = parts["english.jsonl"]["half B"]["scores"]
    return [
        html.P(
            f"Measured with extractor {kept['extractor']} on passages that were annotated by hand. "
            f"Of 100 amounts in English passages that it had not seen, it finds "
            f"{100 * unseen['amount_recall']:.0f}; of those that it finds, it says the right "
            f"stage of {100 * unseen['status']:.0f}. Two annotators agree on 97 of 100."
        ),
        *(
            [html.P(f"This server reads with {EXTRACTOR}.", className="warning")]
            if kept["extractor"] != EXTRACTOR
            else []
        ),
        table(
            ("Share that is right", *(title for title, _ in columns)),
            [
                ("Passages", *(f"{part['passages']:,}" for _, part in columns)),
                ("Amounts in them", *(f"{part['amounts']:,}" for _, part in columns)),
                *(
                    (title, *(f"{part['scores'][name]:.3f}" for _, part in columns))
                    for name, title in SCORES.items()
                ),
            ],
            "scores-title",
            tuple(range(1, len(columns) + 1)),
        ),
        *_other_languages(parts),
        html.P(
            "For amounts the number is F1, the balance of what is missed and what is read "
            "wrongly; for tags it is the share of matched amounts whose tag is right, “not said” "
            "included. Rules were written on the passages that are called seen.",
            className="note",
        ),
    ]


def _other_languages(parts: Mapping[str, Any]) -> list[Component]:
    """The languages of the gold beside English, one a line."""
    rows = [
        (labels.language(code), part["passages"], part["scores"])
        for file in parts
        if file not in SETS
        for code, part in parts[file].items()
        if len(code) <= 3 and code != "all"
    ]
    if not rows:
        return []
    names = ("amount_f1", "status", "donor", "recipient")
    unread = [language for language, _, scores in rows if scores["amount_f1"] < READ]
    return [
        html.H4("Other languages"),
        *(
            [html.P(f"Not read yet: {', '.join(unread)}. What is found there is found by chance.")]
            if unread
            else []
        ),
        table(
            ("Language", "Passages", *(SCORES[name].split(":")[0] for name in names)),
            [
                (language, f"{passages:,}", *(f"{scores[name]:.3f}" for name in names))
                for language, passages, scores in rows
            ],
            None,
            tuple(range(1, 2 + len(names))),
        ),
    ]
