"""Reading again: what changes is told before it is stored, and reviews hold."""

import dataclasses

import pytest
from samples import FIRST, GIVEN, NEWER, SECOND, THIRD

from tracker.ingest import reextract, reread
from tracker.reports.change import change_page
from tracker.schema import EXTRACTOR, MENTION_SCHEMA
from tracker.store import Query
from tracker.store.decisions import about_mention
from tracker.store.rows import table_of
from tracker.terminal import show

BY = {"reason": "as it says", "by": "Ada"}


@pytest.fixture
def newer(monkeypatch):
    """An extractor that reads what was given, but for a few things."""

    def read(documents):
        given = [m for i in documents["document_id"].to_pylist() for m in GIVEN[i]]
        kept = [mention for mention in given if mention.quote != "0.1 francs"]
        now = [
            dataclasses.replace(m, status="committed") if m.quote == "45 billion dollars" else m
            for m in kept
        ]
        return table_of(now, MENTION_SCHEMA)

    monkeypatch.setattr(reread, "extract_batch", read)


def test_a_newer_version_changes_what_it_reads_otherwise_and_reviews_hold(
    sample_store, newer, capsys
):
    requested, sent, *_ = GIVEN[FIRST.document_id]
    corrected = about_mention(sample_store, sent.mention_id, "correct", values=["donor=DEU"], **BY)
    rejected = about_mention(sample_store, requested.mention_id, "reject", **BY)
    for review in (corrected, rejected):
        sample_store.review(review)
    heard = []
    change = reextract(sample_store, extractor=NEWER, told=heard.append)
    assert heard == [change]
    assert (change.documents, change.before, change.after) == (3, 12, 11)
    assert [row["quote"] for row in change.gone] == ["0.1 francs"]
    assert (change.added, change.changed, change.fields) == ([], 1, {"status": 1})
    assert change.values == {("status", "disbursed", "committed"): 1}
    show(change_page(change, is_done=False), change_page(change, is_done=True))
    words = capsys.readouterr().out
    assert "12 before, 11 after; 0 added, 1 gone, 1 changed" in " ".join(words.split())
    assert "Disbursed → Committed (1)" in words

    query = Query(sample_store)
    row = query.mention(sent.mention_id)
    assert row is not None
    assert (row["status"], row["donor"], row["review"]) == ("committed", "DEU", "corrected")
    assert query.count() == 10
    assert query.mention(requested.mention_id)["review"] == "rejected"
    assert [(e["event"], e["by"]) for e in query.history(sent.mention_id)] == [
        ("read", EXTRACTOR), ("review", "Ada"), ("changed", NEWER),
    ]  # fmt: skip
    assert [(e["event"], e["by"]) for e in query.history(requested.mention_id)] == [
        ("read", EXTRACTOR), ("review", "Ada"),
    ]  # fmt: skip
    francs = GIVEN[THIRD.document_id][1]
    assert [(e["event"], e["by"]) for e in query.history(francs.mention_id)] == [
        ("read", EXTRACTOR), ("gone", NEWER),
    ]  # fmt: skip
    assert sample_store.decisions().lost() == []
    assert list(sample_store.verify()) == []
    assert not (sample_store.path / ".reextract").exists()


def test_nothing_is_read_again_that_the_version_has_read(sample_store, newer):
    version = sample_store.version
    assert reextract(sample_store, extractor=EXTRACTOR).documents == 0
    assert sample_store.version == version
    assert reextract(sample_store, extractor=EXTRACTOR, every=True).documents == 3


def test_a_dry_run_stores_nothing(sample_store, newer):
    before = sample_store.mentions()
    change = reextract(sample_store, extractor=NEWER, dry_run=True)
    assert (change.changed, len(change.gone)) == (1, 1)
    assert sample_store.mentions().equals(before)


def test_what_is_stopped_is_taken_up_again(sample_store, newer, monkeypatch):
    monkeypatch.setattr(reread, "CHUNK_ROWS", 1)
    steps = []
    change = reextract(
        sample_store, extractor=NEWER, tell=steps.append, stop=lambda: len(steps) >= 4
    )
    assert change.is_stopped
    by = sample_store.read_by()
    assert sorted(by.values()) == [EXTRACTOR, EXTRACTOR, NEWER]
    assert reextract(sample_store, extractor=NEWER).documents == 2
    assert set(sample_store.read_by()) == {d.document_id for d in (FIRST, SECOND, THIRD)}
    assert set(sample_store.read_by().values()) == {NEWER}
