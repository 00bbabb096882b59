"""Readings that are looked at before they are stored."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from tracker.documents import Given
from tracker.ingest import PASTED, Staging, StagingError, find_sources, ingest, staging
from tracker.store import Store

STORY = "Aid\n\nNorway gave $85 million to Ukraine. Sweden pledged €20 million.\n"


def stage(folder: Path, **files: str) -> Staging:
    made = Staging(folder / "reading")
    made.files.mkdir(parents=True)
    for name, text in files.items():
        (made.files / name.replace("_", ".")).write_text(text)
    return made


def rows(store: Store, name: str) -> list[dict]:
    found = store.table(name).to_pylist()
    return sorted(found, key=lambda row: json.dumps(row, default=str, sort_keys=True))


def without_times(found: list[dict]) -> list[dict]:
    return [{k: v for k, v in row.items() if k not in ("retrieved", "recorded")} for row in found]


def test_what_is_taken_over_is_what_ingest_would_have_stored(tmp_path):
    given = Given(publisher="Daily Example", published="2023-12")
    files = {"a_txt": STORY, "b_txt": STORY, "c_md": "# Other\n\nIt costs $5.\n",
             "c_json": '{"title": "From beside"}', "t_jsonl": '{"text": "Peru paid $3 million."}',
             "bad_pdf": "no PDF"}  # fmt: skip
    made = stage(tmp_path, **files)
    steps = []
    found = made.read(given, steps.append)
    assert found.problems == ["bad.pdf: is no PDF by its content"]
    assert steps[-1].documents == 4
    assert found.store.mentions()["quote"].tolist().count("$85 million") == 1
    taken, direct = Store(tmp_path / "taken"), Store(tmp_path / "direct")
    assert taken.version == 0  # nothing is stored before it is asked for
    assert taken.commit(found.batch()) == ["new", "sighting", "new", "new"]
    names = [str(file) for file in sorted(made.files.iterdir()) if file.suffix != ".json"]
    ingest(direct, find_sources(names, given)[0])
    for table in ("documents", "sightings", "mentions"):
        assert without_times(rows(taken, table)) == without_times(rows(direct, table)), table
    assert list(taken.verify()) == []
    assert taken.failed() == {}


def test_a_text_from_no_file(tmp_path):
    made = stage(tmp_path)
    (made.files / PASTED).write_text(STORY)
    store = Store(tmp_path / "data")
    batch = made.read(Given(title="Told")).batch()
    assert store.commit(batch) == ["new"]
    document = store.documents().iloc[0]
    assert (document["title"], document["retrieved_how"]) == ("Told", PASTED)
    assert store.table("documents", ["file_name"]).to_pylist() == [{"file_name": None}]
    assert store.commit(batch) == ["same"]
    assert list(store.verify()) == []


def test_a_newer_text_of_an_address_replaces_the_stored_one(tmp_path):
    store = Store(tmp_path / "data")
    given = Given(url="https://news.example/aid")
    for number, text in enumerate((STORY, STORY.replace("85", "90"))):
        made = stage(tmp_path / str(number), a_txt=text)
        store.commit(made.read(given).batch())
    assert sorted(store.documents()["superseded_by"].notna()) == [False, True]


def test_a_reading_that_is_stopped_comes_to_nothing(tmp_path):
    made = stage(tmp_path, a_txt=STORY * 20_000)
    threading.Timer(0.3, made.stop).start()
    with pytest.raises(StagingError, match=r"^stopped$"):
        made.read(Given())
    with pytest.raises(StagingError, match=r"^stopped$"):  # before it began
        made.read(Given())


def test_a_reading_that_takes_too_long_or_dies_is_one_line(tmp_path, monkeypatch):
    made = stage(tmp_path, a_txt=STORY)
    monkeypatch.setattr(staging, "MAX_SECONDS", 0.05)
    with pytest.raises(StagingError, match=r"^took longer than 0 minutes, stopped$"):
        made.read(Given())
    monkeypatch.undo()
    monkeypatch.setattr(staging, "_WORK", "import os; os.abort()")
    with pytest.raises(StagingError, match=r"^the reader ended without a result"):
        made.read(Given())


def test_files_are_never_taken_for_modules(tmp_path, monkeypatch):
    made = stage(tmp_path, json_py="raise SystemExit(3)", polars_py="raise SystemExit(3)")
    monkeypatch.chdir(made.files)
    assert made.read(Given()).store.table("documents").num_rows == 1
