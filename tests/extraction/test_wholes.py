"""What is said of a part is not said of the whole, whatever the whole is called."""

import pytest

from tracker import extract

WHOLES = (
    "programme", "facility", "loan", "package", "fund", "grant", "scheme", "arrangement",
    "envelope", "bailout", "aid package", "flood fund", "trust fund", "support programme",
)  # fmt: skip
GIVES = ("has paid out", "has spent", "has released", "has allocated", "has committed")
GETS = ("has drawn", "received", "has been paid", "will get", "has been promised", "was awarded")
DONE = ("has been paid", "has arrived", "has been allocated", "has been approved")

OF_A_WHOLE_FIRST = [
    ("The IMF's $9 million {whole} for Kenya {does} $5 million so far.", GIVES),
    ("The {whole}, worth $9 million in all, {does} $5 million so far.", GIVES),
    ("The EU's {whole} for Kenya, $9 million in all, {does} $5 million.", GIVES),
    ("The $9 million {whole}, which {does} $5 million, ends in May.", GIVES),
    ("Of its $9 million {whole} Kenya {does} $5 million.", GETS),
    ("Under the {whole}, which is worth $9 million, Kenya {does} $5 million.", GETS),
    ("Of the $9 million {whole} for Kenya, $5 million {does}.", DONE),
    ("The $9 million {whole} for Kenya, of which $5 million {does}, ends in May.", DONE),
    ("The EU has a $9 million {whole} for Kenya, and $5 million of it {does}.", DONE),
    ("The EU has a $9 million {whole} for Kenya, $5 million of which {does}.", DONE),
    ("Auditors looked at the EU's $9 million {whole} and found that $5 million {does}.", DONE),
]
OF_A_WHOLE_SECOND = [
    ("Kenya {does} $5 million from its $9 million {whole}.", GETS),
    ("Kenya {does} $5 million under a $9 million {whole} with the IMF.", GETS),
    ("Kenya {does} $5 million, part of a $9 million {whole}.", GETS),
    ("Kenya {does} $5 million, the first slice of a $9 million {whole} from the EU.", GETS),
    ("Kenya {does} $5 million, out of a $9 million {whole} for the coast.", GETS),
    ("Kenya {does} $5 million as part of a $9 million {whole} for farmers.", GETS),
    ("Some $5 million of the EU's $9 million {whole} {does}.", DONE),
]


def _stages(frame, does):
    for whole in WHOLES:
        text = frame.format(whole=whole, does=does)
        yield text, [mention.status for mention in extract(text)]


@pytest.mark.parametrize(("frame", "verbs"), OF_A_WHOLE_FIRST)
def test_a_whole_before_its_part_has_no_stage(frame, verbs):
    for does in verbs:
        for text, (whole, part) in _stages(frame, does):
            assert whole == "unspecified", text
            assert part != "unspecified", text


@pytest.mark.parametrize(("frame", "verbs"), OF_A_WHOLE_SECOND)
def test_a_whole_behind_its_part_has_no_stage(frame, verbs):
    for does in verbs:
        for text, (part, whole) in _stages(frame, does):
            assert whole == "unspecified", text
            assert part != "unspecified", text
