"""Who gives and who receives: the examples beside each rule, and what is nobody."""

import re
from collections import Counter
from importlib import resources
from pathlib import Path

import pytest

from tracker import extract
from tracker.extraction.words import load_rules

RULES = load_rules("roles")["party"]


@pytest.mark.parametrize(
    ("rule", "text", "donor", "recipient"),
    [(r["id"], *example) for r in RULES for example in r["examples"]],
)
def test_the_parties_of_the_last_amount(rule, text, donor, recipient):
    mention = extract(text)[-1]
    assert (mention.donor or "", mention.recipient or "") == (donor, recipient)


@pytest.mark.parametrize("rule", [r["id"] for r in RULES])
def test_every_rule_decides_one_of_its_examples(rule):
    examples = next(r["examples"] for r in RULES if r["id"] == rule)
    found = {e.rule for text, *_ in examples for e in extract(text)[-1].evidence}
    assert rule in found


def test_the_rules_in_the_code_are_those_with_examples():
    folder = Path(str(resources.files("tracker.extraction")))
    code = "".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
    used = set(re.findall(r'"(party-[a-z-]+)"', code))
    ids = Counter(r["id"] for r in RULES)
    assert set(ids) == used
    assert max(ids.values()) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Sweden gave $10 million.",
        "Rich countries promised poor ones $100 billion a year.",
        "Donors pledged $6.7 billion for Syria and its neighbours.",
        "Allies have paid $2 billion for American weapons.",
        "Small islands had been promised $700 million at the Dubai summit.",
        "Officials in Geneva said $3 million was missing.",
        "The price of oil in Russia rose to $80 million a day.",
    ],
)
def test_a_crowd_a_list_a_place_and_a_source_are_nobody(text):
    (mention,) = extract(text)
    assert (mention.donor, mention.recipient) == (None, None)


def test_a_long_paragraph_of_pronouns_is_read_to_its_end():
    text = "Norway gave Mali $5 million. " + "It gave it $5 million more. " * 3000
    assert extract(text)[-1].currency == "USD"
