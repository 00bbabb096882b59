"""Buttons that copy: `assets/panel.js` does it."""

from __future__ import annotations

from dash import html


def copy_button(words: str, text: str, done: str = "Copied") -> html.Button:
    """A button that copies `text`; "" stands for the page's address."""
    return html.Button(
        words, type="button", className="action", **{"data-copy": text, "data-done": done}
    )


def copy_link() -> html.Button:
    """The button that copies the page's address."""
    return copy_button("Copy link", "", "Link copied")
