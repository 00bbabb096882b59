"""Gold files: passages with every amount annotated, one a line, as docs/DEFINITIONS.md says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

from tracker.schema import AID_TYPE, HOLD, PER, QUALIFIER, STATUS

TAGS = (
    "qualifier", "per", "status", "hold", "cumulative", "aid_type", "donor", "recipient",
    "attributed_to",
)  # fmt: skip
"""Tags that are scored on matched mentions, null included."""

CODES = {"qualifier": QUALIFIER, "per": PER, "status": STATUS, "hold": HOLD, "aid_type": AID_TYPE}
NEVER_NULL = {"qualifier", "status"}

Half = Literal["a", "b"]


class GoldError(Exception):
    """A gold file that cannot be read: one line that names file, line and what is wrong."""


class GoldMention(NamedTuple):
    """An annotated amount: its span in code points, its bounds, currency and tags."""

    start: int
    end: int
    quote: str
    min: float
    max: float
    currency: str
    tags: dict[str, Any]


class Passage(NamedTuple):
    """One line of a gold file; `half` is "a" on odd lines and "b" on even ones."""

    id: str
    language: str | None
    text: str
    half: Half
    mentions: list[GoldMention]


def read_gold(path: str | Path) -> Iterator[Passage]:
    """The passages of one gold file. Raises GoldError with file and line."""
    try:
        lines = Path(path).read_text("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise GoldError(f"{path}: not UTF-8 at byte {error.start}") from None
    except OSError as error:
        raise GoldError(f"{path}: {error.strerror}") from None
    if not any(line.strip() for line in lines):
        raise GoldError(f"{path}: holds no passage")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _passage(json.loads(line), "a" if number % 2 else "b")
        except json.JSONDecodeError as error:
            raise GoldError(f"{path}:{number}: not JSON ({error.msg})") from None
        except KeyError as error:
            raise GoldError(f"{path}:{number}: no field {error}") from None
        except (TypeError, ValueError, OverflowError, RecursionError) as error:
            raise GoldError(f"{path}:{number}: {error}") from None


def _passage(line: Any, half: Half) -> Passage:
    """A passage from its JSON; KeyError, TypeError or ValueError say what is wrong with it."""
    if not isinstance(line, dict) or not isinstance(line["mentions"], list):
        raise TypeError("not an object with a list of mentions")
    text = _typed(line, "text", str)
    mentions = [_gold_mention(m, text) for m in line["mentions"]]
    return Passage(_typed(line, "id", str), line.get("lang"), text, half, mentions)


def _gold_mention(raw: Any, text: str) -> GoldMention:
    if not isinstance(raw, dict):
        raise TypeError("a mention is not an object")
    quote, start = _typed(raw, "quote", str), _typed(raw, "start", int)
    end = start + len(quote)
    if not quote or start < 0 or text[start:end] != quote:
        raise ValueError(f"quote {quote!r} does not stand at {start}")
    low, high = (float(_typed(raw, bound, (int, float))) for bound in ("min", "max"))
    tags = {tag: raw[tag] for tag in TAGS}
    for tag, value in tags.items():
        if tag == "cumulative":
            valid = isinstance(value, bool)
        elif value is None:
            valid = tag not in NEVER_NULL
        else:
            valid = isinstance(value, str) and value in CODES.get(tag, {value: ""})
        if not valid:
            raise ValueError(f"{tag} of {quote!r} cannot be {value!r}")
    return GoldMention(start, end, quote, low, high, _typed(raw, "currency", str), tags)


def _typed(raw: dict[str, Any], name: str, type_: type | tuple[type, ...]) -> Any:
    value = raw[name]
    if not isinstance(value, type_) or isinstance(value, bool):
        raise TypeError(f"{name} cannot be {value!r}")
    return value
