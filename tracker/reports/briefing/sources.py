"""The numbered sources of a briefing: each a quote in its sentence, who said it, where, when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from tracker.figures import words
from tracker.reports.briefing.content import Content
from tracker.reports.links import permalink, source_link
from tracker.reports.report import Report
from tracker.reports.wording import day, stage, stated_amount

Row = dict[str, Any]


def sources(report: Report, found: Content) -> Iterable[str]:
    """The list of sources, line by line."""
    yield '<section class="sources"><h2>Sources</h2><ol>'
    ids = {number: name for name, numbers in found.numbers.items() for number in numbers}
    for number, mention in enumerate(found.sources, start=1):
        yield _source(report, number, mention, ids[number])
    yield "</ol></section>"


def _source(report: Report, number: int, mention: Row, figure_id: str) -> str:
    published = mention["published"]
    when = day(published, mention["published_precision"]) if published else "undated"
    title = mention["title"] or mention["file_name"] or "untitled"
    url = source_link(mention["url"], mention["sentence"])
    if url:
        title_shown = f'<a href="{escape(url)}">{escape(title)}</a>'
        address = f'<span class="address">{escape(mention["url"])}</span>'
    else:
        title_shown, address = escape(title), ""
    said = f"{escape(mention['attributed_to'])}, in: " if mention["attributed_to"] else ""
    link = permalink(report.base_url, "figure", figure_id)
    figure = f'<a href="{escape(link)}">{escape(link)}</a>' if report.base_url else escape(link)
    tags = f"{stated_amount(mention)}, {stage(mention)}; {words.flow(mention)}"
    return (
        f'<li id="source-{number}"><blockquote>{_marked(mention)}</blockquote>'
        f"<p>{said}{escape(mention['publisher'] or 'publisher not known')}, {escape(when)}: "
        f'{title_shown}. {address}</p><p class="note">Read as {escape(tags)}. {figure}</p></li>'
    )


def _marked(mention: Row) -> str:
    """The sentence with the amount marked and the words that decide its stage underlined."""
    sentence, quote, cue = mention["sentence"], mention["quote"], mention["cue"]
    away = None if mention["cue_start"] is None else mention["cue_start"] - mention["start"]
    places = [i for i in range(len(sentence)) if sentence.startswith(quote, i)]
    at = next(
        (i for i in places if away is not None and cue and sentence.startswith(cue, i + away)),
        places[0] if places else None,
    )
    if at is None:
        return escape(sentence)
    spans = [(at, at + len(quote), "mark")]
    if cue and away is not None and at + away >= 0 and sentence.startswith(cue, at + away):
        cue_at = at + away
        if cue_at >= at + len(quote) or cue_at + len(cue) <= at:
            spans.append((cue_at, cue_at + len(cue), "u"))
    told, done = [], 0
    for start, end, tag in sorted(spans):
        told.append(f"{escape(sentence[done:start])}<{tag}>{escape(sentence[start:end])}</{tag}>")
        done = end
    return "".join(told) + escape(sentence[done:])


def refs(found: Content, figures: Sequence[str]) -> str:
    """The numbers of the sources of some figures as links: [1], [1, 4]; "+ 3" without any."""
    numbers, without = found.refs(figures)
    told = [_ref(first, last) for first, last in _runs(numbers)]
    if without:
        told.append(f"and {without:,} more in the data package")
    return f'<sup class="ref">[{", ".join(told)}]</sup>' if told else ""


def _ref(first: int, last: int) -> str:
    shown = str(first) if first == last else f"{first}\u2013{last}"
    return f'<a href="#source-{first}">{shown}</a>'


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Numbers as first and last of each run of three or more, others alone."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    return [
        part
        for first, last in runs
        for part in ([(first, last)] if last - first != 1 else [(first, first), (last, last)])
    ]
