"""Where a row leads: to its page here, and to the words in their source."""

from __future__ import annotations

from urllib.parse import quote

import polars as pl

from tracker.documents import is_web_address

_WHOLE = 12
"""Words up to which a quote is named whole in an address; of longer ones both ends."""
_ENDS = 5


class BaseUrlError(ValueError):
    """An address that cannot stand before permalinks."""


def base_url_of(given: str | None) -> str:
    """The prefix of permalinks without its last slash, "" for none. Raises BaseUrlError."""
    base = (given or "").strip().rstrip("/")
    if base and not base.startswith(("http://", "https://")):
        raise BaseUrlError(f"base-url: {given!r} is no address, use https://...")
    if any(sign in base for sign in "?#\"'<> \t\n"):
        raise BaseUrlError(f"base-url: {given!r} holds what no prefix can")
    return base


def permalink(base_url: str, kind: str, name: str) -> str:
    """The page of a `kind` (figure or document) with the id `name`; without prefix the bare id."""
    return f"{base_url}/{kind}/{name}" if base_url else name


def permalinks(base_url: str, kind: str, name: pl.Expr) -> pl.Expr:
    """The same for a column of ids."""
    return pl.concat_str(pl.lit(f"{base_url}/{kind}/"), name) if base_url else name


def source_link(url: str | None, sentence: str | None) -> str | None:
    """The address of a source that leads to the sentence (a text fragment).

    None where `url` is no address of the web: nothing else may become a link.
    """
    if not url or not is_web_address(url):
        return None
    if not sentence:
        return url
    words = sentence.split()
    if len(words) > _WHOLE:
        told = ",".join(_encoded(part) for part in (words[:_ENDS], words[-_ENDS:]))
    else:
        told = _encoded(words)
    address, _, fragment = url.partition("#")
    return f"{address}#{fragment.partition(':~:')[0]}:~:text={told}"


def source_links(url: pl.Series, sentence: pl.Series) -> pl.Series:
    """The same for columns of addresses and sentences."""
    pairs = zip(url, sentence, strict=True)
    return pl.Series("source_link", [source_link(*pair) for pair in pairs], pl.String)


def _encoded(words: list[str]) -> str:
    return "%20".join(
        # A dash and a comma mean something in a text fragment; most words need nothing.
        word if word.isascii() and word.isalnum() else quote(word, safe="").replace("-", "%2D")
        for word in words
    )
