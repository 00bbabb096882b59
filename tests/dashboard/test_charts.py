"""The chart of amounts: every mark drawn, none hidden, nothing added up."""

from __future__ import annotations

import math
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charting import CHARTS, Charting
from dashboard.charts.amounts import KINDS, kinds, ladder
from dashboard.charts.headlines import headline
from dashboard.charts.lanes import LADDER, lanes
from dashboard.charts.packing import from_the_middle, pack
from dashboard.charts.ranges import disagreements
from dashboard.charts.scale import money_scale
from dashboard.charts.selection import Selection, select
from dashboard.charts.timeline import timeline
from dashboard.site import Settings, Site
from dashboard.state import view_at
from tracker.figures import Book
from tracker.schema import HOLD, STATUS
from tracker.store import Filters
from tracker.store.query import Query

amounts = st.floats(1, 1e13)


@pytest.fixture
def charting(sample_store):
    return Charting(Site(Settings(data=sample_store.path)))


@pytest.fixture
def chosen(sample_store):
    return select(Book.of(Query(sample_store)).figures, ["USD"], None)


@pytest.fixture
def dollars(chosen):
    return chosen.figures


def many(chosen, times):
    """The selection with each figure that often, its amounts spread."""
    frames = [
        chosen.figures.with_columns(
            pl.col("amount", "amount_min", "amount_max", "low", "high") * (1 + i / 50),
            figure_id=pl.col("figure_id") + str(i),
        )
        for i in range(times)
    ]
    return Selection(pl.concat(frames), chosen.currency, chosen.counts, converted=False)


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


def test_each_figure_is_a_point_that_leads_to_it(chosen, dollars):
    drawn = ladder(chosen, width=1200, dark=False)
    points = drawn.figure.data[0]
    assert len(points.x) == len(dollars) == 6
    assert set(points.customdata) == set(dollars["figure_id"])
    assert {row["figure_id"] for row in drawn.rows} == set(dollars["figure_id"])
    assert "stack" not in drawn.figure.to_json()


def test_intervals_are_drawn(chosen, dollars):
    points = ladder(chosen, width=1200, dark=False).figure.data[0]
    by_id = {name: (low, high) for name, low, high in
             dollars.select("figure_id", "low", "high").iter_rows()}  # fmt: skip
    for name, x, more, less in zip(
        points.customdata, points.x, points.error_x.array, points.error_x.arrayminus, strict=True
    ):
        assert (x - less, x + more) == pytest.approx(by_id[name])


def test_hold_and_running_totals_are_told_by_sign_and_by_word(chosen, dollars):
    points = ladder(chosen, width=1200, dark=False).figure.data[0]
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


def test_many_marks_stay_inside_their_lanes(chosen):
    figures = many(chosen, 60).figures
    for width in (340, 1320):
        scale = money_scale(figures["low"], figures["high"], width)
        for lane in lanes(figures, scale, wide=width > 640):
            assert lane.swarm == bool(lane.marks)
            places = [lane.y(index) for index in range(len(lane.marks))]
            assert all(lane.top < y < lane.top + lane.height for y in places)
            assert sum(bool(text) for text in lane.texts) == bool(lane.marks)


def test_a_crowd_is_counted_and_none_is_lost(chosen):
    crowded = many(chosen, 200)
    drawn = ladder(crowded, width=1200, dark=False)
    *crowds, biggest = drawn.figure.data
    assert len(crowds) == len(biggest.x) == crowded.figures["status"].n_unique()
    counted = [
        int(text.split("<b>")[1].split(" figure")[0].replace(",", ""))
        for crowd in crowds
        for text in crowd.hovertext
    ]
    assert sum(counted) == crowded.figures.height
    assert all(len(ids.split(",")) <= 20 for crowd in crowds for ids in crowd.customdata)
    assert len(drawn.rows) <= 500


def test_an_empty_chart_names_all_stages(sample_store):
    none = select(Book.of(Query(sample_store)).figures.clear(), [], None)
    figure = ladder(none, width=1200, dark=True).figure
    assert len(figure.data) == 0
    texts = " ".join(annotation.text for annotation in figure.layout.annotations)
    assert all(STATUS[code] in texts for code in LADDER)


def test_names_are_not_taken_for_markup(chosen):
    hostile = Selection(
        chosen.figures.with_columns(donor=pl.lit("<b>X</b>")), "USD", chosen.counts, False
    )
    figure = ladder(hostile, width=1200, dark=False).figure
    assert "&lt;b&gt;X&lt;/b&gt;" in figure.data[0].hovertext[0]


def test_the_commonest_currency_is_shown_unless_another_is_asked_for(charting):
    assert charting.selection(view_at("")).currency == "USD"
    assert charting.selection(view_at("currency=EUR")).currency == "EUR"
    assert charting.selection(view_at("q=zebra")).currency == ""
    assert charting.selection(view_at("")).counts[:2] == [("USD", 6), ("EUR", 2)]


def test_amounts_are_converted_at_the_day_of_publication_or_left_out(charting):
    chosen = charting.selection(view_at("convert=USD"))
    euros = chosen.figures.filter(pl.col("stated_in") == "EUR")
    assert euros["rate"].to_list() == pytest.approx([1.0779, 1.0779], abs=0.01)
    assert set(chosen.figures["currency"]) == {"USD"}
    assert chosen.left_out == 0
    assert "no document states these amounts" in charting.source(view_at("convert=USD"), "ladder")
    assert charting.selection(view_at("convert=EUR")).left_out == 2


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("address", ["", "donor=USA", "q=zebra", "convert=EUR", "stage=needed"])
@pytest.mark.parametrize("width", [340, 1320])
def test_every_chart_is_drawn_with_a_sentence_and_a_table(charting, name, address, width):
    drawn = charting.draw(name, view_at(address), width=width, dark=width > 400)
    assert drawn.headline
    assert drawn.how
    assert drawn.figure.layout.meta["height"] > 0
    for row in drawn.rows:
        assert set(row) >= set(drawn.columns)
        assert all(charting._site.catalogue.figure(i) for i in row["figure_id"].split(","))
    for trace in drawn.figure.data:
        assert all(mark for mark in trace.customdata)


def test_one_stage_at_a_time(charting):
    view = view_at("donor=USA&stage=disbursed")
    for name, chart in CHARTS.items():
        if chart.one_stage:
            drawn = charting.draw(name, view, width=1200, dark=False)
            assert "disbursed" in drawn.headline
    drawn = charting.draw("donors", view, width=1200, dark=False)
    assert drawn.headline == "United States: $45\u00a0bn disbursed, each amount once"
    assert [(row["counted"], row["left_out"]) for row in drawn.rows] == [(1, 0)]


def test_undated_figures_are_counted_below_the_chart(charting):
    drawn = charting.draw("time", view_at("stage=unspecified"), width=1200, dark=False)
    assert drawn.notes == ["1 figure without a date not shown."]


def test_many_figures_over_time_show_the_biggest_of_each_step(chosen):
    drawn = timeline(many(chosen, 400), "disbursed", width=1200, dark=False)
    assert len(drawn.figure.data[0].x) == 1
    assert "the biggest of 400 figures" in drawn.figure.data[0].hovertext[0]
    assert len(drawn.figure.data[0].customdata[0].split(",")) == 20


def test_running_totals_that_exclude_each_other_are_a_disagreement(chosen):
    one = chosen.figures.filter(pl.col("cumulative"))
    far = one.with_columns(pl.col("amount", "low", "high") * 2, figure_id=pl.lit("f_2"))
    near = one.with_columns(pl.col("amount", "low", "high") * 1.001, figure_id=pl.lit("f_3"))
    late = far.with_columns(last_published=pl.lit("2025-01-01").str.to_date())
    assert disagreements(pl.concat([one, far])).height == 1
    assert disagreements(pl.concat([one, near])).height == 0
    assert disagreements(pl.concat([one, late])).height == 0
    singles = pl.concat([one, far]).with_columns(cumulative=False)
    assert disagreements(singles).height == 0


def test_headlines(sample_store):
    query = Query(sample_store)
    book = Book.of(query)

    def of(**filters):
        figures = book.showing(query, Filters(**filters))
        return headline(select(figures, [], None)).replace("\u00a0", " ")

    assert of(currency=("GBP",)) == "United Kingdom: £20 m committed but cancelled"
    assert of(q="60bn") == "EU to Ukraine: $60 bn (stage not said)"
    assert of(currency=("CHF",)) == "No amount with a stage in this selection"
    assert of(currency=("USD",)) == "6 figures in US dollars, from $2.5 m to $61.4 bn"
