"""What a verb says in its sentence: by its tense, its subject and its object."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.stages.cues import GRAMMAR, Cue
from tracker.extraction.stages.noun_in_context import Reading, by_sentence
from tracker.extraction.stages.objects import by_object, seen
from tracker.extraction.stages.subjects import by_agent, by_subject, has_subject
from tracker.extraction.stages.verbs import (
    HEDGING,
    STEPS,
    Auxiliaries,
    led_by_future,
    raises_aid,
    reports,
    withheld,
)
from tracker.extraction.stages.word_class import plural_weight
from tracker.extraction.text.lexicon import Hit
from tracker.extraction.text.sentence import AMOUNT, Token

HEDGED = 6
"""How many words behind a verb a hedged amount may stand."""


def _aside(cue: Cue, tokens: Sequence[Token], first: int, last: int) -> float:
    """How much a verb counts that says something on the side; 1.0 for any other."""
    before = [t.lower for t in tokens[max(0, first - 4) : first]]
    if before[-1:] and before[-1].endswith("ly"):
        before = before[:-1]
    if cue.kind == "past" and before[-1:] == ["than"]:
        return 0.0  # "more than planned"
    if cue.kind == "past" and before and before[-1] in GRAMMAR["accords"] and "under" in before:
        return 0.3  # "$5m under a treaty signed in May": the treaty is signed
    of_it = before[-3:-1] == [AMOUNT, "of"]  # "$5m of it going to"
    listed = before[-2:-1] == [","] and tokens[first - 1].text[:1].isupper()
    with_it = of_it or listed or "with" in [t.lower for t in tokens[max(0, first - 7) : first - 1]]
    if cue.kind == "ing" and cue.rule in ("receive", "arrive") and with_it:
        return 0.4  # "with Assam getting $5m": what was said before goes for it too
    if cue.kind == "ing" and before[-1:] == ["from"] and cue.status in STEPS:
        return 0.3  # "stopped the government from releasing $5m"
    if cue.kind == "past" and cue.rule == "promise" and reports(tokens, first, last):
        return 0.3
    return 1.0


def _is_urged(tokens: Sequence[Token], first: int) -> bool:
    """Whether somebody is told what to do: "Berlin should send", "the EU must give"."""
    return not GRAMMAR["urging"].isdisjoint(t.lower for t in tokens[max(0, first - 2) : first])


def _recommended(tokens: Sequence[Token], first: int, aux: Auxiliaries) -> bool:
    """Whether a sentence only says what should be: "That the Government provide $5m"."""
    named = tokens[0].lower == "that" and not tokens[first - 1].lower.endswith("s")
    return named and not aux.future and {",", "and"}.isdisjoint(t.lower for t in tokens[:first])


def _in_future(status: str, cue: Cue) -> str:
    """What a verb will say: "to buy arms for $5m" is planned, and no contract yet."""
    if status == "other":
        return status  # "expects to collect $5m in taxes"
    return cue.future or ("pledged" if status == "committed" else status)


def _is_gerund_noun(cue: Cue, before: str, behind: str) -> bool:
    """Whether a word in -ing is a noun: "a drawing of", "the lending"."""
    noun = behind in GRAMMAR["behind_gerund"] and before not in GRAMMAR["be"]
    return cue.kind == "ing" and (before in ("a", "the") or behind == "of" or noun)


def _is_kept_from(cue: Cue, tokens: Sequence[Token], first: int) -> bool:
    """Whether it is not approved: "kept leaders from adopting", "a vote short of passing"."""
    before = [t.lower for t in tokens[max(0, first - 2) : first]]
    short = before[-1:] == ["of"] and before[0] in GRAMMAR["short"]
    return (
        cue.rule in ("approve", "agree")
        and cue.kind == "ing"
        and (short or before[-1:] == ["from"])
    )


def _base_weight(before: str, tokens: Sequence[Token], first: int, last: int) -> float:
    """How much a base form without an auxiliary counts, mostly a noun or a plural verb."""
    if seen(tokens, first):
        return 1.0
    if before in GRAMMAR["emphatic"]:
        return 0.9  # "did reach Kyiv"
    return plural_weight(tokens, first, last)


def _hedged_amount(tokens: Sequence[Token], last: int) -> bool:
    """Whether an amount is the object of a verb: "donors freeze over $5m"."""
    ahead = [t.lower for t in tokens[last + 1 : last + HEDGED]]
    hedges = ahead[: ahead.index(AMOUNT)] if AMOUNT in ahead else ["at"]
    return "at" not in hedges and HEDGING.issuperset(hedges)  # but "pledges stall at $5m"


def _raised(tokens: Sequence[Token], first: int, aux: Auxiliaries) -> str:
    """The stage of aid that is raised by somebody: "MPs raised it by $5m" is voted."""
    wanted = not GRAMMAR["wanting"].isdisjoint(t.lower for t in tokens[max(0, first - 5) : first])
    if wanted or (aux.would and has_subject(tokens, first, "bills")):
        return "requested"  # "a bill before parliament would raise", "want it raised to $5m"
    return "approved" if has_subject(tokens, first, "legislatures") else "pledged"


def _in_its_tense(
    cue: Cue, tokens: Sequence[Token], first: int, last: int, aux: Auxiliaries
) -> tuple[str | None, str | None, float, bool, bool]:
    """Status, hold and weight of a verb in its tense; whether that is the future, an infinitive."""
    status, hold, weight = cue.status, cue.hold, cue.weight
    before = tokens[first - 1].lower if first else ""
    behind = tokens[last + 1].lower if last + 1 < len(tokens) else "."
    if cue.kind == "base" and not (aux.future or aux.perfect):
        weight *= _base_weight(before, tokens, first, last)
        if not seen(tokens, first) and not (
            (first and before.endswith("s") and _hedged_amount(tokens, last))
            or (before == "still" and behind in GRAMMAR["before_object"] - {"at"})
        ):
            hold = None  # but "donors suspend $5m"
    weight *= 0.5 if _is_gerund_noun(cue, before, behind) else 1.0
    future, infinitive = aux.future, aux.infinitive
    if (
        cue.kind == "ing"
        and before in GRAMMAR["purpose"]
        and not any(t.lower in GRAMMAR["factive"] for t in tokens[:first])
    ):
        future = infinitive = True
    future = future or (cue.kind == "ing" and led_by_future(tokens, first))
    if future and cue.future:
        status = cue.future
        if cue.rule == "give" and not aux.passive and _is_urged(tokens, first):
            status = "requested"
    weight *= _aside(cue, tokens, first, last) * (0.75 if infinitive else 1.0)
    if cue.kind == "ing" and cue.rule == "give" and before in GRAMMAR["be"] and (
        any(t.lower in GRAMMAR["telling"] for t in tokens)
    ):  # fmt: skip
        status = cue.future  # "said it was donating"
    return status, hold, weight, future, infinitive


def verb_in_context(cue: Cue, hit: Hit[Cue], tokens: Sequence[Token], aux: Auxiliaries) -> Reading:
    """Tense, modality, negation, subject and object of a verb."""
    first, last = hit.first, hit.last
    passive = aux.passive and cue.kind == "past"
    before = tokens[first - 1].lower if first else ""
    status, hold, weight, future, infinitive = _in_its_tense(cue, tokens, first, last, aux)
    near = {t.lower for t in tokens[max(0, first - 6) : first]}
    if cue.rule == "allocate" and passive and not GRAMMAR["could"].isdisjoint(near):
        status = "committed"  # "allowed $5m to be allocated", "could be set aside"
    if cue.kind == "base" and status in STEPS and _recommended(tokens, first, aux):
        status, weight = "requested", cue.weight
    if aux.negated:
        status, weight = (cue.negated, weight * 0.8) if cue.negated else (status, weight * 0.2)
        if before in ("not", "yet") and "but" in near:
            weight *= 0.4  # "allotted but not yet drawn": what was done says more
    if hold and aux.would and aux.perfect:
        weight *= 0.2  # "would have been struck": it was not
    if aux.negated and withheld(cue, tokens, first):
        status, hold, weight = "unspecified", "blocked", cue.weight
    if _is_kept_from(cue, tokens, first):
        status = "requested"
        kept = any(t.lower in GRAMMAR["keeps"] for t in tokens[max(0, first - 10) : first])
        hold = "blocked" if kept else hold
    if passive and before == "be" and not future and status in STEPS:
        status = "requested"  # "proposes that $5m be granted"
    if not passive and (status in STEPS or cue.by_subject):
        said = by_subject(tokens, first, status or "", cue, aux)
        if said != status:
            status, weight = said, max(weight, 0.85)
    if cue.kind == "past" and status in STEPS and by_agent(tokens, last):
        status = "approved"
    for said in by_object(cue, tokens, first, last, passive):
        status, weight = _in_future(said, cue) if future else said, max(weight, 0.95)
    if cue.rule == "raised" and raises_aid(tokens, last):
        status = _raised(tokens, first, aux)
    eaten = cue.rule == "spend" and future and tokens[first].lower in GRAMMAR["eats"]
    if (status in STEPS and not GRAMMAR["unless"].isdisjoint(near)) or (
        eaten and has_subject(tokens, first, "undertakings")
    ):
        # "unless $5m turns up, rations will be cut", "patching up the grid would eat up $5m"
        status = "needed"
    status = by_sentence(cue, tokens) or status
    if status in ("needed", "other") or (cue.rule == "vetoed" and future) or (
        future and cue.rule == "cancelled-itself"
    ):  # fmt: skip
        hold = None  # "if Congress does not act, the money will lapse"
    past = "past" if cue.kind == "past" and not aux.perfect else "active"
    voice = "passive" if passive else "infinitive" if infinitive else past
    return Reading(cue, first, last, status, hold, weight, voice)
