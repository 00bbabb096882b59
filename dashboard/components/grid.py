"""The table of figures, whose rows come from the server block by block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import dash_ag_grid as dag
import polars as pl

from dashboard import labels
from dashboard.state import Sort
from tracker.check.question import read_question
from tracker.figures import Span
from tracker.schema import INSTRUMENT

GRID = {"type": "rows", "name": "figures"}
"""The id of the table; what is selected in it is shown in the panel."""
BLOCK = 100
ROW_HEIGHT, HEADER_HEIGHT, MOST_ROWS_SEEN = 38, 40, 16


class Column(NamedTuple):
    """A column of the table of figures: its field (of the figures), heading and width in pixels."""

    name: str
    heading: str
    width: int
    kind: str = ""
    """The classes of its cells."""


COLUMNS = (
    Column("amount", "Amount", 190, "amount number"),
    Column("status", "Status", 170),
    Column("donor", "Donor", 150),
    Column("recipient", "Recipient", 150),
    Column("aid_type", "Kind of aid", 130),
    Column("quote", "As written", 160),
    Column("speakers", "Said by", 150),
    Column("publishers", "Publishers", 104, "number"),
    Column("first_published", "First published", 130),
    Column("mentions", "Mentions", 100, "number"),
    Column("low", "At least", 150, "number"),
    Column("high", "Below", 150, "number"),
    Column("currency", "Currency", 100),
    Column("hold", "Hold", 110),
    Column("instrument", "Instrument", 120),
    Column("period_start", "Period from", 120),
    Column("period_end", "Period to", 120),
    Column("last_published", "Last published", 130),
    Column("documents", "Documents", 110, "number"),
    Column("figure_id", "Figure", 190),
)
"""Every column that the table can show."""
SHOWN = ("amount", "status", "donor", "recipient", "aid_type", "quote", "speakers", "publishers",
         "first_published")  # fmt: skip
"""Those that it shows unless the reader chooses others."""
SHOWN_NARROW = ("amount", "status", "donor", "recipient")
"""The same on a phone."""
SORTABLE = tuple(c.name for c in COLUMNS if c.name not in ("quote", "speakers"))
"""Columns that the table can be sorted by."""

THEME = (
    "themeQuartz.withParams({"
    "backgroundColor: 'var(--paper)', foregroundColor: 'var(--ink)', "
    "headerBackgroundColor: 'var(--paper)', headerTextColor: 'var(--soft)', "
    "headerFontWeight: 400, headerColumnResizeHandleColor: 'transparent', "
    "accentColor: 'var(--accent)', borderColor: 'var(--line)', wrapperBorder: false, "
    "wrapperBorderRadius: 0, rowHoverColor: 'var(--raised)', "
    "selectedRowBackgroundColor: 'var(--faint)', fontFamily: 'var(--sans)', fontSize: 14, "
    "headerFontSize: 13, cellHorizontalPadding: 10, oddRowBackgroundColor: 'transparent'})"
)
_COLUMN = {
    "sortable": True, "resizable": True, "suppressMovable": True, "suppressHeaderMenuButton": True,
}  # fmt: skip
OPTIONS: dict[str, Any] = {
    "theme": {"function": THEME},
    "rowHeight": ROW_HEIGHT,
    "headerHeight": HEADER_HEIGHT,
    "rowSelection": {"mode": "singleRow", "checkboxes": False, "enableClickSelection": True},
    "ensureDomOrder": True,
    "suppressColumnVirtualisation": True,
    "animateRows": False,
    "enableBrowserTooltips": True,
    "enableCellTextSelection": True,
}
LISTENERS = {"cellKeyDown": ["openWithEnter(params)"]}


def grid(sort: Sort, shown: Sequence[str], rows: int) -> dag.AgGrid:
    """The table of `rows` rows, sorted as the view says; it asks for them when it is there."""
    ways = {name: (way, index) for index, (name, way) in enumerate(sort)}
    columns = []
    for column in COLUMNS:
        told: dict[str, Any] = {
            "field": column.name, "colId": column.name, "headerName": column.heading,
            "tooltipField": column.name, "width": column.width, "cellClass": column.kind,
            "headerClass": "number" if "number" in column.kind else "",
            "hide": column.name not in shown, "sortable": column.name in SORTABLE,
        }  # fmt: skip
        if column.name in ways:
            told["sort"], told["sortIndex"] = ways[column.name]
        columns.append(told)
    return dag.AgGrid(
        id=GRID,
        columnDefs=columns,
        rowModelType="infinite",
        getRowId="params.data.figure_id",
        style={"height": height_for(rows)},
        defaultColDef=_COLUMN,
        className="grid",
        dashGridOptions={
            **OPTIONS,
            "cacheBlockSize": BLOCK,
            "maxConcurrentDatasourceRequests": 1,
            "infiniteInitialRowCount": 1,
        },
        eventListeners=LISTENERS,
    )


def height_for(rows: int) -> str:
    """The height that shows so many rows, or as many as fit on the page."""
    seen = max(1, min(rows, MOST_ROWS_SEEN))
    return f"{HEADER_HEIGHT + seen * ROW_HEIGHT + 18}px"


def row(figure: Mapping[str, Any], quote: str | None) -> dict[str, str]:
    """One figure in words; `quote` is the amount as its first mention writes it."""
    told = {
        "figure_id": figure["figure_id"],
        "amount": labels.stated_amount(figure),
        "status": labels.status(figure["status"], figure["hold"]),
        "donor": labels.party(figure["donor"]),
        "recipient": labels.party(figure["recipient"]),
        "aid_type": labels.value("aid_type", figure["aid_type"]),
        "quote": quote or "",
        "speakers": ", ".join(figure["speakers"]) or "No one named",
        "currency": figure["currency"],
        "hold": labels.value("hold", figure["hold"]),
        "instrument": INSTRUMENT.get(figure["instrument"] or "", labels.NOT_SAID),
    }
    told |= {name: labels.full_number(figure[name]) for name in ("low", "high")}
    told |= {name: f"{figure[name]:,}" for name in ("mentions", "documents", "publishers")}
    for name in ("first_published", "last_published"):
        told[name] = labels.day(figure[name], short=True)
    for name in ("period_start", "period_end"):
        told[name] = labels.day(figure[name], short=True) if figure[name] else labels.NOT_SAID
    return told


def response(frame: pl.DataFrame, quotes: Mapping[str, str], total: int) -> dict[str, Any]:
    """What the grid is answered. Never a row count of 0, which stops it from asking again."""
    rows = [row(figure, quotes.get(figure["figure_id"])) for figure in frame.iter_rows(named=True)]
    return {"rowData": rows, "rowCount": max(total, 1)}


def amount_of(text: str) -> Span | None:
    """The amounts that a text like "about 61 bn" or "€5 million" looks for; None for none.

    A bare number is of any currency. Raises ValueError, one line, for what is no amount.
    """
    if not text.strip():
        return None
    asked = read_question(text)[0]
    if asked.currency is None:  # read again as money, for the hedge before it
        before, number, after = text.partition(asked.quote)
        asked = read_question(f"{before}USD {number}{after}")[0]._replace(currency=None)
    return Span(asked.low, asked.high, asked.currency)
