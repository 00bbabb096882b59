"""What is refused before any page or answer is made: hosts, origins, methods, bodies, calls."""

from __future__ import annotations

import json

import pytest

from dashboard.app import create_app
from dashboard.guard import BODY, UPLOAD, body_limit, is_allowed
from dashboard.site import Settings

CALL = "/_dash-update-component"


@pytest.fixture
def app(sample_store):
    return create_app(Settings(data=sample_store.path, allowed_hosts=("figures.example",)))


@pytest.fixture
def client(app):
    client = app.server.test_client()
    client.get("/")
    return client


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.0.0.1:8050", "127.8.8.8:1", "localhost", "LOCALHOST:80", "[::1]:8050",
     "figures.example", "Figures.Example:443", "figures.example."],
)  # fmt: skip
def test_hosts_that_are_answered(client, host):
    assert client.get("/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "figures.example.evil.example", "192.0.2.1:8050", "10.0.0.1", "localhost.evil",
     "127.0.0.1.evil.example", "0.0.0.0", "[::2]", "a@127.0.0.1", "127.0.0.1:99999999", "", "::1",
     "figures.example, evil.example", "127.0.0.1/x", "2130706433", "0x7f.1"],
)  # fmt: skip
def test_foreign_hosts_are_refused(client, host):
    answer = client.get("/health", headers={"Host": host})
    assert (answer.status_code, answer.text.count("\n")) == (421, 1)
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert not is_allowed(None, ())


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 400),
        ({"Origin": "http://localhost"}, 400),
        ({"Origin": "https://figures.example"}, 400),
        ({"Origin": "http://localhost:3000"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://[bad"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 400),
    ],
)
def test_other_sites_call_nothing(client, headers, status):
    assert client.post(CALL, json=[], headers=headers).status_code == status


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "BREW"])
@pytest.mark.parametrize("path", ["/", "/api/mentions", CALL, "/health", "/assets/icon.svg"])
def test_wrong_methods(client, method, path):
    answer = client.open(path, method=method)
    assert (answer.status_code, len(answer.text.splitlines())) == (405, 1)
    assert answer.headers["Allow"]
    assert ("error" in (answer.get_json(silent=True) or {})) == path.startswith("/api")


def _body(**parts):
    body = {
        "output": "grid.getRowsResponse",
        "inputs": [{"id": "grid", "property": "getRowsRequest", "value": None}],
        "state": [{"id": "filters", "property": "data", "value": ""}],
        "changedPropIds": ["grid.getRowsRequest"],
    }
    return json.dumps(body | parts)


MALFORMED = [
    "", "{", "[]", "7", '"x"', "null", "{}", "[" * 100_000, '{"output": {}}', '{"output": "x.y"}',
    "\ud800".encode("utf-8", "surrogatepass"), '{"output": "..a.b...c.d.."}',
]  # fmt: skip


@pytest.mark.parametrize("body", MALFORMED, ids=range(len(MALFORMED)))
def test_malformed_calls_are_told_so(client, body):
    answer = client.post(CALL, data=body, content_type="application/json")
    assert (answer.status_code, len(answer.text.splitlines())) == (400, 1)


def test_a_body_that_is_no_json(client):
    assert client.post(CALL, data="a=1").status_code == 415
    assert client.post(CALL, data="{}", content_type="text/plain").status_code == 415


def test_bodies_that_are_too_big(client):
    answer = client.post(CALL, data=b"x" * (BODY + 1), content_type="application/json")
    assert (answer.status_code, answer.text) == (413, "the body is bigger than 1,048,576 bytes\n")


def test_files_may_be_big_only_where_they_may_be_added(tmp_path):
    assert body_limit(Settings(data=tmp_path)) == BODY
    assert body_limit(Settings(data=tmp_path, allow_adding=True)) == UPLOAD
    assert body_limit(Settings(data=tmp_path, allow_adding=True, public=True)) == BODY


def test_who_hands_in_too_much_is_put_off(sample_store, monkeypatch):
    monkeypatch.setattr("dashboard.site.ADDITIONS", (2, 0.001))
    settings = Settings(data=sample_store.path, allow_adding=True)
    client = create_app(settings).server.test_client()
    answers = [client.post("/add/readings") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [400, 400, 429]
    assert answers[-1].headers["Retry-After"] == "1000"
    assert client.post(CALL, json={}).status_code == 400  # the pages go on


@pytest.mark.parametrize(
    "path",
    ["/assets/../app.py", "/assets/%2e%2e/app.py", "/assets/..%2fapp.py", "/assets/%00",
     "/assets//etc/passwd", "/_dash-component-suites/dash/../../x.js", "/..%5c..%5cx",
     "/_dash-component-suites/evil/x.js", "/_dash-component-suites/os/../x", "/%ff%fe",
     "/_reload-hash", "/_favicon.ico", "/_mcp", "/api/documents/..%2f..%2fetc%2fpasswd",
     "/api/documents/%00", "/api/figures/%ff", "/api/figures/'%20or%201=1", "/.git/config",
     "/data/VERSION", "/console", "/api/../guard.py"],
)  # fmt: skip
def test_path_tricks_lead_nowhere(client, path):
    answer = client.get(path)
    assert (answer.status_code, len(answer.text.splitlines())) == (404, 1)


def test_an_error_of_the_program_says_nothing_of_it(app, client, monkeypatch, caplog):
    def broken(*_):
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr("dashboard.api.parameters.read", broken)
    answer = client.get("/api/mentions")
    assert (answer.status_code, answer.get_json()) == (500, {"error": "something went wrong here"})
    assert "a secret" in caplog.text


def test_a_damaged_store_is_told_in_one_line(sample_store):
    client = create_app(Settings(data=sample_store.path)).server.test_client()
    (sample_store.path / "VERSION").write_text("seven")
    for path in ("/health", "/api/mentions", "/api"):
        answer = client.get(path)
        assert (answer.status_code, len(answer.text.splitlines())) == (503, 1), path
