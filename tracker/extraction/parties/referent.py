"""Somebody whom words of a sentence mean."""

from __future__ import annotations

from typing import NamedTuple

from tracker.extraction.words import load_rules

GOVERN = {name: frozenset(words) for name, words in load_rules("roles")["govern"].items()}
"""Words that act for somebody, or mean somebody without a name, by list."""


class Referent(NamedTuple):
    """Words that mean somebody: tokens `first` to `last`."""

    codes: tuple[str, ...]
    """None for a crowd ("donors"), several for a list ("Norway and Canada")."""
    kind: str
    """As `Party.kind`; or crowd, government ("ministers"), country, body, pronoun: unnamed."""
    first: int
    last: int
    members: tuple[Referent, ...] = ()
    """Of a list: those that it names."""

    @property
    def code(self) -> str | None:
        """Whom it means, if that is one."""
        return self.codes[0] if len(self.codes) == 1 else None
