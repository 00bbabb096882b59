"""A sentence against the known figures: evidence in bands, never a verdict."""

from tracker.check.answer import Answer, Checker, citation
from tracker.check.bands import BANDS
from tracker.check.question import read_question
from tracker.check.text import as_text

__all__ = ["BANDS", "Answer", "Checker", "as_text", "citation", "read_question"]
