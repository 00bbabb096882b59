"""Speed and memory of ingesting a table of documents, beside `extract_batch` on its own.

    python tests/benchmarks/ingest.py [--documents 10000] [--rounds 5]

Each round reads the same table into a new store, and the same texts with `extract_batch` alone,
each in a process of its own. The median round counts. A table of 100,000 documents (about 300 MB)
is `--documents 100000`.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from bench import MB, SEED, sentences

import tracker
from tracker.documents import Given
from tracker.ingest import find_sources, ingest

SENTENCES = 33
"""A document of about 3 kB."""
DIFFERENT = 5_000
"""Documents of other sentences; the rest differ from them in a line of their own."""
READ_AT_A_TIME = 16_384
RSS_UNIT = 1024 if sys.platform.startswith("linux") else 1


def write_corpus(path: Path, count: int) -> float:
    """Write a table of `count` documents; its text in MB."""
    prose = sentences(random.Random(SEED))
    texts = [" ".join(next(prose) for _ in range(SENTENCES)) for _ in range(min(count, DIFFERENT))]
    size = 0
    columns = pa.schema([(name, pa.string()) for name in ("text", "title", "publisher", "url")])
    with pq.ParquetWriter(path, columns) as file:
        for start in range(0, count, DIFFERENT):
            numbers = range(start, min(start + DIFFERENT, count))
            rows = [f"Report {n}. {texts[n % len(texts)]}" for n in numbers]
            size += sum(map(len, rows))
            titles, urls = (
                [form.format(n) for n in numbers] for form in ("Report {}", "https://x.example/{}")
            )
            publishers = [f"Wire {n % 7}" for n in numbers]
            file.write_table(pa.table([rows, titles, publishers, urls], schema=columns))
    return size / MB


def stored(path: str) -> tuple[float, float, int]:
    """Seconds, peak memory (GB) and mentions of an ingest into a new store."""
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        wanted, _, _ = find_sources([path], Given())
        report = ingest(tracker.Store(Path(folder) / "data"), wanted)
        passed = time.perf_counter() - begin
    return passed, _peak(), report.mentions


def extracted(path: str) -> tuple[float, float, int]:
    """The same of `extract_batch` alone, the texts being in memory."""
    texts = pq.read_table(path, columns=["text"])["text"]
    ids = pa.array([f"d_{n}" for n in range(len(texts))])
    documents = pa.table({"document_id": ids, "text": texts})
    begin = time.perf_counter()
    parts = range(0, len(documents), READ_AT_A_TIME)
    found = sum(tracker.extract_batch(documents.slice(n, READ_AT_A_TIME)).num_rows for n in parts)
    return time.perf_counter() - begin, _peak(), found


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * RSS_UNIT / 1e9


def main() -> None:
    """Make the table, measure, and print MB/s, the ratio and the peak of memory."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corpus.parquet"
        size = write_corpus(path, options.documents)
        print(
            f"{size:.0f} MB in {options.documents:,} documents of a table, seed {SEED}, "
            f"median of {options.rounds} interleaved rounds"
        )
        results: dict[str, list[tuple[float, float, int]]] = {"extract_batch": [], "ingest": []}
        for _ in range(options.rounds):
            for name, task in (("extract_batch", extracted), ("ingest", stored)):
                with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                    results[name].append(pool.submit(task, str(path)).result())
    baseline = statistics.median(seconds for seconds, _, _ in results["extract_batch"])
    print(f"{'':34}{'MB/s':>10}{'of its speed':>14}{'peak GB':>10}{'found':>12}")
    for name, rounds in results.items():
        seconds = statistics.median(passed for passed, _, _ in rounds)
        peak, found = max(peak for _, peak, _ in rounds), rounds[0][2]
        print(f"{name:34}{size / seconds:10.2f}{baseline / seconds:14.2f}{peak:10.2f}{found:12,}")


if __name__ == "__main__":
    main()
