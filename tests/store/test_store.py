import dataclasses
import datetime as dt
import hashlib
import json
import multiprocessing
import resource
import signal
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from samples import FIRST, GIVEN, NEWER, SECOND, THIRD, make_document, make_mention

from tracker.schema import EXTRACTOR, MENTION_SCHEMA, REVIEWED_MENTION_SCHEMA
from tracker.store import DamagedBucket, Reading, Store, StoreError, commit, layout


def bytes_of(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Content and time of change of every file below, by name."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def add(store: Store, document, mentions=None, **options):
    mentions = GIVEN[document.document_id] if mentions is None else mentions
    return store.add(document, document.text.encode(), mentions, **options)


def history_of(store: Store, mention_id: str) -> list[tuple[str, str]]:
    rows = store.table("history").to_pylist()
    return [(row["event"], row["by"]) for row in rows if row["mention_id"] == mention_id]


def test_a_missing_store_reads_as_an_empty_one(tmp_path):
    store = Store(tmp_path / "data")
    assert store.version == 0
    assert store.mentions().empty
    assert list(store.mentions().columns) == REVIEWED_MENTION_SCHEMA.names
    assert store.documents().empty
    assert not (tmp_path / "data").exists()


def test_pandas_reads_exactly_the_current_mentions(sample_store):
    plain = pd.read_parquet(sample_store.path / "mentions")
    in_order = plain.sort_values(["document_id", "start"], ignore_index=True)
    pd.testing.assert_frame_equal(in_order, sample_store.mentions()[MENTION_SCHEMA.names])
    expected = {m.mention_id: m for mentions in GIVEN.values() for m in mentions}
    assert set(plain["mention_id"]) == set(expected)
    assert len(plain) == len(expected) == 12
    for row in plain.itertuples():
        mention = expected[row.mention_id]
        assert (row.amount_min, row.amount_max, row.quote) == (
            mention.amount_min, mention.amount_max, mention.quote,
        )  # fmt: skip
        assert (row.status, row.currency) == (mention.status, mention.currency)
        assert [tuple(item.values()) for item in row.evidence] == mention.evidence


def test_a_store_with_no_mentions_reads_with_pandas_too(tmp_path):
    store = Store(tmp_path / "data")
    document = make_document("No amount of money here.")
    assert add(store, document, []) == "new"
    plain = pd.read_parquet(store.path / "mentions")
    assert plain.empty
    assert list(plain.columns) == MENTION_SCHEMA.names
    assert store.documents()["document_id"].tolist() == [document.document_id]


def test_documents_keep_their_text_record_and_original(sample_store):
    rows = {row["document_id"]: row for row in sample_store.table("documents").to_pylist()}
    assert rows.keys() == GIVEN.keys()
    assert rows[FIRST.document_id]["text"] == FIRST.text
    assert rows[FIRST.document_id]["published"] == dt.date(2023, 12, 7)
    assert {row["extracted_by"] for row in rows.values()} == {EXTRACTOR}
    sha256 = rows[THIRD.document_id]["original_sha256"]
    assert sample_store.original(sha256) == THIRD.text.encode()
    assert (sample_store.path / "originals" / sha256[:2] / sha256).is_file()
    with pytest.raises(StoreError, match="No such file"):
        sample_store.original("0" * 64)


def test_adding_again_changes_no_byte(sample_store):
    before = bytes_of(sample_store.path)
    later = dataclasses.replace(FIRST, retrieved=dt.datetime.now(dt.UTC))
    assert add(sample_store, later) == "same"
    assert add(sample_store, SECOND, GIVEN[SECOND.document_id][::-1]) == "same"
    assert bytes_of(sample_store.path) == before
    assert sample_store.version == 3


def test_the_same_text_elsewhere_is_a_sighting_of_one_document(sample_store):
    elsewhere = dataclasses.replace(FIRST, file_name="copy.txt", url=None, publisher="Evening Copy")
    before = sample_store.mentions()
    assert add(sample_store, elsewhere) == "sighting"
    assert add(sample_store, elsewhere) == "same"
    pd.testing.assert_frame_equal(sample_store.mentions(), before)
    documents = sample_store.documents().set_index("document_id")
    assert documents.loc[FIRST.document_id, "publisher"] == "Daily Example"
    seen = sample_store.table_about("sightings", FIRST.document_id).to_pylist()
    assert [(row["source"], row["publisher"]) for row in seen] == [
        ("https://news.example/aid", "Daily Example"), ("copy.txt", "Evening Copy"),
    ]  # fmt: skip


def test_other_bytes_with_the_same_text_are_kept_beside(sample_store):
    original = FIRST.text.replace("\n", "\r\n").encode()
    sha256 = hashlib.sha256(original).hexdigest()
    document = dataclasses.replace(FIRST, original_sha256=sha256)
    outcome = sample_store.add(document, original, GIVEN[FIRST.document_id])
    assert outcome == "sighting"
    assert sample_store.original(sha256) == original


def test_a_batch_is_one_commit_and_knows_its_own_documents(tmp_path):
    store = Store(tmp_path / "data")
    readings = [
        Reading(document, document.text.encode(), GIVEN[document.document_id])
        for document in (FIRST, SECOND, FIRST, dataclasses.replace(SECOND, file_name="other"))
    ]
    assert store.add_batch(readings) == ["new", "new", "same", "sighting"]
    assert store.version == 1
    assert len(store.mentions()) == 9
    assert store.add_batch([]) == []
    assert store.version == 1


def test_a_new_reading_replaces_the_mentions_and_the_history_says_how(sample_store):
    first, second, third, *rest = GIVEN[FIRST.document_id]
    changed = dataclasses.replace(second, status="committed", extractor=NEWER)
    found = make_mention(FIRST, "2.5", 2.5, extractor=NEWER)
    same = [dataclasses.replace(m, extractor=NEWER) for m in (first, *rest)]
    assert add(sample_store, FIRST, [*same, changed, found], extractor=NEWER) == "re-read"
    now = sample_store.mentions().set_index("mention_id")
    assert len(now) == 12
    assert now.loc[second.mention_id, "status"] == "committed"
    assert third.mention_id not in now.index
    assert history_of(sample_store, first.mention_id) == [("read", EXTRACTOR)]
    assert history_of(sample_store, second.mention_id) == [("read", EXTRACTOR), ("changed", NEWER)]
    assert history_of(sample_store, third.mention_id) == [("read", EXTRACTOR), ("gone", NEWER)]
    assert history_of(sample_store, found.mention_id) == [("read", NEWER)]
    assert history_of(sample_store, GIVEN[SECOND.document_id][0].mention_id) == [
        ("read", EXTRACTOR)
    ]
    values = [
        json.loads(row["values"])["status"]
        for row in sample_store.table("history").to_pylist()
        if row["mention_id"] == second.mention_id
    ]
    assert values == ["disbursed", "committed"]
    assert sample_store.table_about("documents", FIRST.document_id)["extracted_by"].to_pylist() == [
        NEWER
    ]
    assert add(sample_store, FIRST, GIVEN[FIRST.document_id]) == "re-read"
    assert history_of(sample_store, third.mention_id)[-1] == ("read", EXTRACTOR)


STEPS = ["originals", "documents", "sightings", "history", "mentions", "_mark_done", "version"]


@pytest.mark.parametrize("step", STEPS)
def test_an_interrupted_commit_is_completed_by_adding_again(sample_store, monkeypatch, step):
    """A writer that dies before `step`; then the same document again."""
    document = make_document("The UN gave 7 million dollars.", file_name="late.txt")
    mentions = [make_mention(document, "7 million dollars", 7e6, status="disbursed")]
    whole = Store(sample_store.path.parent / "whole")
    for given in (FIRST, SECOND, THIRD):
        add(whole, given)
    add(whole, document, mentions)

    class Killed(BaseException):
        pass

    def kill(*_):
        raise Killed

    with monkeypatch.context() as patch:
        if step == "_mark_done":
            patch.setattr(commit, "_mark_done", kill)
        elif step in ("originals", "version"):
            write, last = commit.write_whole, step == "version"

            def write_or_die(path, content):
                return kill() if (path.name == "VERSION") == last else write(path, content)

            patch.setattr(layout if last else commit, "write_whole", write_or_die)
        else:
            table = getattr(sample_store._layout, step)
            patch.setattr(type(table), "replace", _killed_at(step, type(table).replace, kill))
        with pytest.raises(Killed):
            add(sample_store, document, mentions)
    (sample_store.path / "mentions" / ".0123.tmp").write_bytes(b"half of a bucket")
    assert len(pd.read_parquet(sample_store.path / "mentions")) in (12, 13)
    assert sample_store.version == 3

    outcome = add(sample_store, document, mentions)
    assert outcome == ("same" if step == "version" else "new")
    assert sample_store.version == 4
    pd.testing.assert_frame_equal(sample_store.mentions(), whole.mentions())
    for name in ("documents", "sightings", "history"):
        mine, theirs = (
            s.table(name).to_pandas().drop(columns="recorded", errors="ignore")
            for s in (sample_store, whole)
        )
        pd.testing.assert_frame_equal(mine, theirs)
    assert not list(sample_store.path.rglob(".*.tmp"))
    assert not (sample_store.path / ".unfinished").exists()
    before = bytes_of(sample_store.path)
    assert add(sample_store, document, mentions) == "same"
    assert bytes_of(sample_store.path) == before


def _killed_at(step, real, kill):
    def replace(self, document_ids, rows):
        return kill() if self.folder.name == step else real(self, document_ids, rows)

    return replace


def test_mentions_that_do_not_quote_their_document_are_refused(tmp_path):
    store = Store(tmp_path / "data")
    mention = GIVEN[FIRST.document_id][0]
    with pytest.raises(ValueError, match="do not give back the quote"):
        add(store, FIRST, [dataclasses.replace(mention, start=mention.start - 1)])
    with pytest.raises(ValueError, match="of another document"):
        add(store, SECOND, [mention])
    assert not store.path.exists()


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    path = tmp_path / "data"
    path.write_text("x")
    with pytest.raises(StoreError, match=r"data: is a file, not a data folder"):
        Store(path)
    with pytest.raises(StoreError, match=r"data: is a file, not a folder"):
        add(Store(path / "below"), FIRST)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mentions").write_text("x")
    with pytest.raises(StoreError, match="mentions: is a file"):
        add(Store(tmp_path / "other"), FIRST)


def test_a_damaged_bucket_is_left_out_with_a_warning_and_the_others_are_read(sample_store):
    bucket = sample_store.place_of(FIRST.document_id)
    path = sample_store.path / "mentions" / f"{bucket}.parquet"
    path.write_bytes(b"no parquet")
    with pytest.warns(DamagedBucket, match=f"mentions/{bucket}.parquet: .*tracker verify") as told:
        mentions = sample_store.mentions()
    assert "\n" not in str(told[0].message)
    assert set(mentions["document_id"]) == {SECOND.document_id, THIRD.document_id}
    assert sample_store.table_about("mentions", SECOND.document_id).num_rows == 4
    with pytest.raises(StoreError, match=f"mentions/{bucket}.parquet: "):
        sample_store.table_about("mentions", FIRST.document_id)
    with pytest.raises(StoreError, match=f"mentions/{bucket}.parquet: "):
        add(sample_store, FIRST, [])
    assert path.read_bytes() == b"no parquet", "a damaged bucket is written over by no one"


def test_a_version_that_is_no_number_is_named_in_one_line(sample_store):
    (sample_store.path / "VERSION").write_text("x\n")
    with pytest.raises(StoreError, match="VERSION: is not a whole number"):
        _ = sample_store.version


def test_a_column_that_an_older_file_lacks_reads_as_empty(sample_store):
    for path in (sample_store.path / "mentions").glob("*.parquet"):
        pq.write_table(pq.ParquetFile(path).read().drop_columns(["instrument", "per"]), path)
    mentions = sample_store.mentions()
    assert list(mentions.columns) == REVIEWED_MENTION_SCHEMA.names
    assert mentions["per"].isna().all()
    assert add(sample_store, FIRST) == "re-read"


def _add_under_a_limit(path: Path, results) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    document = make_document("x 5 dollars" + "é" * 50_000)
    try:
        add(Store(path), document, [make_mention(document, "5 dollars", 5.0)])
    except StoreError as error:
        results.put(str(error))


def test_a_full_disk_is_told_in_one_line_and_leaves_the_old_state(sample_store):
    before = sample_store.mentions()
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    process = context.Process(target=_add_under_a_limit, args=(sample_store.path, results))
    process.start()
    message = results.get(timeout=60)
    process.join()
    assert "File too large" in message
    assert "\n" not in message
    pd.testing.assert_frame_equal(sample_store.mentions(), before)
    assert sample_store.version == 3
    assert not list(sample_store.path.rglob(".*.tmp"))


def _add_some(path: Path, numbers: range) -> None:
    store = Store(path)
    for number in numbers:
        document = make_document(f"Report {number} says 5 dollars.", file_name=f"{number}.txt")
        add(store, document, [make_mention(document, "5 dollars", 5.0)])


def test_writers_at_once_lose_and_double_nothing(tmp_path):
    context = multiprocessing.get_context("spawn")
    ranges = [range(0, 8), range(4, 12), range(8, 16)]
    writers = [context.Process(target=_add_some, args=(tmp_path / "data", r)) for r in ranges]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    store = Store(tmp_path / "data")
    assert store.version == 16
    assert store.mentions()["mention_id"].is_unique
    assert len(store.mentions()) == len(store.documents()) == 16
    assert store.table("sightings").num_rows == store.table("history").num_rows == 16
