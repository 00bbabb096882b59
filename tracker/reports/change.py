"""What a new reading changes, as a page for the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from rich.console import Group, RenderableType
from rich.text import Text

from tracker.reports.tables import plain_table, value_in_words
from tracker.schema import Mention, columns_of

MAX_TOLD = 10
"""The most mentions, or changes of values, that are named."""
_LABELS = {column.name: column.label for column in columns_of(Mention)}
Row = Mapping[str, Any]


class Changed(Protocol):
    """What `tracker.ingest.Change` counts."""

    extractor: str
    documents: int
    before: int
    after: int
    added: list[Row]
    gone: list[Row]
    changed: int
    fields: Any
    values: Any


def change_page(change: Changed, *, is_done: bool, lost: Sequence[Row] = ()) -> RenderableType:
    """The summary before (`is_done` false) and after; `lost` are reviews that find no mention."""
    if not change.documents:
        return Text(f"Nothing to do: {change.extractor} has read every document.")
    verb = "Read again" if is_done else "To be read again"
    parts: list[RenderableType] = [
        Text(
            f"{verb} by {change.extractor}: {change.documents:,} "
            f"document{'' if change.documents == 1 else 's'}. "
            f"Mentions: {change.before:,} before, {change.after:,} after; "
            f"{len(change.added):,} added, {len(change.gone):,} gone, {change.changed:,} changed."
        )
    ]
    if is_done:
        for row in lost:
            parts.append(
                Text(f"{row['review_id']} ({row['action']} by {row['by']}) finds no mention now")
            )
        return Group(*parts)
    if change.fields:
        fields = plain_table("Changed field", "Mentions", "Most often")
        for name, number in change.fields.most_common():
            told = [(old, new, n) for (field, old, new), n in change.values.most_common()
                    if field == name][:3]  # fmt: skip
            often = "; ".join(f"{_word(name, old)} \u2192 {_word(name, new)} ({n:,})"
                              for old, new, n in told)  # fmt: skip
            fields.add_row(_LABELS[name], f"{number:,}", Text(often))
        parts += ["", fields]
    for heading, rows in (("Added", change.added), ("Gone", change.gone)):
        if rows:
            table = plain_table(heading, "Status", "Sentence")
            for row in rows[:MAX_TOLD]:
                status = value_in_words("status", row["status"])
                table.add_row(Text(row["quote"]), status, Text(row["sentence"]))
            if len(rows) > MAX_TOLD:
                table.add_row(f"and {len(rows) - MAX_TOLD:,} more", "", "")
            parts += ["", table]
    return Group(*parts, "")


def _word(name: str, value: str) -> str:
    return "not said" if value == "None" else value_in_words(name, value)
