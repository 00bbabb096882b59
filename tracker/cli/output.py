"""What is stored, put out: `export`, `serve` and `evaluate`."""

from __future__ import annotations

import importlib
import ipaddress
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from tracker import reports
from tracker.cli.app import BaseUrl, Data, Several, app, open_query
from tracker.gold import Half
from tracker.reports import Report, ReportError, tables
from tracker.store import Filters, Store
from tracker.terminal import count, fail, note
from tracker.terminal import show as print_


@app.command()
def export(
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
    donor: Several = None,
    recipient: Several = None,
    status: Several = None,
    hold: Several = None,
    aid_type: Annotated[list[str] | None, typer.Option("--aid-type", "--aid_type")] = None,
    currency: Several = None,
    publisher: Several = None,
    language: Several = None,
    from_: Annotated[str | None, typer.Option("--from", help="Published on or after.")] = None,
    to: Annotated[str | None, typer.Option(help="Published on or before.")] = None,
    min_: Annotated[str | None, typer.Option("--min", help="Amount, at least.")] = None,
    max_: Annotated[str | None, typer.Option("--max", help="Amount, at most.")] = None,
    q: Annotated[str | None, typer.Option(help="Text to find.")] = None,
    data: Data = Path("data"),
) -> None:
    """Write the stored mentions or figures that the filters keep; "none" finds what is not said."""
    given: dict[str, Sequence[str] | None] = {
        "donor": donor, "recipient": recipient, "status": status, "hold": hold,
        "aid_type": aid_type, "currency": currency, "publisher": publisher, "language": language,
        "from": [from_ or ""], "to": [to or ""], "min": [min_ or ""], "max": [max_ or ""],
        "q": [q or ""],
    }  # fmt: skip
    try:
        filters = Filters.parse((name, text) for name in given for text in given[name] or ())
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
        written = None
    else:
        written = reports.write(report, sys.stdout.buffer if out == "-" else out, chosen)
    if out != "-":
        note(f"{written or out}: {count(report.rows.height, what.removesuffix('s'))}")


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="An address of this machine.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8050,
    data: Data = Path("data"),
) -> None:
    """Serve the dashboard until it is stopped."""
    if not _is_loopback(host):
        fail(f"{host}: only addresses of this machine are served for now, such as 127.0.0.1", 2)
    Store(data)  # a data folder that cannot be one is told before anything is served
    try:
        # By name: the dashboard stands beside the command, neither imports the other.
        importlib.import_module("dashboard.app").serve(data, host, port)
    except OSError as error:
        fail(str(error))


@app.command()
def evaluate(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD.jsonl", help="Gold files.")],
    half: Annotated[Half | None, typer.Option(help="Odd (a) or even (b) lines only.")] = None,
    misses: Annotated[bool, typer.Option("--misses", help="List every difference.")] = False,
) -> None:
    """Score the extractor against gold files."""
    from tracker import evaluate as scoring  # noqa: PLC0415 - the other commands do without

    try:
        typer.echo(scoring.report(scoring.evaluate(gold, half), misses))
    except scoring.GoldError as error:
        fail(str(error))


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
