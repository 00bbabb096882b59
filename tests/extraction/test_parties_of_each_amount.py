"""Who gives and who receives in sentences and lists of more shapes, amount by amount.

`parties_of_each_amount.txt` holds a passage a line: "DONOR>RECIPIENT" of each amount ("-" for
nobody in particular), " | " and the text, with "//" for a line break.
"""

from pathlib import Path

import pytest

from tracker import extract

LINES = (Path(__file__).parent / "parties_of_each_amount.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("line", LINES)
def test_parties_of_each_amount(line: str) -> None:
    """Every amount of the passage has the parties that stand before it."""
    parties, text = line.split(" | ", 1)
    read = extract(text.replace(" // ", "\n"))
    found = [f"{m.donor or '-'}>{m.recipient or '-'}".replace(" ", "_") for m in read]
    assert found == parties.split()
