"""A server under attack: all is refused or harmless, and it goes on answering.

Throughout, `/health` has to answer, memory has to stay bounded, and the store unchanged.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import io
import json
import socket
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from large import large_store
from samples import FIRST, SECOND
from served import Server, digest, serving

CALL = "/_dash-update-component"
JSON = {"Content-Type": "application/json"}
MB = 1024 * 1024
GROWTH = 400 * MB
"""The memory that the attack of a test may cost."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return large_store(tmp_path_factory.mktemp("attacked") / "data", 5_000).path


@pytest.fixture(scope="module")
def running(folder) -> Iterator[Server]:
    with serving(folder) as server:
        assert server.ask("/").status == 200
        assert server.ask("/api/figures?limit=1").status == 200  # the figures are made
        yield server


@pytest.fixture
def server(running, folder) -> Iterator[Server]:
    """The server, watched while a test attacks it."""
    before, memory = digest(folder), running.memory()
    statuses: Counter[int] = Counter()
    over = threading.Event()

    def watch() -> None:
        while not over.is_set():
            statuses[running.ask("/health").status] += 1
            over.wait(0.1)

    watcher = threading.Thread(target=watch)
    watcher.start()
    yield running
    over.set()
    watcher.join()
    assert set(statuses) == {200}
    assert running.memory() - memory < GROWTH
    assert digest(folder) == before


def test_bodies_of_a_hundred_megabytes(server):
    for path in (CALL, "/api/mentions", "/", "/add/readings", "/nothing"):
        answer = server.ask(path, "POST", b"x" * (100 * MB), JSON)
        assert (answer.status, path) == (413, path)


def test_a_body_of_unknown_length(server):
    chunks = (b"x" * MB for _ in range(100))
    answer = server.ask(CALL, "POST", chunks, JSON | {"Transfer-Encoding": "chunked"})
    assert answer.status == 413


def test_a_body_that_is_announced_and_never_sent(server):
    with contextlib.ExitStack() as stack:
        for _ in range(200):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            client.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{")
        assert server.ask("/api/mentions?limit=1").status == 200


def test_readers_who_take_nothing(server):
    with contextlib.ExitStack() as stack:
        for _ in range(50):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.sendall(b"GET /api/mentions.csv HTTP/1.1\r\nHost: localhost\r\n\r\n")
        for _ in range(5):
            assert server.ask("/api/mentions?limit=1").status == 200


def test_a_thousand_requests_in_a_burst(server):
    paths = ["/", "/api/mentions?limit=50", "/api/figures?limit=50", "/api/check?q=5000000",
             "/api/mentions.csv?donor=USA", "/nothing", "/_dash-layout",
             "/api/documents"]  # fmt: skip
    with concurrent.futures.ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(server.ask, (paths[n % len(paths)] for n in range(1000))))
    statuses = Counter(answer.status for answer in answers)
    assert set(statuses) <= {200, 404, 429, 503}
    assert statuses[404] == 125
    assert statuses[200] >= 500
    for answer in answers:
        if answer.status in (429, 503):
            assert int(answer.headers["Retry-After"]) >= 1


ENDLESS = [
    ("q=" + quote("(a+)+$" * 30), 200), ("q=" + "x" * 201, 400), ("q=" + "%25" * 200, 200),
    ("donor=" + "a," * 9_000, 400), ("donor=a&" * 3_000, 400), ("min=" + "9" * 5_000, 400),
    ("min=1e308&max=1e308", 200), ("min=nan", 400), ("limit=999999999999", 400),
    ("limit=-1", 400), ("offset=5", 400), ("sort=" + "donor," * 3_000, 400),
    ("columns=" + "quote," * 3_000, 200), ("columns=" + "x," * 9_000, 400),
    ("from=0000", 400), ("from=9999-12-31&to=0001", 400), ("after=" + "m" * 20_000, 400),
    ("q=" + "x" * 40_000, 431),
]  # fmt: skip


@pytest.mark.parametrize(("query", "status"), ENDLESS, ids=range(len(ENDLESS)))
@pytest.mark.parametrize("what", ["mentions", "figures"])
def test_endless_queries(server, what, query, status):
    assert server.ask(f"/api/{what}?{query}").status == status


def test_endless_questions(server):
    for question in ("1,1," * 1_200, "$" * 4_999, "5 million " * 490, "(" * 4_999, "9" * 4_999,
                     "United States " * 350 + "$5 million"):  # fmt: skip
        assert server.ask_patiently(f"/api/check?q={quote(question)}").status in (200, 400)
    assert server.ask_patiently("/api/check?q=" + "x" * 5_001).status == 400


def test_scripts_and_formulas_stand_as_text(server):
    for text in ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "=1+1", "'; --",
                 "\r\nSet-Cookie: a=b", "{{7*7}}", "${7*7}", "\x00", "\ud800"):  # fmt: skip
        asked = quote(text.encode("utf-8", "surrogatepass"))
        for path in ("/", "/api", "/api/mentions", "/api/mentions.csv", "/api/check", "/nothing",
                     "/api/figures/", "/document/", "/figure/"):  # fmt: skip
            for address in (f"{path}?q={asked}", f"{path}{asked}"):
                answer = server.ask_patiently(address)
                assert answer.status in (200, 400, 404), address
                if answer.headers["Content-Type"].startswith("text/html"):
                    assert b"<script>alert" not in answer.body, address
                    assert b"<img src=x" not in answer.body, address
                assert "Set-Cookie" not in answer.headers
                assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_requests_that_are_none(server):
    for raw in (
        b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 40_000 + b"\r\n\r\n",
    ):  # fmt: skip
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as client:
            client.sendall(raw)
            status = int(client.recv(4096).split()[1])
            assert status in (400, 421, 431, 501), raw[:60]


def test_foreign_hosts_and_sites(server):
    for host in ("evil.example", "127.0.0.1.evil.example", "192.0.2.1"):
        for path in ("/", "/api/mentions", "/health", "/assets/icon.svg", CALL):
            assert server.ask(path, headers={"Host": host}).status == 421
    for origin in ("http://evil.example", "null", f"http://127.0.0.1:{server.port + 1}"):
        assert server.ask(CALL, "POST", b"{}", JSON | {"Origin": origin}).status == 403


def test_wrong_methods(server):
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "BREW"):
        for path in ("/", "/api/mentions.csv", CALL, "/health", "/add/readings"):
            assert server.ask(path, method).status in (404, 405), (method, path)


def _callbacks(server):
    return json.loads(server.ask("/_dash-dependencies").body)


HOSTILE = [
    None, "", "x" * 10_000, -1, 10**30, 1e308, True, [], {}, [[]], {"a": {}}, "<script>",
    "donor=a&" * 20_000, {"startRow": -5, "endRow": 10**12},
    {"startRow": 0, "endRow": 10**12, "sortModel": 7, "filterModel": []},
    {"width": 10**12, "dark": "x"}, {"width": "x"}, ["a"] * 10_000, "?" + "&" * 50_000,
]  # fmt: skip


def _call(callback, value):
    def given(parts):
        return [
            {"id": json.loads(part["id"]) if part["id"].startswith("{") else part["id"],
             "property": part["property"], "value": value}
            for part in parts
        ]  # fmt: skip

    inputs = given(callback["inputs"])
    changed = [f"{part['id']}.{part['property']}" for part in callback["inputs"]]
    outputs = [{"id": part.rpartition(".")[0], "property": part.rpartition(".")[2]}
               for part in callback["output"].strip(".").split("...")]  # fmt: skip
    return {
        "output": callback["output"], "inputs": inputs, "state": given(callback["state"]),
        "outputs": outputs if callback["output"].startswith("..") else outputs[0],
        "changedPropIds": changed[:1],
    }  # fmt: skip


def test_calls_with_values_that_no_page_sends(server):
    for callback in _callbacks(server):
        if callback.get("clientside_function"):
            continue
        for value in HOSTILE:
            body = json.dumps(_call(callback, value)).encode()
            answer = server.ask(CALL, "POST", body, JSON)
            told = (callback["output"][:60], repr(value)[:40], answer.status, answer.body[:200])
            assert answer.status in (200, 204, 400, 413, 429), told
            assert len(answer.body) < 20 * MB, told
            assert b"Traceback" not in answer.body, told


def _bomb(megabytes: int) -> bytes:
    """A Word file whose text unpacks to so much."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as part:
            for _ in range(megabytes):
                part.write(b" " * MB)
    return packed.getvalue()


HOSTILE_FILES = {
    "broken.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 100,
    "broken.docx": b"PK\x03\x04" + b"\0" * 1000,
    "bomb.docx": _bomb(300),
    "deep.html": b"<div>" * 20_000 + b"Norway gave $5 million.",
    "entities.xhtml": b'<!DOCTYPE x [<!ENTITY a "' + b"x" * 1000 + b'"><!ENTITY b "'
    + b"&a;" * 1000 + b'">]><html>' + b"&b;" * 1000 + b"</html>",
    "script.html": b"<title><script>alert(1)</script></title><p>Norway gave $5 million to Kenya.",
    "formula.csv": b"text,title\n=1+1 cost $5 million,=cmd()\n",
    "not.txt": b"\x00\xff\xfe" * 10_000,
    "one,one.txt": b"1,1," * 50_000,
    "../../evil.txt": b"Norway gave $5 million to Kenya.",
    "empty.txt": b"",
    "unknown.exe": b"MZ",
}  # fmt: skip


def _form(name: str, content: bytes) -> tuple[bytes, dict[str, str]]:
    head = f'--x\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    return head.encode() + content + b"\r\n--x--\r\n", {
        "Content-Type": "multipart/form-data; boundary=x"
    }


def _settled(server: Server, job: str) -> str:
    """What the page shows of a reading that has come to its end, as JSON."""
    body = {
        "output": "add-job.children",
        "outputs": {"id": "add-job", "property": "children"},
        "inputs": [{"id": "add-tick", "property": "data", "value": 1}],
        "state": [{"id": "add-id", "property": "data", "value": job}],
        "changedPropIds": ["add-tick.data"],
    }  # fmt: skip
    for _ in range(1200):
        answer = server.ask(CALL, "POST", json.dumps(body).encode(), JSON)
        assert answer.status == 200
        if b"under-way" not in answer.body:
            return answer.body.decode()
        time.sleep(0.1)
    raise AssertionError("still reading")


def test_hostile_files_harm_nothing(folder):
    before = digest(folder)
    with serving(folder, "--allow-adding", "--allow-review") as server:
        assert server.ask("/add").status == 200
        memory = server.memory()
        for name, content in HOSTILE_FILES.items():
            body, headers = _form(name, content)
            answer = server.ask("/add/readings", "POST", body, headers)
            assert answer.status in (201, 400), (name, answer)
            if answer.status == 201:
                job = json.loads(answer.body)["job"]
                assert "alert(1)" not in _settled(server, job) or name == "script.html"
            assert server.ask("/health").status == 200
        for body, headers in (
            (b"x" * (130 * MB), {"Content-Type": "multipart/form-data; boundary=x"}),
            (_form("big.txt", b"x" * (40 * MB))[0] + b"x" * 100 * MB, _form("", b"")[1]),
        ):
            assert server.ask("/add/readings", "POST", body, headers).status == 413
        body, headers = _form("a.txt", b"Norway gave $5 million to Kenya.")
        for wrong in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
            assert server.ask("/add/readings", "POST", body, headers | wrong).status == 403
        body, headers = _form("", b"")
        flood = [server.ask("/add/readings", "POST", body, headers).status for _ in range(60)]
        assert set(flood) <= {400, 429}
        assert 429 in flood
        assert server.memory() - memory < GROWTH
    assert digest(folder) == before


def test_a_public_server_gives_no_text_away(sample_store):
    secret = FIRST.text.splitlines()[2]
    with serving(sample_store.path, "--public-read-only") as server:
        for path in (f"/api/documents/{FIRST.document_id}", "/api/documents",
                     "/api/documents.csv", f"/document/{FIRST.document_id}"):  # fmt: skip
            body = server.ask(path).body.decode()
            assert FIRST.text not in body, path
            if "mentions" not in body:
                assert secret not in body, path
        shown = json.loads(server.ask(f"/api/documents/{SECOND.document_id}").body)
        assert "text" not in shown["document"]
        for path in ("/add", "/review"):
            assert server.ask(path).status == 404, path
        assert server.ask("/add/readings", "POST", b"").status in (404, 405)


def test_answers_while_others_are_slow(server):
    started = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(40) as pool:
        slow = [pool.submit(server.ask, "/api/mentions.csv") for _ in range(40)]
        while not all(one.done() for one in slow):
            assert server.ask("/health").status == 200
            assert time.monotonic() - started < 600
        assert {one.result().status for one in slow} <= {200, 503}
