"""A file to write that is emptied while it is written: what makes streams of formats."""

from __future__ import annotations

import io


class Drain(io.RawIOBase):
    """Takes bytes like a file that cannot be read or sought, and gives them away in order."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._written = 0

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, content: object) -> int:
        """Take bytes; how many they are."""
        part = bytes(memoryview(content))  # type: ignore[arg-type]
        self._parts.append(part)
        self._written += len(part)
        return len(part)

    def tell(self) -> int:
        """How many bytes were written."""
        return self._written

    def taken(self) -> bytes:
        """What was written since the last call."""
        parts, self._parts = self._parts, []
        return b"".join(parts)
