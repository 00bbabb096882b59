"""Files through LibreOffice: converted headless, read back cell by cell with their types."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

Cell = str | float | bool | dt.date | None


def opened(path: Path, folder: Path, infilter: str | None = None) -> dict[str, list[list[Cell]]]:
    """The sheets of a file as LibreOffice opens it; `infilter` as `soffice --infilter` takes it."""
    program = shutil.which("soffice")
    if program is None:
        pytest.fail("no LibreOffice: on Debian, apt-get install libreoffice-calc", False)
    subprocess.run(
        [
            program, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless",
            *([f"--infilter={infilter}"] if infilter else []),
            "--convert-to", "fods", "--outdir", str(folder), str(path),
        ],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    root = etree.parse(folder / f"{path.stem}.fods", etree.XMLParser(huge_tree=True)).getroot()
    return {table.get(f"{_TABLE}name"): _rows(table) for table in root.iter(f"{_TABLE}table")}


def _rows(table: etree._Element) -> list[list[Cell]]:
    rows = [_row(row) for row in table.iter(f"{_TABLE}table-row")]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _row(row: etree._Element) -> list[Cell]:
    cells: list[Cell] = []
    for cell in row:
        times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        cells += [_value(cell)] * (times if times < 1000 else 0)
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _value(cell: etree._Element) -> Cell:
    assert cell.get(f"{_TABLE}formula") in (None, "of:=TRUE()", "of:=FALSE()")
    kind = cell.get(f"{_OFFICE}value-type")
    if kind is None:
        return None
    if kind in ("float", "percentage", "currency"):
        return float(cell.get(f"{_OFFICE}value"))
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    if kind == "date":
        return dt.date.fromisoformat(cell.get(f"{_OFFICE}date-value")[:10])
    return "\n".join(_words(part) for part in cell.iter(f"{_TEXT}p"))


def _words(element: etree._Element) -> str:
    parts = [element.text or ""]
    for inner in element:
        if inner.tag == f"{_TEXT}s":
            parts.append(" " * int(inner.get(f"{_TEXT}c", "1")))
        elif inner.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif inner.tag == f"{_TEXT}line-break":
            parts.append("\n")
        else:
            parts.append(_words(inner))
        parts.append(inner.tail or "")
    return "".join(parts)
