"""What a sum is for where several sums, or several kinds, stand side by side."""

import pytest

from tracker import extract
from tracker.extraction.words import load_rules


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Japan gave Kenya $5 million for food and $7 million for pensions.",
         ["humanitarian", "financial"]),
        ("Japan gave Kenya $5 million for schools and $7 million for ammunition.",
         [None, "military"]),
        ("Japan gave Kenya $5 million for weapons, while Norway sent $7 million for schools.",
         ["military", None]),
        ("Japan promised Kenya $9 million, of which $5 million is for weapons.",
         [None, "military"]),
        ("Japan gave Kenya military aid worth $5 million and humanitarian aid worth $7 million.",
         ["military", "humanitarian"]),
        ("Japan spent $3 million of the $6 million that it set aside for refugees.",
         ["humanitarian", "humanitarian"]),
        ("The bank signed a loan of $9 million for roads and a $5 million grant for schools.",
         ["financial", None]),
        ("Japan gave Kenya $5 million in grants and loans.", ["financial"]),
        ("Japan gave Kenya $5 million for food and weapons.", ["mixed"]),
        ("Japan gave Kenya $5 million in military as well as humanitarian aid.", ["mixed"]),
        ("Japan gave Kenya $9 million, with $5 million for weapons and the rest for food.",
         [None, "military"]),
        ("Japan pays $5 million a month towards the wages of its soldiers.", ["military"]),
        # what was lost is for nothing, what mends it is
        ("Damage to power lines was put at $5 million and their repair at $7 million.",
         [None, "reconstruction"]),
        ("Repairs will cost $5 million, the damage assessment says.", ["reconstruction"]),
        ("Losses came to $5 million, and reconstruction will take $7 million.",
         [None, "reconstruction"]),
        # a loan says nothing of the grant beside it
        ("Japan gave Kenya a loan of $9 million and a grant of up to $5 million.",
         ["financial", None]),
        ("Japan promised Kenya $9 million in grants and $5 million in loans.",
         [None, "financial"]),
        # relief brings generators too
        ("Japan gave Kenya $5 million for tents and generators.", ["humanitarian"]),
        ("Japan gave Kenya $5 million for shelter and reconstruction.", ["mixed"]),
        # names
        ("Japan gave the UN Development Programme $5 million.", [None]),
        ("The housing ministry gave farmers $5 million.", [None]),
        # columns and rows each for their own
        ("Table 1. Military aid\n\nDonor | Paid\nNorway | $5 million\nJapan | $7 million",
         ["military", "military"]),
        ("Sector | Sought\nShelter | $5 million\nAdministration | $7 million",
         ["humanitarian", None]),
    ],
)  # fmt: skip
def test_each_sum_has_its_own_kind(text, kinds):
    assert [m.aid_type for m in extract(text)] == kinds


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        # a sum of parts of several kinds
        ("Qatar promised Lebanon $9 million: $5 million for food and $4 million for weapons.",
         "mixed humanitarian military"),
        # a purpose says more than that it is lent
        ("Japan lent Kenya $5 million to rebuild a port.", "reconstruction"),
        ("Norway promised Kenya $5 million for irrigation, and Japan lent $7 million.",
         "reconstruction financial"),
        # what is built is not handed on
        ("Norway spent $5 million on roads. It promised a further $7 million.",
         "reconstruction -"),
        # the headline says more than one kind
        ("UN appeals for $9 million for refugees and the army. Shelter for the refugees will cost"
         " $5 million.\n\nThe cost of a new school is $7 million.", "mixed humanitarian -"),
        # money that stays at home is of another affair
        ("UN appeals for $9 million for refugees in Chad. Shelter for the refugees will cost"
         " $5 million. Chad's parliament approved $7 million for Chad's nurses in January.",
         "humanitarian humanitarian -"),
    ],
)  # fmt: skip
def test_kinds_within_a_document(text, kinds):
    assert in_document(text) == kinds


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("World Bank approves $9 million to rebuild roads in Togo.\n\nThe Bank gave $5 million.",
         ["reconstruction", None]),
        ("Japan gave Kenya $5 million for roads.", [None]),
    ],
)  # fmt: skip
def test_a_passage_says_of_itself_what_a_sum_is_for(text, kinds):
    assert [m.aid_type for m in extract(text)] == kinds


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("As of 30 June, $5 million had been received.", True),
        ("America has by now set aside $5 million.", True),
        ("Only $5 million of it has ever been spent.", True),
        ("It is Norway's largest gift since 2019, a loan of $5 million.", False),
        ("Ireland has sent aid to Sudan since April 2023, and another $5 million is on its way.",
         False),
        ("Oslo has so far pledged $9 million for wells and paid $5 million.", True),
        ("The bank has paid $9 million since 2022, about $5 million of which was for roads.", True),
        ("Disbursements have reached $9 million, against $5 million in the update before.", True),
        ("Oslo has paid $9 million so far, but Riga will pay $5 million in May.", False),
        ("The fund has so far got $9 million, and this week Oslo gave $5 million.", False),
        ("Oslo has so far paid out half of a $5 million grant.", False),
        ("Of this, $5 million in aid has reached the counties.", False),
        ("Oslo paid the $5 million that it had been sitting on since January.", False),
        ("Oslo's loan of $5 million for Mali has been under contract since March.", False),
        ("By the end of May the ministry had paid $5 million to each family.", False),
        ("Lenders had agreed to pay $5 million by the end of May.", False),
        ("Since 1 May the agency has paid families $5 million each.", False),
        ("None was adopted since April 2024, when Congress approved $5 million.", False),
        ("The Centre has so far said nothing on the $5 million it was asked for.", False),
        ("By last year's standards Norway had given Kenya $5 million.", False),
        ("Since the port is shut, Norway has sent $5 million in aid by air.", False),
        ("Since the port was shut, Norway has sent $5 million in aid by air.", True),
    ],
)  # fmt: skip
def test_what_runs_on_and_what_does_not(text, total):
    assert extract(text)[-1].cumulative is total


FILLER = "The harbour has been closed since the storm, and children walk along the river. " * 20
"""What makes a document of a few sentences."""


def in_document(text):
    """The kind of each amount of a text within a document, "-" for none."""
    return " ".join(m.aid_type or "-" for m in extract(f"{text}\n\n{FILLER}"))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        example
        for tag in ("works", "document")
        for rule in load_rules("aid_type")[tag]
        for example in rule["examples"]
    ],
)
def test_kinds_in_documents(text, kinds):
    assert in_document(text) == kinds
