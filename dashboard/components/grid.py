"""The tables: mentions, whose rows come from the server block by block, and figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash_ag_grid as dag
import polars as pl

from dashboard import labels
from dashboard.state import Sort
from tracker.schema import STATUS

BLOCK = 100
ROW_HEIGHT, HEADER_HEIGHT, MOST_ROWS_SEEN = 38, 40, 14

_COLUMNS: list[tuple[str, str, int]] = [
    ("quote", "As written", 140),
    ("amount_min", "Amount", 160),
    ("status", "Status", 150),
    ("donor", "Donor", 132),
    ("recipient", "Recipient", 106),
    ("aid_type", "Kind", 112),
    ("attributed_to", "Said by", 128),
    ("title", "Title", 168),
    ("publisher", "Publisher", 120),
    ("published", "Published", 108),
]
"""Field, heading, width in pixels; the title takes what is left."""

SORTABLE = tuple(name for name, *_ in _COLUMNS)
"""Columns that the table of mentions can be sorted by."""
_FIGURE_COLUMNS = [
    ("status", "Status", 150),
    ("amount", "Amount", 160),
    ("low", "At least", 140),
    ("high", "Below", 140),
    ("donor", "Donor", 132),
    ("recipient", "Recipient", 132),
    ("mentions", "Mentions", 90),
    ("documents", "Documents", 100),
]
_NUMBER = {
    "cellClass": "number",
    "headerClass": "number",
    "valueFormatter": {"function": "d3.format(',')(params.value)"},
}
_SHOWN: dict[str, dict[str, Any]] = {
    # Sorted by value, shown in words.
    "status": {"field": "rank", "valueFormatter": {"function": "params.data.status"}},
    "amount": {
        "field": "amount_max",
        "valueFormatter": {"function": "params.data.amount"},
        "cellClass": "amount number",
        "headerClass": "number",
    },
    **dict.fromkeys(("low", "high", "mentions", "documents"), _NUMBER),
}
"""Columns of the figures that are not plain text."""

_THEME = (
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
_OPTIONS: dict[str, Any] = {
    "theme": {"function": _THEME},
    "rowHeight": ROW_HEIGHT,
    "headerHeight": HEADER_HEIGHT,
    "rowSelection": {"mode": "singleRow", "checkboxes": False, "enableClickSelection": True},
    "ensureDomOrder": True,
    "suppressColumnVirtualisation": True,
    "animateRows": False,
    "enableBrowserTooltips": True,
    "enableCellTextSelection": True,
}
_LISTENERS = {"cellKeyDown": ["openWithEnter(params)"]}


def grid(sort: Sort) -> dag.AgGrid:
    """The table, sorted as the view says; its rows are asked for when it is on the page."""
    ways = {name: (way, index) for index, (name, way) in enumerate(sort)}
    columns = []
    for name, heading, width in _COLUMNS:
        column: dict[str, Any] = {
            "field": name, "colId": name, "headerName": heading, "tooltipField": name,
            **({"minWidth": width, "flex": 1} if name == "title" else {"width": width}),
        }  # fmt: skip
        if name in ways:
            column["sort"], column["sortIndex"] = ways[name]
        if name == "amount_min":
            column |= {"cellClass": "amount number", "headerClass": "number"}
        columns.append(column)
    return dag.AgGrid(
        id="grid",
        columnDefs=columns,
        rowModelType="infinite",
        getRowId="params.data.mention_id",
        style={"height": height_for(MOST_ROWS_SEEN)},
        defaultColDef=_COLUMN,
        dashGridOptions={
            **_OPTIONS,
            "cacheBlockSize": BLOCK,
            "maxConcurrentDatasourceRequests": 1,
            "infiniteInitialRowCount": 1,
        },
        eventListeners=_LISTENERS,
    )


def figures_table() -> dag.AgGrid:
    """The table twin of the chart, without rows. (As HTML elements, a few hundred figures would be
    thousands of Dash components, which take the browser half a minute.)"""
    columns = [
        {"field": name, "colId": name, "headerName": heading, "minWidth": width, "flex": width}
        | _SHOWN.get(name, {})
        for name, heading, width in _FIGURE_COLUMNS
    ]
    return dag.AgGrid(
        id="figures",
        columnDefs=columns,
        getRowId="params.data.mention_id",
        style={"height": height_for(1)},
        defaultColDef=_COLUMN,
        dashGridOptions=_OPTIONS,
        eventListeners=_LISTENERS,
    )


def height_for(rows: int) -> str:
    """The height that shows so many rows, or as many as fit on the page."""
    seen = max(1, min(rows, MOST_ROWS_SEEN))
    return f"{HEADER_HEIGHT + seen * ROW_HEIGHT + 18}px"


def row(mention: Mapping[str, Any]) -> dict[str, str]:
    """One row in words."""
    return {
        "mention_id": mention["mention_id"],
        "quote": mention["quote"],
        "amount_min": labels.stated_amount(mention),
        "status": labels.status(mention["status"], mention["hold"]),
        "donor": labels.party(mention["donor"]),
        "recipient": labels.party(mention["recipient"]),
        "aid_type": labels.value("aid_type", mention["aid_type"]),
        "attributed_to": mention["attributed_to"] or "No one named",
        "title": mention["title"] or labels.NOT_KNOWN,
        "publisher": mention["publisher"] or labels.NOT_KNOWN,
        "published": labels.day(mention["published"], mention["published_precision"], short=True),
    }


def response(frame: pl.DataFrame, total: int) -> dict[str, Any]:
    """What the grid is answered. Never a row count of 0, which stops it from asking again."""
    rows = [row(mention) for mention in frame.iter_rows(named=True)]
    return {"rowData": rows, "rowCount": max(total, 1)}


def figure_rows(marks: pl.DataFrame) -> list[dict[str, Any]]:
    """The rows of the table twin, one a mark; its id is that of its first mention."""
    stages = list(STATUS)
    return [
        {
            "mention_id": mark["mention_ids"][0],
            "status": labels.status(mark["status"], mark["hold"]),
            "rank": stages.index(mark["status"]),
            "amount": labels.stated_amount(mark),
            "amount_max": mark["amount_max"],
            "low": mark["low"],
            "high": mark["high"],
            "donor": labels.party(mark["donor"]),
            "recipient": labels.party(mark["recipient"]),
            "mentions": mark["mentions"],
            "documents": mark["documents"],
        }
        for mark in marks.iter_rows(named=True)
    ]
