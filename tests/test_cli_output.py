"""Where the command writes: pipes, links, a full disk; and what it says of unread files."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest


def tracker(*words, **options):
    return subprocess.run(
        [sys.executable, "-m", "tracker", *map(str, words)],
        stderr=subprocess.PIPE,
        check=False,
        **options,
    )


@pytest.fixture
def stored(tmp_path):
    (tmp_path / "news.txt").write_text("Norway gave Kenya NOK 5 million.\n")
    data = tmp_path / "data"
    assert tracker("ingest", tmp_path / "news.txt", "--data", data).returncode == 0
    return data


def test_a_link_stays_a_link(stored, tmp_path):
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old")
    link.symlink_to(real)
    assert tracker("export", link, "--data", stored).returncode == 0
    assert link.is_symlink()
    assert "NOK 5 million" in real.read_text(encoding="utf-8")


def test_a_pipe_is_written_to_as_it_stands(stored, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    assert tracker("export", pipe, "--format", "csv", "--data", stored).returncode == 0
    reader.join(timeout=30)
    assert b"NOK 5 million" in read[0]
    assert pipe.is_fifo()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
@pytest.mark.parametrize("words", [["extract", "seeds"], ["export", "-", "--data", "{data}"]])
def test_a_full_disk_behind_standard_output_is_one_line(stored, words):
    words = [word.format(data=stored) for word in words]
    if words[0] == "extract":
        words[1] = str(next(Path("seeds").glob("*.txt")))
    with open("/dev/full", "w") as full:
        result = tracker(*words, stdout=full)
    assert result.returncode == 1
    lines = result.stderr.decode().splitlines()
    assert lines == ["tracker: standard output: No space left on device"]


def test_a_bad_file_is_told_once(tmp_path):
    (tmp_path / "empty.txt").write_text("")
    result = tracker("ingest", tmp_path / "empty.txt", "--data", tmp_path / "data")
    assert result.returncode == 1
    assert result.stderr.decode().count("empty.txt") == 1


def test_a_bad_date_is_told_before_anything_is_read(tmp_path):
    result = tracker("ingest", "a.txt", "--published", "2024-13-45", "--data", tmp_path / "data")
    assert result.returncode == 2
    assert result.stderr.decode().startswith("tracker: --published: '2024-13-45' is no date")
    assert not (tmp_path / "data").exists()


def test_a_second_sighting_shows_the_document_as_it_is_stored(stored, tmp_path):
    copy = tmp_path / "copy.txt"
    copy.write_text("Norway gave Kenya NOK 5 million.\n")
    result = tracker(
        "ingest", copy, "--publisher", "Gazette", "--data", stored, stdout=subprocess.PIPE
    )
    assert "kept as one more sighting (the document stays as it was)" in result.stderr.decode()
    assert "Gazette" not in result.stdout.decode()
