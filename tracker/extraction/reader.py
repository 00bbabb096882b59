"""One text to its mentions: the amounts, then each question about each of them, in one place."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from tracker.extraction import hedges, periods
from tracker.extraction.aid_type import carries, decide_kind, has_purpose, is_damage, kind_of_giver
from tracker.extraction.amounts.find import also_states, states_again
from tracker.extraction.amounts.reading import Amount
from tracker.extraction.announcing import Gift
from tracker.extraction.attribution import decide_attribution
from tracker.extraction.breakdown import link_parts
from tracker.extraction.cumulative import decide_cumulative, in_column
from tracker.extraction.decision import Decision
from tracker.extraction.kind_of_document import settle_kinds
from tracker.extraction.parties.decide import Parties, decide_parties
from tracker.extraction.stages.status import NOT_FUNDING, decide_status
from tracker.extraction.text.context import Passage
from tracker.extraction.text.sentence import Sentence
from tracker.extraction.words import Span
from tracker.schema import EXTRACTOR, Evidence, Mention

CARRY_REACH = 400
"""How many code points on, within a paragraph, an amount may share tags of the last one."""


def mention_id(document_id: str, start: int, end: int) -> str:
    """The id of a mention, made from its document and its span."""
    key = f"{document_id}:{start}:{end}".encode()
    return "m_" + hashlib.sha256(key).hexdigest()[:16]


def read(
    document_id: str, text: str, language: str | None, amounts: Sequence[Amount]
) -> list[Mention]:
    """Every mention of `text` in reading order; `amounts` are the amounts found in it."""
    twins = _twins(text, amounts)
    passage = Passage(text, with_twins(text, [(a.start, a.end) for a in amounts], twins))
    mentions: list[Mention] = []
    parties: Parties | None = None
    stated: Mention | None = None
    last: Sentence | None = None
    for number, amount in enumerate(amounts):
        sentence = passage.at(amount.start)
        near = last is not None and sentence.start - last.end <= CARRY_REACH
        if last is not None and not (near and passage.same_paragraph(last, sentence)):
            parties = None
        near = last is not None and near and passage.same_block(last, sentence)
        last = sentence
        if stated and twins[number]:
            mentions.append(_equivalent(document_id, passage, amount, stated))
            continue
        mention, parties = _mention(document_id, passage, amount, amounts, parties)
        if near and stated:
            _carry_kind(passage, stated, mention)
        mention.language = language or "en"
        mentions.append(mention)
        stated = mention
    link_parts(passage, mentions)
    settle_kinds(passage, mentions)
    passage.forget()
    return mentions


def _twins(text: str, amounts: Sequence[Amount]) -> list[bool]:
    """Of each amount, whether it states the one before once more, in a currency not yet said."""
    found: list[bool] = []
    said: set[str] = set()
    for number, amount in enumerate(amounts):
        before = amounts[number - 1] if number else None
        again = before is not None and (
            states_again(text, before, amount)
            or (found[-1] and also_states(text, before, amount))
        )  # fmt: skip
        found.append(again and amount.currency not in said)
        said = said | {amount.currency} if found[-1] else set()
    return found


def with_twins(text: str, spans: Sequence[Span], twins: Sequence[bool]) -> list[Span]:
    """The spans of amounts where a twin in brackets and what it restates are one word.

    "SDR 92 million ($123 million)" is one amount to the words around it; both get its span.
    """
    made: list[Span] = []
    for number, span in enumerate(spans):
        between = text[spans[number - 1][1] : span[0]].lstrip() if number else ""
        if twins[number] and between[:1] in ("(", "["):
            start, end = made[-1][0], span[1]
            end += text[end : end + 1] in (")", "]")
            first = next(n for n, one in enumerate(made) if one[0] == start)
            made[first:] = [(start, end)] * (number + 1 - first)
        else:
            made.append(span)
    return made


def _blank(document_id: str, passage: Passage, amount: Amount) -> Mention:
    """A mention with what the amount itself says: value, interval, hedge, rate."""
    text = passage.text
    evidence = list(amount.evidence)
    for tag, found in (
        ("qualifier", hedges.find_qualifier(text, amount.start, amount.end)),
        ("per", hedges.find_per(text, amount.start, amount.end)),
    ):
        if found:
            setattr(amount, tag, found.value)
            evidence.append(Evidence(tag, found.rule, found.start, found.end))
    low, high = amount.interval()
    sentence = passage.at(amount.start)
    written = sentence.once("text", lambda: " ".join(text[sentence.start : sentence.end].split()))
    return Mention(
        mention_id=mention_id(document_id, amount.start, amount.end), document_id=document_id,
        start=amount.start, end=amount.end, quote=text[amount.start : amount.end],
        sentence=written,
        amount_min=float(amount.minimum),
        amount_max=float(amount.maximum), low=low, high=high, currency=amount.currency,
        qualifier=amount.qualifier, per=amount.per, evidence=evidence, extractor=EXTRACTOR,
    )  # fmt: skip


def _mention(
    document_id: str,
    passage: Passage,
    amount: Amount,
    amounts: Sequence[Amount],
    previous: Parties | None,
) -> tuple[Mention, Parties | None]:
    """One mention with all its tags; the parties are handed on to the next."""
    mention = _blank(document_id, passage, amount)
    sentence = passage.at(amount.start)
    position = sentence.word_at(amount.start)

    status, hold = decide_status(passage, sentence, position, float(amount.maximum))
    if status:
        mention.status = str(status.value)
    if status and status.rule != NOT_FUNDING:
        mention.cue_start, mention.cue_end = status.start, status.end
        mention.cue = passage.text[status.start : status.end]
    elif hold:
        # The words that hold the money are all that is said of its stage.
        mention.cue_start, mention.cue_end = hold.start, hold.end
        mention.cue = passage.text[hold.start : hold.end]
    _tag(mention, "status", status)
    _tag(mention, "hold", hold)
    heads = [(head, len(head.words) - 1) for head in passage.heads(sentence, position)]
    totals = (decide_cumulative(where, place, mention.status, mention.per, mention.hold)
              for where, place in [(sentence, position), *heads])  # fmt: skip
    total = next((total for total in totals if total), None)
    total = total or in_column(passage, sentence, position, mention.status)
    _tag(mention, "cumulative", total)
    parties = decide_parties(passage, sentence, position, mention.status, mention.cue_start,
                             previous, amount.currency)  # fmt: skip
    _tag(mention, "donor", parties.donor)
    _tag(mention, "recipient", parties.recipient)
    if mention.status != "other" and not is_damage(passage.text, mention):
        kind = decide_kind("aid_type", passage, sentence, position)
        _tag(mention, "aid_type", kind or kind_of_giver(parties.donor))
        _tag(mention, "instrument", decide_kind("instrument", passage, sentence, position))
    gift = Gift(mention.donor, mention.recipient, mention.status)
    speaker = decide_attribution(passage, sentence, amount.start, amount.end, gift)
    _tag(mention, "attributed_to", speaker)
    others = [(amounts[n].start, amounts[n].end) for n in sentence.amounts.values()
              if amounts[n] is not amount]  # fmt: skip
    period = periods.find_period(passage.text, sentence, amount.start, amount.end, others)
    if period:
        mention.period, mention.period_start, mention.period_end = period[:3]
        mention.evidence.append(
            Evidence("period", period.rule, period.offset, period.offset + len(period.words))
        )
    return mention, (previous if mention.status == "other" else parties)


def _carry_kind(passage: Passage, before: Mention, mention: Mention) -> None:
    """What is not said is as of the amount before, where it is between the same."""
    same = mention.recipient and (
        (before.donor, before.recipient) == (mention.donor, mention.recipient)
    )
    if not same or mention.status == "other" or mention.aid_type or not before.aid_type:
        return
    if _in_table(passage, before.start) != _in_table(passage, mention.start):
        return
    sentence = passage.at(mention.start)
    position = sentence.word_at(mention.start)
    if is_damage(passage.text, mention) or passage.heads(sentence, position):
        return
    said = [e for e in before.evidence if e.tag == "aid_type"]
    if carries(said[0].rule, sentence, position) and not has_purpose(sentence, position):
        mention.aid_type = before.aid_type
        mention.evidence += said


def _in_table(passage: Passage, start: int) -> bool:
    """Whether an amount stands in a table."""
    sentence = passage.at(start)
    return bool(passage.heads(sentence, sentence.word_at(start)))


def _tag(mention: Mention, tag: str, decision: Decision | None) -> None:
    """Set a tag from a decision and keep why."""
    if decision is None or decision.value is None:
        return
    value = True if tag == "cumulative" else decision.value
    setattr(mention, tag, value)
    mention.evidence.append(Evidence(tag, decision.rule, decision.start, decision.end))


_SHARED = (
    "per", "status", "hold", "cumulative", "aid_type", "instrument", "donor", "recipient",
    "attributed_to", "period", "period_start", "period_end", "cue", "cue_start", "cue_end",
    "language",
)  # fmt: skip


def _equivalent(document_id: str, passage: Passage, amount: Amount, twin: Mention) -> Mention:
    """An equivalent in brackets: a mention of its own with its twin's tags."""
    mention = _blank(document_id, passage, amount)
    for tag in _SHARED:
        setattr(mention, tag, getattr(twin, tag))
    mention.equivalent_of = twin.mention_id
    own = {e.tag for e in mention.evidence}
    mention.evidence += [e for e in twin.evidence if e.tag not in own and e.tag in _SHARED]
    mention.evidence.append(
        Evidence("equivalent_of", "equivalent-in-brackets", twin.start, twin.end)
    )
    return mention
