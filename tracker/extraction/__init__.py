"""Text to mentions: pure, no files, no network.

`extract` reads one text, `extract_batch` a table of them; both give the same mentions.
"""

from tracker.extraction.batch import LimitReached, extract, extract_batch

__all__ = ["LimitReached", "extract", "extract_batch"]
