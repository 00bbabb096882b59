"""Stages and parties in passages of a line each (gold/*.txt): no fewer are right than before.

A line is `labels | text`, one label an amount: stage, +hold if there is one, and in brackets who
gives and who receives, where the file says it ("-" for nobody in particular, "?" not judged). "//"
is a line break.
"""

import hashlib
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from tracker import extract
from tracker.schema import HOLD, STATUS

GOLD = Path(__file__).parent / "gold"
FLOORS = tomllib.loads((GOLD / "floors.toml").read_text("utf-8"))["passages"]
LABEL = re.compile(r"(?P<stage>[a-z]+(?:\+[a-z]+)?)(?:\((?P<donor>.+)>(?P<recipient>.+)\))?")


@cache
def cases(name: str) -> list[tuple[list[dict[str, str | None]], str]]:
    """The labels of each amount, and the text, of every line of a file."""
    found = []
    for line in (GOLD / name).read_text("utf-8").splitlines():
        labels, text = line.split(" | ", 1)
        matches = [LABEL.fullmatch(label) for label in labels.split()]
        assert all(matches), line
        found.append(([match.groupdict() for match in matches], text.replace(" // ", "\n")))
    return found


def scores(name: str) -> dict[str, float]:
    """Of all amounts, those in passages whose amounts are all found, and those read right."""
    right = {"found": 0, "stage": 0, "donor": 0, "recipient": 0}
    judged = dict.fromkeys(right, 0)
    for labels, text in cases(name):
        read = extract(text)
        judged["found"] += len(labels)
        if len(read) != len(labels):
            continue
        right["found"] += len(labels)
        for mention, label in zip(read, labels, strict=True):
            judged["stage"] += 1
            stage = f"{mention.status}+{mention.hold}" if mention.hold else mention.status
            right["stage"] += stage == label["stage"]
            for role in ("donor", "recipient"):
                if label[role] in (None, "?"):
                    continue
                judged[role] += 1
                named = (getattr(mention, role) or "-").replace(" ", "_")
                right[role] += named.casefold() == label[role].casefold()
    return {part: right[part] / judged[part] for part in right if judged[part]}


def test_every_file_has_its_floors():
    assert {path.name for path in GOLD.glob("*.txt")} == set(FLOORS)


@pytest.mark.parametrize("name", FLOORS)
def test_the_passages_did_not_change_unnoticed(name):
    assert hashlib.sha256((GOLD / name).read_bytes()).hexdigest() == FLOORS[name]["sha256"]


@pytest.mark.parametrize("name", FLOORS)
def test_every_label_is_a_stage_and_a_hold(name):
    said = {label["stage"] for labels, _ in cases(name) for label in labels}
    assert said <= {*STATUS, *(f"{status}+{hold}" for status in STATUS for hold in HOLD)}
    assert len({text for _, text in cases(name)}) == len(cases(name))


@pytest.mark.parametrize("name", FLOORS)
def test_no_fewer_are_right_than_before(name):
    floors = {part: floor for part, floor in FLOORS[name].items() if part != "sha256"}
    reached = scores(name)
    assert set(floors) == set(reached)
    below = {part: (reached[part], floor) for part, floor in floors.items()
             if reached[part] < floor}  # fmt: skip
    assert not below
