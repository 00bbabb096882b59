"""Adding documents in Chromium: reading, looking, storing, throwing away."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from test_look import violations

STORY = "Aid for Ukraine\n\nNorway gave $85 million to Ukraine. Sweden pledged €20 million.\n"
MARKUP = (
    "<b>Bold</b> <script>document.title = 'taken'</script>\n\n"
    "Norway gave <img src='http://192.0.2.1/x.png' onerror='alert(1)'> $85 million to Ukraine.\n"
)
READY = "#add-files"
REFUSED = "the server responded with a status of 400"
LONG = {"timeout": 60_000}
"""A reading starts a process of its own."""


@pytest.fixture(autouse=True)
def _patience():
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


def read(page: Page, text: str = STORY) -> None:
    page.get_by_label("Paste a text").fill(text)
    page.get_by_role("button", name="Read it").click()


def found(page: Page) -> None:
    page.locator("#add-discard:text('Discard')").wait_for(**LONG)


def test_a_text_is_read_looked_at_and_stored(open_page, work_address, sample_store):
    other = open_page(work_address)
    expect(other.locator("#extent")).to_contain_text("9 figures")
    page = open_page(f"{work_address}/add", ready=READY)
    version = sample_store.version
    page.get_by_label("Publisher").fill("Daily Example")
    page.get_by_label("Published").fill("2024-02")
    read(page)
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/add\?job=j_[0-9a-f]{16}$"))
    found(page)
    expect(page.locator("#add-title")).to_have_text("2 amounts found in 1 document, not stored yet")
    amounts = page.locator(".amounts li")
    expect(amounts).to_have_count(2)
    expect(amounts.first).to_contain_text("$85\u00a0m")
    expect(amounts.first).to_contain_text("Disbursed")
    expect(amounts.first.locator("mark")).to_have_text("$85 million")
    expect(amounts.first.locator("u")).to_have_text("gave")
    expect(page.locator("tbody")).to_contain_text("Daily ExampleFeb 20242")
    page.get_by_text("The document as read").click()
    expect(page.locator(".as-read")).to_contain_text("Norway gave $85 million to Ukraine.")
    assert sample_store.version == version
    page.reload()  # the reading is kept in the address
    found(page)
    page.get_by_role("button", name="Store").click()
    expect(page.get_by_role("heading", name="Stored", exact=True)).to_be_visible()
    expect(page.locator("#add-came-to")).to_have_text("1 document: new")
    assert sample_store.version == version + 1
    # What one person adds, another's open page shows after a reload.
    other.reload()
    expect(other.locator("#extent")).to_contain_text("11 figures")
    expect(page.get_by_role("link", name="Aid for Ukraine")).to_have_attribute(
        "href", re.compile("^/document/d_[0-9a-f]{16}$")
    )
    page.get_by_role("link", name="Add more").click()
    read(page)
    found(page)
    expect(page.locator(".told")).to_contain_text("Stored already")


def test_files_with_the_keyboard(open_page, work_address, sample_store):
    page = open_page(f"{work_address}/add", ready=READY)
    page.locator(READY).set_input_files([
        {"name": "a.txt", "mimeType": "", "buffer": STORY.encode()},
        {"name": "b.pdf", "mimeType": "", "buffer": b"no PDF"},
    ])  # fmt: skip
    page.locator(READY).focus()
    for _ in range(5):
        page.keyboard.press("Tab")
    expect(page.locator("#add-read")).to_be_focused()
    page.keyboard.press("Enter")
    found(page)
    expect(page.locator(".told")).to_contain_text("b.pdf: is no PDF by its content")
    expect(page.locator("#add-title")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#add-store")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Stored", exact=True)).to_be_visible()
    expect(page.locator("#add-came-to")).to_have_text("1 document: new")
    assert "a.txt" in sample_store.documents()["file_name"].tolist()


def test_what_is_cancelled_or_discarded_is_not_stored(open_page, work_address, sample_store):
    version = sample_store.version
    page = open_page(f"{work_address}/add", ready=READY)
    long = {"name": "long.txt", "mimeType": "", "buffer": STORY.encode() * 50_000}
    page.locator(READY).set_input_files(long)
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("heading", name="Thrown away")).to_be_visible()
    page.get_by_role("link", name="Add a document").click()
    read(page)
    found(page)
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_role("heading", name="Thrown away")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Thrown away")).to_be_visible()
    assert sample_store.version == version
    page.goto(f"{work_address}/add?job=j_gone")
    expect(page.get_by_role("heading", name="This reading is gone")).to_be_visible()


def test_what_cannot_be_read_is_said_and_nothing_is_lost(open_page, work_address):
    page = open_page(f"{work_address}/add", ready=READY, refused=REFUSED)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("alert")).to_have_text("paste a text or choose files\n")
    page.get_by_label("Published").fill("soon")
    read(page)
    expect(page.get_by_role("alert")).to_contain_text("published: 'soon' is no date")
    expect(page.get_by_label("Paste a text")).to_have_value(STORY)
    page.locator("#add-form").evaluate("form => form.dataset.most = '3'")
    page.locator(READY).set_input_files({"name": "a.txt", "mimeType": "", "buffer": b"12345"})
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("alert")).to_contain_text("not read: add the files one by one")


def test_markup_is_shown_as_text(open_page, work_address):
    page = open_page(f"{work_address}/add", ready=READY)
    read(page, MARKUP)
    found(page)
    expect(page.locator("blockquote")).to_contain_text("<img src='http://192.0.2.1/x.png'")
    expect(page.locator("tbody")).to_contain_text("<b>Bold</b> <script>")
    assert page.locator("#content").locator("img, b, script").count() == 0
    expect(page).to_have_title("Add documents")


def test_it_is_absent_where_it_is_not_allowed(open_page, address):
    page = open_page(address)
    expect(page.locator("#pages")).to_contain_text("Overview")
    assert page.locator("#pages a[href^='/add'], #pages a[href^='/review']").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_no_violation(open_page, work_address, scheme, width):
    page = open_page(
        f"{work_address}/add", width=width, scheme=scheme, ready=READY, refused=REFUSED
    )
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("alert").wait_for()
    assert violations(page) == []
    read(page)
    page.get_by_role("progressbar").wait_for()
    assert violations(page) == []
    found(page)
    page.get_by_text("The document as read").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_role("button", name="Discard").click()
    page.get_by_role("heading", name="Thrown away").wait_for()
    assert violations(page) == []
