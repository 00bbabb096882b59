"""Who says something in a sentence: "said X", "according to X", "X estimates"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from tracker.extraction.text.sentence import AMOUNT, Sentence
from tracker.extraction.words import Span, load_rules

_RULES = load_rules("roles")["attribution"]


def any_of(words: list[str]) -> str:
    """A pattern of any of some words, the longest first."""
    return "|".join(
        regex.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True)
    )


_WORD = r"[\p{L}\d][\p{L}\d.'’&-]*"
_STOP = r"(?:that|which|who|when|has|have|had|is|was|will|would|said|says|and|but)\b"
_NAME = rf"(?:(?:the|an?|its|his|her|their)\s+)?(?P<who>{_WORD}(?:\s+(?!{_STOP}){_WORD}){{0,9}}?)"
_STOP_IN_LIST = _STOP.replace("|and|", "|")
_LONG_NAME = _NAME.replace(_STOP, _STOP_IN_LIST)
_SHORT = r"(?:\s+\(\p{Lu}[\p{L}-]{1,9}\))?"
"""What a long name may have behind it: "the Federation of Associations (Famurs)"."""
_PEOPLE = r"\p{Lu}[\w'’-]+(?:\s+\p{Lu}[\w'’.-]+){1,3}"
_ASIDE = (
    r"(?:who|which|whose|speaking|citing|in|an?|the|published|released|issued|for|of"
    r"|\p{Lu}[\w'’-]*(?=[^,]{0,40},))\b"
)
"""What begins an aside behind a name: "the Bank, which will run the fund, said"."""
_IN_A_PAPER = (
    r"in\s+(?:an?|the|its|his|her|their)\s+(?:[\w'’-]+\s+){0,3}"
    rf"(?:{any_of(_RULES['papers'] + _RULES['letters'])})\s+"
)
"""What may open a sentence: "In its latest assessment the bank put"."""
_HAS = r"(?:(?:has|have|had)\s+(?:(?:also|already|repeatedly|since|now)\s+)?)?"
_OPENS = r"(?:\A|(?<=[.;:!?”\"\n]\s*)|[-–—•*·▪◦]\s+)"
_SAID = any_of(_RULES["said"])
_ESTIMATED = any_of(_RULES["estimated"])
_COUNTS = any_of(_RULES["counts"])
_QUOTED = any_of(_RULES["quoted"])
SPEAKER = rf"(?:{any_of(_RULES['speakers'])})"
_MEANWHILE = r"(?:now|also|recently|on\s+\w+day|last\s+\w+|in\s+\d{4})"
"""What may stand between a speaker and the verb: "now", "on Friday"."""
_ANNOUNCED = "attribution-announced"
_RECEIVED = frozenset(_RULES["received"])
_TELLS = frozenset(_RULES["announced"])
_MARKS = frozenset('"”')
_OWN = regex.compile(
    rf"\s*(?:(?:on\s+)?(?-i:\p{{Lu}})\p{{L}}+\s+)?(?:that\s+|(?:[\w'’]+\s+){{1,4}}that\s+(?!it\b))?(?:{any_of(_RULES['own'])})\b"
    rf"(?!\s+(?:(?:so\s+far|already|also|only|still|now)\s+)?(?:{any_of(_RULES['asks'])}))",
    regex.I,
)
_WROTE = regex.compile(
    r"w(?:rote|rites?)\s+(?:the|an?|off|down|out|it|them|its|his|her)\b", regex.I
)
"""What is written is no statement: "Vienna wrote the fund a cheque"."""
_NO_SPEECH = regex.compile(
    r"counts?\s+(?:the\s+)?costs?\b|accuse[ds]?\s+of\b|add(?:s|ed)\s+up\b"
    r"|found\s+(?:out|itself|himself|herself|themselves)\b|sa(?:id|ys?)\s+(?:yes|no|nothing)\b"
    r"|flag(?:s|ged)(?!\s+(?:an?\s+)?\p{L}{0,3}\s?[\p{Sc}\d])|(?<=\bha(?:s|ve|d)\s)"
    r"(?:added|admitted|conceded|confirmed|disclosed|flagged|found|noted|posted|reported|revealed)"
    r"(?!\s+that\b|\s*[.,:;])|(?<=\bha(?:s|ve|d)\s)told\b(?!\s+(?:[\w'’]+\s*){1,6}(?:[.,]|\Z))"
    r"|states(?!\s+that\b)|projects(?!\s+(?:that|an?|the|its|growth)\b)"
    r"|add(?:s|ed)\s+(?:\p{L}{0,3}\s?[\p{Sc}\d]|an?\b|about\b|another\b|more\b)"
    r"|puts?(?![^.;]{0,90}\bat\b)|valued\s+at\b|expect(?:s|ed)?\s+to\b|notes(?!\s+that\b|\s*[,.;])"
    r"|shows?\s+(?:no|little|signs?)\b|told\s+(?:[\w'’]+\s+){1,4}to\b|concluded\s+(?:an?|the|its)\b",
    regex.I,
)
"""Nor are "the United States", "the Senate added $5m", "put it on hold", "told it to pay"."""
_ADJECTIVE = frozenset({"a", "an", "the", "its", "their", "his", "her", "of", "some", "with"})
"""Behind these "estimated" is no verb: "caused an estimated $5m"."""
_SPEAKING = frozenset(
    max(words.lower().split(), key=len)
    for words in (*_RULES["said"], *_RULES["estimated"], *_RULES["by"], *_RULES["counts"], "wrote",
                  *_RULES["papers"])
)  # fmt: skip
_PRONOUNS = frozenset(
    {"he", "she", "it", "they", "we", "i", "which", "who", "whom", "that", "this", "there"}
)
UNNAMED = frozenset({"he", "she", "it", "they", "his", "her", "its", "their"})
"""Who says something without a name, who may have one before."""
_BEFORE = regex.compile(
    rf"(?:\w+\s+(?:days|weeks|months|years|hours)\s+(?:later|earlier|ago|on),?\s+)?(?:(?:{any_of(_RULES['before'])}|whose\s+\w+|in\s+\d{{4}},?)\s+)*",
    regex.I,
)
_NOBODY = frozenset([*_RULES["nobody"], *_RULES["before"], "whose"])
_NO_NAME = (_ADJECTIVE | _NOBODY | _PRONOUNS) - UNNAMED
_OBJECT = regex.compile(
    r"\b(?:that|which|who)\s+(?:will\s+|can\s+)?\p{L}+\s+\Z|\b(?:than|until|unless|if)\s+\Z",
    regex.I,
)
"""What stands before a pronoun that says nothing: "the bank that runs it", "than it expected"."""
_TAIL = regex.compile(
    r"\s+(?:tabled|released|published|issued|ordered|commissioned|seen|obtained)\b"
)
"""What is no part of a name: "an audit tabled on Monday"."""
_BY_ONE = regex.compile(
    rf"(?:joint\s+)?(?:{any_of(_RULES['papers'])})\s+(?:by|from)\s+(?:the\s+)?"
    r"(?=(?:(?!\band\b)[^,])+\Z)"
)
"""Before who wrote a paper alone: "report by AidData"."""
_PAPERS = frozenset(_RULES["papers"])
SHORT = 8
"""How many words a name may have that is no proper one."""
_PATTERNS = [
    # "according to a balance sheet released by the ministry"
    ("attribution-report-by", regex.compile(
        rf"\b(?P<cue>(?i:{any_of(_RULES['by'])}))\s+(?:an?|the|its|their)\s+[^,;”\"]{{3,40}}?"
        rf"\s+(?:{any_of(_RULES['issued'])})\b[^,;”\"]{{0,40}}?\s+by\s+{_NAME}(?=[,.;]|\s*\Z)")),
    # ", the UN said" and ", according to the assessment" behind the figure
    ("attribution-according-to", regex.compile(
        rf"\b(?P<cue>(?i:{any_of(_RULES['by'])}))\s+{_NAME}(?=[,.;:()”\"]"
        r"|\s+(?:and|that|which|who|on|in|has|have|is|was|it|he|she|they|seen|released|published)\b"
        rf"|(?<=\b(?:{any_of(_RULES['letters'])}))\s+to\b|\s*\Z)")),
    ("attribution-report-by", regex.compile(
        rf"\b(?P<who>(?:joint\s+)?(?:{any_of(_RULES['papers'])})\s+(?:by|from)\s+(?:the\s+)?"
        rf"{_WORD}(?:,?\s+(?!{_STOP_IN_LIST}){_WORD}){{0,14}}?)"
        rf"(?:,\s+[^,.;”\"]{{3,60}},)?\s+{_HAS}(?P<cue>{_SAID}|{_ESTIMATED})\b")),
    # "by the IMF's reckoning", "by her count", "is put at $5m by the World Bank"
    ("attribution-according-to", regex.compile(
        rf"\b(?i:by)\s+(?P<who>his|her|its|their)\s+(?:own\s+|latest\s+)?(?P<cue>{_COUNTS})\b")),
    ("attribution-according-to", regex.compile(
        rf"\b(?i:by|on)\s+{_NAME}['’]s?\s+(?:own\s+|latest\s+)?(?P<cue>{_COUNTS})\b")),
    ("attribution-said", regex.compile(
        rf"\b(?P<cue>put|estimated|reckoned|assessed)\s+(?:at\s+[^,;]{{1,40}}?\s+)?by\s+{_NAME}"
        r"(?=[,.;]|\s+(?:at|which|that|in|on|to)\b|\s*\Z)")),
    # "the minister, Gibril Ibrahim, told", "a senior official, who would not be named, said"
    ("attribution-said", regex.compile(
        rf",\s+(?P<who>{_PEOPLE}),\s+{_HAS}(?P<cue>{_SAID}|{_ESTIMATED})\b")),
    # "The World Bank, which will run the fund, said", "The UN, in an assessment, has estimated"
    ("attribution-said", regex.compile(
        rf"(?:{_OPENS}|\b(?:that|but)\s+)(?!(?i:{any_of(_RULES['fronting'])})\b){_LONG_NAME}{_SHORT},\s+{_ASIDE}[^.;:”\"]{{0,120}}?,"
        rf"\s+(?:{_MEANWHILE}\s+)?{_HAS}(?P<cue>{_SAID}|{_ESTIMATED})\b"
        r"(?!(?<=\bsa(?:id|ys?))\s+(?:(?:the|an?|its)\s+[^,;]{1,30}|\p{Lu}[\w'’.-]*(?:\s+\p{Lu}[\w'’.-]*){0,3})[.]?\s*\Z)")),
    # '"...," Jan Ek, its director, said'
    ("attribution-said-behind", regex.compile(
        rf"[”\"]\s+(?P<who>{_PEOPLE}),\s[^,.;”\"]{{1,80}},"
        rf"\s+(?P<cue>{_SAID})\b")),
    ("attribution-said-behind", regex.compile(
        rf"[,”\"]\s+{_NAME}{_SHORT}\s+{_HAS}(?P<cue>{_SAID}|{_ESTIMATED})\b")),
    # '"...," said its director, Joseph Kamau'
    ("attribution-said-inverted", regex.compile(
        rf"[,”\"]\s*(?P<cue>said|says|wrote|added)\s+(?:(?:the|an?|its|his|her|their)\s+)"
        rf"[^,.;”\"]{{3,70}},\s+(?:(?:the|an?)\s+(?:(?!and\b)[\w'’-]+\s+){{1,3}})?(?P<who>{_PEOPLE})(?=[,.;]|\s*\Z)")),
    ("attribution-said-inverted", regex.compile(
        rf"[,”\"]\s*(?P<cue>said|says|wrote|added|according\s+to)\s+{_NAME}(?=[,.;]|\s+(?:in|on|at|after|during)\b|\s*\Z)")),
    ("attribution-said", regex.compile(
        rf"(?:{_OPENS}(?:{_IN_A_PAPER})?|[;:“\"—–]\s+|[,]\s+|\b(?:that|and|but|which|what|than|as|although|though)\s+"
        rf"){_NAME}{_SHORT}(?:\s+{_MEANWHILE})?\s+{_HAS}(?P<cue>{_SAID}|{_ESTIMATED})\b",
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
        rf",\s+{_NAME}\s+(?P<cue>{any_of(_RULES['announced'])})(?=[.]?\s*\Z)")),
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


class Speaker(NamedTuple):
    """Who says something."""

    who: str
    rule: str
    span: Span
    verb: Span

    @property
    def unnamed(self) -> bool:
        """Whether it is a pronoun: "he said"."""
        return self.who.lower() in UNNAMED


def speakers(text: str, sentence: Sentence) -> list[Speaker]:
    """Who says something in a sentence of `text`, by name or by a pronoun, the surest first."""
    return sentence.once("speakers", lambda: _each_once(_speakers(text, sentence)))


def last_speaker(text: str, sentence: Sentence) -> Speaker | None:
    """Who says something last in a sentence."""
    return max(speakers(text, sentence), key=lambda speaker: speaker.verb, default=None)


def _each_once(found: Iterator[Speaker]) -> list[Speaker]:
    """Of each verb the first that is found."""
    of_verb: dict[int, Speaker] = {}
    for speaker in found:
        of_verb.setdefault(speaker.verb[0], speaker)
    return list(of_verb.values())


def _speakers(text: str, sentence: Sentence) -> Iterator[Speaker]:
    for rule, pattern in _patterns(sentence.words):
        for match in pattern.finditer(text, sentence.start, sentence.end):
            verb = match.span("cue")
            if _NO_SPEECH.match(text, verb[0]) or _WROTE.match(text, verb[0]):
                continue
            name = _name(text, sentence, *match.span("who"))
            if name and not _OWN.match(text, verb[1]):
                yield Speaker(text[slice(*name)], rule, name, verb)


def _name(text: str, sentence: Sentence, first: int, last: int) -> Span | None:
    """The part of what stands before a verb that names a speaker; None if nothing can."""
    before = _BEFORE.match(text, first, last)
    first = before.end() if before and before.end() < last else first
    for than in (" than ", " of what "):  # "less than the head teachers say"
        place = text.rfind(than, first, last)
        first = first if place < 0 else place + len(than)
    tail = _TAIL.search(text, first + 1, last)
    last = tail.start() if tail else last
    alone = _BY_ONE.match(text[first:last])
    first += alone.end() if alone else 0
    who = text[first:last].rstrip(" ,.'’")
    last = first + len(who)
    words = who.lower().split()
    if not words or words[0].isdigit():
        return None
    if words[-1] in UNNAMED:
        # "the $5m it forecast", but "the bank that runs it said"
        first = last - len(words[-1])
        return None if _OBJECT.search(text, max(0, first - 40), first) else (first, last)
    if words[-1] in _NO_NAME or words[0] in _NOBODY:
        return None
    listed = " by " in who and not _PAPERS.isdisjoint(words)
    if (
        len(words) > SHORT
        and not listed
        and sum(word[0].islower() for word in who.split()) > SHORT / 2
    ):
        return None
    return (
        None
        if AMOUNT in sentence.words[sentence.word_at(first) : sentence.word_at(last)]
        else (first, last)
    )
