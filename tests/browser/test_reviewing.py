"""Reviewing in Chromium, by mouse and by keyboard, alone and beside others."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from samples import FIRST, GIVEN, SECOND
from test_look import violations

READY = "#review-confirm"
BLOCKED, SENT, PLEDGED = (mention.mention_id for mention in GIVEN[FIRST.document_id][:3])


@pytest.fixture(autouse=True)
def _patience():
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


def at(address: str, mention_id: str, more: str = "") -> str:
    return f"{address}/review?mention={mention_id}{more}"


def amount(page: Page, words: str) -> None:
    expect(page.locator("#evidence-title")).to_contain_text(words)


def test_by_mouse(open_page, work_address, sample_store):
    page = open_page(f"{work_address}/review", ready=READY)
    expect(page.locator("#review-extent")).to_contain_text("1 of 12 mentions without a review")
    amount(page, "CHF\u00a00.10")
    expect(page.locator(".doubts")).to_have_text("Look twice: the amount is below 1.")
    page.get_by_role("link", name=re.compile("^Next")).click()
    amount(page, "$60\u00a0bn")
    expect(page.locator(".queue .here")).to_contain_text("the stage is not said")
    page.get_by_role("button", name=re.compile("^Reject")).click()
    page.get_by_role("button", name=re.compile("^Save")).click()
    expect(page.locator("#review-problem")).to_have_text(
        "Say who you are: the log keeps your name."
    )
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name=re.compile("^Save")).click()
    expect(page.locator("#review-problem")).to_have_text("Say why: the log keeps the reason.")
    page.get_by_label("Reason").fill("a rumour")
    page.get_by_role("button", name=re.compile("^Save")).click()
    expect(page.locator("#review-made")).to_contain_text("Rejected: $60bn, by Ada. Undo it")
    amount(page, "$61.4\u00a0bn")
    expect(page.locator("#review-extent")).to_contain_text("2 of 11")
    page.get_by_role("button", name="Undo it").click()
    page.get_by_label("Reason").fill("it was none")
    page.get_by_role("button", name=re.compile("^Save")).click()
    amount(page, "$60\u00a0bn")
    expect(page.locator(".log li")).to_have_count(2)
    expect(page.locator(".log")).to_contain_text("undone by Ada")
    expect(page.locator(".log")).to_contain_text("“a rumour”")
    assert sample_store.reviews()["action"].tolist() == ["reject", "undo"]
    assert len(sample_store.mentions()) == 12


def test_by_keyboard(open_page, work_address, sample_store):
    page = open_page(f"{work_address}/review", ready=READY)
    page.get_by_label("Your name").focus()
    page.keyboard.type("Ben cexnpu")  # no key decides while somebody types
    expect(page.locator("#review-form")).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("n")
    amount(page, "$60\u00a0bn")
    page.keyboard.press("p")
    amount(page, "CHF\u00a00.10")
    page.keyboard.press("x")
    expect(page.locator("#review-reason")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#review-form")).to_be_hidden()
    page.keyboard.press("x")
    expect(page.locator("#review-reason")).to_be_focused()
    page.keyboard.type("nonsense, cxe")
    page.keyboard.press("Enter")
    expect(page.locator("#review-made")).to_contain_text("Rejected: 0.1 francs, by Ben cexnpu")
    expect(page.locator("#evidence-title")).to_be_focused()
    page.keyboard.press("c")
    expect(page.locator("#review-reason")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#review-made")).to_contain_text("Confirmed: $60bn")
    expect(page.locator("#evidence-title")).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator("#review-asked")).to_have_text("Undo the decision")
    expect(page.locator("#review-reason")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#review-made")).to_contain_text("Undone: $60bn")
    reviews = sample_store.reviews()
    assert reviews["action"].tolist() == ["reject", "confirm", "undo"]
    assert reviews["reason"].tolist() == ["nonsense, cxe", "none given", "none given"]
    page.get_by_label("Single keys decide").uncheck()
    page.locator("#desk-title").click()
    page.keyboard.press("x")
    page.wait_for_timeout(300)
    expect(page.locator("#review-form")).to_be_hidden()
    # Name and choice are kept, here and on the next visit.
    page.goto(f"{work_address}/review")
    expect(page.get_by_label("Your name")).to_have_value("Ben cexnpu")
    expect(page.get_by_label("Single keys decide")).not_to_be_checked()


def test_a_correction(open_page, work_address, sample_store):
    page = open_page(at(work_address, SENT, "&donor=USA"), ready=READY)
    page.get_by_label("Your name").fill("Ada")
    page.locator("#desk-title").click()
    page.keyboard.press("e")
    expect(page.locator("#review-fields")).to_be_visible()
    expect(page.get_by_label("Donor")).to_have_value("United States")
    page.get_by_role("textbox", name="Status", exact=True).click()
    page.get_by_role("option", name="Pledged").click()
    page.get_by_label("Donor").fill("germany")
    page.get_by_label("Words that say the status").fill("nowhere")
    page.get_by_label("Reason").fill("reads so")
    page.keyboard.press("Enter")
    expect(page.locator("#review-problem")).to_contain_text("'nowhere' does not stand in")
    page.wait_for_load_state("networkidle")
    page.get_by_label("Words that say the status").fill("pledged")
    page.keyboard.press("Enter")
    expect(page.locator("#review-made")).to_contain_text("Corrected: 45 billion dollars, by Ada")
    expect(page).to_have_url(re.compile(r"/review\?donor=USA&mention=m_\w+&made=r_\w+$"))
    page.go_back()
    amount(page, "pledged")
    expect(page.locator(".review-stated")).to_contain_text(
        "Corrected by Ada. As read: Status Disbursed"
    )
    expect(page.locator(".review-stated u")).to_have_text("pledged")
    expect(page.locator(".log")).to_contain_text("Donor: Germany")
    row = sample_store.mentions().set_index("mention_id").loc[SENT]
    assert (row["status"], row["donor"], row["cue"]) == ("pledged", "DEU", "pledged")


def test_two_reviewers_of_one_mention(open_page, work_address, sample_store):
    pages = {name: open_page(at(work_address, BLOCKED), ready=READY) for name in ("Ada", "Ben")}
    for name, page in pages.items():
        page.get_by_label("Your name").fill(name)
        page.locator("#desk-title").click()
        page.keyboard.press("x" if name == "Ada" else "c")
        expect(page.locator("#review-reason")).to_be_focused()
        page.keyboard.type(f"says {name}")
        page.keyboard.press("Enter")
        expect(page.locator("#review-made")).to_contain_text(f"by {name}")
    assert pages["Ada"].locator("#review-met").count() == 0
    page = pages["Ben"]
    expect(page.locator("#review-met")).to_contain_text(
        "While it stood open here, Ada decided on it too: rejected"
    )
    expect(page.locator("#review-met")).to_contain_text(
        "“says Ada”. Both stay in the log. The later one, by Ben, holds."
    )
    expect(page.locator(".log li")).to_have_count(2)
    assert sample_store.reviews()["by"].tolist() == ["Ada", "Ben"]
    shown = sample_store.mentions().set_index("mention_id")
    assert shown.loc[BLOCKED, "review"] == "confirmed"
    # What one person decides, another's open page shows after a reload.
    pages["Ada"].goto(at(work_address, BLOCKED))
    expect(pages["Ada"].locator(".desk")).to_contain_text("the latest, by Ben, holds")


def test_markup_is_shown_as_text(open_page, work_address):
    mention = GIVEN[SECOND.document_id][0].mention_id
    page = open_page(at(work_address, mention), ready=READY)
    expect(page.locator("cite")).to_contain_text("<script>alert(1)</script>")
    page.get_by_label("Your name").fill("<b>Eve</b>")
    page.locator("#desk-title").click()
    page.keyboard.press("x")
    expect(page.locator("#review-reason")).to_be_focused()
    page.keyboard.type("<img src=http://192.0.2.1/x.png>")
    page.keyboard.press("Enter")
    expect(page.locator("#review-made")).to_contain_text("by <b>Eve</b>")
    page.goto(at(work_address, mention))
    expect(page.locator(".log")).to_contain_text("“<img src=http://192.0.2.1/x.png>”")
    assert page.locator("#content").locator("img, b, script").count() == 0


def test_nothing_left_and_nothing_there(open_page, work_address):
    page = open_page(f"{work_address}/review?q=zebra", ready=".lead")
    expect(page.locator(".lead")).to_have_text("Nothing is left to review here.")
    expect(page.locator("#review-extent")).to_have_text("0 mentions without a review.")
    assert violations(page) == []
    page.goto(at(work_address, "m_gone"))
    expect(page.locator("#evidence-title")).to_have_text("This mention is not in the data")
    page.get_by_role("link", name="To the first that waits").click()
    amount(page, "CHF\u00a00.10")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_no_violation(open_page, work_address, scheme, width):
    page = open_page(at(work_address, PLEDGED), width=width, scheme=scheme, ready=READY)
    page.get_by_label("Your name").fill("Ada")
    assert violations(page) == []
    page.locator("#desk-title").click()
    page.keyboard.press("e")
    page.locator("#review-fields").wait_for()
    page.locator("#review-save").click()
    page.locator("#review-problem").wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.keyboard.press("Escape")
    expect(page.locator("#review-form")).to_be_hidden()
    page.locator("#desk-title").click()
    page.keyboard.press("c")
    expect(page.locator("#review-reason")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("#review-made").wait_for()
    assert violations(page) == []
    page.go_back()
    page.locator(".log").wait_for()
    assert violations(page) == []
