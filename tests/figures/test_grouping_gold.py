"""The grouping of the gold stories: pairwise F1 is not below its floors in gold/floors.toml.

A pair is two mentions of one figure. On hand-labelled tags the grouping alone is scored, on
extracted ones the extractor with it.
"""

import tomllib
from collections import defaultdict
from functools import cache
from itertools import combinations

import pytest
from stories import GOLD, SEVEN, STORIES, read_story

import tracker
from tracker.figures import Book
from tracker.schema import mention_id_of
from tracker.store.frame import frame_of

FLOORS = tomllib.loads((GOLD / "floors.toml").read_text("utf-8"))["grouping"]["floors"]
TOLD = [read_story(path) for path in [*STORIES, SEVEN]]
DOCUMENTS = [document for story in TOLD for document in story.documents]
TRUTH = {m: figure for story in TOLD for m, figure in story.figure.items()}


@cache
def grouped(tags):
    if tags == "labelled":
        mentions = [mention for story in TOLD for mention in story.mentions]
    else:
        mentions = []
        for document in DOCUMENTS:
            for mention in tracker.extract(document.text):
                mention.document_id = document.document_id
                mention.mention_id = mention_id_of(document.document_id, mention.start, mention.end)
                mention.equivalent_of = mention.part_of = None
                mentions.append(mention)
    return Book(frame_of(mentions, DOCUMENTS))


def pairs(groups):
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def scores(tags):
    got = pairs([m for m in ids if m in TRUTH] for ids in grouped(tags).figures["mention_ids"])
    figures = defaultdict(list)
    for mention, figure in TRUTH.items():
        figures[figure].append(mention)
    want = pairs(figures.values())
    right = len(got & want)
    return {
        "precision": right / len(got),
        "recall": right / len(want),
        "f1": 2 * right / (len(got) + len(want)),
    }


@pytest.mark.parametrize("tags", ["labelled", "extracted"])
def test_no_score_is_below_its_floor(tags):
    reached = scores(tags)
    floors = {name: FLOORS[f"{tags}_{name}"] for name in reached}
    assert {n: (round(reached[n], 4), f) for n, f in floors.items() if reached[n] < f} == {}


def test_the_floor_of_the_grouping_is_what_was_asked_for():
    assert FLOORS["labelled_f1"] >= 0.95


def test_copies_of_one_story_are_found_and_no_others():
    book = grouped("labelled")
    want, got = set(), defaultdict(set)
    for story in TOLD:
        families = defaultdict(set)
        for copy, original in story.copies.items():
            families[original] |= {original, copy}
        want |= pairs(families.values())
    for document in DOCUMENTS:
        got[book.story(document.document_id)].add(document.document_id)
    assert pairs(got.values()) == want
    assert len(want) >= 8


def test_copies_count_as_one_voice():
    book = grouped("labelled")
    for story in TOLD:
        for copy, original in story.copies.items():
            inside = [m for m in story.mentions if m.document_id in (copy, original)]
            shared = [
                row
                for row in book.figures.iter_rows(named=True)
                if {m.document_id for m in inside if m.mention_id in row["mention_ids"]}
                == {copy, original}
            ]
            assert shared
            assert all(row["publishers"] < row["documents"] for row in shared)
            assert all(row["copies"] >= 1 for row in shared)


def test_different_flows_of_equal_round_amounts_stay_apart():
    """But for the one pair that a rounded cut and the cut that was asked for make."""
    of = {m: row["figure_id"] for row in grouped("labelled").figures.iter_rows(named=True)
          for m in row["mention_ids"]}  # fmt: skip
    figures = defaultdict(set)
    for mention, figure in TRUTH.items():
        figures[of[mention]].add(figure)
    mixed = {frozenset(found) for found in figures.values() if len(found) > 1}
    assert mixed == {frozenset({"10_us_cuts:asked", "10_us_cuts:passed"})}
