"""Mentions to figures, and their totals. Nothing is added up that may be counted already."""

from tracker.figures.book import Book, Parted
from tracker.figures.catalogue import Catalogue, Span
from tracker.figures.relations import Why, also_stated_as, possibly_same, why
from tracker.figures.totals import Switches, Total, by_stage, totals

__all__ = [
    "Book", "Catalogue", "Parted", "Span", "Switches", "Total", "Why", "also_stated_as",
    "by_stage", "possibly_same", "totals", "why",
]  # fmt: skip
