"""The order of reviewing, and what is doubtful."""

from __future__ import annotations

import pytest
from samples import FIRST, GIVEN, SECOND, make_document, make_mention

import tracker
from tracker.documents import read_bytes
from tracker.ingest import Worklist
from tracker.ingest.doubts import NO_STAGE, OTHER_CLAUSE, OTHER_SENTENCE, doubts_of
from tracker.store import Filters, Query
from tracker.store.decisions import about_mention


def stage(text: str, number: int = 0) -> str | None:
    mention = tracker.extract(text)[number]
    about = {name: getattr(mention, name) for name in mention.__slots__}
    return doubts_of(about | {"publisher": None})[1]


@pytest.mark.parametrize(
    ("text", "number", "doubt"),
    [
        ("Norway gave $85 million to Ukraine.", 0, None),
        ("A $60bn aid package for Ukraine.", 0, NO_STAGE),
        ("The United States sent aid. For Ukraine it was $5 million.", 0, OTHER_SENTENCE),
        ("The $5 million for Ukraine, while late, was paid.", 0, OTHER_CLAUSE),
        ("A loaf costs $5.", 0, None),
        ("Norway  gave  $5 million and $5 million to Peru.", 1, None),
    ],
)
def test_what_is_doubtful_about_a_stage(text, number, doubt):
    assert stage(text, number) == doubt


def test_cues_are_found_where_they_stand_in_the_text():
    text = "Aid: $5 million, but paid was the $5 million, and Norway paid the rest."
    document = make_document(text)
    for cue_start, doubt in ((text.index("paid"), OTHER_CLAUSE), (text.rindex("paid"), None)):
        mention = make_mention(document, "$5 million", 5e6, status="disbursed")
        start = text.index("$5 million" if doubt else "$5 million, and")
        about = {name: getattr(mention, name) for name in mention.__slots__} | {
            "start": start, "cue": "paid", "cue_start": cue_start, "publisher": None,
        }  # fmt: skip
        assert doubts_of(about)[1] == doubt


def test_the_most_doubtful_come_first_then_the_biggest(sample_store):
    query = Query(sample_store)
    queue = Worklist(query).waiting()
    assert [query.mention(name)["quote"] for name in queue["mention_id"]] == [
        "0.1 francs",  # an assertion does not hold
        "$60bn",  # no stage
        "USD 61.4 billion", "USD 61.4 billion", "45 billion dollars", "9.3 billion dollars",
        # By their worth in one currency.
        "€5-7 billion", "EUR 1.25 billion", "100 million dollars", "20 million pounds",
        "$2.5 million", "£500.50",
    ]  # fmt: skip
    assert queue["odd"].to_list()[0] == "the amount is below 1"
    assert queue["stage"].to_list()[1] == NO_STAGE


def test_what_is_reviewed_or_replaced_waits_no_more(sample_store):
    query = Query(sample_store)
    worklist = Worklist(query)
    assert worklist.waiting().height == 12
    chosen = GIVEN[FIRST.document_id][0].mention_id
    sample_store.review(about_mention(sample_store, chosen, "confirm", reason="reads so", by="Ada"))
    queue = worklist.waiting()
    assert chosen not in queue["mention_id"].to_list()
    assert queue.height == 11
    assert worklist.doubts(query.mention(chosen)) == []
    newer = read_bytes(b"Norway gave $85 million.", "new.txt")
    newer.supersedes = SECOND.document_id
    sample_store.add(newer, b"Norway gave $85 million.", tracker.extract(newer.text))
    assert worklist.waiting().height == 11 - 4 + 1


def test_filters_keep_the_order(sample_store):
    query = Query(sample_store)
    worklist = Worklist(query)
    everything = worklist.waiting()
    kept = worklist.waiting(Filters(donor=("USA",)))
    donors = [query.mention(name)["donor"] for name in everything["mention_id"]]
    expected = everything.filter([donor == "USA" for donor in donors])
    assert kept.rows() == expected.rows()
