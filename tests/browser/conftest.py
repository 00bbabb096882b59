"""A served dashboard and a page of headless Chromium that watches what it asks for and says."""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import waitress
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)
from waitress import wasyncore

import tracker
from dashboard.app import Settings, create_app
from tracker.documents.files import read_bytes
from tracker.store import Store
from tracker.store.store import Reading

LOCAL = ("127.0.0.1", None)
"""Hosts that a page may ask; None for data: and blob: addresses."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives the browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        pytest.fail("no browser: install Chromium (on Debian: apt-get install chromium)", False)
    arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@contextmanager
def served(folder: Path, **settings: Any) -> Iterator[str]:
    """The address of a dashboard over `folder`, served by waitress for as long as needed."""
    app = create_app(Settings(data=folder, **settings))
    server = waitress.create_server(app.server, host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    # Closed from within its own loop: the loop ends when nothing is left to wait for.
    server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
    thread.join(timeout=10)
    server.task_dispatcher.shutdown()


@pytest.fixture
def servers() -> Iterator[ExitStack]:
    """What is served for a test; pages that use it are closed before."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def address(servers: ExitStack, sample_store: Store) -> str:
    """The dashboard over the sample store."""
    return servers.enter_context(served(sample_store.path))


@pytest.fixture
def work_address(servers: ExitStack, sample_store: Store) -> str:
    """The same where people may add and review."""
    return servers.enter_context(served(sample_store.path, allow_adding=True, allow_review=True))


@pytest.fixture
def seed_address(servers: ExitStack, tmp_path: Path) -> str:
    """The dashboard over what is read from the seed documents."""
    store = Store(tmp_path / "seed")
    for path in sorted((Path(__file__).parents[2] / "seeds").glob("*.txt")):
        original = path.read_bytes()
        document = read_bytes(original, path)
        store.add(document, original, tracker.extract(document.text))
    return servers.enter_context(served(store.path))


@pytest.fixture
def filled_address(servers: ExitStack, tmp_path: Path) -> str:
    """The dashboard over 260 invented documents with one mention each."""
    dice, readings = random.Random(8), []
    stages = ("asked for", "pledged", "approved", "has sent", "signed contracts for")
    for number in range(260):
        amount, words = 1 + dice.randrange(900), stages[number % len(stages)]
        text = (
            f"Story {number}\n\nThe United States {words} ${amount} million in aid for Ukraine.\n"
        )
        document = read_bytes(text.encode(), f"{number}.txt")
        readings.append(Reading(document, text.encode(), tracker.extract(text)))
    store = Store(tmp_path / "filled")
    store.add_batch(readings)
    return servers.enter_context(served(store.path))


@pytest.fixture
def empty_address(servers: ExitStack, tmp_path: Path) -> str:
    """The dashboard over a folder that is not there yet."""
    return servers.enter_context(served(tmp_path / "none"))


expect.set_options(timeout=20_000)
Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, servers: ExitStack) -> Iterator[Open]:
    """Opens an address; at the end nothing may have been asked elsewhere or logged as wrong."""
    contexts: list[BrowserContext] = []
    asked: list[str] = []
    wrong: list[str] = []

    def open_(
        url: str, width: int = 1400, scheme: str = "light", ready: str = ".point",
        refused: str = "no status",
    ) -> Page:  # fmt: skip
        context = browser.new_context(
            viewport={"width": width, "height": 900 if width > 700 else 844}, color_scheme=scheme
        )
        contexts.append(context)
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.set_default_timeout(20_000)

        def heard(message: ConsoleMessage) -> None:
            # The browser logs every answer that is no success, also those that are looked for.
            if message.type in ("error", "warning") and refused not in message.text:
                wrong.append(message.text)

        page.on("console", heard)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(url)
        page.locator(ready).first.wait_for()
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [url for url in asked if urlsplit(url).hostname not in LOCAL] == []
    assert wrong == []
