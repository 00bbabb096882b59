"""Writers that are killed, and writers and readers at once: nothing lost, doubled or torn."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress

import pandas as pd
import pytest

from tracker.documents import Given
from tracker.ingest import find_sources, ingest
from tracker.store import Store

KILLS = int(os.environ.get("KILLS", "20"))
FILES = 60
WRITERS = """
import json, os, sys
from tracker.documents import Given
from tracker.ingest import find_sources, ingest, pipeline
from tracker.store import Store
pipeline.FILE_ROWS = 2
pipeline.TABLE_ROWS = 10
for line in sys.stdin:
    data, *places = json.loads(line)
    child = os.fork()
    if child == 0:
        ingest(Store(data), find_sources(places, Given())[0])
        os._exit(0)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""A process that has loaded everything and forks a writer for each line that it is told."""


class Writers:
    """Writers one after the other, each a process that may be killed."""

    def __init__(self):
        command = [sys.executable, "-c", WRITERS]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def start(self, data, *places) -> int:
        """The process id of a new writer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([str(data), *map(str, places)]) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def end(self) -> int:
        """The exit status of the writer, when it has ended."""
        assert self.process.stdout is not None
        status = int(self.process.stdout.readline())
        assert status in (0, -9)
        return status

    def close(self) -> None:
        self.process.communicate(timeout=60)


@pytest.fixture
def writers():
    started = []

    def make():
        started.append(Writers())
        return started[-1]

    yield make
    for one in started:
        one.close()


@pytest.fixture
def news(tmp_path):
    """Three folders that share files, with a text in each that stands in another too."""
    folders = [tmp_path / name for name in ("a", "b", "c")]
    for number, folder in enumerate(folders):
        folder.mkdir()
        for n in range(number * 15, number * 15 + FILES // 2):
            (folder / f"{n}.txt").write_text(f"Report {n}. Norway gave {n + 1} million dollars.")
        rows = "\n".join(f"Row {n} gave $5 million." for n in range(number * 10, number * 10 + 25))
        (folder / "rows.csv").write_text(f"text\n{rows}\n")
    return folders


def content(store: Store, name: str) -> pd.DataFrame:
    """A table without times, in one order."""
    frame = store.table(name).to_pandas().drop(columns=["recorded", "retrieved"], errors="ignore")
    columns = [c for c in ("document_id", "mention_id", "source", "event") if c in frame.columns]
    return frame.sort_values(columns, ignore_index=True)


def assert_whole(store: Store, folders) -> None:
    """As if one writer had ingested all of it, undisturbed."""
    other = Store(store.path.parent / "undisturbed")
    if not other.path.exists():
        ingest(other, find_sources(map(str, folders), Given())[0])
    for name in ("documents", "sightings", "mentions", "history"):
        pd.testing.assert_frame_equal(content(store, name), content(other, name))
    assert list(store.verify()) == []
    assert not list(store.path.rglob(".*.tmp"))


class Reader(threading.Thread):
    """Reads the data as people do, again and again; what fails is kept."""

    def __init__(self, store: Store):
        super().__init__()
        self.store, self.problems, self.reads, self.done = store, [], 0, threading.Event()

    def run(self) -> None:
        while not self.done.is_set():
            try:
                frames = [self.store.mentions()]
                if (self.store.path / "mentions" / "00.parquet").exists():
                    frames.append(pd.read_parquet(self.store.path / "mentions"))
                for frame in frames:
                    assert frame["mention_id"].is_unique
                    assert frame["quote"].str.contains("million").all()
                self.reads += 1
            except Exception as error:
                self.problems.append(error)
            time.sleep(0.1)


def test_a_writer_killed_at_any_moment_loses_doubles_and_tears_nothing(news, tmp_path, writers):
    rng, writer = random.Random(20261101), writers()
    kills = rounds = reads = 0
    while kills < KILLS:
        store = Store(tmp_path / f"data{rounds}")
        reader = Reader(store)
        reader.start()
        for _ in range(8):  # some writers that are killed on the way, and one that ends
            pid = writer.start(store.path, *rng.sample(news, 3))
            time.sleep(rng.uniform(0, 0.3))
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            kills += writer.end() == -9
        writer.start(store.path, *news)
        assert writer.end() == 0
        reader.done.set()
        reader.join()
        assert reader.problems == []
        reads += reader.reads
        assert_whole(store, news)
        rounds += 1
        assert rounds < KILLS, "writers end before they can be killed"
    assert reads > 0


def test_three_writers_at_once_and_a_reader(news, tmp_path, writers):
    store = Store(tmp_path / "data")
    reader = Reader(store)
    three = [writers() for _ in range(3)]
    reader.start()
    for writer, order in zip(three, (news, news[::-1], [news[1], news[0]]), strict=True):
        writer.start(store.path, *order)
    assert [writer.end() for writer in three] == [0, 0, 0]
    reader.done.set()
    reader.join()
    assert reader.problems == []
    assert reader.reads > 0
    assert_whole(store, news)


def _tracker(*words, **options):
    command = [sys.executable, "-m", "tracker", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def test_a_full_disk_ends_the_ingest_in_one_line_with_the_old_state(news, tmp_path):
    data = tmp_path / "data"
    (tmp_path / "big.txt").write_text("".join(map(chr, range(0x4E00, 0x9F00))) + " $5 million. ")
    assert _tracker("ingest", news[0] / "0.txt", "--data", data).returncode == 0
    before = Store(data).mentions()
    limited = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000)); sys.argv[0] = 'tracker';"
        "from tracker.cli import main; main()"
    )
    command = [sys.executable, "-c", limited, "ingest", str(tmp_path / "big.txt"), "--data", data]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    [line] = result.stderr.splitlines()
    assert line.startswith("tracker: ")
    assert line.endswith("File too large")
    pd.testing.assert_frame_equal(Store(data).mentions(), before)
    assert _tracker("ingest", tmp_path / "big.txt", "--data", data).returncode == 0
    assert len(Store(data).mentions()) == len(before) + 1
    assert list(Store(data).verify()) == []


def test_a_folder_that_cannot_be_written_is_one_line(news, tmp_path):
    (tmp_path / "file").write_text("x")
    for data in (tmp_path / "file" / "below", "/proc/nothing"):
        result = _tracker("ingest", news[0] / "0.txt", "--data", data)
        assert result.returncode == 1
        [line] = result.stderr.splitlines()
        assert line.startswith("tracker: /")
