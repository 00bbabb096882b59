"""Text made to be slow or to break: each of 10 MB is read to its end, or says where it stopped."""

import warnings

import pytest

import tracker
from tracker.extraction.batch import MAX_MENTIONS

SIZE = 10_000_000
PIECES = {
    "commas": "1,",
    "digits": "1234567890",
    "dollars": "$",
    "no spaces": "abcdefghij",
    "number words": "five to ",
    "articles": "a half a quarter of a ",
    "between": "between ",
    "brackets": "(",
    "combining marks": "e\u0301",
    "right to left": "\u200f5 ",
    "NULs": "\x00",
    "lone surrogates": "\ud800",
    "line breaks": "\n",
    "full stops": ". A",
    "speakers": "said said, ",
    "hyphens": "5-",
    "capitals": "5 Abc Def ",
    "codes": "US ",
}
MONEY = {"marks": "\x01$5 million ", "amounts": "$5 million ", "euros": "5 EUR "}


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES.keys())
def test_nothing_to_find_ends_without_a_cap(piece):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert tracker.extract(piece * (SIZE // len(piece))) == []


@pytest.mark.parametrize("piece", MONEY.values(), ids=MONEY.keys())
def test_too_much_to_find_says_where_it_stopped(piece):
    text = piece * (SIZE // len(piece))
    with pytest.warns(tracker.LimitReached, match=f"stopped after {MAX_MENTIONS:,} amounts"):
        mentions = tracker.extract(text)
    assert len(mentions) == MAX_MENTIONS
    last = mentions[-1]
    assert text[last.start : last.end] == last.quote
