"""Speed of figures and of the checker, each measurement beside its baseline in the same run.

    python tests/benchmarks/figures_bench.py [--mentions 1000000] [--questions 100000] [--rounds 5]

On one core. Mentions are made from a seed: flows between parties of which few give and receive
most, each stated many times, with gaps, roundings and copies. Baselines: for building, one polars
group_by on equal values, which is the least that any grouping costs; for one document
more, building anew; for an answer, one polars filter over the figures.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("POLARS_MAX_THREADS", "1")

import numpy as np
import polars as pl

from tracker.check import Checker
from tracker.figures import Book

SEED = 20261101
PER_DOCUMENT = 5
PER_FLOW = 6
QUESTION = "The US has already given Ukraine $61.4 billion"
DONORS = ["USA", "DEU", "GBR", "EU", "FRA", "JPN", "NOR", "SWE", "CAN", "IMF", "WORLD BANK", "UN",
          *(f"Donor {i}" for i in range(60))]  # fmt: skip
RECIPIENTS = ["UKR", "SDN", "KEN", "ETH", "PAK", "AFG", "SYR", "LBN", "JOR", "EGY",
              *(f"Recipient {i}" for i in range(110))]  # fmt: skip
STATUSES = ["requested", "pledged", "approved", "committed", "disbursed", "needed"]
KINDS = ["military", "humanitarian", "financial", "reconstruction"]
ROUND = np.array([1, 2, 3, 5, 10, 20, 50, 100, 200, 500], float) * 1e6
_SYLLABLES = [a + b for a in "bcdfghjklmnprstvwxyz" for b in "aeiou"]
WORDS = np.array([a + b for a in _SYLLABLES[:50] for b in _SYLLABLES])
EQUAL = ("amount_min", "amount_max", "currency", "qualifier", "per", "status", "hold", "cumulative",
         "donor", "recipient")  # fmt: skip
"""What is equal in all of these would be one figure of the simplest kind."""
_EPOCH = dt.date(2022, 1, 1)


def mentions(count: int, seed: int = SEED) -> pl.DataFrame:
    """A frame of `count` mentions as `Query.mentions` gives it, as far as figures need it."""
    rng = np.random.default_rng(seed)
    flows = max(1, count // PER_FLOW)
    amount = np.where(
        rng.random(flows) < 0.45,
        rng.choice(ROUND, flows) * rng.choice([1, 1, 1, 100], flows),
        rng.integers(100, 1000, flows) * 10.0 ** rng.integers(4, 8, flows),
    )
    amount[0] = 61.4e9
    of_flow = {
        "donor": _zipf(rng, DONORS, flows), "recipient": _zipf(rng, RECIPIENTS, flows),
        "status": rng.choice(STATUSES, flows), "aid_type": rng.choice(KINDS, flows),
        "currency": rng.choice(["USD"] * 6 + ["EUR"] * 3 + ["GBP"], flows),
        "hold": rng.choice([None] * 12 + ["blocked"], flows),
        "cumulative": rng.random(flows) < 0.1, "day": rng.integers(0, 1400, flows),
    }  # fmt: skip
    of_flow["donor"][0], of_flow["recipient"][0] = "USA", "UKR"
    # Documents print the flows of their days; some documents are copies of the one before.
    flow = rng.integers(0, flows, count)
    day = of_flow["day"][flow] + rng.exponential(30, count).astype(int)
    order = np.argsort(day, kind="stable")
    flow, day = flow[order], day[order]
    document = np.arange(count) // PER_DOCUMENT
    copied = rng.random(document[-1] + 1)[document] < 0.1
    source = np.where(copied & (document > 0), np.arange(count) - PER_DOCUMENT, np.arange(count))
    source = source[source]  # of a copy's copy, the first
    flow, day = flow[source], day[np.minimum(source, count - 1)]
    value = amount[flow]
    rounded = (rng.random(count) < 0.2)[source]
    value = np.where(rounded, _two_digits(value), value)
    margin = np.minimum(np.where(rounded, 0.1, 0.05), 0.5 / _leading(value)) * value
    precise = ~rounded & (value != _two_digits(value))
    margin = np.where(precise, value * 0.003, margin)
    text = pl.Series([" ".join(row) for row in rng.choice(WORDS, (min(count, 200_000), 24))])

    def said(name: str, silent: float, instead: str | None = None) -> pl.Series:
        quiet = (rng.random(count) < silent)[source]
        values = np.where(quiet, instead, of_flow[name][flow])
        return pl.Series(name, values.tolist(), dtype=pl.String)

    ids = pl.int_range(count, eager=True).cast(pl.String).str.zfill(16)
    frame = pl.DataFrame({
        "mention_id": "m_" + ids,
        "document_id": "d_" + pl.Series(document).cast(pl.String).str.zfill(16),
        "start": np.arange(count) % PER_DOCUMENT * 100,
        "sentence": (pl.Series(document * 0).cast(pl.String) + text[source % len(text)]
                     + pl.Series(source // len(text)).cast(pl.String)),
        "quote": pl.Series(value).cast(pl.String),
        "amount_min": value, "amount_max": value, "low": value - margin, "high": value + margin,
        "currency": pl.Series(of_flow["currency"][flow].tolist(), dtype=pl.String),
        "qualifier": pl.Series(np.where(rounded, "about", "exact").tolist(), dtype=pl.String),
        "status": said("status", 0.15, "unspecified"), "hold": said("hold", 0.3),
        "cumulative": of_flow["cumulative"][flow], "aid_type": said("aid_type", 0.5),
        "donor": said("donor", 0.25), "recipient": said("recipient", 0.25),
        "published": pl.Series(day).cast(pl.Int64),
        "publisher": "Paper " + pl.Series(document % 400).cast(pl.String),
    }).with_columns(
        published=pl.lit(_EPOCH) + pl.duration(days="published"),
        published_precision=pl.lit("day"), title=pl.lit("A title"), url=pl.lit("https://a.example"),
        **{name: pl.lit(None, pl.String) for name in (
            "per", "instrument", "attributed_to", "part_of", "equivalent_of", "superseded_by",
            "period", "cue", "file_name",
        )},
        period_start=pl.lit(None, pl.Date), period_end=pl.lit(None, pl.Date),
        donor_name="donor", recipient_name="recipient",
    )  # fmt: skip
    return frame


def _zipf(rng: np.random.Generator, names: list[str], count: int) -> np.ndarray:
    weights = 1 / np.arange(1, len(names) + 1)
    return np.array(names, dtype=object)[rng.choice(len(names), count, p=weights / weights.sum())]


def _leading(value: np.ndarray) -> np.ndarray:
    """The first two digits as a number from 10 to 99."""
    return value / 10 ** (np.floor(np.log10(value)) - 1)


def _two_digits(value: np.ndarray) -> np.ndarray:
    scale = 10 ** (np.floor(np.log10(value)) - 1)
    return np.round(value / scale) * scale


def seconds(task: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def main() -> None:
    """Make the mentions, measure, and print the medians and what they are beside."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mentions", type=int, default=1_000_000, help="mentions to group")
    parser.add_argument("--questions", type=int, default=100_000, help="mentions to ask about")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    if min(options.mentions, options.questions) < 100 or options.rounds < 1:
        parser.error("at least 100 mentions and one round")

    frame = mentions(options.mentions)
    fewer = frame.head(options.mentions - PER_DOCUMENT)
    times: dict[str, list[float]] = {}

    def measure(name: str, task: Callable[[], object]) -> None:
        times.setdefault(name, []).append(seconds(task))

    built, grouped, updated = f"figures of {len(frame):,} mentions", "group_by", "one document more"
    for _ in range(options.rounds):
        measure(grouped, lambda: frame.group_by(EQUAL).len())
        book: list[Book] = []
        measure(built, lambda: book.append(Book(fewer)))  # noqa: B023 - called at once
        measure(updated, lambda: book[0].update(frame))  # noqa: B023
    figures = book[0].figures
    checker = Checker(Book(frame.head(options.questions)))
    asked, scan = f"an answer, {options.questions:,} mentions", "filter"
    known = Book(frame.head(options.questions)).figures
    checker.check(QUESTION)  # what is loaded once is not measured
    for _ in range(options.rounds):
        measure(asked, lambda: [answer.data() for answer in checker.check(QUESTION)])
        measure(scan, lambda: known.filter(pl.col("low") < 6.2e10, pl.col("high") > 6.1e10))

    middle = {name: statistics.median(values) for name, values in times.items()}
    print(f"one core, seed {SEED}, median of {options.rounds}; {figures.height:,} figures")
    print(f"{'':40}{'seconds':>10}{'beside':>22}{'ratio':>9}")
    for name, beside in ((built, grouped), (updated, built), (asked, scan)):
        ratio = middle[name] / middle[beside]
        print(f"{name:40}{middle[name]:10.3f}{beside[:20]:>22}{ratio:9.3g}")


if __name__ == "__main__":
    main()
