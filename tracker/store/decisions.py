"""Reviews as people make them: checked against the stored documents, ready to be added."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
import secrets
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.compute as pc

from tracker.documents import parse_date
from tracker.extraction import extract
from tracker.extraction.amounts.numbers import Number, interval
from tracker.extraction.text.names import country_names
from tracker.extraction.words import load_rules
from tracker.schema import Mention, Review, columns_of, mention_id_of
from tracker.store.reviewed import decide, write_values
from tracker.store.rows import Row
from tracker.store.store import Store

MENTION_FIELDS = (
    "amount_min", "amount_max", "low", "high", "currency", "qualifier", "per", "status", "hold",
    "cumulative", "aid_type", "instrument", "donor", "recipient", "attributed_to", "period",
    "period_start", "period_end", "equivalent_of", "part_of", "cue",
)  # fmt: skip
"""What a review can correct of a mention; `amount` sets both bounds."""
DOCUMENT_FIELDS = ("title", "publisher", "published", "url")
"""What a review can correct of a document."""
NOTHING = ("", "none", "null")
"""Values that say that a field is empty."""

_COLUMNS = {column.name: column for column in columns_of(Mention)}
_REQUIRED = {"amount_min", "amount_max", "low", "high", "currency", "qualifier", "status",
             "cumulative"}  # fmt: skip
_KEPT = ("document_id", "mention_id", "start", "end", "quote", "sentence", "amount_min",
         "amount_max", "currency")  # fmt: skip


class ReviewError(ValueError):
    """A review that cannot be: one line that says why."""


def about_mention(
    store: Store,
    mention_id: str,
    action: str,
    *,
    reason: str,
    by: str,
    values: Iterable[str] = (),
) -> Review:
    """Confirm, reject or correct (with `values` as "name=value") a mention.

    Raises ReviewError when there is no such mention or a value cannot be.
    """
    row = _mention(store, mention_id)
    corrected = _mention_values(store, row, values) if action == "correct" else {}
    if action == "correct" and not corrected:
        raise ReviewError("--set needs name=value")
    return _review(action, reason, by, **_as_read(store, row), values=corrected)


def add_mention(
    store: Store,
    document_id: str,
    start: int,
    end: int,
    *,
    reason: str,
    by: str,
    values: Iterable[str] = (),
) -> Review:
    """Add an amount that was missed: code points `start` to `end` (exclusive) of the document.

    The amount and its tags are read from the span in its place where the extractor can; `values`
    say what it cannot. Raises ReviewError when the span is none, overlaps a mention of the same
    amount, or the amount is neither read nor given.
    """
    text = _document(store, document_id)["text"]
    if not 0 <= start < end <= len(text):
        raise ReviewError(f"{document_id}: no span {start} to {end}, it has {len(text)} characters")
    mention_id = mention_id_of(document_id, start, end)
    if _find(store, mention_id) is not None:
        raise ReviewError(f"{mention_id}: stands there already, correct it with --set")
    row: Row = {
        "document_id": document_id, "mention_id": mention_id, "start": start, "end": end,
        "quote": text[start:end], "sentence": _sentence(text, start, end),
        "cue_start": None, "cue_end": None, "qualifier": "exact",
    }  # fmt: skip
    read = _read_alone(text[start:end])
    given = _mention_values(store, row | read, values)
    whole = read | given
    missing = sorted({"amount_min", "currency"} - whole.keys())
    if missing:
        names = " and ".join("amount" if name == "amount_min" else name for name in missing)
        raise ReviewError(f"{row['quote']!r}: {names} cannot be read there, give --set {names}=...")
    kept = {name: (row | whole)[name] for name in _KEPT}
    mentions, _, _ = store.reviewed()
    for other in mentions.filter(pc.field("document_id") == document_id).to_pylist():
        overlaps = other["start"] < end and start < other["end"]
        if overlaps and all(other[name] == kept[name] for name in _KEPT[-3:]):
            place = f"{other['mention_id']} states that amount there, confirm or correct it"
            raise ReviewError(f"{document_id}: {place}")
    return _review("add", reason, by, **kept, values=whole)


def about_pair(store: Store, one: str, other: str, action: str, *, reason: str, by: str) -> Review:
    """Two mentions state the same figure, or (`action` "different") do not."""
    if one == other:
        raise ReviewError(f"{one}: is one mention, name two")
    first, second = (_as_read(store, _mention(store, name)) for name in (one, other))
    return _review(
        action, reason, by, **first, other_mention_id=other,
        other=json.dumps(second, ensure_ascii=False),
    )  # fmt: skip


def about_document(
    store: Store,
    document_id: str,
    action: str,
    *,
    reason: str,
    by: str,
    values: Iterable[str] = (),
) -> Review:
    """Withdraw a document, or correct its title, publisher, published or url."""
    _document(store, document_id)
    corrected: dict[str, Any] = {}
    for name, value in _pairs(values, DOCUMENT_FIELDS):
        text = None if value.strip().casefold() in NOTHING else " ".join(value.split())
        corrected[name] = text
        if name == "published":
            corrected["published_precision"] = None
            if text:
                try:
                    corrected[name], corrected["published_precision"] = parse_date(text)
                except ValueError as error:
                    raise ReviewError(f"published: {error}") from None
            corrected["published_found"] = "review"
        elif name == "title":
            corrected["title_found"] = "review"
        elif name == "url" and text and urlsplit(text).scheme not in ("http", "https"):
            raise ReviewError(f"url: {text!r} is no address that begins with http(s)://")
    if action == "correct" and not corrected:
        raise ReviewError("--set needs name=value")
    return _review(action, reason, by, document_id=document_id, values=corrected)


def undo(store: Store, review_id: str, *, reason: str, by: str) -> Review:
    """Make a review void; an undo can itself be undone."""
    table = store.table("reviews")
    rows = table.filter(pc.field("review_id") == review_id).to_pylist()
    if not rows:
        raise ReviewError(f"{review_id}: no such review in {store.path}")
    about = {name: rows[0][name] for name in ("document_id", "mention_id", "start", "end", "quote")}
    return _review("undo", reason, by, **about, undoes=review_id)


def _review(action: str, reason: str, by: str, **about: Any) -> Review:
    for name, value in (("reason", reason), ("by", by)):
        if not value.strip():
            raise ReviewError(f"--{name} says nothing")
    values = about.pop("values", {})
    return Review(
        review_id=f"r_{secrets.token_hex(8)}", made=dt.datetime.now(dt.UTC),
        by=" ".join(by.split()), reason=" ".join(reason.split()), action=action,
        values=write_values(values) if values else None, **about,
    )  # fmt: skip


def _find(store: Store, mention_id: str) -> Row | None:
    """The mention as reviewed: of its own document alone, since the store may be big."""
    reviews = store.table("reviews")
    for table in (store.table("mentions", ["mention_id", "document_id"]), reviews):
        found = table.filter(pc.field("mention_id") == mention_id)["document_id"].to_pylist()
        if found:
            break
    else:
        return None
    links = store.table("documents", ["document_id", "supersedes"]).to_pydict()
    supersedes = dict(zip(links["document_id"], links["supersedes"], strict=True))
    shown, _ = decide(store.table_about("mentions", found[0]), reviews, supersedes)
    rows: list[Row] = shown.filter(pc.field("mention_id") == mention_id).to_pylist()
    return rows[0] if rows else None


def _mention(store: Store, mention_id: str) -> Row:
    row = _find(store, mention_id)
    if row is None:
        raise ReviewError(f"{mention_id}: no such mention in {store.path}")
    return row


def _document(store: Store, document_id: str) -> Row:
    rows: list[Row] = store.table_about("documents", document_id).to_pylist()
    if not rows:
        raise ReviewError(f"{document_id}: no such document in {store.path}")
    return rows[0]


def _as_read(store: Store, row: Row) -> Row:
    """What a review keeps of a mention: the amount as it was read, not as it was corrected."""
    read = row | (json.loads(row["as_read"]) if row["as_read"] else {})
    return {name: read[name] for name in _KEPT}


def _read_alone(words: str) -> Row:
    """The amount in the words of a span, read by the extractor on their own."""
    found = extract(words)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(words)):
        return {}
    names = ("amount_min", "amount_max", "low", "high", "currency", "qualifier")
    return {name: getattr(found[0], name) for name in names}


def _mention_values(store: Store, row: Row, given: Iterable[str]) -> Row:
    values: Row = {}
    for name, value in _pairs(given, (*MENTION_FIELDS, "amount")):
        if name == "amount":
            values["amount_min"] = values["amount_max"] = _value("amount_min", value)
        else:
            values[name] = _value(name, value)
    _complete_amount(row, values)
    if "cue" in values or "status" in values:
        words = values.setdefault("cue", None)
        place = _place(store, row, words) if words else None
        values["cue_start"], values["cue_end"] = place or (None, None)
    for name in ("equivalent_of", "part_of"):
        if values.get(name):
            _mention(store, values[name])
    return values


def _complete_amount(row: Row, values: Row) -> None:
    """The other bound and the interval (docs/DESIGN.md, rule 4) of a corrected amount or hedge."""
    if not {"amount_min", "amount_max", "qualifier"} & values.keys():
        return
    for name, twin in (("amount_min", "amount_max"), ("amount_max", "amount_min")):
        if name in values and row.get(twin) in (None, row.get(name)):
            values.setdefault(twin, values[name])
    after = row | values
    low, high = after.get("amount_min"), after.get("amount_max")
    if low is None or high is None:
        return
    if low > high:
        raise ReviewError(f"amount_min: {low:,} is above amount_max: {high:,}")
    if low == high:
        value = Decimal(repr(low))
        decimals = 0 if value == value.to_integral() else -int(value.as_tuple().exponent)
        bounds = interval(Number(value, decimals), Decimal(1), after.get("qualifier") or "exact")
        low, high = map(float, bounds)
    values.setdefault("low", low)
    values.setdefault("high", high)


def _value(name: str, text: str) -> Any:
    """The value of a column from how people write it."""
    column, text = _COLUMNS[name], " ".join(text.split())
    if text.casefold() in NOTHING:
        if name in _REQUIRED:
            raise ReviewError(f"{name}: cannot be empty")
        return None
    if column.codes and text not in column.codes:
        raise ReviewError(f"{name}: unknown value {text!r}, use {', '.join(column.codes)}")
    if name == "currency" and not re.fullmatch("[A-Z]{3}", text):
        raise ReviewError(f"currency: {text!r} is no ISO 4217 code")
    if pa.types.is_boolean(column.type):
        if text.casefold() not in ("true", "false", "yes", "no"):
            raise ReviewError(f"{name}: {text!r} is neither true nor false")
        return text.casefold() in ("true", "yes")
    if name in ("donor", "recipient"):
        return party_code(text)
    try:
        if pa.types.is_floating(column.type):
            number = float(Decimal(text.replace(",", "").replace("_", "")))
            if not math.isfinite(number) or number < 0:
                raise ReviewError(f"{name}: {text!r} is no amount")
            return number
        if pa.types.is_date(column.type):
            return dt.date.fromisoformat(text)
    except (InvalidOperation, ValueError, OverflowError) as error:
        if isinstance(error, ReviewError):
            raise
        kind = "date, use YYYY-MM-DD" if pa.types.is_date(column.type) else "number"
        raise ReviewError(f"{name}: {text!r} is no {kind}") from None
    return text


def party_code(text: str) -> str:
    """How a country or organisation is coded that people name by its code or its name, in any
    case: "germany" is DEU, "world bank" WORLD BANK; any other name is left as it is."""
    return _party_codes().get(text.casefold(), text)


@cache
def _party_codes() -> dict[str, str]:
    organisations = {entry["code"] for entry in load_rules("parties")["organisation"]}
    codes = {code.casefold(): code for code in organisations}
    for code, names in country_names().items():
        codes |= {name.casefold(): code for name in (*names, code)}
    return codes


def _pairs(given: Iterable[str], names: Iterable[str]) -> Iterable[tuple[str, str]]:
    seen: Mapping[str, None] = dict.fromkeys(names)
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or name.strip() not in seen:
            raise ReviewError(f"{pair!r}: write name=value, with one of {', '.join(seen)}")
        yield name.strip(), value


def _place(store: Store, row: Row, words: str) -> tuple[int, int]:
    """Where the words of a cue stand, as near to the amount as can be."""
    text = _document(store, row["document_id"])["text"]
    pattern = r"\s+".join(map(re.escape, words.split()))
    places = [match.span() for match in re.finditer(pattern, text)]
    if not places:
        raise ReviewError(f"cue: {words!r} does not stand in the document")
    return min(places, key=lambda span: abs(span[0] - row["start"]))


def _sentence(text: str, start: int, end: int) -> str:
    """The passage around a span, from full stop or line to full stop or line."""
    first = max(text.rfind(mark, 0, start) + len(mark) for mark in ("\n", ". ", "! ", "? ", "\x00"))
    ends = [text.find(mark, end) for mark in ("\n", ". ", "! ", "? ")]
    last = min([place + 1 for place in ends if place >= 0], default=len(text))
    return " ".join(text[max(first, 0) : last].split())
