"""Rows behind a given one, in a given order: pages that nothing added meanwhile can shift."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl


def behind(row: Mapping[str, Any], order: Sequence[tuple[str, str]]) -> pl.Expr:
    """Whether a row stands behind `row` in the `order` of columns, empty values last.

    The columns of the order have to tell all rows apart.
    """
    found, equal = pl.lit(False), pl.lit(True)
    for name, direction in order:
        value = row[name]
        # Texts that repeat are held as categories.
        column = pl.col(name).cast(pl.String) if isinstance(value, str) else pl.col(name)
        if value is not None:
            further = column < value if direction == "desc" else column > value
            found |= equal & (further | column.is_null()).fill_null(False)
        equal &= column.eq_missing(pl.lit(value))
    return found
