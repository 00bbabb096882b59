"""Gold stories: documents with every mention labelled by hand and told which figure it states.

A file of `gold/stories/` is TOML: `figures` gives each label its tags, `documents` the texts. In
a text, `{label,key=value,... $1 billion}` marks a mention of the figure `label`; the keys overrule
its tags where this mention says something else, an empty value where it says nothing. The tags:
s status, h hold, d donor, r recipient, k kind of aid, i instrument, q hedge, p per, c running
total, by speaker, from and to the period, part the label of the whole ("_" stands for a space in a
name). The title is the first line of the text. A document with `copy_of` is another one's text
with some words replaced: a wire story as a second paper printed it. The label "-" is for what is
no funding.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from tracker.extraction.amounts.numbers import Number, interval
from tracker.schema import Document, Mention, document_id_of

GOLD = Path(__file__).parent / "gold"
STORIES = sorted((GOLD / "stories").glob("*.toml"))
SEVEN = GOLD / "us_ukraine_2025.toml"

_MARK = re.compile(r"\{([^\s{}]+) ([^{}]+)\}")
_NUMBER = re.compile(r"[\d.,]+")
_SCALES = {"billion": 10**9, "million": 10**6}
_NAMES = {
    "s": "status", "h": "hold", "d": "donor", "r": "recipient", "k": "aid_type", "i": "instrument",
    "q": "qualifier", "p": "per", "c": "cumulative", "by": "attributed_to", "from": "period_start",
    "to": "period_end",
}  # fmt: skip
_CODED = {"qualifier", "aid_type", "instrument"}
_DATES = {"period_start", "period_end"}


class Story(NamedTuple):
    """A story: its documents, their labelled mentions, and the figure that each truly states."""

    name: str
    documents: list[Document]
    mentions: list[Mention]
    figure: dict[str, str]
    """mention_id to the label, with the story's name in front."""
    copies: dict[str, str]
    """document_id of a copy to the document_id that it copies."""


def read_story(path: Path) -> Story:
    """A story of one file. Raises KeyError for a label or a tag that is not declared."""
    raw = tomllib.loads(path.read_text("utf-8"))
    tags = {label: _tags(words.split()) for label, words in raw["figures"].items()}
    story = Story(path.stem, [], [], {}, {})
    ids: dict[str, str] = {}
    texts: dict[str, str] = {}
    for entry in raw["documents"]:
        body = texts[entry["id"]] = _text(entry, texts)
        marked = f"{entry['title']}\n\n{body.strip()}\n"
        text = _MARK.sub(r"\2", marked)
        document = Document(
            document_id=document_id_of(text), text=text, title=_MARK.sub(r"\2", entry["title"]),
            title_found="given", publisher=entry.get("publisher"), url=entry.get("url"),
            published=entry.get("published"), published_found="given",
            published_precision="day" if "published" in entry else None, language="en",
            original_sha256=hashlib.sha256(text.encode()).hexdigest(), media_type="text/plain",
            retrieved=dt.datetime(2025, 10, 1, tzinfo=dt.UTC), reader="text 1",
        )  # fmt: skip
        ids[entry["id"]] = document.document_id
        if "copy_of" in entry:
            story.copies[document.document_id] = ids[entry["copy_of"]]
        story.documents.append(document)
        story.mentions.extend(_labelled(marked, document, tags, story))
    return story


def _text(entry: dict[str, Any], texts: dict[str, str]) -> str:
    if "copy_of" not in entry:
        return str(entry["text"])
    text = texts[entry["copy_of"]]
    for old, new in entry["replace"]:
        if old not in text:
            raise KeyError(f"{entry['id']}: {old!r} is not in what it copies")
        text = text.replace(old, new)
    return text


def _labelled(
    marked: str, document: Document, tags: dict[str, dict[str, Any]], story: Story
) -> Iterator[Mention]:
    """The labelled mentions of a document; a part names the first mention of its whole there."""
    removed = 0
    whole: dict[str, str] = {}
    found: list[tuple[Mention, str | None]] = []
    for mark in _MARK.finditer(marked):
        label, *words = mark.group(1).split(",")
        quote = mark.group(2)
        start = mark.start() - removed
        end = start + len(quote)
        removed += len(mark.group()) - len(quote)
        assert document.text[start:end] == quote
        known = dict(tags[label] if label != "-" else {"currency": "USD"}) | _tags(words)
        part = known.pop("part", None)
        amount, low, high = _amount(quote, known.get("qualifier", "exact"))
        key = f"{document.document_id}:{start}:{end}"
        mention = Mention(
            mention_id="m_" + hashlib.sha256(key.encode()).hexdigest()[:16],
            document_id=document.document_id, start=start, end=end, quote=quote,
            sentence=_sentence(document.text, start, end), amount_min=amount, amount_max=amount,
            low=low, high=high, language="en", **known,
        )  # fmt: skip
        whole.setdefault(label, mention.mention_id)
        found.append((mention, part))
        if label != "-":
            story.figure[mention.mention_id] = f"{story.name}:{label}"
    for mention, part in found:
        mention.part_of = whole.get(part or "")
        yield mention


def _tags(words: list[str]) -> dict[str, Any]:
    known: dict[str, Any] = {}
    for word in words:
        key, given, value = word.partition("=")
        if not given:
            known["currency"] = key
            continue
        name = "part" if key == "part" else _NAMES[key]
        known[name] = (value if name in _CODED else value.replace("_", " ")) or None
        if name in _DATES and value:
            known[name] = dt.date.fromisoformat(value)
        elif name == "cumulative":
            known[name] = value == "1"
    return known


def _amount(quote: str, qualifier: str) -> tuple[float, float, float]:
    """The amount as written and the interval of rule 4 in docs/DESIGN.md."""
    digits = _NUMBER.search(quote)
    assert digits, quote
    text = digits.group().rstrip(".,").replace(",", "")
    scale = next(s for word, s in _SCALES.items() if word in quote)
    number = Number(Decimal(text), len(text.partition(".")[2]))
    low, high = interval(number, Decimal(scale), qualifier)
    return float(number.value * scale), float(low), float(high)


def _sentence(text: str, start: int, end: int) -> str:
    behind = [text.rfind(mark, 0, start) for mark in (". ", "\n")]
    first = max(behind[0] + 2 if behind[0] >= 0 else 0, behind[1] + 1)
    last = re.search(r"[.!?](?=\s)|\n", text[end:])
    return text[first : end + last.start() + 1 if last else len(text)].strip()
