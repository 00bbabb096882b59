"""Tables in plain text: what heads a column or a row says what its amounts are."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import extract, extract_batch
from tracker.extraction.text.tables import heads_of


def stages(text):
    return [m.status for m in extract(text)]


RULED = """Response plan
Sector | Requested | Received to date
|---|---|---|
Food security | $397 million | $31 million
Protection | $118 million | $7 million
"""
SPACED = """Account                              Obligated          Disbursed
Assistance for Moldova               $396 million       $231 million
Refugees (humanitarian)              $73 million        $69 million
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RULED, ["requested", "disbursed"] * 2),
        (SPACED, ["committed", "disbursed"] * 2),
        (RULED.replace(" | ", "\t").replace("|---|---|---|\n", ""), ["requested", "disbursed"] * 2),
        # no header says a stage, the rows do
        ("Needs              $9 million\nReceived so far    $5 million\n", ["needed", "disbursed"]),
        ("Needs ............ $9 million\nReceived so far .. $5 million\n", ["needed", "disbursed"]),
        # the line over a table, where neither does
        (
            "Allocations to Kyiv\nDonor      2025      2026\nOslo     $9 million   $5 million",
            ["committed", "committed"],
        ),
        # but not over what another cell of the row says
        (
            "Plan\nBy | Status | Sum\nBank | Approved | $9 million\nState | Signed | $5 million",
            ["approved", "committed"],
        ),
        # blank lines between rows, and a date in a header
        (
            "Donor   Pledged in Riga   Paid by 30 June\n\nOslo   $9 million   $5 million\n",
            ["pledged", "disbursed"],
        ),
        # a heading that a blank line parts from its table
        (
            "Talks.\n\nPLEDGES MADE IN RIGA\n\nBy   Sum   For\nOslo   $9 million   Roads",
            ["pledged"],
        ),
        # but not one over another table
        (
            "Promised\n\nBy   Sum\nOslo   $9 million\n\nPart   Price\nBolt   $5 million\n",
            ["pledged", "other"],
        ),
        # a cell under "Status" comes before the row's name, but not before its column
        (
            "By | Pledged | Paid | Status\nOslo | $9 million | $5 million | Signed",
            ["pledged", "disbursed"],
        ),
        (
            "Disbursements\nStage | Sum | Status\nApproval | SDR 9 million | Disbursed\n"
            "Review | SDR 5 million | Planned",
            ["disbursed", "pledged"],
        ),
        # prices are no aid in a table either
        ("Model | Old | New\nPhone | $999 | $1,499\n", ["other", "other"]),
        # headers that are years say nothing
        ("Sector | 2024 | 2025\nFunding gap | $9 million | $5 million\n", ["needed", "needed"]),
    ],
)
def test_the_heads_of_a_cell_say_its_stage(text, expected):
    assert stages(text) == expected


def test_the_cue_stands_in_the_header():
    second = extract(RULED)[1]
    assert second.cue == "Received"
    assert RULED[second.cue_start : second.cue_end] == second.cue


def test_a_header_says_what_is_a_running_total():
    assert [m.cumulative for m in extract(RULED)] == [False, True] * 2


@pytest.mark.parametrize(
    ("header", "totals"),
    [
        ("Requested   Received", [False, True]),
        ("Pledged   Paid by 30 June", [False, True]),
        ("Pledged   Received", [False, False]),
    ],
)
def test_what_came_in_beside_what_was_asked_for_is_a_total(header, totals):
    text = f"Cluster   {header}\n\nHealth   $9 million   $5 million\n"
    assert [m.cumulative for m in extract(text)] == totals


def test_prose_with_wide_gaps_is_no_table():
    text = "Norway gave Mali much.  In May it paid $5 million.  Sweden has promised $9 million."
    assert stages(text) == ["disbursed", "pledged"]


@given(st.text(alphabet=" \t|.\n-A9$", max_size=200), st.integers(0, 200), st.integers(0, 9))
def test_heads_lie_in_the_text_before_the_amount(text, start, length):
    start = min(start, len(text))
    end = min(start + length, len(text))
    heads = heads_of(text, start, end)
    for head in heads or ():
        assert head is None or 0 <= head[0] < head[1] <= len(text)


@pytest.mark.parametrize(
    "lead",
    [
        "The fund approved $9 million for three projects. They include:",
        "The bank approved a credit of $9 million.\n\nParts\n\nThe sum is divided as follows:",
    ],
)
def test_a_list_whose_lead_is_silent_divides_the_sum_before(lead):
    text = f"{lead}\n\n- $5 million for roads in Chad;\n\n- $4 million for wells in Mali.\n"
    assert stages(text) == ["approved"] * 3


HEADED = """Donors in 2025
Rank   Donor              Received (US$)
1      Norway             57,140,000
2      Germany            49,860,000
Norway holds first place with 2 of 8 grants.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEADED, [("57,140,000", 57_140_000, "USD"), ("49,860,000", 49_860_000, "USD")]),
        (
            "Sector | Needed (US$ million) | Met\n|---|---|---|\nFood | 397.5 | 8%\nWater | 7 | 6%",
            [("397.5", 397_500_000, "USD"), ("7", 7_000_000, "USD")],
        ),
        (
            "Ministry | 2025 (€ m) | 2026 (€ m)\nEducation | 1,204 | 1,310.5",
            [("1,204", 1_204_000_000, "EUR"), ("1,310.5", 1_310_500_000, "EUR")],
        ),
        ("Item | Cost (USD '000)\nTents | 1,250", [("1,250", 1_250_000, "USD")]),
        # a header again, the next table, years, counts and shares are no money
        (
            "State | Got (US$ million)\nMali | 5.2\nState | Got (US$ million)\nChad | 7.1",
            [("5.2", 5_200_000, "USD"), ("7.1", 7_100_000, "USD")],
        ),
        (
            "State | Got (US$)\nMali | 520,000\n\nState | People\nMali | 45,000",
            [("520,000", 520_000, "USD")],
        ),
        (
            "Work\tYear\tCost (US$ million)\nDam\t2021\t52\nRoad\t2022\t",
            [("52", 52_000_000, "USD")],
        ),
        ("Indicator | 2023 (US$ million)\nNumber of schools | 12\nGrowth (%) | 5.2", []),
        ("State | Got (US$)\nMali | 0", []),
        # in prose, and beside a unit that is no column, figures are no money
        ("The gap (US$) is wide. Of 397 schools 5 have none.", []),
        ("Loans (US$)\n\nThe bank made 12 of them.", []),
    ],
)
def test_a_header_lends_its_unit_to_the_figures_below(text, expected):
    found = [(m.quote, m.amount_min, m.currency) for m in extract(text)]
    assert found == expected
    table = extract_batch(pa.table({"document_id": ["d"], "text": [text]})).to_pylist()
    assert [(m["quote"], m["amount_min"], m["currency"]) for m in table] == expected


def test_names_in_a_column_of_donors_give():
    assert [m.donor for m in extract(HEADED)] == ["NOR", "DEU"]


PLEDGES = """PLEDGES TO CHAD

Donor            Amount         Purpose
European Union   $9 million     Loans
Qatar            $5 million     Housing, roads
"""
SECTORS = """Table 1: Appeal for Chad, by cluster

Cluster    Requested        Spent
WASH       CHF 9 million    CHF 5 million
Housing    CHF 4 million    CHF 2 million
"""


def test_a_caption_says_who_receives_and_a_column_who_gives():
    assert [(m.donor, m.recipient) for m in extract(PLEDGES)] == [("EU", "TCD"), ("QAT", "TCD")]


def test_sectors_and_the_currency_of_an_appeal_are_nobody():
    assert {(m.donor, m.recipient) for m in extract(SECTORS)} == {(None, "TCD")}


@given(st.text(alphabet="|\n (US$)5.2", max_size=120))
def test_no_amount_is_found_twice(text):
    text = f"Country | Received (US$ million)\nMali | 5.2\n{text}"
    spans = [(m.start, m.end) for m in extract(text)]
    assert len(spans) == len(set(spans))


def test_the_unit_is_no_country():
    assert [m.donor for m in extract("Country | Received (US$ million)\nMali | 5.2\n")] == [None]
