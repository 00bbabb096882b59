"""What is stored, put out: `export`, `serve` and `evaluate`."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from tracker import reports
from tracker.cli.app import BaseUrl, Data, app, open_query
from tracker.cli.filtering import filtered
from tracker.gold import Half
from tracker.reports import Report, ReportError, tables
from tracker.store import Filters, Store
from tracker.terminal import count, fail, note
from tracker.terminal import show as print_


@app.command()
@filtered()
def export(
    *,
    out: Annotated[str, typer.Argument(help="A file, named by its format; a folder; or - .")],
    what: Annotated[
        Literal["mentions", "figures"], typer.Option(help="Mentions, or the figures they state.")
    ] = "mentions",
    format_: Annotated[
        str | None,
        typer.Option("--format", help=f"{', '.join(reports.FORMATS)}, or table for reading."),
    ] = None,
    columns: Annotated[
        str, typer.Option(help="full, displayed (the first view), or names, by commas.")
    ] = "full",
    base_url: BaseUrl = "",
    filters: Filters,
    data: Data = Path("data"),
) -> None:
    """Write the stored mentions or figures that the filters keep; "none" finds what is not said."""
    try:
        chosen = None if format_ == "table" else reports.report_format(out, format_)
    except (ValueError, ReportError) as error:
        fail(str(error), 2)
    query = open_query(data)
    try:
        report = Report.of(query, what, filters, columns=columns, base_url=base_url)
    except ValueError as error:
        fail(str(error), 2)
    if chosen is None:
        is_figures = what == "figures"
        rows = report.rows
        print_(*([tables.marks_table(rows)] if is_figures else tables.mentions_tables(rows)))
        return
    written = reports.write(report, sys.stdout.buffer if out == "-" else out, chosen)
    if written:
        note(f"{written}: {count(report.rows.height, what.removesuffix('s'))}")


@app.command()
@filtered()
def report(
    *,
    out: Annotated[str, typer.Option(help="A file, .html or .pdf; a folder; or - .")],
    base_url: BaseUrl = "",
    filters: Filters,
    data: Data = Path("data"),
) -> None:
    """Write a briefing for print: key figures, ladder, timeline, disagreements, sources."""
    try:
        kind = reports.report_format(out, among=reports.BRIEFINGS)
        found = Report.of(open_query(data), "figures", filters, base_url=base_url)
    except (ValueError, ReportError) as error:
        fail(str(error), 2)
    written = reports.write(found, sys.stdout.buffer if out == "-" else out, kind)
    if written:
        note(f"{written}: {count(found.rows.height, 'figure')}")


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8050,
    public: Annotated[
        bool, typer.Option("--public-read-only", help="For others: no full texts, no changes.")
    ] = False,
    publish_texts: Annotated[
        bool, typer.Option("--publish-texts", help="Full texts and originals for others too.")
    ] = False,
    allow_adding: Annotated[
        bool, typer.Option("--allow-adding", help="People at this machine may add documents.")
    ] = False,
    allow_review: Annotated[
        bool, typer.Option("--allow-review", help="People at this machine may review.")
    ] = False,
    allowed_host: Annotated[
        list[str] | None,
        typer.Option(help="A name that people ask for, such as figures.example; repeat for more."),
    ] = None,
    trusted_proxy: Annotated[
        str | None, typer.Option(help="The address of a proxy whose X-Forwarded-For is believed.")
    ] = None,
    base_url: BaseUrl = "",
    data: Data = Path("data"),
) -> None:
    """Serve the dashboard and the API until it is stopped (docs/SERVING.md)."""
    Store(data)  # a data folder that cannot be one is told before anything is served
    # By name: the dashboard stands beside the command, neither imports the other.
    serving = importlib.import_module("dashboard.serving")
    settings = serving.Settings(
        data=data, public=public, publish_texts=publish_texts, allow_adding=allow_adding,
        allow_review=allow_review, base_url=base_url,
        allowed_hosts=tuple(name.strip().lower() for name in allowed_host or ()),
    )  # fmt: skip
    try:
        serving.check(settings, host)
    except OSError as error:
        fail(str(error), 2)
    try:
        serving.serve(settings, host, port, trusted_proxy)
    except OSError as error:
        fail(str(error))


@app.command()
def evaluate(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD.jsonl", help="Gold files.")],
    half: Annotated[Half | None, typer.Option(help="Odd (a) or even (b) lines only.")] = None,
    misses: Annotated[bool, typer.Option("--misses", help="List every difference.")] = False,
    record: Annotated[
        bool, typer.Option("--record", help="Keep the scores, for the page on the method.")
    ] = False,
) -> None:
    """Score the extractor against gold files."""
    from tracker import evaluate as scoring  # noqa: PLC0415 - the other commands do without

    try:
        if record:
            scoring.RECORD.write_text(scoring.record(gold), "utf-8")
        typer.echo(scoring.report(scoring.evaluate(gold, half), misses))
    except scoring.GoldError as error:
        fail(str(error))
