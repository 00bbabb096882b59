"""The checker over the figures as they are now, made anew only when they have changed."""

from __future__ import annotations

import datetime as dt
import threading

from tracker.check import Answer, Checker
from tracker.figures import Catalogue


class Checking:
    """Answers questions for pages and the API; may be called from many threads."""

    def __init__(self, catalogue: Catalogue):
        self._catalogue = catalogue
        self._lock = threading.Lock()
        self._made: tuple[object, Checker] | None = None

    def check(self, sentence: str, at: dt.date | None = None) -> list[Answer]:
        """One answer for each amount of the sentence; see `tracker.check.Checker.check`."""
        return self._checker().check(sentence, at)

    def _checker(self) -> Checker:
        with self._lock:
            book = self._catalogue.book
            figures = book.figures  # another frame after each change
            if self._made is None or self._made[0] is not figures:
                self._made = figures, Checker(book)
            return self._made[1]
