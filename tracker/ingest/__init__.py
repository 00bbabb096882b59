"""From files, tables and addresses into the store, and what is said about it."""

from tracker.ingest.doubts import Worklist
from tracker.ingest.pipeline import OUTCOMES, Report, Step, ingest
from tracker.ingest.reread import Change, reextract
from tracker.ingest.sources import Wanted, failed_sources, find_sources
from tracker.ingest.staging import PASTED, Staged, Staging, StagingError

__all__ = [
    "OUTCOMES",
    "PASTED",
    "Change",
    "Report",
    "Staged",
    "Staging",
    "StagingError",
    "Step",
    "Wanted",
    "Worklist",
    "failed_sources",
    "find_sources",
    "ingest",
    "reextract",
]
