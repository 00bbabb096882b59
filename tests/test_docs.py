"""The documentation of the statuses says what the program does."""

import re
from pathlib import Path

import pytest

import tracker
from tracker.reports import FORMATS
from tracker.reports.columns import columns
from tracker.schema import CROSSWALK, EXAMPLE, HOLD, MEANING, STATUS, VOCABULARIES

STATUSES = Path("docs/STATUSES.md").read_text(encoding="utf-8")


def _rows(heading):
    section = STATUSES.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


@pytest.mark.parametrize(
    ("tag", "value", "example"),
    [("status", *row[:2]) for row in _rows("From asked to paid")]
    + [("hold", *row[:2]) for row in _rows("On hold")],
)
def test_each_example_is_read_as_it_says(tag, value, example):
    quote = re.search(r"\*\*(.+?)\*\*", example).group(1)
    words = re.search(r"(?<!\*)\*([^*]+)\*(?!\*)", example)
    text = example.replace("*", "")
    (mention,) = tracker.extract(text)
    assert (mention.quote, getattr(mention, tag)) == (quote, value)
    if words:
        first = text.index(words.group(1))
        evidence = next(e for e in mention.evidence if e.tag == tag)
        assert evidence.start < first + len(words.group(1))
        assert first < evidence.end


def test_the_reports_it_describes_are_those_that_are_written():
    text = Path("docs/REPORTS.md").read_text(encoding="utf-8")
    formats = re.findall(r"`\.(\w+)`", text.split("## Formats")[1].split("What an Excel")[0])
    assert sorted(formats) == sorted(FORMATS)
    names = {column.name for what in ("mentions", "figures") for column in columns(what)}
    named = re.findall(r"`([a-z]+_[a-z_]+)`", text.split("## Columns")[1].split("## The data")[0])
    assert len(named) >= 8
    assert set(named) - names == set()


def test_every_status_and_hold_has_its_example():
    assert [row[0] for row in _rows("From asked to paid")] == list(STATUS)
    assert [row[0] for row in _rows("On hold")] == list(HOLD)


def test_the_meanings_are_those_of_the_exports():
    rows = _rows("From asked to paid") + _rows("On hold")
    assert {row[0]: row[2] for row in rows} == MEANING
    assert {row[0]: row[1] for row in rows} == EXAMPLE


def test_the_codes_are_those_of_the_exports():
    keys = tuple(VOCABULARIES)
    shown = {
        row[0]: {key: cell for key, cell in zip(keys, row[1:], strict=True) if cell}
        for row in _rows("The codes of others")
    }
    assert shown == CROSSWALK
