"""What stands beside the rows of every report: what it holds, how to read it, how to cite it."""

from __future__ import annotations

from tracker.reports.report import Report
from tracker.schema import CROSSWALK, HOLD, MEANING, STATUS, VOCABULARIES

NAME = "Aid and funding figures"
SAMPLE = "Sample data, invented, not to be cited"
MENTIONS = "One row is one place in one document that states an amount of money."
FIGURES = (
    "One row is one amount of one flow at one stage, as one or more mentions state it; its quote "
    "is that of its most precise mention."
)
CAVEATS = (
    "Mentions are never added up: ten articles that print the same sum are one figure.",
    "Stages are never added to one another: requested, approved, committed and disbursed money "
    "is the same money at different stages.",
    "A running total holds its instalments, and a whole its parts: they are not to be added.",
    "An amount is an interval: what its digits and its hedge (about, almost, more than) allow.",
    "What a text does not say stays empty. Nothing is guessed, and nothing is called true or "
    "false: this is what the documents state.",
    "Converted amounts are stated by no document: each stands beside its rate and the rate's day.",
    "The texts were read by a program, and people corrected some of what it read. Check the quote "
    "at its source before you print a number.",
)
"""What a reader must know before adding anything up."""
GUARD = (
    "A text that begins with = + - @, a tab or a return (or with apostrophes before one of them) "
    "has one more apostrophe in front in CSV and Excel files, so that no spreadsheet takes it for "
    "a formula. JSON lines and Parquet hold it as it is."
)
NOT_EQUIVALENT = (
    "The nearest terms of others are not equivalents: a commitment is a promise for Kiel and a "
    "signed obligation for FTS and IATI."
)


def title(report: Report) -> str:
    """What the report is: "Aid and funding figures: donor USA, recipient UKR"."""
    name = f"{SAMPLE}: {NAME}" if report.is_sample else NAME
    asked = ", ".join(f"{name} {value}" for name, value in report.filters.pairs())
    return f"{name}: {asked}" if asked else name


def citation(report: Report) -> str:
    """How to name the report in print."""
    about = report.about()
    return (
        f"{title(report)}. Data version {report.version}, extractor {about['extractor']}, query "
        f"{about['query_hash']}, {report.made:%Y-%m-%d}. Cite the documents quoted beside it."
    )


def statuses() -> list[tuple[str, ...]]:
    """Each status and hold: column, code, label, meaning, and the nearest terms of others."""
    return [
        (column, code, label, MEANING[code],
         *(CROSSWALK.get(code, {}).get(key, "") for key in VOCABULARIES))
        for column, codes in (("status", STATUS), ("hold", HOLD))
        for code, label in codes.items()
    ]  # fmt: skip
