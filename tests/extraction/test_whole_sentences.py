"""More ways in which rules work together: debts, wholes, votes, holds, and who gives what to whom.

`test_in_context.py` has the first of them; here are those of sentences with a clause of their own.
"""

import pytest

from tracker import extract


def stages(text):
    """Status of each amount, with "+" and the hold."""
    return " ".join(f"{m.status}+{m.hold}" if m.hold else m.status for m in extract(text))


@pytest.mark.parametrize(
    ("said", "text"),
    [
        # debts
        ("pledged", "The $268 million that Washington owes the fund will be paid."),
        ("pledged", "Schools are still owed $2 million by FEMA for repairs."),
        ("other", "Tonga owes the bank some $120 million."),
        ("disbursed", "Riyadh and Doha cleared Syria's arrears of $15 million to the World Bank."),
        ("other", "Syria has arrears of $15 million to the World Bank."),
        ("other", "The company will pay $490 million to settle a suit."),
        # a whole of which a part is named
        ("disbursed unspecified",
         "Italy has received €140 billion out of the €194 billion that make up its share."),
        ("committed unspecified",
         "Kerry was allocated €2 million. It is the largest share of a €14 million scheme."),
        ("requested unspecified",
         "Dhaka asked the IMF for $3 billion on top of its existing $5 billion programme."),
        ("approved approved",
         "The cabinet approved €9 million in aid, including payments of €6,000 for lost homes."),
        ("unspecified", "The bloc's growth plan for Moldova is worth €2 billion."),
        ("pledged pledged",
         "Germany's new pledge of €2 billion and Britain's of £1 billion are too small."),
        # votes and bills
        ("approved", "Councillors voted 31–14 last night to spend £4 million on flood walls."),
        ("requested",
         "A bill that Ottawa introduced on Wednesday would compensate farmers with C$2 million."),
        ("other", "The carmaker's shareholders approved a pay package of $56 billion."),
        ("disbursed", "The counties had got through Sh2 billion of the relief money."),
        ("approved", "The bill with $5 million for Kyiv got through the Senate."),
        # holds
        ("requested+blocked", "Zambia's bid for a $1 billion loan from the IMF is on ice."),
        ("requested+blocked",
         "Rome has been sitting on the extra €7 million for Tunis that one minister asked for."),
        ("unspecified+cancelled", "The grant has since been cut by $26 million."),
        ("committed+cancelled",
         "The governor tore up the $4 million border-strike-force contract on Monday."),
        ("unspecified+cancelled", "The loss of $5 million in American aid has shut the clinics."),
        ("unspecified+cancelled",
         "Washington would end its support for Gavi, worth about $300 million a year."),
        ("requested+cancelled",
         "The Senate rejected the bill on Friday. It would have given Sudan $5 million."),
        ("unspecified+blocked", "The US has suspended its aid to Sudan. At stake is $5 million."),
        ("disbursed", "Washington has frozen its aid to Sudan. Last year it gave $5 million."),
        ("requested+cancelled",
         "A bill offering Israel $17 billion fell short of the two-thirds that it wanted."),
        ("unspecified+blocked", "The Netherlands has kept $9 million in aid from Sint Maarten."),
        ("approved+blocked",
         "Although Congress appropriated the money, the budget office has held back $8 million."),
        # tense, and words that are no verbs
        ("pledged", "Nurses, whose wages were paid until last year, are to get $8 million."),
        ("pledged", "The school is to get a donation of $8 million from Seoul."),
        ("pledged", "Washington said it would ship supplies worth $10 million in aid."),
        ("disbursed other",
         "An IMF payout of $360 million lifted Ghana's foreign-exchange reserves to $9 billion."),
        ("pledged unspecified",
         "Ottawa announced C$2 million in aid, lifting its support for Kyiv to C$9 million."),
        ("needed requested disbursed", "Needs: $3bn. Appeal: $2bn. Received: $1bn."),
        ("approved+blocked",
         "Approved in 2022, never paid: Hungary's €10 billion in aid is still locked up."),
    ],
)  # fmt: skip
def test_stages(said, text):
    assert stages(text) == said


@pytest.mark.parametrize(
    ("text", "donor", "recipient"),
    [
        # abroad or at home
        ("Brunei contributed B$2 million to the typhoon appeal.", "BRN", None),
        ("Austria's help for those hit by the floods rises to €3 million.", "AUT", None),
        ("The Education Department awarded $5 million to districts.", "USA", "USA"),
        ("Germany's draft budget gives its development ministry €10 billion.", "DEU", None),
        # who asks, owes or is asked
        ("Norway now faces calls for 30 billion kroner in aid.", "NOR", None),
        ("The board turned down a request by Honduras for $85 million.", None, "HND"),
        ("The Global Fund's appeal brought in less than the $5 million that it set out to raise.",
         None, "Global Fund"),
        ("Beijing, Colombo's biggest bilateral creditor, agreed to lend another $5 million.",
         "CHN", "LKA"),
        ("Kigali was paid £290 million under its deal with London.", "GBR", "RWA"),
        ("Japan and Fiji exchanged notes on a loan of 5 billion yen.", "JPN", "FJI"),
        ("Deputies ratified an agreement under which London will lend Ukraine £2 million.",
         "GBR", "UKR"),
        ("Tokyo gave Kyiv a loan of $1 million, the first slice of a $2 million line agreed early.",
         "JPN", "UKR"),
        ("Greece's €17 billion loan envelope under the EU recovery plan is being spent.",
         "EU", "GRC"),
        ("Lebanon conference, pledges: France €100m", "FRA", "LBN"),
        # where it is for
        ("Seoul signed a credit of $68 million for an embankment in Vientiane.", "KOR", "LAO"),
        ("Tokyo paid $9 million towards clearing mines from Ukrainian farmland.", "JPN", "UKR"),
        ("The German loan of €7 million landed in Kyiv's account.", "DEU", "UKR"),
        ("Portugal promised €2 million in arms, its prime minister said in Kyiv.", "PRT", None),
        # a verb that is said once
        ("Vienna wrote the fund a cheque for €10 million, and Bern one for CHF 12 million.",
         "CHE", None),
        ("The bloc gave Moldova €5 million in aid.", "EU", "MDA"),
        ("Canada paid C$6 million into the trust fund for the police mission in Haiti.",
         "CAN", "HTI"),
    ],
)  # fmt: skip
def test_parties(text, donor, recipient):
    mention = extract(text)[-1]
    assert (mention.donor, mention.recipient) == (donor, recipient)


def test_the_kind_of_aid_is_that_of_the_amount_before_where_it_is_between_the_same():
    text = "Aid agencies asked for $5 million to feed Yemen; donors promised Yemen $2 million."
    assert [m.aid_type for m in extract(text)] == ["humanitarian", "humanitarian"]
