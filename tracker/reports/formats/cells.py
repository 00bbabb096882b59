"""Values as cells: lists as JSON, moments as ISO text, and the guard against formulas."""

from __future__ import annotations

import polars as pl

_MOMENT = "%Y-%m-%dT%H:%M:%S%.fZ"
"""A moment in UTC, with the fraction of its second if there is one."""
_FORMULA = r"^'*[=+\-@\t\r]"
"""Texts that a spreadsheet would take for a formula; those that begin with apostrophes before
one count too, so that the guard can be taken off again."""
_GUARDED = r"^'('*[=+\-@\t\r])"


def moments_in_text(rows: pl.DataFrame) -> pl.DataFrame:
    """Moments as ISO 8601 texts in UTC."""
    return rows.with_columns(pl.selectors.datetime().dt.strftime(_MOMENT))


def in_text(rows: pl.DataFrame) -> pl.DataFrame:
    """Moments as ISO 8601 texts in UTC, lists of texts and of structs as JSON."""
    cells = []
    for name, type_ in rows.schema.items():
        if isinstance(type_, pl.List):
            item = pl.element()
            if not isinstance(type_.inner, pl.Struct):
                item = pl.struct(v=item)
            item = item.struct.json_encode()
            if not isinstance(type_.inner, pl.Struct):
                item = item.str.slice(5).str.head(-1)  # {"v":...}
            inside = pl.col(name).list.eval(item).list.join(",")
            cells.append(pl.concat_str(pl.lit("["), inside, pl.lit("]")).alias(name))
    return moments_in_text(rows).with_columns(cells)


def guarded(rows: pl.DataFrame) -> pl.DataFrame:
    """Texts that look like a formula with an apostrophe in front."""
    return rows.with_columns(pl.selectors.string().str.replace(_FORMULA, "'${0}"))


def unguarded(rows: pl.DataFrame) -> pl.DataFrame:
    """The same texts without the apostrophe that `guarded` put in front."""
    return rows.with_columns(pl.selectors.string().str.replace(_GUARDED, "${1}"))
