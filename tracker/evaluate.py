"""Scores against gold files, as docs/DEFINITIONS.md says under "How scores are made"."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import isclose
from pathlib import Path
from typing import Any, NamedTuple, get_args

from tracker.extraction import extract
from tracker.gold import TAGS, GoldError, GoldMention, Half, Passage, read_gold
from tracker.schema import EXTRACTOR, STATUS, Mention

__all__ = [
    "GoldError", "Scores", "Tally", "evaluate", "match", "record", "recorded", "report", "same",
]  # fmt: skip

RECORD = Path(__file__).with_name("scores.json")
"""The scores of this extractor, shipped with it."""

TITLES = re.compile(
    r"\b(?:mr|mrs|ms|miss|dr|prof(?:essor)?|sir|dame|lord|lady|(?:vice )?president|prime minister"
    r"|minister|premier|chancellor|secretary|gov(?:ernor)?|sen(?:ator)?|rep(?:resentative)?"
    r"|ambassador|king|queen|prince|sheikh)\b"
)
"""Titles, which do not count when two attributions are compared."""


class Pair(NamedTuple):
    """A gold mention and the mention that was read for it."""

    passage: str
    gold: GoldMention
    got: Mention


class Miss(NamedTuple):
    """One difference: where, which tag ("amount" for the amount itself), and what decided it."""

    passage: str
    quote: str
    tag: str
    gold: str
    got: str
    rule: str


@dataclass
class Tally:
    """What was found in some passages, and the scores that follow from it (all from 0 to 1).

    A score of nothing (no matched mention, for example) is 0.
    """

    passages: int = 0
    gold: int = 0
    got: int = 0
    pairs: list[Pair] = field(default_factory=list)
    misses: list[Miss] = field(default_factory=list)

    def scores(self) -> dict[str, float]:
        """Every score by name, in the order of the report."""
        matched = len(self.pairs)
        return {
            "amount_precision": _ratio(matched, self.got),
            "amount_recall": _ratio(matched, self.gold),
            "amount_f1": _ratio(2 * matched, self.gold + self.got),
            **{tag: self._accuracy(tag) for tag in TAGS},
            "status_macro_f1": self._status_macro_f1(),
            "funding_or_other": _ratio(
                sum((p.gold.tags["status"] == "other") == (p.got.status == "other")
                    for p in self.pairs),
                matched,
            ),
        }  # fmt: skip

    def confusion(self) -> Counter[tuple[str, str]]:
        """How often the status (gold, read) occurs among the matched mentions."""
        return Counter((p.gold.tags["status"], p.got.status) for p in self.pairs)

    def _accuracy(self, tag: str) -> float:
        right = sum(same(tag, p.gold.tags[tag], getattr(p.got, tag)) for p in self.pairs)
        return _ratio(right, len(self.pairs))

    def _status_macro_f1(self) -> float:
        """Mean F1 over the statuses that the gold of the matched mentions holds."""
        counts = self.confusion()
        present = [s for s in STATUS if any(gold == s for gold, _ in counts)]
        f1 = [
            _ratio(
                2 * counts[s, s],
                sum(n for (gold, _), n in counts.items() if gold == s)
                + sum(n for (_, got), n in counts.items() if got == s),
            )
            for s in present
        ]
        return _ratio(sum(f1), len(f1))


@dataclass(frozen=True)
class Scores:
    """The tallies by name: "all", "half A" and "half B", or the one half asked for."""

    files: tuple[str, ...]
    tallies: dict[str, Tally]

    @property
    def overall(self) -> Tally:
        """The first tally: everything that was asked for."""
        return next(iter(self.tallies.values()))


def evaluate(paths: Iterable[str | Path], half: Half | None = None) -> Scores:
    """Read the gold files `paths`, extract from every passage, and score what was found.

    `half` limits it to odd lines ("a") or even lines ("b"). Raises GoldError for a file that
    cannot be read, ValueError for another `half`.
    """
    if half is not None and half not in get_args(Half):
        raise ValueError(f"half is a or b, not {half!r}")
    names = ("all", "half A", "half B") if half is None else (f"half {half.upper()}",)
    tallies = {name: Tally() for name in names}
    files = [Path(path) for path in paths]
    for passage in (passage for path in files for passage in read_gold(path)):
        if half is None or passage.half == half:
            found = extract(passage.text, language=passage.language)
            for name in {names[0], f"half {passage.half.upper()}"}:
                _add(tallies[name], passage, found)
    return Scores(tuple(str(path) for path in files), tallies)


def record(paths: Iterable[str | Path]) -> str:
    """The scores of gold files as the JSON text that `recorded` reads: by half, and by language
    where there are several."""
    files = []
    for path in map(Path, paths):
        tallies: dict[str, Tally] = {}
        passages = list(read_gold(path))
        has_several = len({passage.language for passage in passages}) > 1
        for passage in passages:
            found = extract(passage.text, language=passage.language)
            language = passage.language if has_several else None
            for name in ("all", f"half {passage.half.upper()}", language):
                if name:
                    _add(tallies.setdefault(name, Tally()), passage, found)
        parts = {
            name: {
                "passages": tally.passages,
                "amounts": tally.gold,
                "scores": {score: round(value, 3) for score, value in tally.scores().items()},
            }
            for name, tally in sorted(tallies.items())
        }
        files.append({"file": path.name, "parts": parts})
    return json.dumps({"extractor": EXTRACTOR, "files": files}, indent=1) + "\n"


def recorded() -> dict[str, Any]:
    """The scores that are shipped: those of this extractor on the gold files of the project.

    `tracker evaluate GOLD.jsonl ... --record` writes them (`make scores`); a test holds them to
    what the extractor reaches.
    """
    scores: dict[str, Any] = json.loads(RECORD.read_text("utf-8"))
    return scores


def match(gold: Sequence[GoldMention], got: Sequence[Mention]) -> list[tuple[int, int]]:
    """Pairs of indexes (gold, got): same bounds and currency, spans overlap, largest overlap first.

    Each mention is in one pair at most.
    """
    overlaps = sorted(
        (-overlap, i, j)
        for i, g in enumerate(gold)
        for j, m in enumerate(got)
        if (overlap := min(g.end, m.end) - max(g.start, m.start)) > 0
        and g.currency == m.currency
        and isclose(g.min, m.amount_min)
        and isclose(g.max, m.amount_max)
    )
    pairs: dict[int, int] = {}
    for _, i, j in overlaps:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return sorted(pairs.items())


def same(tag: str, gold: Any, got: Any) -> bool:
    """Whether two values of `tag` count as equal."""
    if gold is None or got is None:
        return gold is got
    if tag in {"donor", "recipient"}:
        return bool(gold.casefold() == got.casefold())
    if tag == "attributed_to":
        return any(
            one and other and (one <= other or other <= one)
            for one, other in zip(_name_words(gold), _name_words(got), strict=True)
        )
    return bool(gold == got)


def report(scores: Scores, misses: bool = False) -> str:
    """The scores as plain text: a table, the confusion of statuses, and the misses if asked for."""
    overall = scores.overall
    names = list(scores.tallies)
    table = [["", *names]]
    for label, attribute in (("passages", "passages"), ("amounts in gold", "gold"),
                             ("amounts read", "got")):  # fmt: skip
        table.append([label, *(str(getattr(t, attribute)) for t in scores.tallies.values())])
    table.append(["amounts matched", *(str(len(t.pairs)) for t in scores.tallies.values())])
    columns = [t.scores() for t in scores.tallies.values()]
    table += [[name, *(f"{c[name]:.3f}" for c in columns)] for name in columns[0]]
    parts = [", ".join(scores.files), _aligned(table)]
    if overall.pairs:
        parts.append(f"Status, {names[0]}: gold down, read across\n{_confusion_table(overall)}")
    if misses:
        lines = [
            f"{m.passage}  {m.quote!r}  {m.tag}: gold {m.gold}, read {m.got}"
            + (f"  [{m.rule}]" if m.rule else "")
            for m in overall.misses
        ]
        parts.append("\n".join([f"Misses, {names[0]}: {len(lines)}", *lines]))
    return "\n\n".join(parts)


def _add(tally: Tally, passage: Passage, found: Sequence[Mention]) -> None:
    """Match what was `found` in a passage with its gold and count it into `tally`."""
    matched = match(passage.mentions, found)
    tally.passages += 1
    tally.gold += len(passage.mentions)
    tally.got += len(found)
    for i, j in matched:
        pair = Pair(passage.id, passage.mentions[i], found[j])
        tally.pairs.append(pair)
        tally.misses += _tag_misses(pair)
    left_gold = [g for i, g in enumerate(passage.mentions) if i not in {i for i, _ in matched}]
    left_got = [m for j, m in enumerate(found) if j not in {j for _, j in matched}]
    for gold in left_gold:
        # A mention at the same place with another value belongs beside the gold one.
        near = next((m for m in left_got if m.start < gold.end and gold.start < m.end), None)
        if near is not None:
            left_got.remove(near)
        wanted = _amount(gold.min, gold.max, gold.currency)
        tally.misses.append(
            Miss(passage.id, gold.quote, "amount", wanted, _read(near), _rule(near, "amount"))
        )
    for extra in left_got:
        tally.misses.append(
            Miss(passage.id, extra.quote, "amount", "none", _read(extra), _rule(extra, "amount"))
        )


def _tag_misses(pair: Pair) -> Iterator[Miss]:
    for tag in TAGS:
        gold, got = pair.gold.tags[tag], getattr(pair.got, tag)
        if not same(tag, gold, got):
            yield Miss(
                pair.passage, pair.gold.quote, tag, str(gold), str(got), _rule(pair.got, tag)
            )


def _rule(mention: Mention | None, tag: str) -> str:
    """The rules that decided `tag`, as the mention's evidence names them."""
    return "" if mention is None else ", ".join(e.rule for e in mention.evidence if e.tag == tag)


def _read(mention: Mention | None) -> str:
    if mention is None:
        return "none"
    amount = _amount(mention.amount_min, mention.amount_max, mention.currency)
    return f"{amount} {mention.quote!r}"


def _amount(low: float, high: float, currency: str) -> str:
    bounds = f"{low:,.15g}" if low == high else f"{low:,.15g} to {high:,.15g}"
    return f"{bounds} {currency}"


def _name_words(name: str) -> tuple[set[str], set[str]]:
    """Words of a name in casefold without punctuation: all of them, and those of no title."""
    plain = re.sub(r"['’]s\b|[.'’]", "", name.casefold())
    return set(re.findall(r"\w+", plain)), set(re.findall(r"\w+", TITLES.sub("", plain)))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _confusion_table(tally: Tally) -> str:
    counts = tally.confusion()
    used = [s for s in STATUS if any(s in pair for pair in counts)]
    cell: Callable[[int], str] = lambda n: str(n) if n else "."  # noqa: E731
    return _aligned([["", *used], *([g, *(cell(counts[g, r]) for r in used)] for g in used)])


def _aligned(rows: list[list[str]]) -> str:
    """Rows as text: the first column to the left, the others to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows
    )
