"""What one cue says where it stands: tense, modality, negation, voice, subject and object."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.stages.cues import GRAMMAR, Cue, base_forms
from tracker.extraction.stages.noun_in_context import Reading, by_sentence, noun_in_context, silent
from tracker.extraction.stages.objects import (
    acts_on,
    alone,
    amount_follows,
    brings_money,
    by_object,
    done_to_amount,
    done_to_contracts,
    ends_contracts,
    has_object,
    has_object_of,
    priced_item,
    seen,
    sends_people,
)
from tracker.extraction.stages.other_senses import says_otherwise
from tracker.extraction.stages.silences import says_nothing
from tracker.extraction.stages.subjects import by_agent, by_subject, has_subject
from tracker.extraction.stages.verbs import (
    STEPS,
    Auxiliaries,
    auxiliaries,
    led_by_future,
    overridden,
    raises_aid,
    reports,
    with_particle,
)
from tracker.extraction.stages.word_class import can_be_plural, is_noun, listed, plural_weight
from tracker.extraction.text.context import AMOUNT, Token
from tracker.extraction.text.lexicon import Hit


def in_context(hit: Hit[Cue], tokens: Sequence[Token]) -> Reading:
    """What a cue says where it stands."""
    cue, first = hit.meaning, hit.first
    if cue.kind == "bare_ing":  # "by granting $5m", but "in project funding"
        if has_object(tokens, hit.last) or (
            cue.status == "disbursed" and _is_doing(tokens, first, hit.last)
        ):
            cue = cue._replace(kind="ing", noun=None)
        elif cue.noun:
            cue = cue.noun._replace(noun=None)
        else:
            return silent(cue, hit)
    behind = tokens[hit.last + 1].lower if hit.last + 1 < len(tokens) else "."
    if cue.noun and (
        is_noun(tokens, first, hit.last)
        or (cue.kind == "base" and not can_be_plural(tokens, first))
        or (cue.kind == "bare" and not auxiliaries(tokens, first).future)
        or (
            cue.kind == "bare_present"
            and not has_object(tokens, hit.last)
            and tokens[first - 1].lower not in GRAMMAR["who_acts"]  # "the $5m that it reserves"
        )
    ):
        cue = cue.noun
    elif (
        cue.kind in ("base", "present")
        and first
        and (tokens[first - 1].lower in GRAMMAR["before_noun_only"])
        # "a family of five receives"
        and not (tokens[first - 2].lower == "of" and tokens[first - 1].lower in GRAMMAR["counts"])
        and not ((cue.intransitive and alone(tokens, first)) or seen(tokens, first))
    ):
        return silent(cue, hit)
    elif (
        cue.kind == "present"
        and first > 1
        and tokens[first - 1].lower in base_forms()
        and tokens[first - 2].lower in GRAMMAR["modal_verbs"]
    ):
        return silent(cue, hit)  # "would ship supplies worth $5m"
    elif (
        cue.kind == "base"
        and first
        and behind in GRAMMAR["prepositions"]
        and not (
            can_be_plural(tokens, first)
            or any(t.lower in GRAMMAR["modal_verbs"] for t in tokens[max(0, first - 4) : first])
        )
    ):
        return silent(cue, hit)  # "public sector pay", "a second slice"
    if says_nothing(cue, tokens, first, hit.last):
        return silent(cue, hit)
    otherwise = says_otherwise(cue, tokens, first, hit.last)
    if otherwise is not None:
        return Reading(cue, first, hit.last, *otherwise, 1.0, "active")
    if cue.particles:
        cue = with_particle(cue, tokens, hit.last) or cue
    if (
        by_sentence(cue, tokens) == ""
        or (cue.rule == "vetoed" and overridden(tokens, first))
        or (cue.rule == "bring" and not brings_money(tokens, hit.last))
    ):
        return silent(cue, hit)
    if cue.rule == "back" and behind == "by" and AMOUNT in [
        t.lower for t in tokens[hit.last + 2 : hit.last + 5]
    ]:  # fmt: skip
        return silent(cue, hit)  # "a project backed by a $5m grant"
    if tokens[first].lower in GRAMMAR["ways_to_help"] and behind in GRAMMAR["containers"]:
        return silent(cue, hit)  # "a Pacific lending facility"
    if cue.leads and any(t.lower == AMOUNT for t in tokens[max(0, first - 5) : first]):
        return silent(cue, hit)
    if cue.kind == "noun":
        return noun_in_context(cue, hit, tokens)
    if tokens[first].lower in GRAMMAR["sends"] and sends_people(tokens, hit.last):
        return silent(cue, hit)
    if cue.adjacent and not (
        amount_follows(tokens, hit.last) or any(acts_on(cue, tokens, hit.last))
        or (cue.rule == "end" and done_to_contracts(tokens, first))
    ):  # fmt: skip
        return silent(cue, hit)
    if cue.needs_object and not (
        done_to_amount(cue, tokens, first) or has_object_of(tokens, hit.last, cue.needs_object)
    ):  # fmt: skip
        return silent(cue, hit)
    if cue.needs_subject and not has_subject(tokens, first, cue.needs_subject):
        return silent(cue, hit)
    if behind == "-" and cue.kind == "past" and tokens[hit.last].end == tokens[hit.last + 1].start:
        return silent(cue, hit)  # "a stripped-down bill"
    measured = [t.lower for t in tokens[max(0, first - 5) : first]]
    if (
        measured[-1:]
        and measured[-1] in GRAMMAR["shares"]
        and tokens[first].lower in GRAMMAR["done_to_appeals"]
    ):
        return silent(cue, hit)  # "was 27 per cent funded"
    aux = auxiliaries(tokens, first)
    if cue.rule == "cut" and ends_contracts(tokens, first, hit.last, aux.passive):
        cue = cue._replace(status="committed")
    if cue.kind == "phrase":
        voice = "passive" if aux.passive else ("active" if aux.perfect or aux.future else "past")
        weight = 0.0 if aux.negated and cue.hold else cue.weight
        if cue.rule == "promise" and tokens[hit.last].lower == "public" and first and (
            tokens[first - 1].lower == "and"
        ):  # fmt: skip
            weight *= 0.3  # "signed at breakfast and made public in June"
        will = aux.future and aux.passive and cue.future
        status = by_sentence(cue, tokens) or (will or cue.status)
        if priced_item(tokens, first, hit.last):
            status = "other"
        return Reading(cue, first, hit.last, status, cue.hold, weight, voice)
    if (
        (cue.kind == "bare" and not aux.future)
        or cue.kind == "split"
        or (
            cue.kind == "bare_present"
            and (not has_object(tokens, hit.last) or listed(tokens, first))
        )
    ):
        return silent(cue, hit)
    return _verb(cue, hit, tokens, aux)


def _is_doing(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a word in -ing is what somebody is doing: "is funding camps"."""
    behind = tokens[last + 1].lower if last + 1 < len(tokens) else "."
    doing = first > 0 and tokens[first - 1].lower in GRAMMAR["be"] - {"'s", "’s"}
    return doing and behind.isalpha() and behind not in GRAMMAR["prepositions"]


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
    with_it = of_it or "with" in [t.lower for t in tokens[max(0, first - 7) : first - 1]]
    if cue.kind == "ing" and cue.rule in ("receive", "arrive") and with_it:
        return 0.4  # "with Assam getting $5m": what was said before goes for it too
    if cue.kind == "ing" and before[-1:] == ["from"] and cue.status in STEPS:
        return 0.3  # "stopped the government from releasing $5m"
    if cue.kind == "past" and cue.rule == "promise" and reports(tokens, first, last):
        return 0.3
    return 1.0


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


def _raised(tokens: Sequence[Token], first: int, aux: Auxiliaries) -> str:
    """The stage of aid that is raised by somebody: "MPs raised it by $5m" is voted."""
    if aux.would and has_subject(tokens, first, "bills"):
        return "requested"  # "a bill before parliament would raise"
    return "approved" if has_subject(tokens, first, "legislatures") else "pledged"


def _verb(cue: Cue, hit: Hit[Cue], tokens: Sequence[Token], aux: Auxiliaries) -> Reading:
    """Tense, modality, negation, subject and object of a verb."""
    first, last = hit.first, hit.last
    status, hold, weight = cue.status, cue.hold, cue.weight
    passive = aux.passive and cue.kind == "past"
    before = tokens[first - 1].lower if first else ""
    behind = tokens[last + 1].lower if last + 1 < len(tokens) else "."
    if cue.kind == "base" and not (aux.future or aux.perfect):
        weight *= _base_weight(before, tokens, first, last)
        if not seen(tokens, first) and not (
            (behind == AMOUNT and first and before.endswith("s"))
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
    weight *= _aside(cue, tokens, first, last) * (0.75 if infinitive else 1.0)
    if cue.kind == "ing" and cue.rule == "give" and before in GRAMMAR["be"] and (
        any(t.lower in GRAMMAR["telling"] for t in tokens)
    ):  # fmt: skip
        status = cue.future  # "said it was donating"
    near = {t.lower for t in tokens[max(0, first - 6) : first]}
    if cue.rule == "allocate" and passive and not GRAMMAR["could"].isdisjoint(near):
        status = "committed"  # "allowed $5m to be allocated", "could be set aside"
    if aux.negated:
        status, weight = (cue.negated, weight * 0.8) if cue.negated else (status, weight * 0.2)
        if before in ("not", "yet") and "but" in near:
            weight *= 0.4  # "allotted but not yet drawn": what was done says more
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
