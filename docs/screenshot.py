"""Takes the picture of the dashboard for the README; with --all FOLDER, pictures of every look.

Reads the seed documents into a data folder of its own, serves it, and opens it in Chromium:
    python docs/screenshot.py
    python docs/screenshot.py --all pictures
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).resolve().parent
QUOTE = "USD 61.4 billion"


@contextmanager
def served(data: str) -> Iterator[str]:
    """The address of the dashboard over the folder `data`."""
    command = [sys.executable, "-m", "tracker", "serve", "--port", "0", "--data", data]
    with subprocess.Popen(command, cwd=HERE.parent, stdout=subprocess.PIPE, text=True) as server:
        try:
            line = server.stdout.readline() if server.stdout else ""
            yield line.split()[-1]
        finally:
            server.terminate()


def picture(
    browser: Browser, address: str, file: Path, *, width: int, scheme: str, evidence: bool
) -> None:
    """One picture of the page, with the evidence of the quote open or not."""
    size = {"width": width, "height": 1000 if width > 700 else 844}
    page = browser.new_page(viewport=size, color_scheme=scheme)
    page.goto(address)
    page.locator("#ladder-figure .point").first.wait_for()
    if evidence:
        box = page.locator("#ladder-figure .point").first.bounding_box() or {}
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.locator("#evidence mark", has_text=QUOTE).wait_for()
    page.mouse.move(0, 0)
    page.wait_for_timeout(1200)  # the chart is drawn anew for its place, and its fade has ended
    page.screenshot(path=file, full_page=not evidence)
    page.close()
    print(file)


def main() -> None:
    """Reads the command line, takes the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--all", metavar="FOLDER", type=Path, help="1400 and 390 px, light and dark"
    )
    parser.add_argument("--data", metavar="DIR", help="a data folder instead of the seeds' own")
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("no browser: install Chromium (on Debian: apt-get install chromium)")
    arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
    with tempfile.TemporaryDirectory() as own, sync_playwright() as playwright:
        data = options.data or own
        if not options.data:
            ingest = [sys.executable, "-m", "tracker", "ingest", "seeds", "--data", data]
            subprocess.run(ingest, cwd=HERE.parent, check=True, stdout=subprocess.DEVNULL)
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        with served(data) as address:
            if options.all is None:
                picture(browser, address, HERE / "screenshot.png",
                        width=1400, scheme="light", evidence=True)  # fmt: skip
                return
            options.all.mkdir(parents=True, exist_ok=True)
            for width in (1400, 390):
                for scheme in ("light", "dark"):
                    for evidence in (False, True):
                        name = f"{width}-{scheme}{'-evidence' if evidence else ''}.png"
                        picture(browser, address, options.all / name,
                                width=width, scheme=scheme, evidence=evidence)  # fmt: skip


if __name__ == "__main__":
    main()
