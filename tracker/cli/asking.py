"""The commands that ask: what is stated about an amount, and what a stage sums to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from tracker import check as checking
from tracker import money
from tracker.cli.app import Data, app, open_query
from tracker.cli.filtering import filtered
from tracker.documents import parse_date
from tracker.figures import Book, Switches, totals, words
from tracker.store import Filters
from tracker.terminal import fail


@app.command()
def check(
    sentence: Annotated[str, typer.Argument(help="A sentence with an amount, or an amount.")],
    format_: Annotated[
        Literal["text", "json"], typer.Option("--format", help="How to print.")
    ] = "text",
    at: Annotated[str | None, typer.Option(help="Day of the exchange rates.")] = None,
    data: Data = Path("data"),
) -> None:
    """Show what is stated about an amount: evidence in bands, with sources; never a verdict."""
    try:
        day = parse_date(at)[0] if at else None
        asked = checking.read_question(sentence)
    except ValueError as error:
        fail(str(error), 2)
    answers = checking.Checker(Book.of(open_query(data))).answer(sentence, asked, day)
    if format_ == "json":
        typer.echo(json.dumps([answer.data() for answer in answers], ensure_ascii=False, indent=2))
    else:
        typer.echo(checking.as_text(answers))


@app.command()
@filtered("donor", "recipient", "aid_type", "currency", "publisher", "from", "to")
def total(
    *,
    status: Annotated[str, typer.Option(help="The one stage to sum.")] = "disbursed",
    to_currency: Annotated[
        str | None, typer.Option("--to-currency", help="Convert to this currency.")
    ] = None,
    at: Annotated[str | None, typer.Option(help="Day of the exchange rates.")] = None,
    instalments: Annotated[
        bool, typer.Option("--instalments", help="Sum instalments, not running totals.")
    ] = False,
    separate: Annotated[
        bool, typer.Option("--separate", help="Count what may be counted already.")
    ] = False,
    cancelled: Annotated[bool, typer.Option("--cancelled", help="Count cancelled money.")] = False,
    format_: Annotated[
        Literal["text", "json"], typer.Option("--format", help="How to print.")
    ] = "text",
    filters: Filters,
    data: Data = Path("data"),
) -> None:
    """Sum one stage, each amount once: what counts, what is left out, and why."""
    try:
        day = parse_date(at)[0] if at else None
        if to_currency and to_currency.upper() not in money.currencies():
            raise ValueError(f"to-currency: there are no rates for {to_currency!r}")
        query = open_query(data)
        book = Book.of(query)
        found = totals(
            book, book.showing(query, filters), status,
            to=to_currency.upper() if to_currency else None, at=day,
            switches=Switches(instalments, separate, cancelled),
        )  # fmt: skip
    except ValueError as error:
        fail(str(error), 2)
    if format_ == "json":
        typer.echo(json.dumps([words.as_data(t) for t in found], ensure_ascii=False, indent=2))
    else:
        typer.echo("\n\n".join("\n".join(words.explained(t)) for t in found) or "nothing to count")
