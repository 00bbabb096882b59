"""Every way to say that X gives Y an amount names the two, whoever they are."""

import pytest

from tracker import extract

GIVERS = {
    "Norway": "NOR", "Turkey": "TUR", "the Netherlands": "NLD", "the EU": "EU", "the IMF": "IMF",
    "the African Development Bank": "African Development Bank",
    "the Green Climate Fund": "Green Climate Fund", "the United States": "USA",
}  # fmt: skip
TAKERS = {
    "Chad": "TCD", "the Maldives": "MDV", "Sierra Leone": "SLE", "Ukraine": "UKR", "Egypt": "EGY",
}  # fmt: skip
FRAMES = [
    "{X} gave {Y} $5 million.",
    "{X} approved a $5 million loan for {Y}.",
    "{X} helped {Y} with $5 million.",
    "{X} came to the aid of {Y} with $5 million.",
    "{Y} was promised $5 million by {X}.",
    "{Y}, promised $5 million by {X}, is still waiting.",
    "{X}'s $5 million loan to {Y} was approved.",
    "{X}'s decision to give {Y} $5 million was welcomed.",
    "{Y} hailed {X}'s decision to give it $5 million.",
    "{Y}'s $5 million grant from {X} was announced.",
    "{Y} received $5 million from {X}.",
    "To {Y} went $5 million from {X}.",
    "Thanks to $5 million from {X}, {Y} can pay its teachers.",
    "With {X}'s $5 million, {Y} can pay its teachers.",
    "In return for $5 million, {Y} has promised {X} reforms.",
    "{Y} has agreed reforms with {X} in return for $5 million.",
    "{Y} asked {X} for $5 million.",
    "{X} was asked for $5 million by {Y}.",
    "{X} has been asked by {Y} to lend it $5 million.",
    "{X} received a request from {Y} for $5 million.",
    "{X} and {Y} have agreed on a $5 million programme.",
    "{Y} and {X} reached a deal worth $5 million.",
    "{X} and {Y} are in talks about a $5 million loan.",
    "{Y} has reached a deal with {X}. It will receive $5 million.",
    "{Y} announced that {X} had approved a loan of $5 million.",
    "{X} told {Y} that it would get $5 million.",
    "{X}'s envoy told {Y} it could expect $5 million.",
    "Having given {Y} $5 million, {X} wants reforms.",
    "{X}, not Sweden, gave {Y} $5 million.",
    "{X} followed Sweden and gave {Y} $5 million.",
    "{X} has joined Sweden in giving {Y} $5 million.",
    "{X} praised {Y} and sent it $5 million.",
    "{X} stands by {Y}, and will give it $5 million.",
    "{Y} asked {X} for help, and it sent $5 million.",
    "{Y}'s biggest donor is {X}. It gave $5 million last year.",
    "{X} will help {Y} after the floods. The aid, $5 million, will be paid in May.",
    "{Y} depends on {X}. Last year the country received $5 million.",
    "The $5 million that {X} promised {Y} has arrived.",
    "{X} cut its aid to {Y} by $5 million.",
]
HOMES = {"Kenya": "KEN", "Peru": "PER", "the Philippines": "PHL", "Poland": "POL", "Canada": "CAN"}
AT_HOME = [
    "{X}'s government has set aside $5 million for farmers hit by floods.",
    "{X}'s parliament approved $5 million for hospitals.",
    "{X}'s agriculture ministry asked parliament for $5 million for farmers.",
    "{X}'s government wants parliament to approve $5 million for hospitals.",
    "{X}'s budget gives $5 million to universities.",
    "{X} will spend $5 million on its roads.",
    "{X}'s government cut $5 million from the education budget.",
    "The state gave farmers in {X} $5 million.",
]


def _said(frame: str, giver: str, taker: str = "") -> str:
    text = frame.replace("{X}", giver).replace("{Y}", taker).replace("s's ", "s' ")
    return text[0].upper() + text[1:]


@pytest.mark.parametrize("frame", FRAMES)
def test_a_frame_names_giver_and_receiver(frame):
    texts = {
        _said(frame, giver, taker): (donor, recipient)
        for giver, donor in GIVERS.items()
        for taker, recipient in TAKERS.items()
    }
    wrong = []
    for text, parties in texts.items():
        mention = extract(text)[-1]
        if (mention.donor, mention.recipient) != parties:
            wrong.append((text, mention.donor, mention.recipient))
    assert wrong == []


@pytest.mark.parametrize("frame", AT_HOME)
def test_money_stays_at_home(frame):
    wrong = []
    for name, country in HOMES.items():
        mention = extract(_said(frame, name))[-1]
        if (mention.donor, mention.recipient) != (country, country):
            wrong.append((name, mention.donor, mention.recipient))
    assert wrong == []


def test_two_who_get_one_amount_are_no_single_receiver():
    (mention,) = extract("Norway gave Chad and Mali $5 million.")
    assert (mention.donor, mention.recipient) == ("NOR", None)
