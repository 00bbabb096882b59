"""HTML to PDF through an installed Chromium; without one, one line that says so."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tracker.reports.report import ReportError

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
_SECONDS = 120


def chromium() -> str:
    """The program. Raises ReportError where none is installed."""
    found = next(filter(None, map(shutil.which, (*_NAMES, *_APPLICATIONS))), None)
    if found is None:
        raise ReportError("a PDF needs Chromium or Chrome, and none is installed: write .html")
    return found


def printed(program: str, html: str) -> bytes:
    """The page as the `program` prints it. Raises ReportError."""
    with tempfile.TemporaryDirectory() as folder:
        page, out = Path(folder) / "briefing.html", Path(folder) / "briefing.pdf"
        page.write_text(html, encoding="utf-8")
        command = [
            program, "--headless", "--disable-gpu", "--disable-dev-shm-usage",
            "--no-first-run", "--disable-background-networking", "--no-pdf-header-footer",
            f"--user-data-dir={folder}/profile", f"--print-to-pdf={out}", page.as_uri(),
        ]  # fmt: skip
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")  # Chromium has no sandbox for root
        try:
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ReportError(f"{program}: made no PDF: {error}") from None
        if done.returncode or not out.exists():
            raise ReportError(f"{program}: made no PDF (status {done.returncode})")
        return out.read_bytes()
