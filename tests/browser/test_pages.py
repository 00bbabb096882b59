"""The page on the method, the empty pages and the banner of sample data, in Chromium."""

from __future__ import annotations

import re

import pytest
from conftest import served
from demo import make_demo
from playwright.sync_api import expect
from test_look import violations

LOOKS = [(width, scheme) for width in (1400, 390) for scheme in ("light", "dark")]


def test_from_a_publisher_to_its_documents_and_back(open_page, address):
    page = open_page(f"{address}/method", ready="#limits")
    page.get_by_role("link", name="Bank, Press & Co").click()
    expect(page.locator(".documents tbody tr")).to_have_count(1)
    expect(page.locator(".mantine-Pill-label")).to_have_text(re.compile("^Bank, Press & Co"))
    page.go_back()
    expect(page.get_by_role("heading", name="How these figures are made")).to_be_visible()
    page.get_by_role("link", name="How well it reads").click()
    expect(page).to_have_url(f"{address}/method#scores")
    expect(page.locator("#scores")).to_be_in_viewport()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_no_violation_on_the_method(open_page, address, width, scheme):
    page = open_page(f"{address}/method", width=width, scheme=scheme, ready="#limits")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_pages_of_an_empty_store_say_what_to_do(open_page, empty_address, width, scheme):
    page = open_page(empty_address, width=width, scheme=scheme, ready="pre")
    for path in ("/", "/figures", "/documents", "/check?q=$5"):
        page.goto(empty_address + path)
        expect(page.get_by_role("heading", name="Nothing is stored yet")).to_be_visible()
        expect(page.locator("pre").first).to_contain_text("tracker ingest article.txt")
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") == width, path
    page.goto(f"{empty_address}/method")
    expect(page.locator("#coverage")).to_contain_text("Nothing is stored yet.")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_page_of_sample_data_says_so(open_page, servers, tmp_path, width, scheme):
    store = make_demo(tmp_path)
    address = servers.enter_context(served(store.path))
    document = store.table("documents", ["document_id"])["document_id"][0].as_py()
    pages = {
        "/": ".point", "/figures": "#figures-title", "/documents": ".documents",
        "/check?q=$61.4 billion": ".answer",
        "/method": "#limits", f"/document/{document}": ".margin-note",
    }  # fmt: skip
    page = open_page(address, width=width, scheme=scheme)
    for path, ready in pages.items():
        page.goto(address + path)
        page.locator(ready).first.wait_for()
        banner = page.get_by_role("complementary", name="What these pages show")
        expect(banner).to_be_visible()
        expect(banner).to_contain_text("do not cite them")
        assert violations(page) == [], path


def test_a_server_that_fails_or_is_away_is_told(browser, address):
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.locator(".point").first.wait_for()
    calls = "**/_dash-update-component*"
    page.route(calls, lambda route: route.fulfill(status=500, body="something went wrong here"))
    page.get_by_label("Search words").fill("senate")
    expect(page.get_by_role("alert")).to_contain_text("The server could not work this out.")
    assert violations(page) == []
    page.get_by_role("alert").get_by_role("button", name="Close").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.unroute(calls)
    page.route(calls, lambda route: route.abort())
    page.get_by_label("Search words").fill("aid")
    expect(page.get_by_role("alert")).to_contain_text("The server does not answer.")
    page.unroute(calls)
    page.get_by_label("Search words").fill("")
    expect(page.get_by_role("alert")).to_have_count(0)
    context.close()


def test_pages_of_real_documents_do_not_say_so(open_page, address):
    page = open_page(address)
    expect(page.locator("body")).not_to_contain_text(re.compile("sample data", re.IGNORECASE))
