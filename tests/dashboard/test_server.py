"""What the server answers: files, headers, the CSV; and how it starts and stops."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import plotly
import polars as pl
import pytest

import dashboard
from dashboard.app import ServeError, Settings, create_app, serve
from tracker.reports import Report, file_name, stream
from tracker.store.filters import Filters
from tracker.store.query import Query

ASSETS = Path(dashboard.__file__).parent / "assets"
SERVE = "import sys; from dashboard.app import serve; serve(sys.argv[1], port=int(sys.argv[2]))"


@pytest.fixture
def client(sample_store):
    return create_app(Settings(data=sample_store.path)).server.test_client()


def test_the_vendored_plotly_is_the_version_inside_plotly():
    (bundle,) = ASSETS.glob("plotly-basic-*.min.js")
    inside = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    versions = [
        re.search(rb"plotly\.js.*? v([\d.]+)", path.read_bytes()[:300]).group(1).decode()
        for path in (bundle, inside)
    ]
    assert versions[0] == versions[1] == bundle.name.split("-")[2].removesuffix(".min.js")
    assert "MIT" in bundle.with_name(bundle.name.replace(".min.js", ".LICENSE.txt")).read_text()


def test_the_csv_is_that_of_the_filters(client, sample_store):
    answer = client.get("/mentions.csv?donor=USA&sort=-amount_min&show=table")
    expected = Report.of(
        Query(sample_store), filters=Filters(donor=("USA",)), sort=[("amount_min", "desc")]
    )
    assert answer.status_code == 200
    assert answer.data == b"".join(stream(expected, "csv"))
    name = file_name(expected, "csv")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["Cache-Control"] == "no-cache"
    assert pl.read_csv(answer.data)["quote"].to_list() == expected.rows["quote"].to_list()


def test_a_filter_that_cannot_be_is_refused_in_one_line(client):
    answer = client.get("/mentions.csv?min=lots")
    assert (answer.status_code, answer.text) == (400, "min: 'lots' is no number\n")


def test_the_page_names_its_language_and_nothing_foreign(client):
    page = client.get("/").text
    assert '<html lang="en">' in page
    assert '<meta name="description" content="Amounts of aid' in page
    assert set(re.findall(r"https?://[^/\"' ]+", page)) <= {"http://www.w3.org"}


@pytest.mark.parametrize("path", ["/export.csv", "/nothing", "/mentions.csv/x", "/favicon.ico"])
def test_what_is_not_there_is_told_in_one_line(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (404, "no such page\n")
    assert answer.mimetype == "text/plain"
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/", "/?donor=USA", "/assets/icon.svg", "/_dash-layout"])
def test_the_page_its_files_and_what_dash_asks_for_are_there(client, path):
    with client.get(path) as answer:
        assert answer.status_code == 200


def test_headers(client):
    page = client.get("/").text
    files = re.findall(r'(?:src|href)="(/(?:assets|_dash-component-suites)/[^"]+)"', page)
    assert any("plotly-basic" in file for file in files)
    for file in files:
        if "icon" in file:
            continue
        with client.get(file, headers={"Accept-Encoding": "br"}) as answer:
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable", file
            if len(answer.data) > 2000:
                assert answer.headers["Content-Encoding"] == "br", file
    answer = client.get("/")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_no_debugging_and_no_agents_interface(client):
    assert client.get("/_mcp").status_code in (200, 404, 405)
    config = re.search(r'_dash-config"[^>]*>(.*?)</script>', client.get("/").text).group(1)
    assert json.loads(config)["ui"] is False


def start(folder: Path, port: int = 0) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SERVE, str(folder), str(port)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.parametrize("wish", [signal.SIGTERM, signal.SIGINT])
def test_serves_until_it_is_told_to_stop(sample_store, wish):
    with start(sample_store.path) as server:
        line = server.stdout.readline()
        assert re.fullmatch(r"Serving on http://127\.0\.0\.1:\d+\n", line)
        with urlopen(line.split()[-1] + "/mentions.csv") as answer:
            assert answer.status == 200
            answer.read()
        server.send_signal(wish)
        assert server.wait(timeout=20) == 0
        assert "Traceback" not in server.stderr.read()


def test_a_port_in_use_is_one_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServeError, match=rf"^[^\n]*127\.0\.0\.1:{port}[^\n]*in use[^\n]*$"):
            serve(tmp_path, port=port)
