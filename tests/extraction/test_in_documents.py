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
        ("requested", "Northlight Relief doubles Pakistan flood appeal to £14 million."),
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
