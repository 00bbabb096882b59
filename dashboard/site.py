"""What the pages share: the data they show and what this server may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from dashboard.checking import Checking
from dashboard.limits import Allowance
from tracker.figures import Catalogue
from tracker.store import Query, Store

CHECKS = (60, 2.0)
"""How many questions a client may ask the checker at once, and how many a second after that."""
ADDITIONS = (20, 0.5)
"""The same for documents that are handed in to be read."""


@dataclass(frozen=True)
class Settings:
    """What the dashboard needs to know."""

    data: Path
    """The data folder."""
    public: bool = False
    """Read-only for the world: quotes with their sentence, no full texts, no adding, no reviews."""
    publish_texts: bool = False
    """Full texts and originals although `public`."""
    allow_adding: bool = False
    """Whether people may add documents."""
    allow_review: bool = False
    """Whether people may review mentions."""
    allowed_hosts: tuple[str, ...] = ()
    """Host names that are answered beside those of this machine."""
    base_url: str = ""
    """The prefix of permalinks, without a slash at its end; empty where none was given."""

    @property
    def sample(self) -> bool:
        """Whether the data are sample stories: then every page and export says so."""
        return Store(self.data).is_sample

    @property
    def shows_texts(self) -> bool:
        """Whether full texts and originals are served."""
        return self.publish_texts or not self.public


@dataclass(frozen=True)
class Site:
    """The data behind the pages, opened once."""

    settings: Settings
    store: Store = field(init=False)
    query: Query = field(init=False)
    catalogue: Catalogue = field(init=False)
    checking: Checking = field(init=False)
    additions: Allowance = field(init=False)
    """How often each client may hand in a document to be read."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "store", Store(self.settings.data))
        object.__setattr__(self, "query", Query(self.store))
        object.__setattr__(self, "catalogue", Catalogue(self.query))
        object.__setattr__(self, "checking", Checking(self.catalogue, Allowance(*CHECKS)))
        object.__setattr__(self, "additions", Allowance(*ADDITIONS))
