"""What whole documents showed: sentences that lean on others, holds taken up, whom it is about."""

import pytest

from tracker import extract


def stages(text):
    """Status of each amount, with "+" and the hold."""
    return " ".join(f"{m.status}+{m.hold}" if m.hold else m.status for m in extract(text))


@pytest.mark.parametrize(
    ("said", "text"),
    [
        # a hold whose object is what was said before
        ("approved+blocked",
         "Congress appropriated $3 million for Gavi this year, but the State Department is"
         " withholding the money."),
        ("approved+cancelled",
         "The Commission approved a loan of €5 million for courts in 2018, but cancelled it three"
         " years later because the conditions had not been met."),
        # the sum of which a part is held
        ("committed+blocked", "Ottawa is holding back $214 million of the contracted sum."),
        # sentences that divide the sum of the one before
        ("approved+blocked approved+blocked approved+blocked",
         "The White House had frozen $9 billion in foreign aid approved by Congress. The frozen"
         " money includes $4 million for a power grid and $2 million for the army."),
        ("approved approved", "The board approved $9 million. The rest of it is $5 million."),
        ("requested+blocked requested+blocked",
         "The bill was pulled from the floor on Tuesday. It includes $3 million in disaster relief"
         " as well as $5 million for Jordan."),
        ("requested requested",
         "The minister is asking for $9 million in extra spending. It includes $3 million to buy"
         " maize for people expected to go hungry."),
        ("approved approved+blocked",
         "Congress appropriated $4 million for clinics. The budget office is refusing to release"
         " $1 million of it."),
        # what is left is left of the sum, not of what was paid of it
        ("committed disbursed committed+blocked",
         "Ministers awarded the council £9 million, but only £2 million has been received so far."
         " The remaining £7 million has been frozen since June."),
        # what held money was, said beside it
        ("pledged+blocked",
         "A second loan of $5 million, promised at the same time, has been postponed."),
        ("approved+cancelled",
         "Another $5 million of what deputies had approved was struck out in May."),
        ("approved+blocked", "Disbursement of $5 million of the appropriated FMF remains paused."),
        ("unspecified+blocked", "Donors freeze over $220 million for Guinea-Bissau after coup"),
        ("pledged+blocked", "London suspended a planned payment of £2 million, pending checks."),
        # clauses on an amount, and nouns that it measures beyond an aside
        ("committed",
         "The town learned that $2 million the Department of Education had awarded it was under"
         " review."),
        ("requested",
         "Its first appeal, launched on 21 August, was for £7 million, when the waters were"
         " expected to fall."),
        ("unspecified", "The cut will shrink the aid budget, which stood at £15 million in 2023."),
        ("needed requested",
         "Nepal put the damage from the quake at $9 million and appealed to donors for $4 million"
         " in aid."),
        # what would be done by a bill, or is wanted
        ("requested",
         "Senate Bill 614, which the committee takes up next week, would add $7 million in aid."),
        ("requested", "The amendment would bring the state another $8 million in aid."),
        ("requested", "Senators want the counties' share raised to Sh465 billion."),
        ("approved+cancelled", "The Act rescinded $22 million that acts had provided for Moldova."),
        # no funding, by its own words, whatever stands around it
        ("disbursed other", "Oslo gave Mali $9 million. A new code is to add $5 million in tax."),
        ("disbursed", "Oslo gave Mali $9 million in tax relief."),
        ("other", "Aid was debated. Private companies announced investments of over $1 million."),
        ("approved other",
         "MPs passed a budget of K8 billion. Official exchange rate: K1,734 to the US dollar."),
        ("other", "The bank blocked the government's accounts, which hold about $5 million."),
        ("other", "Grants are cut, and they pay their chief executive £198,000 a year."),
        ("approved", "Congress handed the executive $5 million in aid."),
        ("other", "A household in a two-room flat in the capital now pays 12,900 lei a month."),
        # what is lost or ended had been signed
        ("committed+cancelled", "A US charity lost a $38 million award to run camps in Sudan."),
        ("unspecified+cancelled", "Malawi loses $41 million of its malaria grant"),
        ("committed+cancelled", "Washington ended the Mapalo Trust's $6 million grant."),
        ("committed+cancelled",
         "Terminations since May concern humanitarian awards in Somalia worth $9 million."),
        ("approved+cancelled approved+cancelled approved+cancelled",
         "The bill cancels $4 million for schools and $2 million for aid. The remaining $1 million"
         " comes out of contributions to the UN."),
        ("requested+blocked", "Payment of €983 million of the requested sum is suspended."),
        # what is left is not cut, and what a part is for is not what it is
        ("unspecified+cancelled unspecified",
         "The country's grant had been cut by $97 million this year, to $674 million."),
        ("pledged pledged pledged",
         "Qatar said it would provide $9 million: $6 million for housing and $3 million for fuel"
         " and salaries for the army."),
        ("needed",
         "Its deficit in aid, which a rule keeps off the books, is expected to reach $5 million."),
        ("other", "Washington told of a sale of 20 aircraft at an estimated cost of $5 billion."),
        ("approved approved approved",
         "MPs approved $9 million. Of that, $5 million is for salaries and $4 million for rent."),
        ("disbursed", "Tax fell on carmakers, while the state invested $9 million in clinics."),
        ("requested",
         "The bill is smaller than the budget that parliament approved last year. The same bill"
         " asks for $5 million for the army."),
        # holds of other money, and of a vote on it
        ("pledged", "Oslo puts up $5 million at the meeting; Czech ammunition money is frozen"),
        ("requested+blocked",
         "The Commission proposed €38 million for farms, but a vote on it in the committee of"
         " states has been postponed."),
        ("approved approved",
         "MPs approved $9 million to help Kyiv pay teachers, $5 million to mend stations."),
        # a rate is no aid, an equivalent is
        ("other other", "The loan was paid. ($1 = 3.95 zlotys)"),
        ("disbursed disbursed", "A grant of A$5 million (US$3 million) was paid."),
        ("disbursed disbursed", "The EU gave Mali $1 million = €0.9 million."),
        # words in another sense
        ("disbursed", "The families of those killed have been given Rs 4 lakh each in relief."),
        ("disbursed", "An audit tabled last week found that only $3 million of it was ever spent."),
        ("pledged", "The state will in the end receive $10 million in aid, officials said."),
        ("needed", "Needs for Somalia alone were put in January at $920 million."),
        ("needed", "It faces a budget deficit of $1.3 billion since attacks stopped our exports."),
        ("approved", "Ministers approved an emergency allocation of £21 million for Sudan."),
        ("disbursed pledged",
         "By May €1.4 billion had been paid and €700 million was still outstanding."),
        ("disbursed", "The borough received £61 million in revenue support grant."),
        ("pledged pledged",
         "Rome promised €9 million, a cut of 15 per cent, and Oslo €5 million in aid."),
        ("unspecified", "Asked for his sources, he named $5 million in aid from Berlin."),
        ("pledged pledged",
         "Oslo promised $9 million for arms bought from factories and $5 million for drones."),
        ("requested", "Northlight Relief doubles Pakistan flood appeal to £14 million."),
        # a bill, sentences after the vote on it
        ("approved approved approved",
         "The Senate passed the measure on Friday. Its leader was pleased. The measure would give"
         " Kyiv $5 million. Israel would get $3 million. A further $1 million is for Taiwan."),
        ("requested+cancelled", "The House rejected the bill. The bill would give Mali $5m."),
        ("requested", "Biden proposed the bill. The bill would give Kyiv $5 million."),
        ("approved", "Under the text adopted on Tuesday, Moldova will get €340 million in loans."),
        ("approved", "The Senate passed a long-delayed security bill worth $78 million."),
        ("requested", "Recommendation 4. That the Government provide $75 million for rural roads."),
        # what a later sentence says became of it
        ("approved+cancelled",
         "The board approved $175 million for Malawi. That programme was terminated in May."),
        ("pledged+blocked",
         "Canberra was to give Vanuatu $500 million. The signing has been postponed twice."),
        ("approved", "The board approved $175 million for Malawi. The storm was over in May."),
        ("pledged+blocked",
         "The largest single promise, $25 million from Oslo for roads, has been held up."),
        # the sum of a sentence further up
        ("approved approved",
         "MPs approved 6 billion zlotys for Kyiv. It goes to the Senate now. The largest part, 3"
         " billion zlotys, is for ammunition."),
        # an item of a list that says its own stage
        ("committed",
         "These have contributed to the appeal:\n- The Spanish agency signed an agreement for"
         " €400,000 on 20 January."),
        # what goods are for and where they are from
        ("pledged", "Oslo said $7 million of it would pay for interceptors bought from the US."),
        ("approved", "The bank approved $4 million for a plant, work on which was halted in May."),
        ("committed", "Mogadishu has earmarked $15 million of its own revenue for drought relief."),
        ("disbursed", "Türkiye provides budget support of $2.5 million a month to Somalia."),
        # what people pay, and what costs little, is no aid
        ("other", "A household there now pays about 2,900 lei a month in winter for heat."),
        ("disbursed", "Flooded households were each paid 369,200 tenge by the ministry."),
        ("other", "The relief office is open. In March a contractor from Tyre asked $6,200."),
        ("other other", "The ministry helps. A mason's day has gone from $25 to $40."),
        ("other", "The government promised aid. A health assistant starts at about $190 a month."),
        ("disbursed other", "WFP sent Somalia $22 million. The food basket has risen to $172."),
        ("other", "The charity gives help. $28 buys a hygiene kit for a family."),
        ("disbursed", "The government gave help. It paid us 5,400 shillings in November."),
        # what these rules leave alone
        ("disbursed", "Germany contributed €5 billion to the euro rescue fund."),
        ("disbursed", "Norway gave companies in Ukraine $5 million in investment grants."),
        ("disbursed", "The US gave Ghana $5 million in gold."),
        ("disbursed", "Parents cheered as Norway spent $5 million on schools."),
        ("requested", "Drivers' unions asked $5 million from the EU for relief."),
        ("disbursed", "The EU gave police hunting smugglers $5 million in aid."),
        ("pledged", "Norway promised Kenya $5 million. The agreement on fish was cancelled."),
        ("pledged",
         "The bill on pensions was voted down. Norway met Kenya. The package would provide $5"
         " million to Kenya."),
        ("disbursed", "That Norway and Sweden give Kenya $5 million pleases the minister."),
        ("disbursed", "The acts of kindness gave Kenya $5 million in aid."),
    ],
)  # fmt: skip
def test_stages(said, text):
    assert stages(text) == said


FILLER = (
    "The road from the harbour to the hills has been closed since the storm, and the children walk"
    " to school along the river. "
) * 9


def parties(headline, last):
    """Donor and recipient of the one amount of a document."""
    (mention,) = extract(f"{headline}\n\n{FILLER}\n\n{FILLER}\n\n{last}\n")
    return mention.donor, mention.recipient


def test_the_government_is_that_of_the_country_a_document_is_about():
    headline = "Nepal counts the dead of the quake in western Nepal"
    last = "The Treasury has set aside $5 million for new houses."
    assert parties(headline, last) == ("NPL", "NPL")


def test_a_short_passage_is_about_nobody():
    (mention,) = extract("Nepal counts the dead.\n\nSome $5 million was sent.")
    assert mention.donor is None


def test_who_is_named_beats_whom_a_document_is_about():
    headline = "Nepal counts the dead of the quake in western Nepal"
    assert parties(headline, "Norway gave Bhutan $5 million.") == ("NOR", "BTN")


def test_the_government_of_a_country_named_nearby_is_its_own():
    headline = "Ukraine counts the cost of the strikes on Ukraine's power stations"
    last = "France is to help too. The government has set aside €40 million."
    assert parties(headline, last) == ("FRA", "UKR")


def test_what_a_firm_gives_is_not_the_states():
    headline = "Fire burns houses in California as California's governor asks for help"
    donor, _ = parties(headline, "A supermarket chain gave survivors $5 million in food.")
    assert donor != "USA"


def test_a_text_that_ends_within_a_phrase_is_read():
    assert extract("Congress froze $5 million of the agreed")[0].hold == "blocked"


@pytest.mark.parametrize(
    ("donor", "recipient", "text"),
    [
        ("EU", "UKR", "The EU, by far the largest donor, agreed to lend Kyiv €35 million."),
        ("SWE", "SWE", "In Sweden the centre-right government asks for 48 million kronor."),
        ("GRD", "GRD", "The government itself has spent $96 million on the recovery in Grenada."),
        ("IFRC", "Honduran Red Cross",
         "The International Federation of Red Cross and Red Crescent Societies (IFRC) allocated"
         " CHF 750,000 to the Honduran Red Cross."),
        ("Somalia Humanitarian Fund", "SOM", "The Somalia Humanitarian Fund allocated $17m."),
        ("NOR", "SDN", "Norway gave $5 million to the Sudan Humanitarian Fund."),
        ("EU", None, "Officials in Kingstown said that the EU had not paid the €3m it vowed."),
        ("USA", "Oxfam", "USAID cancelled Oxfam's $6.4 million grant."),
        ("NOR", "Mapalo Trust", "By then the Mapalo Trust had received $3.7 million from Oslo."),
        ("IRL", "Mapalo Trust",
         "The Mapalo Trust received €85,000 from the Irish embassy in Lusaka."),
        (None, "TCD", "Some $5 million was paid to Chad by Germany and the Nordic countries."),
        ("KEN", "KEN", "Kenya's State Department for Planning paid Sh214 million for maize."),
    ],
)  # fmt: skip
def test_who_gives_and_receives(donor, recipient, text):
    (mention,) = extract(text)
    assert (mention.donor, mention.recipient) == (donor, recipient)


def test_the_charity_is_the_one_a_document_names():
    donor, recipient = parties(
        "The Mapalo Trust lost its grant in Zambia. The Mapalo Trust has a clinic.",
        "In June the trust received $450,000 from Oslo.",
    )
    assert (donor, recipient) == ("NOR", "Mapalo Trust")


def test_a_host_city_is_not_who_is_helped():
    headline = "Donors meet in Cairo for Gaza.\n\nGaza needs help. In Cairo they talked of Gaza."
    assert parties(headline, "Britain pledged $5 million at the close.") == ("GBR", "PSE")


def test_a_fund_that_a_document_is_about_receives_what_countries_give():
    headline = "Donors pledge to the Global Fund. The Global Fund is short. The Global Fund asks."
    assert parties(headline, "It is a start. Britain promised $850 million.") == (
        "GBR",
        "Global Fund",
    )


@pytest.mark.parametrize(
    ("amounts", "text"),
    [
        (600, "Norway paid " + "$5 " * 600),
        (1, "The\nIsrael would get $5m."),
        (2, "We got £7 million." + " " * 20 + "$5 million was paid."),
    ],
)
def test_odd_texts_are_read(amounts, text):
    assert len(extract(text)) == amounts
