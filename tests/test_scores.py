"""The scores that are shipped are those of today."""

import json
from pathlib import Path

from tracker.evaluate import RECORD, record, recorded
from tracker.schema import EXTRACTOR

GOLD = sorted((Path(__file__).parent / "gold").glob("*.jsonl"))


def test_the_recorded_scores_are_reached_today():
    assert json.loads(record(GOLD)) == recorded(), "run `make scores`"
    assert RECORD.read_text("utf-8").endswith("}\n")


def test_they_are_of_this_extractor_and_of_every_gold_file():
    kept = recorded()
    assert kept["extractor"] == EXTRACTOR, "run `make scores`"
    assert [entry["file"] for entry in kept["files"]] == [path.name for path in GOLD]
    english = next(e for e in kept["files"] if e["file"] == "english.jsonl")
    assert set(english["parts"]) == {"all", "half A", "half B"}
