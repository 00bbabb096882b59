"""The filters as options, the same for every command that has them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Annotated, Any

import typer

from tracker.store import Filters
from tracker.store.filters import LISTS, NAMES
from tracker.terminal import fail

_SEVERAL = "Repeat, or separate by commas."
_OPTIONS: Mapping[str, Any] = {
    **{
        name: Annotated[
            list[str] | None,
            typer.Option(
                *dict.fromkeys([f"--{name.replace('_', '-')}", f"--{name}"]), help=_SEVERAL
            ),
        ]
        for name in LISTS
    },
    "from": Annotated[str | None, typer.Option("--from", help="Published on or after.")],
    "to": Annotated[str | None, typer.Option("--to", help="Published on or before.")],
    "min": Annotated[str | None, typer.Option("--min", help="Amount, at least.")],
    "max": Annotated[str | None, typer.Option("--max", help="Amount, at most.")],
    "q": Annotated[str | None, typer.Option("--q", help="Text to find.")],
}


def filtered(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Gives a command the filters `names` as options, all of them without names.

    The command takes them as `filters`. What cannot be a filter ends it with status 2.
    """
    chosen = names or tuple(name for name in NAMES if name in _OPTIONS)

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def run(**given: Any) -> None:
            asked = [(name, given.pop(_parameter(name))) for name in chosen]
            pairs = [
                (name, text)
                for name, value in asked
                for text in (value if isinstance(value, list) else [value or ""])
            ]
            try:
                filters = Filters.parse(pairs)
            except ValueError as error:
                fail(str(error), 2)
            command(filters=filters, **given)

        own = inspect.signature(command, eval_str=True)
        options = [
            inspect.Parameter(
                _parameter(name), inspect.Parameter.KEYWORD_ONLY,
                default=None, annotation=_OPTIONS[name],
            )
            for name in chosen
        ]  # fmt: skip
        kept = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY)
                for p in own.parameters.values() if p.name != "filters"]  # fmt: skip
        # Typer reads what a command takes from both.
        run.__signature__ = own.replace(parameters=[*kept, *options])  # type: ignore[attr-defined]
        run.__annotations__ = {p.name: p.annotation for p in (*kept, *options)}
        return run

    return decorate


def _parameter(name: str) -> str:
    """The name of a filter where Python's own words cannot be: "from" is a keyword."""
    return f"{name}_"
