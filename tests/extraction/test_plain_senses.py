"""Words that mostly say one thing and here say another: nothing else is made of these texts."""

import pytest

from tracker import extract


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("approved", "The Senate approved the entire $61 billion package."),
        ("disbursed", "Norway has paid out the entire $5 million package to Kenya."),
        ("unspecified+cancelled", "Congress cancelled the current $5 million programme for Mali."),
        ("approved", "Parliament approved the overall $5 billion budget."),
        ("pledged", "Donors pledged the entire €5 million appeal."),
        ("disbursed", "Berlin pays Mali currently $5 million a year."),
        ("disbursed", "Norway promised Chad $5 million and gave Mali $3 million."),
        ("disbursed", "Norway promised $5 million but gave Mali $3 million."),
        ("disbursed", "Norway, which was hit by floods, gave Chad $5 million."),
        ("disbursed", "Norway, whose envoy was in town, gave Chad $5 million."),
        ("disbursed", "Norway, which is in the north, sent Chad $5 million."),
        ("disbursed", "Norway, which was hit by floods, has given Chad $5 million."),
        ("other", "Zimbabwe has not cleared its arrears of $5 million to Germany."),
        ("other", "Sudan's arrears of $5 million to Germany have not been cleared."),
        ("other", "Argentina paid France its arrears of $5 million."),
        ("other", "The United States owes China $859 billion."),
        ("other", "Britain owes pensioners £5 billion."),
        ("other", "The $5 million that Germany owes its contractors is overdue."),
        ("pledged", "Germany will pay $5 million to settle refugees in Jordan."),
        ("disbursed", "The EU gave Jordan €5 million to settle displaced families."),
        ("approved", "To calm investors, the IMF board approved a $5 million loan to Kenya."),
        ("approved", "World Bank shareholders approved a $13 billion capital increase."),
        ("approved",
         "The Senate cleared $5 million for Ukraine, which owes billions to its creditors."),
        ("approved", "The government got through a $5 million aid bill by one vote."),
        ("approved", "The House, after a row over spending, passed $61 billion for Ukraine."),
        ("approved", "The Senate, with donations in mind, passed $5 million for Chad."),
        ("disbursed", "The EU sent Ukraine's budget €5 million on Friday."),
        ("disbursed", "The $5 million received by the Japanese ministry was spent on roads."),
        ("requested", "The loan requested by the Japanese finance ministry was $5 million."),
        ("disbursed", "Norway is a country that gave $5 million to Mali."),
        ("pledged", "Germany's development lender promised Egypt €5 million."),
        ("disbursed",
         "Norway gave $5 million to clinics while arbitration over the border went on."),
        ("disbursed", "The UN gave the arbitration court $5 million."),
        ("disbursed", "The army of Chad went through $5 million of aid before the vote."),
        ("pledged+blocked",
         "The $5 million promised under the frozen programme will not arrive this year."),
        ("approved", "After talks with the EU, ministers approved €5 million for schools."),
        ("committed", "Under EU rules, ministers set aside €5 million for farmers."),
        ("pledged", "Leaders of Mercosur met on Monday. The bloc promised Haiti $5 million."),
        ("approved", "Strasbourg's city council approved €5 million for trams."),
        ("requested", "The EFF wants R5 million for clinics in Soweto."),
        ("disbursed", "Britain gave £5 million for ambulances and generators."),
        ("disbursed", "Norway donated 5 million kroner for scholarships and nurseries."),
        ("pledged", "The United States pledged $5 million to repair the power grid."),
        ("other", "The winners of the $5 million lottery were named."),
        ("requested", "The meeting was good for Kenya, which wants $5 million."),
        ("other", "The Greens won a majority in a city where a school costs $5 million."),
        ("needed", "The scheme has run through 2023 and cost $5 million."),
        ("disbursed",
         "The money, $5 million, was caught up in a flood of donations and paid to Mali."),
        ("unspecified+cancelled",
         "Washington cut $5 million in aid after talks on trade agreements."),
    ],
)  # fmt: skip
def test_stages(said, text):
    mention = extract(text)[-1]
    got = f"{mention.status}+{mention.hold}" if mention.hold else mention.status
    assert got == said


@pytest.mark.parametrize(
    ("text", "donor", "recipient"),
    [
        ("Norway has paid out the entire $5 million package to Kenya.",
         "NOR", "KEN"),
        ("Congress cancelled the current $5 million programme for Mali.",
         "USA", "MLI"),
        ("Berlin pays Mali currently $5 million a year.",
         "DEU", "MLI"),
        ("Norway promised Chad $5 million and gave Mali $3 million.",
         "NOR", "MLI"),
        ("Norway promised $5 million but gave Mali $3 million.",
         "NOR", "MLI"),
        ("Norway, which was hit by floods, gave Chad $5 million.",
         "NOR", "TCD"),
        ("Norway, whose envoy was in town, gave Chad $5 million.",
         "NOR", "TCD"),
        ("Norway, which is in the north, sent Chad $5 million.",
         "NOR", "TCD"),
        ("Norway, which was hit by floods, has given Chad $5 million.",
         "NOR", "TCD"),
        ("Germany will pay $5 million to settle refugees in Jordan.",
         "DEU", "JOR"),
        ("The EU gave Jordan €5 million to settle displaced families.",
         "EU", "JOR"),
        ("To calm investors, the IMF board approved a $5 million loan to Kenya.",
         "IMF", "KEN"),
        ("The EU sent Ukraine's budget €5 million on Friday.",
         "EU", "UKR"),
        ("The $5 million received by the Japanese ministry was spent on roads.",
         None, "JPN"),
        ("The grant of $5 million won by the British government will pay for bridges.",
         None, "GBR"),
        ("The loan requested by the Japanese finance ministry was $5 million.",
         None, "JPN"),
        ("Norway is building a $5 million project in Mali.",
         "NOR", "MLI"),
        ("China is upgrading a $5 million port project in Kenya.",
         "CHN", "KEN"),
        ("Norway is a country that gave $5 million to Mali.",
         "NOR", "MLI"),
        ("Germany's development lender promised Egypt €5 million.",
         "DEU", "EGY"),
        ("Norway gave $5 million to clinics while arbitration over the border went on.",
         "NOR", None),
        ("The UN gave the arbitration court $5 million.",
         "UN", ...),
        ("Britain gave £5 million for ambulances and generators.",
         "GBR", None),
        ("Norway donated 5 million kroner for scholarships and nurseries.",
         "NOR", None),
        ("The United States pledged $5 million to repair the power grid.",
         "USA", None),
    ],
)  # fmt: skip
def test_parties(text, donor, recipient):
    """Who gives and who receives; ... where that is not asked."""
    mention = extract(text)[-1]
    assert donor in (..., mention.donor)
    assert recipient in (..., mention.recipient)


@pytest.mark.parametrize(
    ("other", "text"),
    [
        ("EU", "After talks with the EU, ministers approved €5 million for schools."),
        ("EU", "Under EU rules, ministers set aside €5 million for farmers."),
        ("EU", "Leaders of Mercosur met on Monday. The bloc promised Haiti $5 million."),
        ("IMF", "The EFF wants R5 million for clinics in Soweto."),
    ],
)  # fmt: skip
def test_no_party(other, text):
    mention = extract(text)[-1]
    assert other not in (mention.donor, mention.recipient)
