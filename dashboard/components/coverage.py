"""What is in the collection: documents, publishers, dates, and the last ingest."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlencode

import polars as pl
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import labels
from dashboard.components.table import table
from dashboard.site import Site

PUBLISHERS = 20
"""Publishers that the coverage names."""


def coverage(site: Site) -> list[Component]:
    """What the data of a site are made of."""
    documents = site.query.documents()
    if documents.is_empty():
        return [html.P("Nothing is stored yet.")]
    dated = documents.drop_nulls("published").sort("published")
    facts = [
        ("Documents", f"{documents.height:,}"),
        ("Amounts", f"{site.query.count():,}"),
        ("Figures", f"{site.catalogue.count():,} (an amount of one flow at one stage, once)"),
        ("Publishers", _publishers_said(documents)),
        ("Published", _dates(dated, documents.height - dated.height)),
        ("Last read in", _moment(documents)),
        ("Languages", _languages(documents)),
        ("Left out", _left_out(documents)),
        ("Data version", f"{site.query.version:,}, amounts read by {_extractors(documents)}"),
    ]
    rows = (
        documents.drop_nulls("publisher")
        .group_by("publisher")
        .agg(
            pl.len().alias("documents"), pl.col("mentions").sum(),
            first=pl.col("published").min(), last=pl.col("published").max(),
        )
        .sort(["documents", "publisher"], descending=[True, False])
    )  # fmt: skip
    shown = [
        (
            dcc.Link(row["publisher"], href=documents_of(row["publisher"])),
            f"{row['documents']:,}",
            f"{row['mentions']:,}",
            " to ".join(
                dict.fromkeys(labels.day(row[name], short=True) for name in ("first", "last"))
            ),
        )
        for row in rows.head(PUBLISHERS).to_dicts()
    ]
    more = rows.height - len(shown)
    return [
        html.Dl(
            [element for name, fact in facts if fact for element in (html.Dt(name), html.Dd(fact))],
            className="facts",
        ),
        *(
            [table(("Publisher", "Documents", "Amounts", "Published"), shown, None, (1, 2))]
            if shown
            else []
        ),
        *([html.P(f"and {more:,} more publishers", className="note")] if more > 0 else []),
    ]


def documents_of(publisher: str) -> str:
    """The address of the documents of a publisher."""
    escaped = re.sub(r"([\\,])", r"\\\1", publisher)
    return f"/documents?{urlencode({'publisher': escaped})}"


def _publishers_said(documents: pl.DataFrame) -> str:
    known = documents["publisher"].n_unique() - (1 if documents["publisher"].null_count() else 0)
    unknown = documents["publisher"].null_count()
    return f"{known:,}" + (f"; of {labels.count(unknown, 'document')} not known" if unknown else "")


def _dates(dated: pl.DataFrame, undated: int) -> str:
    if dated.is_empty():
        return "no date known"
    ends = [
        labels.day(row["published"], row["published_precision"])
        for row in (dated.row(0, named=True), dated.row(-1, named=True))
    ]
    said = " to ".join(dict.fromkeys(ends))
    return f"{said}; {labels.count(undated, 'document')} undated" if undated else said


def _moment(documents: pl.DataFrame) -> str | None:
    last = documents["retrieved"].max()
    return f"{labels.day(last.date())}, {last:%H:%M} UTC" if isinstance(last, datetime) else None


def _languages(documents: pl.DataFrame) -> str:
    counts = documents["language"].value_counts(sort=True).rows()
    return ", ".join(
        f"{labels.language(code) if code else 'not known'} ({number:,})" for code, number in counts
    )


def _left_out(documents: pl.DataFrame) -> str | None:
    told = [
        (documents["superseded_by"].is_not_null().sum(), "replaced by a newer version"),
        (documents["withdrawn"].sum(), "withdrawn"),
        ((documents["mentions"] == 0).sum(), "without an amount"),
    ]
    return ", ".join(f"{number:,} {why}" for number, why in told if number) or None


def _extractors(documents: pl.DataFrame) -> str:
    names = sorted(documents["extracted_by"].drop_nulls().unique())
    return ", ".join(names) or "nobody yet"
