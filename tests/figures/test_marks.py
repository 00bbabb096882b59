import dataclasses
import datetime as dt
import random

import polars as pl
import pytest
from samples import FIRST, GIVEN, SECOND, THIRD, make_document, make_mention

from tracker.figures import KEY, marks
from tracker.store import Query
from tracker.store.frame import frame_of

BASE = make_document("a 5 dollars b 6 dollars c 7 dollars", published=dt.date(2024, 1, 2))
COPY = make_document("again 5 dollars", published=dt.date(2023, 5, 6), publisher="Paper")


def test_equal_mentions_are_one_mark_and_others_their_own(sample_store):
    found = marks(Query(sample_store).mentions())
    # Twelve mentions: two are "other", and 61.4 bn stands in two documents.
    assert found.height == 9
    assert "other" not in found["status"].to_list()
    top = found.filter(pl.col("amount_min") == 61.4e9).row(0, named=True)
    ids = [GIVEN[document.document_id][0].mention_id for document in (FIRST, SECOND)]
    assert top["mention_ids"] == ids
    assert (top["mentions"], top["documents"], top["publishers"]) == (2, 2, 1)
    assert (top["first_published"], top["last_published"]) == (
        dt.date(2023, 12, 7), dt.date(2024, 1, 1),
    )  # fmt: skip
    assert top["figure_id"] == "f_" + ids[0][2:]
    assert (top["donor_name"], top["recipient_name"]) == ("United States", "Ukraine")
    assert found["mentions"].sum() == 10


def test_marks_stand_by_stage_and_the_biggest_first(sample_store):
    found = marks(Query(sample_store).mentions())
    assert found["status"].to_list() == [
        "needed", "requested", "pledged", "approved", "committed", "committed", "disbursed",
        "disbursed", "unspecified",
    ]  # fmt: skip
    assert found.filter(status="disbursed")["amount_max"].to_list() == [45e9, 7e9]


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("amount_min", 4.0), ("amount_max", 6.0), ("currency", "EUR"), ("qualifier", "about"),
        ("per", "month"), ("status", "pledged"), ("hold", "blocked"), ("cumulative", True),
        ("donor", "USA"), ("recipient", "UKR"),
    ],
)  # fmt: skip
def test_a_difference_in_any_of_the_key_makes_two_marks(tag, value):
    assert tag in KEY
    one = make_mention(BASE, "5 dollars", 5.0)
    other = dataclasses.replace(make_mention(COPY, "5 dollars", 5.0), **{tag: value})
    assert marks(frame_of([one, other], [BASE, COPY])).height == 2
    assert marks(frame_of([one, make_mention(COPY, "5 dollars", 5.0)], [BASE, COPY])).height == 1


def test_an_amount_is_never_added_up_and_the_interval_is_the_widest():
    one = make_mention(BASE, "5 dollars", 5.0, low=4.5, high=5.5, aid_type="military")
    other = make_mention(COPY, "5 dollars", 5.0, low=4.9, high=5.6)
    row = marks(frame_of([one, other], [BASE, COPY])).row(0, named=True)
    assert (row["amount_min"], row["amount_max"], row["low"], row["high"]) == (5.0, 5.0, 4.5, 5.6)
    assert row["aid_type"] == "military"
    assert row["publishers"] == 1
    assert row["mention_ids"] == [other.mention_id, one.mention_id]  # the earliest published first
    again = dataclasses.replace(other, aid_type="humanitarian")
    assert marks(frame_of([one, again], [BASE, COPY]))["aid_type"].to_list() == [None]


def test_the_order_of_the_rows_does_not_matter(sample_store):
    frame = Query(sample_store).mentions()
    expected = marks(frame)
    order = list(range(frame.height))
    for seed in range(10):
        random.Random(seed).shuffle(order)
        assert marks(frame[order]).equals(expected)


def test_no_mentions_give_no_marks_with_the_same_columns(sample_store):
    frame = Query(sample_store).mentions()
    assert marks(frame.clear()).height == 0
    assert marks(frame.clear()).schema == marks(frame).schema
    others = frame.filter(pl.col("document_id") == THIRD.document_id, status="other")
    assert marks(others).height == 0
