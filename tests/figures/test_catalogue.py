"""The catalogue: figures as the data is now, filtered and sorted."""

import dataclasses

import pytest
from samples import FIRST, GIVEN, make_document, make_mention

from tracker.figures import Book, Catalogue, Span, also_stated_as, possibly_same
from tracker.figures.edition import FOLDER
from tracker.store import Filters, Query, Store, decisions
from tracker.store.filters import LISTS


def test_it_gives_the_figures_of_the_book_that_the_filters_keep(sample_store):
    query = Query(sample_store)
    catalogue, book = Catalogue(query), Book.of(query)
    assert catalogue.figures().equals(book.figures)
    filters = Filters(currency=("USD",))
    assert catalogue.figures(filters).equals(book.showing(query, filters))
    assert 0 < catalogue.count(filters) < catalogue.count() == book.figures.height
    amounts = catalogue.figures(sort=[("amount", "desc")], offset=1, limit=2)["amount"].to_list()
    assert amounts == sorted(book.figures["amount"], reverse=True)[1:3]
    with pytest.raises(ValueError, match="sort: no such order: colour asc"):
        catalogue.figures(sort=[("colour", "asc")])


def test_it_follows_the_store_and_any_mention_leads_to_its_figure(tmp_path, sample_store):
    query = Query(sample_store)
    first = query.mentions_in([FIRST.document_id])
    store = Store(tmp_path / "other")
    catalogue = Catalogue(Query(store))
    assert catalogue.count() == 0
    store.add(FIRST, FIRST.text.encode(), GIVEN[FIRST.document_id])
    assert catalogue.count() > 0
    for row in catalogue.figures().iter_rows(named=True):
        for mention in row["mention_ids"]:
            assert catalogue.figure("f_" + mention[2:])["figure_id"] == row["figure_id"]
            assert catalogue.figure(mention)["figure_id"] == row["figure_id"]
    assert first.height
    assert catalogue.figure("f_gone") is None


@pytest.mark.parametrize(
    "filters",
    [
        Filters(), Filters(currency=("USD",)), Filters(donor=("none",), status=("committed",)),
        Filters(q="ukraine"), Filters(recipient=("UKR",), hold=("blocked",)), Filters(q="zebra"),
    ],
)  # fmt: skip
def test_a_facet_counts_the_figures_that_its_value_would_give(sample_store, filters):
    catalogue = Catalogue(Query(sample_store))
    found = catalogue.facets(filters)
    assert list(found) == list(LISTS)
    for name, values in found.items():
        for value, number in values:
            one = dataclasses.replace(filters.without(name), **{name: (value,)})
            assert catalogue.count(one) == number > 0
        asked = catalogue.count(filters.without(name))
        assert bool(values) == bool(asked)


def test_amounts_are_found_by_overlap(sample_store):
    catalogue = Catalogue(Query(sample_store))
    assert catalogue.count(amount=Span(61e9, 62e9)) == 1
    assert catalogue.count(amount=Span(61e9, 62e9, "EUR")) == 0
    assert catalogue.figures(amount=Span(59e9, 60e9))["amount"].to_list() == [60e9]


def test_what_states_figures_stands_in_their_order(sample_store):
    catalogue = Catalogue(Query(sample_store))
    figures = catalogue.figures(sort=[("amount", "desc")], limit=2)
    stated = catalogue.stating(figures)
    assert stated["figure_id"].to_list() == [
        name for name, number in figures.select("figure_id", "mentions").iter_rows()
        for _ in range(number)
    ]  # fmt: skip
    assert stated["quote"].to_list() == ["USD 61.4 billion", "USD 61.4 billion", "$60bn"]
    assert catalogue.stating(figures, most=1).height == 2


def test_many_figures_are_kept_on_disk_and_say_the_same(sample_store):
    few, many = Catalogue(Query(sample_store)), Catalogue(Query(sample_store), many=1)
    assert not many.ready(patience=0)  # its making has begun
    assert many.figures().equals(few.figures())
    assert many.ready()
    assert [p.suffix for p in (sample_store.path / FOLDER).iterdir()] == [".parquet"] * 2
    filters = Filters(currency=("USD",))
    assert many.figures(filters).equals(few.figures(filters))
    assert many.facets(filters) == few.facets(filters)
    book, edition = few.book, many.book
    assert edition.mentions.height == 12
    for row in few.figures().iter_rows(named=True):
        assert also_stated_as(edition, row).equals(also_stated_as(book, row))
        assert possibly_same(edition, row).equals(possibly_same(book, row))
        for mention in row["mention_ids"]:
            assert edition.figure_id(mention) == book.figure_id(mention) == row["figure_id"]
            assert many.figure("f_" + mention[2:]) == row
    for document in GIVEN:
        assert edition.story(document) == book.story(document)
    assert edition.figure("f_gone") is None
    assert edition.select(Query(sample_store).mentions(filters)).equals(few.figures(filters))
    assert Catalogue(Query(sample_store), many=1).ready()  # from disk, at once


def test_the_figures_before_are_shown_while_those_of_a_commit_are_made(sample_store):
    catalogue = Catalogue(Query(sample_store), many=1)
    assert (catalogue.count(), catalogue.version) == (9, 3)
    new = make_document("Norway gave 85 million dollars to Ukraine.\n")
    sample_store.add(new, new.text.encode(), [make_mention(new, "85 million dollars", 8.5e7)])
    assert (catalogue.count(), catalogue.version) == (9, 3)
    catalogue._making.join()
    assert (catalogue.count(), catalogue.version) == (10, 4)
    assert len(list((sample_store.path / FOLDER).iterdir())) == 2


def test_figures_of_before_are_shown_with_their_mentions_of_before(sample_store):
    catalogue = Catalogue(Query(sample_store), many=1)
    before = catalogue.stating(catalogue.figures())
    sample_store.review(
        decisions.about_document(
            sample_store, FIRST.document_id, "withdraw", reason="a hoax", by="Ann"
        )
    )
    assert catalogue.version == 3
    stated = catalogue.stating(catalogue.figures())
    assert stated.equals(before)
    assert stated["document_id"].null_count() == 0
    catalogue._making.join()
    assert FIRST.document_id not in catalogue.stating(catalogue.figures())["document_id"]
