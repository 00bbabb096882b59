"""Addresses and views."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.grid import SORTABLE
from dashboard.state import pairs_of, parse_sort, sort_of_grid, view_at, view_of
from tracker.schema import STATUS


def test_a_full_address():
    view = view_of(parse_qsl(
        "donor=USA&donor=DEU&status=pledged&q=tanks&hold=none&sort=-amount_min,donor"
        "&convert=eur&from=2023&min=5&show=table&mention=m_1"
    ))  # fmt: skip
    assert view.chosen("donor") == ["DEU", "USA"]
    assert view.chosen("q") == ["tanks"]
    assert (view.chosen("from"), view.chosen("min"), view.chosen("to")) == (
        ["2023-01-01"],
        ["5"],
        [],
    )
    assert view.parts == {"sort": "-amount_min,donor", "show": "table", "mention": "m_1"}
    assert (view.convert, view.problem) == ("EUR", None)
    again = view_at(view.address)
    assert (again.filters, again.convert, again.parts) == (view.filters, "EUR", {})


def test_a_part_is_one_of_what_it_may_be():
    view = view_at("show=dance&convert=nothing")
    assert view.part("show", ("chart", "table")) == "chart"
    assert view.part("show") == "dance"
    assert view.part("gone") == ""
    assert (view.convert, view.problem) == (None, "convert: 'NOTHING' is no code of a currency")


def test_what_cannot_be_read_is_left_out_and_said():
    view = view_of([("min", "lots"), ("donor", "USA"), ("status", "gone"), ("colour", "red")])
    assert view.filters.pairs() == [("donor", "USA")]
    assert view.problem == "min: 'lots' is no number"


def test_a_name_with_a_comma_is_one_value():
    view = view_of([("publisher", r"Bank\, Press & Co"), ("donor", r"A\, B")])
    assert view.chosen("donor") == ["A, B"]
    assert view_of(parse_qsl(urlencode(view.filters.pairs()))).filters == view.filters


def test_parameters_of_dash():
    assert pairs_of({"donor": ["USA", "DEU"], "q": "x"}) == [
        ("donor", "USA"), ("donor", "DEU"), ("q", "x"),
    ]  # fmt: skip


@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=30)), max_size=8))
def test_any_address_gives_a_view(pairs):
    view = view_of([*pairs, ("donor", "USA")])
    assert "USA" in view.chosen("donor")


names = st.lists(st.tuples(st.sampled_from(SORTABLE), st.sampled_from(["asc", "desc"])), max_size=4)


@given(names)
def test_sorts_come_back(sort):
    text = ",".join(("-" if way == "desc" else "") + name for name, way in sort)
    assert parse_sort(text, SORTABLE) == sort
    assert sort_of_grid([{"colId": name, "sort": way} for name, way in sort], SORTABLE) == sort


def test_sorts_of_unknown_columns_are_left_out():
    assert parse_sort("-secret,donor", SORTABLE) == [("donor", "asc")]
    assert sort_of_grid([{"colId": "secret", "sort": "asc"}], SORTABLE) == []
    assert sort_of_grid(None, SORTABLE) == []


@pytest.mark.parametrize("status", STATUS)
def test_every_status_can_be_asked_for(status):
    assert view_of([("status", status)]).chosen("status") == [status]


def test_an_address_without_end_is_read_in_part():
    view = view_of([("donor", "USA"), ("from", "soon")] * 5_000)
    assert view.chosen("donor") == ["USA"]
    assert view.problem == "the address says more than 300 things: the rest is left out"
