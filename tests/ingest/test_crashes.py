"""Writers that are killed, and writers and readers at once: nothing lost, doubled or torn."""

import os
import random
import subprocess
import sys
import threading
import time

import pandas as pd
import pytest

from tracker.documents import Given
from tracker.ingest import find_sources, ingest
from tracker.store import Store

KILLS = int(os.environ.get("KILLS", "20"))
FILES = 60
CHILD = """
import sys
from tracker.documents import Given
from tracker.ingest import find_sources, ingest, pipeline
from tracker.store import Store
pipeline.FILE_ROWS = 2
pipeline.TABLE_ROWS = 10
wanted, _, _ = find_sources(sys.argv[2:], Given())
print("ready", flush=True)
ingest(Store(sys.argv[1]), wanted)
"""


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


def start(data, *places):
    command = [sys.executable, "-c", CHILD, str(data), *map(str, places)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"
    return child


def end(child) -> int:
    _, errors = child.communicate(timeout=120)
    assert child.returncode in (0, -9), errors.decode()
    return child.returncode


def content(store: Store, name: str) -> pd.DataFrame:
    """A table without times, in one order."""
    frame = store.table(name).to_pandas().drop(columns=["recorded", "retrieved"], errors="ignore")
    columns = [c for c in ("document_id", "mention_id", "source", "event") if c in frame.columns]
    return frame.sort_values(columns, ignore_index=True)


def assert_whole(store: Store, folders, *, versions=True) -> None:
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
            time.sleep(0.02)


def test_a_writer_killed_at_any_moment_loses_doubles_and_tears_nothing(news, tmp_path):
    rng = random.Random(20261101)
    store, kills, rounds = Store(tmp_path / "data"), 0, 0
    reader = Reader(store)
    reader.start()
    while kills < KILLS:
        rounds += 1
        assert rounds < KILLS * 5, "writers end before they can be killed"
        child = start(store.path, *rng.sample(news, 3))
        time.sleep(rng.uniform(0, 0.4))
        child.kill()
        kills += end(child) == -9
        if len(store.table("documents", ["document_id"])) >= 95:
            reader.done.set()
            reader.join()
            assert end(start(store.path, *news)) == 0
            assert_whole(store, news)
            store = Store(tmp_path / f"data{rounds}")
            problems, reads = reader.problems, reader.reads
            reader = Reader(store)
            reader.problems, reader.reads = problems, reads
            reader.start()
    reader.done.set()
    reader.join()
    assert end(start(store.path, *news)) == 0
    assert_whole(store, news)
    assert reader.problems == []
    assert reader.reads > 0


def test_three_writers_at_once_and_a_reader(news, tmp_path):
    store = Store(tmp_path / "data")
    reader = Reader(store)
    reader.start()
    writers = [start(store.path, *order) for order in (news, news[::-1], [news[1], news[0]])]
    assert [end(writer) for writer in writers] == [0, 0, 0]
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
