"""The data model, in one place: columns, Arrow types, labels, descriptions, units and codes.

Everything else that needs a column's name, type or meaning (the store, exports, screens,
documentation) takes it from here. A column is declared once, as a field of a dataclass whose
metadata carries its Arrow type and its description.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import partial
from typing import Any, NamedTuple

import pyarrow as pa

EXTRACTOR = "en-16"
"""Version of the extractor, written into every mention. Raise it when a rule changes a result."""

STATUS = {
    "needed": "Needed",
    "requested": "Requested",
    "pledged": "Pledged",
    "approved": "Approved",
    "committed": "Committed",
    "disbursed": "Disbursed",
    "unspecified": "Stage not said",
    "other": "Not funding",
}
"""Stages of an amount, in the order from asked to paid; defined in docs/DEFINITIONS.md."""

HOLD = {"blocked": "Blocked", "cancelled": "Cancelled"}
QUALIFIER = {
    "exact": "as stated",
    "about": "about",
    "below": "almost",
    "above": "more than",
    "up_to": "up to",
}
PER = {
    "day": "a day",
    "week": "a week",
    "month": "a month",
    "quarter": "a quarter",
    "year": "a year",
}
AID_TYPE = {
    "military": "Military",
    "financial": "Financial",
    "humanitarian": "Humanitarian",
    "reconstruction": "Reconstruction",
    "mixed": "Mixed",
}
INSTRUMENT = {"grant": "Grant", "loan": "Loan", "guarantee": "Guarantee", "in_kind": "In kind"}
REVIEW = {
    "confirmed": "Confirmed",
    "corrected": "Corrected",
    "added": "Added by hand",
    "rejected": "Rejected",
}
"""What people's reviews make of a mention."""
ACTION = {
    "confirm": "confirmed",
    "correct": "corrected",
    "reject": "rejected",
    "add": "added by hand",
    "same": "the same figure",
    "different": "not the same figure",
    "withdraw": "withdrawn",
    "undo": "undone",
}
"""What a review decides."""

MEANING = {
    "needed": "an estimate of need, cost, damage, deficit or gap",
    "requested": "asked for, proposed, appealed for; a bill not yet voted",
    "pledged": 'announced, promised, planned, "will provide"',
    "approved": "one chamber, government or board has said yes",
    "committed": "allocated, earmarked, obligated, contracted, signed",
    "disbursed": "given, sent, delivered, received, spent, raised",
    "unspecified": "public money, but no stage is said",
    "other": "a price, GDP, revenue, a fine, private money, reserves",
    "blocked": "stalled, frozen, delayed, vetoed, suspended",
    "cancelled": "cut, rescinded, terminated, voted down",
}
"""Each status and hold in a line; docs/DEFINITIONS.md has the rules."""

EXAMPLE = {
    "needed": "Rebuilding the port *will cost* **$5 billion**.",
    "requested": "The White House *asked Congress for* **$61.4 billion** in aid to Ukraine.",
    "pledged": "Norway *promised* **€300 million** to Moldova.",
    "approved": "Parliament *approved* **€12 billion** in aid to Ukraine.",
    "committed": "Raytheon *was awarded* a **$1.2 billion** contract for interceptors.",
    "disbursed": "The World Bank *has paid* **$1.5 billion** to Ukraine.",
    "unspecified": "The talks were about a **$60bn** aid package.",
    "other": "The *price of* a new tank is **$24 million**.",
    "blocked": "Hungary *is blocking* **€6.6 billion** in military aid to Ukraine.",
    "cancelled": "The Senate *rescinded* **$8 billion** in foreign aid.",
}
"""Each status and hold in a sentence: **the amount**, *the words that decide*."""

CROSSWALK = {
    "needed": {"fts": "plan requirements"},
    "requested": {"fts": "requirements (appeal)", "us_budget": "requested"},
    "pledged": {
        "iati": "12 Outgoing Pledge / 13 Incoming Pledge",
        "fts": "pledge",
        "kiel": "commitment",
        "us_budget": "announced",
    },
    "approved": {"kiel": "commitment", "us_budget": "appropriated"},
    "committed": {
        "iati": "2 Outgoing Commitment / 11 Incoming Commitment",
        "fts": "commitment",
        "kiel": "allocation",
        "us_budget": "obligated",
    },
    "disbursed": {
        "iati": "3 Disbursement (4 Expenditure, 1 Incoming Funds)",
        "fts": "paid",
        "kiel": "disbursement",
        "us_budget": "outlay",
    },
    "blocked": {"iati": "ActivityStatus 6 Suspended", "us_budget": "deferred"},
    "cancelled": {"iati": "ActivityStatus 5 Cancelled", "us_budget": "rescinded, deobligated"},
}
"""Nearest terms of others, by `VOCABULARIES`: not equivalents."""
VOCABULARIES = {
    "iati": "IATI TransactionType",
    "fts": "UN OCHA FTS",
    "kiel": "Kiel",
    "us_budget": "US budget",
}


class Column(NamedTuple):
    """What one column holds: its name, Arrow type, label, description, unit and codes."""

    name: str
    type: pa.DataType
    label: str
    description: str
    unit: str | None = None
    codes: Mapping[str, str] | None = None


def column(
    type_: pa.DataType,
    label: str,
    description: str,
    *,
    unit: str | None = None,
    codes: Mapping[str, str] | None = None,
    default: Any = MISSING,
) -> Any:
    """A dataclass field that carries the Arrow type, label, description, unit and codes."""
    metadata = {"column": (type_, label, description, unit, codes)}
    if isinstance(default, list):
        return field(default_factory=list, metadata=metadata)
    return field(default=default, metadata=metadata)


optional = partial(column, default=None)
"""A column that is empty when the source does not say."""


def columns_of(record: type) -> tuple[Column, ...]:
    """The columns that the dataclass `record` declares, in order."""
    return tuple(Column(f.name, *f.metadata["column"]) for f in fields(record))


def arrow_schema(record: type) -> pa.Schema:
    """The Arrow schema of the dataclass `record`."""
    return pa.schema([(c.name, c.type) for c in columns_of(record)])


TEXT, WHOLE, REAL, YES_NO, DATE = pa.string(), pa.int64(), pa.float64(), pa.bool_(), pa.date32()
MOMENT = pa.timestamp("us", tz="UTC")
EVIDENCE_TYPE = pa.list_(
    pa.struct([("tag", TEXT), ("rule", TEXT), ("start", WHOLE), ("end", WHOLE)])
)


def document_id_of(text: str) -> str:
    """The id of a document, made from its text at the first reading: "d_" and 16 hex digits."""
    return "d_" + hashlib.sha256(text.encode()).hexdigest()[:16]


def mention_id_of(document_id: str, start: int, end: int) -> str:
    """The id of a mention, made from its document and span: "m_" and 16 hex digits."""
    key = f"{document_id}:{start}:{end}".encode()
    return "m_" + hashlib.sha256(key).hexdigest()[:16]


class Evidence(NamedTuple):
    """Why a tag has its value: the tag, the id of the rule, and the words (code points) it read."""

    tag: str
    rule: str
    start: int
    end: int


@dataclass(slots=True, kw_only=True)
class Mention:
    """One occurrence of an amount of money in a document, with its offsets, value and tags."""

    mention_id: str = column(TEXT, "Mention", "Made from document, start and end.")
    document_id: str = column(TEXT, "Document", "The document that states the amount.")
    start: int = column(WHOLE, "Start", "First character of the amount.", unit="code points")
    end: int = column(WHOLE, "End", "Behind the last character of the amount.", unit="code points")
    quote: str = column(TEXT, "Amount as written", "The amount's exact characters.")
    sentence: str = column(TEXT, "Quote", "The sentence that states the amount.")
    amount_min: float = column(
        REAL, "Amount", "The amount, or the lower bound of a range.", unit="currency units"
    )
    amount_max: float = column(
        REAL, "Amount, upper bound", "Equal to the amount unless a range.", unit="currency units"
    )
    low: float = column(
        REAL, "At least", "Lower end of what the digits and hedge allow.", unit="currency units"
    )
    high: float = column(
        REAL, "Below", "Upper end (exclusive) of what they allow.", unit="currency units"
    )
    currency: str = column(TEXT, "Currency", "ISO 4217 code.")
    qualifier: str = column(TEXT, "Hedge", "Hedge at the amount.", codes=QUALIFIER, default="exact")
    per: str | None = optional(TEXT, "Per", "The time that the amount is paid for.", codes=PER)
    status: str = column(
        TEXT, "Status", "The stage that the sentence puts the money in.", codes=STATUS,
        default="unspecified",
    )  # fmt: skip
    hold: str | None = optional(
        TEXT, "Hold", "Whether the money is blocked or cancelled.", codes=HOLD
    )
    cumulative: bool = column(YES_NO, "Running total", "True for a running total.", default=False)
    aid_type: str | None = optional(TEXT, "Kind of aid", "What the money is for.", codes=AID_TYPE)
    instrument: str | None = optional(
        TEXT, "Instrument", "Grant, loan, guarantee or in kind.", codes=INSTRUMENT
    )
    donor: str | None = optional(
        TEXT, "Donor", "Who gives: ISO 3166-1 alpha-3 or an organisation's common name."
    )
    recipient: str | None = optional(
        TEXT, "Recipient", "Who receives: ISO 3166-1 alpha-3 or an organisation's common name."
    )
    attributed_to: str | None = optional(
        TEXT, "Said by", "Who states the figure in the text; empty when the text itself does."
    )
    period: str | None = optional(TEXT, "Period", "The words of the period, as written.")
    period_start: dt.date | None = optional(DATE, "Period from", "First day of the period.")
    period_end: dt.date | None = optional(DATE, "Period to", "Last day of the period.")
    equivalent_of: str | None = optional(
        TEXT, "Equivalent of", "The mention that states the same sum in another currency."
    )
    part_of: str | None = optional(TEXT, "Part of", "The mention whose sum this one divides.")
    cue: str | None = optional(TEXT, "Cue", "The words that decided the status.")
    cue_start: int | None = optional(
        WHOLE, "Cue start", "First character of the cue.", unit="code points"
    )
    cue_end: int | None = optional(
        WHOLE, "Cue end", "Behind the last character of the cue.", unit="code points"
    )
    evidence: list[Evidence] = column(
        EVIDENCE_TYPE, "Evidence", "Why each tag has its value: tag, rule, start, end.",
        default=[],
    )  # fmt: skip
    language: str | None = optional(TEXT, "Language", "ISO 639-1 code of the text.")
    extractor: str = column(TEXT, "Extractor", "Version that read the mention.", default=EXTRACTOR)


@dataclass(slots=True, kw_only=True)
class Document:
    """One text from a publisher: frozen text, content hash, and where it was found."""

    document_id: str = column(TEXT, "Document", "Made from the text at its first reading.")
    title: str | None = optional(TEXT, "Title", "Title of the document.")
    title_found: str | None = optional(
        TEXT, "Title found", "How the title was found: given, sidecar, first line and so on."
    )
    publisher: str | None = optional(TEXT, "Publisher", "Who published it.")
    publisher_found: str | None = optional(
        TEXT, "Publisher found", "How the publisher was found: given, page metadata and so on."
    )
    url: str | None = optional(TEXT, "Source", "Where it was published.")
    url_found: str | None = optional(TEXT, "Source found", "How the address was found.")
    published: dt.date | None = optional(DATE, "Published", "Date of publication.")
    published_precision: str | None = optional(TEXT, "Date precision", "day, month or year.")
    published_found: str | None = optional(TEXT, "Date found", "How the date was found.")
    retrieved: dt.datetime | None = optional(MOMENT, "Retrieved", "When it was read, UTC.")
    retrieved_how: str | None = optional(
        TEXT, "Retrieved how", "From a file, a row of a table, or an address."
    )
    language: str | None = optional(TEXT, "Language", "ISO 639-1 code.")
    language_found: str | None = optional(TEXT, "Language found", "How the language was found.")
    file_name: str | None = optional(TEXT, "File", "Name of the file it was read from.")
    media_type: str | None = optional(TEXT, "Media type", "Of the original.")
    original_sha256: str | None = optional(TEXT, "SHA-256", "Of the original bytes.")
    reader: str | None = optional(TEXT, "Reader", "Name and version of what read the text.")
    pages: list[int] = column(
        pa.list_(WHOLE), "Pages", "Start of each page.", unit="code points", default=[]
    )
    extracted_by: str | None = optional(
        TEXT, "Extracted by", "Extractor version; empty until the mentions are stored."
    )
    supersedes: str | None = optional(TEXT, "Supersedes", "The document that this one replaces.")
    text: str = column(TEXT, "Text", "The frozen text.", default="")


@dataclass(slots=True, kw_only=True)
class Sighting:
    """One place and time where a document's text was seen."""

    document_id: str = column(TEXT, "Document", "The document that was seen.")
    source: str = column(TEXT, "Seen at", "URL or file name.")
    retrieved: dt.datetime | None = optional(
        MOMENT, "Retrieved", "When it was first seen there, UTC."
    )
    retrieved_how: str | None = optional(
        TEXT, "Retrieved how", "From a file, a row of a table, or an address."
    )
    title: str | None = optional(TEXT, "Title", "Title as given there.")
    publisher: str | None = optional(TEXT, "Publisher", "Publisher as given there.")
    url: str | None = optional(TEXT, "Source", "URL as given there.")
    published: dt.date | None = optional(DATE, "Published", "Date as given there.")
    original_sha256: str | None = optional(TEXT, "SHA-256", "Of the bytes seen there.")


@dataclass(slots=True, kw_only=True)
class History:
    """What a mention was, when, and by which extractor or person: append-only."""

    mention_id: str | None = optional(
        TEXT, "Mention", "The mention; empty for a review of a document."
    )
    document_id: str = column(TEXT, "Document", "Its document.")
    recorded: dt.datetime = column(MOMENT, "Recorded", "When, UTC.")
    by: str = column(TEXT, "By", "Extractor version or person.")
    event: str = column(TEXT, "Event", "read, changed or gone by an extractor; review by a person.")
    values: str = column(TEXT, "Values", "The mention's columns, or those of the review, as JSON.")


@dataclass(slots=True, kw_only=True)
class Review:
    """A dated decision with name and reason about a mention, two mentions, or a document.

    It keeps what the extractor had read of each mention, so that it finds them again when a newer
    version reads other spans.
    """

    review_id: str = column(TEXT, "Review", "Id of the decision.")
    made: dt.datetime = column(MOMENT, "Made", "When, UTC.")
    by: str = column(TEXT, "By", "Who decided.")
    reason: str = column(TEXT, "Reason", "Why.")
    action: str = column(TEXT, "Action", "What was decided.", codes=ACTION)
    document_id: str = column(TEXT, "Document", "The document, or that of the mention.")
    mention_id: str | None = optional(TEXT, "Mention", "The mention decided on.")
    start: int | None = optional(WHOLE, "Start", "Span of the mention.", unit="code points")
    end: int | None = optional(WHOLE, "End", "Span of the mention.", unit="code points")
    quote: str | None = optional(TEXT, "Amount as written", "The mention's quote.")
    sentence: str | None = optional(TEXT, "Quote", "The mention's sentence.")
    amount_min: float | None = optional(REAL, "Amount", "As read.", unit="currency units")
    amount_max: float | None = optional(
        REAL, "Amount, upper bound", "As read.", unit="currency units"
    )
    currency: str | None = optional(TEXT, "Currency", "As read: ISO 4217 code.")
    values: str | None = optional(TEXT, "Values", "Corrected or added columns as JSON.")
    other_mention_id: str | None = optional(
        TEXT, "Other mention", "The second mention of same and different."
    )
    other: str | None = optional(
        TEXT, "Other mention as read", "Its document, span, quote, sentence and amount as JSON."
    )
    undoes: str | None = optional(TEXT, "Undoes", "The review that an undo makes void.")


@dataclass(slots=True, kw_only=True)
class ReviewedMention(Mention):
    """A mention with people's reviews applied, as `Store.mentions()` and screens give it."""

    review: str | None = optional(TEXT, "Review", "What reviews make of it.", codes=REVIEW)
    reviewed_by: str | None = optional(TEXT, "Reviewed by", "Who made the last review.")
    as_read: str | None = optional(
        TEXT, "As read", "Corrected columns as the extractor read them, as JSON."
    )


@dataclass(slots=True, kw_only=True)
class ReviewedDocument(Document):
    """A document with people's reviews applied, as `Store.documents()` gives it."""

    superseded_by: str | None = optional(
        TEXT, "Superseded by", "The newer document that replaces this one."
    )
    withdrawn: bool = column(YES_NO, "Withdrawn", "True when a review withdrew it.", default=False)
    reviewed_by: str | None = optional(TEXT, "Reviewed by", "Who made the last review.")
    as_read: str | None = optional(
        TEXT, "As read", "Corrected columns as they were found, as JSON."
    )


@dataclass(slots=True, kw_only=True)
class Figure:
    """One amount of one flow at one stage, as one or more mentions state it."""

    figure_id: str = column(TEXT, "Figure", "From the figure's first mention.")
    amount: float = column(
        REAL, "Amount", "Of the most precise mention; the middle of a range.", unit="currency units"
    )
    amount_min: float = column(
        REAL, "Amount, lower bound", "Of the most precise mention.", unit="currency units"
    )
    amount_max: float = column(
        REAL, "Amount, upper bound", "Equal to the lower one unless a range.", unit="currency units"
    )
    low: float = column(REAL, "At least", "Lowest stated.", unit="currency units")
    high: float = column(REAL, "Below", "Highest stated.", unit="currency units")
    currency: str = column(TEXT, "Currency", "ISO 4217 code.")
    qualifier: str = column(TEXT, "Hedge", "Of the most precise mention.", codes=QUALIFIER)
    per: str | None = optional(TEXT, "Per", "The time that the amount is paid for.", codes=PER)
    status: str = column(TEXT, "Status", "The stage of the money.", codes=STATUS)
    hold: str | None = optional(TEXT, "Hold", "Blocked or cancelled.", codes=HOLD)
    cumulative: bool = column(YES_NO, "Running total", "True for a running total.", default=False)
    aid_type: str | None = optional(TEXT, "Kind of aid", "What the money is for.", codes=AID_TYPE)
    instrument: str | None = optional(
        TEXT, "Instrument", "Grant, loan, guarantee or in kind.", codes=INSTRUMENT
    )
    donor: str | None = optional(TEXT, "Donor", "Who gives.")
    recipient: str | None = optional(TEXT, "Recipient", "Who receives.")
    mentions: int = column(WHOLE, "Mentions", "How many mentions state it.", default=0)
    documents: int = column(WHOLE, "Documents", "In how many documents.", default=0)
    publishers: int = column(
        WHOLE, "Publishers", "Known publishers that are independent: copies of one story are one.",
        default=0,
    )  # fmt: skip
    copies: int = column(WHOLE, "Copies", "Documents that copy another one's story.", default=0)
    speakers: list[str] = column(pa.list_(TEXT), "Speakers", "Who states it.", default=[])
    undated: bool = column(
        YES_NO, "Undated", "True when a document that states it has no date.", default=False
    )
    first_published: dt.date | None = optional(DATE, "First published", "Earliest known date.")
    last_published: dt.date | None = optional(DATE, "Last published", "Latest known date.")
    period_start: dt.date | None = optional(DATE, "Period from", "First day of the period.")
    period_end: dt.date | None = optional(DATE, "Period to", "Last day of the period.")
    part_of: list[str] = column(
        pa.list_(TEXT), "Part of", "The mentions whose sums this one divides.", default=[]
    )
    equivalent_of: list[str] = column(
        pa.list_(TEXT), "Equivalent of", "Mentions of the same sum in another currency.", default=[]
    )
    mention_ids: list[str] = column(pa.list_(TEXT), "Members", "Its mentions.", default=[])


MENTION_SCHEMA = arrow_schema(Mention)
DOCUMENT_SCHEMA = arrow_schema(Document)
SIGHTING_SCHEMA = arrow_schema(Sighting)
HISTORY_SCHEMA = arrow_schema(History)
REVIEW_SCHEMA = arrow_schema(Review)
REVIEWED_MENTION_SCHEMA = arrow_schema(ReviewedMention)
REVIEWED_DOCUMENT_SCHEMA = arrow_schema(ReviewedDocument)
FIGURE_SCHEMA = arrow_schema(Figure)
