"""Addresses: what is sent, where it may come from, and the limits."""

import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import make
import pytest

from tracker.documents import DocumentError, read_url, web

ANSWERS = {
    "/page": ("text/html; charset=utf-8", make.PAGE.encode()),
    "/report.pdf": ("application/pdf", make.pdf(["France gave 3 million euros."])),
    "/plain": ("text/plain", b"Norway gave 5 million dollars."),
    "/picture": ("image/png", b"\x89PNG"),
    "/lies": ("application/pdf", b"no pdf"),
    "/big": ("text/plain", b"x" * 5_000),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        path, _, query = self.path.partition("?")
        if path == "/to":
            self.send_response(302)
            self.send_header("Location", query)
            self.end_headers()
        elif path == "/slow":
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            try:
                for _ in range(100):
                    self.wfile.write(b"x")
                    self.wfile.flush()
                    time.sleep(0.05)
            except OSError:
                pass
        elif path == "/cut":
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.send_header("Content-Length", "500")
            self.end_headers()
            self.wfile.write(b"x" * 100)
        elif path == "/packed":
            self._send("text/plain", gzip.compress(b"y" * 50_000), "gzip")
        elif path in ANSWERS:
            self._send(*ANSWERS[path])
        else:
            self.send_error(404, "Not Found")

    def _send(self, media_type, body, coding=None):
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        if coding:
            self.send_header("Content-Encoding", coding)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def refused(url, **options):
    with pytest.raises(DocumentError) as caught:
        read_url(url, **{"allow_private": True} | options)
    assert str(caught.value).startswith(f"{url}: ")
    assert "\n" not in str(caught.value)
    return str(caught.value).removeprefix(f"{url}: ")


def test_a_page_is_read_with_the_address_it_came_from(site):
    document, original = read_url(f"{site}/page", allow_private=True)
    assert original == make.PAGE.encode()
    # The page names a canonical address of another host: any page could.
    assert (document.url, document.url_found) == (f"{site}/page", "address fetched")
    assert (document.retrieved_how, document.file_name) == (f"GET {site}/page", None)
    assert (document.title, document.publisher) == ("Aid vote", "The Paper")


def test_other_kinds_are_read_by_what_they_are_sent_as(site):
    assert "3 million euros" in read_url(f"{site}/report.pdf", allow_private=True)[0].text
    assert read_url(f"{site}/plain", allow_private=True)[0].media_type == "text/plain"
    assert refused(f"{site}/picture") == "image/png, which is not read"
    assert refused(f"{site}/lies") == "is no PDF by its content"
    assert refused(f"{site}/none") == "answered 404 Not Found"


def test_redirects_are_followed_and_checked(site, monkeypatch):
    document, _ = read_url(f"{site}/to?/plain", allow_private=True)
    assert document.url == f"{site}/plain"
    assert refused(f"{site}/to?/to?/to?/to?/to?/to?/to?/plain") == "more than 5 redirects"
    assert "is no http(s) address" in refused(f"{site}/to?file:///etc/hosts")
    # A public page that leads to a private address: the second address is checked too.
    looked_up = web.socket.getaddrinfo

    def look_up(host, *rest, **more):
        public = host == "public.example"
        return looked_up("93.184.216.34" if public else host, *rest, **more)

    monkeypatch.setattr(web.socket, "getaddrinfo", look_up)
    connect = web.socket.create_connection
    port = int(site.rpartition(":")[2])
    monkeypatch.setattr(web.socket, "create_connection",
                        lambda _, **more: connect(("127.0.0.1", port), **more))  # fmt: skip
    reason = refused(f"http://public.example/to?{site}/plain", allow_private=False)
    assert reason == "127.0.0.1 is of a private network (127.0.0.1), refused"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
     "[::ffff:127.0.0.1]", "[fe80::1]", "100.64.0.1", "2130706433", "224.0.0.1"],
)  # fmt: skip
def test_private_addresses_are_refused(host):
    assert "is of a private network" in refused(f"http://{host}/", allow_private=False)


@pytest.mark.parametrize("url", ["ftp://x.example/", "http://", "http:///a", "https://a b/"])
def test_what_is_no_web_address_is_refused(url):
    assert refused(url) == "no http(s) address"


def test_too_much_and_too_slow_are_cut_off(site, monkeypatch):
    monkeypatch.setattr(web, "MAX_BYTES", 1_000)
    assert "bigger than" in refused(f"{site}/big")
    assert "bigger than" in refused(f"{site}/packed")
    assert refused(f"{site}/cut") == "cut off, 400 bytes are missing"
    monkeypatch.setattr(web, "SECONDS", 0.3)
    assert refused(f"{site}/slow") == "took longer than 0 seconds"


def test_an_address_where_nobody_answers_is_told():
    assert "refused" in refused("http://127.0.0.1:9/")
