"""What money is for where its own sentence does not say it, by the rest of a document.

A passage of a few sentences says of itself what a sum is for; in an appeal every sum is
humanitarian, and in a development bank's announcement of a road every sum builds the road, the
loans and what others add to them too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tracker.extraction.aid_type import FORM, MIXED, WORKS, is_damage, kinds_said
from tracker.extraction.decision import Decision
from tracker.extraction.parties.about import opening
from tracker.extraction.text.context import Passage
from tracker.extraction.words import load_rules
from tracker.schema import Evidence, Mention

RULE = "aid_type-document"
_RULES = load_rules("aid_type")["document"]
_RULE = next(rule for rule in _RULES if rule["id"] == "document")
_BUILDERS = frozenset(_RULE["builders"])
_BEYOND = frozenset(_RULE["beyond"])
_BUILT = "reconstruction"
_WHOLE = frozenset({"humanitarian", "military"})
"""Of what a whole document can be; one about a loan speaks of the budget's other sums too."""
HEADLINE = 3
"""How many sentences at the top must say what a document is about."""
CLEARLY = 0.8
"""Which share of the sums of which a kind is said must be of that kind."""
LEADING = 1 / 3
"""Which share of the sums must be of one bank."""
SLACK = 0.01
"""What rounding may leave between a sum and its parts."""


def settle_kinds(passage: Passage, mentions: Sequence[Mention]) -> None:
    """Set `aid_type` where only the rest of a document says it; a short passage keeps its own."""
    if not passage.is_document:
        return
    _divide(passage, mentions)
    _share(passage, mentions)
    funds = [mention for mention in mentions if mention.status != "other"]
    kind = _project(passage, funds) or _appeal(passage, funds)
    for mention in funds:
        if kind and _is_of(passage, mention, kind):
            _set(mention, kind._replace(rule=RULE))


def _divide(passage: Passage, mentions: Sequence[Mention]) -> None:
    """A sum of parts of several kinds is mixed: "$9m: $5m for food and $4m for weapons"."""
    for number, whole in enumerate(mentions):
        end, rest, parts = passage.at(whole.start).end, whole.amount_max, list[Mention]()
        for part in mentions[number + 1 :]:
            if part.start >= end or rest <= SLACK * whole.amount_max:
                break
            if part.currency == whole.currency:
                rest -= part.amount_max
                parts.append(part)
        kinds = {part.aid_type for part in parts if part.aid_type}
        if abs(rest) <= SLACK * whole.amount_max and len(kinds) > 1 and whole.status != "other":
            _set(whole, Decision(MIXED, RULE, parts[0].start, parts[-1].end))


def _share(passage: Passage, mentions: Sequence[Mention]) -> None:
    """A part is for what its whole is for, where it does not say what for."""
    by_id = {mention.mention_id: mention for mention in mentions}
    for mention in mentions:
        whole = by_id.get(mention.part_of or "")
        if (
            whole
            and whole.aid_type != MIXED
            and not mention.aid_type
            and _is_funding(passage, mention)
        ):
            mention.aid_type = whole.aid_type
            mention.evidence += [e for e in whole.evidence if e.tag == "aid_type"]


def _project(passage: Passage, funds: Sequence[Mention]) -> Decision | None:
    """The words at the top that say what is built, where a bank gives more than anybody else."""
    givers = Counter(mention.donor for mention in funds if mention.donor)
    giver, times = next(iter(givers.most_common(1)), (None, 0))
    if giver not in _BUILDERS or times <= LEADING * len(funds):
        return None
    said = [kind for sentence in opening(passage) for kind in kinds_said(sentence)]
    built = [kind for kind in said if kind.value == _BUILT]
    return built[0] if 2 * len(built) > len(said) else None


def _appeal(passage: Passage, funds: Sequence[Mention]) -> Decision | None:
    """The words of the headline that say what most sums are for too."""
    counted = Counter(mention.aid_type for mention in funds if mention.aid_type)
    kind, times = next(iter(counted.most_common(1)), (None, 0))
    if kind not in _WHOLE or times < CLEARLY * counted.total():
        return None
    said = [kind for sentence in opening(passage)[:HEADLINE] for kind in kinds_said(sentence)]
    return said[0] if said and all(one.value == kind for one in said) else None


def _is_of(passage: Passage, mention: Mention, kind: Decision) -> bool:
    """Whether a sum is for what the document is about, and nothing else is said of it."""
    if not _is_funding(passage, mention):
        return False
    if kind.value != _BUILT:
        at_home = mention.donor is not None and mention.donor == mention.recipient
        return mention.aid_type is None and not at_home
    # What a bank does in all is beyond: "19 projects with commitments of $2.6 billion".
    beyond = mention.cumulative or not _BEYOND.isdisjoint(passage.at(mention.start).words)
    return not beyond and all(
        e.rule == FORM or e.rule.startswith(WORKS) for e in mention.evidence if e.tag == "aid_type"
    )


def _is_funding(passage: Passage, mention: Mention) -> bool:
    return mention.status != "other" and not is_damage(passage.text, mention)


def _set(mention: Mention, kind: Decision) -> None:
    """Set the kind, and why, in place of what was said before."""
    mention.aid_type = kind.value
    mention.evidence = [e for e in mention.evidence if e.tag != "aid_type"]
    mention.evidence.append(Evidence("aid_type", kind.rule, kind.start, kind.end))
