"""What reads texts: `extract`, `ingest` and `reextract`."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tracker import reports
from tracker.cli.app import Data, app, end
from tracker.documents import (
    KINDS,
    MAX_BYTES,
    DocumentError,
    Given,
    find_documents,
    is_table,
    parse_date,
    read_bytes,
    read_corpus,
    read_file,
)
from tracker.extraction import Decision, LimitReached, extract, runners_up
from tracker.ingest import OUTCOMES, Change, Report, failed_sources, find_sources, ingest, reextract
from tracker.reports import tables
from tracker.reports.change import change_page
from tracker.schema import Document, Mention
from tracker.store import Query, Store
from tracker.store.frame import frame_of
from tracker.terminal import count, fail, note, progress, stoppable
from tracker.terminal import show as print_

if TYPE_CHECKING:
    import polars as pl

FOUND_SHOWN = 200
"""The most mentions that `ingest` prints."""


@app.command("extract")
def extract_command(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Files, folders, or -.")],
    format_: Annotated[
        Literal["table", "jsonl", "csv"], typer.Option("--format", help="How to print.")
    ] = "table",
    explain: Annotated[bool, typer.Option("--explain", help="Say why each tag is so.")] = False,
) -> None:
    """Print the amounts in files, or in the standard input (-). Nothing is stored."""
    read = _Read()
    paths, problems, _ = find_documents(name for name in files if name != "-")
    for path in [*paths, *(Path(name) for name in files if name == "-")]:
        for document in _documents(path):
            if isinstance(document, DocumentError):
                problems.append(document)
            else:
                read.add(document, _extract(document, path))
    if format_ != "table":
        reports.write(reports.Report(rows=read.frame()), sys.stdout.buffer, format_)
    else:
        print_(*tables.mentions_tables(read.frame()))
        if explain:
            print_(*tables.explained(read.frame(), read.texts(), read.lost()))
        if read.documents and not read.mentions:
            note(f"no amount of money found in {count(len(read.documents), 'document')}")
    end(problems)


@app.command("ingest")
def ingest_command(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH|URL", help="Files, folders, addresses.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published them.")] = None,
    published: Annotated[str | None, typer.Option(help="YYYY-MM-DD, YYYY-MM or YYYY.")] = None,
    url: Annotated[str | None, typer.Option(help="Where; for one file.")] = None,
    title: Annotated[str | None, typer.Option(help="The title; for one file.")] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Try again what failed before.")] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Read from private networks too.")
    ] = False,
    data: Data = Path("data"),
) -> None:
    """Store documents with the amounts that are found in them, and print these.

    What cannot be read is listed at the end and kept for --retry; the rest is stored, and the
    status is 1. Ctrl-C leaves all that was read; the next run goes on from there.
    """
    store = Store(data)
    if not paths and not retry:
        raise typer.BadParameter("name files, folders or addresses, or --retry")
    try:
        parse_date(published or "2000")
    except ValueError as error:
        fail(f"--published: {error}", 2)
    wanted, problems, skipped = find_sources(paths or [], Given(publisher, published, url, title))
    if skipped:
        note(f"{count(skipped, 'file')} of other kinds skipped (folders are read for {KINDS})")
    if (url or title) and (len(wanted) > 1 or any(one.is_table for one in wanted)):
        fail("--url and --title are for one file", 2)
    if retry:
        wanted += failed_sources(store)
    with (
        stoppable("finishing what was read; once more stops at once") as stop,
        progress(sum(one.size() for one in wanted)) as step,
    ):
        report = ingest(store, wanted, allow_private=allow_private, tell=step, stop=stop)
    _print_found(store, report)
    for line in report.notes:
        note(line)
    if said := ", ".join(f"{n:,} {OUTCOMES[outcome]}" for outcome, n in report.outcomes.items()):
        note(f"{count(report.outcomes.total(), 'document')}: {said}")
    if report.failed:
        note(f"{count(len(report.failed), 'source')} kept for: tracker ingest --retry")
    if report.is_stopped:
        for problem in (*problems, *report.problems):
            note(f"tracker: {problem}")
        fail("stopped; the same command goes on from here", 130)
    end([*problems, *report.problems])


def _print_found(store: Store, report: Report) -> None:
    """The amounts of the first documents, as they are stored and reviewed."""
    query = Query(store)
    frame = query.mentions_in(report.document_ids) if report.document_ids else None
    if frame is None:
        return
    print_(*tables.mentions_tables(frame.head(FOUND_SHOWN)))
    left_out = max(report.mentions, frame.height) - min(frame.height, FOUND_SHOWN)
    if left_out:
        note(f"{count(left_out, 'more amount')} found; to have them all: tracker export OUT.csv")


@app.command("reextract")
def reextract_command(
    every: Annotated[
        bool, typer.Option("--all", help="Also what the current version has read.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    data: Data = Path("data"),
) -> None:
    """Read stored documents again with the current extractor; reviews stay.

    What will change is printed first, then it is stored. Ctrl-C leaves what is stored so far.
    """
    store = Store(data)

    def told(change: Change) -> None:
        print_(change_page(change, is_done=False))

    with stoppable("finishing this batch; once more stops at once") as stop, progress(0) as step:
        change = reextract(store, every=every, dry_run=dry_run, tell=step, told=told, stop=stop)
    for line in change.notes:
        note(line)
    if change.is_stopped:
        fail("stopped; the same command goes on from here", 130)
    if not dry_run:
        print_(change_page(change, is_done=True, lost=store.decisions().lost()))


@dataclass
class _Read:
    """What a command has read, to be printed."""

    documents: dict[str, Document] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)

    def add(self, document: Document, mentions: Sequence[Mention]) -> None:
        if document.document_id not in self.documents:
            self.documents[document.document_id] = document
            self.mentions += mentions

    def frame(self) -> pl.DataFrame:
        return frame_of(self.mentions, self.documents.values())

    def texts(self) -> dict[str, str]:
        return {document.document_id: document.text for document in self.documents.values()}

    def lost(self) -> dict[str, list[Decision]]:
        """The cues that lost, by mention_id."""
        lost: dict[str, list[Decision]] = {}
        for name, text in self.texts().items():
            lost |= runners_up(text, [m for m in self.mentions if m.document_id == name])
        return lost


def _documents(path: Path) -> Sequence[Document | DocumentError]:
    """The documents of a file, a table or the standard input, errors in their places."""
    try:
        if str(path) == "-":
            return [_standard_input()]
        return list(read_corpus(path)) if is_table(path) else [read_file(path)[0]]
    except DocumentError as error:
        return [error]


def _extract(document: Document, path: Path) -> list[Mention]:
    """The mentions of a document; a cap that was hit is told."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", LimitReached)
        mentions = extract(document.text, document.language)
    for warning in caught:
        note(f"{path}: {warning.message}")
    return mentions


def _standard_input() -> Document:
    document = read_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), "-")
    document.file_name = None
    return document
