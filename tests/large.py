"""A store of many mentions, made quickly: what bulk tests and the soak read."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

from tracker.schema import Document, Evidence, Mention, document_id_of, mention_id_of
from tracker.store import Reading, Store

_STAGES = {
    "asked for": "requested", "pledged": "pledged", "approved": "approved",
    "committed": "committed", "sent": "disbursed",
}  # fmt: skip
_PARTIES = ("USA", "DEU", "GBR", "FRA", "JPN", "NOR", "CAN", "EU", "IMF", "WORLD BANK")
_TAKERS = ("UKR", "SDN", "KEN", "ETH", "PAK", "AFG", "SYR", "LBN", "JOR", "EGY")
PER_DOCUMENT = 50


def large_store(folder: Path, mentions: int, seed: int = 9) -> Store:
    """A store of so many mentions, `PER_DOCUMENT` in each document."""
    store = Store(folder)
    store.add_batch(list(_readings(mentions // PER_DOCUMENT, random.Random(seed))))
    return store


def _readings(documents: int, dice: random.Random) -> Iterator[Reading]:
    for number in range(documents):
        published = dt.date(2022, 1, 1) + dt.timedelta(days=dice.randrange(1500))
        yield _reading(number, published, dice)


def _reading(number: int, published: dt.date, dice: random.Random) -> Reading:
    lines, places = [f"Story {number}", ""], []
    at = len(lines[0]) + 2
    for _ in range(PER_DOCUMENT):
        giver, taker = dice.choice(_PARTIES), dice.choice(_TAKERS)
        words = dice.choice(tuple(_STAGES))
        quote = f"${dice.randrange(1, 999_999)}"
        line = f"{giver} {words} {quote} for {taker}, it said."
        places.append((at, line, quote, words, giver, taker))
        lines.append(line)
        at += len(line) + 1
    text = "\n".join(lines) + "\n"
    document = Document(
        document_id=document_id_of(text), text=text, title=lines[0],
        publisher=f"Paper {number % 40}", published=published, published_precision="day",
        language="en", file_name=f"{number}.txt", media_type="text/plain",
        retrieved=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), reader="text 1",
        original_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )  # fmt: skip
    mentions = [_mention(document.document_id, *place) for place in places]
    return Reading(document, text.encode(), mentions)


def _mention(
    document_id: str, at: int, line: str, quote: str, words: str, giver: str, taker: str
) -> Mention:
    start, cue = at + line.index("$"), at + line.index(words)
    amount, end = float(quote[1:]), start + len(quote)
    return Mention(
        mention_id=mention_id_of(document_id, start, end), document_id=document_id, start=start,
        end=end, quote=quote, sentence=line, amount_min=amount, amount_max=amount,
        low=amount * 0.99, high=amount * 1.01, currency="USD", status=_STAGES[words], donor=giver,
        recipient=taker, cue=words, cue_start=cue, cue_end=cue + len(words),
        evidence=[Evidence("status", "made", cue, cue + len(words))], language="en",
    )  # fmt: skip
