"""The charts of the dashboard by name: what each is called, and how a view draws it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from dashboard import labels
from dashboard.charts import amounts, groups, ranges, timeline
from dashboard.charts.drawn import Drawn
from dashboard.charts.selection import Selection, select
from dashboard.site import Site
from dashboard.state import View
from tracker.figures import totals
from tracker.schema import FIGURE_SCHEMA
from tracker.store import Filters


class Chart(NamedTuple):
    """A chart: its title, the columns of its table, and whether it shows one stage."""

    title: str
    columns: Mapping[str, str]
    one_stage: bool = True


CHARTS: Mapping[str, Chart] = {
    "ladder": Chart("Stages", amounts.COLUMNS, one_stage=False),
    "time": Chart("Over time", timeline.COLUMNS),
    "donors": Chart("By donor", groups.COLUMNS | {"group": "Donor"}),
    "kinds": Chart("By kind of aid", groups.COLUMNS | {"group": "Kind of aid"}),
    "ranges": Chart("Where sources disagree", ranges.COLUMNS, one_stage=False),
}
"""In the order of the page."""
_COLUMNS = tuple(
    name for name in FIGURE_SCHEMA.names
    if name not in ("mention_ids", "speakers", "publishers", "copies", "undated")
)  # fmt: skip
"""What charts and totals need of figures."""
_KEPT = 2
"""Selections that are kept: the charts of one page ask for the same. Each takes up to 50 MB."""


class Charting:
    """Draws the charts of a site; all charts of a page share one selection of figures."""

    def __init__(self, site: Site):
        self._site = site
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[int, Filters, str | None], Selection] = OrderedDict()

    def selection(self, view: View) -> Selection:
        """The figures that a view's charts draw."""
        asked = self._site.query.version, view.filters, view.convert
        with self._lock:
            if asked not in self._kept:
                figures = self._site.catalogue.figures(view.filters, columns=_COLUMNS, packed=True)
                self._kept[asked] = select(figures, view.filters.currency, view.convert)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(asked)
            return self._kept[asked]

    def draw(self, name: str, view: View, *, width: int, dark: bool) -> Drawn:
        """A chart of `CHARTS` for a place of `width` pixels; its stage is the part "stage"."""
        chosen, stage = self.selection(view), view.part("stage")
        book = self._site.catalogue.book

        def summed(figures, status, to):  # type: ignore[no-untyped-def]
            return totals(book, figures, status, to=to)

        by = {"donors": "donor", "kinds": "aid_type"}
        draw: Callable[..., Drawn]
        if name in by:
            draw = partial(groups.grouped, chosen, stage, by[name], summed)
        elif name == "time":
            draw = partial(timeline.timeline, chosen, stage)
        else:
            draw = partial({"ladder": amounts.ladder, "ranges": ranges.ranges}[name], chosen)
        return draw(width=width, dark=dark)

    def source(self, view: View, name: str) -> str:
        """The source line of a chart of a view: how many figures, when, at which rates."""
        chosen = self.selection(view)
        figures = chosen.figures
        if CHARTS[name].one_stage:
            figures = chosen.at_stage(view.part("stage"))[1]
        said = f"Source: {labels.count(figures.height, 'figure')} stated in this collection"
        first, last = figures["first_published"].min(), figures["last_published"].max()
        if first and last:
            said += f", published {first:%-d %B %Y} to {last:%-d %B %Y}"  # type: ignore[str-bytes-safe]
        said += f", data version {self._site.query.version}."
        if chosen.converted:
            said += " Converted at European Central Bank reference rates"
            if chosen.rates:
                said += f" of the day of first publication ({chosen.rates[0]} to {chosen.rates[1]})"
            said += "; no document states these amounts."
            if chosen.left_out:
                said += f" {chosen.left_out:,} figures without a date or a rate are left out."
        return said
