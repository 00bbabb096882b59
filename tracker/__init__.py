"""The public face of the tracker."""

from tracker.extraction import LimitReached, extract, extract_batch
from tracker.schema import Document, Mention
from tracker.store import Store

__all__ = ["Document", "LimitReached", "Mention", "Store", "extract", "extract_batch"]
