"""Provinces and cities are data: these tests keep the data sound, and money there at home."""

import tomllib
from collections import Counter
from importlib import resources

import country_converter
import pytest

from tracker import extract

TEXT = resources.files("tracker.extraction").joinpath("rules/places.toml").read_text("utf-8")
PLACES = {
    code: [" ".join(name.split()) for name in names.split(";")]
    for code, names in tomllib.loads(TEXT)["places"].items()
}


def test_the_source_and_its_licence_are_named():
    assert "GeoNames" in TEXT
    assert "CC BY 4.0" in TEXT


def test_every_code_is_a_country():
    assert set(PLACES) <= set(country_converter.CountryConverter().data["ISO3"])


def test_no_name_is_listed_twice_and_each_can_be_told_from_a_word():
    names = Counter(name for listed in PLACES.values() for name in listed)
    assert [name for name, count in names.items() if count > 1] == []
    assert [name for name in names if len(name) < 4 or not name[0].isupper()] == []


@pytest.mark.parametrize(
    ("text", "donor", "recipient"),
    [
        ("Spain approved €5 million for flood victims in Málaga.", "ESP", "ESP"),
        ("China's finance ministry earmarked 350 million yuan for dykes in Hunan.", "CHN", "CHN"),
        ("Damage in Nampula was put at $5 million.", None, "MOZ"),
        # Names of parties.toml come first.
        ("Washington sent $5 million to Georgia's government in Tbilisi.", "USA", "GEO"),
    ],
)
def test_money_for_a_place_is_for_its_country(text, donor, recipient):
    (mention,) = extract(text)
    assert (mention.donor, mention.recipient) == (donor, recipient)
