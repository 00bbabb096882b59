"""The document page in Chromium: steps from amount to amount, address, long texts, hostile ones."""

from __future__ import annotations

import re

import pytest
from conftest import served
from playwright.sync_api import Page, expect
from samples import FIRST, GIVEN, SECOND, THIRD, make_document
from test_look import violations

from tracker.extraction import extract
from tracker.schema import Mention, mention_id_of
from tracker.store import Store

IDS = [mention.mention_id for mention in GIVEN[FIRST.document_id]]
DOCUMENT = f"/document/{FIRST.document_id}"
NOTES = ".margin-note"
GO = """path => {
  history.pushState({}, "", path);
  dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
}"""
"""As a link of Dash leads to a page."""


def amount(page: Page, number: int):
    return page.locator(f"#{IDS[number]}")


def test_each_amount_is_marked_with_its_stage_and_a_note(open_page, address):
    page = open_page(address + DOCUMENT, ready=NOTES)
    expect(page).to_have_title("Aid to Ukraine stalls")
    expect(page.locator("#reader mark")).to_have_text([m.quote for m in GIVEN[FIRST.document_id]])
    expect(amount(page, 0)).to_contain_text("Requested, blocked")
    note = page.locator(NOTES).first
    expect(note).to_contain_text("Requested, blocked $61.4\u00a0bn")
    expect(note).to_contain_text("United States to Ukraine; because of “has requested”")
    expect(note.locator(".ladder i")).to_have_count(6)
    expect(note.locator(".ladder i.at.blocked")).to_have_count(1)
    expect(note.get_by_role("link", name="Who else states it")).to_have_attribute(
        "href", f"/figure/{IDS[0]}"
    )
    assert "".join(page.locator("#reader .text").all_inner_texts()).count("45 billion dollars") == 1


def test_from_amount_to_amount_by_keyboard(open_page, address):
    page = open_page(address + DOCUMENT, ready=NOTES)
    page.keyboard.press("n")
    expect(amount(page, 0)).to_be_focused()
    expect(page).to_have_url(f"{address}{DOCUMENT}?mention={IDS[0]}")
    expect(page.locator("#reader u.chosen")).to_have_text("has requested")
    expect(page.locator(f"{NOTES}.chosen")).to_contain_text("Requested, blocked")
    expect(page.locator("#amount-place")).to_have_text("1 of 5")
    for _ in range(4):
        page.keyboard.press("n")
    expect(amount(page, 4)).to_be_focused()
    expect(amount(page, 4)).to_have_attribute("aria-current", "true")
    page.keyboard.press("n")
    expect(page.locator("#amount-place")).to_have_text("That was the last amount")
    page.keyboard.press("p")
    expect(amount(page, 3)).to_be_focused()
    expect(page.locator("#amount-place")).to_have_text("4 of 5")
    described = page.locator("[aria-current]").get_attribute("aria-describedby")
    expect(page.locator(f"#{described}")).to_contain_text("Germany to Ukraine")
    # Tab and Enter do the same as the keys, and the buttons too.
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}{DOCUMENT}?mention={IDS[4]}")
    page.get_by_role("button", name="Previous amount").press("Enter")
    expect(amount(page, 3)).to_be_focused()


def test_the_filters_of_the_address_stay_while_one_reads(open_page, address):
    page = open_page(f"{address}{DOCUMENT}?donor=USA", ready=NOTES)
    page.keyboard.press("n")
    expect(page).to_have_url(f"{address}{DOCUMENT}?donor=USA&mention={IDS[0]}")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Overview").click()
    expect(page).to_have_url(f"{address}/?donor=USA")


def test_the_keys_can_be_turned_off(open_page, address):
    page = open_page(address + DOCUMENT, ready=NOTES)
    page.get_by_label("Keys p and n").uncheck()
    page.keyboard.press("n")
    expect(page.locator("#reader .chosen")).to_have_count(0)
    page.reload()
    expect(page.get_by_label("Keys p and n")).not_to_be_checked()
    page.get_by_label("Keys p and n").check()
    page.keyboard.press("n")
    expect(amount(page, 0)).to_be_focused()


def test_reload_back_and_another_browser_show_the_same_amount(open_page, address):
    page = open_page(f"{address}{DOCUMENT}?mention={IDS[1]}", ready=NOTES)
    expect(amount(page, 1)).to_be_focused()
    page.keyboard.press("n")
    there = page.url
    page.reload()
    expect(amount(page, 2)).to_be_focused()
    page.evaluate(GO, f"/document/{SECOND.document_id}")
    expect(page.locator("h2.headline")).to_have_text("<script>alert(1)</script> & aid")
    expect(page.locator(NOTES)).to_have_count(4)
    page.go_back()
    expect(amount(page, 2)).to_be_focused()
    expect(page).to_have_url(there)
    page.go_forward()
    expect(page.locator(NOTES)).to_have_count(4)
    other = open_page(there, ready=NOTES)
    expect(amount(other, 2)).to_be_focused()
    expect(other.locator("#amount-place")).to_have_text("3 of 5")


def test_an_address_with_the_amount_behind_a_hash_leads_to_it(open_page, address):
    page = open_page(f"{address}{DOCUMENT}#{IDS[3]}", ready=NOTES)
    expect(amount(page, 3)).to_be_focused()
    expect(page).to_have_url(f"{address}{DOCUMENT}?mention={IDS[3]}")


def test_an_amount_that_is_gone_is_told(open_page, address):
    page = open_page(f"{address}{DOCUMENT}?mention=m_gone", ready=NOTES)
    expect(page.locator("#reader .warning")).to_contain_text("m_gone is not read in this text")
    expect(page.locator(NOTES)).to_have_count(5)


def test_a_document_that_is_not_there_is_told(open_page, address):
    page = open_page(address)
    page.evaluate(GO, "/document/d_none")
    expect(page.get_by_role("heading", name="This document is not in the data")).to_be_visible()
    expect(page.locator("main code")).to_have_text("d_none")
    page.get_by_role("link", name="Overview").last.click()
    expect(page).to_have_url(f"{address}/")


HOSTILE = (
    "<img src=x onerror=alert(1)> & <b>aid</b>\n\n"
    "Kenya <script>alert('text')</script> pledged <i>$5 million</i> to \u202eevil &amp; Uganda.\n"
    "[a link](javascript:alert(2)) {{7*7}} ${1} sent $3 million in aid.\n"
)


def test_a_hostile_text_is_text(open_page, servers, tmp_path):
    document = make_document(
        HOSTILE, title=HOSTILE.split("\n", maxsplit=1)[0], publisher="</title><script>x</script>",
        url="javascript:alert(3)", file_name="<svg onload=alert(4)>.txt",
    )  # fmt: skip
    store = Store(tmp_path / "data")
    store.add(document, HOSTILE.encode(), extract(HOSTILE))
    address = servers.enter_context(served(store.path))
    page = open_page(f"{address}/document/{document.document_id}", ready=NOTES)
    shown = page.locator("#reader .text").all_inner_texts()
    assert "<img src=x onerror=alert(1)> & <b>aid</b>" in shown[0]
    assert "Kenya <script>alert('text')</script> pledged" in shown[1]
    assert (
        page.locator("main img, main b, main i:not(.ladder i), main script, main svg").count() == 0
    )
    assert page.locator("a[href^='javascript']").count() == 0
    expect(page.locator("h2.headline")).to_have_text("<img src=x onerror=alert(1)> & <b>aid</b>")
    expect(page.locator("dl")).to_contain_text("javascript:alert(3)")


def mentions_of(document) -> list[Mention]:
    """Every "$N million" of a text, without reading it for meaning."""
    return [
        Mention(
            mention_id=mention_id_of(document.document_id, found.start(), found.end()),
            document_id=document.document_id, start=found.start(), end=found.end(),
            quote=found.group(), sentence=found.group(), amount_min=1e6, amount_max=1e6, low=0.9e6,
            high=1.1e6, currency="USD", status="pledged",
        )
        for found in re.finditer(r"\$\d+ million", document.text)
    ]  # fmt: skip


def test_ten_megabytes_and_ten_thousand_amounts_come_in_parts(open_page, servers, tmp_path):
    line = "The ministry promised ${} million for wells. " + "Nothing else was said. " * 42
    text = "A long report\n\n" + "\n".join(line.format(n) for n in range(1, 10_001)) + "\n"
    document = make_document(text, title="A long report")
    assert len(text) > 10_000_000
    found = mentions_of(document)
    store = Store(tmp_path / "data")
    store.add(document, text.encode(), found)
    address = servers.enter_context(served(store.path))
    page = open_page(f"{address}/document/{document.document_id}", ready=NOTES)
    expect(page.locator("#amount-place")).to_have_text("10,000 amounts")
    assert page.locator("#reader *").count() < 3_000
    # From the last amount of the part to the first of the next one, and back.
    notes = page.locator(NOTES).count()
    last, following = found[notes - 1].mention_id, found[notes].mention_id
    page.locator(f"#{last}").click()
    page.keyboard.press("n")
    expect(page.locator(f"#{following}")).to_be_focused()
    expect(page).to_have_url(re.compile(f"mention={following}$"))
    expect(page.locator(".parts .here").first).to_contain_text(re.compile("^Part 2 of "))
    page.keyboard.press("p")
    expect(page.locator(f"#{last}")).to_be_focused()
    page.go_back()
    expect(page.locator(f"#{following}")).to_be_focused()
    page.get_by_role("link", name="Last").first.click()
    expect(page.locator("#reader")).to_contain_text("$10000 million")
    expect(page).to_have_url(re.compile(r"part=\d+$"))
    page.reload()
    expect(page.locator("#reader")).to_contain_text("$10000 million")


STATES = {
    "plain": DOCUMENT,
    "chosen": f"{DOCUMENT}?mention={IDS[0]}",
    "gone": f"{DOCUMENT}?mention=m_gone",
    "hostile": f"/document/{SECOND.document_id}",
    "unknown facts": f"/document/{THIRD.document_id}",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_no_violation_and_no_sideways_scroll(open_page, address, width, scheme):
    page = open_page(address + DOCUMENT, width=width, scheme=scheme, ready=NOTES)
    for state, path in STATES.items():
        page.goto(address + path)
        page.locator(NOTES).first.wait_for()
        assert violations(page) == [], state
        assert page.evaluate("document.documentElement.scrollWidth") == width, state
    page.evaluate(GO, "/document/d_none")
    page.get_by_role("heading", name="This document is not in the data").wait_for()
    assert violations(page) == []
