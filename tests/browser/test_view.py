"""The served pages in Chromium: charts, figures, filters, address, evidence, downloads."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from io import StringIO

import pytest
from playwright.sync_api import Page, expect

ROWS = ".grid .ag-center-cols-container .ag-row"
POINTS = "#ladder-figure .scatterlayer .point"
TABLE = "#ladder-panel .ag-center-cols-container .ag-row"
LADDER_TAB = "#ladder-panel .mantine-SegmentedControl-label"


def choose(page: Page, name: str, option: str) -> None:
    """Takes an option of a filter."""
    field = page.locator(".filter").filter(has=page.get_by_text(name, exact=True))
    field.locator(".mantine-MultiSelect-input, .mantine-Select-input").click()
    page.locator(f"[role=option]:visible:has-text('{option}')").first.click()
    page.keyboard.press("Escape")


def cells(page: Page, column: str) -> list[str]:
    """The texts of a column of the grid that has no empty ones, from the top."""
    rows = sorted(page.locator(ROWS).all(), key=lambda r: int(r.get_attribute("row-index") or 0))
    found = [row.locator(f"[col-id={column}]") for row in rows]
    for cell in found:
        expect(cell).not_to_be_empty()  # a row is there before its texts are
    return [cell.inner_text() for cell in found]


def click_mark(page: Page, chart: str, index: int) -> None:
    """Clicks a mark of a chart in its middle."""
    point = page.locator(f"#{chart}-figure .scatterlayer .point").nth(index)
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_each_figure_has_one_mark(open_page, address):
    page = open_page(address)
    # Seven mentions in dollars; two of them state the same.
    expect(page.locator(POINTS)).to_have_count(6)
    expect(page.locator("#ladder-headline")).to_contain_text("6 figures in US dollars")
    expect(page.locator("#extent")).to_have_text("9 figures.")
    expect(page.locator("#ladder-figure")).to_contain_text("$61.4\u00a0bn, blocked")
    expect(page.locator("#ladder-figure")).to_contain_text("almost $45\u00a0bn so far")
    expect(page.locator("#ladder-key")).to_contain_text("blocked")
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page).to_have_title("Aid and funding figures")
    expect(page.get_by_role("figure", name=re.compile("6 figures in US dollars"))).to_be_visible()


def test_a_filter_changes_charts_and_address_and_is_carried_to_the_figures(open_page, address):
    page = open_page(address)
    choose(page, "Donor", "United States (3)")
    expect(page.locator(POINTS)).to_have_count(3)
    expect(page).to_have_url(f"{address}/?donor=USA")
    expect(page.locator("#extent")).to_have_text("3 of 9 figures match.")
    page.get_by_role("link", name="Figures", exact=True).click()
    expect(page).to_have_url(f"{address}/figures?donor=USA")
    expect(page.locator(ROWS)).to_have_count(3)
    expect(page.locator("#pages [aria-current]")).to_have_text("Figures")
    expect(page.locator("#csv")).to_have_attribute("href", "/figures.csv?donor=USA")
    assert set(cells(page, "donor")) == {"United States"}
    page.go_back()
    expect(page.locator(POINTS)).to_have_count(3)
    expect(page).to_have_url(f"{address}/?donor=USA")
    page.reload()
    expect(page.locator(POINTS)).to_have_count(3)


def test_back_and_forward(open_page, address):
    page = open_page(address)
    choose(page, "Donor", "United States")
    expect(page.locator(POINTS)).to_have_count(3)
    choose(page, "Status", "Pledged")
    expect(page.locator(POINTS)).to_have_count(1)
    page.go_back()
    expect(page.locator(POINTS)).to_have_count(3)
    expect(page).to_have_url(f"{address}/?donor=USA")
    page.go_back()
    expect(page.locator(POINTS)).to_have_count(6)
    expect(page.locator(".mantine-Pill-label")).to_have_count(0)
    page.go_forward()
    page.go_forward()
    expect(page.locator(POINTS)).to_have_count(1)
    expect(page).to_have_url(f"{address}/?donor=USA&status=pledged")
    page.get_by_role("link", name="Clear all filters").click()
    expect(page.locator(POINTS)).to_have_count(6)
    expect(page).to_have_url(f"{address}/")


def test_reload_and_another_browser_show_the_same_overview(open_page, address):
    page = open_page(address)
    choose(page, "Status", "Requested (1)")
    page.get_by_label("Search words").fill("senate")
    expect(page).to_have_url(f"{address}/?status=requested&q=senate")
    expect(page.locator(POINTS)).to_have_count(1)
    click_mark(page, "ladder", 0)
    expect(page.locator("#evidence mark")).to_have_text(["USD 61.4 billion"] * 2)
    page.locator(LADDER_TAB, has_text="Table").click()
    expect(page).to_have_url(re.compile("ladder=table"))
    there = page.url
    page.reload()
    for view in (page, open_page(there, ready=TABLE)):
        expect(view.locator("#evidence mark")).to_have_text(["USD 61.4 billion"] * 2)
        expect(view.locator(TABLE)).to_have_count(1)
        expect(view.locator("#ladder-figure")).to_be_hidden()
        expect(view.get_by_label("Search words")).to_have_value("senate")
        expect(view.locator(".mantine-Pill-label")).to_have_text("Requested (1)")
        expect(view).to_have_url(there)


def test_reload_and_another_browser_show_the_same_figures(open_page, address):
    page = open_page(f"{address}/figures", ready=ROWS)
    page.locator(".ag-header-cell[col-id=amount]").click()
    page.locator(".ag-header-cell[col-id=amount]").click()
    expect(page).to_have_url(f"{address}/figures?sort=-amount")
    page.get_by_label("Amount, in any currency").fill("about 60 bn")
    expect(page.locator(ROWS)).to_have_count(2)
    page.locator("summary", has_text="Choose columns").click()
    page.locator(".chooser").get_by_label("Kind of aid").uncheck()
    expect(page.locator(".ag-header-cell[col-id=aid_type]")).to_have_count(0)
    page.locator(ROWS).first.locator("[col-id=amount]").click()
    expect(page.locator("#evidence mark").first).to_have_text("USD 61.4 billion")
    expect(page).to_have_url(re.compile("figure=f_"))
    there = page.url
    page.reload()
    for view in (page, open_page(there, ready=ROWS)):
        expect(view.locator("#evidence mark").first).to_have_text("USD 61.4 billion")
        expect(view.locator(ROWS)).to_have_count(2)
        expect(view.locator(".ag-header-cell[col-id=aid_type]")).to_have_count(0)
        expect(view.locator(f"{ROWS}[row-index='0'] [col-id=quote]")).to_have_text(
            "USD 61.4 billion"
        )
        expect(view).to_have_url(there)


def test_one_currency_at_a_time_or_all_converted(open_page, address):
    page = open_page(address)
    buttons = page.locator("#currencies button")
    expect(buttons).to_have_text(["US Dollar 6", "Euro 2", "British Pound 1"])
    expect(buttons.first).to_have_attribute("aria-pressed", "true")
    buttons.filter(has_text="Euro").click()
    expect(page.locator(POINTS)).to_have_count(2)
    expect(page).to_have_url(f"{address}/?currency=EUR")
    expect(page.locator("#ladder-headline")).to_have_text(
        "Germany to Ukraine: €1.25\u00a0bn approved, €5\u00a0bn to €7\u00a0bn disbursed"
    )
    choose(page, "Show amounts", "In US dollars")
    expect(page).to_have_url(f"{address}/?currency=EUR&convert=USD")
    expect(page.locator("#ladder-notes")).to_contain_text("(2023-12-07 to 2023-12-07)")
    expect(page.locator("#ladder-headline")).to_contain_text("$1.3")


def test_one_stage_at_a_time(open_page, address):
    page = open_page(address)
    stages = page.locator("#stages")
    stages.get_by_role("button", name="Disbursed").click()
    expect(page).to_have_url(f"{address}/?stage=disbursed")
    for chart in ("time", "donors"):
        expect(page.locator(f"#{chart}-headline")).to_contain_text("disbursed")
    page.reload()
    expect(stages.locator("[aria-pressed=true]")).to_have_text("Disbursed 1")
    page.go_back()
    expect(page).to_have_url(f"{address}/")


def test_a_mark_leads_to_its_figure_and_on_to_its_page(open_page, address):
    page = open_page(address)
    expect(page.locator(POINTS)).to_have_count(6)
    click_mark(page, "ladder", 1)
    evidence = page.locator("#evidence-panel")
    expect(evidence.locator("mark")).to_have_text(["USD 61.4 billion"] * 2)
    expect(evidence).to_contain_text("Stated 2 times in 2 documents")
    expect(evidence.locator("cite").last).to_have_text("<script>alert(1)</script> & aid")
    evidence.get_by_role("link", name="Source, tags").click()
    expect(page).to_have_url(re.compile("/figure/f_"))
    expect(page.get_by_role("heading", name="What states it: 2 mentions")).to_be_visible()
    expect(page).to_have_title("$61.4 bn Requested, blocked · Aid and funding figures")
    page.reload()
    expect(page.get_by_role("heading", name="What states it: 2 mentions")).to_be_visible()
    page.go_back()
    expect(page.locator(POINTS)).to_have_count(6)
    expect(evidence.locator("mark")).to_have_text(["USD 61.4 billion"] * 2)
    evidence.get_by_role("button", name="Close").click()
    expect(evidence).to_be_hidden()
    expect(page).to_have_url(f"{address}/")


def test_a_figure_says_what_is_known_and_what_is_not(open_page, address):
    page = open_page(f"{address}/figures?q=100+million", ready=ROWS)
    row = page.locator(ROWS).filter(has_text="100 million dollars")
    row.locator("[col-id=amount]").click()
    page.get_by_role("link", name="Source, tags").click()
    page.locator("summary", has_text="What was read").click()
    statement = page.locator(".statement")
    expect(statement.locator("mark")).to_have_text("100 million dollars")
    expect(statement.locator("dl")).to_contain_text("Publishernot known")
    expect(statement.locator("dl")).to_contain_text("Published2024")
    expect(statement).to_contain_text("Not said: hold, per, kind of aid, instrument")
    expect(statement).to_contain_text("“committed” by-hand")
    expect(statement).to_contain_text("read by en-")


def test_links_citations_and_facts_are_copied(open_page, address):
    page = open_page(f"{address}/figures?q=61.4+billion", ready=ROWS)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.locator(ROWS).first.locator("[col-id=amount]").click()
    page.get_by_role("link", name="Source, tags").click()
    page.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_role("button", name="Citation copied")).to_be_visible()
    said = page.evaluate("navigator.clipboard.readText()")
    assert said.startswith("“USD 61.4 billion”, Daily Example, “Aid to Ukraine stalls”, 7 December")
    page.get_by_role("button", name="Copy the facts").click()
    expect(page.get_by_role("button", name="Facts copied")).to_be_visible()
    assert "What is wrong" in page.evaluate("navigator.clipboard.readText()")


def test_to_the_evidence_with_the_keyboard(open_page, address):
    page = open_page(f"{address}/figures", ready=ROWS)
    expect(page.locator(ROWS)).to_have_count(9)
    page.locator("summary", has_text="Choose columns").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#evidence-title")).to_be_focused()
    quote = cells(page, "quote")[1]
    expect(page.locator("#evidence mark").first).to_have_text(quote)
    page.keyboard.press("Escape")
    expect(page.locator("#evidence-panel")).to_be_hidden()
    expect(page.locator(f"{ROWS} .ag-cell:focus")).to_have_count(1)


def test_the_overview_by_keyboard_alone(open_page, address):
    page = open_page(address)
    page.locator("#ladder-panel .mantine-SegmentedControl-control input").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("ladder=table"))
    rows = page.locator(TABLE)
    expect(rows).to_have_count(6)
    rows.nth(1).locator(".ag-cell").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#evidence-title")).to_be_focused()
    expect(page.locator("#evidence mark").first).to_have_text("USD 61.4 billion")
    page.keyboard.press("Escape")
    expect(page.locator("#evidence-panel")).to_be_hidden()
    page.locator("#stages button", has_text="Disbursed").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("stage=disbursed"))


def test_the_table_twin_is_sorted_by_number(open_page, address):
    page = open_page(f"{address}/?ladder=table", ready=TABLE)
    expect(page.locator(TABLE).nth(1)).to_contain_text("60,786,000,000")
    heading = page.locator("#ladder-panel .ag-header-cell[col-id=low]")
    heading.click()
    first = page.locator("#ladder-panel .ag-row[row-index='0']")
    expect(first).to_contain_text("$2.5\u00a0m")
    heading.click()
    expect(first).to_contain_text("$61.4\u00a0bn")


def test_the_csv_has_exactly_the_filtered_rows(open_page, address):
    page = open_page(f"{address}/figures?donor=USA&hold=none&sort=amount", ready=ROWS)
    expect(page.locator(".more-filters")).to_have_attribute("open", "")
    expect(page.locator(ROWS)).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()
    assert download.value.suggested_filename.startswith("tracker-figures_")
    text = download.value.path().read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(text.decode("utf-8-sig"))))
    assert [row["quote"] for row in rows] == ["$2.5 million", "45 billion dollars"]
    assert cells(page, "quote") == [row["quote"] for row in rows]


@pytest.mark.parametrize("name", ["ladder", "time", "donors", "kinds", "ranges"])
def test_a_chart_is_downloaded_in_every_form(open_page, address, name):
    page = open_page(f"{address}/?stage=disbursed")
    panel = page.locator(f"#{name}-panel")
    expect(page.locator(f"#{name}-headline")).not_to_have_text("Drawing the chart")
    for words, begin in (
        ("Picture (PNG)", b"\x89PNG"), ("Vector picture (SVG)", b"<svg"),
        ("Data of this chart (CSV)", b"\xef\xbb\xbf"),
        ("Page with table and sources (HTML)", b"<!DOCTYPE html>"),
    ):  # fmt: skip
        if panel.locator("details.downloads[open]").count() == 0:
            panel.locator("summary").click()
        with page.expect_download() as download:
            panel.get_by_text(words, exact=True).click()
        assert download.value.path().read_bytes().startswith(begin), words


def test_a_chart_in_a_file_needs_nothing_else(open_page, address, tmp_path):
    page = open_page(address)
    page.locator("#ladder-panel summary").click()
    with page.expect_download() as download:
        page.locator("#ladder-panel").get_by_text("Page with table", exact=False).click()
    file = tmp_path / "chart.html"
    download.value.save_as(file)
    alone = page.context.new_page()
    alone.goto(file.as_uri())
    expect(alone.locator(".scatterlayer .point")).to_have_count(6)
    expect(alone.locator("tbody tr")).to_have_count(6)
    expect(alone.locator("h1")).to_contain_text("6 figures in US dollars")
    expect(alone.locator("ol li").first).to_contain_text("about 9.3 billion dollars")
    expect(alone.locator("ol")).to_contain_text("<script>alert(1)</script> & aid")
    assert alone.locator("ol script").count() == 0


def test_no_match_is_said_kindly(open_page, address):
    page = open_page(address)
    page.get_by_label("Search words").fill("zebra")
    expect(page.get_by_role("heading", name="No figure matches")).to_be_visible()
    expect(page.locator("#charts")).to_be_hidden()
    page.get_by_label("Search words").fill("")
    expect(page.locator(POINTS)).to_have_count(6)
    page.goto(f"{address}/figures?about=5+trillion")
    expect(page.get_by_role("heading", name="No figure matches")).to_be_visible()
    page.get_by_label("Amount, in any currency").fill("61 bn")
    expect(page.locator(ROWS)).to_have_count(1)
    page.get_by_label("Amount, in any currency").fill("many")
    expect(page.get_by_text("No amount: try 61 bn")).to_be_visible()


def test_an_empty_store_says_what_to_do(open_page, empty_address):
    page = open_page(empty_address, ready="pre")
    expect(page.get_by_role("heading", name="Nothing is stored yet")).to_be_visible()
    expect(page.locator("pre").first).to_contain_text("tracker ingest")


def test_an_unreadable_address_is_said(open_page, address):
    page = open_page(f"{address}/figures?min=lots&status=pledged&figure=f_gone&colour=red",
                     ready=ROWS, refused="404 (NOT FOUND)")  # fmt: skip
    expect(page.locator(".warning")).to_contain_text("min: 'lots' is no number")
    expect(page.locator(ROWS)).to_have_count(1)
    expect(page.locator("#evidence-title")).to_have_text("This figure is not in the data")
    page.goto(f"{address}/figure/f_gone")
    expect(page.get_by_role("heading", name="This figure is not in the data")).to_be_visible()


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
    page = open_page(f"{address}/figures", ready=ROWS)
    expect(page.locator(ROWS)).to_have_count(9)
    subprocess.run([sys.executable, "-c", INGEST, sample_store.path, MARKUP], check=True)
    page.reload()
    expect(page.locator(ROWS)).to_have_count(10)
    # The new document is full of markup: it is shown as the text that it is.
    page.locator(ROWS).filter(has_text="$85 million").locator("[col-id=amount]").click()
    evidence = page.locator("#evidence-panel")
    expect(evidence.locator("mark")).to_have_text("$85 million")
    page.get_by_role("link", name="Source, tags").click()
    for place in (page.locator(".statement"),):
        expect(place.locator("blockquote")).to_contain_text("<img src='http://192.0.2.1/x.png'")
        expect(place.locator("cite")).to_contain_text("<b>Bold</b> <script>")
        assert place.locator("img, b, script").count() == 0
    expect(page).to_have_title("more than $85 m Disbursed · Aid and funding figures")


def test_rows_come_block_by_block(open_page, filled_address):
    page = open_page(f"{filled_address}/figures", ready=ROWS)
    expect(page.locator("#count")).to_have_text(re.compile(r"\d+ figures"))
    number = int(page.locator("#count").inner_text().split()[0])
    last = page.locator(f"{ROWS}[row-index='{number - 1}'] [col-id=quote]")
    assert last.count() == 0
    for _ in range(3):
        page.locator(".grid .ag-body-viewport").evaluate("e => e.scrollTop = e.scrollHeight")
        page.wait_for_timeout(300)
    expect(last).to_have_text(re.compile("million"))
    choose(page, "Status", "Pledged")
    expect(page.locator(f"{ROWS}[row-index='0'] [col-id=status]")).to_have_text("Pledged")


def test_the_seed_article(open_page, seed_address):
    page = open_page(seed_address)
    expect(page.locator(POINTS)).to_have_count(3)
    expect(page.locator("#ladder-headline")).to_have_text(
        "United States to Ukraine: $61.4\u00a0bn requested but blocked, "
        "almost $45\u00a0bn disbursed so far, $22.9\u00a0bn disbursed"
    )
    click_mark(page, "ladder", 0)
    evidence = page.locator("#evidence-panel")
    expect(evidence.locator("mark")).to_have_text("USD 61.4 billion")
    expect(evidence.locator("u")).to_have_text(["continues to block", "has requested"])
    expect(evidence.locator("figcaption")).to_contain_text("Publisher not known, date not known")
