"""The `tracker` command: reads its arguments, calls the packages, prints. No logic of its own."""

from __future__ import annotations

import importlib
import ipaddress
import json
import os
import sys
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tracker import check as checking
from tracker import money, reports
from tracker.documents import (
    KINDS,
    MAX_BYTES,
    DocumentError,
    find_documents,
    parse_date,
    read_bytes,
    read_file,
)
from tracker.extraction import LimitReached, extract
from tracker.figures import Book, Switches, totals, words
from tracker.gold import Half
from tracker.reports import ReportError, tables
from tracker.schema import Document, Mention
from tracker.store import Filters, Outcome, Query, Store, StoreError
from tracker.store.frame import frame_of
from tracker.terminal import count, fail, note, progress
from tracker.terminal import show as print_

if TYPE_CHECKING:
    import polars as pl

app = typer.Typer(
    name="tracker",
    help="Find amounts of aid and public funding in texts, and the words that say what each is.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

FOUND_SHOWN = 200
"""The most mentions that `ingest` prints."""
OUTCOMES: dict[Outcome, str] = {
    "new": "new",
    "same": "stored already",
    "re-read": "read anew",
    "sighting": "stored already, kept as one more sighting (the document stays as it was)",
}
"""What adding a document came to, in words."""


Data = Annotated[Path, typer.Option("--data", envvar="TRACKER_DATA", help="The data folder.")]
Several = Annotated[list[str] | None, typer.Option(help="Repeat, or separate by commas.")]


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
        try:
            document = _standard_input() if str(path) == "-" else read_file(path)[0]
        except DocumentError as error:
            problems.append(error)
        else:
            read.add(document, _extract(document, path))
    if format_ != "table":
        reports.write(read.frame(), sys.stdout.buffer, format_)
    else:
        print_(*tables.mentions_tables(read.frame()))
        if explain:
            print_(*tables.explained(read.frame(), read.texts()))
        if read.documents and not read.mentions:
            note(f"no amount of money found in {count(len(read.documents), 'document')}")
    _end(problems)


@app.command()
def ingest(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Files and folders.")],
    publisher: Annotated[str | None, typer.Option(help="Who published them.")] = None,
    published: Annotated[str | None, typer.Option(help="YYYY-MM-DD, YYYY-MM or YYYY.")] = None,
    url: Annotated[str | None, typer.Option(help="Where; for one file.")] = None,
    title: Annotated[str | None, typer.Option(help="The title; for one file.")] = None,
    data: Data = Path("data"),
) -> None:
    """Store files with the amounts that are found in them, and print these.

    A file that cannot be read is listed at the end; the others are stored, and the status is 1.
    """
    store, read, outcomes, left_out = Store(data), _Read(), Counter[Outcome](), 0
    web = [path for path in paths if path.startswith(("http://", "https://"))]
    files, problems, skipped = find_documents(path for path in paths if path not in web)
    if skipped:
        note(f"{count(skipped, 'file')} of other kinds skipped (folders are read for {KINDS})")
    problems += [DocumentError(path, "reading URLs is not built yet") for path in web]
    if len(files) > 1 and (url or title):
        fail("--url and --title are for one file", 2)
    try:
        parse_date(published or "2000")
    except ValueError as error:
        fail(f"--published: {error}", 2)
    with progress(len(files)) as step:
        for path in files:
            try:
                document, original = read_file(
                    path, publisher=publisher, published=published, url=url, title=title
                )
            except DocumentError as error:
                problems.append(error)
                step(None)
                continue
            mentions = _extract(document, path)
            outcome = store.add(document, original, mentions)
            outcomes[outcome] += 1
            step(f"{path}: {OUTCOMES[outcome]}, {count(len(mentions), 'amount')}")
            shown = mentions[: FOUND_SHOWN - len(read.mentions)]
            left_out += len(mentions) - len(shown)
            # The document as it is stored: of what is given now, the first sighting decides.
            (stored,) = store.table_about("documents", document.document_id).to_pylist()
            read.add(Document(**stored), shown)
    print_(*tables.mentions_tables(read.frame()))
    if left_out:
        note(f"{count(left_out, 'more amount')} found; to have them all: tracker export OUT.csv")
    if outcomes:
        told = ", ".join(f"{number:,} {OUTCOMES[name]}" for name, number in outcomes.items())
        note(f"{count(outcomes.total(), 'document')}: {told}")
    _end(problems)


@app.command()
def export(
    out: Annotated[str, typer.Argument(help="A file (.csv, .jsonl, .parquet), or - .")],
    what: Annotated[
        Literal["mentions", "figures"], typer.Option(help="Mentions, or the figures they state.")
    ] = "mentions",
    format_: Annotated[
        str | None, typer.Option("--format", help="csv, jsonl, parquet, or table for reading.")
    ] = None,
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
    query = _query(data)
    frame = query.mentions(filters)
    if what == "figures":
        frame = Book.of(query).select(frame)
    if chosen is None:
        is_figures = what == "figures"
        print_(*([tables.marks_table(frame)] if is_figures else tables.mentions_tables(frame)))
    else:
        reports.write(frame, sys.stdout.buffer if out == "-" else out, chosen)
    if out != "-":
        note(f"{out}: {count(frame.height, what.removesuffix('s'))}")


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
    answers = checking.Checker(Book.of(_query(data))).answer(sentence, asked, day)
    if format_ == "json":
        typer.echo(json.dumps([answer.data() for answer in answers], ensure_ascii=False, indent=2))
    else:
        typer.echo(checking.as_text(answers))


@app.command()
def total(
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
    donor: Several = None,
    recipient: Several = None,
    aid_type: Annotated[list[str] | None, typer.Option("--aid-type", "--aid_type")] = None,
    currency: Several = None,
    publisher: Several = None,
    from_: Annotated[str | None, typer.Option("--from", help="Published on or after.")] = None,
    to: Annotated[str | None, typer.Option(help="Published on or before.")] = None,
    data: Data = Path("data"),
) -> None:
    """Sum one stage, each amount once: what counts, what is left out, and why."""
    given: dict[str, Sequence[str] | None] = {
        "donor": donor, "recipient": recipient, "aid_type": aid_type, "currency": currency,
        "publisher": publisher, "from": [from_ or ""], "to": [to or ""],
    }  # fmt: skip
    try:
        filters = Filters.parse((name, text) for name in given for text in given[name] or ())
        day = parse_date(at)[0] if at else None
        if to_currency and to_currency.upper() not in money.currencies():
            raise ValueError(f"to-currency: there are no rates for {to_currency!r}")
        query = _query(data)
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


@app.command()
def show(
    mention: Annotated[str, typer.Argument(help="The id of a mention, m_...")],
    data: Data = Path("data"),
) -> None:
    """Print all that is known of one mention: its words, tags, evidence, source and history."""
    query = _query(data)
    row = query.mention(mention)
    document = query.document(row["document_id"]) if row else None
    if row is None or document is None:
        fail(f"{mention}: no such mention in {data}")
    print_(tables.mention_page(row, document, query.history(mention)))


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


def main() -> None:
    """The entry point: one line for what goes wrong, no traceback."""
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except (DocumentError, StoreError, ReportError) as error:
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


def _query(data: Path) -> Query:
    query = Query(Store(data))
    if query.version == 0:
        fail(f"{data}: holds no data yet, begin with: tracker ingest")
    return query


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _end(problems: Sequence[DocumentError]) -> None:
    """List what could not be read, and end with status 1 if there is any."""
    for problem in problems:
        note(f"tracker: {problem}")
    if problems:
        raise typer.Exit(1)
