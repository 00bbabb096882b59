"""What people hand over to be added: received, read, looked at, then stored or thrown away.

One table of readings in the memory of the server, their files in a temporary folder. What is not
stored when the server ends is gone, as the page says.
"""

from __future__ import annotations

import atexit
import re
import secrets
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO, Literal, Protocol

from tracker.documents import Given, is_web_address, parse_date, printable
from tracker.ingest import OUTCOMES, PASTED, Staged, Staging, StagingError, Step
from tracker.store import Query, Store, StoreError

MAX_FILES = 100
"""Files that are received at a time."""
MAX_KEPT = 20
"""Readings that wait to be looked at; who wants one more stores or discards another first."""
MAX_AGE = 3600.0
"""Seconds after which a reading that nobody has asked for is thrown away."""
AT_A_TIME = 2
"""Readings that run beside each other."""
_LONGEST_NAME = 200
"""Bytes of a file's name, which file systems limit to 255."""

State = Literal["waiting", "reading", "read", "failed", "storing", "stored", "discarded"]


class AddingError(ValueError):
    """Something that cannot be added: one line that says why."""


class Upload(Protocol):
    """A file as the web server hands it over."""

    filename: str | None

    @property
    def stream(self) -> IO[bytes]:
        """Its bytes."""


@dataclass
class Job:
    """One reading: its files, how far it is, and what became of it."""

    job_id: str
    staging: Staging
    given: Given
    names: Sequence[str]
    size: int
    """Bytes to be read."""
    state: State = "waiting"
    step: Step = field(default_factory=lambda: Step(0.0, 0))
    problem: str | None = None
    """Why it failed, or could not be stored."""
    found: Staged | None = None
    came_to: Counter[str] = field(default_factory=Counter)
    """What storing it came to, in words, with the number of documents."""
    document_ids: list[str] = field(default_factory=list)
    """The documents that were stored."""
    asked: float = field(default_factory=time.monotonic)
    """When somebody last asked for it."""

    @property
    def is_busy(self) -> bool:
        """Whether it will get further by itself."""
        return self.state in ("waiting", "reading", "storing")

    @cached_property
    def query(self) -> Query:
        """The door to what was found."""
        assert self.found is not None
        return Query(self.found.store)


class Jobs:
    """The readings of one server; every method may be called from many threads."""

    def __init__(self, store: Store):
        self._store = store
        self._lock = threading.Lock()
        self._turn = threading.Semaphore(AT_A_TIME)
        self._jobs: dict[str, Job] = {}
        self._folder: Path | None = None

    def create(self, uploads: Iterable[Upload], text: str, given: Given) -> Job:
        """Receive files or a text, and begin to read them. Raises AddingError."""
        _check(given)
        files = [upload for upload in uploads if upload.filename]
        if bool(files) == bool(text.strip()):
            raise AddingError("paste a text or choose files" + (", not both" if files else ""))
        names = [_name_of(upload.filename or "") for upload in files] or [PASTED]
        documents = [name for name in names if not name.lower().endswith(".json")]
        if twice := [name for name, number in Counter(names).items() if number > 1]:
            raise AddingError(f"two files are named {twice[0]}: add them one after the other")
        if not documents:
            raise AddingError(f"{names[0]}: goes beside a document, and there is none")
        if (given.title or given.url) and len(documents) > 1:
            raise AddingError(f"title and address are for one document, not for {len(documents)}")
        self._sweep()
        job_id = f"j_{secrets.token_hex(8)}"
        with self._lock:
            if sum(job.state not in ("stored", "discarded") for job in self._jobs.values()) >= (
                MAX_KEPT
            ):
                raise AddingError(f"{MAX_KEPT} readings wait: store or discard one of them first")
            staging = Staging(self._place() / job_id)
            job = self._jobs[job_id] = Job(job_id, staging, given, documents, 0)
        try:
            staging.files.mkdir(parents=True)
            if not files:
                (staging.files / PASTED).write_text(text, "utf-8", errors="replace")
            for name, upload in zip(names, files, strict=False):
                with (staging.files / name).open("wb") as file:
                    shutil.copyfileobj(upload.stream, file, 1024**2)
        except OSError as error:
            self.discard(job_id)
            raise AddingError(f"cannot be received: {error.strerror or error}") from None
        job.size = sum(file.stat().st_size for file in staging.files.iterdir())
        threading.Thread(target=self._read, args=(job,), daemon=True).start()
        return job

    def get(self, job_id: str | None) -> Job | None:
        """The reading of this id, or None."""
        job = self._jobs.get(job_id or "")
        if job is not None:
            job.asked = time.monotonic()
        return job

    def discard(self, job_id: str) -> None:
        """Throw a reading away; one that runs is ended. What is stored stays stored."""
        with self._lock:
            job = self._jobs.get(job_id)
            if job is None or job.state in ("storing", "stored", "discarded"):
                return
            job.state = "discarded"
        job.staging.stop()
        _empty(job)

    def store(self, job_id: str) -> None:
        """Take over into the data folder what was read; once, however often it is asked for.

        Where that fails, `problem` says why and the reading stays.
        """
        with self._lock:
            job = self._jobs.get(job_id)
            if job is None or job.state != "read" or job.found is None:
                return
            job.state = "storing"
        try:
            batch = job.found.batch()
            outcomes = self._store.commit(batch)
        except StoreError as error:
            job.problem, job.state = str(error), "read"
            return
        except BaseException:
            job.state = "read"
            raise
        job.came_to = Counter(OUTCOMES[outcome] for outcome in outcomes)
        job.document_ids = [source.document.document_id for source in batch.sources]
        job.problem, job.state = None, "stored"
        _empty(job)

    def close(self) -> None:
        """End all that runs and throw away what is not stored."""
        for job_id in list(self._jobs):
            self.discard(job_id)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _place(self) -> Path:
        """The temporary folder of all readings, made when the first one comes."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="tracker-adding-"))
            atexit.register(self.close)
        return self._folder

    def _read(self, job: Job) -> None:
        with self._turn:
            with self._lock:
                if job.state != "waiting":
                    return
                job.state = "reading"
            try:
                job.found = job.staging.read(job.given, lambda step: setattr(job, "step", step))
            except (StagingError, OSError) as error:
                job.problem = str(error)
        with self._lock:
            if job.state == "reading":
                job.state = "failed" if job.found is None else "read"
                return
        _empty(job)

    def _sweep(self) -> None:
        """Throw away what nobody has asked for in a long time."""
        late = time.monotonic() - MAX_AGE
        for job_id, job in list(self._jobs.items()):
            if job.asked < late and not job.is_busy:
                self.discard(job_id)
                self._jobs.pop(job_id, None)


def _empty(job: Job) -> None:
    """Remove the files of a reading."""
    job.found = None
    job.__dict__.pop("query", None)
    with suppress(OSError):
        shutil.rmtree(job.staging.folder)


def _check(given: Given) -> None:
    try:
        if given.published:
            parse_date(given.published)
    except ValueError as error:
        raise AddingError(f"published: {error}") from None
    if given.url and not is_web_address(given.url):
        raise AddingError(f"address: {given.url!r} does not begin with http:// or https://")


def _name_of(name: str) -> str:
    """The last part of a file's name, fit to be a name here."""
    last = printable(re.split(r"[/\\]", name)[-1]).strip()
    if last in ("", ".", ".."):
        raise AddingError("a file without a name")
    stem, dot, ending = last.rpartition(".")
    while len(last.encode()) > _LONGEST_NAME and stem:
        stem = stem[:-1]
        last = f"{stem}{dot}{ending}"
    if len(last.encode()) > _LONGEST_NAME:
        raise AddingError("a file whose name is too long")
    return last
