"""The page on the method shows what the program and its data hold, and nothing of its own."""

from __future__ import annotations

import pytest
from samples import make_document
from test_parts import texts

from dashboard.app import Settings
from dashboard.components import scores
from dashboard.components.coverage import coverage, documents_of
from dashboard.pages import method as page
from dashboard.site import Site
from tracker.evaluate import recorded
from tracker.reports import notes
from tracker.schema import CROSSWALK, EXAMPLE, HOLD, MEANING, STATUS
from tracker.store import Store, decisions


@pytest.fixture
def site(sample_store):
    return Site(Settings(data=sample_store.path))


def test_every_stage_with_its_meaning_example_and_terms(site):
    said = texts(page.layout(site))
    for code, label in {**STATUS, **HOLD}.items():
        assert label in said
        assert MEANING[code][1:] in said
        assert EXAMPLE[code].replace("*", "") in said
    for terms in CROSSWALK.values():
        assert all(term in said for term in terms.values())
    assert all(caveat in said for caveat in notes.CAVEATS)


def test_the_coverage_is_that_of_the_data(site, sample_store):
    said = texts(coverage(site))
    assert "Documents3" in said
    assert "Amounts12" in said
    assert "Publishers2; of 1 document not known" in said
    assert "Published7 December 2023 to 2024; 1 document undated" in said
    assert "Last read in1 March 2024, 12:30 UTC" in said
    assert "Daily Example157 Dec 2023" in said
    assert "Languagesnot known (3)" in said
    document = make_document("Nothing here.\n", language="fr")
    sample_store.add(document, document.text.encode(), [])
    sample_store.review(
        decisions.about_document(
            sample_store, document.document_id, "withdraw", reason="empty", by="Ann"
        )
    )
    said = texts(coverage(site))
    assert "French (1)" in said
    assert "Left out1 withdrawn, 1 without an amount" in said


def test_the_scores_are_those_that_are_recorded(site):
    kept = recorded()
    said = texts(scores.scores(kept))
    unseen = next(e for e in kept["files"] if e["file"] == "english.jsonl")["parts"]["half B"]
    for name, title in scores.SCORES.items():
        assert title in said
        assert f"{unseen['scores'][name]:.3f}" in said
    assert f"Measured with extractor {kept['extractor']}" in said
    assert "Ukrainian" in said
    assert "This server reads with" not in said
    assert "This server reads with" in texts(scores.scores({**kept, "extractor": "en-0"}))


def test_without_documents_it_still_says_how_it_works(tmp_path):
    said = texts(page.layout(Site(Settings(data=tmp_path / "none"))))
    assert "Nothing is stored yet." in said
    assert "What each stage means" in said


def test_a_publisher_leads_to_its_documents(site):
    assert documents_of("Bank, Press & Co") == ("/documents?publisher=Bank%5C%2C+Press+%26+Co")
    assert Store(site.settings.data).version
