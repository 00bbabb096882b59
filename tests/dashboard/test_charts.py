"""The chart of amounts: every mark drawn, none hidden, nothing added up."""

from __future__ import annotations

import math
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.amounts import KINDS, amounts_by_status, kinds
from dashboard.charts.lanes import LADDER, lanes
from dashboard.charts.packing import from_the_middle, pack
from dashboard.charts.scale import money_scale
from tracker.figures import marks
from tracker.schema import HOLD, STATUS
from tracker.store.frame import frame_of
from tracker.store.query import Query

amounts = st.floats(1, 1e13)


@pytest.fixture
def dollars(sample_store):
    return marks(Query(sample_store).mentions().filter(pl.col("currency") == "USD"))


@given(st.lists(st.tuples(st.floats(0, 900), st.floats(0, 90)), max_size=60))
def test_boxes_of_a_row_keep_apart(places):
    boxes = [(left, left + width) for left, width in places]
    rows = pack(boxes, gap=6)
    for i, (left, right) in enumerate(boxes):
        for j, (other_left, other_right) in enumerate(boxes):
            if i != j and rows[i] == rows[j]:
                assert right + 6 <= other_left + 1e-9 or other_right + 6 <= left + 1e-9


@given(st.lists(st.floats(0, 100), min_size=1, max_size=80), st.integers(1, 6))
def test_no_more_rows_than_allowed(lefts, most):
    assert max(pack([(x, x + 40) for x in lefts], most)) < most


@given(st.integers(0, 40))
def test_rows_from_the_middle_are_all_different(row):
    assert len({from_the_middle(r) for r in range(row + 1)}) == row + 1


@given(st.lists(amounts, min_size=1, max_size=30), st.floats(150, 1500), st.floats(0, 70))
def test_a_scale_holds_all_amounts_in_their_order(values, width, room):
    scale = money_scale(values, values, width, room)
    places = [scale.pixels(value) for value in sorted(values)]
    assert places == sorted(places)
    assert places[0] >= 0
    assert places[-1] <= width - room + 1e-6
    first, last = scale.range()
    assert first < last
    if not scale.log:
        assert first == 0


@given(amounts, st.floats(1, 1e6), st.floats(200, 1500))
def test_ticks_are_round_inside_and_few(low, ratio, width):
    scale = money_scale([low], [low * ratio], width)
    ticks = scale.ticks()
    assert len(ticks) <= 9
    for tick in ticks:
        assert scale.low <= tick <= scale.high or math.isclose(tick, scale.high)
        if tick:
            digits = f"{tick:.6e}".split("e")[0].rstrip("0").replace(".", "")
            assert len(digits) <= 3


def test_a_wide_spread_is_logarithmic_a_narrow_one_begins_at_zero():
    assert money_scale([1e6], [1e9], 800).log
    assert not money_scale([20e9], [60e9], 800).log


def test_each_mark_is_a_point_with_its_mention(dollars):
    figure = amounts_by_status(dollars, width=1200, dark=False)
    points = figure.data[0]
    assert len(points.x) == len(dollars) == 6
    assert set(points.customdata) == {ids[0] for ids in dollars["mention_ids"]}
    assert "stack" not in figure.to_json()


def test_intervals_are_drawn(dollars):
    points = amounts_by_status(dollars, width=1200, dark=False).data[0]
    by_id = {ids[0]: (low, high) for ids, low, high in
             dollars.select("mention_ids", "low", "high").iter_rows()}  # fmt: skip
    for mention, x, more, less in zip(
        points.customdata, points.x, points.error_x.array, points.error_x.arrayminus, strict=True
    ):
        assert (x - less, x + more) == pytest.approx(by_id[mention])


def test_hold_and_running_totals_are_told_by_sign_and_by_word(dollars):
    points = amounts_by_status(dollars, width=1200, dark=False).data[0]
    by_text = dict(zip(points.text, points.marker.symbol, strict=True))
    blocked = next(text for text in by_text if "blocked" in text)
    so_far = next(text for text in by_text if "so far" in text)
    assert len({by_text[blocked], by_text[so_far], "circle"}) == 3
    assert {kind.words for kind in kinds(dollars)} == {
        "stated amount", "running total (“so far”)", "blocked",
    }  # fmt: skip
    assert set(KINDS) == {(hold, total) for hold in (None, *HOLD) for total in (False, True)}
    assert len({kind.symbol for kind in KINDS.values()}) == len(KINDS)
    assert len({kind.sign for kind in KINDS.values()}) == len(KINDS)


@pytest.mark.parametrize("width", [340, 860, 1320])
def test_stages_stand_in_the_order_of_the_ladder_without_overlap(dollars, width):
    scale = money_scale(dollars["low"], dollars["high"], width)
    placed = lanes(dollars, scale, wide=width > 640)
    assert [lane.status for lane in placed] == LADDER == [s for s in STATUS if s != "other"]
    for lane, following in pairwise(placed):
        assert lane.top + lane.height == following.top
        for index in range(len(lane.marks)):
            assert lane.top < lane.y(index) < lane.top + lane.height


def test_many_marks_stay_inside_their_lanes(dollars):
    many = pl.concat(
        [dollars.with_columns(pl.col("amount_min", "amount_max", "low", "high") * (1 + i / 50))
         for i in range(60)]
    )  # fmt: skip
    for width in (340, 1320):
        scale = money_scale(many["low"], many["high"], width)
        for lane in lanes(many, scale, wide=width > 640):
            assert lane.swarm == bool(lane.marks)
            places = [lane.y(index) for index in range(len(lane.marks))]
            assert all(lane.top < y < lane.top + lane.height for y in places)
            assert sum(bool(text) for text in lane.texts) == bool(lane.marks)


def test_an_empty_chart_names_all_stages():
    none = marks(frame_of([], []))
    figure = amounts_by_status(none, width=1200, dark=True)
    assert len(figure.data) == 0
    texts = " ".join(annotation.text for annotation in figure.layout.annotations)
    assert all(STATUS[code] in texts for code in LADDER)


def test_names_are_not_taken_for_markup(dollars):
    hostile = dollars.with_columns(donor=pl.lit("<b>X</b>"))
    figure = amounts_by_status(hostile, width=1200, dark=False)
    assert "&lt;b&gt;X&lt;/b&gt;" in figure.data[0].hovertext[0]
