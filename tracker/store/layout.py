"""Where everything lies in a data folder, and the frame of a commit."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from tracker.schema import (
    DOCUMENT_SCHEMA,
    HISTORY_SCHEMA,
    MENTION_SCHEMA,
    REVIEW_SCHEMA,
    SIGHTING_SCHEMA,
)
from tracker.store.files import (
    Buckets,
    StoreError,
    make_folder,
    named_errors,
    sweep,
    write_whole,
)

LOCK_SECONDS = 120.0
"""How long a writer waits for another one."""


class Layout:
    """The folders and files of one data folder."""

    def __init__(self, root: Path):
        self.root = root
        self.mentions = Buckets(root / "mentions", MENTION_SCHEMA)
        self.documents = Buckets(root / "documents", DOCUMENT_SCHEMA)
        self.sightings = Buckets(root / "sightings", SIGHTING_SCHEMA)
        self.history = Buckets(root / "history", HISTORY_SCHEMA)
        self.reviews = Buckets(root / "reviews", REVIEW_SCHEMA)
        self.originals = root / "originals"
        self.version = root / "VERSION"
        self.lock = root / ".lock"
        self.failed = root / "retry.json"
        """What could not be ingested: the source as it was given, and the reason."""
        self.sample = root / "SAMPLE"
        """Stands there when the documents are sample stories; never written by a commit."""
        self.unfinished = root / ".unfinished"
        """Stands there during a commit: VERSION is still to be raised."""

    def original(self, sha256: str) -> Path:
        """Where the original bytes with this hash lie."""
        return self.originals / sha256[:2] / sha256

    def create(self) -> None:
        """Make what is missing of the folders. Only under the writers' lock."""
        for table in (self.mentions, self.documents, self.sightings, self.history, self.reviews):
            table.create()
        make_folder(self.originals)

    def read_version(self) -> int:
        """The number of commits so far; 0 where there is no store."""
        try:
            return int(self.version.read_text())
        except FileNotFoundError:
            return 0

    def read_failed(self) -> dict[str, str]:
        """What could not be ingested."""
        with named_errors(self.failed):
            try:
                listed: dict[str, str] = json.loads(self.failed.read_text("utf-8"))
            except FileNotFoundError:
                return {}
            except ValueError:
                raise StoreError(f"{self.failed}: is no list, delete it to begin anew") from None
            return listed

    def write_failed(self, listed: Mapping[str, str]) -> None:
        """Keep the list, or remove it when it is empty. Only under the writers' lock."""
        with named_errors(self.failed):
            if listed:
                written = json.dumps(dict(sorted(listed.items())), ensure_ascii=False, indent=1)
                write_whole(self.failed, f"{written}\n".encode())
            else:
                self.failed.unlink(missing_ok=True)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """The writers' lock, in a folder that is made where it is missing.

        Raises StoreError when the folder cannot be written or another process keeps writing.
        """
        with named_errors(self.root):
            make_folder(self.root)
            lock = FileLock(self.lock, timeout=LOCK_SECONDS)
            try:
                lock.acquire()
            except Timeout:
                reason = "another process is writing, gave up"
                raise StoreError(f"{self.root}: {reason}") from None
            try:
                yield
            finally:
                lock.release()

    def recover(self) -> bool:
        """Whether the last commit was interrupted; what it left half-written is removed."""
        interrupted = self.unfinished.exists()
        if interrupted:
            sweep(self.root)
        return interrupted

    @contextmanager
    def changing(self) -> Iterator[None]:
        """One commit: VERSION is raised at its end. Only under the writers' lock."""
        self.unfinished.touch()
        self.create()
        yield
        write_whole(self.version, f"{self.read_version() + 1}\n".encode())
        self.unfinished.unlink()
