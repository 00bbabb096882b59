"""Where marks of one lane stand so that none hides another."""

from __future__ import annotations

from collections.abc import Sequence


def pack(
    boxes: Sequence[tuple[float, float]], most: int | None = None, gap: float = 6
) -> list[int]:
    """The row of each box (left, right): the first in which it keeps `gap` from all others.

    With `most` rows full, further boxes share the row whose last box ends earliest.
    """
    ends: list[float] = []
    rows = [0] * len(boxes)
    for index in sorted(range(len(boxes)), key=lambda i: boxes[i]):
        left, right = boxes[index]
        row = next((r for r, end in enumerate(ends) if end + gap <= left), len(ends))
        if row == len(ends):
            if most is not None and row >= most:
                row = min(range(most), key=ends.__getitem__)
            else:
                ends.append(right)
        ends[row] = max(ends[row], right)
        rows[index] = row
    return rows


def from_the_middle(row: int) -> int:
    """Rows 0, 1, 2, 3, 4 as offsets 0, 1, -1, 2, -2, so that a swarm grows both ways."""
    return (row + 1) // 2 * (1 if row % 2 else -1)
