"""Whole documents (gold/documents): no fewer of their amounts are read right than before."""

import tomllib
from pathlib import Path

import pytest
from whole_documents import LABEL, PARTS, digest, paths, read_labelled, scores

from tracker.schema import AID_TYPE, HOLD, STATUS

FLOORS = tomllib.loads((Path(__file__).parent / "gold" / "floors.toml").read_text("utf-8"))[
    "documents"
]


@pytest.mark.parametrize("part", PARTS)
def test_the_documents_did_not_change_unnoticed(part):
    assert digest(part) == FLOORS[part]["sha256"]


@pytest.mark.parametrize("part", PARTS)
def test_every_label_says_what_there_is(part):
    for path in paths(part):
        written = path.read_text("utf-8")
        text, amounts = read_labelled(written)
        assert written.count("[[") == len(amounts) == len(LABEL.findall(written)), path.name
        assert "[[" not in text, path.name
        assert "]]" not in text, path.name
        for amount in amounts:
            assert amount.tags["status"] in STATUS, path.name
            assert amount.tags["hold"] in (None, *HOLD), path.name
            assert amount.tags["aid_type"] in (None, *AID_TYPE), path.name


@pytest.mark.parametrize("part", PARTS)
def test_no_fewer_are_right_than_before(part):
    floors = {tag: floor for tag, floor in FLOORS[part].items() if tag != "sha256"}
    reached = scores(part)
    assert set(floors) == set(reached)
    below = {tag: (reached[tag], floor) for tag, floor in floors.items() if reached[tag] < floor}
    assert not below
