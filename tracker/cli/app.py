"""What the commands share: the application, its options, how it begins and ends."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from tracker.store import Query, Store
from tracker.terminal import fail, note

app = typer.Typer(
    name="tracker",
    help="Find amounts of aid and public funding in texts, and the words that say what each is.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Data = Annotated[Path, typer.Option("--data", envvar="TRACKER_DATA", help="The data folder.")]
BaseUrl = Annotated[
    str,
    typer.Option("--base-url", envvar="TRACKER_BASE_URL", help="What stands before permalinks."),
]


def open_query(data: Path) -> Query:
    """The query of a store that holds something; ends the command where none does."""
    query = Query(Store(data))
    if query.version == 0:
        fail(f"{data}: holds no data yet, begin with: tracker ingest")
    return query


def end(problems: Iterable[Exception]) -> None:
    """List what could not be read, and end with status 1 if there is any."""
    told = [f"tracker: {problem}" for problem in problems]
    for line in told:
        note(line)
    if told:
        raise typer.Exit(1)
