"""The served page in Chromium: chart, filters, address, evidence, download."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from io import StringIO

from playwright.sync_api import Page, expect

ROWS = "#grid .ag-center-cols-container .ag-row"
FIGURES = "#figures .ag-center-cols-container .ag-row"
POINTS = "#chart .scatterlayer .point"


def choose(page: Page, name: str, option: str) -> None:
    """Takes an option of a filter."""
    field = page.locator(".filter").filter(has=page.get_by_text(name, exact=True))
    field.locator(".mantine-MultiSelect-input").click()
    page.locator(f"[role=option]:visible:has-text('{option}')").click()
    page.keyboard.press("Escape")


def cells(page: Page, column: str) -> list[str]:
    """The texts of a column of the grid, from the top."""
    rows = sorted(page.locator(ROWS).all(), key=lambda r: int(r.get_attribute("row-index") or 0))
    return [row.locator(f"[col-id={column}]").inner_text() for row in rows]


def test_each_figure_has_one_mark(open_page, address):
    page = open_page(address)
    # Seven mentions in dollars; two of them state the same.
    expect(page.locator(POINTS)).to_have_count(6)
    expect(page.locator("#chart-title")).to_contain_text("6 figures in US dollars")
    expect(page.locator(ROWS)).to_have_count(12)
    expect(page.locator("#count")).to_have_text("12 mentions")
    expect(page.locator("#chart")).to_contain_text("$61.4\u00a0bn, blocked")
    expect(page.locator("#chart")).to_contain_text("almost $45\u00a0bn so far")
    expect(page.locator("#chart-key")).to_contain_text("blocked")
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page).to_have_title("Aid and funding figures")
    expect(page.get_by_role("figure", name=re.compile("6 figures in US dollars"))).to_be_visible()


def test_a_filter_changes_chart_grid_and_address(open_page, address):
    page = open_page(address)
    choose(page, "Donor", "United States (3)")
    expect(page.locator(POINTS)).to_have_count(3)
    expect(page.locator(ROWS)).to_have_count(4)
    expect(page).to_have_url(f"{address}/?donor=USA")
    expect(page.locator("#csv")).to_have_attribute("href", "/mentions.csv?donor=USA")
    expect(page.locator("#extent")).to_have_text("3 of 9 figures match.")
    assert set(cells(page, "donor")) == {"United States"}


def test_reload_and_another_browser_show_the_same_view(open_page, address):
    page = open_page(address)
    choose(page, "Status", "Requested (1)")
    page.get_by_label("Search words").fill("senate")
    expect(page).to_have_url(f"{address}/?status=requested&q=senate")
    page.locator(ROWS).first.click()
    expect(page).to_have_url(re.compile("mention=m_"))
    expect(page.locator("#evidence mark")).to_have_text("USD 61.4 billion")
    page.get_by_text("Table", exact=True).click()
    expect(page).to_have_url(re.compile("show=table"))
    there = page.url
    page.reload()
    for view in (page, open_page(there, ready=FIGURES)):
        expect(view.locator("#evidence mark")).to_have_text("USD 61.4 billion")
        expect(view.locator(FIGURES)).to_have_count(1)
        expect(view.locator("#as-chart")).to_be_hidden()
        expect(view.locator(ROWS)).to_have_count(2)
        expect(view.get_by_label("Search words")).to_have_value("senate")
        expect(view.locator(".mantine-Pill-label")).to_have_text("Requested (1)")
        expect(view).to_have_url(there)


def test_back_and_forward(open_page, address):
    page = open_page(address)
    choose(page, "Donor", "United States")
    expect(page.locator(POINTS)).to_have_count(3)
    choose(page, "Status", "Pledged")
    expect(page.locator(POINTS)).to_have_count(1)
    page.go_back()
    expect(page.locator(POINTS)).to_have_count(3)
    expect(page.locator(ROWS)).to_have_count(4)
    expect(page).to_have_url(f"{address}/?donor=USA")
    page.go_back()
    expect(page.locator(POINTS)).to_have_count(6)
    expect(page.locator(ROWS)).to_have_count(12)
    expect(page.locator(".mantine-Pill-label")).to_have_count(0)
    page.go_forward()
    page.go_forward()
    expect(page.locator(POINTS)).to_have_count(1)
    expect(page.locator(ROWS)).to_have_count(1)
    expect(page).to_have_url(f"{address}/?donor=USA&status=pledged")


def test_clear_all_filters(open_page, address):
    page = open_page(address)
    choose(page, "Donor", "United States")
    expect(page.locator(ROWS)).to_have_count(4)
    page.get_by_role("link", name="Clear all filters").first.click()
    expect(page.locator(ROWS)).to_have_count(12)
    expect(page).to_have_url(f"{address}/")


def test_one_currency_at_a_time(open_page, address):
    page = open_page(address)
    buttons = page.locator("#currencies button")
    expect(buttons).to_have_text(["US Dollar 7", "Euro 2", "British Pound 2", "Swiss Franc 1"])
    expect(buttons.first).to_have_attribute("aria-pressed", "true")
    buttons.filter(has_text="Euro").click()
    expect(page.locator(POINTS)).to_have_count(2)
    expect(page).to_have_url(f"{address}/?currency=EUR")
    expect(page.locator("#currencies button[aria-pressed=true]")).to_have_text("Euro 2")
    expect(page.locator("#chart-title")).to_have_text(
        "Germany to Ukraine: €1.25\u00a0bn approved, €5\u00a0bn to €7\u00a0bn disbursed"
    )


def test_the_table_is_sorted_by_the_server_and_the_address(open_page, address):
    page = open_page(address)
    page.locator(".ag-header-cell[col-id=amount_min]").click()
    page.locator(".ag-header-cell[col-id=amount_min]").click()
    expect(page).to_have_url(f"{address}/?sort=-amount_min")
    expect(page.locator(f"{ROWS}[row-index='2'] [col-id=quote]")).to_have_text("$60bn")
    page.reload()
    expect(page.locator(f"{ROWS}[row-index='2'] [col-id=quote]")).to_have_text("$60bn")
    expect(page).to_have_url(f"{address}/?sort=-amount_min")
    expect(page.locator("#csv")).to_have_attribute("href", "/mentions.csv?sort=-amount_min")


def test_evidence_of_a_row(open_page, address):
    page = open_page(address)
    page.locator(ROWS).filter(has_text="45 billion dollars").click()
    evidence = page.locator("#evidence-panel")
    expect(evidence.locator("mark")).to_have_text("45 billion dollars")
    expect(evidence.locator("u")).to_have_text("has sent")
    expect(evidence.locator("blockquote")).to_contain_text(
        "The US has sent 45 billion dollars so far"
    )
    expect(evidence.locator("blockquote")).to_contain_text("The Senate blocks USD 61.4 billion")
    for fact in ("Daily Example", "7 December 2023", "https://news.example/aid", "first.txt",
                 "United States USA", "Disbursed disbursed", "“has sent” by-hand"):  # fmt: skip
        expect(evidence).to_contain_text(fact)
    evidence.get_by_role("button", name="Close").click()
    expect(evidence).to_be_hidden()
    expect(page).to_have_url(f"{address}/")


def test_what_is_not_known_is_said(open_page, address):
    page = open_page(address)
    page.locator(ROWS).filter(has_text="100 million dollars").click()
    evidence = page.locator("#evidence-panel")
    expect(evidence.locator("mark")).to_have_text("100 million dollars")
    expect(evidence.locator("dl")).to_contain_text("Publishernot known")
    expect(evidence.locator("dl")).to_contain_text("Addressnot known")
    expect(evidence.locator("dl")).to_contain_text("Published2024")
    expect(evidence).to_contain_text(
        "Not said: hold, per, kind of aid, instrument, donor, recipient"
    )


def test_a_mark_leads_to_all_its_mentions(open_page, address):
    page = open_page(address)
    expect(page.locator(POINTS)).to_have_count(6)
    box = page.locator(POINTS).nth(1).bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    evidence = page.locator("#evidence-panel")
    expect(evidence.locator("mark")).to_have_text("USD 61.4 billion")
    expect(evidence).to_contain_text("The same figure, stated 1 more time")
    expect(evidence.locator("cite")).to_have_text("Aid to Ukraine stalls")
    evidence.locator("button", has_text="USD 61.4 billion").click()
    expect(evidence.locator("cite")).to_have_text("<script>alert(1)</script> & aid")


def test_to_the_evidence_with_the_keyboard(open_page, address):
    page = open_page(address)
    expect(page.locator(ROWS)).to_have_count(12)
    page.locator("#csv").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#evidence-title")).to_be_focused()
    quote = cells(page, "quote")[1]
    expect(page.locator("#evidence mark")).to_have_text(quote)
    page.keyboard.press("Escape")
    expect(page.locator("#evidence-panel")).to_be_hidden()
    expect(page.locator(f"{ROWS} .ag-cell:focus")).to_have_count(1)


def test_the_table_twin_leads_to_the_evidence(open_page, address):
    page = open_page(address)
    page.get_by_text("Table", exact=True).click()
    rows = page.locator(FIGURES)
    expect(rows).to_have_count(6)
    expect(rows.nth(1)).to_contain_text("Requested, blocked")
    expect(rows.nth(1)).to_contain_text("60,786,000,000")
    heading = page.locator("#figures .ag-header-cell[col-id=amount]")
    heading.click()
    expect(page.locator("#figures .ag-row[row-index='0']")).to_contain_text("$2.5\u00a0m")
    heading.click()
    expect(page.locator("#figures .ag-row[row-index='0']")).to_contain_text("$61.4\u00a0bn")
    heading.click()
    rows.nth(1).locator("[col-id=amount]").click()
    expect(page.locator("#evidence mark")).to_have_text("USD 61.4 billion")
    page.get_by_role("button", name="Close").click()
    expect(page.locator("#evidence-panel")).to_be_hidden()
    rows.nth(1).locator("[col-id=amount]").click()
    expect(page.locator("#evidence mark")).to_have_text("USD 61.4 billion")
    page.keyboard.press("Enter")
    expect(page.locator("#evidence-title")).to_be_focused()
    expect(page.locator("#evidence mark")).to_have_text("USD 61.4 billion")


def test_the_csv_has_exactly_the_filtered_rows(open_page, address):
    page = open_page(f"{address}/?donor=USA&hold=none&sort=amount_min")
    expect(page.locator(".more-filters")).to_have_attribute("open", "")
    expect(page.locator(ROWS)).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()
    assert download.value.suggested_filename == "mentions.csv"
    text = download.value.path().read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(text.decode("utf-8-sig"))))
    assert [row["quote"] for row in rows] == ["$2.5 million", "45 billion dollars"]
    assert cells(page, "quote") == [row["quote"] for row in rows]


def test_no_match_is_said_kindly(open_page, address):
    page = open_page(address)
    page.get_by_label("Search words").fill("zebra")
    expect(page.get_by_role("heading", name="No mention matches")).to_be_visible()
    expect(page.locator("#found")).to_be_hidden()
    page.get_by_label("Search words").fill("")
    expect(page.locator(ROWS)).to_have_count(12)
    expect(page.locator(POINTS)).to_have_count(6)


def test_an_empty_store_says_what_to_do(open_page, empty_address):
    page = open_page(empty_address, ready="pre")
    expect(page.get_by_role("heading", name="Nothing is stored yet")).to_be_visible()
    expect(page.locator("pre")).to_contain_text("tracker ingest")


def test_an_unreadable_address_is_said(open_page, address):
    page = open_page(f"{address}/?min=lots&status=pledged&mention=m_gone&colour=red")
    expect(page.locator(".warning")).to_contain_text("min: 'lots' is no number")
    expect(page.locator(ROWS)).to_have_count(1)
    expect(page.locator("#evidence-title")).to_have_text("This mention is not in the data")


INGEST = """
import sys
from tracker import extract
from tracker.documents.files import read_bytes
from tracker.store import Store
text = sys.argv[2]
document = read_bytes(text.encode(), "late.txt")
Store(sys.argv[1]).add(document, text.encode(), extract(text))
"""
MARKUP = (
    "<b>Bold</b> <script>document.title = 'taken'</script>\n\n"
    "Norway gave <img src='http://192.0.2.1/x.png' onerror='alert(1)'> $85 million to Ukraine.\n"
)


def test_what_another_process_stores_is_there_after_a_reload(open_page, address, sample_store):
    page = open_page(address)
    expect(page.locator(ROWS)).to_have_count(12)
    subprocess.run([sys.executable, "-c", INGEST, sample_store.path, MARKUP], check=True)
    page.reload()
    expect(page.locator(ROWS)).to_have_count(13)
    expect(page.locator(POINTS)).to_have_count(7)
    # The new document is full of markup: it is shown as the text that it is.
    page.locator(ROWS).filter(has_text="$85 million").click()
    evidence = page.locator("#evidence-panel")
    expect(evidence.locator("mark")).to_have_text("$85 million")
    expect(evidence.locator("blockquote")).to_contain_text("<img src='http://192.0.2.1/x.png'")
    expect(evidence.locator("cite")).to_contain_text("<b>Bold</b> <script>")
    assert evidence.locator("img, b, script").count() == 0
    expect(page).to_have_title("Aid and funding figures")


def test_rows_come_block_by_block(open_page, filled_address):
    page = open_page(filled_address)
    expect(page.locator("#count")).to_have_text("260 mentions")
    last = page.locator(f"{ROWS}[row-index='259'] [col-id=title]")
    assert last.count() == 0
    for _ in range(3):
        page.locator("#grid .ag-body-viewport").evaluate("e => e.scrollTop = e.scrollHeight")
        page.wait_for_timeout(300)
    expect(last).to_have_text(re.compile("Story "))
    choose(page, "Status", "Pledged")
    expect(page.locator("#count")).to_have_text("52 mentions")
    expect(page.locator(f"{ROWS}[row-index='0'] [col-id=status]")).to_have_text("Pledged")


def test_the_seed_article(open_page, seed_address):
    page = open_page(seed_address)
    expect(page.locator(POINTS)).to_have_count(3)
    expect(page.locator("#chart-title")).to_have_text(
        "United States to Ukraine: $61.4\u00a0bn requested but blocked, "
        "almost $45\u00a0bn disbursed so far, $22.9\u00a0bn disbursed"
    )
    expect(page.locator(ROWS)).to_have_count(3)
    page.locator(ROWS).filter(has_text="USD 61.4 billion").click()
    evidence = page.locator("#evidence-panel")
    expect(evidence.locator("mark")).to_have_text("USD 61.4 billion")
    expect(evidence.locator("u")).to_have_text(["continues to block", "has requested"])
    expect(evidence.locator("figcaption")).to_contain_text("Publisher not known, date not known")
    expect(evidence).to_contain_text("000_41fcffd24eca9f59.txt")
