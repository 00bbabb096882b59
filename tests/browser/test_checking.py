"""The checker's page and the list of documents in Chromium."""

from __future__ import annotations

import re

import pytest
from conftest import served
from playwright.sync_api import expect
from samples import FIRST, make_document, make_mention
from test_look import violations

from tracker.store import Store

QUESTION = "The US has already given Ukraine $61.4 billion."
ANSWER = "#answers .answer"
ASKED = "/check?q=The+US+has+already+given+Ukraine+%2461.4+billion."


def test_a_question_is_answered_and_shared_by_its_address(open_page, address):
    page = open_page(f"{address}/check", ready="#question")
    page.get_by_label("Sentence or paragraph").fill(QUESTION)
    page.get_by_role("button", name="Check").click()
    expect(page).to_have_url(address + ASKED)
    answer = page.locator(ANSWER)
    expect(answer.locator("h3")).to_have_text("“$61.4 billion”")
    expect(answer.locator(".band-title").first).to_have_text("Same amount, other stage")
    known = answer.locator(".known").first
    expect(known).to_contain_text("requested, blocked")
    expect(known).to_contain_text("Against your text: requested and blocked, not disbursed")
    expect(known.locator("mark").first).to_have_text("USD 61.4 billion")
    for word in ("true", "false", "correct", "wrong"):
        assert word not in answer.inner_text().lower().split()
    there = page.url
    page.reload()
    other = open_page(there, ready=ANSWER)
    for view in (page, other):
        expect(view.locator(ANSWER)).to_have_count(1)
        expect(view.get_by_label("Sentence or paragraph")).to_have_value(QUESTION)


def test_by_keyboard_from_the_question_to_the_frozen_text_and_back(open_page, address):
    page = open_page(f"{address}/check?donor=USA", ready="#question")
    page.get_by_label("Sentence or paragraph").focus()
    page.keyboard.type("Germany approved EUR 1.25 billion for Ukraine")
    page.keyboard.press("Control+Enter")
    expect(page.locator(ANSWER)).to_contain_text("Same amount, same meaning")
    expect(page).to_have_url(re.compile(r"\?donor=USA&q=Germany"))
    page.locator(f"{ANSWER} figcaption a").first.press("Enter")
    expect(page).to_have_url(re.compile(f"/document/{FIRST.document_id}\\?mention=m_"))
    expect(page.locator("[aria-current] mark")).to_have_text("EUR 1.25 billion")
    page.go_back()
    expect(page.locator(ANSWER)).to_contain_text("Same amount, same meaning")
    page.go_back()
    expect(page.locator(ANSWER)).to_have_count(0)
    expect(page.get_by_label("Sentence or paragraph")).to_have_value("")
    page.go_forward()
    expect(page.locator(ANSWER)).to_contain_text("Same amount, same meaning")


def test_several_amounts_and_a_text_without_any(open_page, address):
    page = open_page(f"{address}/check?q=It gave $2.5 million and €1.25 billion", ready=ANSWER)
    expect(page.locator(f"{ANSWER} h3")).to_have_text(["“$2.5 million”", "“€1.25 billion”"])
    page.get_by_label("Sentence or paragraph").fill("nothing at all")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("alert")).to_have_text(
        "No amount of money is in the question: 'nothing at all'."
    )
    expect(page.locator(ANSWER)).to_have_count(0)


def test_markup_is_text_in_question_and_answer(open_page, servers, tmp_path):
    line = "<b>Kenya</b> <script>alert(1)</script> received $5 million in aid."
    document = make_document(line + "\n", title="<img src=x onerror=alert(2)>", url="javascript:x")
    mention = make_mention(document, "$5 million", 5e6, status="disbursed", recipient="KEN")
    store = Store(tmp_path / "data")
    store.add(document, document.text.encode(), [mention])
    address = servers.enter_context(served(store.path))
    page = open_page(f"{address}/check?q=<i>Kenya</i> received $5 million", ready=ANSWER)
    expect(page.locator(f"{ANSWER} blockquote")).to_have_text(line)
    expect(page.locator(f"{ANSWER} figcaption a")).to_have_text("<img src=x onerror=alert(2)>")
    assert page.locator("main b, main i, main script, main img").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    page.goto(f"{address}/check")
    expect(page.locator(".examples li")).to_have_text([line])
    page.goto(f"{address}/documents")
    expect(page.locator(".documents tbody a")).to_have_text("<img src=x onerror=alert(2)>")


def test_the_documents_by_filters_sort_and_pages(open_page, filled_address):
    page = open_page(f"{filled_address}/documents", ready=".documents tbody tr")
    rows = page.locator(".documents tbody tr")
    expect(rows).to_have_count(50)
    page.get_by_role("link", name="Title").click()
    expect(rows.first).to_contain_text("Story 0")
    page.get_by_role("link", name="Next page").click()
    expect(page.locator(".parts .here")).to_have_text("51 to 100 of 260")
    expect(page).to_have_url(f"{filled_address}/documents?sort=title&page=2")
    # Other filters begin at the first page, in one step of the history.
    page.get_by_label("Search words").fill("asked")
    expect(page.locator("#documents-title")).to_have_text("52 documents with amounts that match")
    expect(page).to_have_url(f"{filled_address}/documents?q=asked&sort=title")
    page.reload()
    expect(page.locator("#documents-title")).to_have_text("52 documents with amounts that match")
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Title")
    page.go_back()
    expect(page.locator(".parts .here")).to_have_text("51 to 100 of 260")
    rows.nth(3).get_by_role("link").click()
    expect(page.locator(".margin-note")).to_have_count(1)
    page.go_back()
    expect(page.locator(".parts .here")).to_have_text("51 to 100 of 260")


STATES = {
    "/check": "#question",
    ASKED: ANSWER,
    "/check?q=nothing": "#answers [role=alert]",
    "/documents": ".documents tbody tr",
    "/documents?q=zebra": "#documents h2",
    "/documents?donor=USA&sort=-mentions": ".documents tbody tr",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_no_violation_and_no_sideways_scroll(open_page, address, width, scheme):
    page = open_page(f"{address}/check", width=width, scheme=scheme, ready="#question")
    for path, ready in STATES.items():
        page.goto(address + path)
        page.locator(ready).first.wait_for()
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") == width, path
