"""Quotes, evidence, filters and the texts around the chart."""

from __future__ import annotations

import polars as pl
import pytest
from dash.development.base_component import Component
from hypothesis import example, given
from hypothesis import strategies as st
from samples import FIRST, GIVEN

from dashboard.components import chart_panel as panel
from dashboard.components.evidence import evidence
from dashboard.components.filters import options
from dashboard.components.grid import figure_rows, response, row
from dashboard.components.quotes import parts
from dashboard.pages import overview
from tracker.figures import marks
from tracker.store.decisions import about_mention
from tracker.store.query import Query


@pytest.fixture
def query(sample_store):
    return Query(sample_store)


def texts(component):
    """All texts of a component, in order."""
    if isinstance(component, Component):
        return texts(getattr(component, "children", None))
    if isinstance(component, list | tuple):
        return "".join(texts(child) for child in component)
    return "" if component is None else str(component)


def find(query, quote):
    rows = query.mentions().filter(pl.col("quote") == quote).to_dicts()
    return rows[0], query.document(rows[0]["document_id"])


@example("\n", 1, 1)
@given(st.text('ab. \n"”A1<>&', max_size=200), st.integers(0, 199), st.integers(1, 12))
def test_a_quote_is_the_text_itself_with_the_amount_marked(text, start, length):
    text = text + " $5 bn."
    start = min(start, len(text) - 1)
    end = min(start + length, len(text))
    mention = {"start": start, "end": end, "evidence": [], "cue_start": None, "cue_end": None}
    found = parts(text, mention)
    assert "".join(part.text for part in found) in text
    assert "".join(part.text for part in found if part.amount) == text[start:end]


def test_cues_of_status_and_hold_are_underlined(query):
    mention, document = find(query, "45 billion dollars")
    found = parts(document["text"], mention)
    assert [part.text for part in found if part.cue] == ["has sent"]
    assert "".join(part.text for part in found if part.sentence) == (
        "The US has sent 45 billion dollars so far and pledged $2.5 million more."
    )


def test_the_evidence_says_what_is_known_and_what_is_not(query):
    mention, document = find(query, "100 million dollars")
    said = texts(evidence(mention, document))
    assert "PublisherNot known".casefold() in said.casefold()
    assert "second.txt" in said
    assert document["original_sha256"] in said
    assert "“committed” by-hand" in said
    assert "Not said: hold, per, kind of aid" in said


def test_only_web_addresses_become_links(query):
    mention, document = find(query, "45 billion dollars")
    for url, linked in (("https://x.example/a", True), ("javascript:alert(1)", False)):
        found = str(evidence(mention, document | {"url": url}))
        assert (f"href={url!r}" in found) is linked


def test_options_keep_what_is_chosen_and_count():
    found = options("status", [("disbursed", 4), ("needed", 1), ("none", 2)], ["pledged"])
    assert [o["label"] for o in found] == [
        "Needed (1)", "Pledged (0)", "Disbursed (4)", "Not said (2)",
    ]  # fmt: skip
    assert [o["value"] for o in options("donor", [("DEU", 1), ("USA", 3)])] == ["USA", "DEU"]


def test_headlines(query):
    everything = query.mentions()

    def of(condition):
        return panel.headline(marks(everything.filter(condition))).replace("\u00a0", " ")

    assert of(pl.col("currency") == "GBP") == "United Kingdom: £20 m committed but cancelled"
    assert of(pl.col("quote") == "$60bn") == "EU to Ukraine: $60 bn (stage not said)"
    assert of(pl.col("currency") == "CHF") == "No amount with a stage in this selection"
    assert of(pl.col("currency") == "USD") == "6 figures in US dollars, from $2.5 m to $61.4 bn"


def test_notes_count_what_is_left_out(query):
    said = texts(panel.notes(query.mentions()))
    assert "10 mentions in 3 documents" in said
    assert "2 mentions of money that is no funding" in said
    assert "published 7 December 2023 to 2024 (1 undated)" in said


def test_rows_are_words(query):
    mention, _ = find(query, "£500.50")
    assert row(mention)["donor"] == "Not said"
    assert row(mention)["publisher"] == "not known"
    assert row(mention)["published"] == "2024"
    assert response(query.mentions().head(0), 0)["rowCount"] == 1
    found = figure_rows(marks(query.mentions()))
    assert [r["mentions"] for r in found if r["low"] == 61.4e9 * 0.99] == [2]


def test_the_commonest_currency_is_shown_unless_another_is_asked_for():
    counts = [("USD", 7), ("EUR", 2)]
    assert overview.shown_currency(counts, []) == "USD"
    assert overview.shown_currency(counts, ["EUR"]) == "EUR"
    assert overview.shown_currency(counts, ["GBP"]) is None


def test_the_grid_is_answered_what_it_asked_for(query):
    request = {"startRow": 2, "endRow": 5, "sortModel": [{"colId": "amount_min", "sort": "desc"}]}
    answer = overview.rows_shown(query, request, "currency=USD")
    assert answer["rowCount"] == 7
    assert [r["quote"] for r in answer["rowData"]] == [
        "$60bn", "45 billion dollars", "9.3 billion dollars",
    ]  # fmt: skip


def test_an_unknown_mention_is_said(query):
    children, hidden = overview.evidence_shown(query, "m_gone", "")
    assert not hidden
    assert "not in the data" in texts(children)
    assert overview.evidence_shown(query, None, "")[1]


def test_the_evidence_says_what_a_review_changed(sample_store):
    sent = GIVEN[FIRST.document_id][1]
    sample_store.review(
        about_mention(sample_store, sent.mention_id, "correct", values=["status=approved"],
                      reason="x", by="Ada")
    )  # fmt: skip
    query = Query(sample_store)
    mention = query.mention(sent.mention_id)
    document = query.document(FIRST.document_id) | {"pages": [0, 5]}
    words = str(evidence(mention, document))
    assert "Corrected by Ada. As read: Status Disbursed." in words.replace("', '", "")
    assert "Dt('Page'), Dd(children='2'" in words
