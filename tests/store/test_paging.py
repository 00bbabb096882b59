"""Pages by the last row: whole, in order, whatever the order and whatever is empty."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.store.paging import behind
from tracker.store.query import Query

ROWS = st.lists(
    st.tuples(st.sampled_from([None, 1.0, 2.0, 5.0]), st.sampled_from([None, "a", "b"])),
    min_size=1, max_size=12,
)  # fmt: skip


@given(ROWS, st.sampled_from(["asc", "desc"]), st.sampled_from(["asc", "desc"]))
def test_behind_is_what_the_sorting_puts_behind(rows, one, two):
    frame = pl.DataFrame(
        {"x": [x for x, _ in rows], "y": [y for _, y in rows], "id": range(len(rows))},
        schema={"x": pl.Float64, "y": pl.String, "id": pl.Int64},
    )
    order = [("x", one), ("y", two), ("id", "asc")]
    down = [direction == "desc" for _, direction in order]
    ordered = frame.sort(["x", "y", "id"], descending=down, nulls_last=True)
    for place, row in enumerate(ordered.iter_rows(named=True)):
        found = ordered.filter(behind(row, order))
        assert found["id"].to_list() == ordered["id"].to_list()[place + 1 :]


@pytest.mark.parametrize("sort", [(), [("amount_min", "asc")], [("donor", "desc")],
                                  [("cumulative", "desc"), ("published", "asc")]])  # fmt: skip
def test_pages_of_mentions_make_the_whole(sample_store, sort):
    query = Query(sample_store)
    whole = query.mentions(sort=sort)["mention_id"].to_list()
    seen: list[str] = []
    size = 5
    while size == 5:
        page = query.mentions(sort=sort, limit=5, after=seen[-1] if seen else None)
        seen, size = seen + page["mention_id"].to_list(), page.height
    assert seen == whole


def test_a_mention_that_is_not_there_is_told(sample_store):
    with pytest.raises(ValueError, match="after: no mention 'm_1', begin again"):
        Query(sample_store).mentions(after="m_1")
