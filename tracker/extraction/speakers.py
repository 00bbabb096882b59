"""Who says something in a sentence: "said X", "according to X", "X estimates"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from tracker.extraction.text.sentence import Sentence
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
_QUOTED = _any_of(_RULES["quoted"])
SPEAKER = rf"(?:{_any_of(_RULES['speakers'])})"
_MEANWHILE = r"(?:now|also|recently|on\s+\w+day|last\s+\w+|in\s+\d{4})"
"""What may stand between a speaker and the verb: "now", "on Friday"."""
_ANNOUNCED = "attribution-announced"
_RECEIVED = frozenset(_RULES["received"])
_TELLS = frozenset(_RULES["announced"])
_MARKS = frozenset('"”')
_OWN = regex.compile(
    rf"\s*(?:on\s+\p{{Lu}}\p{{L}}+\s+)?(?:that\s+)?(?:{_any_of(_RULES['own'])})\b(?!\s+(?:need|lack|lose|face|require|take|cost))",
    regex.I,
)
_WROTE = regex.compile(
    r"w(?:rote|rites?)\s+(?:the|an?|off|down|out|it|them|its|his|her)\b", regex.I
)
"""What is written is no statement: "Vienna wrote the fund a cheque"."""
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
_BEFORE = regex.compile(
    rf"(?:(?:{_any_of(_RULES['before'])}|whose\s+\w+|in\s+\d{{4}},?)\s+)+", regex.I
)
_NOBODY = frozenset([*_RULES["nobody"], *_RULES["before"], "whose"])
_PATTERNS = [
    # ", the UN said" and ", according to the assessment" behind the figure
    ("attribution-according-to", regex.compile(
        rf"\b(?P<cue>(?i:{_any_of(_RULES['by'])}))\s+{_NAME}(?=[,.;:)”\"]|\s+(?:and|that|which|who|on|in|has|have|is|was|released|published)\b|\s*\Z)")),
    ("attribution-report-by", regex.compile(
        rf"\ba\s+(?:report|study|survey|review|tally|paper)\s+(?:by|from|of)\s+{_NAME}\s+(?P<cue>{_SAID}|{_ESTIMATED})\b")),
    # "by the IMF's reckoning", "is put at $5m by the World Bank"
    ("attribution-according-to", regex.compile(
        rf"\b(?i:by|on)\s+{_NAME}['’]s?\s+(?:own\s+|latest\s+)?(?P<cue>{_COUNTS})\b")),
    ("attribution-said", regex.compile(
        rf"\b(?P<cue>put|estimated|reckoned|assessed)\s+(?:at\s+[^,;]{{1,40}}?\s+)?by\s+{_NAME}"
        r"(?=[,.;]|\s+(?:at|which|that|in|on|to)\b|\s*\Z)")),
    # "the minister, Gibril Ibrahim, told", "a senior official, who would not be named, said"
    ("attribution-said", regex.compile(
        rf",\s+(?P<who>\p{{Lu}}[\w'’-]+(?:\s+\p{{Lu}}[\w'’.-]+){{1,3}}),\s+(?P<cue>{_SAID})\b")),
    ("attribution-said", regex.compile(
        rf"(?:\A|(?<=[.;:!?”\"\n]\s*)){_NAME},\s+(?:who|speaking|whose|citing)\b[^,.;]{{1,70}},"
        rf"\s+(?P<cue>{_SAID})\b")),
    # '"...," Jan Ek, its director, said'
    ("attribution-said-behind", regex.compile(
        rf"[”\"]\s+(?P<who>\p{{Lu}}[\w'’-]+(?:\s+\p{{Lu}}[\w'’.-]+){{1,3}}),\s[^,.;”\"]{{1,80}},"
        rf"\s+(?P<cue>{_SAID})\b")),
    ("attribution-said-behind", regex.compile(
        rf"[,”\"]\s+{_NAME}\s+(?P<cue>{_SAID}|{_ESTIMATED})\b")),
    ("attribution-said-inverted", regex.compile(
        rf"[,”\"]\s*(?P<cue>said|says|wrote|added|according\s+to)\s+{_NAME}(?=[,.;]|\s+(?:in|on|at|after|during)\b|\s*\Z)")),
    ("attribution-said", regex.compile(
        r"(?:\A|(?<=[.;:!?”\"\n]\s*)|[;:“\"—–]\s+|[,]\s+|\b(?:that|and|but|which|what|than|as|although|though)\s+"
        rf"){_NAME}(?:\s+{_MEANWHILE})?\s+(?:(?P<cue>{_SAID})"
        rf"|(?:(?:has|have|had)\s+)?(?P<cue>{_ESTIMATED}))\b",
        regex.I)),
]  # fmt: skip

_QUOTES = [
    # "..., insisted the minister", "..., the minister asked."
    ("attribution-said-inverted", regex.compile(
        rf"[,?!][”\"]\s*(?P<cue>{_QUOTED})\s+{_NAME}(?=[,.;]|\s+(?:in|on|at|after|during)\b|\s*\Z)")),
    ("attribution-said-behind", regex.compile(
        rf"[,?!][”\"]\s+{_NAME}\s+(?P<cue>{_QUOTED})(?=[.]?\s*\Z)")),
]  # fmt: skip
_HEADLINES = [
    # "Quake damage tops $11bn: World Bank", "Minister: $5m for schools goes out this week"
    ("attribution-headline", regex.compile(
        rf"(?P<cue>:)\s+(?P<who>(?:{_WORD}\s+){{0,3}}{SPEAKER})\s*\Z", regex.I)),
    ("attribution-headline", regex.compile(
        rf"(?:\A|(?<=[.\n]))\s*(?P<who>(?:{_WORD}\s+){{0,3}}{SPEAKER})(?P<cue>:)\s", regex.I)),
]  # fmt: skip
_ANNOUNCEMENTS = [
    # "Each family is to be handed $5m, the minister announced": not said of an own gift
    (_ANNOUNCED, regex.compile(
        rf",\s+{_NAME}\s+(?P<cue>{_any_of(_RULES['announced'])})(?=[.]?\s*\Z)")),
]  # fmt: skip


def _patterns(words: Sequence[str]) -> Iterator[tuple[str, regex.Pattern[str]]]:
    """The patterns that can match; they are dear, and each holds one of a few words."""
    if not _SPEAKING.isdisjoint(words):
        yield from _PATTERNS
    if not _MARKS.isdisjoint(words):
        yield from _QUOTES
    if ":" in words:
        yield from _HEADLINES
    # "Oslo is to give $5m, its premier announced" is the giver's own word.
    if not _TELLS.isdisjoint(words[-2:]) and not _RECEIVED.isdisjoint(words):
        yield from _ANNOUNCEMENTS


def speakers(text: str, sentence: Sentence) -> list[tuple[str, str, Span, Span]]:
    """Who says something in a sentence of `text`: name, rule, its span, and that of the verb."""
    return sentence.once("speakers", lambda: list(_speakers(text, sentence)))


def _speakers(text: str, sentence: Sentence) -> Iterator[tuple[str, str, Span, Span]]:
    for rule, pattern in _patterns(sentence.words):
        for match in pattern.finditer(text, sentence.start, sentence.end):
            first, last = match.span("who")
            before = _BEFORE.match(text, first, last)
            first = before.end() if before else first
            for than in (" than ", " of what "):  # "less than the head teachers say"
                place = text.rfind(than, first, last)
                first = first if place < 0 else place + len(than)
            who = text[first:last].strip(" ,.'’")
            own = _OWN.match(text, match.end("cue")) or _WROTE.match(text, match.start("cue"))
            if not who or _NO_SPEECH.match(text, match.start("cue")):
                continue
            words = who.lower().split()
            if words[-1] in _ADJECTIVE | _NOBODY or words[0] in _NOBODY or words[0].isdigit():
                continue
            if who.lower() not in _PRONOUNS and not own:
                yield who, rule, (first, last), match.span("cue")
