"""Reports as bytes and files: the same bytes wherever they are asked for, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from tracker.reports.formats import BRIEFINGS, FORMATS, Format
from tracker.reports.report import Report, ReportError, file_name
from tracker.store.files import whole_file


def stream(report: Report, format_: str) -> Iterator[bytes]:
    """The report in a format, or its briefing, in steps that take little memory each.

    Raises ReportError, before the first step, for what the format cannot hold.
    """
    return {**FORMATS, **BRIEFINGS}[format_].steps(report)


def report_format(
    out: str, format_: str | None = None, among: Mapping[str, Format] = FORMATS
) -> str:
    """The format asked for, else the one that the name `out` ends in.

    For "-" and a folder it is the first of those it may be `among`: CSV, or HTML for a briefing.
    Raises ReportError for another one.
    """
    *first, last = among
    plain = out == "-" or Path(out).is_dir()
    name = (format_ or (first[0] if plain else Path(out).suffix.removeprefix("."))).lower()
    if name in among:
        return name
    known = f"{', '.join(first)} or {last}"
    if not name:
        raise ReportError(f"{out}: no format in the name, use {known}")
    raise ReportError(f"{out}: unknown format {name}, use {known}")


def write(report: Report, out: str | os.PathLike[str] | IO[bytes], format_: str) -> Path | None:
    """Write a report to a path or an open binary file; the path that it got.

    In a folder it is called `file_name`. A path appears only when the report is whole; a link
    stays one, and what is no file (a pipe, a device) is written to as it stands. Raises
    ReportError when it cannot be written.
    """
    if isinstance(out, str | os.PathLike) and Path(out).is_dir():
        out = Path(out) / file_name(report, format_)
    steps = stream(report, format_)
    if not isinstance(out, str | os.PathLike):
        for step in steps:
            out.write(step)
        return None
    path = Path(out)
    try:
        plain = path.is_file() or not path.exists()
        with whole_file(path.resolve()) if plain else path.open("wb") as file:
            for step in steps:
                file.write(step)
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise ReportError(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    return path
