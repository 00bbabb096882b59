"""What a chart is: the drawing, a sentence, the same as a table, and how it was made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from dashboard import theme


@dataclass(frozen=True)
class Drawn:
    """A chart with all that stands around it."""

    headline: str
    """A sentence that says what is seen."""
    figure: go.Figure
    """Its height in pixels is `figure.layout.meta["height"]`; the customdata of each mark are the
    ids of the figures behind it, separated by commas."""
    columns: Mapping[str, str]
    """The columns of the table: names and headings."""
    rows: Sequence[Mapping[str, Any]]
    """The rows of the table; `figure_id` of each is as the customdata of its mark."""
    notes: Sequence[str] = ()
    """What stands below the chart: what is left out, and why."""
    how: Sequence[str] = ()
    """How it was made, in paragraphs."""
    key: Sequence[tuple[str, str]] = field(default_factory=tuple)
    """The signs of the drawing with their meaning."""


def frame(height: float, colours: theme.Palette, **more: Any) -> dict[str, Any]:
    """The layout that all charts share."""
    return {
        "meta": {"height": height},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": theme.SANS, "size": 13, "color": colours.ink},
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": colours.raised,
            "bordercolor": colours.line,
            "font": {"family": theme.SANS, "size": 13, "color": colours.ink},
            "align": "left",
        },
        "dragmode": False,
        **more,
    }
