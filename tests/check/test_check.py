"""The checker against the seed and the seven numbers: each band with the right evidence."""

import dataclasses
import datetime as dt
import json
import re
from functools import cache
from pathlib import Path

import pytest
from stories import SEVEN, STORIES, read_story

import tracker
from tracker.check import BANDS, Checker, as_text, read_question
from tracker.check.bands import is_close
from tracker.documents import read_file
from tracker.figures import Book
from tracker.store.frame import frame_of

VERDICT = re.compile(
    r"\b(true|false|correct|incorrect|wrong|lie[sd]?|misleading|debunk\w*)\b", re.I
)


@cache
def stories():
    """Labelled stories, the seven numbers, and the seed as the extractor reads it."""
    told = [read_story(path) for path in [*STORIES, SEVEN]]
    documents = [d for story in told for d in story.documents]
    mentions = [m for story in told for m in story.mentions]
    document, stated = read_seed()
    return Checker(Book(frame_of([*mentions, *stated], [*documents, document])))


@cache
def seed():
    """The seed alone."""
    document, stated = read_seed()
    return Checker(Book(frame_of(stated, [document])))


def read_seed():
    (path,) = Path("seeds").glob("000*.txt")
    document, _ = read_file(path)
    found = tracker.extract(document.text)
    return document, [dataclasses.replace(m, document_id=document.document_id) for m in found]


@cache
def seven():
    story = read_story(SEVEN)
    return Checker(Book(frame_of(story.mentions, story.documents)))


def bands(checker, sentence, **options):
    """By band, the figures that the answer to the sentence's only amount shows."""
    (answer,) = checker.check(sentence, **options)
    return {band["band"]: band["figures"] for band in answer.data()["bands"]}


def first(checker, sentence, band):
    return bands(checker, sentence)[band][0]


def test_the_same_amount_at_another_stage_is_said_plainly():
    sentence = "The US has already given Ukraine $61.4 billion"
    (answer,) = stories().check(sentence)
    data = answer.data()
    assert data["bands"][0]["band"] == "other_stage"
    found = data["bands"][0]["figures"][0]
    assert found["differs"] == ["requested and blocked, not disbursed"]
    assert "same" not in bands(stories(), sentence)
    assert data["summary"] == (
        "No document states this amount with this meaning. Same amount, other stage: "
        "61.4 billion USD, requested and blocked, not disbursed."
    )


def test_the_seed_alone_gives_its_quote_and_says_what_is_not_known():
    found = first(seed(), "The US has already given Ukraine $61.4 billion", "other_stage")
    (quote,) = found["quotes"]
    assert "continues to block urgent aid of USD 61.4 billion" in quote["quote"]
    assert quote["mention_id"] == read_seed()[1][1].mention_id
    assert "publisher not known, undated, 000_41fcffd24eca9f59.txt" in quote["citation"]
    assert (quote["published"], quote["publisher"], quote["url"]) == (None, None, None)
    flow = bands(seed(), "The US has already given Ukraine $61.4 billion")["same_flow"]
    assert [f["amount"] for f in flow] == ["almost 45 billion USD", "22.9 billion USD"]
    assert flow[0]["differs"][-1] == "27 % less"


def test_the_same_amount_and_meaning():
    found = first(stories(), "Germany pledged €244 million for Sudan.", "same")
    assert found["differs"] == ["the same in all that it says"]
    assert found["stated"] == (
        "stated in 3 documents by 2 independent publishers, 2024-04-15 to 2024-07-30"
    )
    assert {q["publisher"] for q in found["quotes"]} == {"Agence Meridian", "Relief Bulletin"}
    assert found["quotes"][0]["url"].startswith("https://")


def test_the_same_amount_between_others():
    found = first(stories(), "France has given Ukraine €50 billion", "other_parties")
    assert "given by EU, not France" in found["differs"]
    assert found["flow"] == "EU to Ukraine"


def test_a_close_amount():
    found = first(stories(), "Germany pledged €250 million for Sudan.", "close")
    assert (found["amount"], found["differs"]) == ("244 million EUR", ["2.4 % less"])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(100.0, 104.9, True), (100.0, 106.0, True), (110.0, 116.0, False),
     (60e9, 64e9, True), (60e9, 66e9, False),
     (1e9, 1.4e9, False), (61.4, 61.4, True), (0.0, 0.0, True), (0.0, 1.0, False)],
)  # fmt: skip
def test_close_is_within_five_percent_or_equal_at_the_coarser_precision(one, other, expected):
    assert is_close(one, other) is is_close(other, one) is expected


def test_the_same_amount_after_conversion_keeps_the_rate():
    question = "The IMF approved a loan of 2.77 billion euros for Ghana."
    found = first(stories(), question, "converted")
    assert found["amount"] == "3 billion USD"
    assert found["converted"].startswith("converted: about 2.77 billion EUR (1 USD = 0.92")
    assert "European Central Bank reference rate of 2023-05-17" in found["converted"]
    chosen = bands(stories(), question, at=dt.date(2023, 7, 3))["converted"][0]
    assert "rate of 2023-07-03" in chosen["converted"]


def test_other_amounts_of_the_flow_are_shown_in_other_currencies_too():
    question = "The White House asked for 57 billion euros for Ukraine"
    (undated,) = bands(seed(), question)["same_flow"][:1]
    assert undated["amount"] == "61.4 billion USD"
    assert undated["converted"] is None
    assert undated["differs"][-1] == (
        "another currency, not converted: the document has no date, and no date was chosen"
    )
    dated = bands(seed(), question, at=dt.date(2024, 1, 15))["same_flow"][0]
    assert dated["converted"].startswith("converted: about 56.1 billion EUR (1 USD = 0.91")
    assert dated["differs"][-1] == "1.6 % less"
    held = "The Senate blocks 56.1 billion euros that the White House requested for Ukraine"
    same = bands(seed(), held, at=dt.date(2024, 1, 15))
    assert same["converted"][0]["amount"] == "61.4 billion USD"
    assert "61.4 billion USD" not in [figure["amount"] for figure in same["same_flow"]]


def test_a_running_total_against_a_single_sum():
    found = first(seven(), "The US paid Ukraine $87 billion.", "running")
    assert "a running total, not a single sum" in found["differs"]
    found = first(seven(), "So far the US has given Ukraine $350 billion in total.", "running")
    assert "a single sum, not a running total" in found["differs"]


def test_the_same_amount_for_something_else():
    question = "Germany approved €4 billion in humanitarian aid for Ukraine."
    found = first(stories(), question, "other_meaning")
    assert "military, not humanitarian" in found["differs"]


def test_nothing_comparable():
    (answer,) = stories().check("Iceland has given Fiji $7.77 million")
    assert answer.data()["bands"] == []
    assert answer.summary().startswith("Nothing comparable is stated in the ")
    assert "Nothing comparable" in as_text([answer])


@pytest.mark.parametrize("question", ["61.4 billion", "$61.4 billion", "61.4bn", "61,400,000,000"])
def test_a_bare_number_is_a_question(question):
    (answer,) = stories().check(question)
    assert answer.asked.currency == ("USD" if "$" in question else None)
    band = answer.data()["bands"][0]
    assert (band["band"], band["title"]) == ("same", "Same amount")
    assert band["figures"][0]["stage"] == "requested, blocked"


def test_a_bare_number_finds_every_currency():
    found = bands(stories(), "100 million")["same"]
    assert len({figure["currency"] for figure in found}) > 1
    assert set(bands(stories(), "$100 million")["same"][0]) == set(found[0])


NUMBERS = {
    "The US has given Ukraine $350 billion.": ("350 billion USD", "disbursed"),
    "Since 2022 the US has appropriated $183 billion for Ukraine.": (
        "183 billion USD", "approved, running total"),
    "Since 2022 the US has appropriated $175 billion for Ukraine.": (
        "175 billion USD", "approved, running total"),
    "So far the US has obligated $130 billion for Ukraine.": (
        "130 billion USD", "committed, running total"),
    "So far the US has allocated $120 billion to Ukraine.": (
        "120 billion USD", "committed, running total"),
    "So far the US has disbursed $87 billion to Ukraine.": (
        "87 billion USD", "disbursed, running total"),
    "So far Ukraine has received $76 billion from the US.": (
        "76 billion USD", "disbursed, running total"),
}  # fmt: skip


@pytest.mark.parametrize("sentence", NUMBERS)
def test_each_of_the_seven_numbers_stands_where_its_source_puts_it(sentence):
    amount, stage = NUMBERS[sentence]
    (answer,) = seven().check(sentence)
    shown = {b["band"]: b["figures"] for b in answer.data()["bands"]}
    (own,) = shown["same"]
    assert (own["amount"], own["stage"], own["flow"]) == (amount, stage, "United States to Ukraine")
    # Its as-of date and scope stand in the quote, its source beside it.
    assert own["quotes"]
    assert all(q["published"] and q["publisher"] and q["url"] for q in own["quotes"])
    # The six others are shown too, each with how it differs.
    others = [f for band, figures in shown.items() if band != "same" for f in figures]
    for other, other_stage in NUMBERS.values():
        if other != amount:
            (found,) = [f for f in others if f["amount"] == other]
            assert found["stage"] == other_stage
            assert re.search(r"% (more|less)|times as much", found["differs"][-1])


def test_the_scope_of_the_widest_number_is_quoted():
    found = first(seven(), "Since 2022 the US has appropriated $183 billion for Ukraine.", "same")
    assert "As of 31 December 2024" in found["quotes"][0]["quote"]
    assert "appropriated or otherwise made available" in found["quotes"][0]["quote"]


def test_a_claim_is_set_beside_what_is_paid_without_a_verdict():
    (answer,) = seven().check("The US has given Ukraine $350 billion.")
    shown = {b["band"]: b["figures"] for b in answer.data()["bands"]}
    assert shown["same"][0]["quotes"][0]["said_by"] == "Donald Trump"
    paid = next(f for f in shown["same_flow"] if f["amount"] == "87 billion USD")
    assert paid["differs"] == ["a running total, not a single sum", "75 % less"]


FIVE = [
    "The US has already given Ukraine $61.4 billion",
    "France has given Ukraine €50 billion",
    "61.4 billion",
    "Congress approved $46 billion for Israel",
    "The US has given Ukraine $350 billion",
]


@pytest.mark.parametrize("sentence", FIVE)
def test_text_has_the_content_of_the_data_and_no_verdict(sentence):
    answers = stories().check(sentence)
    text = as_text(answers)
    plain = " ".join(text.split())
    data = json.loads(json.dumps([answer.data() for answer in answers]))
    for answer in data:
        for part in ("question", "read_as", "summary", "note"):
            assert answer[part] in plain
        for band in answer["bands"]:
            assert band["title"].upper() in plain
            assert not band["more"] or f"and {band['more']:,} more" in plain
            for figure in band["figures"]:
                for part in ("amount", "stage", "flow"):
                    assert figure[part] in plain
                assert "; ".join(figure["differs"]) in plain
                assert figure["quotes"]
                for quote in figure["quotes"]:
                    assert " ".join(quote["citation"].split()) in plain
                    assert quote["quote"].strip("“”") in plain
    own = plain
    for answer in data:  # what documents say and print is theirs
        for band in answer["bands"]:
            for figure in band["figures"]:
                for quote in figure["quotes"]:
                    own = own.replace(quote["quote"].strip("“”"), "").replace(quote["citation"], "")
    assert not VERDICT.search(own)
    assert max(map(len, re.sub(r"https?://\S+", "", text).splitlines())) <= 96


def test_every_band_has_a_test_here():
    source = Path(__file__).read_text("utf-8")
    assert [band for band in BANDS if source.count(f'"{band}"') == 0] == []


def test_every_amount_of_a_sentence_is_answered():
    answers = stories().check("Germany pledged €244 million and France €110 million for Sudan.")
    assert [answer.asked.quote for answer in answers] == ["€244 million", "€110 million"]


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("", "nothing is asked"), ("  ", "nothing is asked"),
        ("What did they give in 2024?", "no amount of money is in the question"),
        ("x" * 5001, "longer than 5,000 characters"),
    ],
)  # fmt: skip
def test_what_is_no_question_gets_one_line(sentence, message):
    with pytest.raises(ValueError, match=message) as caught:
        read_question(sentence)
    assert "\n" not in str(caught.value)
