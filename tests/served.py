"""A server of its own process for tests that attack it or measure it."""

from __future__ import annotations

import hashlib
import http.client
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


class Server(NamedTuple):
    """A running `tracker serve`."""

    port: int
    process_id: int

    def ask(
        self, path: str, method: str = "GET", body: object = None,
        headers: Mapping[str, str] | None = None, timeout: float = 60,
    ) -> Answer:  # fmt: skip
        """One request on a connection of its own; what came back."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            # Refused before all of it was sent: the answer is there already.
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.request(method, path, body=body, headers=dict(headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()

    def ask_patiently(self, path: str) -> Answer:
        """The same, asked again after the time that the server names, as a client should."""
        while (answer := self.ask(path)).status == 429:
            time.sleep(int(answer.headers["Retry-After"]))
        return answer

    def memory(self) -> int:
        """Bytes of memory that the server holds."""
        status = Path(f"/proc/{self.process_id}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) * 1024


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Server]:
    """`tracker serve` over a data folder, ended at the end."""
    command = [sys.executable, "-m", "tracker", "serve", "--port", "0", "--data", str(folder)]
    with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline()
            yield Server(int(line.rpartition(":")[2]), process.pid)
        finally:
            process.terminate()
            process.wait(timeout=60)


def digest(folder: Path) -> str:
    """A hash of every file below a folder with its name, the writers' lock aside."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != ".lock":
            found.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()
