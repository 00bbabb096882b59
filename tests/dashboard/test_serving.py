"""How the server starts and stops, and whom it lets in."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from urllib.request import Request, urlopen

import pytest
from waitress import wasyncore

from dashboard import serving
from dashboard.app import create_app
from dashboard.serving import ServeError, check, serve, server_of
from dashboard.site import Settings


def start(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tracker", "serve", "--port", "0", "--data", folder],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.parametrize("wish", [signal.SIGTERM, signal.SIGINT])
def test_serves_until_it_is_told_to_stop(sample_store, wish):
    with start(sample_store.path) as server:
        line = server.stdout.readline()
        assert re.fullmatch(r"Serving on http://127\.0\.0\.1:\d+\n", line)
        with urlopen(line.split()[-1] + "/mentions.csv") as answer:
            assert answer.read().count(b"\n") > 1
        server.send_signal(wish)
        assert server.wait(timeout=20) == 0
        assert "Traceback" not in server.stderr.read()


def test_a_port_in_use_is_one_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServeError, match=rf"^[^\n]*127\.0\.0\.1:{port}[^\n]*in use[^\n]*$"):
            serve(Settings(data=tmp_path), port=port)


PUBLIC = {"public": True, "allowed_hosts": ("figures.example",)}


@pytest.mark.parametrize(
    ("host", "settings"),
    [
        ("127.0.0.1", {}), ("localhost", {}), ("::1", {}),
        ("127.0.0.1", {"allow_adding": True, "allow_review": True}),
        ("127.0.0.1", {"public": True}), ("0.0.0.0", PUBLIC), ("::", PUBLIC),
        ("192.0.2.1", PUBLIC), ("192.0.2.1", PUBLIC | {"publish_texts": True}),
    ],
)  # fmt: skip
def test_what_may_be_served(tmp_path, host, settings):
    check(Settings(data=tmp_path, **settings), host)


@pytest.mark.parametrize(
    ("host", "settings"),
    [
        ("0.0.0.0", {}), ("192.0.2.1", {}), ("::", {}), ("news.example", {}), ("", {}),
        ("192.0.2.1", {"allow_review": True}), ("192.0.2.1", PUBLIC | {"allow_review": True}),
        ("127.0.0.1", PUBLIC | {"allow_adding": True}), ("127.0.0.1", {"publish_texts": True}),
        ("0.0.0.0", {"public": True}), ("127.0.0.1", {"base_url": "javascript:alert(1)"}),
    ],
)  # fmt: skip
def test_what_may_not(tmp_path, host, settings):
    with pytest.raises(ServeError, match=r"^[^\n]+$"):
        check(Settings(data=tmp_path, **settings), host)


@pytest.fixture
def running():
    """Starts a server in this process; gives it and its address."""
    stops = []

    def run(settings, proxy=None):
        listener = socket.create_server(("127.0.0.1", 0))
        server = server_of(create_app(settings).server, settings, listener, proxy)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        stops.append((server, thread))
        return server, f"http://127.0.0.1:{listener.getsockname()[1]}"

    yield run
    for server, thread in stops:
        # Closed from within its own loop: the loop ends when nothing is left to wait for.
        server.trigger.pull_trigger(lambda s=server: wasyncore.close_all(s._map))
        thread.join(timeout=10)
        server.task_dispatcher.shutdown()


def _asks(address, client):
    """Statuses of four questions, as `client` through a proxy."""
    statuses = set()
    for _ in range(4):
        request = Request(f"{address}/api/check?q=5000000", headers={"X-Forwarded-For": client})
        try:
            with urlopen(request) as answer:
                statuses.add(answer.status)
        except OSError as error:
            with error:
                statuses.add(error.code)
    return statuses


@pytest.fixture
def three_questions(monkeypatch):
    """A client may ask three of them, and one more in a quarter of an hour."""
    monkeypatch.setattr("dashboard.site.CHECKS", (3, 0.001))


@pytest.mark.usefixtures("three_questions")
def test_each_client_behind_a_trusted_proxy_is_one(sample_store, running):
    _, address = running(Settings(data=sample_store.path), "127.0.0.1")
    assert _asks(address, "192.0.2.1") == {200, 429}
    assert 200 in _asks(address, "192.0.2.2")


@pytest.mark.usefixtures("three_questions")
def test_nobody_else_is_believed(sample_store, running):
    _, address = running(Settings(data=sample_store.path))
    _asks(address, "192.0.2.1")
    request = Request(f"{address}/api/check?q=5000000", headers={"X-Forwarded-For": "192.0.2.2"})
    with pytest.raises(OSError, match="429") as caught:
        urlopen(request)
    caught.value.close()


def test_a_reader_who_takes_nothing_loses_the_connection():
    def channel(idle, waiting):
        return SimpleNamespace(last_activity=1000 - idle, total_outbufs_len=waiting, will_close=0)

    stalled, slow, done = channel(31, 5), channel(29, 5), channel(31, 0)
    server = SimpleNamespace(active_channels={1: stalled, 2: slow, 3: done})
    ordinary = []
    serving._ending_stalled(server, ordinary.append)(1000.0)
    assert [c.will_close for c in (stalled, slow, done)] == [True, 0, 0]
    assert ordinary == [1000.0]


def test_a_header_without_end_is_refused(sample_store, running):
    _, address = running(Settings(data=sample_store.path))
    with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2]))) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 40_000)
        assert b" 431 " in client.recv(4096).splitlines()[0]
