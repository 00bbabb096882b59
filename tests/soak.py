"""A server under load for a while: clients that ask, one ingest that adds, nothing lost or leaked.

    python tests/soak.py [--mentions 100000] [--minutes 10] [--clients 8] [--growth 300]

Ends with status 1 when an answer was wrong, when memory in the last fifth of the time was by more
than `--growth` MB above that of the second fifth (the first one is for warming up), or when
something that was ingested is not there.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from itertools import count
from pathlib import Path
from urllib.parse import quote

from large import PER_DOCUMENT, large_store
from served import Server, serving

MB = 1024 * 1024
FILES = 20
"""Documents of one ingest."""
QUESTIONS = (
    "The US has already sent $61,400 to Ukraine",
    "$500,000",
    "Norway pledged 12,345 dollars",
)
WORDS = ("sent", "pledged", "Story 12", "USA", "$7")


class Soak:
    """What the clients saw."""

    def __init__(self, server: Server, seconds: float):
        self.server, self.seconds = server, seconds
        self.start = time.monotonic()
        self.wrong: list[str] = []
        self.times: defaultdict[str, list[float]] = defaultdict(list)
        self.statuses: Counter[int] = Counter()
        self.memory: list[tuple[float, int]] = []
        self.lock = threading.Lock()

    @property
    def is_over(self) -> bool:
        return time.monotonic() - self.start > self.seconds

    def get(self, kind: str, path: str, client: str, **headers: str) -> bytes:
        """One request that has to be answered well; its body."""
        began = time.monotonic()
        try:
            answer = self.server.ask(path, headers={"X-Forwarded-For": client} | headers)
        except OSError as error:
            with self.lock:
                self.wrong.append(f"{path}: {error}")
            return b""
        with self.lock:
            self.statuses[answer.status] += 1
            self.times[kind].append(time.monotonic() - began)
            if answer.status not in (200, 304):
                self.wrong.append(f"{path}: {answer.status} {answer.body[:100]!r}")
        return answer.body

    def client(self, number: int) -> None:
        """Reads pages, rows, downloads and answers, as people and programs do."""
        dice, client = random.Random(number), f"192.0.2.{number + 1}"
        while not self.is_over:
            what = dice.choice(("mentions", "figures", "documents"))
            chosen = dice.choices(
                ("page", "rows", "figure", "csv", "check", "pages", "health"),
                (20, 30, 10, 2, 8, 1, 10),
            )[0]
            if chosen == "page":
                self.get(chosen, dice.choice(("/", "/api", "/?donor=USA")), client)
            elif chosen == "rows":
                query = f"donor={dice.choice(('USA', 'DEU', 'EU'))}&q={quote(dice.choice(WORDS))}"
                sort = "-amount_min" if what != "documents" else "title"
                self.get(chosen, f"/api/{what}?{query}&sort={sort}&limit=50", client)
            elif chosen == "figure":
                body = self.get(chosen, "/api/mentions?limit=1", client)
                if body:
                    name = json.loads(body)["rows"][0]["mention_id"]
                    self.get(chosen, f"/api/figures/{name}", client)
            elif chosen == "csv":
                self.get(chosen, f"/api/{what}.csv?donor=NOR", client)
            elif chosen == "check":
                time.sleep(0.5)
                self.get(chosen, f"/api/check?q={quote(dice.choice(QUESTIONS))}", client)
            elif chosen == "pages":
                self.walk(client)
            else:
                self.get(chosen, "/health", client)

    def walk(self, client: str) -> None:
        """Through all mentions, page by page: none comes twice."""
        address, seen = "/api/mentions?limit=5000&columns=mention_id", set()
        while address and not self.is_over:
            body = self.get("pages", address, client)
            if not body:
                return
            page = json.loads(body)
            ids = {row["mention_id"] for row in page["rows"]}
            if len(ids) < len(page["rows"]) or ids & seen:
                self.wrong.append(f"{address}: a mention came twice")
            seen |= ids
            address = page["next"]

    def watch(self) -> None:
        """Memory, again and again."""
        while not self.is_over:
            self.memory.append((time.monotonic() - self.start, self.server.memory()))
            time.sleep(2)

    def highest(self, first: float, last: float) -> int:
        """The most memory between two shares of the time."""
        among = [m for at, m in self.memory if first <= at / self.seconds <= last]
        return max(among, default=0)


def ingest(soak: Soak, data: Path, folder: Path) -> list[str]:
    """Adds documents until the time is over; their titles."""
    titles: list[str] = []
    for number in count():
        if soak.is_over:
            return titles
        place = folder / str(number)
        place.mkdir()
        for file in range(FILES):
            title = f"Added {number}-{file}"
            text = f"{title}\n\nNorway sent ${number * FILES + file + 1_000_000:,} to Kenya.\n"
            (place / f"{file}.txt").write_text(text)
            titles.append(title)
        done = subprocess.run(
            [sys.executable, "-m", "tracker", "ingest", place, "--data", data],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            soak.wrong.append(f"ingest: {done.stderr[-300:]}")
    return titles


def problems(soak: Soak, titles: list[str], mentions: int, data: Path, growth: int) -> list[str]:
    """What is wrong at the end."""
    found = list(soak.wrong)
    rose = soak.highest(0.8, 1) - soak.highest(0.2, 0.4)
    if rose > growth * MB:
        found.append(f"memory rose by {rose // MB} MB")
    stored: list[str] = []
    address = "/api/documents?limit=5000&q=Added"
    while address:
        page = json.loads(soak.server.ask(address).body)
        stored += [row["title"] for row in page["rows"]]
        address = page["next"]
    if sorted(stored) != sorted(titles):
        found.append(f"{len(titles)} documents were added, {len(stored)} are there")
    number = json.loads(soak.server.ask("/api/mentions?limit=1").body)["count"]
    if number != mentions + len(titles):
        found.append(f"{number} mentions are there, not {mentions} and {len(titles)}")
    verified = subprocess.run(
        [sys.executable, "-m", "tracker", "verify", "--data", data],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if verified.returncode:
        found.append(verified.stderr[-300:])
    return found


def main() -> None:
    """Make a store, serve it, load it, and tell what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mentions", type=int, default=100_000)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--growth", type=int, default=300, help="MB that memory may rise by")
    options = parser.parse_args()
    mentions = options.mentions // PER_DOCUMENT * PER_DOCUMENT

    with tempfile.TemporaryDirectory() as name:
        data, folder = Path(name) / "data", Path(name) / "added"
        folder.mkdir()
        large_store(data, mentions)
        with serving(data, "--trusted-proxy", "127.0.0.1") as server:
            server.ask("/api/figures?limit=1", timeout=600)  # the figures are made once
            soak = Soak(server, options.minutes * 60)
            threads = [
                threading.Thread(target=soak.client, args=(n,)) for n in range(options.clients)
            ]
            threads.append(threading.Thread(target=soak.watch))
            for thread in threads:
                thread.start()
            titles = ingest(soak, data, folder)
            for thread in threads:
                thread.join()
            found = problems(soak, titles, mentions, data, options.growth)

    told = ", ".join(f"{number:,} x {status}" for status, number in soak.statuses.items())
    print(f"{options.minutes:g} minutes, {options.clients} clients, {mentions:,} mentions at "
          f"first, {len(titles):,} documents added; answers: {told}")  # fmt: skip
    for kind, times in sorted(soak.times.items()):
        print(f"  {kind:8}{len(times):7,}   median {statistics.median(times) * 1000:7.0f} ms"
              f"   slowest {max(times):6.1f} s")  # fmt: skip
    fifths = [soak.highest(n / 5, (n + 1) / 5) // MB for n in range(5)]
    print(f"  memory, highest in each fifth of the time: {', '.join(f'{m:,}' for m in fifths)} MB")
    for line in found[:20]:
        print(f"WRONG {line}")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
