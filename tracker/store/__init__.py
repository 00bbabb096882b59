"""Parquet on disk: written whole or not at all, read through one door (`Query`)."""

from tracker.store.filters import Filters
from tracker.store.query import Query
from tracker.store.store import Outcome, Store, StoreError

__all__ = ["Filters", "Outcome", "Query", "Store", "StoreError"]
