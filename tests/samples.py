"""Hand-made documents and mentions that the tests of several packages share."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from tracker.schema import Document, Evidence, Mention, document_id_of

NEWER = "en-next"
"""A version of the extractor after the one of today."""

RETRIEVED = dt.datetime(2024, 3, 1, 12, 30, tzinfo=dt.UTC)


def make_document(text: str, **known: Any) -> Document:
    """A document with this text, as the text reader would give it."""
    return Document(
        **{
            "document_id": document_id_of(text),
            "text": text,
            "retrieved": RETRIEVED,
            "media_type": "text/plain",
            "original_sha256": hashlib.sha256(text.encode()).hexdigest(),
            "reader": "text 1",
        }
        | known
    )


def make_mention(document: Document, quote: str, amount: float, **tags: Any) -> Mention:
    """A mention of `quote` (its first place in the document) with an interval of 1 % a side."""
    start = document.text.index(quote)
    end = start + len(quote)
    key = f"{document.document_id}:{start}:{end}"
    line = next(line for line in document.text.splitlines() if quote in line)
    cue = tags.get("cue")
    if cue:
        tags["cue_start"] = document.text.index(cue)
        tags["cue_end"] = tags["cue_start"] + len(cue)
        tags["evidence"] = [Evidence("status", "by-hand", tags["cue_start"], tags["cue_end"])]
    return Mention(
        **{
            "mention_id": "m_" + hashlib.sha256(key.encode()).hexdigest()[:16],
            "document_id": document.document_id,
            "start": start,
            "end": end,
            "quote": quote,
            "sentence": line,
            "amount_min": amount,
            "amount_max": amount,
            "low": amount * 0.99,
            "high": amount * 1.01,
            "currency": "USD",
            "language": "en",
        }
        | tags
    )


FIRST = make_document(
    "Aid to Ukraine stalls\n\n"
    "The Senate blocks USD 61.4 billion that the White House has requested for Ukraine.\n"
    "The US has sent 45 billion dollars so far and pledged $2.5 million more.\n"
    "Germany gave €5-7 billion and approved EUR 1.25 billion for Kyiv, the minister said.\n",
    title="Aid to Ukraine stalls", title_found="first line", publisher="Daily Example",
    url="https://news.example/aid", published=dt.date(2023, 12, 7), published_precision="day",
    published_found="given", file_name="first.txt",
)  # fmt: skip
SECOND = make_document(
    "The Senate blocks USD 61.4 billion, requested for Ukraine.\n"
    "Somebody committed 100 million dollars; 20 million pounds were cancelled.\n"
    "=SUM(1) costs £500.50 a month, a price.\n",
    title="<script>alert(1)</script> & aid", title_found="given", published=dt.date(2024, 1, 1),
    published_precision="year", published_found="given", file_name="second.txt",
)  # fmt: skip
THIRD = make_document(
    'Needs of "about 9.3 billion dollars", says the World Bank,\u00a0and 0.1 francs.\n'
    "A package of $60bn.\n",
    title="=1+1", title_found="given", publisher="Bank, Press & Co", file_name="third.txt",
)  # fmt: skip

GIVEN: dict[str, list[Mention]] = {
    FIRST.document_id: [
        make_mention(FIRST, "USD 61.4 billion", 61.4e9, status="requested", hold="blocked",
                     donor="USA", recipient="UKR", cue="has requested"),
        make_mention(FIRST, "45 billion dollars", 45e9, status="disbursed", qualifier="below",
                     cumulative=True, donor="USA", recipient="UKR", cue="has sent"),
        make_mention(FIRST, "$2.5 million", 2.5e6, status="pledged", aid_type="military",
                     donor="USA", recipient="UKR", cue="pledged"),
        make_mention(FIRST, "€5-7 billion", 5e9, amount_max=7e9, high=7e9, currency="EUR",
                     status="disbursed", aid_type="financial", instrument="loan", donor="DEU",
                     recipient="UKR", attributed_to="the minister", cue="gave"),
        make_mention(FIRST, "EUR 1.25 billion", 1.25e9, currency="EUR", status="approved",
                     aid_type="financial", donor="DEU", recipient="UKR", cue="approved"),
    ],
    SECOND.document_id: [
        make_mention(SECOND, "USD 61.4 billion", 61.4e9, status="requested", hold="blocked",
                     donor="USA", recipient="UKR", cue="requested"),
        make_mention(SECOND, "100 million dollars", 1e8, status="committed", cue="committed"),
        make_mention(SECOND, "20 million pounds", 2e7, currency="GBP", status="committed",
                     hold="cancelled", donor="GBR", cue="cancelled"),
        make_mention(SECOND, "£500.50", 500.5, currency="GBP", status="other", per="month"),
    ],
    THIRD.document_id: [
        make_mention(THIRD, "9.3 billion dollars", 9.3e9, status="needed", qualifier="about",
                     aid_type="reconstruction", recipient="UKR", attributed_to="WORLD BANK"),
        make_mention(THIRD, "0.1 francs", 0.1, currency="CHF", status="other"),
        make_mention(THIRD, "$60bn", 60e9, donor="EU", recipient="UKR", aid_type="mixed"),
    ],
}  # fmt: skip
"""Twelve mentions in three documents, by document_id."""
