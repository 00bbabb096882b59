"""A chart as a file: its data as CSV, or one page that needs nothing else, for an article."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import polars as pl
from flask import Flask, Response, request

from dashboard import labels, theme
from dashboard.charting import CHARTS, Charting
from dashboard.charts.drawn import Drawn
from dashboard.site import Site
from dashboard.state import View, view_of
from tracker.reports.formats.cells import guarded
from tracker.reports.links import permalink, source_link
from tracker.reports.notes import SAMPLE

WIDTH = 960
"""Width in pixels of the drawing in a page of its own."""
MOST_SOURCES = 60
"""Figures of a chart whose sources the page lists: those of its first rows."""
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"


def add_routes(server: Flask, site: Site) -> None:
    """Adds `/chart.csv` and `/chart.html`: `name` of the chart, and the address of its page."""
    charting = Charting(site)

    def answer(make: Any, ending: str, media_type: str) -> Response:
        pairs = list(request.args.items(multi=True))
        name, view = dict(pairs).get("name", ""), view_of(pairs)
        if name not in CHARTS or view.problem:
            words = view.problem or f"name: no such chart, use {', '.join(CHARTS)}"
            return Response(f"{words}\n", status=400, mimetype="text/plain")
        drawn = charting.draw(name, view, width=WIDTH, dark=False)
        data = "sample" if site.settings.sample else "tracker"
        file = f"{data}-{name}_v{site.query.version}.{ending}"
        return Response(
            make(site, charting, name, view, drawn), content_type=media_type,
            headers={"Content-Disposition": f'attachment; filename="{file}"'},
        )  # fmt: skip

    @server.get("/chart.csv")
    def _csv() -> Response:
        return answer(csv_of, "csv", "text/csv; charset=utf-8")

    @server.get("/chart.html")
    def _page() -> Response:
        return answer(page_of, "html", "text/html; charset=utf-8")


def csv_of(site: Site, charting: Charting, name: str, view: View, drawn: Drawn) -> bytes:
    """The table of a chart under its headings, with the ids of the figures of each row."""
    headings = {**drawn.columns, "figure_id": "Figures"}
    columns = {
        heading: [row.get(field) for row in drawn.rows] for field, heading in headings.items()
    }
    frame = pl.DataFrame(columns, strict=False)
    return b"\xef\xbb\xbf" + guarded(frame).write_csv(float_scientific=False).encode()


def page_of(site: Site, charting: Charting, name: str, view: View, drawn: Drawn) -> str:
    """The page: sentence, drawing, table, how it was made, sources with their quotes."""
    plot = drawn.figure.to_json().replace("<", "\\u003c")
    title, source = escape(drawn.headline), escape(charting.source(view, name))
    key = " &nbsp; ".join(
        f"{'' if sign.isalpha() else escape(sign)} {escape(words)}" for sign, words in drawn.key
    )
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<style>{_style()}</style></head><body>
{_sample(site)}<p class="kicker">{escape(CHARTS[name].title)}</p>
<h1>{title}</h1>
<div id="chart" role="img" aria-label="{title}"></div>
<p class="note">{key}</p>
<p class="note">{escape(" ".join(drawn.notes))} {source}</p>
<h2>The same as a table</h2>
<div class="wide">{_table(drawn)}</div>
<h2>How it was made</h2>
{"".join(f"<p>{escape(text)}</p>" for text in drawn.how)}
<h2>Sources</h2>
<ol>{_sources(site, drawn)}</ol>
<script>{_plotly()}</script>
<script>const plot = {plot};
Plotly.newPlot("chart", plot.data, plot.layout, {{displayModeBar: false, responsive: true}});
</script></body></html>
"""


def _sample(site: Site) -> str:
    return f"<p><b>{escape(SAMPLE)}</b></p>\n" if site.settings.sample else ""


def _style() -> str:
    colours = theme.LIGHT
    return (
        f"body{{max-width:{WIDTH}px;margin:24px auto;padding:0 16px;color:{colours.ink};"
        f"font:16px/1.5 {theme.SANS};background:{colours.paper}}}"
        f"h1{{font:700 28px/1.2 {theme.SERIF}}}"
        f"h2{{font:700 18px/1.3 {theme.SERIF};margin-top:32px}}"
        f".kicker{{color:{colours.accent};font-weight:700;font-size:13px;margin-bottom:-12px}}"
        f".note{{color:{colours.soft};font-size:13px}}.wide{{overflow-x:auto}}"
        "table{border-collapse:collapse;font-size:14px}td,th{text-align:left;"
        "padding:4px 14px 4px 0;"
        f"border-bottom:1px solid {colours.line}}}"
        f"blockquote{{margin:4px 0;padding-left:12px;border-left:3px solid {colours.accent};"
        f"font-family:{theme.SERIF}}}a{{color:{colours.accent}}}li{{margin-bottom:14px}}"
    )


def _table(drawn: Drawn) -> str:
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in drawn.columns.values())
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(_cell(row.get(name)))}</td>" for name in drawn.columns)
        + "</tr>"
        for row in drawn.rows
    )  # fmt: skip
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return labels.full_number(value) if isinstance(value, int | float) else str(value)


def _sources(site: Site, drawn: Drawn) -> str:
    ids: Sequence[str] = list(
        dict.fromkeys(name for row in drawn.rows for name in row["figure_id"].split(","))
    )[:MOST_SOURCES]
    figures = [figure for name in ids if (figure := site.catalogue.figure(name))]
    frame = pl.DataFrame(
        {name: [figure[name] for figure in figures] for name in ("figure_id", "mention_ids")},
        {"figure_id": pl.String, "mention_ids": pl.List(pl.String)},
    )
    first = {m["figure_id"]: m for m in site.catalogue.stating(frame, 1).iter_rows(named=True)}
    told = []
    for figure in figures:
        mention = first.get(figure["figure_id"])
        if mention is None:
            continue
        words = f"{labels.stated_amount(figure)}, {labels.status(figure['status'], figure['hold'])}"
        where = ", ".join(
            part
            for part in (
                mention["publisher"] or "publisher not known",
                mention["title"] or mention["file_name"] or "",
                labels.day(mention["published"], mention["published_precision"])
                if mention["published"]
                else "undated",
            )
            if part
        )
        link = source_link(mention["url"], mention["sentence"])
        there = (
            f' <a href="{escape(link)}" rel="noopener noreferrer">at the source</a>' if link else ""
        )
        name = permalink(site.settings.base_url, "figure", figure["figure_id"])
        told.append(
            f"<li>{escape(words)}<blockquote>{escape(mention['sentence'])}</blockquote>"
            f'<span class="note">{escape(where)};{there} {escape(name)}</span></li>'
        )
    return "".join(told)


@cache
def _plotly() -> str:
    """The drawing library, as it may stand in a page."""
    (bundle,) = (Path(__file__).parent / "assets").glob("plotly-basic-*.min.js")
    return bundle.read_text("utf-8").replace("</script", "<\\/script")
