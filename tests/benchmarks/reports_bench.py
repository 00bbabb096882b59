"""Speed and memory of reports, beside pandas' own writers of the same rows.

    python tests/benchmarks/reports_bench.py [--mentions 1000000] [--sheet 50000]

Each measurement has a process of its own, with the rows in memory before it begins. Told are rows
a second, and the most memory that it takes beyond those rows. pandas gets the columns that the
report has, laid out before it begins. The package is read back slice by slice, and has to be
equal. Workbooks are of fewer rows; the figures in the package are those of 10,000 mentions, for
making figures has a bench of its own.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import figures_bench
import pandas as pd
import polars as pl

from tracker.figures import Book
from tracker.reports import Report, read, write
from tracker.schema import EXTRACTOR, REVIEWED_DOCUMENT_SCHEMA, REVIEWED_MENTION_SCHEMA
from tracker.store.frame import ABOUT_DOCUMENT

RSS_UNIT = 1024 if sys.platform.startswith("linux") else 1
WITH_FIGURES = 10_000
STEP = 50_000
_RESET = Path("/proc/self/clear_refs")


def rows(count: int) -> pl.DataFrame:
    """Mentions as `Query.mentions` gives them, with every column of the data model."""
    about = pl.DataFrame(REVIEWED_DOCUMENT_SCHEMA.empty_table()).select(ABOUT_DOCUMENT)
    types = {**pl.DataFrame(REVIEWED_MENTION_SCHEMA.empty_table()).schema, **about.schema}
    start = pl.col("start")
    words = {"tag": pl.lit("status"), "rule": pl.lit("give"), "start": start, "end": start + 9}
    made = figures_bench.mentions(count).with_columns(
        end=start + 12, cue=pl.lit("has given"), cue_start=start + 20, cue_end=start + 29,
        language=pl.lit("en"), extractor=pl.lit(EXTRACTOR),
        evidence=pl.concat_list(pl.struct(**words)),
    )  # fmt: skip
    return made.with_columns(
        pl.lit(None, type_).alias(name) for name, type_ in types.items() if name not in made.columns
    )


def report_of(path: str, columns: str = "full") -> Report:
    """The report of the rows in a Parquet file."""
    frame = pl.read_parquet(path)
    return Report(rows=frame, given_book=Book(frame.head(WITH_FIGURES)), columns=columns)


def even(slices: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The same rows in slices of `STEP`."""
    left: pl.DataFrame | None = None
    for part in slices:
        rest = part if left is None else pl.concat([left, part])
        while rest.height >= STEP:
            yield rest.head(STEP)
            rest = rest.slice(STEP)
        left = rest
    if left is not None:
        yield left


def written(path: str, format_: str, columns: str) -> tuple[float, float]:
    """Seconds and memory (MB) of writing a report."""
    report = report_of(path, columns)
    return measured(lambda: write(report, f"{path}.{format_}", format_))


def read_back(path: str) -> tuple[float, float]:
    """The same of reading the package's mentions back, and finding them equal."""
    report = report_of(path)

    def task() -> None:
        wanted = even(report.slices())
        for found in even(read(f"{path}.zip")):
            assert found.equals(next(wanted))
        assert next(wanted, None) is None

    return measured(task)


def pandas_writes(path: str, format_: str, columns: str) -> tuple[float, float]:
    """The same of pandas' own writer."""
    table = pl.concat(report_of(path, columns).slices()).to_pandas()
    out = f"{path}.pandas.{format_}"
    if format_ == "csv":
        return measured(lambda: table.to_csv(out, index=False))
    with pd.ExcelWriter(out, engine="xlsxwriter") as book:
        return measured(lambda: table.to_excel(book, index=False))


def measured(task: Callable[[], object]) -> tuple[float, float]:
    """How long a task takes, and the most memory that it takes beyond what is there."""
    if _RESET.exists():
        _RESET.write_text("5")  # Linux forgets the peak of before
    before, begin = _peak(), time.perf_counter()
    task()
    return time.perf_counter() - begin, _peak() - before


def _peak() -> float:
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * RSS_UNIT / 1e6


def main() -> None:
    """Make the rows, measure, and print rows a second, the ratio, and the memory beyond them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mentions", type=int, default=1_000_000, help="rows of the report")
    parser.add_argument("--sheet", type=int, default=50_000, help="rows of the workbooks")
    options = parser.parse_args()
    if min(options.mentions, options.sheet) < 100:
        parser.error("at least 100 rows")
    with tempfile.TemporaryDirectory() as folder:
        whole, sheet = f"{folder}/rows", f"{folder}/sheet"
        frame = rows(options.mentions)
        frame.write_parquet(whole)
        frame.head(options.sheet).write_parquet(sheet)
        del frame
        tasks: list[tuple[str, str, Callable[..., tuple[float, float]], tuple[str, ...]]] = [
            ("CSV by pandas", whole, pandas_writes, ("csv", "full")),
            ("CSV", whole, written, ("csv", "full")),
            ("JSON lines", whole, written, ("jsonl", "full")),
            ("Parquet", whole, written, ("parquet", "full")),
            ("data package", whole, written, ("zip", "full")),
            ("data package, read back", whole, read_back, ()),
            ("xlsx by pandas, displayed", sheet, pandas_writes, ("xlsx", "displayed")),
            ("xlsx, displayed", sheet, written, ("xlsx", "displayed")),
        ]
        print(f"seed {figures_bench.SEED}; one process each, the rows in memory before")
        print(f"{'':28}{'rows':>11}{'rows/s':>11}{'of pandas':>11}{'MB beyond the rows':>20}")
        baseline = 0.0
        for name, path, task, given in tasks:
            count = options.sheet if path == sheet else options.mentions
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                seconds, memory = pool.submit(task, path, *given).result()
            speed = count / seconds
            baseline = speed if "pandas" in name else baseline
            print(f"{name:28}{count:11,}{speed:11,.0f}{speed / baseline:11.2f}{memory:20,.0f}",
                  flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
