"""Stages of amounts in single sentences (gold/sentences.txt): no fewer are right than before."""

import hashlib
import tomllib
from pathlib import Path

from tracker import extract
from tracker.schema import HOLD, STATUS

GOLD = Path(__file__).parent / "gold"
FLOORS = tomllib.loads((GOLD / "floors.toml").read_text("utf-8"))["sentences"]
LINES = (GOLD / "sentences.txt").read_text("utf-8").splitlines()
CASES = [(labels.split(), text) for labels, text in (line.split(" | ", 1) for line in LINES)]


def test_the_sentences_did_not_change_unnoticed():
    digest = hashlib.sha256((GOLD / "sentences.txt").read_bytes()).hexdigest()
    assert digest == FLOORS["sha256"]


def test_every_label_is_a_stage_and_a_hold():
    said = {label for labels, _ in CASES for label in labels}
    assert said <= {*STATUS, *(f"{status}+{hold}" for status in STATUS for hold in HOLD)}
    assert len({text for _, text in CASES}) == len(CASES)


def test_no_fewer_stages_are_right_than_before():
    right = found = total = 0
    for labels, text in CASES:
        read = [f"{m.status}+{m.hold}" if m.hold else m.status for m in extract(text)]
        total += len(labels)
        if len(read) == len(labels):
            found += len(labels)
            right += sum(map(str.__eq__, read, labels))
    assert found / total >= FLOORS["found"]
    assert right / total >= FLOORS["stage"]
