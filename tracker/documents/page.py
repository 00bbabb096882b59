"""Saved web pages: the article's text, and what the page says of itself."""

from __future__ import annotations

import os
import re
from importlib.metadata import version

import lxml.html
import trafilatura
from trafilatura.settings import Document

from tracker.documents.content import (
    Content,
    DocumentError,
    is_web_address,
    language_code,
    one_line,
)
from tracker.documents.dates import parse_date

READER = f"page 1 (trafilatura {version('trafilatura')})"
"""Name and version of this reader, kept with every document."""

_METADATA = "page metadata"
_BARE_ADDRESS = re.compile(r"[\w-]+(\.[\w-]+)+")


def read_page(original: bytes, path: str | os.PathLike[str]) -> Content:
    """The article on an HTML page, its title first, without menus, comments and footers.

    Title, publisher, date, language and canonical address are taken where the page states them;
    the text is reduced to lines, a row of a table to one line with " | " between cells. Raises
    DocumentError when no article text is found.
    """
    tree = trafilatura.load_html(original)
    if tree is None:
        raise DocumentError(path, "no web page that can be read")
    tag, declared = tree.get("lang"), _declared_dates(tree)  # the extraction changes the tree
    found = trafilatura.bare_extraction(
        tree, with_metadata=True, include_comments=False, include_tables=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )  # fmt: skip
    if not isinstance(found, Document) or not (found.text or "").strip():
        raise DocumentError(path, "no article text found on the page")
    lines = (
        line.strip().removeprefix("| ").removesuffix(" |") for line in str(found.text).split("\n")
    )
    text = "\n".join(lines)
    content = Content(text, "text/html", READER)
    if title := one_line(found.title):
        content.title, content.title_found = title, _METADATA
        if title.casefold() not in text[: len(title) + 200].casefold():
            content.text = f"{title}\n\n{text}"  # headlines state amounts too
    if sitename := one_line(found.sitename):
        is_address = _BARE_ADDRESS.fullmatch(sitename)
        content.publisher = sitename
        content.publisher_found = "address of the page" if is_address else _METADATA
    if found.url and is_web_address(found.url):
        content.url, content.url_found = found.url, "canonical address on the page"
    if code := language_code(tag):
        content.language, content.language_found = code, "lang attribute"
    if found.date:
        content.published, content.published_precision = parse_date(found.date)
        is_declared = found.date in declared
        content.published_found = _METADATA if is_declared else "searched for on the page"
    return content


def _declared_dates(tree: lxml.html.HtmlElement) -> str:
    """What the page's metadata, structured data and time elements say, in one text."""
    said = tree.xpath("//meta/@content | //time/@datetime")
    said += tree.xpath("//script[contains(@type, 'ld+json')]/text()")
    return "\n".join(map(str, said))
