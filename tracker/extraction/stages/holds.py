"""Whether what holds money, or takes it back, reaches an amount."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.stages.cues import GRAMMAR
from tracker.extraction.stages.noun_in_context import Reading
from tracker.extraction.stages.readings import readings
from tracker.extraction.stages.shapes import announced, specifies
from tracker.extraction.stages.ties import Tie
from tracker.extraction.text.sentence import AMOUNT

HOLD_ALONE = -0.1
"""A hold says of the stage only that none is said."""
_MONEY = frozenset({"money", "it", "them", "funds", "funding", "aid"})
_BEFORE_THAT = GRAMMAR["prepositions"] | {"so"}
_BECAUSE = frozenset({"for", "after", "despite", "amid", "before", "over", "following"})
_ON_IT = frozenset({"of", "which", "that"})
_OTHERS = frozenset({"for", "to", "by"})
_STAGES = frozenset({"requested", "pledged", "approved", "committed"})
LEAST = 0.5
"""The score from which a clause on money that is then held says what it was."""
HELD_HAD = 0.5
"""The same where the clause says what had been done before: "that had already been contracted"."""
OWN = 8
"""How many words behind "but" and a hold the amount may stand that is held."""
OBJECT = 6
"""How many words what is held may have before the clause on it."""
_BESIDE_HELD = frozenset({"accord-commits", "aid-amounts-to", "aid-was", "leave-over"})
"""Rules of words beside what is held: "blocked deliveries under signed contracts worth $5m"."""
HELD = 0.1
"""How much less what a relative clause says of a stage may count than the hold."""
_BEFORE_ADJECTIVE = GRAMMAR["owning"] | GRAMMAR["holding"]
"""Before a participle that is an adjective ("froze the promised $5m") and no verb of its own."""


def reaches(tie: Tie, position: int) -> bool:
    """Whether a hold before the amount reaches it: no other verb with a stage between."""
    between = tie.sentence.words[tie.reading.last + 1 : position]
    if "not" in between and not GRAMMAR["concerns"].isdisjoint(between):
        return False  # "the freeze does not affect $5m"
    told = tie.sentence.words[position + 1 : tie.reading.first]
    if "had" in told and not GRAMMAR["restores"].isdisjoint(
        tie.sentence.words[max(0, position - 4) : position]
    ):
        return False  # "restored $5m that the other house had cut"
    if announced(tie.reading, tie.sentence.words, position):
        return True  # "Terminated by e-mail, without a reason given: a $5m contract"
    if tie.sentence.words[:3] == ["by", "the", "time"] and "," in between:
        return False  # "By the time London dropped the scheme, $5m had been paid"
    if tie.reading.first > position:
        behind = tie.sentence.words[tie.reading.last + 1 :]
        if (told[-1:] == ["but"] or "after" in told) and AMOUNT in behind[:OWN]:
            return False  # "voted $5m but put off until May a vote on $9m"
        return not _of_others(tie, position)
    had_been = tie.sentence.words[position + 1 : position + 3] == ["had", "been"]
    if between[-1:] == ["after"] and had_been:
        return False  # "was cancelled after $5m had been spent"
    if between[:1] == ["after"] and AMOUNT in tie.sentence.words[: tie.reading.first]:
        return False  # "the $9m compact was suspended after $5m had been spent"
    return not any(
        tie.reading.last < r.first and r.status and r.status != "requested" and r.cue.kind != "noun"
        and not (r.cue.kind == "past" and r.first == tie.reading.last + 1)  # "axed signed deals"
        and (
            (r.last + 1 < position and not _adjective(tie.sentence.words, r))
            or (r.cue.kind == "phrase" and r.last < position)
            or (r.last + 1 == position and not _adjective(tie.sentence.words, r))
        )
        and not r.hold and r.voice in ("active", "past", "passive")
        and not specifies(r, tie.sentence.words)
        and r.cue.rule not in _BESIDE_HELD
        and not _of_object(tie.sentence.words[tie.reading.last + 1 : r.first])
        and "would" not in tie.sentence.words[max(0, r.first - 3) : r.first]
        for r in readings(tie.sentence)
    )  # fmt: skip


def _of_object(between: Sequence[str]) -> bool:
    """Whether a clause only says what is held: "froze all the support that it had earmarked"."""
    relative = next((n for n, word in enumerate(between) if word in ("that", "which")), None)
    if relative is None or relative > OBJECT:
        return False
    comma = between[relative] == "which" and between[relative - 1 : relative] == [","]
    return between.count(",") == comma


def _adjective(words: Sequence[str], reading: Reading) -> bool:
    """Whether a participle is an adjective: "its signed credit of $5m"."""
    return reading.cue.kind == "past" and words[reading.first - 1] in _BEFORE_ADJECTIVE


def _of_others(tie: Tie, position: int) -> bool:
    """Whether a hold behind an amount speaks of somebody else.

    "$5m for two districts that were cut off", "$5m has come in, and rations were halved".
    """
    words, first = tie.sentence.words, tie.reading.first
    between = words[position + 1 : first]
    if "since" in words[first - 2 : first] and words[first - 3] not in (
        GRAMMAR["have"] | GRAMMAR["be"]
    ):
        return True  # "its first payment since the suspension"
    if tie.reading.voice == "noun" and not _BECAUSE.isdisjoint(between[-4:]):
        return True  # "added $5m to make up for the suspension of American aid"
    relative = max((n for n, w in enumerate(between) if w in ("that", "which", "who")), default=-1)
    doing = tie.reading.voice == "active" and tie.reading.cue.kind == "ing"
    if relative >= 0 and doing and GRAMMAR["auxiliary"].issuperset(between[relative + 1 :]):
        return True  # "$5m to agencies that are shedding staff"
    if between[relative - 1 : relative + 1] == ["so", "that"]:
        return True
    if between[relative - 1 : relative + 1] == ["on", "which"] and between[relative - 2] == "work":
        return True  # "$5m for a plant, work on which was halted"
    for place, word in enumerate(between):
        if word in ("that", "which", "who") and place and between[place - 1].endswith("s") and (
            not _OTHERS.isdisjoint(between[:place]) and between[place + 1 : place + 2] != []
            and between[place + 1] in ("were", "have", "are")
        ):  # fmt: skip
            return True
    if any(between[n : n + 3] == ["by", "the", "time"] for n in range(len(between))):
        return True  # "had paid $5m by the time the scheme was dropped"
    opened = max((n for n in range(1, len(between)) if between[n] in ("and", "but", "while")
                  and between[n - 1] == ","), default=-1)  # fmt: skip
    clause = between[opened + 1 :]
    taken_up = not GRAMMAR["anaphors"].isdisjoint([*clause, *words[tie.reading.last + 1 :][:1]])
    passive = len(clause) > 1 and clause[-1] in GRAMMAR["be"] and tie.reading.cue.kind != "ing"
    return opened >= 0 and passive and not taken_up


def less_for_hold(tie: Tie) -> Tie:
    """What is cut or blocked says no stage where any other words do."""
    if tie.reading.hold and tie.reading.status == "unspecified":
        return tie._replace(score=tie.score + HOLD_ALONE)
    return tie


def held(hold: Tie, found: list[Tie], position: int) -> Tie:
    """What money on hold was, as a clause on it says.

    "Froze $5m in arms that was on order", "the $5m that it promised was cut", "Passed in May, the
    $5m lay untouched".
    """
    if hold.reading.cue.rule == "cut-noun" and hold.reading.first < position:
        return hold  # "a cut of $5m that the minister would like to call focus"
    for tie in found:
        if tie.reading.status in _STAGES and not tie.reading.hold and _of_the_sum(tie, position):
            return tie
    if hold.reading.first < position:
        said = [
            t for t in found
            if not t.reading.hold and t.reading.first > position and not t.main
            and t.score > hold.score - (
                HELD_HAD
                if (t.reading.status == "requested" and hold.reading.hold == "blocked")
                or (_had(t, position)
                    and (hold.reading.status != "requested" or t.reading.status == "approved"))
                else HELD
            )
            and (
                relative(t.sentence.words, position, t.reading.first)
                # "Stalled since May, the $5m the White House wants"
                or (t.reading.status == "requested" and t.sentence.words[position + 1] == "the")
                or _made_of(t, position)
            )
        ]  # fmt: skip
    else:
        said = [
            t for t in found
            if not t.reading.hold and t.reading.status in _STAGES and (
                _opens(t, position)
                or (t.reading.status in ("requested", "pledged") and t.reading.voice == "noun"
                    and t.reading.last < hold.reading.first and t.score > LEAST)
                or _beside(t, position, hold.reading.first)
                or (
                    position < t.reading.first < hold.reading.first and not t.main
                    and t.score > (0.0 if t.sentence.words[position + 1] in _ON_IT else LEAST)
                    and relative(t.sentence.words, position, t.reading.first)
                )
            )
        ]  # fmt: skip
    if not said and hold.reading.hold == "blocked" and hold.reading.status == "unspecified":
        said = [t for t in found if _voted_money(t)]
    return max(said, key=lambda t: t.score, default=hold)


def _voted_money(tie: Tie) -> bool:
    """Whether a parliament voted the money, unsized: "of the money Congress approved, $5m"."""
    reading, words = tie.reading, tie.sentence.words
    voted = reading.status == "approved" and reading.cue.rule == "approve" and not reading.hold
    before, ahead = words[max(0, reading.first - 4) : reading.first], words[reading.last + 1 :][:4]
    return voted and not GRAMMAR["legislatures"].isdisjoint(before) and AMOUNT not in ahead and (
        not _MONEY.isdisjoint([*before, *ahead])
    )  # fmt: skip


def _had(tie: Tie, position: int) -> bool:
    """Whether a clause on the amount tells what was done before it was held."""
    between = tie.sentence.words[position + 1 : tie.reading.first]
    return "had" in between and "," not in between


def _made_of(tie: Tie, position: int) -> bool:
    """Whether a participle says what the money is: "froze $5m in signed grants"."""
    made_of = tie.sentence.words[position + 1] in GRAMMAR["made_of"]
    return made_of and tie.reading.first == position + 2 and tie.reading.cue.kind == "past"


def _beside(tie: Tie, position: int, hold: int) -> bool:
    """Whether a participle in commas says what was done before: "$5m, promised in May, was cut"."""
    reading, words = tie.reading, tie.sentence.words
    between = words[position + 1 : reading.first]
    return (
        position < reading.first < hold
        and reading.cue.kind == "past"
        and reading.voice == "past"
        and between[-1:] == [","]
        and between.count(",") == 1
        and "," in words[reading.last : hold]
        and AMOUNT not in between
        and len(between) <= OBJECT
    )


def _of_the_sum(tie: Tie, position: int) -> bool:
    """Whether a participle says of what sum it is a part: "$5m of the requested sum"."""
    words, reading = tie.sentence.words, tie.reading
    return (
        words[position + 1 : position + 3] == ["of", "the"]
        and reading.first == position + 3
        and words[reading.last + 1 : reading.last + 2] != []
        and words[reading.last + 1].isalpha()
    )


def _opens(tie: Tie, position: int) -> bool:
    """Whether a participle opens the sentence, before its subject: "Passed in May, the $5m"."""
    reading = tie.reading
    return (
        (reading.first == 0 or (reading.first == 1 and tie.sentence.words[0].endswith("ly")))
        and reading.cue.kind == "past"
        and reading.voice == "past"
        and AMOUNT not in tie.sentence.words[:position]
    )


def relative(words: Sequence[str], position: int, first: int) -> bool:
    """Whether "that" or "which" opens a clause on the amount: not "so that", "in that grant"."""
    return any(
        (
            word == "which"
            or (word == "what" and words[place - 1] == "of")
            or (word == "that" and words[place - 1] not in _BEFORE_THAT)
        )
        for place, word in enumerate(words[position + 1 : first], position + 1)
    )
