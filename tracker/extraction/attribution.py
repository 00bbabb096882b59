"""Who states the figure in the text: "said X", "according to X", "X estimates"."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from tracker.extraction.context import Passage, Sentence
from tracker.extraction.decision import Decision
from tracker.extraction.words import Span, load_rules

_RULES = load_rules("roles")["attribution"]


def _any_of(words: list[str]) -> str:
    return "|".join(
        regex.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True)
    )


_WORD = r"[\p{L}\d][\p{L}\d.'’&-]*"
_STOP = r"(?:that|which|who|when|has|have|had|is|was|will|would|said|says|and|but)\b"
_NAME = rf"(?:(?:the|an?|its|his|her|their)\s+)?(?P<who>{_WORD}(?:\s+(?!{_STOP}){_WORD}){{0,7}}?)"
_SAID = _any_of(_RULES["said"])
_ESTIMATED = _any_of(_RULES["estimated"])
_COUNTS = _any_of(_RULES["counts"])
_OWN = regex.compile(
    rf"\s*(?:on\s+\p{{Lu}}\p{{L}}+\s+)?(?:that\s+)?(?:{_any_of(_RULES['own'])})\b", regex.I
)
_WROTE = regex.compile(
    r"w(?:rote|rites?)\s+(?:the|an?|off|down|out|it|them|its|his|her)\b", regex.I
)
"""What is written is no statement: "Vienna wrote the fund a cheque"."""
_CONTRAST = regex.compile(r";|,\s+(?:while|whereas|though|but|where)\b")
"""Between who speaks and an amount: the amount is of another clause."""
_NO_SPEECH = regex.compile(
    r"states(?!\s+that\b)|projects(?!\s+(?:that|an?|the|its|growth)\b)"
    r"|add(?:s|ed)\s+(?:\p{Sc}|\p{L}{0,3}\p{Sc}|\d|an?\b|about\b|another\b|more\b)"
    r"|puts?(?![^.;]{0,90}\bat\b)|valued\s+at\b|expect(?:s|ed)?\s+to\b|notes(?!\s+that\b|\s*[,.;])"
    r"|shows?\s+(?:no|little|signs?)\b|told\s+(?:[\w'’]+\s+){1,4}to\b|concluded\s+an?\b",
    regex.I,
)
"""Nor are "the United States", "the Senate added $5m", "put it on hold", "told it to pay"."""
_ADJECTIVE = frozenset({"a", "an", "the", "its", "their", "his", "her", "of", "some", "with"})
"""Behind these "estimated" is no verb: "caused an estimated $5m"."""
_SPEAKING = frozenset(
    max(words.lower().split(), key=len)
    for words in (*_RULES["said"], *_RULES["estimated"], *_RULES["by"], *_RULES["counts"], "wrote",
                  "report", "study", "survey", "review", "paper")
)  # fmt: skip
_PRONOUNS = frozenset(
    {"he", "she", "it", "they", "we", "i", "which", "who", "that", "this", "there"}
)
_BEFORE = regex.compile(rf"(?:(?:{_any_of(_RULES['before'])}|whose\s+\w+)\s+)+", regex.I)
_NOBODY = frozenset([*_RULES["nobody"], *_RULES["before"], "whose"])
_PATTERNS = [
    # ", the UN said" and ", according to the assessment" behind the figure
    ("attribution-according-to", regex.compile(
        rf"\b(?P<cue>(?i:{_any_of(_RULES['by'])}))\s+{_NAME}(?=[,.;:)”\"]|\s+(?:and|that|which|who|on|in|has|have|is|was|released|published)\b|\s*\Z)")),
    ("attribution-report-by", regex.compile(
        rf"\ba\s+(?:report|study|survey|review|tally|paper)\s+(?:by|from|of)\s+{_NAME}\s+(?P<cue>{_SAID}|{_ESTIMATED})\b")),
    # "by the IMF's reckoning", "is put at $5m by the World Bank"
    ("attribution-according-to", regex.compile(
        rf"\b(?:by|on)\s+{_NAME}['’]s?\s+(?:own\s+|latest\s+)?(?P<cue>{_COUNTS})\b")),
    ("attribution-said", regex.compile(
        rf"\b(?P<cue>put|estimated|reckoned|assessed)\s+(?:at\s+[^,;]{{1,40}}?\s+)?by\s+{_NAME}"
        r"(?=[,.;]|\s+(?:at|which|that|in|on|to)\b|\s*\Z)")),
    # "the minister, Gibril Ibrahim, told", "a senior official, who would not be named, said"
    ("attribution-said", regex.compile(
        rf",\s+(?P<who>\p{{Lu}}[\w'’-]+(?:\s+\p{{Lu}}[\w'’.-]+){{1,3}}),\s+(?P<cue>{_SAID})\b")),
    ("attribution-said", regex.compile(
        rf"(?:\A|(?<=[.;:!?”\"\n]\s*)){_NAME},\s+(?:who|speaking|whose|citing)\b[^,.;]{{1,70}},"
        rf"\s+(?P<cue>{_SAID})\b")),
    ("attribution-said-behind", regex.compile(
        rf"[,”\"]\s+{_NAME}\s+(?P<cue>{_SAID}|{_ESTIMATED})\b")),
    ("attribution-said-inverted", regex.compile(
        rf"[,”\"]\s*(?P<cue>said|says|wrote|added|according\s+to)\s+{_NAME}(?=[,.;]|\s+(?:in|on|at|after|during)\b|\s*\Z)")),
    ("attribution-said", regex.compile(
        r"(?:\A|(?<=[.;:!?”\"\n]\s*)|[;:“\"]\s+|[,]\s+|\b(?:that|and|but|which|what|than|as)\s+)"
        rf"{_NAME}\s+(?P<cue>{_SAID}|{_ESTIMATED})\b", regex.I)),
]  # fmt: skip


def decide_attribution(
    passage: Passage, sentence: Sentence, start: int, end: int
) -> Decision | None:
    """Who states the amount `passage.text[start:end]` of `sentence`; None: the text itself.

    A donor who only announces its own gift ("the government said it would give") is no source.
    """
    text = passage.text
    best: Decision | None = None
    for who, rule, who_span, (cue_start, cue_end) in sentence.once(
        "speakers", lambda: list(_speakers(text, sentence))
    ):
        if start <= cue_start < end or _other_clause(text, cue_start, cue_end, start, end):
            continue
        score = 1.0 - 0.004 * min(abs(start - cue_end), abs(cue_start - end))
        if best is None or score > best.score + 0.05:
            best = Decision(who, rule, *who_span, score)
    return best


def _speakers(text: str, sentence: Sentence) -> Iterator[tuple[str, str, Span, Span]]:
    """Who says something in a sentence of `text`: name, rule, its span, and that of the verb."""
    # The patterns are dear, and each holds one of these words.
    if _SPEAKING.isdisjoint(sentence.words):
        return
    for rule, pattern in _PATTERNS:
        for match in pattern.finditer(text, sentence.start, sentence.end):
            first, last = match.span("who")
            before = _BEFORE.match(text, first, last)
            first = before.end() if before else first
            who = text[first:last].strip(" ,.'’")
            own = _OWN.match(text, match.end("cue")) or _WROTE.match(text, match.start("cue"))
            if not who or _NO_SPEECH.match(text, match.start("cue")):
                continue
            words = who.lower().split()
            if words[-1] in _ADJECTIVE | _NOBODY or words[0] in _NOBODY or words[0].isdigit():
                continue
            if who.lower() not in _PRONOUNS and not own:
                yield who, rule, (first, last), match.span("cue")


def _other_clause(text: str, cue_start: int, cue_end: int, start: int, end: int) -> bool:
    """Whether a semicolon or contrast separates who speaks from the amount."""
    between = text[cue_end:start] if cue_end <= start else text[end:cue_start]
    return bool(_CONTRAST.search(between))
