"""Mentions to figures, and their totals. Nothing is added up that may be counted already."""

from tracker.figures.book import Book, Parted
from tracker.figures.catalogue import Catalogue
from tracker.figures.marks import KEY, marks
from tracker.figures.relations import Why, also_stated_as, possibly_same, why
from tracker.figures.totals import Switches, Total, by_stage, totals

__all__ = [
    "KEY", "Book", "Catalogue", "Parted", "Switches", "Total", "Why", "also_stated_as", "by_stage",
    "marks", "possibly_same", "totals", "why",
]  # fmt: skip
