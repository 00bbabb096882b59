"""The one palette and the fonts; Mantine, Plotly and the style sheet take them from here.

The style sheet gets them as CSS variables (see `css`), so that a colour is written down once.
"""

from __future__ import annotations

from typing import Any, NamedTuple

SANS = '"Helvetica Neue", Helvetica, Arial, sans-serif'
SERIF = 'Georgia, "Times New Roman", Times, serif'


class Palette(NamedTuple):
    """Colours of one scheme, named by use. Text colours keep a contrast of 4.5 on `paper`."""

    paper: str
    raised: str
    ink: str
    soft: str
    line: str
    faint: str
    accent: str
    band: str
    mark: str


LIGHT = Palette(
    paper="#ffffff",
    raised="#f7f5f1",
    ink="#1a1a1a",
    soft="#5c5f62",
    line="#d9d5cd",
    faint="#ece9e3",
    accent="#00607a",
    band="rgba(0, 96, 122, 0.22)",
    mark="#fbe69a",
)
DARK = Palette(
    paper="#15181a",
    raised="#1e2225",
    ink="#ecebe8",
    soft="#a9adb0",
    line="#3a4044",
    faint="#282d30",
    accent="#62c4de",
    band="rgba(98, 196, 222, 0.28)",
    mark="#6b5600",
)

_ACCENT_SHADES = [
    "#e6f6fb", "#cfe9f2", "#a2d3e4", "#62c4de", "#4aaecb",
    "#2f97b5", "#177f9c", "#086c87", "#00607a", "#004a5f",
]  # fmt: skip

MANTINE: dict[str, Any] = {
    "fontFamily": SANS,
    "headings": {"fontFamily": SERIF, "fontWeight": "700"},
    "colors": {"accent": _ACCENT_SHADES},
    "primaryColor": "accent",
    "primaryShade": {"light": 8, "dark": 3},
    "defaultRadius": 2,
    "autoContrast": True,
    "respectReducedMotion": True,
}


def palette(dark: bool) -> Palette:
    """The colours of the dark or the light scheme."""
    return DARK if dark else LIGHT


def css(*, by_system: bool = False) -> str:
    """CSS variables of both schemes: `--paper`, `--ink`, ... and the two font stacks.

    The scheme is the one that the page names, or that of the reader's system.
    """

    def rules(colours: Palette) -> str:
        return "".join(f"--{name}:{colour};" for name, colour in colours._asdict().items())

    dark = f"{{color-scheme:dark;{rules(DARK)}}}"
    return f":root{{--sans:{SANS};--serif:{SERIF};color-scheme:light;{rules(LIGHT)}}}" + (
        f"@media (prefers-color-scheme:dark){{:root{dark}}}"
        if by_system
        else f':root[data-mantine-color-scheme="dark"]{dark}'
    )
