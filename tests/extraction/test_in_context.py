"""What a sentence says of several amounts, and what stands beside an amount: whole sentences.

The words of one rule have their examples beside it (`test_rules.py`); here are the ways in which
rules work together.
"""

import pytest

from tracker import extract
from tracker.extraction.text.names import country_codes


def stages(text):
    """Status of each amount, with "+" and the hold."""
    return " ".join(f"{m.status}+{m.hold}" if m.hold else m.status for m in extract(text))


@pytest.mark.parametrize(
    ("said", "text"),
    [
        # a part and its whole
        ("disbursed committed", "Just $57 million of the $1.4 billion allocated has been spent."),
        ("disbursed pledged", "Only $3 million of the $7 million promised has been paid in."),
        ("unspecified disbursed", "Under its $7 billion programme Pakistan has drawn $2 billion."),
        ("disbursed unspecified", "Kenya drew $60 million under a programme of $468 million."),
        ("disbursed unspecified", "It spent £2 million out of a £5 million aid budget."),
        ("approved disbursed", "Since the approval of €35 billion Kyiv has been sent €10 billion."),
        # holds
        ("unspecified+blocked", "Auditors found $8 million in suspended grants."),
        ("requested+blocked", "The president vetoed a bill that would give schools $4 million."),
        ("approved", "Congress approved $61 billion after months in which it was blocked."),
        ("unspecified+blocked", "Payment of €31 million in aid was suspended."),
        ("committed+cancelled committed+cancelled",
         "Washington cancelled $2 billion in grants and $60 million in contracts."),
        # tense, mood and who acts
        ("pledged", "Ethiopia will soon be able to draw $262 million from the IMF."),
        ("disbursed", "By late May Oslo had paid the clinics $140 million."),
        ("requested", "The cabinet will propose that $3 million be granted to Ukraine."),
        ("requested", "The amended budget, which would hand shops $9 million, is with parliament."),
        ("approved", "The measure that the president signed puts $22 million into relief."),
        ("requested disbursed",
         "The agency asked for $8 million to help refugees and received $4 million."),
        ("disbursed", "Of the sum approved in the law, states have spent $5 million."),
        ("disbursed", "Bill Gates gave the clinics $5 million."),
        ("approved", "MPs voted for the budget. It gives farmers $9 million."),
        ("committed", "Under the accord signed in May Oslo will lend Kyiv $9 million."),
        ("disbursed", "Under the accord signed in May, Oslo has paid Kyiv $9 million."),
        ("approved", "Under a law passed in May Kyiv will get $9 million."),
        ("approved", "The aid bill that the president signed has $9 million for schools."),
        ("unspecified+cancelled", "The minister announced a cut of $9 million in aid."),
        ("pledged", "Dutch to buy $9 million in shells for Kyiv"),
        # where words are no cue
        ("committed pledged",
         "CERF has allocated $10 million; Bonn, the UN announced, promised it $7 million."),
        ("requested", "OCHA's appeal, which totals $4 billion, was 27 per cent funded."),
        ("disbursed", "The EU gave Kyiv $5 million over ten years."),
        ("requested requested", "The UN appeals this year:\nYemen: $2 bn\nSudan: $3 bn"),
        # totals, budgets, targets, and what a cut leaves
        ("approved", "The award brings the total that Congress has approved to $175 billion."),
        ("committed", "Canberra gave more, bringing the total it has committed to A$2 billion."),
        ("unspecified", "Canberra announced aid, taking its support to more than A$2 billion."),
        ("disbursed unspecified", "WFP received $6 billion. Its budget for 2025 is $16 billion."),
        ("pledged requested", "Pledges came to $11 billion, short of the $18 billion target."),
        ("pledged", "Germany halves aid for Somalia to €60m"),
        ("pledged unspecified",
         "Announced on Friday and worth $1 million, it brings the total to $9 million."),
        ("approved", "The House voted for a bill that would give Israel $14 billion."),
        # whose hold it is
        ("disbursed", "So far $12 million has come in, and rations were halved in July."),
        ("committed", "The bank set $4 million aside for two districts that were cut off."),
        ("requested", "Bern asks for $1 million for the agencies that are shedding staff."),
        ("committed+cancelled",
         "A $300 million compact for clinics, signed in 2022, was cancelled in February."),
        ("approved+cancelled approved+cancelled",
         "The Senate voted to rescind $9 billion that it had approved, including $1 billion."),
        ("approved", "Overriding the president's veto, the house passed €5 million for arms."),
        # what a board, a chamber, a habit or an intention makes of it
        ("requested",
         "Kigali and the Fund agreed on $5 million, to which its directors have yet to agree."),
        ("disbursed", "Norway paid Chad $5 million in the weeks until the board met."),
        ("approved", "The bill, worth $5 million to Mali, cleared the Senate on Monday."),
        ("disbursed", "Some $5 million in aid flows to Palau each year."),
        ("disbursed disbursed",
         "The grant of $5 million lifts Germany's payments to Moldova to $9 million."),
        ("pledged", "Ministers intend to bring their aid to $5 million."),
        ("disbursed", "The first round saw $5 million arrive."),
        ("disbursed unspecified", "Japan put $5 million into a UNHCR programme of $9 million."),
        ("requested approved",
         "Bonn sought €5 million, against the €9 million to which the Bundestag said yes."),
        # a hold of another clause
        ("disbursed", "Paris lent Chad $5 million, having shelved a plan to tax it."),
        ("disbursed", "Kigali received £5 million from London before the scheme was scrapped."),
        ("disbursed unspecified+cancelled",
         "Belgium, which gave Burundi €5 million, will be trimming its aid by €1 million."),
        # what only looks like a word of money
        ("other", "The government faces a deficit of $5 billion, or 3% of GDP."),
        ("other", "A new Leopard tank is priced at $5 million."),
        ("other",
         "Smugglers move $5 billion of gold a year, dwarfing what donors give."),
        ("unspecified+blocked", "They sent workers home after Oslo froze the $5 million scheme."),
        ("pledged disbursed",
         "Each was promised $9 million, but Oslo had released less than $4 million, it said."),
        ("other other", "A drone that costs less than $1,000 can destroy a tank worth $4 million."),
        ("needed", "The two storms cost Honduras $5 billion."),
    ],
)  # fmt: skip
def test_stages(said, text):
    assert stages(text) == said


@pytest.mark.parametrize(
    ("text", "donor", "recipient"),
    [
        ("Treasury pulls plug on £480m carbon capture grant", "GBR", "GBR"),
        ("Malawi's Treasury set aside K57 billion; donors gave nothing.", "MWI", "MWI"),
        ("A judge in Boston heard that Oslo gave the clinics $5 million.", "NOR", None),
        ("Gavi left the Brussels summit with $9 billion in pledges.", None, "Gavi"),
        ("Arms approved by governments: Spain, €1bn", "ESP", None),
        ("London offered Kenya £21 million while Tokyo gave it $1 million.", "JPN", "KEN"),
        ("Oslo paid Chad $5 million, and Rome, whose envoy flew in, $3 million.", "ITA", "TCD"),
        ("It thanked Washington for its $4 million and London for its $8 million.", "GBR", None),
        ("The fund cut its grant to Mozambique by $7 million, and Malawi's by $2 million.",
         None, "MWI"),
        ("Jordan, which hosts a million Syrians, will get $5 million from Oslo.", "NOR", "JOR"),
        ("Oslo will spend $5 million over two years for Chad, which borders Niger.", "NOR", "TCD"),
        ("The EBRD lent $5 million to a bank in Ukraine.", "EBRD", "UKR"),
        ("From Vienna, the OPEC Fund lent Rwanda $2 million.", "OPEC Fund", "RWA"),
        ("The plan was backed by Canberra with A$3 million and by Wellington with NZ$1 million.",
         "NZL", None),
        ("Oslo ended contracts of $1 million in Kenya, part of the $6 million that it ended.",
         "NOR", None),
        # named later, named with others, or by the name of a fund
        ("Of the ¥9 billion it had promised the island, Tokyo has paid ¥4 billion.", "JPN", None),
        ("Bonn gave €6 million for Sudan and other crisis zones.", "DEU", None),
        ("The Commission drew $5 million from the Darfur Recovery Trust Fund for Chad.",
         "Darfur Recovery Trust Fund", "TCD"),
        ("The credit agreement between New Zealand and Solomon Islands is worth NZ$5 million.",
         "NZL", "SLB"),
        ("CERF gave $4 million for Haiti, and Mexico gave Havana $5 million.", "MEX", "CUB"),
        ("Kuwait said in New York that it would give $5 million for Gaza.", "KWT", "PSE"),
        ("Skopje has drawn €5 million of the loan it signed with Hungary.", "HUN", "MKD"),
        ("Rome gave the Global Fund €5 million, and the Gates Foundation promised it $9 million.",
         "Gates Foundation", "Global Fund"),
        # who acts in the clause, and for whom an agency asks
        ("UNICEF needs $126 million to treat children in Yemen.", None, "YEM"),
        ("Palau, one of the last to recognise Taiwan, receives $10 million from Taipei.",
         "TWN", "PLW"),
        ("Donors meeting in Brussels pledged €5 billion for Syria.", None, "SYR"),
        ("Donors promised the Palestinian Authority $170 million.", None, "PSE"),
        ("Kyiv's parliament ratified a British loan of £1.7 billion.", "GBR", "UKR"),
        ("An estimated $53 billion is needed to rebuild Gaza, the UN, the EU and the IMF said.",
         None, "PSE"),
        ("Nigeria's MPs approved ₦3 billion to offset the loss of American aid.", "NGA", "NGA"),
        ("Nations pledged $23 billion to the World Bank's poverty fund.", None, "WORLD BANK"),
        ("The UN's $2.5 billion appeal for Congo is open.", None, "COD"),
        ("Nepal's parliament ratified a $500 million grant from the United States.", "USA", "NPL"),
    ],
)  # fmt: skip
def test_parties(text, donor, recipient):
    mention = extract(text)[-1]
    assert (mention.donor, mention.recipient) == (donor, recipient)


def test_who_accounts_for_a_part_of_what_was_paid_received_it():
    text = "Washington obligated $63 billion, of which Ukraine accounted for $6 billion."
    assert extract(text)[-1].recipient == "UKR"


def test_every_country_has_its_code_and_no_pattern():
    codes = country_codes()
    assert (codes["GB"], codes["UK"], codes["GR"]) == ("GBR", "GBR", "GRC")
    assert all(len(code) == 2 and code.isalpha() for code in codes)


@pytest.mark.parametrize(
    ("text", "tag", "said"),
    [
        ("Strikers fell out over $5 million.", "qualifier", "above"),
        ("Lecturers went on strike over $5 million.", "qualifier", "exact"),
        ("The grant goes up to $5 million.", "qualifier", "exact"),
        ("Oslo lends up to $5 million.", "qualifier", "up_to"),
        ("It was sold at an estimated price of $5 million.", "qualifier", "about"),
        ("NATO promised it $5 million in help within a year.", "per", None),
        ("Jordan gets $5 million that Oslo pays every year.", "per", "year"),
        ("It was fined $5 million for every day of delay.", "per", "day"),
    ],
)
def test_hedges_and_rates(text, tag, said):
    assert getattr(extract(text)[0], tag) == said


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("France set aside €75 million and would find another 22 million for vaccines.", 2),
        ("A €6 billion subsidy went ahead; a cut for households, which would have cost 5 billion,"
         " did not.", 2),
        ("They gave €5 billion for Syrians at home and abroad, 4 billion in grants.", 2),
        ("Berlin paid €5 billion; the plan reaches 4 million Syrians in need.", 1),
        ("Oslo paid €5 million for 3 million vaccines.", 1),
    ],
)  # fmt: skip
def test_amounts_that_leave_their_currency_out(text, amounts):
    assert len(extract(text)) == amounts


def test_what_is_paid_by_the_month_is_no_total():
    first, second = extract("Ankara has paid $9 million since 2011, now $2 million a month.")
    assert (first.cumulative, second.cumulative) == (True, False)


def test_a_bare_dollar_is_that_of_the_country_beside_it():
    text = "Canada has paid C$63 million; a US share of $15 million was frozen."
    assert [m.currency for m in extract(text)] == ["CAD", "USD"]


@pytest.mark.parametrize(
    ("kinds", "text"),
    [
        (["financial"], "Zambia received $5 million from the IMF."),
        (
            ["military", "military"],
            "Oslo gave Chad $9 million in arms. In May it gave Chad $5 million.",
        ),
        (
            ["military", None],
            "Oslo gave Chad $9 million in arms. In May Rome gave Chad $5 million.",
        ),
        ([None], "Norway gave $5 million to clinics."),
    ],
)
def test_what_money_is_for(kinds, text):
    assert [m.aid_type for m in extract(text)] == kinds
