"""The quality gate: the gold files are unchanged and no score falls below its floor.

Floors stand in gold/floors.toml. Raise one when a score has risen for good; never lower one.
"""

import hashlib
import math
import tomllib
from functools import cache
from pathlib import Path

import pytest

from tracker import extract
from tracker.evaluate import evaluate
from tracker.gold import TAGS, read_gold

GOLD = Path(__file__).parent / "gold"
FLOORS = tomllib.loads((GOLD / "floors.toml").read_text("utf-8"))
for name in (
    "grouping",
    "passages",
    "documents",
):  # see figures/test_grouping_gold.py, test_passages.py
    del FLOORS[name]
SLACK = 0.02
"""A floor further than this below its score is worth raising."""


@cache
def reached(name: str) -> dict[str, float]:
    return evaluate([GOLD / name]).overall.scores()


def test_every_gold_file_has_its_floors():
    assert {path.name for path in GOLD.glob("*.jsonl")} == set(FLOORS)


@pytest.mark.parametrize("name", FLOORS)
def test_the_gold_did_not_change_unnoticed(name):
    digest = hashlib.sha256((GOLD / name).read_bytes()).hexdigest()
    assert digest == FLOORS[name]["sha256"], f"{name} is not the file that the floors were set on"


@pytest.mark.parametrize("name", FLOORS)
def test_floors_are_of_known_scores(name):
    floors = FLOORS[name]["floors"]
    assert set(floors) == set(reached(name))
    assert {"amount_f1", *TAGS} <= set(floors)
    assert all(0.0 <= floor <= 1.0 for floor in floors.values())


@pytest.mark.parametrize("name", FLOORS)
def test_no_score_is_below_its_floor(name, capsys):
    floors, scores = FLOORS[name]["floors"], reached(name)
    below = {s: (round(scores[s], 4), floor) for s, floor in floors.items() if scores[s] < floor}
    assert not below, f"{name}: (reached, floor) {below}"
    loose = [f"{s} {scores[s]:.3f}" for s, floor in floors.items() if scores[s] > floor + SLACK]
    if loose:
        with capsys.disabled():
            print(f"\nhint: floors of {name} can be raised: {', '.join(loose)}")


@pytest.mark.parametrize("name", sorted(set(FLOORS) - {"other_languages.jsonl"}))
def test_no_amount_is_wrong_by_a_power_of_ten(name):
    wrong = []
    for passage in read_gold(GOLD / name):
        found = extract(passage.text, passage.language)
        for gold in passage.mentions:
            for got in found:
                if got.start < gold.end and gold.start < got.end and gold.max and got.amount_max:
                    power = math.log10(got.amount_max / gold.max)
                    if round(power) and abs(power - round(power)) < 1e-9:
                        wrong.append((passage.id, got.start, round(power)))
    assert wrong == []
