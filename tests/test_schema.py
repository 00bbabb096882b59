"""The data model is the one that docs/DESIGN.md promises."""

import re
from pathlib import Path

import pytest

from tracker import schema

DESIGN = Path("docs/DESIGN.md").read_text(encoding="utf-8")


def _promised(record):
    """The column names in backticks in the record's paragraph of the design."""
    paragraph = re.search(rf"^{record}: (.*)$", DESIGN, re.M).group(1)
    return set(re.findall(r"`([a-z0-9_]+)`", paragraph))


@pytest.mark.parametrize(
    ("record", "table", "not_columns"),
    [
        ("Mention", schema.MENTION_SCHEMA, set()),
        ("Document", schema.DOCUMENT_SCHEMA, set()),
        ("Figure", schema.FIGURE_SCHEMA, set()),
        (
            "Review",
            schema.REVIEW_SCHEMA,
            {"review", "reviewed_by", "as_read", "superseded_by", "withdrawn"},
        ),
    ],
)
def test_every_promised_column_is_there(record, table, not_columns):
    promised = _promised(record) - not_columns
    assert promised
    assert promised <= set(table.names)


def test_statuses_and_holds_are_those_of_the_definitions():
    text = Path("docs/DEFINITIONS.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^- `(\w+)`: ", text, re.M)) == set(schema.STATUS)
    for code in (*schema.HOLD, *schema.QUALIFIER, *schema.PER, *schema.AID_TYPE):
        assert f"`{code}`" in text


@pytest.mark.parametrize("record", [schema.Mention, schema.Document, schema.Figure])
def test_every_column_says_what_it_is(record):
    for column in schema.columns_of(record):
        assert column.label, column.name
        assert column.description.endswith("."), column.name


def test_the_crosswalk_names_only_our_codes():
    assert set(schema.CROSSWALK) <= set(schema.STATUS) | set(schema.HOLD)
