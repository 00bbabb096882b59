"""The demo: sample stories in a folder of their own, which says what it holds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from demo import make_demo

from tracker.ingest import ingest
from tracker.store import Query, Store


def test_the_stories_are_read_once_into_a_folder_that_says_what_it_is(tmp_path):
    store = make_demo(tmp_path)
    query = Query(store)
    assert store.is_sample
    assert query.count() > 200
    assert query.documents()["publisher"].null_count() < 5
    version = store.version
    assert make_demo(tmp_path).version == version
    assert list(store.verify()) == []


def test_documents_of_ones_own_are_no_sample(tmp_path):
    store = Store(tmp_path / "own")
    ingest(store, [])
    assert not store.is_sample


def test_no_command_mixes_them_with_the_data_folder():
    makefile = Path("Makefile").read_text("utf-8")
    run = makefile.split("\nrun:")[1].split("\n\n")[0]
    demo = makefile.split("\ndemo:")[1].split("\n\n")[0]
    assert "demo" not in run.lower()
    assert "--data $(DEMO)/data" in demo
    ignored = subprocess.run(["git", "check-ignore", ".demo"], capture_output=True, check=False)
    assert ignored.returncode in (0, 128)  # 128: not a working copy


def test_the_program_says_what_it_has_made(tmp_path):
    command = [sys.executable, "tests/demo.py", str(tmp_path)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said.startswith("Sample stories: ")
    assert said.count("\n") == 1
