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
    done_to_amount,
    done_to_contracts,
    ends_contracts,
    has_object,
    has_object_of,
    owned,
    priced_item,
    seen,
    sends_people,
)
from tracker.extraction.stages.other_senses import says_otherwise
from tracker.extraction.stages.silences import says_nothing
from tracker.extraction.stages.subjects import by_subject, has_subject
from tracker.extraction.stages.verb_in_context import verb_in_context
from tracker.extraction.stages.verbs import (
    Auxiliaries,
    auxiliaries,
    overridden,
    with_particle,
)
from tracker.extraction.stages.word_class import can_be_plural, is_noun, listed
from tracker.extraction.text.lexicon import Hit
from tracker.extraction.text.sentence import AMOUNT, Token


def in_context(hit: Hit[Cue], tokens: Sequence[Token]) -> Reading:
    """What a cue says where it stands."""
    cue, first = hit.meaning, hit.first
    if cue.kind == "bare_ing":  # "by granting $5m", but "in project funding"
        if has_object(tokens, hit.last) or (
            cue.status in ("disbursed", "committed") and _is_doing(tokens, first, hit.last)
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
        or (cue.rule == "end" and (done_to_contracts(tokens, first) or owned(tokens, hit.last)))
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
        if tokens[first].lower == "would" and status == "pledged":
            # "the amendment would bring the state $5m"
            status = by_subject(tokens, first, status, cue, Auxiliaries(future=True, would=True))
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
    return verb_in_context(cue, hit, tokens, aux)


def _is_doing(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a word in -ing is what somebody is doing: "is funding camps"."""
    behind = tokens[last + 1].lower if last + 1 < len(tokens) else "."
    doing = first > 0 and tokens[first - 1].lower in GRAMMAR["be"] - {"'s", "’s"}
    return doing and behind.isalpha() and behind not in GRAMMAR["prepositions"]
