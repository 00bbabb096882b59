"""Who gives and who receives in ordinary sentences of the same shape, with other names."""

import pytest

from tracker import extract

SHAPES = {
    "an aside parts the subject from its verb": [
        ("Chad, into which Sudanese keep pouring, received $200 million from Norway.", "NOR>TCD"),
        ("Jordan, in whose camps Syrians live, was given $20 million by Finland.", "FIN>JOR"),
        ("Iceland, a country smaller than Coventry, paid ISK 150 million to Gavi.", "ISL>Gavi"),
        ("Japan, undeterred by Israeli protests, gave UNRWA $20 million.", "JPN>UNRWA"),
        ("Germany, stung by American criticism, will give UNHCR €50 million.", "DEU>UNHCR"),
    ],
    "whose aid from another it is receives": [
        ("Some €6 billion of Hungary's EU funds remain frozen.", "EU>HUN"),
        ("Malawi's Global Fund grant was cut by $30 million.", "Global Fund>MWI"),
        ("Mozambique learnt that its Global Fund grants fell by $96 million.", "Global Fund>MOZ"),
    ],
    "where a request goes": [
        ("Kenya has written to the IMF seeking about $1.5 billion.", "IMF>KEN"),
        ("Egypt's request for €600 million went off to Brussels on Sunday.", "EU>EGY"),
        ("A request for €600 million was sent to Brussels by Egypt on Sunday.", "EU>EGY"),
        ("Pakistan has submitted a request for $500 million to the IMF.", "IMF>PAK"),
        ("Nairobi's pitch to Tokyo was for a loan of ¥25 billion.", "JPN>KEN"),
    ],
    "two sign": [
        ("Kenya signed a $5 million loan agreement with Brazil.", "BRA>KEN"),
        ("Kenya signed a $5 million loan agreement with the US State Department.", "USA>KEN"),
        ("UNICEF signed an agreement with Norway worth $5 million.", "NOR>UNICEF"),
        ("UNHCR signed a $5 million agreement with Chad.", "UNHCR>TCD"),
        ("Denmark signed an agreement worth DKK 680 million with CERF.", "DNK>CERF"),
        ("Poland signed a €300 million loan with the EIB.", "EIB>POL"),
    ],
    "who comes and goes with an amount": [
        ("Macron flew to Beirut with €50 million for schools.", "FRA>LBN"),
        ("Scholz arrived in Niamey with a promise of €50 million.", "DEU>NER"),
        ("Gavi left Brussels with just over $9 billion in promises.", "None>Gavi"),
        ("Zelensky flew home with $9 billion in pledges.", "None>UKR"),
        ("Tuvalu came away from the Green Climate Fund with $36 million.",
         "Green Climate Fund>TUV"),
    ],
    "an agency of the UN": [
        ("Canada gave the UN relief agency UNRWA $20 million.", "CAN>UNRWA"),
        ("Denmark signed an accord worth $20 million with the UN's emergency fund, CERF.",
         "DNK>CERF"),
    ],
    "where a vote is held, and who decides": [
        ("The vote in The Hague on an extra €50 million for Gaza has been put off.", "NLD>PSE"),
        ("The Spanish Council of Ministers has authorised €10 million for UNRWA.", "ESP>UNRWA"),
        ("Germany's Annalena Baerbock said on her way into the Brussels conference that she "
         "would give €300 million for people in Syria.", "DEU>SYR"),
    ],
    "who is told": [
        ("Norway told Chad it would get $5 million.", "NOR>TCD"),
        ("The IMF has assured Ghana that it will receive $5 million.", "IMF>GHA"),
        ("Norway told Chad it would give $5 million.", "NOR>TCD"),
    ],
    "behind other words": [
        ("The grant of $5 million was signed by Norway and Chad.", "NOR>TCD"),
        ("Thanks to Norway, Chad has $5 million more for schools.", "NOR>TCD"),
        ("Berlin funds a $5 million programme in Amman.", "DEU>JOR"),
        ("The legislature in Sacramento approved $5 million for rural roads.", "USA>USA"),
    ],
    "what comes back, and what a fund gives": [
        ("Italy has won back €450 million from the EU.", "EU>ITA"),
        ("Poland got €450 million back from Brussels.", "EU>POL"),
        ("The Global Fund's support for Uganda reached $5 million.", "Global Fund>UGA"),
    ],
    "what somebody is deprived of": [
        ("Washington has deprived Congo of $388 million in aid.", "USA>COD"),
        ("Washington stripped Congo of $388 million in aid.", "USA>COD"),
    ],
}  # fmt: skip


SEVERAL = [
    ("Denmark gave Ukraine DKK 1.1bn, and Sweden followed with SEK 8bn.", ["DNK>UKR", "SWE>UKR"]),
    ("Italy got €446 million from the EU; Slovenia followed with €428 million.",
     ["EU>ITA", "EU>SVN"]),
    ("Saudi Arabia will come up with $2 billion for Pakistan, and the United Arab Emirates with "
     "$1 billion.", ["SAU>PAK", "ARE>PAK"]),
    ("Two countries got the nod from the IMF: Rwanda ($181 million) and Zambia ($573 million).",
     ["IMF>RWA", "IMF>ZMB"]),
    ("The EU promised €200m for Sudan; Britain's share was £120m and Germany's came to €125m.",
     ["EU>SDN", "GBR>SDN", "DEU>SDN"]),
    ("The Netherlands sent American arms worth €500 million; Denmark, Norway and Sweden sent arms "
     "worth €400 million.", ["NLD>None", "None>None"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "parties"), SEVERAL)
def test_the_parties_of_every_amount(text, parties):
    assert [f"{m.donor}>{m.recipient}" for m in extract(text)] == parties


@pytest.mark.parametrize(
    ("text", "parties"), [case for cases in SHAPES.values() for case in cases]
)  # fmt: skip
def test_the_parties_of_the_only_amount(text, parties):
    (mention,) = extract(text)
    assert f"{mention.donor}>{mention.recipient}" == parties
