"""The briefing as one page of HTML: no script, nothing from elsewhere, made for print."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from itertools import groupby
from typing import Any

from tracker.figures import Total, words
from tracker.reports import notes
from tracker.reports.briefing.charts import (
    Mark,
    Rung,
    is_logarithmic,
    ladder,
    money_ticks,
    timeline,
)
from tracker.reports.briefing.content import Content, Disagreement, content
from tracker.reports.briefing.sources import refs, sources
from tracker.reports.report import Report
from tracker.reports.wording import money, stage, stated_amount
from tracker.schema import HOLD, STATUS
from tracker.store.frame import party_name

Row = dict[str, Any]

LADDERS = 2
"""Currencies that get a ladder of their own, the most frequent first."""
PER_RUNG = 8
DATED = 18
"""The most figures on the timeline, the latest."""
_CSS = files(__package__).joinpath("page.css").read_text("utf-8")
_STAGES = [status for status in STATUS if status not in ("unspecified", "other")]
_KEY = (
    ("stated", "\u25cf", "stated amount"),
    ("running", "\u25cb", "running total (\u201cso far\u201d)"),
    ("blocked", "\u25c6", "blocked"),
    ("cancelled", "\u2715", "cancelled"),
)


def page(report: Report) -> str:
    """The briefing of a report: key figures, ladder, timeline, disagreements, sources."""
    found = content(report)
    about = report.about()
    made = f"{report.made.day} {report.made:%B %Y}"
    body = [
        '<header><p class="kicker">Aid and funding figures <span>Briefing</span></p>',
        f"<h1>{escape(_title(report))}</h1>",
        f'<p class="standfirst">{escape(_standfirst(report, found))}</p>',
        *([f'<p class="warning">{notes.SAMPLE}.</p>'] * report.is_sample),
        "</header>",
        *_key_figures(found),
        *_ladders(found),
        *_timeline(found),
        *_disagreements(found),
        *sources(report, found),
        "<footer>",
        f"<p>{escape(' '.join(notes.CAVEATS))}</p>",
        f"<p>{escape(notes.citation(report))} Made {made} from the query "
        f"<code>{escape(about['query'])}</code>.</p>",
        "</footer>",
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(_title(report))}: briefing, {made}</title>\n<style>\n{_CSS}</style>\n"
        "</head>\n<body>\n" + "\n".join(body) + "\n</body>\n</html>\n"
    )


def _title(report: Report) -> str:
    """The flow that was asked for: "United States to Ukraine"."""
    donors, recipients = (
        " and ".join("not said" if code == "none" else party_name(code) for code in codes)
        for codes in (report.filters.donor, report.filters.recipient)
    )
    if donors and recipients:
        return f"{donors} to {recipients}"
    if donors:
        return f"What {donors} gives"
    return f"What {recipients} receives" if recipients else "All figures"


def _standfirst(report: Report, found: Content) -> str:
    shown = len(found.figures) + found.more
    narrowed = [
        f"{name} {value}"
        for name, value in report.filters.pairs()
        if name not in ("donor", "recipient")
    ]
    also = f" ({', '.join(narrowed)})" if narrowed else ""
    told = (
        f"{shown:,} amount{'' if shown == 1 else 's'} of money that documents state{also}, each "
        "with its stage, the words that say so and their source."
    )
    if found.more:
        told += (
            f" Shown are the {len(found.figures)} that count in the totals or that most documents "
            "state; the data package has all."
        )
    return told


def _key_figures(found: Content) -> Iterable[str]:
    yield '<section><h2>What each stage comes to</h2><div class="cards">'
    for total in found.totals:
        if total.counted:
            yield _card(found, total)
    yield "</div>"
    if not any(total.counted for total in found.totals):
        yield "<p>Nothing is stated that could be counted.</p>"
    yield (
        '<p class="note">One stage at a time, each amount once; stages are the same money and are '
        "never added to one another.</p></section>"
    )


def _card(found: Content, total: Total) -> str:
    held = f", {HOLD[total.hold].lower()}" if total.hold else ""
    amount = total.amount or 0.0
    one = total.counted[0].figure if len(total.counted) == 1 else None
    shown = stated_amount(one) if one else money(amount, total.currency)
    cited = refs(found, [item.id for item in total.counted])
    how = "as stated" if one else f"the sum of {len(total.counted):,} figures"
    between = f"{money(total.low, total.currency)} and {money(total.high, total.currency)}"
    lines = [f"{how}, between {between}"]
    open_ = [left for left in total.left_out if left.is_open]
    if open_:
        named = ", ".join(stated_amount(left.figure) for left in open_[:2])
        more = f" and {len(open_) - 2:,} more" if len(open_) > 2 else ""
        ids = [left.figure["figure_id"] for left in open_[:2]]
        lines.append(f"not counted, since it may be in it: {named}{more}{refs(found, ids)}")
    rest = len(total.left_out) - len(open_)
    if rest:
        lines.append(f"{rest:,} more left out, with reasons in the data package")
    told = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f'<article><h3>{STATUS[total.status]}{held}</h3><p class="big">{escape(shown)}{cited}</p>'
        f"{told}</article>"
    )


def _ladders(found: Content) -> Iterable[str]:
    counts: dict[str, int] = {}
    for row in found.figures:
        counts[row["currency"]] = counts.get(row["currency"], 0) + 1
    ranked = sorted(counts, key=lambda code: (-counts[code], code))
    if not ranked:
        return
    yield "<section><h2>The ladder: from asked for to paid</h2>"
    signs = set()
    for currency in ranked[:LADDERS]:
        rungs, left = _rungs(found, currency)
        marks = [mark for rung in rungs for mark in rung.marks]
        signs |= {mark.sign for mark in marks}
        ticks = [(tick, money(tick, currency) if tick else "0") for tick in money_ticks(marks)]
        yield f"<figure>{ladder(rungs, f'Amounts in {currency} by stage', ticks)}"
        told = ["The scale is logarithmic."] if is_logarithmic(marks) else []
        if left:
            told.append(f"{left:,} more in {currency} stand in the sources.")
        if told:
            yield f'<figcaption class="note">{" ".join(told)}</figcaption>'
        yield "</figure>"
    yield _key(signs)
    if len(ranked) > LADDERS:
        others = ", ".join(ranked[LADDERS:])
        yield f'<p class="note">Amounts in other currencies ({others}) stand in the sources.</p>'
    yield "</section>"


def _rungs(found: Content, currency: str) -> tuple[list[Rung], int]:
    """The stages of one currency from asked to paid, and how many figures they leave out."""
    rows = [row for row in found.figures if row["currency"] == currency]
    by_status = {
        status: list(group) for status, group in groupby(rows, key=lambda row: row["status"])
    }
    present = [status for status in STATUS if status in by_status]
    first = min((_STAGES.index(s) for s in present if s in _STAGES), default=0)
    last = max((_STAGES.index(s) for s in present if s in _STAGES), default=-1)
    wanted = [s for s in STATUS if s in by_status or s in _STAGES[first : last + 1]]
    rungs = [
        Rung(STATUS[status], [_mark(found, row) for row in by_status.get(status, [])[:PER_RUNG]])
        for status in wanted
    ]
    return rungs, sum(max(0, len(group) - PER_RUNG) for group in by_status.values())


def _mark(found: Content, row: Row, *, staged: bool = False) -> Mark:
    numbers = found.numbers[row["figure_id"]]
    held = f", {row['hold']}" if row["hold"] else ""
    label = f"{stated_amount(row)}{f' {stage(row)}' if staged else held}"
    sign = row["hold"] or ("running" if row["cumulative"] else "stated")
    return Mark(
        row["low"], row["amount_min"], row["amount_max"], row["high"], label,
        ", ".join(map(str, numbers)), f"source-{numbers[0]}", sign,
        row["first_published"], row["last_published"],
    )  # fmt: skip


def _timeline(found: Content) -> Iterable[str]:
    dated = sorted(
        (row for row in found.figures if row["first_published"]),
        key=lambda row: (row["first_published"], row["figure_id"]),
    )
    undated = len(found.figures) - len(dated)
    if not found.figures:
        return
    yield "<section><h2>When it was said</h2>"
    shown = dated[-DATED:]
    if shown:
        marks = [_mark(found, row, staged=True) for row in shown]
        yield f"<figure>{timeline(marks, 'Figures by their first publication')}</figure>"
    told = []
    if len(dated) > len(shown):
        told.append(f"the latest {len(shown)} of {len(dated)} dated figures")
    if undated:
        stated = "amount is" if undated == 1 else "amounts are"
        told.append(f"{undated:,} {stated} in undated documents only")
    if told:
        yield f'<p class="note">{"; ".join(told).capitalize()}.</p>'
    yield "</section>"


def _disagreements(found: Content) -> Iterable[str]:
    yield "<section><h2>Where the sources disagree</h2>"
    if not found.disagreements:
        yield "<p>The figures shown do not contradict one another.</p></section>"
        return
    yield "<ul>"
    yield from (f"<li>{_disagreement(found, item)}</li>" for item in found.disagreements)
    yield "</ul></section>"


def _disagreement(found: Content, item: Disagreement) -> str:
    told = [
        f"{escape(stated_amount(row))} {escape(stage(row))}{refs(found, [row['figure_id']])}"
        for row in item.figures
    ]
    flow = escape(words.flow(item.figures[0]))
    match item.kind:
        case "stages":
            return f"The same amount stands at different stages ({flow}): {'; '.join(told)}."
        case "running":
            return f"Running totals of the same flow differ ({flow}): {'; '.join(told)}."
    return (
        f"A single sum is more than the running total that it should be part of ({flow}): "
        f"{' against '.join(told)}."
    )


def _key(signs: set[str]) -> str:
    told = [(sign, said) for name, sign, said in _KEY if name in signs]
    told.append(("\u2503\u2503", "what the digits and the hedge allow"))
    spans = " ".join(f"<span><b>{sign}</b> {said}</span>" for sign, said in told)
    return f'<p class="key">{spans} <span>[1] the source</span></p>'
