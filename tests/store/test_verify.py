"""What is damaged is found, and rebuilt from what else the store holds."""

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from samples import FIRST, GIVEN, SECOND, THIRD

from tracker.documents import Given
from tracker.ingest import find_sources, ingest
from tracker.store import Store
from tracker.store.decisions import about_mention
from tracker.store.verify import TABLES

TEXT = "Aid news\n\nNorway has given Ukraine 75 million dollars.\n"


@pytest.fixture
def store(tmp_path):
    """A store of two files and a table row, with a review."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "news.txt").write_bytes(TEXT.replace("\n", "\r\n").encode())
    (tmp_path / "in" / "page.html").write_text(
        "<html><body><p>The UN gave 5 million dollars to Kenya.</p></body></html>"
    )
    (tmp_path / "in" / "rows.csv").write_text("text\nKenya asked for $3 million.\n")
    store = Store(tmp_path / "data")
    ingest(store, find_sources([str(tmp_path / "in")], Given())[0])
    mention = store.mentions().set_index("quote").loc["75 million dollars"]
    store.review(
        about_mention(store, mention["mention_id"], "correct", values=["status=pledged"],
                      reason="it says so", by="Ada")
    )  # fmt: skip
    assert list(store.verify()) == []
    return store


def bucket_of(store: Store, text: str) -> str:
    documents = store.documents().set_index("text")
    return store.place_of(documents.loc[text, "document_id"])


def repaired(store: Store) -> list[str]:
    lines = list(store.repair(list(store.verify())))
    assert list(store.verify()) == []
    return lines


def frames(store: Store) -> list[pd.DataFrame]:
    """What people see of the data."""
    documents = store.documents()
    known = ["document_id", "text", "title", "original_sha256", "extracted_by"]
    return [store.mentions(), documents[known], store.reviews()]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("junk", [b"", b"no parquet", b"PAR1" + bytes(99) + b"PAR1"])
def test_a_bucket_that_cannot_be_read_is_rebuilt(store, table, junk):
    before, bucket = frames(store), bucket_of(store, TEXT)
    path = store.path / table / f"{bucket}.parquet"
    path.write_bytes(junk)
    found = list(store.verify())
    assert str(found[0]).startswith(f"{table}/{bucket}.parquet: ")
    assert len([damage for damage in found if damage.table == table]) == 1
    lines = repaired(store)
    assert all(line.startswith(f"{table}/{bucket}.parquet: ") for line in lines)
    for now, then in zip(frames(store), before, strict=True):
        pd.testing.assert_frame_equal(now, then)
    assert (store.path / ".damaged" / f"{table}-{bucket}.parquet").read_bytes() == junk


def test_the_text_of_a_table_row_cannot_be_rebuilt_and_that_is_said(store, tmp_path):
    bucket = bucket_of(store, "Kenya asked for $3 million.")
    (store.path / "documents" / f"{bucket}.parquet").write_bytes(b"")
    [line, *_] = list(store.repair(list(store.verify())))
    assert line.endswith("1 to be ingested again, from rows.csv")
    ingest(store, find_sources([str(tmp_path / "in" / "rows.csv")], Given())[0])
    assert list(store.verify()) == []
    assert "Kenya asked for $3 million." in set(store.documents()["text"])


def test_an_original_is_rebuilt_from_the_text_or_asked_for_again(store, tmp_path):
    page, news = (
        store.documents().set_index("file_name").loc[name, "original_sha256"]
        for name in ("page.html", "news.txt")
    )
    for sha256 in (page, news):
        path = store.path / "originals" / sha256[:2] / sha256
        path.write_bytes(path.read_bytes() + b"x")
    assert {damage.bucket for damage in store.verify()} == {page, news}
    lines = list(store.repair(list(store.verify())))
    assert all(line.endswith("cannot be rebuilt, ingest the file again") for line in lines)
    ingest(store, find_sources([str(tmp_path / "in")], Given())[0])
    assert list(store.verify()) == []
    assert store.original(news) == TEXT.replace("\n", "\r\n").encode()


def test_a_plain_original_is_rebuilt(sample_store):
    (sample_store.path / "originals" / FIRST.original_sha256[:2] / FIRST.original_sha256).unlink()
    [line] = repaired(sample_store)
    assert line.endswith("rebuilt from the text")
    assert sample_store.original(FIRST.original_sha256) == FIRST.text.encode()


def change(store: Store, table: str, document, column: str, value) -> None:
    """Change a column of the rows of a document, as a wrong hand would."""
    path = store.path / table / f"{store.place_of(document.document_id)}.parquet"
    rows = pq.ParquetFile(path).read().to_pylist()
    for row in rows:
        if row["document_id"] == document.document_id:
            row[column] = value
    schema = pq.read_schema(path)
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)


@pytest.mark.parametrize(
    ("table", "column", "value", "reason"),
    [
        ("mentions", "start", 3, "its id is not that of its span"),
        ("mentions", "quote", "5 dollars", "offsets do not give back the quote"),
        ("mentions", "amount_min", 5.0, "are not those of the history"),
        ("mentions", "status", "approved", "are not those of the history"),
        ("mentions", "evidence", [{"tag": "a", "rule": "b", "start": 0, "end": 10**6}],
         "evidence outside the text"),
        ("documents", "pages", [10**6], "pages that lie outside the text"),
        ("documents", "text", "Other text.", "the text is not the one that was frozen"),
    ],
)  # fmt: skip
def test_what_was_changed_by_hand_is_found_and_put_right(
    sample_store, table, column, value, reason
):
    before = sample_store.mentions()
    change(sample_store, table, SECOND, column, value)
    found = list(sample_store.verify())
    assert any(damage.table == table and reason in str(damage) for damage in found)
    if column == "pages":
        return  # what was there is not known to anything else
    repaired(sample_store)
    pd.testing.assert_frame_equal(sample_store.mentions(), before)


def test_rows_that_are_doubled_or_belong_elsewhere_are_found(sample_store):
    own = sample_store.place_of(THIRD.document_id)
    other = sample_store.place_of(FIRST.document_id)
    paths = [sample_store.path / "mentions" / f"{name}.parquet" for name in (own, other)]
    first, second = (pq.ParquetFile(path).read() for path in paths)
    third = first.filter(pc.equal(first["document_id"], THIRD.document_id))
    pq.write_table(pa.concat_tables([second, third]), paths[1])
    assert any("does not belong there" in str(damage) for damage in sample_store.verify())
    repaired(sample_store)
    assert len(sample_store.mentions()) == sum(map(len, GIVEN.values()))
