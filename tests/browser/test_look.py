"""Accessibility and layout of overview, figures and figure in both schemes and on a phone."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

ROWS = ".grid .ag-center-cols-container .ag-row"
TABLE = "#ladder-panel .ag-center-cols-container .ag-row"


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """What axe-core finds: the rule and the elements."""
    found = Axe().run(page).response["violations"]
    return [(v["id"], [node["html"][:200] for node in v["nodes"]]) for v in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_no_violation(open_page, address, scheme, width):
    page = open_page(f"{address}/?convert=USD&stage=disbursed", width=width, scheme=scheme)
    expect(page.locator("#kinds-headline")).to_contain_text("disbursed")
    page.wait_for_timeout(400)
    assert violations(page) == []
    page.goto(f"{address}/?ladder=table&time=how&donor=USA")
    expect(page.locator(TABLE)).to_have_count(3)
    page.locator("#ladder-panel summary").click()
    assert violations(page) == []
    page.goto(f"{address}/figures?about=61+bn")
    expect(page.locator(ROWS)).to_have_count(2)
    page.locator("summary", has_text="Choose columns").click()
    assert violations(page) == []
    page.locator(ROWS).first.locator("[col-id=amount]").click()
    expect(page.locator("#evidence mark").first).to_be_visible()
    page.wait_for_timeout(400)
    assert violations(page) == []
    page.get_by_role("link", name="Source, tags").click()
    page.locator("summary", has_text="What was read").first.click()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation_where_nothing_is_found(open_page, address, scheme):
    page = open_page(
        f"{address}/?q=zebra", scheme=scheme, ready="#charts-none h2", refused="404 (NOT FOUND)"
    )
    assert violations(page) == []
    page.goto(f"{address}/figures?about=many")
    expect(page.get_by_text("No amount: try 61 bn")).to_be_visible()
    assert violations(page) == []
    page.goto(f"{address}/figure/f_gone")
    expect(page.get_by_role("heading", name="not in the data")).to_be_visible()
    assert violations(page) == []


def test_no_violation_with_an_empty_store(open_page, empty_address):
    assert violations(open_page(empty_address, ready="pre")) == []


@pytest.mark.parametrize("path", ["/", "/?ladder=table&donor=USA", "/?q=zebra", "/figures"])
def test_a_phone_is_not_scrolled_sideways(open_page, address, path):
    page = open_page(address + path, width=390, ready="#content h2:visible")
    page.wait_for_timeout(1500)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    if path == "/figures":
        page.locator(ROWS).first.locator("[col-id=amount]").click()
        page.get_by_role("link", name="Source, tags").click()
        expect(page.locator(".statement").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("width", [1400, 390])
def test_names_of_chosen_filters_are_not_cut(open_page, address, width):
    page = open_page(f"{address}/?donor=USA&donor=GBR&status=unspecified&status=requested", width,
                     ready=".mantine-Pill-label")  # fmt: skip
    expect(page.locator(".mantine-Pill-label")).to_have_count(4)
    cut = "labels => labels.filter(e => e.scrollWidth > e.clientWidth).map(e => e.textContent)"
    assert page.locator(".mantine-Pill-label").evaluate_all(cut) == []


def test_texts_of_the_ladder_stay_inside_and_apart(open_page, address):
    for width in (1400, 390):
        page = open_page(address, width=width)
        page.wait_for_timeout(500)
        place = page.locator("#ladder-figure").bounding_box()
        texts = page.locator("#ladder-figure .textpoint text")
        expect(texts).to_have_count(6)
        boxes = [text.bounding_box() for text in texts.all()]
        for box in boxes:
            assert place["x"] <= box["x"]
            assert box["x"] + box["width"] <= place["x"] + place["width"] + 1
        for i, one in enumerate(boxes):
            for other in boxes[i + 1 :]:
                apart = (
                    one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
                    or abs(one["y"] - other["y"]) > 10
                )  # fmt: skip
                assert apart, (width, one, other)


def test_the_scheme_is_switched_and_kept(open_page, address):
    page = open_page(address)
    html = page.locator("html")
    expect(html).to_have_attribute("data-mantine-color-scheme", "light")
    page.locator("#scheme").click()
    expect(html).to_have_attribute("data-mantine-color-scheme", "dark")
    expect(page.locator("#ladder-figure .xtick text").first).to_have_attribute(
        "style", re.compile(r"rgb\(169, 173, 176\)")
    )
    page.reload()
    expect(html).to_have_attribute("data-mantine-color-scheme", "dark")
