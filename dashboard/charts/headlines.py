"""Sentences that say what a chart shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard import labels
from dashboard.charts.selection import Selection, in_stages
from tracker.schema import STATUS

MOST_NAMED = 3
"""Figures up to which each is said."""


def headline(chosen: Selection) -> str:
    """What the figures of a selection are."""
    figures = chosen.figures
    if figures.is_empty():
        return "No amount with a stage in this selection"
    if figures.height > MOST_NAMED:
        return _summary(chosen)
    rows = in_stages(figures).to_dicts()
    flows = {labels.flow(mark) for mark in rows}
    said = ", ".join(_clause(mark) for mark in rows)
    common = flows.pop() if len(flows) == 1 else ""
    return f"{common}: {said}" if common else f"{said[:1].upper()}{said[1:]}"


def stage_words(stage: str) -> str:
    """A stage in a sentence: "disbursed", "whose stage is not said"."""
    return "whose stage is not said" if stage == "unspecified" else STATUS[stage].lower()


def _clause(mark: Mapping[str, Any]) -> str:
    stage = STATUS[mark["status"]].lower()
    words = labels.stated_amount({**mark, "cumulative": False})
    parts = [words, stage if mark["status"] not in ("unspecified", "other") else f"({stage})"]
    parts += ["so far"] if mark["cumulative"] else []
    parts += [f"but {mark['hold']}"] if mark["hold"] else []
    return " ".join(parts)


def _summary(chosen: Selection) -> str:
    figures = chosen.figures
    low, high = figures["amount_min"].min(), figures["amount_max"].max()
    counts = figures.group_by("status").len().sort("len", descending=True)
    (stage, most), *others = counts.iter_rows()
    said = (
        f"{figures.height:,} figures in {labels.currency_name(chosen.currency)}, from "
        f"{labels.money(low, chosen.currency)} to {labels.money(high, chosen.currency)}"
    )
    if not others:
        return f"{said}: all {STATUS[stage].lower()}"
    # A stage that is as frequent as another is not named: it would be an accident of order.
    return (
        said if others[0][1] == most else f"{said}; most often {STATUS[stage].lower()} ({most:,})"
    )
