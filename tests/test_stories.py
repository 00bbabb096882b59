"""The gold stories are what they are said to be: labels consistent, and hard enough."""

import hashlib
import tomllib
from collections import defaultdict
from itertools import combinations

import pytest
from stories import GOLD, SEVEN, STORIES, read_story

FLOORS = tomllib.loads((GOLD / "floors.toml").read_text("utf-8"))
TOLD = [read_story(path) for path in [*STORIES, SEVEN]]


def members():
    by_figure = defaultdict(list)
    for story in TOLD:
        for mention in story.mentions:
            if mention.mention_id in story.figure:
                by_figure[story.figure[mention.mention_id]].append(mention)
    return by_figure


def test_there_are_enough_of_them():
    assert len(STORIES) >= 12
    assert sum(len(story.documents) for story in TOLD) >= 60
    documents = [document.document_id for story in TOLD for document in story.documents]
    assert len(set(documents)) == len(documents)
    assert sum(len(story.copies) for story in TOLD) >= 6


def test_different_flows_of_equal_round_amounts_are_many():
    """Equal to the unit, of one currency, of two digits at most: only the tags tell them apart."""
    amounts = defaultdict(set)
    for figure, mentions in members().items():
        for mention in mentions:
            if float(f"{mention.amount_min:.1e}") == mention.amount_min:
                amounts[mention.currency, mention.amount_min].add(figure)
    pairs = {pair for figures in amounts.values() for pair in combinations(sorted(figures), 2)}
    assert len(pairs) >= 15
    of_one_story = [pair for pair in pairs if len({f.split(":")[0] for f in pair}) == 1]
    assert len(of_one_story) >= 15


def test_mentions_of_one_figure_can_state_one_amount():
    for figure, mentions in members().items():
        assert max(m.low for m in mentions) < min(m.high for m in mentions), figure
        assert len({m.currency for m in mentions}) == 1


@pytest.mark.parametrize("path", [*STORIES, SEVEN], ids=lambda path: path.stem)
def test_the_stories_did_not_change_unnoticed(path):
    digests = FLOORS["grouping"]["sha256"]
    assert digests[path.name] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert len(digests) == len(STORIES) + 1
