"""What a sum is for where several sums, or several kinds, stand side by side."""

import pytest

from tracker import extract


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
    ],
)  # fmt: skip
def test_each_sum_has_its_own_kind(text, kinds):
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
        ("The Centre has so far said nothing on the $5 million it was asked for.", False),
    ],
)  # fmt: skip
def test_what_runs_on_and_what_does_not(text, total):
    assert extract(text)[-1].cumulative is total
