"""A document's text as the reader page shows it: in parts, each amount marked where it stands.

Plain values in, plain values out: `assets/reader.js` draws them, always as text. A long document
comes a part at a time, so that the browser holds a few pages of it and never all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from dashboard import labels
from dashboard.components.about import at_source
from dashboard.components.quotes import context, cues
from tracker.schema import REVIEW, STATUS

Row = Mapping[str, Any]
Span = tuple[int, int]

PART_LENGTH = 20_000
"""Code points of a part, at most (a line or an amount at its end is kept whole)."""
PART_AMOUNTS = 100
"""Amounts of a part, at most."""
BLOCK_LENGTH = 1_200
"""Code points after which lines that belong together are parted, so that notes stay beside them."""

RUNGS = ("needed", "requested", "pledged", "approved", "committed", "disbursed")
"""The stages as positions on the ladder; the others have none."""


def parts_of(text: str, spans: Sequence[Span]) -> list[Span]:
    """Where each part of a text begins and ends; `spans` are its amounts in reading order.

    A part ends at the end of a line where it can, and never inside an amount.
    """
    starts = [start for start, _ in spans]
    parts: list[Span] = []
    begin = 0
    while begin < len(text):
        end = min(begin + PART_LENGTH, len(text))
        first = bisect_left(starts, begin)
        if first + PART_AMOUNTS < len(spans):
            # Not before the last amount of this part has ended: two may share their characters.
            end = min(end, max(starts[first + PART_AMOUNTS], spans[first][1]))
        if end < len(text):
            line = text.rfind("\n", begin, end) + 1 or text.rfind(" ", begin, end) + 1
            end = line if line > begin else end
        while first < len(spans) and starts[first] < end:
            end = max(end, spans[first][1])
            first += 1
        parts.append((begin, end))
        begin = end
    return parts or [(0, 0)]


def part_with(parts: Sequence[Span], place: int) -> int:
    """The index of the part that holds a place of the text."""
    return next((i for i, (_, end) in enumerate(parts) if place < end), len(parts) - 1)


def blocks_of(text: str, part: Span, spans: Sequence[Span], pages: Sequence[int]) -> list[Span]:
    """The blocks of a part: lines, or of a text with pages the lines up to an empty one.

    A line's end inside an amount ends no block; a page begins a new one.
    """
    begin, end = part
    blocks: list[Span] = []
    starts = [place for place in pages if begin < place < end]
    cuts = sorted({begin, end, *starts, *_line_ends(text, part, spans)})
    for start, stop in pairwise(cuts):
        joined = (
            pages
            and blocks
            and blocks[-1][1] == start
            and start not in starts
            and text[start:stop].strip()
            and start - blocks[-1][0] < BLOCK_LENGTH
        )
        if joined:
            blocks[-1] = (blocks[-1][0], stop)
        elif text[start:stop].strip():
            blocks.append((start, stop))
    return blocks


def _line_ends(text: str, part: Span, spans: Sequence[Span]) -> Iterable[int]:
    begin, end = part
    inside = [span for span in spans if "\n" in text[span[0] : span[1]]]
    place = text.find("\n", begin, end)
    while place >= 0:
        if not any(start <= place < stop for start, stop in inside):
            yield place + 1
        place = text.find("\n", place + 1, end)


def sentences_of(text: str, spans: Sequence[Span]) -> list[Span]:
    """The sentences that state amounts, each once, in reading order."""
    found: list[Span] = []
    for start, end in spans:
        _, first, last, _ = context(text, start, end)
        if found and first < found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def runs_of(text: str, block: Span, mentions: Sequence[Row], first: int = 0) -> list[list[Any]]:
    """The text of a block in pieces: [text], [text, number of its amount or null, cue of ...].

    Amounts are numbered from `first`; where two share characters, the earlier one has them.
    """
    begin, end = block
    marks: list[tuple[int, int, int]] = []
    words: list[tuple[int, int, int]] = []
    for number, mention in enumerate(mentions, start=first):
        start = max(mention["start"], marks[-1][1] if marks else begin)
        if start < mention["end"]:
            marks.append((start, mention["end"], number))
        words += [(a, b, number) for a, b in cues(mention) if begin <= a and b <= end]
    cuts = {begin, end, *(place for a, b, _ in (*marks, *words) for place in (a, b))}
    places = sorted(place for place in cuts if begin <= place <= end)
    runs: list[list[Any]] = []
    for start, stop in pairwise(places):
        amount = next((n for a, b, n in marks if a <= start and stop <= b), None)
        said = sorted({n for a, b, n in words if a <= start and stop <= b})
        runs.append([text[start:stop], amount, said] if said else [text[start:stop], amount])
        if amount is None and not said:
            runs[-1] = [text[start:stop]]
    return _without_last_line_end(runs)


def _without_last_line_end(runs: list[list[Any]]) -> list[list[Any]]:
    if runs:
        runs[-1][0] = runs[-1][0].rstrip("\n")
    return [run for run in runs if run[0]]


def note_of(mention: Row, *, correct: bool = False) -> dict[str, Any]:
    """What the margin says of one amount; whether it leads to where people `correct` it."""
    rung = RUNGS.index(mention["status"]) + 1 if mention["status"] in RUNGS else 0
    about = [labels.flow(mention)]
    if mention["aid_type"]:
        about.append(labels.value("aid_type", mention["aid_type"]).lower())
    said = [", ".join(part for part in about if part)]
    if mention["cue"]:
        said.append(f"because of “{mention['cue']}”")
    if mention["attributed_to"]:
        said.append(f"said by {mention['attributed_to']}")
    if mention["review"]:
        said.append(f"{REVIEW[mention['review']].lower()} by {mention['reviewed_by']}")
    counts = mention["status"] != "other" and not mention["superseded_by"]
    return {
        "id": mention["mention_id"],
        "amount": labels.stated_amount(mention),
        "stage": labels.status(mention["status"], mention["hold"]),
        "status": mention["status"],
        "hold": mention["hold"],
        "rung": rung,
        "rungs": [STATUS[name] for name in RUNGS],
        "lines": [line for line in said if line],
        "figure": f"/figure/{mention['mention_id']}" if counts else None,
        "source": at_source(mention),
        "correct": f"/review?mention={mention['mention_id']}" if correct else None,
    }


def drawn(
    text: str, part: Span, mentions: Sequence[Row], pages: Sequence[int], *, whole: bool
) -> list[dict[str, Any]]:
    """The blocks of a part with their runs and the numbers of their amounts.

    `mentions` are those of the part. Unless `whole`, only the sentences that state amounts.
    A block on which a page begins names it.
    """
    spans = [(mention["start"], mention["end"]) for mention in mentions]
    blocks = blocks_of(text, part, spans, pages) if whole else sentences_of(text, spans)
    found = []
    at = 0
    for block in blocks:
        first = at
        while at < len(spans) and spans[at][0] < block[1]:
            at += 1
        begun = [n for n, place in enumerate(pages, start=1) if block[0] <= place < block[1]]
        found.append(
            {
                "runs": runs_of(text, block, mentions[first:at], first),
                "amounts": list(range(first, at)),
                **({"page": begun[0]} if begun else {}),
            }
        )
    return found
