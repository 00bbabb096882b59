"""The names of givers and receivers are data: these tests keep the data sound."""

import tomllib
from collections import defaultdict
from functools import cache
from importlib import resources

import country_converter
import pytest

COUNTRY_KEYS = {
    "code", "names", "demonyms", "capitals", "places", "leaders", "governors", "institutions",
    "ambiguous", "seldom",
}  # fmt: skip
ORGANISATION_KEYS = {"code", "kind", "names", "leaders", "ambiguous", "country", "windows"}
SEAT_OF_THE_EU = "BEL"
"""The one UN member without a capital: "Brussels" means the EU."""

COMMON_WORDS = {
    "march", "chad", "polish", "turkey", "china", "guinea", "jersey", "mali", "reading", "nice",
    "the", "of", "us", "who", "care", "may", "bank", "fund", "state", "house", "congress", "senate",
    "treasury", "government", "ministry", "parliament", "commission", "union", "west", "north",
}  # fmt: skip
"""All lowercase: names are matched in exact case, so none of these may stand as a name."""


@cache
def parties() -> dict:
    text = resources.files("tracker.extraction").joinpath("rules/parties.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def known_countries() -> dict[str, set[str]]:
    """Code -> names that the code takes from country-converter."""
    data = country_converter.CountryConverter().data
    columns = zip(data["ISO3"], data["name_short"], data["name_official"], strict=True)
    return {code: {short, official} for code, short, official in columns}


@cache
def un_members() -> list[str]:
    data = country_converter.CountryConverter().data
    return sorted(data[data["UNmember"].notna()]["ISO3"])


def names_of(entry: dict) -> list[str]:
    """All names of an entry, in all its lists."""
    marks = ("ambiguous", "seldom")
    lists = (v for k, v in entry.items() if isinstance(v, list) and k not in marks)
    return [name for names in lists for name in names]


def all_entries() -> list[dict]:
    return parties()["country"] + parties()["organisation"]


def test_only_the_documented_tables_and_keys():
    assert set(parties()) == {"country", "organisation"}
    for entry in parties()["country"]:
        assert set(entry) <= COUNTRY_KEYS, entry["code"]
    for entry in parties()["organisation"]:
        assert set(entry) <= ORGANISATION_KEYS, entry["code"]
        assert entry["kind"] in {"funder", "agency", "bloc"}, entry["code"]
        assert entry["names"], entry["code"]


def test_codes_are_unique_and_known():
    codes = [entry["code"] for entry in all_entries()]
    assert len(codes) == len(set(codes))
    countries = [entry["code"] for entry in parties()["country"]]
    assert set(countries) <= set(known_countries())
    organisations = {entry["code"] for entry in parties()["organisation"]}
    assert not organisations & set(known_countries()), "an organisation took a country's code"


def test_lists_hold_distinct_trimmed_names():
    for entry in all_entries():
        for key, value in entry.items():
            if isinstance(value, list):
                assert value, f"{entry['code']}: {key} is empty"
        names = names_of(entry)
        assert len(names) == len(set(names)), f"{entry['code']} repeats a name"
        for name in names:
            assert name, entry["code"]
            assert " ".join(name.split()) == name, name


def test_what_seldom_means_an_entry_is_ambiguous():
    for entry in all_entries():
        assert set(entry.get("seldom", ())) <= set(entry.get("ambiguous", ())), entry["code"]


def test_no_name_repeats_country_converter_or_itself_with_an_article():
    for entry in parties()["country"]:
        known = known_countries()[entry["code"]]
        names = names_of(entry)
        for name in names:
            assert name not in known, f"{entry['code']}: {name} comes from country-converter"
            bare = name.removeprefix("the ").removeprefix("The ")
            assert bare == name or bare not in known | set(names), f"{entry['code']}: {name}"


def test_a_name_of_two_parties_is_ambiguous_in_both():
    owners = defaultdict(set)
    ambiguous = defaultdict(set)
    for entry in all_entries():
        code = entry["code"]
        for name in {*names_of(entry), *known_countries().get(code, ())}:
            owners[name].add(code)
        for name in entry.get("ambiguous", ()):
            ambiguous[name].add(code)
    for code, names in known_countries().items():
        for name in names:
            owners[name].add(code)
    loose = {
        name: codes - ambiguous[name]
        for name, codes in owners.items()
        if len(codes) > 1 and codes - ambiguous[name]
    }
    assert not loose


def test_ambiguous_names_are_names_of_the_entry():
    for entry in all_entries():
        own = {*names_of(entry), *known_countries().get(entry["code"], ())}
        assert set(entry.get("ambiguous", ())) <= own, entry["code"]


@pytest.mark.parametrize("code", un_members())
def test_every_un_member_has_demonym_and_capital(code):
    entry = next((e for e in parties()["country"] if e["code"] == code), None)
    assert entry is not None, f"{code} is missing"
    assert entry.get("demonyms"), f"{code} has no demonym"
    if code == SEAT_OF_THE_EU:
        assert "capitals" not in entry
    else:
        assert entry.get("capitals"), f"{code} has no capital"


def test_no_common_word_stands_as_a_name():
    for entry in all_entries():
        for name in names_of(entry):
            assert name not in COMMON_WORDS, f"{entry['code']}: {name}"


def test_possessives_are_left_to_the_code():
    for entry in all_entries():
        own = {*names_of(entry), *known_countries().get(entry["code"], ())}
        for name in own:
            assert name.removesuffix("'s") == name or name.removesuffix("'s") not in own, name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("U.S.", "USA"), ("Pentagon", "USA"), ("North Carolina", "USA"), ("Kyiv", "UKR"),
        ("kyiv", "UKR"), ("Brussels", "EU"), ("MEPs", "EU"), ("Whitehall", "GBR"),
        ("DRC", "COD"), ("Gazans", "PSE"), ("PNG", "PNG"), ("Tamil Nadu", "IND"),
        ("the Centre", "IND"), ("FG", "NGA"), ("Tigray", "ETH"), ("KwaZulu-Natal", "ZAF"),
        ("UN refugee agency", "UNHCR"), ("Turkey", "TUR"), ("Scholz", "DEU"), ("Kosovar", "XKX"),
        ("Ivory Coast", "CIV"), ("Emirati", "ARE"), ("the Fund", "IMF"),
    ],
)  # fmt: skip
def test_names_seen_in_news_lead_to_their_party(name, code):
    assert [e["code"] for e in all_entries() if name in names_of(e)] == [code]
