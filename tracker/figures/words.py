"""Amounts, figures and totals in words, the same in the terminal, in files and on screens."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from babel.numbers import format_compact_decimal

from tracker.figures.totals import LeftOut, Total
from tracker.schema import HOLD, PER, QUALIFIER, STATUS
from tracker.store.frame import party_name

Row = dict[str, Any]

_IN_FULL = 1e6
_LISTED = 20
"""The most figures that are named one by one."""


def number(amount: float) -> str:
    """ "61.4 billion", "500,000"; four significant digits from a million on."""
    if amount < _IN_FULL:
        return f"{amount:,.0f}" if float(amount).is_integer() else f"{amount:,}"
    # Rounded first: 999.96 million is 1 billion.
    return str(
        format_compact_decimal(
            float(f"{amount:.4g}"), format_type="long", locale="en", fraction_digits=3
        )
    )


def amount(row: Row) -> str:
    """The amount of a mention or figure with hedge and rate: "almost 45 billion USD a year"."""
    lower, upper = number(row["amount_min"]), number(row["amount_max"])
    words = f"{lower if lower == upper else f'{lower} to {upper}'} {row['currency']}"
    if row["qualifier"] != "exact":
        words = f"{QUALIFIER[row['qualifier']]} {words}"
    return f"{words} {PER[row['per']]}" if row["per"] else words


def stage(row: Row) -> str:
    """ "requested, blocked", "disbursed, running total"."""
    parts = [STATUS[row["status"]].lower()]
    if row["hold"]:
        parts.append(HOLD[row["hold"]].lower())
    if row["cumulative"]:
        parts.append("running total")
    return ", ".join(parts)


def flow(row: Row) -> str:
    """ "United States to Ukraine"; an unknown party is said to be so."""
    donor = party_name(row["donor"]) if row["donor"] else "donor not said"
    recipient = party_name(row["recipient"]) if row["recipient"] else "recipient not said"
    return f"{donor} to {recipient}"


def figure(row: Row) -> str:
    """One figure in one line: amount, stage, flow."""
    return f"{amount(row)} ({stage(row)}; {flow(row)})"


def reason(left: LeftOut, named: dict[str, Row]) -> str:
    """Why a total leaves a figure out; `named` holds the figures that it may name, by id."""
    other = amount(named[left.of]) if left.of in named else "another figure"
    return {
        "part": f"is a part of {other}",
        "equivalent": f"is the same sum as {other}, in another currency",
        "running total": "is a running total, and its instalments are counted",
        "instalment": f"may be part of {other}, a running total of the same flow",
        "later": f"was stated later than {other}, a running total of the same flow: "
        "may be part of it, or come on top",
        "above": f"is more than the latest running total of the same flow, {other}, "
        "so the two do not agree",
        "older": f"is an older or smaller running total than {other}",
        "kind": f"is the running total of one kind of aid, may be part of {other}",
        "inside": f"may be part of {other}, whose parties are not all named",
        "sum": "names not all parties, and may be the sum of figures that are counted",
        "same": f"may be the same as {other}, stated at another time",
        "rate": "is paid by the day, week, month, quarter or year, and is no sum",
        "cancelled": "is cancelled",
        "not converted": f"is not converted: {left.detail}",
    }[left.reason]


def named_in(total: Total) -> dict[str, Row]:
    """The figures of a total by id: those that it counts and those that it leaves out."""
    named = {item.id: item.figure for item in total.counted}
    return named | {left.figure["figure_id"]: left.figure for left in total.left_out}


def total_amount(total: Total) -> str:
    """A total in words: "almost 45 billion USD, as stated", "about 1.2 billion USD, a sum of 3"."""
    if total.amount is None:
        return "nothing to count"
    if len(total.counted) == 1 and not total.is_converted:
        return f"{amount(total.counted[0].figure)}, as stated"
    words = f"{number(total.amount)} {total.currency}"
    if len(total.counted) > 1:
        words += f", the sum of {len(total.counted)} figures"
    return f"{words}, converted" if total.is_converted else words


def explained(total: Total) -> list[str]:
    """How a total was made, line by line: the number, its interval, what counts, what does not."""
    held = f", {HOLD[total.hold].lower()}" if total.hold else ""
    lines = [f"{STATUS[total.status]}{held}: {total_amount(total)}"]
    if total.counted:
        lines.append(
            f"Between {number(total.low)} and {number(total.high)} {total.currency}, "
            "by what the figures counted allow."
        )
        if total.at_most > total.high:
            lines.append(
                f"At most {number(total.at_most)} {total.currency}, if what is left out only "
                "because it may be counted already were separate money."
            )
    if total.hold:
        lines.append("Blocked money is never part of another total.")
    listed = total.counted[:_LISTED]
    for item in listed:
        rate = f"; converted: {item.rate.words()}" if item.rate else ""
        lines.append(f"Counted: {figure(item.figure)}, {sources(item.figure)}{rate}")
    lines += _more(len(total.counted) - len(listed), "counted")
    named = named_in(total)
    shown = total.left_out[:_LISTED]
    lines += [f"Left out: {figure(left.figure)}: {reason(left, named)}" for left in shown]
    rest = Counter(left.reason for left in total.left_out[_LISTED:])
    if rest:
        why = ", ".join(f"{count:,} {name}" for name, count in rest.most_common())
        lines.append(f"Left out too, by reason: {why}")
    return lines


def sources(row: Row) -> str:
    """How often a figure is stated: "stated in 3 documents by 2 publishers, 2023-12-07"."""
    documents = f"{row['documents']:,} document{'' if row['documents'] == 1 else 's'}"
    words = f"stated in {documents}"
    if row["publishers"]:
        plural = "" if row["publishers"] == 1 else "s"
        words += f" by {row['publishers']:,} independent publisher{plural}"
    return f"{words}, {span(row['first_published'], row['last_published'])}"


def span(first: dt.date | None, last: dt.date | None) -> str:
    """ "2023-12-07 to 2024-02-02", "2023-12-07", "undated"."""
    if first is None or last is None:
        return "undated"
    return str(first) if first == last else f"{first} to {last}"


def as_data(total: Total) -> dict[str, Any]:
    """A total as plain data with the same content as `explained`."""
    named = named_in(total)
    return {
        "status": total.status,
        "hold": total.hold,
        "currency": total.currency,
        "amount": total.amount,
        "low": total.low if total.counted else None,
        "high": total.high if total.counted else None,
        "at_most": total.at_most if total.counted else None,
        "converted": total.is_converted,
        "words": total_amount(total),
        "counted": [
            {
                "figure_id": item.id,
                "figure": figure(item.figure),
                "amount": item.amount,
                "low": item.low,
                "high": item.high,
                "rate": item.rate and item.rate.words(),
            }
            for item in total.counted
        ],
        "left_out": [
            {
                "figure_id": left.figure["figure_id"],
                "figure": figure(left.figure),
                "reason": left.reason,
                "of": left.of,
                "words": reason(left, named),
            }
            for left in total.left_out
        ],
    }


def _more(count: int, what: str) -> list[str]:
    return [f"{count:,} more {what}"] if count > 0 else []
