"""Pages and files from the web, with limits on where, how long and how much."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import zlib
from contextlib import suppress
from urllib.parse import urljoin, urlsplit

from tracker.documents.content import (
    DocumentError,
    Given,
    document_of,
    is_web_address,
    printable,
    sha256_of,
)
from tracker.documents.files import MAX_BYTES, content_of
from tracker.schema import Document

SECONDS = 60.0
"""The longest that one address may take, redirects included."""
WAIT_SECONDS = 20.0
"""The longest wait for an answer to begin or to go on."""
MAX_REDIRECTS = 5

_KIND_OF_TYPE = {
    "text/html": "web page", "application/xhtml+xml": "web page", "application/pdf": "PDF",
    "text/plain": "text", "text/markdown": "Markdown",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word file",
}  # fmt: skip
_HEADERS = {"User-Agent": "aid-funding-tracker", "Accept-Encoding": "identity", "Accept": "*/*"}


def read_url(
    url: str, given: Given | None = None, *, allow_private: bool = False
) -> tuple[Document, bytes]:
    """The document at an http(s) address, and the bytes that were sent.

    Redirects are followed, each checked as the first address. Addresses of private networks and
    of this machine are refused unless `allow_private`. The canonical address that a page names is
    taken when it is of the same host. Raises DocumentError.
    """
    original, kind, final = _fetch(url, allow_private)
    content = content_of(original, url, kind)
    if content.url is None or urlsplit(content.url).hostname != urlsplit(final).hostname:
        content.url, content.url_found = final, "address fetched"
    document = document_of(
        content, url, given or Given(), original_sha256=sha256_of(original),
        retrieved_how=f"GET {printable(final)}",
    )  # fmt: skip
    return document, original


def _fetch(url: str, allow_private: bool) -> tuple[bytes, str, str]:
    """The bytes, kind and final address of what `url` leads to."""
    address, running = url, threading.Event()
    open_connections: list[http.client.HTTPConnection] = []

    def stop() -> None:
        running.set()
        for connection in open_connections:
            with suppress(OSError, AttributeError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    clock = threading.Timer(SECONDS, stop)
    clock.daemon = True
    clock.start()
    try:
        for _ in range(MAX_REDIRECTS + 1):
            if not is_web_address(address):
                reason = f"leads to {address!r}, which is no http(s) address"
                raise DocumentError(url, reason if address != url else "no http(s) address")
            connection = _connect(address, url, allow_private)
            open_connections.append(connection)
            try:
                with _ask(connection, address) as response:
                    if response.status not in (301, 302, 303, 307, 308):
                        body, kind = _body(response, url)
                        if running.is_set():  # what was cut off reads as an end
                            raise TimeoutError
                        return body, kind, address
                    address = urljoin(address, response.headers.get("Location", ""))
            finally:
                connection.close()
        raise DocumentError(url, f"more than {MAX_REDIRECTS} redirects")
    except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
        if running.is_set():
            raise DocumentError(url, f"took longer than {SECONDS:.0f} seconds") from None
        is_late = isinstance(error, TimeoutError)
        reason = "no answer in time" if is_late else getattr(error, "strerror", None) or str(error)
        raise DocumentError(url, reason or type(error).__name__) from None
    finally:
        clock.cancel()


def _connect(address: str, url: str, allow_private: bool) -> http.client.HTTPConnection:
    """A connection to an address that was looked up once and checked, so that it stays that."""
    parts = urlsplit(address)
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not allow_private:
        for *_, place in found:
            ip = ipaddress.ip_address(str(place[0]).partition("%")[0])
            ip = getattr(ip, "ipv4_mapped", None) or ip
            if not ip.is_global or ip.is_multicast:
                raise DocumentError(url, f"{host} is of a private network ({ip}), refused")
    *_, place = found[0]
    wire = socket.create_connection((str(place[0]), port), timeout=WAIT_SECONDS)
    if secure:
        wire = ssl.create_default_context().wrap_socket(wire, server_hostname=host)
    connection = http.client.HTTPConnection(host, port, timeout=WAIT_SECONDS)
    connection.sock = wire
    return connection


def _ask(connection: http.client.HTTPConnection, address: str) -> http.client.HTTPResponse:
    parts = urlsplit(address)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection.request("GET", path, headers=_HEADERS | {"Host": parts.netloc.rpartition("@")[2]})
    return connection.getresponse()


def _body(response: http.client.HTTPResponse, url: str) -> tuple[bytes, str]:
    if response.status != 200:
        raise DocumentError(url, f"answered {response.status} {response.reason}")
    media_type = response.headers.get_content_type()
    kind = _KIND_OF_TYPE.get(media_type)
    if kind is None:
        raise DocumentError(url, f"{media_type}, which is not read")
    limit = MAX_BYTES * 4 if kind == "PDF" else MAX_BYTES
    body = response.read(limit + 1)
    if len(body) <= limit and response.length:
        raise DocumentError(url, f"cut off, {response.length:,} bytes are missing")
    coding = response.headers.get("Content-Encoding", "identity").lower()
    if coding in ("gzip", "x-gzip", "deflate"):
        body = zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(body, limit + 1)
    elif coding != "identity":
        raise DocumentError(url, f"sent as {coding}, which is not read")
    if len(body) > limit:
        raise DocumentError(url, f"bigger than {limit // 1024**2} MB, not read")
    return body, kind
