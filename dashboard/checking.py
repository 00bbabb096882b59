"""The checker over the figures as they are now, made anew only when they have changed."""

from __future__ import annotations

import datetime as dt
import math
import threading

from flask import has_request_context, request

from dashboard.limits import Allowance
from tracker.check import Answer, Checker
from tracker.figures import Catalogue


class TooManyQuestionsError(ValueError):
    """A client asks too often; the text is one line for the reader."""

    def __init__(self, seconds: float):
        self.seconds = math.ceil(seconds)
        super().__init__(f"too many questions at once, try again in {self.seconds} seconds")


class Checking:
    """Answers questions for pages and the API; may be called from many threads."""

    def __init__(self, catalogue: Catalogue, allowance: Allowance):
        self._catalogue, self._allowance = catalogue, allowance
        self._lock = threading.Lock()
        self._made: tuple[object, Checker] | None = None

    def check(self, sentence: str, at: dt.date | None = None) -> list[Answer]:
        """One answer for each amount of the sentence; see `tracker.check.Checker.check`.

        Raises TooManyQuestionsError for a client that asks more often than the allowance has it.
        """
        if has_request_context() and (seconds := self._allowance.wait(request.remote_addr)):
            raise TooManyQuestionsError(seconds)
        return self._checker().check(sentence, at)

    def _checker(self) -> Checker:
        with self._lock:
            book = self._catalogue.book
            figures = book.figures  # another frame after each change
            if self._made is None or self._made[0] is not figures:
                self._made = figures, Checker(book)
            return self._made[1]
