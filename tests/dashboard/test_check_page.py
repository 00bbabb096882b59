"""The checker's page: questions, answers with links, and what cannot be answered."""

from __future__ import annotations

import pytest
from dash.exceptions import PreventUpdate
from samples import FIRST, make_document, make_mention
from test_parts import texts

from dashboard.app import Settings
from dashboard.pages import check as page
from dashboard.site import Site


@pytest.fixture
def site(sample_store):
    return Site(Settings(data=sample_store.path))


def test_an_answer_is_that_of_the_checker_with_links(site):
    (answer,) = page.answered(site, "The US has given Ukraine $61.4 billion")["answers"]
    band = answer["bands"][0]
    assert band["title"] == "Same amount, other stage"
    figure = band["figures"][0]
    assert figure["differs"][0] == "requested and blocked, not disbursed"
    said = next(q for q in figure["quotes"] if q["publisher"])
    assert said["frozen"] == f"/document/{FIRST.document_id}?mention={said['mention_id']}"
    assert said["source"].startswith("https://news.example/aid#:~:text=")
    assert said["when"] == "7 December 2023"
    bare = {k: v for k, v in answer.items() if k != "bands"}
    plain = site.checking.check("The US has given Ukraine $61.4 billion")[0].data()
    assert bare == {k: v for k, v in plain.items() if k != "bands"}


@pytest.mark.parametrize(
    ("asked", "problem", "hint"),
    [
        ("hello", "No amount of money is in the question: 'hello'.", page.HINT),
        ("$5 million " * 1_000, "The question is longer than 5,000 characters.", None),
    ],
)
def test_what_cannot_be_answered_is_told_in_a_line(site, asked, problem, hint):
    assert page.answered(site, asked) == {"problem": problem, "hint": hint, "answers": []}


def test_nothing_asked_is_not_answered(site):
    for asked in (None, "", " \n"):
        with pytest.raises(PreventUpdate):
            page.answered(site, asked)


def test_of_very_many_amounts_the_first_are_answered(site):
    asked = "; ".join(f"${n} million" for n in range(1, 41))
    found = page.answered(site, asked)
    assert len(found["answers"]) == page.MOST_ANSWERS
    assert found["left"].startswith("15 more amounts in this text")


def test_the_answer_follows_the_data(site, sample_store):
    question = "The US gave Ukraine $777 million"
    assert page.answered(site, question)["answers"][0]["bands"][0]["band"] != "same"
    document = make_document("Washington gave $777 million to Ukraine.\n")
    mention = make_mention(
        document, "$777 million", 777e6, status="disbursed", donor="USA", recipient="UKR"
    )
    sample_store.add(document, document.text.encode(), [mention])
    assert page.answered(site, question)["answers"][0]["bands"][0]["band"] == "same"


def test_examples_are_sentences_of_the_documents(site):
    shown = texts(page.layout(site, {}))
    assert "Try one of these" in shown
    assert "The US has sent 45 billion dollars so far and pledged $2.5 million more." in shown
    assert "Try one of these" not in texts(page.layout(site, {"q": "$5 million"}))


def test_an_empty_store_says_what_to_do(tmp_path):
    site = Site(Settings(data=tmp_path / "none"))
    assert "Nothing is stored yet" in texts(page.layout(site, {"q": "$5"}))
