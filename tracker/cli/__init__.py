"""The `tracker` command: reads its arguments, calls the packages, prints. No logic of its own."""

from __future__ import annotations

import os
import sys
import warnings
from typing import Any

from tracker.cli import asking, keeping, output, reading
from tracker.cli.app import app
from tracker.documents import DocumentError
from tracker.reports import ReportError
from tracker.store import DamagedBucket, ReviewError, StoreError
from tracker.terminal import note

__all__ = ["app", "asking", "keeping", "main", "output", "reading"]


def main() -> None:
    """The entry point: one line for what goes wrong, no traceback."""
    shown = warnings.showwarning

    def warn(message: Warning | str, category: type[Warning], *rest: Any, **more: Any) -> None:
        if issubclass(category, DamagedBucket):
            note(f"tracker: {message}")
        else:
            shown(message, category, *rest, **more)

    warnings.showwarning = warn
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except (DocumentError, StoreError, ReportError, ReviewError) as error:
        note(f"tracker: {error}")
        sys.exit(1)
    except BrokenPipeError:
        # The reader of a pipe (such as `head`) has enough; keep Python from saying so at its end.
        _drop_output()
        sys.exit(1)
    except OSError as error:
        _drop_output()
        place = error.filename or "standard output"
        note(f"tracker: {place}: {error.strerror or error}")
        sys.exit(1)


def _drop_output() -> None:
    """Send what is still to be printed nowhere, so that Python does not fail on it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
