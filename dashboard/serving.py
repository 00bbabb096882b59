"""Serving the dashboard with waitress: on which address, for whom, within which bounds."""

from __future__ import annotations

import logging
import signal
import socket
from collections.abc import Callable

import waitress
from flask import Flask

from dashboard.app import create_app
from dashboard.guard import body_limit, is_loopback
from dashboard.site import Settings
from tracker.reports.links import base_url_of

THREADS = 16
"""More than downloads may run at a time (`routes.DOWNLOADS`), so that some are always left."""
MAX_HEADERS = 32 * 1024
"""The longest request line and headers together, in bytes."""
CONNECTIONS = 500
STALLED_SECONDS = 30
"""How long a connection may stand without a byte, also one that an answer waits on."""
_EVERYWHERE = ("0.0.0.0", "::", "")


class ServeError(OSError):
    """The server cannot listen where it was told to; the text is one line for the user."""


def check(settings: Settings, host: str) -> None:
    """Raises `ServeError` for what would let others in by mistake."""
    try:
        base_url_of(settings.base_url)
    except ValueError as error:
        raise ServeError(str(error)) from None
    if settings.public and (settings.allow_adding or settings.allow_review):
        raise ServeError("--public-read-only serves no adding and no reviewing: leave them out")
    if settings.publish_texts and not settings.public:
        raise ServeError("--publish-texts goes with --public-read-only")
    if is_loopback(host):
        return
    if not settings.public:
        raise ServeError(
            f"{host}: others may reach this address, use --public-read-only to serve them "
            "(docs/SERVING.md)"
        )
    if host in _EVERYWHERE and not settings.allowed_hosts:
        raise ServeError(f"{host}: name the host that people ask for with --allowed-host")


def serve(
    settings: Settings, host: str = "127.0.0.1", port: int = 8050, proxy: str | None = None
) -> None:
    """Serves the dashboard until SIGTERM or SIGINT, then returns.

    Raises `ServeError` when the address is in use or not allowed. Port 0 takes a free one. `proxy`
    is the address of a proxy in front that says in X-Forwarded-For who asks.
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    check(settings, host)
    with _listen(host, port) as listener:
        bound = listener.getsockname()[:2]
        server = server_of(create_app(settings).server, settings, listener, proxy)
        signal.signal(signal.SIGTERM, _stop)
        shown = f"[{host}]" if ":" in host else host
        print(f"Serving on http://{shown}:{bound[1]}", flush=True)
        try:
            server.run()
        finally:
            server.close()


def server_of(
    app: Flask, settings: Settings, listener: socket.socket, proxy: str | None = None
) -> waitress.server.BaseWSGIServer:
    """The server, within its bounds, to be run."""
    # That requests wait for a thread for a moment is no news.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    trusted = {"trusted_proxy": proxy, "trusted_proxy_headers": "x-forwarded-for"} if proxy else {}
    server = waitress.create_server(
        app,
        sockets=[listener],
        threads=THREADS,
        ident=None,
        max_request_header_size=MAX_HEADERS,
        max_request_body_size=body_limit(settings),
        connection_limit=CONNECTIONS,
        channel_timeout=STALLED_SECONDS,
        cleanup_interval=STALLED_SECONDS // 3,
        asyncore_use_poll=True,  # select() knows 1,024 files at most
        log_socket_errors=False,
        **trusted,
    )
    server.maintenance = _ending_stalled(server, server.maintenance)
    return server


def _ending_stalled(
    server: waitress.server.BaseWSGIServer, ordinary: Callable[[float], None]
) -> Callable[[float], None]:
    """Maintenance that also ends connections whose reader takes nothing any more.

    Waitress ends idle ones only; a thread that writes a download would wait for ever.
    """

    def maintenance(now: float) -> None:
        ordinary(now)
        for channel in list(server.active_channels.values()):
            stands = now - channel.last_activity > STALLED_SECONDS
            if stands and channel.total_outbufs_len:
                channel.will_close = True

    return maintenance


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket; made before all else, so that a port in use is told at once."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).split(" (while")[0]
        raise ServeError(f"cannot serve on {host}:{port}: {reason.lower()}") from error


def _stop(*_: object) -> None:
    """Ends `server.run()`, which takes SystemExit as the wish to stop."""
    raise SystemExit(0)
