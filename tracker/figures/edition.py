"""The figures of one commit, made once and kept on disk: big books take minutes and gigabytes.

The kept files are derived: they are made again when the data, or this package, has changed, and
deleting them loses nothing but the time. `python -m tracker.figures.edition DATA` makes them.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from tracker.figures.book import Book
from tracker.figures.links import links_of
from tracker.figures.statement import COLUMNS
from tracker.store import Query, Store
from tracker.store.files import whole_file
from tracker.store.frame import held_once, plain
from tracker.store.snapshot import Snapshot

MADE_OF = (
    *COLUMNS, "start", "sentence", "title", "publisher", "published", "published_precision",
    "superseded_by", "amount_min", "amount_max", "qualifier", "donor_name", "recipient_name",
    "attributed_to", "equivalent_of",
)  # fmt: skip
"""What figures need of mentions."""
FOLDER = ".figures"
"""Where a data folder keeps them; readers of Parquet folders skip names that begin with "."."""


class EditionError(RuntimeError):
    """The figures cannot be made: one line that says why."""


class Edition(Book):
    """A book that is only read: its figures and mentions are those of one commit.

    Both hold texts that repeat once (`store.frame`); what its methods return is plain.
    """

    def __init__(self, snapshot: Snapshot, figures: pl.DataFrame, stories: pl.DataFrame):
        """`figures` and `stories` as `keep` wrote them for this snapshot."""
        self.figures = held_once(figures, "figure_id")
        self.mentions = snapshot.frame
        self.links = links_of(snapshot.decisions.pairs())
        self._stories = stories

    def update(self, *_: Any) -> Any:
        """Not possible: raises TypeError."""
        raise TypeError("an edition is of one commit")

    def figure_id(self, name: str) -> str | None:
        """The figure of today that the id of a figure or of one of its mentions leads to."""
        own = self.figures.filter(pl.col("figure_id") == "f_" + name[2:])
        if own.height:
            return str(own["figure_id"][0])
        holds = pl.col("mention_ids").list.contains("m_" + name[2:])
        found = self.figures.lazy().filter(holds).select("figure_id").collect()
        return str(found["figure_id"][0]) if found.height else None

    def figure_ids(self, mentions: pl.Series) -> pl.Series:
        """The figure of each of some mentions; null for one that makes no figure."""
        members = self.figures.select("figure_id", "mention_ids").explode("mention_ids")
        asked = pl.DataFrame({"mention_ids": mentions})
        return asked.join(members, on="mention_ids", how="left", maintain_order="left")["figure_id"]

    def select(self, mentions: pl.DataFrame) -> pl.DataFrame:
        """The figures that at least one of these mentions states, whole."""
        ids = self.figure_ids(mentions["mention_id"]).drop_nulls().unique()
        return plain(self.figures.filter(pl.col("figure_id").is_in(ids.implode())))

    def story(self, document_id: str) -> str | None:
        """The story of a document: the same for near-duplicates of one another."""
        found = self._stories.filter(pl.col("document_id") == document_id)["story"]
        return str(found[0]) if len(found) else None


def kept(store: Store, snapshot: Snapshot) -> Edition | None:
    """The edition of a snapshot, if the folder keeps it."""
    figures, stories = _paths(store, snapshot.stamp)
    try:
        return Edition(snapshot, pl.read_parquet(figures), pl.read_parquet(stories))
    except (OSError, pl.exceptions.PolarsError):
        return None


def make(store: Store) -> None:
    """Make the edition of the data as it is now, in a process of its own, which takes its memory
    with it. Raises EditionError.
    """
    command = [sys.executable, "-m", "tracker.figures.edition", str(store.path)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        reason = (made.stderr.strip().splitlines() or [f"status {made.returncode}"])[-1]
        raise EditionError(f"{store.path}: the figures cannot be made: {reason}")


def keep(store: Store) -> None:
    """Make the edition of the data as it is now and keep it, in place of older ones."""
    snapshot = Query(store).snapshot()
    stamp, pairs = snapshot.stamp, snapshot.decisions.pairs()
    mentions = plain(snapshot.frame.select(MADE_OF))
    del snapshot  # figures of many mentions take all the memory that there is
    book = Book(mentions, pairs)
    documents = book.mentions["document_id"].unique()
    stories = pl.DataFrame(
        {"document_id": documents, "story": [book.story(name) for name in documents]}
    )
    paths = _paths(store, stamp)
    paths[0].parent.mkdir(exist_ok=True)
    for path, frame in zip(paths, (book.figures, stories), strict=True):
        with whole_file(path) as file:
            frame.write_parquet(file)
    for path in paths[0].parent.glob("*.parquet"):
        if path not in paths:
            path.unlink(missing_ok=True)


def _paths(store: Store, stamp: tuple[object, ...]) -> tuple[Path, Path]:
    """The files of figures and of stories for one commit as these rules read it."""
    key = hashlib.sha256(f"{stamp} {_rules()}".encode()).hexdigest()[:16]
    folder = store.path / FOLDER
    return folder / f"figures-{key}.parquet", folder / f"stories-{key}.parquet"


@cache
def _rules() -> str:
    """A digest of the code that makes figures: another one makes others."""
    folder = Path(__file__).parent
    return hashlib.sha256(b"".join(p.read_bytes() for p in sorted(folder.glob("*.py")))).hexdigest()


if __name__ == "__main__":
    keep(Store(sys.argv[1]))
