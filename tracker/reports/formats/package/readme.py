"""The README of a data package: what is in it, how to read it, what to know before printing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tracker.figures import Total, words
from tracker.reports import notes
from tracker.reports.formats.package.descriptor import Table
from tracker.reports.report import Report
from tracker.schema import VOCABULARIES

_READING = """```python
import pandas as pd

pd.read_csv("mentions.csv", keep_default_na=False, na_values=[""])  # "NA" is a text, not empty
```

The libraries `frictionless` for Python and R read it with the types that `datapackage.json`
declares; `tracker.reports.read` gives back the very values, without the apostrophes."""


def readme(report: Report, tables: Sequence[Table], totals: Sequence[Total]) -> str:
    """The README as Markdown."""
    about = report.about()
    parts = [
        f"# {notes.title(report)}",
        "\n".join(
            f"- {name.replace('_', ' ')}: `{value}`"
            for name, value in about.items()
            if name != "rows"
        ),
        f"Cite as: {notes.citation(report)}",
        "No licence is set. Name one under `licenses` in `datapackage.json` before you publish "
        "this package; the quotes remain their publishers'.",
        "## Files",
        _table(("file", "what it holds"), ((f"`{t.name}.csv`", t.description) for t in tables)),
        "`datapackage.json` describes every column: label, meaning, unit, codes. CSV files are "
        "UTF-8 with byte-order mark; dates are ISO 8601, moments UTC, an empty cell is what is "
        "not said, lists are JSON.",
        notes.GUARD,
        _READING,
        "## Before you add anything up",
        "\n".join(f"- {caveat}" for caveat in notes.CAVEATS),
        "## Columns of mentions and figures",
        _table(("column", "label", "meaning"), _columns(tables)),
        "## Totals, and how they were made",
        "Each is of one stage and one currency. They are never to be added to one another.",
        *("\n".join(_list(words.explained(total))) for total in totals),
        *([] if totals else ["There is nothing to count."]),
        "## Statuses and holds",
        notes.NOT_EQUIVALENT,
        _table(
            ("code", "label", "meaning", *VOCABULARIES.values()),
            (row[1:] for row in notes.statuses()),
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _columns(tables: Sequence[Table]) -> Iterator[tuple[str, ...]]:
    """What each column of mentions and figures means, said once where both mean the same."""
    told: dict[str, dict[str, list[str]]] = {}
    for table in tables[:2]:
        for column in table.columns:
            meaning = f"{column.label}. {column.description}"
            told.setdefault(column.name, {}).setdefault(meaning, []).append(table.name)
    for name, meanings in told.items():
        for meaning, where in meanings.items():
            label, _, words = meaning.partition(". ")
            only = f" ({where[0]})" if len(meanings) > 1 else ""
            yield f"`{name}`", label, f"{words}{only}"


def _list(lines: list[str]) -> list[str]:
    first, *rest = lines
    return [f"- **{_plain(first)}**", *(f"  - {_plain(line)}" for line in rest)]


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _plain(text: str) -> str:
    """Text that Markdown takes as it is, whatever a document has named a party."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in text)
