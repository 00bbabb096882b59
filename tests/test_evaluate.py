"""Scores against gold, on passages and mentions made by hand."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import evaluate as evaluation
from tracker.evaluate import GoldError, evaluate, match, report, same
from tracker.gold import TAGS, GoldMention, read_gold
from tracker.schema import Evidence, Mention

TEXT = "Japan pledged $5 million to Kenya and €2 million to Chad."
GOLD = {
    "quote": "$5 million", "start": 14, "min": 5e6, "max": 5e6, "currency": "USD",
    "qualifier": "exact", "per": None, "status": "pledged", "hold": None, "cumulative": False,
    "aid_type": None, "donor": "JPN", "recipient": "KEN", "attributed_to": None, "cue": "pledged",
}  # fmt: skip
GOLD_2 = GOLD | {
    "quote": "€2 million", "start": 38, "min": 2e6, "max": 2e6, "currency": "EUR",
    "recipient": "TCD",
}  # fmt: skip


def mention(**columns) -> Mention:
    """The mention of GOLD, with `columns` changed."""
    values = {
        "mention_id": "m_1", "document_id": "d_1", "start": 14, "end": 24, "quote": "$5 million",
        "sentence": TEXT, "amount_min": 5e6, "amount_max": 5e6, "low": 4.95e6, "high": 5.05e6,
        "currency": "USD", "status": "pledged", "donor": "JPN", "recipient": "KEN",
    }  # fmt: skip
    return Mention(**values | columns)


def second(**columns) -> Mention:
    """The mention of GOLD_2, with `columns` changed."""
    return mention(**{
        "start": 38, "end": 48, "quote": "€2 million", "amount_min": 2e6, "amount_max": 2e6,
        "currency": "EUR", "recipient": "TCD", **columns,
    })  # fmt: skip


@pytest.fixture
def gold_file(tmp_path):
    def write(*mentions, text=TEXT, lines=1):
        path = tmp_path / "gold.jsonl"
        rows = [
            {"id": f"p{n}", "lang": "en", "text": text, "mentions": mentions}
            for n in range(1, lines + 1)
        ]
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        return path

    return write


@pytest.fixture
def reads(monkeypatch):
    """Let the extractor read the given mentions in every text."""

    def set_mentions(*mentions):
        monkeypatch.setattr(evaluation, "extract", lambda text, language: list(mentions))

    return set_mentions


def test_all_right_scores_one_everywhere(gold_file, reads):
    reads(mention(), second())
    scores = evaluate([gold_file(GOLD, GOLD_2)])
    assert set(scores.overall.scores().values()) == {1.0}
    assert scores.overall.misses == []


def test_a_wrong_amount_is_neither_precise_nor_recalled(gold_file, reads):
    reads(mention(amount_min=5.0, amount_max=5.0), second(), second(start=0, end=5))
    tally = evaluate([gold_file(GOLD, GOLD_2)]).overall
    values = tally.scores()
    assert values["amount_precision"] == pytest.approx(1 / 3)
    assert values["amount_recall"] == pytest.approx(1 / 2)
    assert values["amount_f1"] == pytest.approx(2 / 5)
    assert [(m.quote, m.tag, m.gold, m.got) for m in tally.misses] == [
        ("$5 million", "amount", "5,000,000 USD", "5 USD '$5 million'"),
        ("€2 million", "amount", "none", "2,000,000 EUR '€2 million'"),
    ]


def test_nothing_read_scores_zero(gold_file, reads):
    reads()
    scores = evaluate([gold_file(GOLD)])
    assert set(scores.overall.scores().values()) == {0.0}
    assert [m.got for m in scores.overall.misses] == ["none"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("currency", "CAD"), ("amount_min", 4e6), ("amount_max", 6e6), ("start", 24), ("end", 14),
    ],
)  # fmt: skip
def test_mentions_match_by_overlap_bounds_and_currency(column, value):
    gold = GoldMention(14, 24, "$5 million", 5e6, 5e6, "USD", {})
    assert match([gold], [mention()]) == [(0, 0)]
    assert match([gold], [mention(**{column: value, "quote": "x"})]) == []


def test_the_largest_overlap_wins_one_to_one():
    gold = GoldMention(14, 24, "$5 million", 5e6, 5e6, "USD", {})
    assert match([gold], [mention(start=22, end=30), mention(), mention(end=16)]) == [(0, 1)]


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)), max_size=6),
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)), max_size=6),
)
def test_matching_is_one_to_one_and_leaves_no_pair_behind(gold_spans, got_spans):
    gold = [GoldMention(s, s + n, "", 1.0, 1.0, "USD", {}) for s, n in gold_spans]
    got = [mention(start=s, end=s + n, amount_min=1.0, amount_max=1.0) for s, n in got_spans]
    pairs = match(gold, got)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    free_gold = set(range(len(gold))) - {i for i, _ in pairs}
    free_got = set(range(len(got))) - {j for _, j in pairs}
    for i in free_gold:
        for j in free_got:
            assert min(gold[i].end, got[j].end) <= max(gold[i].start, got[j].start)


@pytest.mark.parametrize(
    ("tag", "gold", "got", "equal"),
    [
        ("donor", "Gavi", "GAVI", True),
        ("donor", "UKR", None, False),
        ("donor", None, None, True),
        ("status", "pledged", "Pledged", False),
        ("cumulative", False, False, True),
        ("attributed_to", "Antony Blinken", "antony blinken", True),
        ("attributed_to", "Antony Blinken", "Secretary Blinken", True),
        ("attributed_to", "President Joe Biden", "Joe Biden's", True),
        ("attributed_to", "the UN", "U.N.", True),
        ("attributed_to", "prime minister", "its prime minister", True),
        ("attributed_to", "Jim Justice", "Gov. Jim Justice", True),
        ("attributed_to", "Olaf Scholz", "Boris Pistorius", False),
        ("attributed_to", "President Biden", "President Trump", False),
        ("attributed_to", "World Bank", "...", False),
        ("attributed_to", "World Bank", None, False),
        ("attributed_to", None, "World Bank", False),
    ],
)
def test_equality_of_tags(tag, gold, got, equal):
    assert same(tag, gold, got) is equal


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("qualifier", "about"), ("per", "year"), ("status", "approved"), ("hold", "blocked"),
        ("cumulative", True), ("aid_type", "military"), ("donor", None), ("recipient", "UKR"),
        ("attributed_to", "Kiel Institute"),
    ],
)  # fmt: skip
def test_a_wrong_tag_costs_its_own_score_and_names_its_rule(gold_file, reads, column, value):
    reads(mention(**{column: value, "evidence": [Evidence(column, "rule-7", 0, 5)]}), second())
    tally = evaluate([gold_file(GOLD, GOLD_2)]).overall
    values = tally.scores()
    assert values[column] == 0.5
    assert all(values[tag] == 1.0 for tag in TAGS if tag != column)
    (miss,) = tally.misses
    assert (miss.passage, miss.tag, miss.got, miss.rule) == ("p1", column, str(value), "rule-7")


def test_status_macro_f1_funding_and_confusion(gold_file, reads):
    reads(mention(status="other"), second())
    tally = evaluate([gold_file(GOLD, GOLD_2 | {"status": "other"})]).overall
    assert tally.scores()["status_macro_f1"] == 0.0
    assert tally.scores()["funding_or_other"] == 0.0
    reads(mention(status="approved"), second())
    tally = evaluate([gold_file(GOLD, GOLD_2)]).overall
    assert tally.scores()["status_macro_f1"] == pytest.approx(2 / 3)
    assert tally.scores()["funding_or_other"] == 1.0
    assert tally.confusion() == {("pledged", "approved"): 1, ("pledged", "pledged"): 1}


def test_halves_are_odd_and_even_lines(gold_file, reads):
    reads(mention())
    path = gold_file(GOLD, lines=3)
    both = evaluate([path])
    assert list(both.tallies) == ["all", "half A", "half B"]
    assert [t.passages for t in both.tallies.values()] == [3, 2, 1]
    assert [t.passages for t in evaluate([path], half="b").tallies.values()] == [1]
    assert evaluate([path, path], half="a").overall.passages == 4
    with pytest.raises(ValueError, match="half"):
        evaluate([path], half="c")


def test_the_report_shows_scores_confusion_and_misses(gold_file, reads):
    reads(mention(status="approved", evidence=[Evidence("status", "en.approved.3", 0, 5)]))
    scores = evaluate([gold_file(GOLD, GOLD_2)])
    short, full = report(scores), report(scores, misses=True)
    assert "gold.jsonl" in short
    lines = {line.split()[0]: line.split()[1:] for line in short.splitlines() if line}
    assert lines["amount_f1"] == ["0.667", "0.667", "0.000"]
    assert lines["pledged"] == [".", "1"]
    assert "Misses" not in short
    assert "p1  '$5 million'  status: gold pledged, read approved  [en.approved.3]" in full
    assert "p1  '€2 million'  amount: gold 2,000,000 EUR, read none" in full
    assert not [line for line in full.splitlines() if line != line.rstrip()]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "gold.jsonl: holds no passage"),
        (b"\n \n", "gold.jsonl: holds no passage"),
        (b"\xff\xfe", "gold.jsonl: not UTF-8 at byte 0"),
        (b"{", "gold.jsonl:1: not JSON"),
        (b"[]", "gold.jsonl:1: not an object with a list of mentions"),
        (b'{"id": "p", "mentions": []}', "gold.jsonl:1: no field 'text'"),
        (b'{"id": "p", "text": "x", "mentions": {}}', "gold.jsonl:1: not an object with"),
        (b'{"id": "p", "text": "x", "mentions": [1]}', "gold.jsonl:1: a mention is not an object"),
        (b'\n{"id": 7, "text": "x", "mentions": []}', "gold.jsonl:2: id cannot be 7"),
        (b"[" * 200_000, "gold.jsonl:1: "),
    ],
)
def test_a_bad_file_is_one_line_with_its_place(tmp_path, content, problem):
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    with pytest.raises(GoldError) as error:
        evaluate([path])
    assert problem in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"start": 15}, "quote '$5 million' does not stand at 15"),
        ({"start": -1}, "does not stand at -1"),
        ({"quote": ""}, "quote '' does not stand"),
        ({"min": "5"}, "min cannot be '5'"),
        ({"max": True}, "max cannot be True"),
        ({"currency": None}, "currency cannot be None"),
        ({"status": "promised"}, "status of '$5 million' cannot be 'promised'"),
        ({"status": None}, "status of '$5 million' cannot be None"),
        ({"hold": "frozen"}, "hold of '$5 million' cannot be 'frozen'"),
        ({"cumulative": None}, "cumulative of '$5 million' cannot be None"),
        ({"donor": 7}, "donor of '$5 million' cannot be 7"),
    ],
)
def test_a_bad_label_is_named(gold_file, change, problem):
    with pytest.raises(GoldError) as error:
        list(read_gold(gold_file(GOLD | change)))
    assert problem in str(error.value)
    assert "gold.jsonl:1: " in str(error.value)


def test_a_missing_label_or_file_is_named(gold_file, tmp_path):
    path = gold_file({k: v for k, v in GOLD.items() if k != "donor"})
    with pytest.raises(GoldError, match="no field 'donor'"):
        list(read_gold(path))
    with pytest.raises(GoldError, match="No such file"):
        list(read_gold(tmp_path / "none.jsonl"))
    with pytest.raises(GoldError, match="directory"):
        list(read_gold(tmp_path))
