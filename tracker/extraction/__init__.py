"""Text to mentions: pure, no files, no network.

`extract` reads one text, `extract_batch` a table of them; both give the same mentions.
`runners_up` tells which cues lost against those that decided a status.
"""

from tracker.extraction.batch import LimitReached, extract, extract_batch
from tracker.extraction.decision import Decision
from tracker.extraction.explain import runners_up

__all__ = ["Decision", "LimitReached", "extract", "extract_batch", "runners_up"]
