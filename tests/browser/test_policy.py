"""The security headers and the policy hold on every page, and the browser reports no violation."""

from __future__ import annotations

import re

import dash
import pytest
from samples import FIRST, GIVEN

from dashboard.policy import SECURITY

MENTION = GIVEN[FIRST.document_id][0].mention_id
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


def addresses() -> list[str]:
    """Every page that is registered, with what its path names."""
    named = {"figure_id": MENTION, "document_id": FIRST.document_id}
    paths = [page["path_template"] or page["path"] for page in dash.page_registry.values()]
    found = [re.sub("<([^>]+)>", lambda m: named.get(m.group(1), MENTION), path) for path in paths]
    extra = ["/?show=table&donor=USA", f"/?mention={MENTION}", "/check?q=61.4+billion", "/api"]
    return [*found, *(path for path in extra if path.partition("?")[0] in [*paths, "/api"])]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_the_policy(browser, work_address, scheme):
    context = browser.new_context(viewport={"width": 1400, "height": 900}, color_scheme=scheme)
    context.add_init_script(WATCH)
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda m: told.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    for path in addresses():
        answer = page.goto(work_address + path)
        headers = answer.all_headers()
        assert answer.status == 200, path
        assert {name: headers[name.lower()] for name in SECURITY} == dict(SECURITY), path
        scripts = re.search("script-src ([^;]*)", headers["content-security-policy"]).group(1)
        assert "unsafe" not in scripts
        page.locator("main, #content h2").first.wait_for()
        page.wait_for_timeout(1500)
        assert page.evaluate("window.violations") == [], path
        assert told == [], path
    context.close()


def test_the_policy_stops_a_script(browser, address):
    context = browser.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(address)
    page.locator("#content h2").first.wait_for()
    page.evaluate(
        "const one = document.createElement('script'); one.textContent = 'window.evil = 1';"
        "document.body.append(one)"
    )
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=evil=2>')")
    page.wait_for_timeout(300)
    assert page.evaluate("window.evil") is None
    assert any("script-src" in line for line in page.evaluate("window.violations"))
    context.close()
