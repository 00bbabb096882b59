"""The page's frame, its files, and the headers of both."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import plotly
import pytest

import dashboard
from dashboard.app import create_app
from dashboard.policy import SECURITY
from dashboard.site import Settings

ASSETS = Path(dashboard.__file__).parent / "assets"


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
    assert client.get("/_mcp").status_code == 404
    config = re.search(r'_dash-config"[^>]*>(.*?)</script>', client.get("/").text).group(1)
    assert json.loads(config)["ui"] is False


@pytest.mark.parametrize("path", ["/", "/api", "/api/mentions", "/health", "/nothing", "/api/x"])
def test_every_answer_has_the_security_headers(client, path):
    headers = client.get(path).headers
    assert {name: headers[name] for name in SECURITY} == dict(SECURITY)
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert "unsafe" not in policy["script-src"]
    assert "http" not in headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in headers
    assert "Server" not in headers


def test_only_scripts_of_the_frame_and_of_dash_may_run(client):
    page = client.get("/")
    tags = re.findall(r"<script([^>]*)>(.*?)</script>", page.text, re.DOTALL)
    inline = [text for tag, text in tags if "src=" not in tag and "json" not in tag]
    policy = page.headers["Content-Security-Policy"]
    assert len(inline) == 3
    for text in inline:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy, text
