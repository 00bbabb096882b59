import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.schema import AID_TYPE, HOLD, STATUS
from tracker.store import Filters
from tracker.store.filters import LISTS, NAMES


def test_nothing_given_is_no_filter():
    assert Filters.parse([]) == Filters()
    assert Filters.parse([("donor", " "), ("min", ""), ("status", ",,"), ("q", "\t")]) == Filters()
    assert Filters().pairs() == []


def test_lists_are_repeated_or_separated_by_commas():
    filters = Filters.parse(
        [("status", "requested, pledged"), ("status", "PLEDGED"), ("hold", "none"),
         ("currency", "usd,eur"), ("publisher", r"Bank\, Press & Co,Other \\ One")]
    )  # fmt: skip
    assert filters.status == ("pledged", "requested")
    assert filters.hold == ("none",)
    assert filters.currency == ("EUR", "USD")
    assert filters.publisher == ("Bank, Press & Co", "Other \\ One")
    assert ("publisher", r"Bank\, Press & Co") in filters.pairs()


def test_dates_cover_the_whole_of_what_they_name():
    filters = Filters.parse([("from", "2023"), ("to", "2024-02")])
    assert (filters.from_, filters.to) == (dt.date(2023, 1, 1), dt.date(2024, 2, 29))
    assert filters.pairs() == [("from", "2023-01-01"), ("to", "2024-02-29")]


def test_amounts_are_written_in_digits():
    filters = Filters.parse([("min", "61.4e9"), ("max", "1e22")])
    assert filters.pairs() == [("max", "10000000000000000000000"), ("min", "61400000000")]


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("status", "foo", "status: unknown value 'foo', use needed, requested"),
        ("status", "none", "status: unknown value 'none'"),
        ("hold", "lost", "hold: unknown value 'lost', use blocked, cancelled, none"),
        ("aid_type", "arms", "aid_type: unknown value"),
        ("currency", "dollars", "currency: 'DOLLARS' is no code"),
        ("currency", "none", "currency: 'none' is no code"),
        ("language", "english", "language: 'english' is no code"),
        ("from", "yesterday", "from: 'yesterday' is no date"),
        ("to", "2023-13", "to: '2023-13' is no date"),
        ("min", "much", "min: 'much' is no number"),
        ("min", "nan", "min: nan is no amount"),
        ("max", "inf", "max: inf is no amount"),
        ("min", "-1", "min: -1.0 is no amount"),
        ("q", "x" * 201, "q: longer than 200 characters"),
        ("colour", "red", "colour: no such filter, use donor, recipient"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(name, value, reason):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the reason is looked at
        Filters.parse([(name, value)])
    assert str(caught.value).startswith(reason)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("pairs", "reason"),
    [
        ([("from", "2024"), ("to", "2023")], "from: 2024-01-01 is after to: 2023-12-31"),
        ([("min", "2"), ("max", "1")], "min: 2 is above max: 1"),
        ([("min", "1"), ("min", "2")], "min: given twice"),
        ([("q", "a"), ("q", "b")], "q: given twice"),
    ],
)
def test_what_contradicts_itself_is_refused(pairs, reason):
    with pytest.raises(ValueError, match=reason):
        Filters.parse(pairs)


def test_other_names_are_left_out_on_request():
    pairs = [("mention", "m_1"), ("sort", "x"), ("donor", "USA")]
    assert Filters.parse(pairs, ignore_unknown=True) == Filters(donor=("USA",))


def test_one_filter_can_be_taken_away():
    filters = Filters(donor=("USA",), from_=dt.date(2023, 1, 1))
    assert filters.without("donor") == Filters(from_=dt.date(2023, 1, 1))
    assert filters.without("from") == Filters(donor=("USA",))


free = st.lists(st.text(min_size=1).filter(str.strip), max_size=3).map(tuple)
bounds = st.none() | st.floats(0, 1e300)
days = st.none() | st.dates()


@st.composite
def some_filters(draw):
    low, high = sorted([draw(st.floats(0, 1e300)), draw(st.floats(0, 1e300))])
    first, last = sorted([draw(st.dates()), draw(st.dates())])
    return Filters(
        donor=draw(free), recipient=draw(free), publisher=draw(free),
        status=tuple(draw(st.sets(st.sampled_from(list(STATUS))))),
        hold=tuple(draw(st.sets(st.sampled_from([*HOLD, "none"])))),
        aid_type=tuple(draw(st.sets(st.sampled_from([*AID_TYPE, "none"])))),
        currency=tuple(draw(st.sets(st.sampled_from(["USD", "EUR", "UAH"])))),
        language=tuple(draw(st.sets(st.sampled_from(["en", "uk", "none"])))),
        from_=draw(st.none() | st.just(first)), to=draw(st.none() | st.just(last)),
        min=draw(st.none() | st.just(low)), max=draw(st.none() | st.just(high)),
        q=draw(st.none() | st.text(max_size=60)),
    )  # fmt: skip


@given(some_filters())
def test_filters_come_back_from_their_pairs(filters):
    pairs = filters.pairs()
    again = Filters.parse(pairs)
    assert again == filters
    assert again.pairs() == pairs == sorted(pairs)


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=30))))
def test_any_pairs_are_read_or_refused_with_a_reason(pairs):
    try:
        filters = Filters.parse(pairs)
    except ValueError as error:
        assert str(error).split(":")[0] in NAMES  # noqa: PT017
    else:
        assert all(
            getattr(filters, name) == tuple(sorted(set(getattr(filters, name)))) for name in LISTS
        )
