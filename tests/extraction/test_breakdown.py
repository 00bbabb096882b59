"""Every example of a breakdown that stands beside its rule."""

import pytest

from tracker import extract
from tracker.extraction.words import load_rules

RULES = load_rules("breakdown")["breakdown"]


@pytest.mark.parametrize(
    ("rule", "text", "part", "whole"),
    [(r["id"], *example) for r in RULES for example in r["examples"]],
)
def test_a_part_is_linked_to_its_whole(rule, text, part, whole):
    found = {m.quote: m for m in extract(text)}
    assert found[part].part_of == found[whole].mention_id
    assert found[whole].part_of is None
    (evidence,) = [e for e in found[part].evidence if e.tag == "part_of"]
    assert evidence.rule == rule
    assert text[evidence.start : evidence.end]


@pytest.mark.parametrize("text", [text for r in RULES for text in r["counter_examples"]])
def test_what_is_no_part(text):
    found = extract(text)
    assert len(found) == text.count("million") + text.count("billion")
    assert all(m.part_of is None for m in found)


def test_an_equivalent_is_no_part():
    text = "It gave $9 million, including $5 million (€4 million) for shelter."
    whole, part, twin = extract(text)
    assert part.part_of == whole.mention_id
    assert twin.part_of is None
    assert twin.equivalent_of == part.mention_id


def test_ids_are_unique():
    ids = [rule["id"] for rule in RULES]
    assert len(ids) == len(set(ids))
