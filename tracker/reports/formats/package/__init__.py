"""A zip that is a Data Package: mentions, figures, documents, totals, statuses, as CSV.

The same CSV bytes as `csv` writes, with a description of every column, the query, the versions,
the totals and how they were made.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import polars as pl

from tracker.figures import Total, by_stage
from tracker.reports import notes
from tracker.reports.columns import What, columns
from tracker.reports.formats import csv
from tracker.reports.formats.drain import Drain
from tracker.reports.formats.package import tables
from tracker.reports.formats.package.descriptor import Table, descriptor
from tracker.reports.formats.package.readme import readme
from tracker.reports.report import Report
from tracker.schema import Column


def steps(report: Report) -> Iterator[bytes]:
    """The package of a report, in steps. Raises ReportError for rows that are not stored."""
    mentions, figures = report.as_("mentions"), report.as_("figures")
    documents = tables.documents(mentions, figures)
    totals = [t for found in by_stage(figures.book, figures.rows).values() for t in found]
    report.check_state()
    return _steps(report, mentions, figures, documents, totals)


def _steps(
    report: Report,
    mentions: Report,
    figures: Report,
    documents: pl.DataFrame,
    totals: Sequence[Total],
) -> Iterator[bytes]:
    drain = Drain()
    package = _Package(drain, report)
    with package.archive:
        to_documents = {"document_id": ("documents", "document_id")}
        yield from package.add(
            "mentions", "Mentions", notes.MENTIONS, _columns(mentions), ("mention_id",),
            to_documents, csv.steps(mentions),
        )  # fmt: skip
        yield from package.add(
            "figures", "Figures", notes.FIGURES, _columns(figures), ("figure_id",),
            to_documents, csv.steps(figures),
        )  # fmt: skip
        yield from package.add(
            "documents", "Documents", "The documents that state them.", tables.DOCUMENTS,
            ("document_id",), {}, _csv(documents),
        )  # fmt: skip
        to_figures = {"figure_id": ("figures", "figure_id")}
        yield from package.add(
            "totals", "Totals", "The totals of these figures, each of one stage and currency.",
            tables.TOTALS, (), {}, _csv(tables.totals(totals)),
        )  # fmt: skip
        yield from package.add(
            "totals_figures", "Figures of the totals",
            "Which figures each total counts, which it leaves out, and why.",
            tables.TOTALS_FIGURES, (), to_figures if "figure_id" in figures.names() else {},
            _csv(tables.totals_figures(totals)),
        )  # fmt: skip
        yield from package.add(
            "statuses", "Statuses", "What each status and hold means, and the nearest terms of "
            "IATI, FTS, Kiel and the US budget.", tables.STATUSES, ("column", "code"), {},
            _csv(tables.statuses()),
        )  # fmt: skip
        about = descriptor(report, package.tables, totals, documents)
        written = json.dumps(about, ensure_ascii=False, indent=1)
        yield from package.write("datapackage.json", [f"{written}\n".encode()])
        yield from package.write("README.md", [readme(report, package.tables, totals).encode()])
    yield drain.taken()


class _Package:
    """The zip while it is written: what each step adds is given away at once."""

    def __init__(self, drain: Drain, report: Report) -> None:
        self.archive = ZipFile(drain, "w", ZIP_DEFLATED)
        self.tables: list[Table] = []
        self._drain = drain
        self._made = report.made.timetuple()[:6]

    def add(
        self,
        name: str,
        title: str,
        description: str,
        columns_: Sequence[Column],
        key: tuple[str, ...],
        links: Mapping[str, tuple[str, str]],
        content: Iterable[bytes],
    ) -> Iterator[bytes]:
        """Write a CSV file, and keep what the descriptor says of it."""
        digest, size = hashlib.sha256(), 0

        def counted() -> Iterator[bytes]:
            nonlocal size
            for step in content:
                digest.update(step)
                size += len(step)
                yield step

        yield from self.write(f"{name}.csv", counted())
        self.tables.append(
            Table(name, title, description, columns_, key, links, size, digest.hexdigest())
        )

    def write(self, name: str, content: Iterable[bytes]) -> Iterator[bytes]:
        """Write one file."""
        about = ZipInfo(name, self._made)
        about.compress_type = ZIP_DEFLATED
        about.external_attr = 0o644 << 16
        with self.archive.open(about, "w", force_zip64=True) as file:
            for step in content:
                file.write(step)
                yield self._drain.taken()


def _columns(report: Report) -> tuple[Column, ...]:
    what: What = report.what
    known = {column.name: column for column in columns(what, sample=True)}
    return tuple(known[name] for name in report.names())


def _csv(rows: pl.DataFrame) -> Iterator[bytes]:
    yield csv.BOM
    yield csv.csv_text(rows, header=True)
