"""Whether an amount is a running total."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from tracker.extraction.decision import Decision
from tracker.extraction.stages.cues import GRAMMAR
from tracker.extraction.stages.totals import OTHER_CLAUSE, brought_to
from tracker.extraction.text.context import Passage
from tracker.extraction.text.lexicon import Lexicon
from tracker.extraction.text.sentence import AMOUNT, Sentence, words_of
from tracker.extraction.text.tables import columns_beside
from tracker.extraction.words import load_rules

_RULES = load_rules("status")
_WORDS = load_rules("en")["totals"]
_MONTHS = frozenset(month.lower() for month in load_rules("en")["periods"]["months"])
_MORE, _RANKS = frozenset(_WORDS["more"]), frozenset(_WORDS["ranks"])
_PERFECT, _GROWN = frozenset(_WORDS["perfect"]), frozenset(_WORDS["grown"])
_GATHERED, _DAYS = frozenset(_WORDS["gathered"]), frozenset(_WORDS["days"])
_NOW = frozenset({"is", "are", "would", "cannot", "can", "lacks", "lack", "needs", "need", "many"})
"""In what "since" opens, these say why and not when: "since the port is shut"."""
EVENT = 6
"""How many words behind "since" they may stand."""
_NOT_SINCE, _BECAUSE = frozenset(_WORDS["not_since"]), frozenset(_WORDS["because"])
_UNTIL = [
    (["by"], _DAYS),
    (["up", "to"], _DAYS | _MONTHS),
    (["until"], frozenset({"then"})),
    (["at", "the", "date", "of"], frozenset[str]()),
]
"""What leads to a day, and the words with which that may begin, if they are told."""
_ANOTHER_CLAUSE = OTHER_CLAUSE | {AMOUNT, "when", "that", "whose", "where"}
_STATES, _NOT_YET = frozenset(_WORDS["states"]), frozenset(_WORDS["not_yet"])
_LIFTS = frozenset(_WORDS["lifts"])
_COMPARED = [words.split() for words in _WORDS["compared"]]
_OF_OBJECT, _ASKED = frozenset(_WORDS["of_object"]), frozenset(_WORDS["asked"])
_LIFTING = frozenset({"lifting", "raising", "taking", "pushing", "bringing"})
_ORDINAL = ("st", "nd", "rd", "th")
_HEDGES = GRAMMAR["hedging"] | GRAMMAR["hedges"] | {"than"}

NEXT = 7
"""How many words on an amount stands that a total said before it belongs to."""


RANKED = 5
"""How many words before "since" something may be ranked: "its largest loan to Chad since 2019"."""
CLAUSE = 14
"""How many words around an amount are looked at for the verb of its clause."""
JOINED = 2
"""How many words behind "and" go on with the clause of a total: "and paid out $5m"."""
FOLLOWS = 7
"""How many words may part an amount from the total that it is a part of or stands beside."""


@cache
def _totals() -> Lexicon[str]:
    return Lexicon(
        (words, f"cumulative-{rule['id']}")
        for rule in (*_RULES["cumulative"], {"id": "by-a-day", **_WORDS})
        for words in rule.get("phrases", [])
    )


def _is_day(behind: Sequence[str]) -> bool:
    """Whether a date follows: "as of 30 June", but not "as of next year", "as at the summit"."""
    return bool(behind) and (behind[0].isdigit() or behind[0] in _MONTHS | _DAYS)


def _is_more(sentence: Sentence, position: int) -> bool:
    """Whether the amount comes on top of a total: "$37m so far, and another $4m"."""
    return not _MORE.isdisjoint(sentence.words[max(0, position - 2) : position])


def decide_cumulative(
    sentence: Sentence, position: int, status: str, per: str | None, hold: str | None = None
) -> Decision | None:
    """Whether the amount is a running total ("so far", "since 2022"); None when it is not.

    What is paid by the month or year (`per`) is no total.
    """
    if status == "other" or per:
        return None
    found = _by_phrase(sentence, position, status) or _brought(sentence, position)
    found = found or _since_a_year(sentence, position, status)
    if found is None and status in _GATHERED and hold is None:
        found = _by_a_day(sentence, position) or _since(sentence, position)
        found = found or _beside_a_total(sentence, position)
    return found


def in_column(passage: Passage, sentence: Sentence, position: int, status: str) -> Decision | None:
    """ "Requested | Received": what has come in is a total where a table sets it beside that."""
    heads = passage.heads(sentence, position) if status == "disbursed" else []
    if not heads:
        return None
    for start, end in columns_beside(
        passage.text, sentence.starts[position], sentence.ends[position]
    ):
        if not _ASKED.isdisjoint(words_of(passage.text[start:end].lower())):
            return Decision("true", "cumulative-beside-asked", start, end, 0.8)
    return None


def _by_phrase(sentence: Sentence, position: int, status: str) -> Decision | None:
    """ "$5 billion so far", "support now stands at $5 billion"."""
    tokens = sentence.tokens
    for hit in sentence.once("totals", lambda: _totals().find(sentence)):
        before = hit.last < position
        between = tokens[hit.last + 1 : position] if before else tokens[position + 1 : hit.first]
        words = [t.lower for t in between]
        if AMOUNT in words or not OTHER_CLAUSE.isdisjoint(words):
            continue
        if sentence.words[hit.first] == "as" and not _is_day(sentence.words[hit.last + 1 :][:2]):
            continue
        if status == "requested" or (before and "and" in words and _is_more(sentence, position)):
            continue
        if status == "needed" and hit.meaning == "cumulative-by-a-day":
            continue
        if sentence.words[hit.first] == "since" and _is_ranked(sentence, hit.first):
            continue
        if not before and hit.first and sentence.words[hit.first - 1] in _LIFTING:
            continue  # "paid $5m, lifting total disbursements under the plan to $9m"
        if before and words[-2:-1] == ["of"] and words[-1] in ("a", "the", "its") and (
            hit.meaning == "cumulative-running-total" and sentence.words[hit.last] != "total"
        ):  # fmt: skip
            continue  # "has paid half so far of a $5m package"
        if not before and sentence.words[hit.last] in _OF_OBJECT:
            continue  # "$5m has reached the towns"
        ahead = sentence.words[hit.last : hit.last + NEXT]
        bringing = "bringing" in sentence.words[hit.first : hit.last + 1]
        if not before and "," in words and (bringing or AMOUNT in ahead):
            continue  # "paid $5m, lifting total disbursements to $9m": the total is the other
        return Decision("true", hit.meaning, tokens[hit.first].start, tokens[hit.last].end, 1.0)
    return None


def _brought(sentence: Sentence, position: int) -> Decision | None:
    """ "Bringing its commitments in Kenya to $2bn"."""
    total = brought_to(sentence, position)
    if total is None:
        return None
    span = sentence.starts[total], sentence.ends[position - 1]
    return Decision("true", "cumulative-brought-to", *span, 1.0)


def _since_a_year(sentence: Sentence, position: int, status: str) -> Decision | None:
    """ "Since 2002", "since February 2022", beside a payment, promise or approval."""
    if status in ("needed", "requested", "unspecified"):
        return None
    for place in _places(sentence, "since"):
        following = sentence.texts[place + 1 : place + 5]
        if not any(w.isdigit() and len(w) == 4 for w in following[:3]):
            continue
        rate = not {"annual", "average", "yearly"}.isdisjoint(sentence.words)
        if rate or _is_ranked(sentence, place) or _is_more(sentence, position):
            continue
        between = _between(sentence, place, position)
        if place < position and not {AMOUNT, "when"}.isdisjoint(between):
            continue
        return _at(sentence, place, "cumulative-since")
    return None


def _since(sentence: Sentence, position: int) -> Decision | None:
    """ "Has spent $5m since November", "since its founding, it has paid $5m"."""
    words = sentence.words
    for place in _places(sentence, "since"):
        between = _between(sentence, place, position)
        event = words[place + 1 : place + 4]
        if (
            not _ANOTHER_CLAUSE.isdisjoint(between)
            or (place > position and (words[place - 1] == "," or not _LIFTS.isdisjoint(between)))
            or words[place - 1] in _NOT_SINCE
            or not event
            or event[0] in _BECAUSE | {",", "."}
            or not _NOW.isdisjoint(words[place + 1 : place + EVENT])
            or any(map(str.isdigit, event))
            or _is_ranked(sentence, place)
            or _is_more(sentence, position)
            or _is_for_each(sentence, position)
        ):
            continue
        clause = words[_clause(place, position) : max(place, position)]
        state = any(one == "been" and two in _STATES for one, two in pairwise(clause))
        paid = (position, "paid") == (place - 2, words[place - 1])
        if paid or not (state or _PERFECT.isdisjoint(clause)):
            return _at(sentence, place, "cumulative-since")
    return None


def _by_a_day(sentence: Sentence, position: int) -> Decision | None:
    """ "By the end of June the fund had paid out $5m", "had received $5m by then"."""
    words = sentence.words
    if _is_for_each(sentence, position):
        return None
    for lead, days in _UNTIL:
        for place in _places(sentence, lead[0]):
            last = place + len(lead)
            day = words[last + (words[last : last + 1] == ["the"]) :][:1]
            dated = not days or (
                day and (day[0] in days or (lead != ["until"] and day[0].isdigit()))
            )
            between = _between(sentence, place, position)
            parted = not {*OTHER_CLAUSE, AMOUNT, "whose", "where"}.isdisjoint(between)
            owned = not {"'s", "’s"}.isdisjoint(words[last + 1 : last + 4])
            if words[place:last] != lead or not dated or parted or owned:
                continue  # "by last year's standards"
            before = words[_clause(place, position) : position]
            behind = words[position + 1 : position + FOLLOWS] if place < position else between
            had = any(
                one == "had" and two not in _NOT_YET
                for part in (before, behind)
                for one, two in pairwise([*part, ""])
            )
            header = place == 1 and position == len(words) - 1  # "Paid by 30 June"
            if header or had or not _GROWN.isdisjoint(before):
                return _at(sentence, place, "cumulative-by-a-day")
    return None


def _beside_a_total(sentence: Sentence, position: int) -> Decision | None:
    """ "Has so far pledged $9m and paid $5m", "of which $5m has been paid", "against $4m"."""
    before = max((place for place in sentence.amounts if place < position), default=None)
    if before is None:
        return None
    total = sentence.once("running totals", lambda: _totals_of(sentence))[before]
    return total and _beside(sentence, before, position, total)


def _totals_of(sentence: Sentence) -> dict[int, Decision | None]:
    """Whether each amount is a total if it is paid, from left to right."""
    found: dict[int, Decision | None] = {}
    last: tuple[int, Decision] | None = None
    for place in sorted(sentence.amounts):
        found[place] = total = (
            _by_phrase(sentence, place, "disbursed")
            or _brought(sentence, place)
            or _since_a_year(sentence, place, "disbursed")
            or _by_a_day(sentence, place)
            or _since(sentence, place)
            or (_beside(sentence, last[0], place, last[1]) if last else None)
        )
        last = (place, total) if total else None
    return found


def _beside(sentence: Sentence, before: int, position: int, total: Decision) -> Decision | None:
    """What the `total` at `before` makes of the next amount: "of which $5m has been paid"."""
    words = sentence.words
    between = words[before + 1 : position]
    while between and between[-1] in _HEDGES:
        between = between[:-1]
    part = ["of", "which"] in (between[-2:], words[position + 1 : position + 3])
    near = len(between) <= FOLLOWS
    compared = near and any(between[-len(lead) :] == lead for lead in _COMPARED)
    joined = between[len(between) - between[::-1].index("and") :] if "and" in between else []
    both = joined and (joined[0] in _PERFECT or len(joined) <= JOINED) and _MORE.isdisjoint(joined)
    return total._replace(rule="cumulative-beside-a-total") if part or compared or both else None


def _places(sentence: Sentence, word: str) -> Sequence[int]:
    """Where a word stands in a sentence."""
    return sentence.once(
        f"places of {word}", lambda: [n for n, one in enumerate(sentence.words) if one == word]
    )


def _between(sentence: Sentence, place: int, position: int) -> list[str]:
    """The words between a word and an amount, whichever comes first."""
    return sentence.words[min(place, position) + 1 : max(place, position)]


def _clause(place: int, position: int) -> int:
    """Where the words begin that may hold the verb of an amount with a date at `place`."""
    return max(0, min(place, position) - (CLAUSE if place > position else 0))


def _is_for_each(sentence: Sentence, position: int) -> bool:
    """Whether each of many got the amount: "$5 per person", "$5 to each household"."""
    return not {"per", "each", "apiece"}.isdisjoint(sentence.words[position + 1 : position + 3])


def _is_ranked(sentence: Sentence, place: int) -> bool:
    """Whether "since" ranks one amount among others: "its largest loan since 2019"."""
    before = sentence.words[max(0, place - RANKED) : place]
    return not _RANKS.isdisjoint(before) or any(
        w[0].isdigit() and w[-2:] in _ORDINAL for w in before
    )


def _at(sentence: Sentence, place: int, rule: str) -> Decision:
    return Decision("true", rule, sentence.starts[place], sentence.ends[place], 0.8)
