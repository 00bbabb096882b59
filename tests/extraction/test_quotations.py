"""Who speaks in a quotation of several sentences."""

import pytest

from tracker import extract

SPOKEN = [
    # named behind the first sentence of it, as a title and a name may be
    ("Renee Guidry", '"He is unpaid," parish president Renee Guidry said. "We owe $9 million."'),
    ("Jacob Landry", '"They sent papers," said Jacob Landry, director. "They spent $6 million."'),
    # behind its last
    ("Amina Bello", '"The harvest failed. We lost $5 million," said Amina Bello, a farmer.'),
    # by a pronoun, named by a title in the sentence before
    ("Tom Fletcher",
     'The UN\'s relief chief, Tom Fletcher, spoke. "The need is big. It is $5 million," he said.'),
    # beside a title, behind it
    ("Joseph Kamau", '"Act now," said its director, Joseph Kamau. "We lost $5 million."'),
    ("Aissa Kane",
     '"It is gone," the coordinator, Aissa Kane, said after a visit. "We need $9 million."'),
    ("Amy Chi", 'The Minister of Works, Housing and Water, Amy Chi, smiled. "We lost $5 million," '
     "she said."),
    # a bank is nobody who speaks as "he"
    (None, "The head office, Kenya National Bank, was shut. He said it would cost $5 million."),
    # of several paragraphs, each with a mark
    ("Amy Chi", 'The mayor, Amy Chi, said:\n"It is late. Roads are gone.\n"We lost $5 million."'),
    # what is given is the giver's own word
    (None, '"We have already paid Chad $5 million," Jan Verhaegen, the EU envoy, said.'),
    ("Jan Ek", '"We have received $5 million," Jan Ek, the mayor, said.'),
    # in curly marks
    ("Lin Wu", "“It is late,” said Lin Wu, the mayor. “Repairs will cost $5 million.”"),
    # what a donor will give is its own word
    (None, '"This is urgent," the minister said. "We will give Chad $5 million."'),
    # an inch mark opens no quotation
    (None, 'The EU sent a 6" gun, said Maria Lopez. The EU gave Mali $5 million.'),
    # said of the text itself, behind a quotation that has ended
    (None, '"It is late," said Lin Wu. The city has received $5 million from Tokyo.'),
]  # fmt: skip


@pytest.mark.parametrize(("who", "text"), SPOKEN)
def test_who_speaks(who, text):
    said = extract(text)[-1].attributed_to
    assert (said is None) if who is None else (said is not None and who in said)


def test_the_rule_is_named():
    evidence = extract(SPOKEN[0][1])[-1].evidence
    assert "attribution-quotation" in {e.rule for e in evidence}
