"""Whole documents with every amount labelled in its place (gold/documents), and their scores.

A label is `[[quote|status|hold|donor>recipient|aid_type|attributed_to|c]]`: "-" is none, "c" a
running total. Who gives, receives and states is judged as a reader of the whole document does.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from tracker import extract
from tracker.evaluate import same

FOLDER = Path(__file__).parent / "gold" / "documents"
PARTS = {
    "written_on": "*.txt",
    "held_out": "held_out/*.txt",
    "written_on_2": "second/*.txt",
    "held_out_2": "second/held_out/*.txt",
    "written_on_3": "third/*.txt",
    "held_out_3": "third/held_out/*.txt",
}
TAGS = ("status", "hold", "cumulative", "aid_type", "donor", "recipient", "attributed_to")
LABEL = re.compile(
    r"\[\[(?P<quote>[^|\]]+)\|(?P<status>\w+)\|(?P<hold>[\w-]+)\|(?P<donor>[^|>]+)>(?P<recipient>[^|]+)"
    r"\|(?P<aid_type>[\w-]+)\|(?P<attributed_to>[^|]+)\|(?P<cumulative>[c-])\]\]"
)


@dataclass
class Labelled:
    """An amount of a document: where its quote stands, and what is said of it."""

    start: int
    end: int
    tags: dict[str, object]


def paths(part: str) -> list[Path]:
    """The documents of a part, in order."""
    return sorted(FOLDER.glob(PARTS[part]))


def digest(part: str) -> str:
    """One digest of all documents of a part."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths(part))).hexdigest()


def read_labelled(written: str) -> tuple[str, list[Labelled]]:
    """The text without its labels, and the amounts that they label."""
    text, place, found = "", 0, []
    for match in LABEL.finditer(written):
        text += written[place : match.start()]
        tags = {tag: None if match[tag] == "-" else match[tag] for tag in TAGS}
        tags["cumulative"] = match["cumulative"] == "c"
        found.append(Labelled(len(text), len(text) + len(match["quote"]), tags))
        text += match["quote"]
        place = match.end()
    return text + written[place:], found


def scores(part: str) -> dict[str, float]:
    """The share of the labelled amounts that are found, and of those with each tag right.

    `labelled` is the share of the mentions that stand over a label: all others are no amounts.
    """
    right = dict.fromkeys(TAGS, 0)
    labelled = matched = read = 0
    for path in paths(part):
        text, amounts = read_labelled(path.read_text("utf-8"))
        mentions = extract(text)
        labelled += len(amounts)
        read += len(mentions)
        for amount in amounts:
            over = (m for m in mentions if m.start < amount.end and amount.start < m.end)
            if (mention := next(over, None)) is None:
                continue
            matched += 1
            for tag in TAGS:
                right[tag] += same(tag, amount.tags[tag], getattr(mention, tag))
    shares = {"found": matched / labelled, "labelled": matched / read}
    return shares | {tag: count / matched for tag, count in right.items()}
