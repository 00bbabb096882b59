"""Files of every format, made for tests: nothing binary is stored."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import docx

WIDTH, HEIGHT = 612, 792
LINE = 14


def pdf(
    *pages: Sequence[str], title: str | None = None, table: Sequence[Sequence[str]] = (),
    encrypted: bool = False,
) -> bytes:  # fmt: skip
    """A PDF of lines of text; `table` is drawn with rules below the lines of the last page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects += ["<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for number, lines in enumerate(pages):
        rows = table if number == len(pages) - 1 else ()
        content = _content(lines, rows)
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects) + 2} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    trailer = "/Root 1 0 R"
    if title:
        objects.append(f"<< /Title ({title}) >>")
        trailer += f" /Info {len(objects)} 0 R"
    if encrypted:
        words = "41" * 32
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{words}> /U <{words}> >>")
        trailer += f" /Encrypt {len(objects)} 0 R /ID [<{'42' * 16}> <{'42' * 16}>]"
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += (
        f"trailer\n<< /Size {len(objects) + 1} {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return bytes(out)


def _content(lines: Sequence[str], table: Sequence[Sequence[str]]) -> str:
    top = HEIGHT - 72
    drawn = [_text(72, top - LINE * number, line) for number, line in enumerate(lines)]
    if table:
        top -= LINE * len(lines)
        bottom = top - 20 * len(table)
        for row in range(len(table) + 1):
            drawn.append(f"72 {top - 20 * row} m 472 {top - 20 * row} l S")
        width = 400 / len(table[0])
        for cell in range(len(table[0]) + 1):
            drawn.append(f"{72 + width * cell} {top} m {72 + width * cell} {bottom} l S")
        for row, cells in enumerate(table):
            for cell, words in enumerate(cells):
                drawn.append(_text(76 + width * cell, top - 20 * row - 14, words))
        drawn.append(_text(72, bottom - 20, "Behind the table."))
    return "\n".join(drawn)


def _text(x: float, y: float, words: str) -> str:
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 10 Tf {x} {y} Td ({escaped}) Tj ET"


def word(*parts: str | Sequence[Sequence[str]], title: str = "") -> bytes:
    """A Word file of paragraphs and tables."""
    document = docx.Document()
    document.core_properties.title = title
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
        else:
            table = document.add_table(len(part), len(part[0]))
            for row, cells in enumerate(part):
                for cell, words in enumerate(cells):
                    table.cell(row, cell).text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zip_bomb(megabytes: int) -> bytes:
    """A small Word file whose text unpacks to so many megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (megabytes * 1024**2))
    return out.getvalue()


PAGE = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Aid vote | The Paper</title>
<meta property="og:site_name" content="The Paper">
<link rel="canonical" href="https://paper.example/a/1">
<meta property="article:published_time" content="2024-03-05T10:00:00Z"></head>
<body><nav><a href="/">Home</a> Subscribe for $5 a month</nav>
<article><h1>Aid vote</h1>
<p>The Senate approved <b>$61 billion</b> for Ukraine on Tuesday, after months of delay that had
left Kyiv short of shells and of money.</p>
<p>Germany gave 5&nbsp;million euros &amp; more, said a statement that was long enough to keep.</p>
<table><tr><td>Shelter</td><td>$7 million</td></tr></table>
</article><footer>(c) 2024 Donate $9</footer></body></html>
"""
"""An article with everything said about it, and amounts in menus that are not the article's."""
