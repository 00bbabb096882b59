"""Reading what is not to be stored yet: in a process and a data folder of its own.

What somebody hands over is read as `ingest` reads everything, into a store beside the real one.
There it can be looked at, and then taken over or thrown away. The process is one that may be
killed: a file that breaks a reader, or takes all memory, ends that process and nothing else.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import tracker
from tracker.documents import DocumentError, Given
from tracker.ingest.pipeline import Step, ingest
from tracker.ingest.sources import Wanted, find_sources
from tracker.schema import EXTRACTOR, Document
from tracker.store import Batch, Source, Store

MAX_SECONDS = 900.0
"""The longest that one reading may take."""
MAX_MEMORY = 4 * 1024**3
"""Bytes of address space that a reading may take, where the system can hold it to that."""
PASTED = "pasted text"
"""The name of the file that holds a text from no file."""

_WORK = "from tracker.ingest import staging; staging.work()"
_ENDED = "the reader ended without a result: it ran out of memory, or the file broke it"


class StagingError(Exception):
    """A reading that came to nothing: one line that says why."""


@dataclass
class Staged:
    """What a reading found; nothing of it is in the real store."""

    store: Store
    """A store of its own that holds just this."""
    problems: list[str] = field(default_factory=list)
    """What could not be read, a line each."""
    notes: list[str] = field(default_factory=list)
    """Caps that were hit, and amounts that cannot well be."""

    def batch(self) -> Batch:
        """All of it, for `Store.commit` of the real store: each sighting with its original."""
        tables = {n: self.store.table(n) for n in ("documents", "sightings", "mentions")}
        documents = {row["document_id"]: row for row in tables["documents"].to_pylist()}
        sightings = sorted(tables["sightings"].to_pylist(), key=lambda row: row["retrieved"])
        sources = [self._source(documents[row["document_id"]], row) for row in sightings]
        return Batch(EXTRACTOR, tables["mentions"], frozenset(documents), sources)

    def _source(self, document: dict[str, Any], sighting: dict[str, Any]) -> Source:
        seen = {f.name for f in fields(Document)} & sighting.keys()
        made = Document(**document)
        # Which document it replaces is for the real store to say.
        made = replace(made, supersedes=None, **{name: sighting[name] for name in seen})
        if not made.url:
            made.file_name = sighting["source"] or None
        sha256 = made.original_sha256
        is_row = made.retrieved_how == "row of a table"
        return Source(made, None if is_row or not sha256 else self.store.original(sha256))


class Staging:
    """One reading, in a folder that belongs to it alone.

    Its files lie in `files`; `NAME.json` there is the sidecar of a file NAME, as in any folder.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.files = folder / "files"
        self._process: subprocess.Popen[str] | None = None
        self._is_stopped = threading.Event()

    def read(self, given: Given, tell: Callable[[Step], None] = lambda _: None) -> Staged:
        """Read the files; `tell` hears how far it is. Raises StagingError."""
        said = {name: value for name, value in vars(given).items() if value is not None}
        command = [sys.executable, "-P", "-c", _WORK, str(self.folder), json.dumps(said)]
        # The same program, wherever this one was started; -P: never a module out of a folder.
        environment = {"PYTHONPATH": str(Path(tracker.__file__).parents[1])}
        errors = (self.folder / "errors.txt").open("w+", encoding="utf-8")
        with errors, subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, text=True,
            encoding="utf-8", env=os.environ | environment,
        ) as process:  # fmt: skip
            self._process = process
            if self._is_stopped.is_set():  # before there was a process to be stopped
                process.kill()
            is_late = threading.Event()

            def late() -> None:
                is_late.set()
                process.kill()

            clock = threading.Timer(MAX_SECONDS, late)
            clock.start()
            try:
                assert process.stdout is not None
                for line in process.stdout:
                    tell(Step(**json.loads(line)))
                status = process.wait()
            finally:
                clock.cancel()
                process.kill()
        if self._is_stopped.is_set():
            raise StagingError("stopped")
        if is_late.is_set():
            raise StagingError(f"took longer than {MAX_SECONDS / 60:.0f} minutes, stopped")
        if status:
            raise StagingError(_ENDED)
        found = json.loads((self.folder / "report.json").read_text("utf-8"))
        return Staged(Store(self.folder / "data"), **found)

    def stop(self) -> None:
        """End the reading; `read` then raises StagingError."""
        self._is_stopped.set()
        if self._process is not None:
            with suppress(OSError):
                self._process.kill()


@dataclass(frozen=True)
class _Pasted(Wanted):
    """A text that came from no file."""

    def read(self, **options: Any) -> Any:
        for item in super().read(**options):
            if not isinstance(item, DocumentError):
                item.document.file_name, item.document.retrieved_how = None, PASTED
            yield item


def _read_here(folder: Path, given: Given) -> None:
    """What the process of a reading does."""
    # Only steps go out; what a library prints goes where errors go.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def tell(step: Step) -> None:
        print(json.dumps(vars(step)), file=out, flush=True)

    files = folder / "files"
    names = [str(file) for file in sorted(files.iterdir()) if file.suffix.lower() != ".json"]
    wanted, problems, _ = find_sources(names, given)
    pasted = str(files / PASTED)
    wanted = [_Pasted(one.place, given) if one.place == pasted else one for one in wanted]
    report = ingest(Store(folder / "data"), wanted, tell=tell)
    said = [str(problem).replace(f"{files}/", "") for problem in (*problems, *report.problems)]
    found = {"problems": said, "notes": report.notes}
    (folder / "report.json").write_text(json.dumps(found), "utf-8")


def _limit_memory() -> None:
    """Have this process fail rather than the machine."""
    with suppress(ImportError, ValueError, OSError):  # not on every system
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


def work() -> None:
    """The program of a reading's own process: its folder and what is given are its arguments."""
    _limit_memory()
    _read_here(Path(sys.argv[1]), Given(**json.loads(sys.argv[2])))
