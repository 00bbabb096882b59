"""Mentions to figures, and their totals. Nothing is added up that may be counted already."""

from tracker.figures.book import Book, Parted
from tracker.figures.marks import KEY, marks

__all__ = ["KEY", "Book", "Parted", "marks"]
