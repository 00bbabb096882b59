import datetime as dt
import os
import shutil
import subprocess
import sys
import threading

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import FIRST, GIVEN, SECOND, THIRD, make_document, make_mention

from tracker.schema import EXTRACTOR, REVIEWED_MENTION_SCHEMA
from tracker.store import Filters, Query, Store
from tracker.store.filters import LISTS
from tracker.store.frame import ABOUT_DOCUMENT


def quotes(frame):
    return frame["quote"].to_list()


def found(query, *pairs):
    return sorted(quotes(query.mentions(Filters.parse(pairs))))


def test_a_missing_store_gives_empty_frames_with_every_column(tmp_path):
    query = Query(Store(tmp_path / "data"))
    frame = query.mentions(Filters.parse([("donor", "USA"), ("q", "aid"), ("min", "1")]))
    assert frame.height == query.count() == query.version == 0
    assert frame.columns == [
        *REVIEWED_MENTION_SCHEMA.names, *ABOUT_DOCUMENT, "donor_name", "recipient_name",
    ]  # fmt: skip
    assert query.facets() == {name: [] for name in LISTS}
    assert query.mention("m_0") is None
    assert query.document("d_0") is None
    assert query.sightings("d_0") == query.history("m_0") == []
    assert not (tmp_path / "data").exists()


def test_empty_and_full_frames_have_one_schema(sample_store, tmp_path):
    empty = Query(Store(tmp_path / "none")).mentions()
    assert empty.schema == Query(sample_store).mentions().schema


def test_mentions_stand_beside_their_document_and_names(sample_store):
    row = Query(sample_store).mention(GIVEN[FIRST.document_id][0].mention_id)
    assert row is not None
    assert (row["title"], row["publisher"]) == (FIRST.title, "Daily Example")
    assert (row["published"], row["file_name"]) == (dt.date(2023, 12, 7), "first.txt")
    assert row["original_sha256"] == FIRST.original_sha256
    assert (row["donor_name"], row["recipient_name"]) == ("United States", "Ukraine")
    [evidence] = row["evidence"]
    assert FIRST.text[evidence["start"] : evidence["end"]] == "has requested"


@pytest.mark.parametrize(
    ("pairs", "count"),
    [
        ([], 12),
        ([("donor", "USA")], 4),
        ([("donor", "usa,united states")], 4),
        ([("donor", "USA,none")], 8),
        ([("donor", "Atlantis")], 0),
        ([("recipient", "Ukraine")], 8),
        ([("status", "requested")], 2),
        ([("status", "requested,committed"), ("hold", "cancelled")], 1),
        ([("hold", "none")], 9),
        ([("aid_type", "financial")], 2),
        ([("currency", "GBP,EUR")], 4),
        ([("publisher", "none")], 4),
        ([("publisher", r"bank\, press & co")], 3),
        ([("language", "en")], 12),
        ([("from", "2023-12-07")], 9),
        ([("from", "2023-12-08")], 4),
        ([("to", "2023")], 5),
        ([("min", "6e9"), ("max", "6.5e9")], 1),
        ([("min", "61.4e9")], 2),
        ([("max", "0.1")], 1),
        ([("q", "MINISTER")], 2),
        ([("q", "world bank")], 2),
        ([("q", "ukraine")], 8),
        ([("q", "<script>")], 4),
        ([("q", "=1+1")], 3),
        ([("q", "(1)")], 4),
        ([("q", ".*")], 0),
        ([("q", "White   House")], 1),
        ([("donor", "DEU"), ("currency", "USD")], 0),
    ],
)
def test_filters_narrow(sample_store, pairs, count):
    query = Query(sample_store)
    filters = Filters.parse(pairs)
    assert query.mentions(filters).height == query.count(filters) == count


def test_the_newest_stand_first_and_undated_last(sample_store):
    query = Query(sample_store)
    expected = [
        m.quote for d in (SECOND, FIRST, THIRD)
        for m in sorted(GIVEN[d.document_id], key=lambda m: m.start)
    ]  # fmt: skip
    assert quotes(query.mentions()) == expected


def test_equal_rows_keep_the_order_of_documents_and_of_the_text(sample_store):
    query = Query(sample_store)
    for direction in ("asc", "desc"):
        frame = query.mentions(sort=[("language", direction)])
        assert frame.equals(frame.sort("document_id", "start"))
    values = query.mentions(sort=[("amount_min", "desc")])["amount_min"].to_list()
    assert values == sorted(values, reverse=True)
    by_kind = query.mentions(sort=[("aid_type", "desc")])["aid_type"].to_list()
    assert by_kind[-1] is None
    assert by_kind[0] == "reconstruction"


def test_pages_join_without_gap_or_overlap(sample_store):
    query = Query(sample_store)
    pages = [query.mentions(offset=start, limit=5) for start in range(0, 15, 5)]
    assert [page.height for page in pages] == [5, 5, 2]
    assert pl.concat(pages).equals(query.mentions())


@pytest.mark.parametrize("sort", [[("colour", "asc")], [("quote", "up")]])
def test_orders_that_are_not_there_are_refused(sample_store, sort):
    with pytest.raises(ValueError, match="sort: no such order"):
        Query(sample_store).mentions(sort=sort)


def test_facets_count_what_each_value_would_give(sample_store):
    query = Query(sample_store)
    facets = query.facets()
    assert facets["donor"] == [("USA", 4), ("DEU", 2), ("EU", 1), ("GBR", 1), ("none", 4)]
    assert facets["publisher"] == [("Daily Example", 5), ("Bank, Press & Co", 3), ("none", 4)]
    narrowed = query.facets(Filters.parse([("donor", "USA")]))
    assert narrowed["donor"] == facets["donor"]
    assert narrowed["currency"] == [("USD", 4)]


@given(st.sets(st.sampled_from(["donor:USA", "donor:none", "status:requested", "hold:none",
                                "currency:USD", "q:ukraine"])))  # fmt: skip
def test_a_facet_says_how_many_mentions_its_value_alone_would_leave(filled_query, chosen):
    pairs = [tuple(pair.split(":")) for pair in sorted(chosen)]
    filters = Filters.parse(pairs)
    for name, values in filled_query.facets(filters).items():
        others = [pair for pair in filters.pairs() if pair[0] != name]
        for value, count in values:
            escaped = value.replace(",", "\\,")
            assert filled_query.count(Filters.parse([*others, (name, escaped)])) == count


@pytest.fixture(scope="module")
def filled_query(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("filled") / "data")
    for document in (FIRST, SECOND, THIRD):
        store.add(document, document.text.encode(), GIVEN[document.document_id])
    return Query(store)


def test_a_document_comes_with_text_and_sightings(sample_store):
    query = Query(sample_store)
    document = query.document(SECOND.document_id)
    assert document is not None
    assert document["text"] == SECOND.text
    [sighting] = query.sightings(SECOND.document_id)
    assert (sighting["source"], sighting["published"]) == ("second.txt", dt.date(2024, 1, 1))
    [event] = query.history(GIVEN[SECOND.document_id][0].mention_id)
    assert (event["event"], event["by"]) == ("read", EXTRACTOR)


def test_an_open_query_sees_what_another_process_ingests(sample_store, tmp_path):
    query = Query(sample_store)
    assert (query.version, query.count()) == (3, 12)
    path = tmp_path / "new.txt"
    path.write_text("Norway has given Ukraine 75 million dollars, the ministry said.\n")
    command = [sys.executable, "-m", "tracker", "ingest", str(path), "--data", sample_store.path]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | {"COLUMNS": "100"})
    assert query.version == 4
    assert found(query, ("min", "75e6"), ("max", "75e6")) == ["75 million dollars"]


def test_a_store_that_is_replaced_is_read_anew(sample_store):
    query = Query(sample_store)
    assert query.count() == 12
    shutil.rmtree(sample_store.path)
    assert query.count() == 0
    for document in (FIRST, SECOND, make_document("Empty of money.")):
        sample_store.add(document, document.text.encode(), GIVEN.get(document.document_id, []))
    assert (query.version, query.count()) == (3, 9)


def test_many_threads_may_ask_while_documents_are_added(sample_store):
    query = Query(sample_store)
    problems, done = [], threading.Event()

    def ask():
        while not done.is_set():
            frame = query.mentions()
            # A document's mentions are there as a whole, and its record with them.
            if not 12 <= frame.height <= 22 or frame["file_name"].null_count():
                problems.append(frame)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(10):
        document = make_document(f"Report {number} says 5 dollars.", file_name=f"{number}.txt")
        mention = make_mention(document, "5 dollars", 5.0)
        sample_store.add(document, document.text.encode(), [mention])
    done.set()
    for thread in threads:
        thread.join()
    assert problems == []
    assert query.count() == 22


def test_documents_with_how_many_mentions_the_filters_keep(sample_store):
    query = Query(sample_store)
    every = query.documents()
    assert dict(zip(every["document_id"], every["mentions"], strict=True)) == {
        document_id: len(mentions) for document_id, mentions in GIVEN.items()
    }
    assert every["document_id"].to_list() == [d.document_id for d in (SECOND, FIRST, THIRD)]
    assert "text" not in every.columns
    kept = query.documents(Filters(status=("approved",)))
    assert kept.select("document_id", "mentions").rows() == [(FIRST.document_id, 1)]
    by_title = query.documents(sort=[("title", "asc")], offset=1, limit=1)
    assert by_title.height == 1
    with pytest.raises(ValueError, match="sort: no such order: text asc"):
        query.documents(sort=[("text", "asc")])


def test_a_document_without_mentions_is_listed_when_nothing_is_filtered(tmp_path):
    store = Store(tmp_path / "data")
    store.add(THIRD, THIRD.text.encode(), [])
    query = Query(store)
    assert query.documents()["mentions"].to_list() == [0]
    assert query.documents(Filters(q="package")).height == 0
    assert Query(Store(tmp_path / "none")).documents().height == 0
