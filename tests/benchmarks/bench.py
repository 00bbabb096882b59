"""Speed of the extractor, each measurement beside its baseline in the same run.

    python tests/benchmarks/bench.py [--megabytes 45] [--batch 2] [--single 1] [--rounds 5]

The corpus is prose with one amount in about twelve sentences, made from a seed. The limit is one
scan: counting TRIGGER with pyarrow's RE2. Measurements are interleaved (one of each per round),
and the median round counts, since machines are noisy: read the ratios, not the MB/s.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import subprocess
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

import tracker
from tracker.extraction.amounts.find import amount_table
from tracker.extraction.amounts.grammar import PATTERN

TRIGGER = (
    r"[$€£¥₹₦₩]|\bRs\b|\bKSh\b"
    r"|\b(?:USD|EUR|GBP|JPY|CHF|SEK|NOK|DKK|KES|UGX|NGN|INR|PKR|ETB|ZAR|CNY|AUD|CAD)\b"
    r"|\b(?:dollars?|euros?|pounds?|yen|rupees?|naira|shillings?|francs?|kron[ao]r?|yuan|rand)\b"
)
"""What any reader of amounts has to look at; a constant, so that runs can be compared."""
SEED = 20261101
SENTENCES_PER_AMOUNT = 12
MB = 1_000_000

WORDS = tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text("utf-8"))


def amounts(rng: random.Random) -> str:
    """One amount as news writes it."""
    million, bn = rng.choice(("million", "billion")), rng.choice(("m", "bn"))
    digits = rng.choice((
        f"{rng.randint(1, 99)}.{rng.randint(1, 9)} {million}",
        f"{rng.randint(1, 900)} {million}",
        f"{rng.randint(1, 999)},{rng.randint(0, 999):03},000",
        f"{rng.randint(1, 99)}{bn}",
    ))  # fmt: skip
    return rng.choice(WORDS["hedges"]) + rng.choice(WORDS["currencies"]).format(digits)


def sentences(rng: random.Random) -> Iterator[str]:
    """Endless prose, one amount in about SENTENCES_PER_AMOUNT sentences."""

    def word(kind: str) -> str:
        return str(rng.choice(WORDS[kind]))

    while True:
        if rng.randrange(SENTENCES_PER_AMOUNT) == 0:
            deed = f"{word('givers')} {word('deeds')} {amounts(rng)} {word('purposes')}"
            yield f"{word('openings')}, {deed} in {word('places')}."
        else:
            claim = f"{word('people')} in {word('places')} {word('verbs')} that {word('things')}"
            yield f"{word('openings')}, {claim} {word('endings')}."


def corpus(megabytes: float, seed: int = SEED) -> pa.Table:
    """Documents of 10 to 60 sentences, about `megabytes` of UTF-8 in all."""
    rng = random.Random(seed)
    prose = sentences(rng)
    texts: list[str] = []
    size = 0
    while size < megabytes * MB:
        texts.append(" ".join(next(prose) for _ in range(rng.randint(10, 60))))
        size += len(texts[-1].encode())
    return pa.table({"document_id": [f"d_{i}" for i in range(len(texts))], "text": texts})


def size_of(documents: pa.Table) -> float:
    """Size of the texts in MB."""
    return float(pc.sum(pc.binary_length(documents["text"])).as_py()) / MB


def scan(documents: pa.Table) -> int:
    """The baseline: how often TRIGGER occurs, counted by RE2."""
    counts = pc.count_substring_regex(documents["text"], pattern=TRIGGER)
    return int(pc.sum(counts).as_py())


def batch(documents: pa.Table) -> int:
    """Mentions that `extract_batch` reads."""
    return int(tracker.extract_batch(documents).num_rows)


def loop(documents: pa.Table) -> int:
    """Mentions that a loop of `extract` over the documents reads."""
    return sum(len(tracker.extract(text)) for text in documents["text"].to_pylist())


def amounts_alone(documents: pa.Table) -> int:
    """Amounts alone, over Arrow: spans, values and currencies, without tags."""
    texts = documents["text"].combine_chunks().cast(pa.large_string())
    return int(amount_table(texts).num_rows)


def grammar(documents: pa.Table) -> int:
    """The baseline of the scan: one pass of the whole grammar over each text."""
    return sum(1 for text in documents["text"].to_pylist() for _ in PATTERN.finditer(text))


def ripgrep(file: Path, _: pa.Table) -> int:
    """The same baseline by ripgrep, in one thread over a file."""
    pattern = TRIGGER.replace(r"\b", r"(?-u:\b)")  # as RE2 has it: ASCII letters alone
    command = ["rg", "--threads=1", "--count-matches", pattern, str(file)]
    return int(subprocess.run(command, check=True, capture_output=True).stdout)


def two_processes(pool: ProcessPoolExecutor, documents: pa.Table) -> int:
    """`extract_batch` on the halves of the documents, in the two processes of `pool`."""
    half = len(documents) // 2
    return sum(pool.map(batch, [documents.slice(0, half), documents.slice(half)]))


def measure(
    tasks: dict[str, tuple[Callable[[pa.Table], int], pa.Table]], rounds: int
) -> dict[str, tuple[float, int]]:
    """Median seconds a MB and the count of each task, the tasks interleaved.

    Each is measured at its second run in a row, as one batch follows another when many are read:
    memory that the task before has given back to the system is dear to get on a virtual machine.
    """
    seconds: dict[str, list[float]] = {name: [] for name in tasks}
    counts: dict[str, int] = {}
    for _ in range(rounds):
        for name, (task, documents) in tasks.items():
            task(documents)
            start = time.perf_counter()
            counts[name] = task(documents)
            seconds[name].append((time.perf_counter() - start) / size_of(documents))
    return {name: (statistics.median(seconds[name]), counts[name]) for name in tasks}


def main() -> None:
    """Make the corpus, measure, and print MB/s and the ratio to the scan."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=float, default=45, help="size of the corpus")
    parser.add_argument("--batch", type=float, default=8, help="MB of it for extract_batch")
    parser.add_argument("--single", type=float, default=1, help="MB of it for a loop of extract")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    if min(options.megabytes, options.batch, options.single, options.rounds) <= 0:
        parser.error("sizes and rounds must be above 0")

    documents = corpus(options.megabytes, options.seed)
    per_mb = len(documents) / options.megabytes
    batched = documents.slice(0, max(1, int(options.batch * per_mb)))
    single = documents.slice(0, max(1, int(options.single * per_mb)))
    print(
        f"{size_of(documents):.1f} MB in {len(documents):,} documents, seed {options.seed}, "
        f"median of {options.rounds} interleaved rounds"
    )
    with (
        ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool,
        tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file,
    ):
        two_processes(pool, documents.slice(0, 2))  # the processes start outside of the measure
        tasks = {
            "scan for the trigger pattern": (scan, documents),
            "amounts alone, over Arrow": (amounts_alone, documents),
            f"grammar alone, {size_of(single):.1f} MB": (grammar, single),
            f"all tags, {size_of(batched):.1f} MB": (batch, batched),
            f"all tags, two processes, {size_of(batched):.1f} MB": (
                partial(two_processes, pool),
                batched,
            ),
            f"loop of extract, {size_of(single):.1f} MB": (loop, single),
        }
        if shutil.which("rg"):
            file.write("\n".join(documents["text"].to_pylist()))
            file.flush()
            tasks["the same scan by ripgrep"] = (partial(ripgrep, Path(file.name)), documents)
        results = measure(tasks, options.rounds)
    baseline, _ = results["scan for the trigger pattern"]
    print(f"{'':34}{'MB/s':>10}{'time / scan':>14}{'found':>12}")
    for name, (seconds, count) in results.items():
        print(f"{name:34}{1 / seconds:10.2f}{seconds / baseline:14.1f}{count:12,}")


if __name__ == "__main__":
    main()
