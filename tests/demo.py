"""The sample stories of the grouping gold as a data folder, for `make demo`.

    python tests/demo.py FOLDER

Each story of `gold/stories/` becomes a text file with its sidecar in FOLDER/stories, and all of
them are read into FOLDER/data, which says that it is sample data. A second run changes nothing.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from stories import SEVEN, STORIES, read_story

from tracker.documents import Given
from tracker.ingest import find_sources, ingest
from tracker.store import Store
from tracker.terminal import count


def make_demo(folder: Path) -> Store:
    """The store of the sample stories, as the extractor of today reads them."""
    stories, store = folder / "stories", Store(folder / "data")
    stories.mkdir(parents=True, exist_ok=True)
    for path in (*STORIES, SEVEN):
        for number, document in enumerate(read_story(path).documents, start=1):
            known = {
                "title": document.title,
                "publisher": document.publisher,
                "published": document.published and document.published.isoformat(),
                "url": document.url,
                "language": "en",
            }
            file = stories / f"{path.stem}_{number:02}.txt"
            file.write_text(document.text, "utf-8")
            file.with_suffix(".json").write_text(json.dumps(known, ensure_ascii=False), "utf-8")
    store.mark_as_sample()
    wanted, problems, _ = find_sources([str(stories)], Given())
    report = ingest(store, wanted)
    if problems or report.problems:
        raise ValueError(str([*problems, *report.problems][0]))
    return store


if __name__ == "__main__":
    made = make_demo(Path(sys.argv[1]))
    documents, mentions = (made.table(name).num_rows for name in ("documents", "mentions"))
    print(f"Sample stories: {count(documents, 'document')}, {count(mentions, 'mention')}")
