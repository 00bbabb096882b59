"""What holds on every page: an address is a view, and what documents say is text."""

from __future__ import annotations

import pytest
from conftest import served
from playwright.sync_api import Page
from samples import FIRST, GIVEN, make_document, make_mention

from tracker.store import Store

MENTION = GIVEN[FIRST.document_id][0].mention_id
FIGURE = f"f_{MENTION[2:]}"
ADDRESSES = {
    f"/?donor=USA&ladder=table&figure={FIGURE}": "#ladder-panel .ag-row",
    f"/figures?recipient=UKR&sort=-amount&figure={FIGURE}": ".grid .ag-row",
    f"/figure/{FIGURE}": "#evidence-title",
    "/documents?donor=USA&sort=title": ".documents tbody tr",
    f"/document/{FIRST.document_id}?mention={MENTION}": ".margin-note",
    "/check?q=The US has given Ukraine $61.4 billion": ".answer",
    "/method": "#limits",
    "/add": "main form, main textarea",
    f"/review?donor=USA&mention={MENTION}": "#review-confirm",
}
"""By address of a view, what shows that it is there."""


def _seen(page: Page, ready: str) -> str:
    """What a page says when it is all there."""
    page.locator(ready).first.wait_for()
    before, now = "", "Drawing"
    while now != before or "Drawing" in now:  # grids place their rows after the last answer
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(400)
        before, now = now, page.locator("main").inner_text()
    return now.replace("Loading...\n", "")  # a grid says so to screen readers for a while longer


@pytest.mark.parametrize(("path", "ready"), ADDRESSES.items(), ids=range(len(ADDRESSES)))
def test_an_address_is_a_view(open_page, work_address, path, ready):
    page = open_page(work_address + path, ready=ready)
    first = _seen(page, ready)
    assert len(first) > 100
    there = page.url
    page.reload()
    assert _seen(page, ready) == first
    elsewhere = "Documents" if path.startswith("/method") else "Method"
    page.locator("#pages").get_by_role("link", name=elsewhere).click()
    page.locator("#limits, .documents").first.wait_for()
    page.go_back()
    assert (_seen(page, ready), page.url) == (first, there)
    page.go_forward()
    page.locator("#limits, .documents").first.wait_for()
    page.go_back()
    assert _seen(page, ready) == first
    assert _seen(open_page(there, ready=ready), ready) == first


TITLE = "<img src=x onerror='window.evil=1'>"
LINE = "<b>Kenya</b> <script>window.evil=2</script> received $5 million from Norway in aid."


@pytest.fixture
def hostile(tmp_path) -> Store:
    """A document whose title, publisher, text and names are markup."""
    document = make_document(LINE + "\n", title=TITLE, publisher="<i>Press</i>", language="en")
    mention = make_mention(
        document, "$5 million", 5e6, status="disbursed", recipient="<u>Kenya</u>", donor="NOR",
        attributed_to="<script>window.evil=3</script>",
    )  # fmt: skip
    store = Store(tmp_path / "hostile")
    store.add(document, document.text.encode(), [mention])
    return store


def test_what_documents_say_is_text(open_page, servers, hostile):
    address = servers.enter_context(served(hostile.path, allow_adding=True, allow_review=True))
    mention = hostile.mentions()["mention_id"][0]
    document = hostile.table("documents", ["document_id"])["document_id"][0].as_py()
    figure = f"f_{mention[2:]}"
    said = "<b>Kenya</b> <script>window.evil=2</script>"
    pages = {
        f"/?figure={figure}": ("#evidence mark", said),
        f"/figures?figure={figure}": ("#evidence mark", said),
        f"/figure/{figure}": ("blockquote", said),
        "/documents": (".documents tbody tr", TITLE),
        f"/document/{document}": (".margin-note", said),
        "/check?q=$5 million": (".answer", said),
        "/method": ("#limits", "<i>Press</i>"),
        f"/review?mention={mention}": ("#review-confirm", said),
    }
    page = open_page(address, ready="#ladder-panel")
    for path, (ready, words) in pages.items():
        page.goto(address + path)
        seen = _seen(page, ready)
        assert words in " ".join(seen.split()), path
        made = page.locator("main").locator("b:not([class]), i:not([class]), u:not([class]), img")
        assert [text for text in made.all_inner_texts() if "Kenya" in text or "Press" in text] == []
        assert page.locator("main script").count() == 0
        assert page.evaluate("window.evil") is None, path
