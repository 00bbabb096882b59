"""The answer as plain text, to be read by somebody who knows nothing of the program."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from tracker.check.answer import Answer

WIDTH = 96
"""The longest line, in characters."""


def as_text(answers: list[Answer]) -> str:
    """The answers to one question as plain text, with the content of `Answer.data`."""
    return "\n\n".join("\n".join(_answer(answer.data())) for answer in answers)


def _answer(data: dict[str, Any]) -> Iterator[str]:
    yield from _wrapped(f"You asked: {data['question']}")
    yield from _wrapped(f"Read as:   {data['read_as']}")
    yield ""
    yield from _wrapped(data["summary"])
    for band in data["bands"]:
        yield ""
        yield band["title"].upper()
        for figure in band["figures"]:
            yield from _figure(figure)
        if band["more"]:
            yield f"  and {band['more']:,} more"
    yield ""
    yield from _wrapped(data["note"])


def _figure(figure: dict[str, Any]) -> Iterator[str]:
    yield from _wrapped(f"{figure['amount']}: {figure['stage']}; {figure['flow']}", "• ", 2)
    yield from _wrapped(f"Against your question: {'; '.join(figure['differs'])}", "", 2)
    if figure["converted"]:
        yield from _wrapped(_sentence(figure["converted"]), "", 2)
    yield from _wrapped(f"{_sentence(figure['stated'])} [{figure['figure_id']}]", "", 2)
    for quote in figure["quotes"]:
        about = [f"said by {quote['said_by']}" if quote["said_by"] else "",
                 f"period: {quote['period']}" if quote["period"] else ""]  # fmt: skip
        said = f" ({'; '.join(filter(None, about))})" if any(about) else ""
        yield from _wrapped(f"“{quote['quote'].strip('“”')}”{said}", "", 4)
        yield from _wrapped(f"— {quote['citation']}", "", 4)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _wrapped(text: str, mark: str = "", indent: int = 0) -> list[str]:
    space = " " * indent
    return textwrap.wrap(
        text, WIDTH, initial_indent=space[len(mark) :] + mark, subsequent_indent=space,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
