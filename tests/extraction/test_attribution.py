"""Who states a figure: the ways in which a text says so, and those in which nobody does."""

import pytest

from tracker import extract


def speaker(text):
    """Who states the last amount of a text."""
    return extract(text)[-1].attributed_to


@pytest.mark.parametrize(
    ("who", "text"),
    [
        ("Oxfam", "Repairs will cost $5 million, Oxfam said."),
        ("audit office", "According to the audit office, $5 million was spent."),
        # at the start of a later sentence too
        ("North Carolina", "It asked for $9 million. North Carolina put the damage at $5 million."),
        ("Treasury", "Aid of $9 million was announced.\nThe Treasury has estimated damage at $5m."),
        # by name behind an office, and past what stands between
        ("Gibril Ibrahim", "The minister, Gibril Ibrahim, told reporters it needs $5 million."),
        ("senior official",
         "A senior official, who would not be named, said $5 million in aid had been drawn."),
        # by whose count
        ("SIPRI", "Military aid rose to $5 billion, by SIPRI's reckoning."),
        ("World Bank", "The damage is put at $4.1 billion by the World Bank."),
        ("IMF", "The gap is estimated by the IMF at $5 billion."),
        # of another clause
        (None, "Roads need $9 million, he estimated, whereas the state set aside $5 million."),
        (None, "The port needs $9 million, by the World Bank's count, which has given $5 million."),
        # in a clause on another amount
        ("Fund", "The plan is a piece of a package that the Fund values at $5 billion."),
        # quoted, in a headline, and behind what somebody receives
        ("minister", '"We will never see the $5 million," insisted the minister.'),
        ("president", '"Who spent the $5 million?" the president asked.'),
        ("World Bank", "Quake damage tops $5 million: World Bank"),
        ("Danish minister", "Danish minister: $5 million for schools goes out this week"),
        ("mayor", "Each household is to be handed $5 million, the mayor promised."),
        (None, "Oslo is to give Kenya $5 million, its prime minister announced."),
        (None, "Nurses get $5 million a month: a pittance."),
        # past an aside, in the perfect, behind a bullet, by a long name, in its own paper
        ("World Bank", "The World Bank, which runs the fund, said that $5 million had come in."),
        ("Ana Ruiz", "Peru's energy minister, Ana Ruiz, estimated that repairs cost $5 million."),
        ("Treasury", "Donors have paid $5 million of this, the Treasury has told the Senate."),
        ("ministry in Quito", "- The ministry in Quito estimates that $5 million is needed."),
        ("Office of the Minister of State for Land Reform",
         "The Office of the Minister of State for Land Reform says it needs $5 million."),
        ("bank", "In its latest report the bank put the damage at $5 million."),
        ("Mayor Priya Nair", 'Mayor Priya Nair, Labour, said: "We received $5 million."'),
        (None, "Donors have paid $5 million, our latest count shows."),
        # by a pronoun, who is named before
        ("Serhii Marko",
         "In Kyiv, Finance Minister Serhii Marko spoke. He told reporters the gap was $5 million."),
        ("Ana Ruiz", "Minister Ana Ruiz welcomed the vote. She said the port needed $5 million."),
        ("Jan Ek", "Jan Ek, who farms near Lund, is tired. A new barn costs $5 million, he said."),
        ("Oxfam", "Oxfam said aid was late. It put the gap at $5 million."),
        ("Jan Ek", '"It is late," said Jan Ek. By his count the city owes $5 million.'),
        (None, "Norway gave Peru $5 million, more than it had expected."),
        # a paper, and who wrote it
        ("health ministry",
         "Clinics got $5 million, according to a balance sheet released by the health ministry."),
        ("assessment by the government and the UN",
         "An assessment by the government and the UN put the damage at $5 million."),
        ("letter", "The grant was cut by $5 million, according to a letter to the ministry."),
        ("audit", "An audit tabled last week found that $5 million had been spent."),
        # behind "and" something else is said
        (None, "Roads have taken $5 million, and the mayor said that schools come next."),
        # who gives announces it
        (None, "Norway told the conference that it would give Chad $5 million."),
        (None, "The minister said the government had set aside $5 million for drought."),
        ("UN spokesperson", "The US government has paid Chad $5 million, a UN spokesperson said."),
        ("auditors", "The auditors said the government had set aside $5 million for drought."),
        ("Kenya", "Kenya said it had received $5 million from the World Bank."),
        # verbs that are no speech
        (None, "Congo's parliament has found $5 million for schools."),
        (None, "The board said yes to $5 million for Chad."),
        (None, "London has awarded £5 million to more than 100 projects across the country."),
        (None, "Estonia puts €5 million into arms for Ukraine every year."),
        (None, "The agency put $5 million in aid on hold."),
        (None, "The judge told the agency to pay grants of $5 million."),
        (None, "Brussels expects to have sent Kyiv all of the €5 billion."),
        (None, "Japan and Kenya signed notes for a loan of 5 billion yen."),
    ],
)  # fmt: skip
def test_who_states_a_figure(who, text):
    assert speaker(text) == who
