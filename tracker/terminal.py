"""What the command prints: results to the standard output, progress and notes beside it."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn, Protocol

import typer
from rich.console import Console, RenderableType
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn

WIDTH = 100
"""Columns of a table that is printed to no terminal."""
SECONDS_BETWEEN_LINES, SECONDS_BETWEEN_FRAMES = 10.0, 0.1
"""How often a long work says how far it is, and how often a bar is drawn."""


def show(*parts: RenderableType) -> None:
    """Print tables and text to the standard output."""
    is_sized = sys.stdout.isatty() or "COLUMNS" in os.environ
    console = Console(width=None if is_sized else WIDTH, highlight=False, emoji=False)
    for part in parts:
        console.print(part)


def note(line: str) -> None:
    """Print one line to the standard error."""
    typer.echo(line, err=True)


class Told(Protocol):
    """How far a long work is."""

    @property
    def done(self) -> float:
        """Of the total, in its unit."""

    @property
    def documents(self) -> int:
        """Documents so far."""

    @property
    def line(self) -> str | None:
        """What became of a file, or None."""


@contextmanager
def progress(total: float) -> Iterator[Callable[[Told], None]]:
    """A function that shows how far a work of `total` is, its rate, and the time left.

    On a terminal that is a bar, elsewhere a line now and then, and one for each file.
    """
    console = Console(stderr=True)
    began = last = time.monotonic()

    def rate(step: Told) -> str:
        passed = max(time.monotonic() - began, 1e-9)
        said = f"{count(step.documents, 'document')}, {step.documents / passed:,.0f} a second"
        if 0 < step.done < total:
            left = passed * (total - step.done) / step.done
            said += f", about {_duration(left)} left"
        return said

    if not console.is_terminal:

        def tell(step: Told) -> None:
            nonlocal last
            if step.line:
                note(step.line)
            elif time.monotonic() - last > SECONDS_BETWEEN_LINES:
                last = time.monotonic()
                note(rate(step))

        yield tell
        return
    with Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rate]}"),
        console=console, transient=True, refresh_per_second=4,
    ) as bar:  # fmt: skip
        task = bar.add_task("Reading", total=total or None, rate="")

        def draw(step: Told) -> None:
            nonlocal last
            if step.line or time.monotonic() - last > SECONDS_BETWEEN_FRAMES:
                last = time.monotonic()
                words = escape(step.line[-60:]) if step.line else None
                bar.update(task, completed=step.done, rate=rate(step), description=words)

        yield draw


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


@contextmanager
def stoppable(words: str) -> Iterator[Callable[[], bool]]:
    """Whether the work is to stop: Ctrl-C asks for it and is answered with `words`.

    A second Ctrl-C interrupts at once.
    """
    asked = False

    def ask(*_: object) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        note(words)

    is_main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, ask) if is_main else None
    try:
        yield lambda: asked
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)


def count(number: int, noun: str) -> str:
    """ "1 file", "2,000 files"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def fail(message: str, status: int = 1) -> NoReturn:
    """End the command with one line and a status."""
    note(f"tracker: {message}")
    raise typer.Exit(status)
