"""The list of documents: counts, order, pages, filters."""

from __future__ import annotations

import pytest
from dash import dcc
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate
from samples import FIRST, SECOND, THIRD, make_document
from test_parts import texts

from dashboard.app import Settings
from dashboard.pages import documents as page
from dashboard.site import Site
from dashboard.state import view_at
from tracker.store import Reading, Store


@pytest.fixture
def site(sample_store):
    return Site(Settings(data=sample_store.path))


def links(component):
    """All links of a component: their words and addresses."""
    if isinstance(component, dcc.Link):
        return [(component.children, component.href)]
    if isinstance(component, Component):
        return links(getattr(component, "children", None))
    if isinstance(component, list | tuple):
        return [link for child in component for link in links(child)]
    return []


def titles(site, address="", sort="", number=1):
    listed = page.listing(site, view_at(address), sort, number)
    return [words for words, href in links(listed) if href.startswith("/document/")]


def test_every_document_with_what_is_known_of_it(site):
    listed = page.listing(site, view_at(""), "", 1)
    assert titles(site) == [SECOND.title, FIRST.title, THIRD.title]
    said = texts(listed)
    assert said.startswith("3 documents stored")
    assert "Aid to Ukraine stallsDaily Example7 Dec 20235" in said
    assert "not known20244" in said  # no publisher, only a year


def test_sorted_by_a_heading_and_back(site):
    assert titles(site, sort="-mentions")[0] == FIRST.title
    assert titles(site, sort="title")[0] == SECOND.title
    listed = page.listing(site, view_at("donor=USA"), "-mentions", 1)
    assert ("Amounts ↓", "/documents?donor=USA&sort=mentions") in links(listed)
    assert ("Published", "/documents?donor=USA&sort=-published") in links(listed)


def test_filters_keep_documents_with_such_amounts_and_go_along(site):
    assert titles(site, "donor=DEU") == [FIRST.title]
    listed = page.listing(site, view_at("donor=DEU"), "", 1)
    assert texts(listed).startswith("1 document with amounts that match")
    assert (FIRST.title, f"/document/{FIRST.document_id}?donor=DEU") in links(listed)
    assert "matches all filters" in texts(page.listing(site, view_at("q=zebra"), "", 1))
    with pytest.raises(PreventUpdate):
        page.shown(site, "", None, "")
    assert page.shown(site, "donor=DEU", "", "")[1] == "donor=DEU"


def test_a_page_at_a_time(tmp_path):
    store = Store(tmp_path / "data")
    made = [make_document(f"Story {n:03}\n", title=f"Story {n:03}") for n in range(120)]
    store.add_batch([Reading(document, document.text.encode(), []) for document in made])
    site = Site(Settings(data=store.path))
    assert titles(site, sort="title", number=3) == [f"Story {n:03}" for n in range(100, 120)]
    assert titles(site, sort="title", number=99) == titles(site, sort="title", number=3)
    listed = page.listing(site, view_at(""), "title", 2)
    assert "51 to 100 of 120" in texts(listed)
    assert ("Next page", "/documents?sort=title&page=3") in links(listed)
    assert ("Previous page", "/documents?sort=title") in links(listed)
    for number in ("x", "-1", "0", ""):
        assert "1 to 50 of 120" in texts(page.layout(site, {"page": number}))


def test_an_empty_store_says_what_to_do(tmp_path):
    site = Site(Settings(data=tmp_path / "none"))
    assert "Nothing is stored yet" in texts(page.layout(site, {}))
