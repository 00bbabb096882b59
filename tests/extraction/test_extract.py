import os
import warnings
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tracker
from tracker.extraction import batch
from tracker.schema import MENTION_SCHEMA

SEED = Path("seeds/000_41fcffd24eca9f59.txt").read_text(encoding="utf-8")


def _rows(mentions, *columns):
    return [tuple(getattr(m, c) for c in columns) for m in mentions]


def test_the_seed_gives_its_three_mentions():
    mentions = tracker.extract(SEED)
    assert _rows(mentions, "quote", "amount_min", "amount_max", "currency", "qualifier", "per") == [
        ("45 billion dollars", 45e9, 45e9, "USD", "below", None),
        ("USD 61.4 billion", 61.4e9, 61.4e9, "USD", "exact", None),
        ("22.9 billion dollars", 22.9e9, 22.9e9, "USD", "exact", None),
    ]
    assert _rows(mentions, "status", "hold", "cumulative", "aid_type", "attributed_to") == [
        ("disbursed", None, True, None, None),
        ("requested", "blocked", False, None, None),
        ("disbursed", None, False, "financial", None),
    ]
    assert _rows(mentions, "donor", "recipient") == [("USA", "UKR")] * 3
    assert [m.cue for m in mentions] == [
        "has already reached",
        "has requested",
        "thanking him for the help",
    ]
    hold = next(e for e in mentions[1].evidence if e.tag == "hold")
    assert SEED[hold.start : hold.end] == "continues to block"
    for mention in mentions:
        assert SEED[mention.start : mention.end] == mention.quote
        assert SEED[mention.cue_start : mention.cue_end] == mention.cue
        assert mention.quote in mention.sentence


@pytest.mark.parametrize(
    ("text", "currencies"),
    [
        ("It gave $5 million.", ["USD"]),
        ("Ottawa said it would give $500 million (Canadian) in aid.", ["CAD"]),
        ("NZ$1 billion ($619 million) was paid.", ["NZD", "USD"]),
        ("Canberra gave A$5 million. Australia then paid $7 million.", ["AUD", "AUD"]),
        ("Pakistan gets 5 billion rupees.", ["PKR"]),
        ("Norway gave 5 million kroner.", ["NOK"]),
        ("Denmark gave 5 million kroner.", ["DKK"]),
        ("Kenya pays 5 million Kenyan shillings.", ["KES"]),
        ("Egypt spent 10 billion pounds on bread.", ["EGP"]),
        ("It gave 10 million pounds in aid.", ["GBP"]),
        ("India gave Nepal Rs 5 crore.", ["INR"]),
        ("Japan gave China ¥5 billion.", ["JPY"]),
        ("Kuwait lent Iraq 5 million dinars.", ["KWD"]),
        ("Canada gave $500 million (US$370 million).", ["CAD", "USD"]),
        ("It gave $500 million in Canadian dollars.", ["CAD"]),
        ("It costs 5 million Fiji dollars.", ["FJD"]),
        ("It costs 5 million Singaporean dollars.", ["SGD"]),
    ],
)
def test_which_dollar_pound_rupee(text, currencies):
    assert [m.currency for m in tracker.extract(text)] == currencies


def test_the_country_given_helps_but_never_turns_a_bare_dollar():
    assert tracker.extract("It paid 5 million rupees.", country="LKA")[0].currency == "LKR"
    assert tracker.extract("It paid $5 million.", country="AUS")[0].currency == "USD"


def test_equivalents_are_linked_and_share_their_tags():
    first, second = tracker.extract("Japan approved 4.74 billion yen ($32.9 million) in relief.")
    assert second.equivalent_of == first.mention_id
    assert (second.currency, second.status, second.donor) == ("USD", "approved", "JPN")


def test_a_change_is_two_amounts_and_a_range_is_one():
    rose = tracker.extract("Aid rose from 116 to 165 million euros.")
    assert _rows(rose, "amount_min", "amount_max") == [(116e6, 116e6), (165e6, 165e6)]
    spread = tracker.extract("It will cost from 3 to 5 billion euros.")
    assert _rows(spread, "amount_min", "amount_max") == [(3e9, 5e9)]


@pytest.mark.parametrize(
    ("text", "period", "start", "end"),
    [
        ("It gave $5bn since February 2022.", "since February 2022", "2022-02-01", "None"),
        ("It will give $5bn over four years.", "over four years", "None", "None"),
        ("It gave $5bn in fiscal 2024.", "in fiscal 2024", "None", "None"),
        ("It will pay $5bn by the end of 2027.", "by the end of 2027", "None", "2027-12-31"),
        ("It gave $5bn in March 2024.", "in March 2024", "2024-03-01", "2024-03-31"),
        ("It set aside €5bn for 2021-2027.", "for 2021-2027", "2021-01-01", "2027-12-31"),
        ("In 2023, it gave $5bn.", "In 2023", "2023-01-01", "2023-12-31"),
        ("It gave $5bn in Q1 2024.", "in Q1 2024", "2024-01-01", "2024-03-31"),
        (
            "It gave $5bn in the first quarter of 2024.",
            "in the first quarter of 2024",
            "2024-01-01",
            "2024-03-31",
        ),
        ("It gave $5bn since February 24, 2022.", "since February 24, 2022", "2022-02-01", "None"),
        ("It gave $5bn in March.", "in March", "None", "None"),
        ("It gave $5bn in Sept 2023.", "in Sept 2023", "2023-09-01", "2023-09-30"),
        ("It gave $5bn in 2023/24.", "in 2023/24", "None", "None"),
        (
            "It gave $5bn in the 2023-24 financial year.",
            "in the 2023-24 financial year",
            "None",
            "None",
        ),
        ("It gave $5bn over the past decade.", "over the past decade", "None", "None"),
        ("It gave $5bn over a four-year period.", "over a four-year period", "None", "None"),
        ("It gave $5bn in the year to March 2024.", "in the year to March 2024", "None", "None"),
        ("It gave $5bn since the start of the war.", "since the start of the war", "None", "None"),
    ],
)
def test_periods(text, period, start, end):
    (mention,) = tracker.extract(text)
    assert (mention.period, str(mention.period_start), str(mention.period_end)) == (
        period, start, end,
    )  # fmt: skip


def test_each_amount_has_its_own_period():
    mentions = tracker.extract("In 2023 it gave €3m, and in 2024 €4m.")
    assert [m.period for m in mentions] == ["In 2023", "in 2024"]


@pytest.mark.parametrize(
    "text",
    [
        "It gave £500m [$630m].", "It gave £500m (currently $630m).",
        "It gave £500m in aid ($630m).",
        "It gave £500m — about $630m — in aid.", "It gave £500m (then about $630m).",
        "It gave Rs 5 billion (Rs 500 crore).", "It gave £500m (US$630m or €580m).",
        "It gave 500 million kroner ($47m, €43m).",
    ],
)  # fmt: skip
def test_every_further_amount_is_an_equivalent_of_the_first(text):
    first, *others = tracker.extract(text)
    assert others
    assert [m.equivalent_of for m in others] == [first.mention_id] * len(others)


def test_no_money_in_money_free_sentences():
    path = Path(__file__).with_name("money_free.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) >= 300
    found = {line: [m.quote for m in tracker.extract(line)] for line in lines}
    assert {line: quotes for line, quotes in found.items() if quotes} == {}


def test_lone_surrogates_keep_the_offsets():
    text = "a\ud800b gave $5 million."
    (mention,) = tracker.extract(text)
    assert text[mention.start : mention.end] == "$5 million" == mention.quote


def test_a_cap_is_reported(monkeypatch):
    monkeypatch.setattr(batch, "MAX_MENTIONS", 2)
    with pytest.warns(tracker.LimitReached, match="stopped after 2 amounts, at character 8 of 16"):
        assert len(tracker.extract("$1m, $2m and $3m")) == 2
    table = pa.table({"document_id": ["d_1"], "text": ["$1m, $2m and $3m"]})
    assert b"d_1" in tracker.extract_batch(table).schema.metadata[b"limits"]


def test_batch_gives_what_extract_gives():
    texts = [SEED, "No money here.", "Oslo gave NOK 5 million, or $480,000.", ""]
    table = pa.table({"document_id": [f"d_{n}" for n in range(4)], "text": texts})
    result = tracker.extract_batch(table)
    assert result.schema.equals(MENTION_SCHEMA)
    ids = {"mention_id", "document_id", "equivalent_of", "part_of", "evidence"}
    columns = [c for c in MENTION_SCHEMA.names if c not in ids]
    expected = [m for text in texts for m in tracker.extract(text)]
    assert [tuple(row[c] for c in columns) for row in result.to_pylist()] == _rows(
        expected, *columns
    )


def test_batch_names_a_missing_column():
    with pytest.raises(ValueError, match="column missing: text"):
        tracker.extract_batch(pa.table({"document_id": ["d_1"]}))


def test_batch_names_a_column_that_holds_no_text():
    with pytest.raises(ValueError, match="column document_id holds int64, not text"):
        tracker.extract_batch(pa.table({"document_id": [1], "text": ["$5 million"]}))


def test_batch_reads_columns_of_hints_sliced_and_in_chunks():
    texts = ["It paid 5 million rupees.", "", "Oslo gave NOK 5 million ($480,000).", "$7m"]
    table = pa.table({
        "document_id": [f"d_{n}" for n in range(4)], "text": texts,
        "language": ["en", None, "no", None], "country": ["LKA", "IND", None, "AUS"],
    })  # fmt: skip
    ours = {"document_id", "mention_id", "equivalent_of", "part_of", "evidence"}
    names = [name for name in MENTION_SCHEMA.names if name not in ours]
    alone = [
        [{name: getattr(m, name) for name in names}
         for m in tracker.extract(row["text"], row["language"], row["country"])]
        for row in table.to_pylist()
    ]  # fmt: skip
    for first, last in ((0, 4), (1, 4), (2, 3), (4, 4)):
        expected = [mention for mentions in alone[first:last] for mention in mentions]
        for part in (
            table.slice(first, last - first),
            pa.concat_tables(table.slice(n, 1) for n in range(first, last)) if last > first
            else table.slice(0, 0),
        ):  # fmt: skip
            found = tracker.extract_batch(part)
            assert found.select(names).to_pylist() == expected
            assert set(found["document_id"].to_pylist()) <= set(part["document_id"].to_pylist())


EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "300"))
"""How many texts each property is tried on; `make soak` takes many more."""
WORDS = st.sampled_from(
    """$ € £ US$ A$ Rs N USD EUR 5 61.4 1,000 7 half a billion million bn k crore dollars euros
    pounds between and to from - – ( ) , . ; : more than almost gave Ukraine the US pledged year
    since 2022 said according will % ' 1,1,1 \u00a0 \u202f""".split(" ")
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=30).map(" ".join)))
def test_any_text_gives_quotes_at_their_offsets(text):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        mentions = tracker.extract(text)
    last = 0
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.quote
        assert last <= mention.start < mention.end
        assert 0 <= mention.low <= mention.high
        assert mention.amount_min <= mention.amount_max
        last = mention.end


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The $6 billion that the White House has requested for Ukraine, demanding reforms.",
         "has requested"),
        ("$6 billion is requested for Ukraine, including money for stocks.", "is requested"),
    ],
)  # fmt: skip
def test_a_clause_that_speaks_of_something_else_is_no_part_of_the_cue(text, cue):
    (mention,) = tracker.extract(text)
    assert (mention.status, mention.cue) == ("requested", cue)
