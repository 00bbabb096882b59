"""What the command prints: results to the standard output, progress and notes beside it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from rich.console import Console, RenderableType
from rich.markup import escape
from rich.progress import Progress

WIDTH = 100
"""Columns of a table that is printed to no terminal."""


def show(*parts: RenderableType) -> None:
    """Print tables and text to the standard output."""
    is_sized = sys.stdout.isatty() or "COLUMNS" in os.environ
    console = Console(width=None if is_sized else WIDTH, highlight=False, emoji=False)
    for part in parts:
        console.print(part)


def note(line: str) -> None:
    """Print one line to the standard error."""
    typer.echo(line, err=True)


@contextmanager
def progress(total: int) -> Iterator[Callable[[str | None], None]]:
    """A function to call after each of `total` files: a bar where one can be drawn.

    It takes a line about the file, or None for a file that is told of later.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda line: note(line) if line else None
        return
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("Reading", total=total)

        def step(line: str | None) -> None:
            bar.update(task, advance=1, description=escape((line or "Reading")[-60:]))

        yield step


def count(number: int, noun: str) -> str:
    """ "1 file", "2,000 files"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def fail(message: str, status: int = 1) -> NoReturn:
    """End the command with one line and a status."""
    note(f"tracker: {message}")
    raise typer.Exit(status)
