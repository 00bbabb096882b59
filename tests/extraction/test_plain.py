"""A column of texts reads like its texts one by one, the plain amounts and all others."""

import json
import os
import tomllib
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import tracker
from tracker.extraction.amounts.find import amount_table, find_amounts, read_texts
from tracker.extraction.amounts.plain import shape_of

HERE = Path(__file__).parent
GOLD = [
    json.loads(line)["text"]
    for path in sorted((HERE.parent / "gold").glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]
FORMS = [
    form["text"]
    for form in tomllib.loads((HERE / "amount_forms.toml").read_text(encoding="utf-8"))["form"]
]
FREE = (HERE / "money_free.txt").read_text(encoding="utf-8").splitlines()


def _fields(amounts):
    return [
        (a.start, a.end, a.minimum, a.maximum, a.interval(), a.family, a.currency, a.evidence)
        for a in amounts
    ]


def _one_by_one(texts):
    found = [(row, _fields(find_amounts(text))) for row, text in enumerate(texts)]
    return [(row, amounts) for row, amounts in found if amounts]


def _at_once(texts):
    column = pa.array(texts, pa.large_string())
    return [(row, _fields(amounts)) for row, amounts in read_texts(column, [None] * len(texts))]


@pytest.mark.parametrize("texts", [GOLD, FORMS, FREE], ids=["gold", "forms", "money-free"])
def test_real_texts(texts):
    assert _at_once(texts) == _one_by_one(texts)


@pytest.mark.parametrize("texts", [GOLD, FORMS], ids=["gold", "forms"])
def test_a_table_of_mentions_reads_like_its_texts(texts):
    ids = [f"d_{i}" for i in range(len(texts))]
    table = tracker.extract_batch(pa.table({"document_id": ids, "text": texts}))
    ours = {"document_id", "mention_id", "equivalent_of", "part_of", "evidence"}
    names = [name for name in table.column_names if name not in ours]
    alone = [
        {name: getattr(m, name) for name in names} for text in texts for m in tracker.extract(text)
    ]
    assert table.select(names).to_pylist() == alone


def test_most_amounts_are_plain():
    texts = pa.array(
        ["The US gave $5.5 million and Germany EUR 300,000 to 3.2 million people."] * 2
    )
    table = amount_table(texts.cast(pa.large_string()))
    assert table.to_pylist()[2:] == [
        {"row": 1, "start": 12, "end": 24, "amount_min": 5.5e6, "amount_max": 5.5e6,
         "currency": "USD"},
        {"row": 1, "start": 37, "end": 48, "amount_min": 3e5, "amount_max": 3e5,
         "currency": "EUR"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "behind", "shape"),
    [
        ("$", " billion", ("$", "billion", False)),
        ("", " million pounds", ("£", "million", True)),
        ("Rs ", " crore", ("rupee", "crore", False)),
        ("", " million", (None, "million", False)),
        ("", " Milliarden Euro", None),  # dots stand between thousands
        ("", " cents", None),
        ("", "-million-dollar", None),
        ("", " m", None),
        ("", " people", None),
    ],
)
def test_the_grammar_reads_each_shape(before, behind, shape):
    assert shape_of(before, behind) == shape


EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "300"))
"""How many columns each property is tried on; `make soak` takes many more."""
AMOUNTS = st.sampled_from(
    ["$5 million", "$1,200", "€3.5bn", "A$7 million", "5 million pounds", "Rs 6,000 crore", "$5",
     "3.2 million", "US$1.5bn", "12 million kroner", "half a billion", "1.234 euros", "0.5 billion",
     "£5,000,000", "5 million rupees", "NZ$1 billion", "9007199254740993 dollars", "C$2 million",
     "7 billion", "500,000", "155 mm", "$0.35", "2024", "€100-150 million"]
)  # fmt: skip
BETWEEN = st.sampled_from(
    [" ", " and ", " to ", "-", " – ", " or ", ", or ", " (about ", " (", ") ", ". ", ", ", "\n",
     " people in Kenya ", " for Ukraine ", " between ", " of rice ", " of aid ", " (Canadian) ",
     "\n\n", " equivalent to ", " in Egypt's ", " Australia ", "%", "\u00a0", " é", "/", " = ",
     " up from ", " a year ", "x", ".", ",5 ", " one ", " to five ", "’s ", "\x01", "\x00", "₹"]
)  # fmt: skip
TEXTS = st.lists(
    st.lists(st.tuples(BETWEEN, AMOUNTS | BETWEEN), max_size=8).map(
        lambda pieces: "".join(a + b for a, b in pieces)
    ),
    max_size=4,
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(TEXTS)
@example(["$5 million", "", "  to $5 million"])
def test_generated_columns(texts):
    assert _at_once(texts) == _one_by_one(texts)
    table = amount_table(pa.array(texts, pa.large_string())).to_pylist()
    alone = [
        (row, a[0], a[1], float(a[2]), float(a[3]), a[6])
        for row, amounts in _one_by_one(texts)
        for a in amounts
    ]
    assert [tuple(amount.values()) for amount in table] == alone
