"""Quotes, evidence, filters and the texts around the chart."""

from __future__ import annotations

import polars as pl
import pytest
from dash.development.base_component import Component
from hypothesis import example, given
from hypothesis import strategies as st
from samples import FIRST, GIVEN

from dashboard.components import figure_panel
from dashboard.components.evidence import quotation, review, source, tags
from dashboard.components.filters import changed, options
from dashboard.components.grid import amount_of, response, row
from dashboard.components.quotes import parts
from dashboard.pages import figure, figures
from dashboard.site import Settings, Site
from dashboard.state import view_at
from tracker.figures import Span
from tracker.store.decisions import about_mention
from tracker.store.query import Query


@pytest.fixture
def query(sample_store):
    return Query(sample_store)


@pytest.fixture
def site(sample_store):
    return Site(Settings(data=sample_store.path, base_url="https://aid.example"))


def figure_of(site, amount):
    found = site.catalogue.figures().filter(pl.col("amount") == amount)
    return found.row(0, named=True)


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


def evidence(mention, document):
    return [quotation(mention, document), *review(mention), tags(mention, document["text"]),
            source(mention, document)]  # fmt: skip


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
        assert (f"href='{url}" in found) is linked
    said = str(quotation(mention, document))
    assert "https://news.example/aid#:~:text=The%20US%20has%20sent%2045" in said
    assert f"/document/{mention['document_id']}?mention={mention['mention_id']}" in said


def test_without_full_texts_a_quote_is_its_sentence(query):
    mention, document = find(query, "45 billion dollars")
    whole, alone = (texts(quotation(mention, document, around=yes)) for yes in (True, False))
    assert "The Senate blocks" in whole
    assert "The Senate blocks" not in alone
    assert mention["sentence"] in alone


def test_options_keep_what_is_chosen_and_count():
    found = options("status", [("disbursed", 4), ("needed", 1), ("none", 2)], ["pledged"])
    assert [o["label"] for o in found] == [
        "Needed (1)", "Pledged (0)", "Disbursed (4)", "Not said (2)",
    ]  # fmt: skip
    assert [o["value"] for o in options("donor", [("DEU", 1), ("USA", 3)])] == ["USA", "DEU"]


def test_rows_are_words(site):
    told = row(figure_of(site, 61.4e9), "USD 61.4 billion")
    assert told["status"] == "Requested, blocked"
    assert (told["mentions"], told["first_published"]) == ("2", "7 Dec 2023")
    assert (told["low"], told["aid_type"]) == ("60,786,000,000", "Not said")
    assert response(site.catalogue.figures().head(0), {}, 0)["rowCount"] == 1


def test_the_grid_is_answered_what_it_asked_for(site):
    request = {"startRow": 1, "endRow": 3, "sortModel": [{"colId": "amount", "sort": "desc"}]}
    answer = figures.rows(site, request, "currency=USD", None)
    assert answer["rowCount"] == 6
    assert [r["quote"] for r in answer["rowData"]] == ["$60bn", "45 billion dollars"]
    answer = figures.rows(site, request | {"startRow": 0}, "", "about 61 bn")
    assert [r["quote"] for r in answer["rowData"]] == ["USD 61.4 billion", "$60bn"]


def test_an_amount_is_looked_for_in_any_currency():
    assert amount_of("about 61 bn") == Span(60e9, 62e9, None)
    assert amount_of("€5 million").currency == "EUR"
    assert amount_of(" ") is None
    with pytest.raises(ValueError, match="no amount"):
        amount_of("tanks")


def test_what_cannot_be_an_amount_is_said(site):
    assert figures.counted(site, "", "tanks")[0] == "9 figures"
    assert figures.counted(site, "", "tanks")[-1] == "No amount: try 61 bn, or $5 million"
    assert figures.counted(site, "", "5 trillion")[2:4] == (False, True)


def test_the_panel_shows_a_figure_with_its_quotes_or_several(site):
    one, other = figure_of(site, 61.4e9), figure_of(site, 45e9)
    children, hidden = figure_panel.shown(site, one["figure_id"])
    said = texts(children)
    assert not hidden
    assert "Stated 2 times in 2 documents" in said
    assert said.count("USD 61.4 billion") == 2
    assert "at least 60,786,000,000 and less than 62,014,000,000" in said
    said = texts(figure_panel.shown(site, f"{one['figure_id']},{other['figure_id']}")[0])
    assert said.startswith("2 figures")
    assert "The US has sent 45 billion dollars so far" in said
    assert "not in the data" in texts(figure_panel.shown(site, "f_gone")[0])
    assert figure_panel.shown(site, None)[1]


def test_a_figure_has_a_page_with_all_that_states_it(site):
    name = figure_of(site, 61.4e9)["figure_id"]
    said = texts(figure.layout(site, view_at(""), name))
    for words in ("What states it: 2 mentions", "Also stated as", "Possibly the same",
                  "“requested” by-hand", "read by en-", "<script>alert(1)</script> & aid",
    ):  # fmt: skip
        assert words in said
    member = find(site.query, "USD 61.4 billion")[0]["mention_id"]
    assert texts(figure.layout(site, view_at(""), member)) == said
    assert "not in the data" in texts(figure.layout(site, view_at(""), "f_gone"))


def test_a_citation_names_words_source_figure_and_version(site):
    one = figure_of(site, 61.4e9)
    mention, document = find(site.query, "USD 61.4 billion")
    said = figure.citation(site, one, [(mention, document)])
    assert "“USD 61.4 billion”" in said
    assert "read as requested, blocked, United States to Ukraine" in said
    assert f"https://aid.example/figure/{one['figure_id']}, data version 3." in said


def test_a_conversion_names_its_rate_or_why_there_is_none(site):
    dated = texts(figure.layout(site, view_at("convert=EUR"), figure_of(site, 45e9)["figure_id"]))
    assert "European Central Bank reference rate of 2023-12-07" in dated
    undated = texts(figure.layout(site, view_at("convert=EUR"), figure_of(site, 60e9)["figure_id"]))
    assert "Not converted to EUR: the document has no date" in undated


def test_new_filters_change_choices_extent_and_problem(site):
    *choices, extent, problem, hidden, link = changed(site, "donor=USA&min=lots", "")
    assert extent == "3 of 9 figures match."
    assert (problem, hidden, link) == ("Left out: min: 'lots' is no number", False, "")
    assert {"value": "pledged", "label": "Pledged (1)"} in choices[2]


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
