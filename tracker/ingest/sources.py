"""What is to be ingested: files, tables and addresses, each with what people say of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tracker.documents import (
    DocumentError,
    Given,
    find_documents,
    is_table,
    read_corpus,
    read_file,
    read_url,
    sidecar_of,
)
from tracker.store import Source, Store

ADDRESS_BYTES = 100_000
"""What an address counts for in the progress, before its size is known."""


@dataclass(frozen=True)
class Wanted:
    """One file, table or address to be read, with what is given about it."""

    place: str
    given: Given = field(default_factory=Given)

    @property
    def is_address(self) -> bool:
        """Whether it is read from the web."""
        return self.place.startswith(("http://", "https://"))

    @property
    def is_table(self) -> bool:
        """Whether it holds many documents."""
        return not self.is_address and is_table(self.place)

    @property
    def key(self) -> str:
        """How the list of what failed names it: with its whole path, from wherever it is read."""
        place = self.place if self.is_address else os.path.abspath(self.place)
        given = {name: value for name, value in vars(self.given).items() if value is not None}
        return json.dumps({"place": place, "given": given}, ensure_ascii=False)

    def size(self) -> int:
        """Bytes to be read, as far as is known before."""
        try:
            return ADDRESS_BYTES if self.is_address else Path(self.place).stat().st_size
        except (OSError, ValueError):
            return 0

    def read(
        self, *, allow_private: bool, seen: Callable[[float], None]
    ) -> Iterator[Source | DocumentError]:
        """Its documents, an error in the place of each that cannot be read.

        `seen` is told which share of a table has been read.
        """
        try:
            if self.is_address:
                yield Source(*read_url(self.place, self.given, allow_private=allow_private))
            elif self.is_table:
                sidecar = sidecar_of(Path(self.place))
                for row in read_corpus(self.place, sidecar, self.given, seen=seen):
                    yield row if isinstance(row, DocumentError) else Source(row, None)
            else:
                said = {
                    name: getattr(self.given, name)
                    for name in ("publisher", "published", "url", "title")
                }
                yield Source(*read_file(self.place, **said))
        except DocumentError as error:
            yield error


def failed_sources(store: Store) -> list[Wanted]:
    """What could not be ingested before, and is to be tried again."""
    listed = [json.loads(key) for key in store.failed()]
    return [Wanted(one["place"], Given(**one["given"])) for one in listed]


def find_sources(
    places: Iterable[str], given: Given
) -> tuple[list[Wanted], list[DocumentError], int]:
    """What the paths and addresses name, what is wrong with a path, and how many files of other
    kinds the folders hold.

    A file that is not there is an error here, so that no list keeps a name that was mistyped.
    """
    places = list(places)
    addresses = [place for place in places if Wanted(place).is_address]
    files, errors, skipped = find_documents(p for p in places if p not in addresses)
    wanted = []
    for file in files:
        try:
            file.stat()
        except (OSError, ValueError) as error:
            errors.append(DocumentError(file, getattr(error, "strerror", None) or str(error)))
        else:
            wanted.append(Wanted(str(file), given))
    wanted += [Wanted(address, given) for address in dict.fromkeys(addresses)]
    return wanted, errors, skipped
