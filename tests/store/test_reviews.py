"""Reviews: kept, applied when read, and followed to a new reading."""

import dataclasses
import datetime as dt
import json

import pandas as pd
import pytest
from samples import FIRST, GIVEN, NEWER, SECOND, THIRD, make_document, make_mention

from tracker.schema import mention_id_of
from tracker.store import Query, Store, commit
from tracker.store.decisions import (
    ReviewError,
    about_document,
    about_mention,
    about_pair,
    add_mention,
    undo,
)

BY = {"reason": "read again", "by": "Ada"}
REQUESTED, SENT, PLEDGED, *_ = GIVEN[FIRST.document_id]


def review(store: Store, mention, action, *values, **by):
    made = about_mention(store, mention.mention_id, action, values=values, **(BY | by))
    store.review(made)
    return made


def shown(store: Store, mention_id: str) -> dict:
    [row] = [r for r in store.mentions().to_dict("records") if r["mention_id"] == mention_id]
    return row


def reread(store: Store, document, *mentions, version=NEWER):
    again = [dataclasses.replace(mention, extractor=version) for mention in mentions]
    return store.add(document, document.text.encode(), again, extractor=version)


def test_a_correction_shows_beside_what_was_read_and_the_folder_keeps_that(sample_store):
    before = pd.read_parquet(sample_store.path / "mentions")
    review(sample_store, SENT, "correct", "status=committed", "donor=DEU", "cue=has sent")
    row = shown(sample_store, SENT.mention_id)
    assert (row["status"], row["donor"], row["cue"]) == ("committed", "DEU", "has sent")
    assert (row["review"], row["reviewed_by"]) == ("corrected", "Ada")
    assert json.loads(row["as_read"]) == {"status": "disbursed", "donor": "USA"}
    assert FIRST.text[int(row["cue_start"]) : int(row["cue_end"])] == "has sent"
    assert {item["tag"] for item in row["evidence"] if item["rule"].startswith("review r_")} == {
        "status", "donor",
    }  # fmt: skip
    pd.testing.assert_frame_equal(pd.read_parquet(sample_store.path / "mentions"), before)
    found = Query(sample_store).mention(SENT.mention_id)
    assert found is not None
    assert (found["status"], found["donor_name"]) == ("committed", "Germany")


def test_the_latest_wins_field_by_field_and_confirming_keeps_corrections(sample_store):
    review(sample_store, SENT, "correct", "status=committed", "donor=DEU")
    review(sample_store, SENT, "correct", "status=approved", by="Bea")
    row = shown(sample_store, SENT.mention_id)
    assert (row["status"], row["donor"], row["reviewed_by"]) == ("approved", "DEU", "Bea")
    review(sample_store, SENT, "confirm", by="Cyd")
    row = shown(sample_store, SENT.mention_id)
    assert (row["status"], row["review"], row["reviewed_by"]) == ("approved", "corrected", "Cyd")
    review(sample_store, PLEDGED, "confirm")
    assert shown(sample_store, PLEDGED.mention_id)["review"] == "confirmed"


def test_a_rejected_mention_is_shown_no_more_until_that_is_undone(sample_store):
    rejected = review(sample_store, SENT, "reject")
    assert SENT.mention_id not in set(sample_store.mentions()["mention_id"])
    query = Query(sample_store)
    assert query.count() == 11
    row = query.mention(SENT.mention_id)
    assert row is not None
    assert row["review"] == "rejected"
    first_undo = undo(sample_store, rejected.review_id, **BY)
    sample_store.review(first_undo)
    assert query.count() == 12
    sample_store.review(undo(sample_store, first_undo.review_id, **BY))
    assert query.count() == 11
    assert [e["event"] for e in query.history(SENT.mention_id)] == ["read"] + ["review"] * 3


def test_an_added_mention_stands_with_the_amount_that_its_words_say(sample_store):
    start = THIRD.text.index("$60bn")
    document_id = THIRD.document_id
    sample_store.add(THIRD, THIRD.text.encode(), GIVEN[document_id][:2], extractor="en-0")
    made = add_mention(sample_store, document_id, start, start + 5, **BY)
    sample_store.review(made)
    row = shown(sample_store, mention_id_of(document_id, start, start + 5))
    assert (row["quote"], row["amount_min"], row["currency"]) == ("$60bn", 60e9, "USD")
    assert (row["low"], row["high"], row["sentence"]) == (59.5e9, 60.5e9, "A package of $60bn.")
    assert (row["review"], row["status"]) == ("added", "unspecified")
    assert pd.isna(row["as_read"])
    assert len(pd.read_parquet(sample_store.path / "mentions")) == 11
    # A later version reads it by itself: one mention, not two.
    assert reread(sample_store, THIRD, *GIVEN[document_id]) == "re-read"
    assert len(sample_store.mentions()) == 12
    assert shown(sample_store, row["mention_id"])["review"] == "confirmed"


def test_an_amount_that_cannot_be_read_is_to_be_given(sample_store):
    start = THIRD.text.index("Needs")
    with pytest.raises(ReviewError, match="'Needs': amount and currency cannot be read there"):
        add_mention(sample_store, THIRD.document_id, start, start + 5, **BY)
    made = add_mention(
        sample_store, THIRD.document_id, start, start + 5,
        values=["amount=45,000,000", "currency=EUR", "status=needed"], **BY,
    )  # fmt: skip
    sample_store.review(made)
    row = shown(sample_store, made.mention_id)
    assert (row["amount_max"], row["low"], row["high"]) == (45e6, 44.5e6, 45.5e6)
    assert (row["status"], row["review"]) == ("needed", "added")
    review(sample_store, make_mention(THIRD, "Needs", 45e6), "reject")
    assert made.mention_id not in set(sample_store.mentions()["mention_id"])


def test_reviews_move_to_the_one_mention_that_overlaps_with_the_same_amount(sample_store):
    review(sample_store, SENT, "correct", "status=committed")
    review(sample_store, PLEDGED, "reject")
    wider = make_mention(FIRST, "has sent 45 billion dollars", 45e9, status="disbursed")
    other = make_mention(FIRST, "$2.5 million more", 2.5e9)
    reread(sample_store, FIRST, wider, other)
    assert shown(sample_store, wider.mention_id)["status"] == "committed"
    assert other.mention_id in set(sample_store.mentions()["mention_id"])
    [lost] = sample_store.decisions().lost()
    assert (lost["mention_id"], lost["action"]) == (PLEDGED.mention_id, "reject")
    history = Query(sample_store).history(wider.mention_id)
    assert [(event["event"], event["by"]) for event in history] == [
        ("review", "Ada"), ("read", NEWER),
    ]  # fmt: skip
    reread(sample_store, FIRST, SENT, PLEDGED, version=NEWER)
    assert sample_store.decisions().lost() == []
    assert len(sample_store.mentions()) == 8


def test_a_review_between_two_mentions_of_the_same_amount_is_listed_not_guessed(sample_store):
    review(sample_store, SENT, "confirm")
    two = [make_mention(FIRST, words, 45e9) for words in ("45 billion", "billion dollars")]
    reread(sample_store, FIRST, *two)
    assert [row["action"] for row in sample_store.decisions().lost()] == ["confirm"]
    assert sample_store.mentions()["review"].isna().all()


def test_a_corrected_amount_is_found_again_as_read_or_as_corrected(sample_store):
    review(sample_store, SENT, "correct", "amount=54000000000", "qualifier=exact")
    row = shown(sample_store, SENT.mention_id)
    assert (row["amount_min"], row["amount_max"], row["low"]) == (54e9, 54e9, 53.5e9)
    review(sample_store, SENT, "correct", "status=approved")
    right = dataclasses.replace(SENT, amount_min=54e9, amount_max=54e9)
    reread(sample_store, FIRST, right)
    assert [row["values"] for row in sample_store.decisions().lost()] == [
        '{"status": "approved", "cue": null, "cue_start": null, "cue_end": null}'
    ]
    assert shown(sample_store, SENT.mention_id)["amount_min"] == 54e9


def test_pairs_are_told_with_the_ids_of_today(sample_store):
    again = GIVEN[SECOND.document_id][0]
    ids = (REQUESTED.mention_id, again.mention_id)
    sample_store.review(about_pair(sample_store, *ids, "same", **BY))
    assert sample_store.decisions().pairs() == [(*sorted(ids), "same")]
    sample_store.review(about_pair(sample_store, *reversed(ids), "different", **BY))
    assert sample_store.decisions().pairs() == [(*sorted(ids), "different")]
    wider = make_mention(SECOND, "blocks USD 61.4 billion", 61.4e9)
    reread(sample_store, SECOND, wider)
    now = sorted((REQUESTED.mention_id, wider.mention_id))
    assert sample_store.decisions().pairs() == [(*now, "different")]
    events = Query(sample_store).history(wider.mention_id)
    assert [event["event"] for event in events] == ["review", "review", "read"]
    with pytest.raises(ReviewError, match="is one mention"):
        about_pair(sample_store, ids[0], ids[0], "same", **BY)


def test_documents_are_corrected_and_withdrawn(sample_store):
    document_id = SECOND.document_id
    values = ["publisher=The  Paper", "published=2024-02", "title=none"]
    sample_store.review(about_document(sample_store, document_id, "correct", values=values, **BY))
    row = sample_store.documents().set_index("document_id").loc[document_id]
    assert (row["publisher"], row["published"]) == ("The Paper", dt.date(2024, 2, 1))
    assert (row["published_precision"], row["published_found"]) == ("month", "review")
    assert pd.isna(row["title"])
    assert json.loads(row["as_read"])["published"] == "2024-01-01"
    assert json.loads(row["as_read"])["publisher"] is None
    frame = Query(sample_store).mentions()
    assert set(frame.filter(frame["document_id"] == document_id)["publisher"]) == {"The Paper"}
    withdrawn = about_document(sample_store, document_id, "withdraw", **BY)
    sample_store.review(withdrawn)
    assert document_id not in set(sample_store.mentions()["document_id"])
    assert Query(sample_store).count() == 8
    assert sample_store.documents().set_index("document_id").loc[document_id, "withdrawn"]
    sample_store.review(undo(sample_store, withdrawn.review_id, **BY))
    assert len(sample_store.mentions()) == 12


def test_a_review_follows_its_sentence_into_a_newer_version_of_the_text(sample_store):
    review(sample_store, SENT, "correct", "status=committed")
    edited = make_document("Edited. " + FIRST.text, supersedes=FIRST.document_id, url=FIRST.url)
    same = make_mention(edited, SENT.quote, 45e9, status="disbursed")
    sample_store.add(edited, edited.text.encode(), [same])
    assert shown(sample_store, same.mention_id)["status"] == "committed"
    documents = sample_store.documents().set_index("document_id")
    assert documents.loc[FIRST.document_id, "superseded_by"] == edited.document_id


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (["status=given"], "status: unknown value 'given', use needed, requested"),
        (["status="], "status: cannot be empty"),
        (["colour=red"], "'colour=red': write name=value, with one of amount_min"),
        (["status"], "'status': write name=value"),
        (["currency=dollars"], "currency: 'dollars' is no ISO 4217 code"),
        (["amount=much"], "amount_min: 'much' is no number"),
        (["amount=nan"], "amount_min: 'nan' is no amount"),
        (["amount_min=7", "amount_max=5"], "amount_min: 7.0 is above amount_max: 5.0"),
        (["cumulative=perhaps"], "cumulative: 'perhaps' is neither true nor false"),
        (["period_start=2024"], "period_start: '2024' is no date, use YYYY-MM-DD"),
        (["cue=was never said"], "cue: 'was never said' does not stand in the document"),
        (["part_of=m_0"], "m_0: no such mention"),
        ([], "--set needs name=value"),
    ],
)
def test_values_that_cannot_be_are_refused_in_one_line(sample_store, values, message):
    with pytest.raises(ReviewError) as caught:
        about_mention(sample_store, SENT.mention_id, "correct", values=values, **BY)
    assert str(caught.value).startswith(message)


def test_what_is_not_there_cannot_be_reviewed(sample_store):
    for call in (
        lambda: about_mention(sample_store, "m_0", "confirm", **BY),
        lambda: about_document(sample_store, "d_0", "withdraw", **BY),
        lambda: undo(sample_store, "r_0", **BY),
        lambda: add_mention(sample_store, "d_0", 0, 1, **BY),
    ):
        with pytest.raises(ReviewError, match="no such"):
            call()
    with pytest.raises(ReviewError, match="no span 5 to 5"):
        add_mention(sample_store, FIRST.document_id, 5, 5, **BY)
    with pytest.raises(ReviewError, match="stands there already"):
        add_mention(sample_store, FIRST.document_id, SENT.start, SENT.end, **BY)
    with pytest.raises(ReviewError, match=f"{SENT.mention_id} states that amount there"):
        add_mention(sample_store, FIRST.document_id, SENT.start, SENT.end - 1,
                    values=["amount=45e9", "currency=USD"], **BY)  # fmt: skip
    with pytest.raises(ReviewError, match="--by says nothing"):
        about_mention(sample_store, SENT.mention_id, "confirm", reason="x", by=" ")
    assert sample_store.reviews().empty


def test_a_review_that_was_interrupted_comes_to_the_history(sample_store, monkeypatch):
    def kill(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(commit, "_record_reviews", kill)
        with pytest.raises(KeyboardInterrupt):
            review(sample_store, SENT, "confirm")
    assert shown(sample_store, SENT.mention_id)["review"] == "confirmed"
    review(sample_store, PLEDGED, "reject")
    for mention in (SENT, PLEDGED):
        events = Query(sample_store).history(mention.mention_id)
        assert [event["event"] for event in events] == ["read", "review"]
