"""Text that is no whole sentence, or one whose words stand where a rule does not expect them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import extract

GOLD = Path(__file__).parent.parent / "gold"
TEXTS = [
    line.split(" | ", 1)[1].split()
    for line in (GOLD / "plain.txt").read_text("utf-8").splitlines()
]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "text"),
    [
        # nothing stands between the verb and "of" or "with" that could be a budget
        ("disbursed", "Gifts sent with $5 million arrived."),
        ("disbursed", "It was sent of $5 million."),
        ("pledged", "The envoy presented of $5 million."),
        # two who are meant by a pronoun were named further on in a longer sentence
        ("disbursed", "After a long night of talks in the old town hall by the river, Japan and"
         " Vietnam met. It paid $5 million."),
    ],
)  # fmt: skip
def test_a_rule_looks_no_further_than_the_sentence(said, text):
    assert [mention.status for mention in extract(text)] == [said]


@given(st.sampled_from(TEXTS), st.sampled_from(TEXTS), st.integers(0, 30), st.integers(0, 30))
def test_halves_of_passages_give_quotes_at_their_offsets(one, other, end, start):
    text = " ".join([*one[end:], *other[:start]])
    for mention in extract(text):
        assert mention.quote == text[mention.start : mention.end]
        assert all(0 <= e.start < e.end <= len(text) for e in mention.evidence)


def test_a_change_lends_no_currency_to_an_amount_that_has_one():
    read = extract("Aid is up from $5 million to 5 million pounds.")
    assert [(m.quote, m.currency) for m in read] == [
        ("$5 million", "USD"), ("5 million pounds", "GBP"),
    ]  # fmt: skip
