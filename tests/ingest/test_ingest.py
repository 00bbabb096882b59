"""Sources into the store: batches, resuming, what fails, and what stands out."""

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tracker import schema
from tracker.documents import Given
from tracker.ingest import failed_sources, find_sources, ingest, pipeline
from tracker.ingest.sanity import Sanity
from tracker.schema import document_id_of
from tracker.store import Store


def run(store: Store, *places, given=None, **options):
    wanted, problems, _ = find_sources(map(str, places), given or Given())
    assert problems == []
    return ingest(store, wanted, **options)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def corpus(tmp_path):
    """A table of 300 documents, every third of them with an amount; the last repeats the first."""
    texts = [f"Report {n}. Norway gave {n} million dollars." if n % 3 == 0 else f"Report {n}."
             for n in range(1, 300)]  # fmt: skip
    path = tmp_path / "corpus.parquet"
    publishers = ["Wire"] * 300
    pq.write_table(pa.table({"text": [*texts, texts[0]], "publisher": publishers}), path)
    return path


def test_a_table_is_stored_in_batches_and_twice_is_once(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "TABLE_ROWS", 100)
    monkeypatch.setattr(pipeline, "CHUNK_ROWS", 30)
    store = Store(tmp_path / "data")
    report = run(store, corpus)
    assert report.outcomes == {"new": 299, "same": 1}
    assert store.version == 3
    assert len(store.mentions()) == report.mentions == 99
    documents = store.documents().set_index("document_id")
    row = documents.loc[document_id_of("Report 1.")]
    assert (row["publisher"], row["file_name"]) == ("Wire", "corpus.parquet")
    assert not any((tmp_path / "data" / "originals").iterdir()), "no file a row"
    before = bytes_of(store.path)
    assert run(store, corpus).outcomes == {"same": 300}
    assert bytes_of(store.path) == before


def test_what_is_stopped_goes_on_from_there(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "TABLE_ROWS", 100)
    store, seen = Store(tmp_path / "data"), []
    report = run(store, corpus, tell=seen.append, stop=lambda: len(seen) > 150)
    assert report.is_stopped
    stored = len(store.documents())
    assert stored == 151, "everything that was read"
    read = []
    monkeypatch.setattr(pipeline, "extract_batch",
                        lambda table: read.append(len(table)) or real(table))  # fmt: skip
    assert run(store, corpus).outcomes["new"] == 299 - stored
    assert sum(read) == 299 - stored, "nothing is read twice"
    assert len(store.mentions()) == 99


real = pipeline.extract_batch


def test_the_progress_comes_to_the_whole(corpus, tmp_path):
    (tmp_path / "a.txt").write_text("One dollar, or $5 million.")
    wanted, _, _ = find_sources([str(tmp_path)], Given())
    steps = []
    ingest(Store(tmp_path / "data"), wanted, tell=steps.append)
    assert steps[-1].done == sum(one.size() for one in wanted)
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].documents == 301


def test_a_bad_document_stops_no_other_and_is_kept_for_another_try(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Norway gave 5 million dollars.")
    (folder / "b.txt").write_text("")
    (folder / "c.csv").write_text('text\nKenya got $3 million.\n""\n""\n')
    store = Store(tmp_path / "data")
    report = run(store, folder, given=Given(publisher="The Paper"))
    assert report.outcomes == {"new": 2}
    assert [problem.reason for problem in report.problems] == ["empty, nothing to read"] * 3
    assert len(failed_sources(store)) == 2
    assert list(store.failed().values()) == [
        "empty, nothing to read", "empty, nothing to read (and 1 more rows)",
    ]  # fmt: skip
    (folder / "b.txt").write_text("France gave 7 million dollars.")
    again = ingest(store, failed_sources(store))
    assert again.outcomes == {"new": 1, "same": 1}
    assert set(store.documents()["publisher"]) == {"The Paper"}, "as it was given at first"
    assert [one.place for one in failed_sources(store)] == [str(folder / "c.csv")]
    (folder / "c.csv").write_text("text\nKenya got $3 million.\n")
    assert ingest(store, failed_sources(store)).problems == []
    assert failed_sources(store) == []
    assert not (store.path / "retry.json").exists()


def test_a_name_that_was_mistyped_is_kept_in_no_list(tmp_path):
    _, [problem], _ = find_sources([str(tmp_path / "missing.txt")], Given())
    assert problem.reason == "No such file or directory"


def test_an_edit_at_the_same_address_is_a_new_document_that_names_the_old(tmp_path):
    store, texts = Store(tmp_path / "data"), ["It gave $5 million.", "It gave $6 million.", "End."]
    for number, text in enumerate(texts):
        path = tmp_path / f"{number}.txt"
        path.write_text(text)
        run(store, path, given=Given(url="https://x.example/a"))
    documents = store.documents().set_index("document_id")
    first, second, third = map(document_id_of, texts)
    assert documents.loc[second, "supersedes"] == first
    assert documents.loc[third, "supersedes"] == second
    assert documents.loc[first, "superseded_by"] == second
    assert pd.isna(documents.loc[third, "superseded_by"])


def test_a_newer_extractor_reads_again_what_is_ingested_again(corpus, tmp_path, monkeypatch):
    store = Store(tmp_path / "data")
    run(store, corpus)
    monkeypatch.setattr(schema, "EXTRACTOR", "en-next")
    assert run(store, corpus).outcomes == {"re-read": 299, "same": 1}
    assert set(store.documents()["extracted_by"]) == {"en-next"}


def test_amounts_that_cannot_well_be_are_told(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "Canada gave Ukraine USD 6,000,006,397 last year. Norway gave $61,400,000,000. "
        "Kenya gave 0.5 dollars. A pen costs 0.5 dollars."
    )
    report = run(Store(tmp_path / "data"), path, given=Given(publisher="The Paper"))
    record, small = report.notes
    assert record.startswith("check The Paper: 'USD 6,000,006,397' (USD, m_")
    assert record.endswith("has 10 digits, as record numbers have and sums of money seldom do")
    assert "'0.5 dollars'" in small


def test_shares_are_asserted_for_each_publisher_and_for_all():
    sanity = Sanity()
    for publisher, stage in (("Good", "disbursed"), ("Vague", "unspecified")):
        document = schema.Document(document_id=f"d_{publisher}", publisher=publisher)
        rows = [
            {"mention_id": f"m_{n}", "document_id": document.document_id, "quote": "$5",
             "amount_min": 5.0, "amount_max": 5.0, "currency": "USD", "status": stage}
            for n in range(250)
        ]  # fmt: skip
        sanity.add([document], pa.Table.from_pylist(rows, schema=schema.MENTION_SCHEMA))
    assert sanity.warnings() == [
        "check all documents: 250 amounts a document, at most 200 expected",
        "check Good: 250 amounts a document, at most 200 expected",
        "check Vague: 100% of the amounts have no stage, at most 60% are expected",
        "check Vague: 250 amounts a document, at most 200 expected",
    ]


def test_the_list_of_what_failed_names_whole_paths(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("")
    monkeypatch.chdir(tmp_path)
    store = Store(tmp_path / "data")
    run(store, "a.txt")
    [key] = store.failed()
    assert json.loads(key)["place"] == str(tmp_path / "a.txt")
