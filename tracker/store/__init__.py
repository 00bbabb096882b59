"""Parquet on disk: written whole or not at all, read through one door (`Query`)."""

from tracker.store.decisions import ReviewError
from tracker.store.files import DamagedBucket, StoreError
from tracker.store.filters import Filters
from tracker.store.plan import Batch, Outcome, Reading, Source
from tracker.store.query import Query
from tracker.store.store import Store

__all__ = [
    "Batch",
    "DamagedBucket",
    "Filters",
    "Outcome",
    "Query",
    "Reading",
    "ReviewError",
    "Source",
    "Store",
    "StoreError",
]
