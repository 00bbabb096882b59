"""Who gives and who receives at home, under headings, and beside others who do neither."""

import pytest

from tracker import extract

SHAPES = {
    "a council is no organisation": [
        ("Auckland Council has approved NZ$20 million for buyouts.", "NZL>NZL"),
        ("Bass Coast Shire Council approved A$2 million for a car park.", "AUS>AUS"),
        ("Osaka's city assembly approved 900 million yen for shelters.", "JPN>JPN"),
        ("The town council approved £2 million for a new pool.", "GBR>GBR"),
        ("Cook County commissioners approved $12 million for flood relief.", "USA>USA"),
        ("The Norwegian Refugee Council gave $5 million to Chad.", "Norwegian Refugee Council>TCD"),
    ],
    "a department that others have too": [
        ("The Department of Agriculture has earmarked P1.5 billion for farmers.", "PHL>PHL"),
        ("The Department of Agriculture has earmarked $1.5 billion for farmers.", "USA>USA"),
        ("The Department of Housing has allocated €40 million to Limerick.", "IRL>IRL"),
        (
            "The federal transport ministry will pay €1.2 billion for a Leverkusen bridge.",
            "DEU>DEU",
        ),
        ("The National Audit Office says the Cabinet Office spent £8 million on it.", "GBR>GBR"),
    ],
    "a ministry of anything": [
        ("The ministry has earmarked $640 million for roads.", "None>None"),
        ("The Nigerian water resources minister undertook to find N2 billion.", "NGA>NGA"),
        ("Norway gave Kenyan water authorities $5 million.", "NOR>KEN"),
        ("India's railway ministry sanctioned Rs 870 crore for a line to Silchar.", "IND>IND"),
    ],
    "a town in its state": [
        ("Washington has reimbursed Somerset, Kentucky, for $2.7 million of debris.", "USA>USA"),
        ("The state gave London, Ontario, C$2 million for buses.", "CAN>CAN"),
        ("Norway gave $5 million to Kharkiv and Boston.", "NOR>None"),
    ],
    "whoever has the surname of a leader": [
        ("Mayor Brandon Johnson wants $150 million for schools.", "USA>USA"),
        ("On Tuesday Johnson promised Ukraine £50 million.", "GBR>UKR"),
        ("Mark Carney promised Ukraine C$50 million.", "CAN>UKR"),
        ("Doug Ford announced $50 million for auto workers.", "CAN>CAN"),
    ],
    "what a country lacks itself": [
        ("A gap of 31 billion shekels was left in Israel's budget.", "None>ISR"),
        ("The navy's plans would mean finding NT$47 billion more in Taiwan.", "None>TWN"),
    ],
    "who sells gets nothing, who is missed gives nothing": [
        ("Denmark signed a $23 million contract with a Zagreb dealer for Kyiv.", "DNK>UKR"),
        ("To make up for American cuts, Rwanda voted 4 billion francs for clinics.", "RWA>RWA"),
        ("Clinics in Lesotho were hit by US cuts of $6 million.", "USA>LSO"),
        ("A US counter-extremism programme loses $52 million.", "USA>None"),
        ("Taiwan's share of US Foreign Military Financing has been set at $80 million.", "USA>TWN"),
        ("IFAD and Bolivia signed a financing agreement for $33 million.", "IFAD>BOL"),
        ("Tents from the people of Japan, worth ¥240 million, were given to Bhutan.", "JPN>BTN"),
    ],
    "an unnamed ministry says what it would do": [
        ("The county said it would spend Sh410 million on water trucking.", "KEN>KEN"),
        ("The ministry said on Monday that it would spend R40 million on schools.", "ZAF>ZAF"),
    ],
}


@pytest.mark.parametrize(("text", "expected"), [row for rows in SHAPES.values() for row in rows])
def test_parties_at_home(text: str, expected: str) -> None:
    (mention,) = extract(text)
    assert f"{mention.donor}>{mention.recipient}" == expected


ABOVE = [
    ("DENMARK: SUPPORT TO SOMALIA\nHumanitarian window 2024: DKK 90 million", "DNK>SOM"),
    ("Sweden – Mozambique\nBudget support 2025: SEK 200 million", "SWE>MOZ"),
    ("World Bank\nCountry: Kenya\nAmount approved: $120 million", "WORLD BANK>KEN"),
    ("Switzerland and Bangladesh\nSkills programme: CHF 12 million", "CHE>BGD"),
    ("Gambia mangroves (Green Climate Fund)\nTotal: $25 million", "Green Climate Fund>GMB"),
    ("Malawi – Global Fund grant\nSigned: $300 million", "Global Fund>MWI"),
    ("LEBANON FLASH APPEAL\nSought: $364 million", "None>LBN"),
    ("Lesotho clinics hit by US cuts\n$6 million has gone, the ministry says.", "USA>LSO"),
]


@pytest.mark.parametrize(("text", "expected"), ABOVE)
def test_a_heading_names_who_gives(text: str, expected: str) -> None:
    (mention,) = extract(text)
    assert f"{mention.donor}>{mention.recipient}" == expected
