"""Decisions as the page takes them, and what it says of them."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from samples import FIRST, GIVEN
from test_parts import texts

from dashboard.app import create_app
from dashboard.components import desk
from dashboard.pages.review import layout
from dashboard.reviewing import Asked, decide, reviews_of
from dashboard.site import Settings, Site
from tracker.ingest import Worklist
from tracker.store.decisions import about_mention

BLOCKED, SENT = (mention.mention_id for mention in GIVEN[FIRST.document_id][:2])


@pytest.fixture
def site(sample_store) -> Site:
    return Site(Settings(data=sample_store.path, allow_review=True))


@pytest.fixture
def worklist(site) -> Worklist:
    return Worklist(site.query)


def asked(action: str, mention_id: str = SENT, **more) -> Asked:
    return Asked(
        **{"action": action, "mention_id": mention_id, "name": "Ada", "reason": "so"} | more
    )


def parameters(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def test_a_decision_goes_into_the_log_and_on_to_the_next(site, worklist):
    queue = worklist.waiting()["mention_id"].to_list()
    following = queue[queue.index(SENT) + 1]
    problem, there = decide(site, worklist, asked("reject"), "")
    assert problem == ""
    given = parameters(there)
    assert given["mention"] == following
    (review,) = reviews_of(site, SENT)
    assert (review["review_id"], review["by"], review["reason"]) == (given["made"], "Ada", "so")
    assert SENT not in worklist.waiting()["mention_id"].to_list()
    said = texts(layout(site, worklist, given))
    assert "Rejected: 45 billion dollars, by Ada. Undo it" in said
    assert "11 mentions without a review" in said
    # The one that was rejected is still there to be looked at.
    assert "Rejected by Ada" in texts(layout(site, worklist, {"mention": SENT}))


def test_filters_are_kept_from_one_mention_to_the_next(site, worklist):
    _, there = decide(site, worklist, asked("confirm", reason=" "), "donor=USA&hold=blocked")
    given = parameters(there)
    assert (given["donor"], given["hold"]) == ("USA", "blocked")
    said = texts(layout(site, worklist, given))
    assert "of 2 mentions without a review" in said
    assert "Only Donor: United States; Hold: Blocked. All" in said
    assert reviews_of(site, SENT)[0]["reason"] == desk.NO_REASON


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"action": "reject", "reason": " "}, "Say why"),
        ({"action": "correct", "reason": "", "values": ["status=approved"]}, "Say why"),
        ({"action": "confirm", "name": " "}, "Say who you are"),
        ({"action": "confirm", "reason": "x" * 1001}, "Name or reason is too long"),
        ({"action": "correct"}, "Nothing is changed"),
        ({"action": "correct", "values": ["amount=much"]}, "Not saved: amount_min: 'much' is no"),
        ({"action": "correct", "values": ["cue=nowhere"]}, "Not saved: cue: 'nowhere' does not"),
        ({"action": "confirm", "mention_id": "m_gone"}, "Not saved: m_gone: no such mention"),
        ({"action": "undo", "review_id": "r_gone"}, "Not saved: r_gone: no such review"),
    ],
)
def test_what_cannot_be_decided_is_said_and_not_stored(site, worklist, given, problem):
    version = site.store.version
    said, there = decide(site, worklist, asked(**given), "")
    assert said.startswith(problem)
    assert (there, site.store.version) == (None, version)


def test_undo_is_another_review(site, worklist):
    _, there = decide(site, worklist, asked("reject"), "")
    made = parameters(there)["made"]
    _, there = decide(site, worklist, asked("undo", "m_other", review_id=made, name="Ben"), "")
    given = parameters(there)
    assert given["mention"] == SENT
    said = texts(layout(site, worklist, given))
    assert "Undone: 45 billion dollars, by Ben." in said
    assert "undone by Ben" in said
    assert SENT in worklist.waiting()["mention_id"].to_list()
    assert len(reviews_of(site, SENT)) == 2


def test_two_reviewers_of_one_mention_stay_in_the_log_and_the_latest_wins(site, worklist):
    other = about_mention(
        site.store, SENT, "correct", values=["status=approved"], reason="a law", by="Ben"
    )
    site.store.review(other)
    _, there = decide(site, worklist, asked("correct", values=["status=pledged"]), "")
    given = parameters(there)
    assert (given["mention"], given["met"]) == (SENT, other.review_id)
    said = texts(layout(site, worklist, given))
    assert "While it stood open here, Ben decided on it too: corrected" in said
    assert "“a law”. Both stay in the log. The later one, by Ada, holds." in said
    assert "2 decisions stand in the log; the latest, by Ada, holds where they differ." in said
    assert site.query.mention(SENT)["status"] == "pledged"
    # Who has seen the other's decision is not told of it again.
    seen = [row["review_id"] for row in reviews_of(site, SENT)]
    _, there = decide(site, worklist, asked("confirm", seen=seen), "")
    assert "met" not in parameters(there)


def test_only_what_was_changed_is_corrected(site):
    before = desk.as_text(site.query.mention(SENT))
    assert before["donor"] == "United States"
    assert (before["amount_min"], before["amount_max"]) == ("45000000000", "")
    assert desk.corrections(before, before) == []
    now = before | {"donor": "germany", "cumulative": "no", "hold": None, "aid_type": "military"}
    assert desk.corrections(before, now) == ["donor=germany", "cumulative=no", "aid_type=military"]
    assert desk.corrections(before, before | {"amount_min": "46e9"}) == ["amount=46e9"]
    assert desk.corrections(before, before | {"amount_max": "46e9"}) == [
        "amount_min=45000000000", "amount_max=46e9",
    ]  # fmt: skip
    assert desk.corrections(before, before | {"donor": ""}) == ["donor=none"]


def test_every_field_can_be_corrected_as_it_is_written(site, worklist):
    values = ["donor=germany", "recipient=World Bank", "amount=46,000,000,000", "currency=EUR",
              "qualifier=about", "cumulative=no", "per=year", "aid_type=military",
              "instrument=loan", "attributed_to=none", "hold=blocked", "status=pledged",
              "cue=pledged"]  # fmt: skip
    problem, _ = decide(site, worklist, asked("correct", values=values), "")
    assert problem == ""
    row = site.query.mention(SENT)
    assert (row["donor"], row["recipient"], row["amount_min"]) == ("DEU", "WORLD BANK", 46e9)
    assert (row["status"], row["cue"], row["hold"]) == ("pledged", "pledged", "blocked")


def test_an_empty_queue_and_an_unknown_mention_are_said(site, worklist):
    assert "Nothing is left to review here" in texts(layout(site, worklist, {"q": "zebra"}))
    assert "This mention is not in the data" in texts(layout(site, worklist, {"mention": "m_no"}))
    assert "Rejected" not in texts(layout(site, worklist, {"made": "r_no", "met": "r_no"}))


@pytest.mark.parametrize("settings", [{}, {"allow_review": True, "public": True}])
def test_it_is_absent_where_it_is_not_allowed(sample_store, settings):
    create_app(Settings(data=sample_store.path, allow_review=True))
    web = create_app(Settings(data=sample_store.path, **settings)).server.test_client()
    assert web.get("/review").status_code == 404
    assert '"/review"' not in web.get("/_dash-layout").text
    assert "review-save" not in web.get("/_dash-dependencies").text
