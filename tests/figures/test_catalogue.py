"""The catalogue: figures as the data is now, filtered and sorted."""

import pytest
from samples import FIRST, GIVEN

from tracker.figures import Book, Catalogue
from tracker.store import Filters, Query, Store


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
