"""What a report is made of: its columns, links, conversions, and what it says of itself."""

import datetime as dt
from dataclasses import replace

import polars as pl
import pyarrow as pa
import pytest
from samples import FIRST, GIVEN, make_document, make_mention

from tracker.figures import Book
from tracker.reports import Report, ReportError, file_name
from tracker.reports.columns import DISPLAYED, columns
from tracker.reports.links import source_link
from tracker.schema import Figure, ReviewedMention, columns_of
from tracker.store import Filters, Query
from tracker.store.frame import frame_of


@pytest.fixture
def query(sample_store):
    return Query(sample_store)


def table(report):
    return pl.concat(report.slices())


def rows_by(report, name):
    return {row[name]: row for row in table(report).iter_rows(named=True)}


@pytest.mark.parametrize(("what", "record"), [("mentions", ReviewedMention), ("figures", Figure)])
def test_first_view_first_and_no_column_missing(query, what, record):
    report = Report.of(query, what)
    names = table(report).columns
    assert names == report.names() == [column.name for column in columns(what)]
    assert tuple(names[: len(DISPLAYED)]) == DISPLAYED
    assert {column.name for column in columns_of(record)} <= set(names)
    assert len(names) == len(set(names))
    assert all(column.label and column.description for column in columns(what))


def test_types_are_those_of_the_data_model(query):
    for what in ("mentions", "figures"):
        declared = pa.schema([(column.name, column.type) for column in columns(what)])
        assert table(Report.of(query, what)).schema == pl.from_arrow(declared.empty_table()).schema


def test_columns_can_be_chosen(query):
    assert table(Report.of(query, columns="displayed")).columns == list(DISPLAYED)
    chosen = Report.of(query, columns="permalink, amount_min,permalink")
    assert table(chosen).columns == ["permalink", "amount_min"]
    assert chosen.asked()[-1] == ("columns", "permalink,amount_min")
    with pytest.raises(ValueError, match=r"columns: no column price, use full, displayed or quote"):
        Report.of(query, columns="quote,price")
    with pytest.raises(ValueError, match="columns: none is named"):
        Report.of(query, columns=" ,")


def test_a_figure_shows_the_words_of_its_most_precise_mention(query):
    row = rows_by(Report.of(query, "figures"), "amount_min")[61.4e9]
    assert (row["quote"], row["mentions"], row["documents"]) == ("USD 61.4 billion", 2, 2)
    assert row["sentence"].startswith("The Senate blocks USD 61.4 billion that")
    assert (row["publisher"], row["document_id"]) == ("Daily Example", FIRST.document_id)
    assert row["mention_id"] in row["mention_ids"]
    assert row["source_link"].startswith("https://news.example/aid#:~:text=The%20Senate")


def test_amounts_are_converted_at_the_day_of_publication(query):
    report = rows_by(Report.of(query), "mention_id")
    dollars, _, _, euros, _ = (report[m.mention_id] for m in GIVEN[FIRST.document_id])
    assert (dollars["usd_min"], dollars["usd_rate"], dollars["usd_rate_date"]) == (61.4e9, 1, None)
    assert dollars["eur_rate_date"] == dt.date(2023, 12, 7)
    assert dollars["eur_min"] == pytest.approx(61.4e9 * dollars["eur_rate"])
    assert 0.9 < dollars["eur_rate"] < 0.95
    assert euros["usd_max"] == pytest.approx(7e9 * euros["usd_rate"])
    assert dollars["not_converted"] is None
    undated = next(row for row in report.values() if row["published"] is None)
    assert (undated["usd_min"], undated["usd_rate"]) != (None, None) or undated["not_converted"]


def test_no_rate_is_said_and_not_guessed():
    document = make_document("5 birr", published=dt.date(2024, 1, 1))
    rows = frame_of([make_mention(document, "5 birr", 5.0, currency="ETB")], [document])
    [row] = table(Report(rows=rows)).to_dicts()
    assert (row["usd_min"], row["usd_rate"], row["eur_rate_date"]) == (None, None, None)
    assert "ETB" in row["not_converted"]


def test_permalinks_have_the_prefix_that_is_set_and_no_other(query):
    for what in ("mentions", "figures"):
        key = f"{what.removesuffix('s')}_id"
        bare = table(Report.of(query, what))
        assert bare["permalink"].to_list() == bare[key].to_list()
        linked = table(Report.of(query, what, base_url="https://a.example/x/"))
        expected = [f"https://a.example/x/figure/{name}" for name in bare[key]]
        assert linked["permalink"].to_list() == expected
    for address in ("ftp://a.example", "a.example", "https://a.example/?x=1", "https://a b"):
        with pytest.raises(ValueError, match="base-url"):
            Report.of(query, base_url=address)


@pytest.mark.parametrize(
    ("url", "sentence", "link"),
    [
        (None, "It gave.", None),
        ("javascript:alert(1)", "It gave.", None),
        ("", "It gave.", None),
        ("https://a.example/b", None, "https://a.example/b"),
        ("https://a.example/b", "It gave $5 m.", "https://a.example/b#:~:text=It%20gave%20%245%20m."),
        ("https://a.example/b#c", "A, b-c & 5%", "https://a.example/b#c:~:text=A%2C%20b%2Dc%20%26%205%25"),
        ("https://a.example/b#:~:text=old", "New", "https://a.example/b#:~:text=New"),
        (
            "https://a.example",
            "one two three four five six seven eight nine ten eleven twelve thirteen",
            "https://a.example#:~:text=one%20two%20three%20four%20five,"
            "nine%20ten%20eleven%20twelve%20thirteen",
        ),
        ("https://a.example", "Дала 5\nмлн", "https://a.example#:~:text=%D0%94%D0%B0%D0%BB%D0%B0%205%20%D0%BC%D0%BB%D0%BD"),
    ],
)  # fmt: skip
def test_a_source_link_leads_to_the_sentence(url, sentence, link):
    assert source_link(url, sentence) == link


def test_there_is_one_empty_value():
    document = make_document("5 dollars", title="", publisher="")
    rows = frame_of([make_mention(document, "5 dollars", 5.0, attributed_to="")], [document])
    [row] = table(Report(rows=rows)).to_dicts()
    assert [row[name] for name in ("title", "publisher", "attributed_to")] == [None] * 3


def test_the_name_of_a_file_says_what_was_asked_of_which_data_and_when(query):
    report = Report.of(query, filters=Filters(donor=("USA",)))
    name = file_name(report, "csv")
    assert name == f"tracker-mentions_{report.query_hash()}_v3_{report.made:%Y-%m-%d}.csv"
    same = Report.of(query, filters=Filters(donor=("USA", "USA")), base_url="https://a.example")
    assert same.query_hash() == report.query_hash()
    others = [
        Report.of(query),
        Report.of(query, "figures", report.filters),
        Report.of(query, filters=report.filters, sort=[("published", "asc")]),
        Report.of(query, filters=report.filters, columns="displayed"),
    ]
    assert len({report.query_hash(), *(other.query_hash() for other in others)}) == 5


def test_figures_are_sorted_as_asked(query):
    report = Report.of(query, "figures", sort=[("amount_min", "asc")])
    amounts = table(report)["amount_min"].to_list()
    assert amounts == sorted(amounts)
    for what in ("figures", "mentions"):
        with pytest.raises(ValueError, match="sort: no such order: price asc"):
            Report.of(query, what, sort=[("price", "asc")])


def test_a_book_that_is_there_is_used(query):
    book = Book.of(query)
    report = Report.of(query, "figures", book=book)
    assert report.book is book
    assert table(report).equals(table(Report.of(query, "figures")))
    with pytest.raises(ReportError, match="figures are made of stored data only"):
        replace(report, query=None, given_book=None).book  # noqa: B018
