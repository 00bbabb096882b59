"""Whether a sign, code or name that has other meanings too stands for money where it is."""

from __future__ import annotations

import regex

from tracker.extraction.amounts import currencies
from tracker.extraction.amounts.numbers import Number
from tracker.extraction.words import load_rules

Part = tuple[str | None, str | None, str | None, str | None, str | None]
"""What the grammar gives of one number: before, digits, words, magnitude, behind."""

_RULES = load_rules("en")["elision"]
NO_NOUN_NEXT = regex.compile(
    rf"\s*(?:$|[.;:,)!?”\"]|\((?=.{{0,12}}\d)|(?:{'|'.join(_RULES['follows'])})\b)", regex.I
)
_WEIGHED = regex.compile(rf"\s+of\s+(?!(?:{'|'.join(_RULES['of_money'])})\b)", regex.I)
_EACH_NEXT = regex.compile(r"\s+(?:a|an|per|each|every)\s+\p{L}", regex.I)
_PRICE_BEFORE = regex.compile(
    rf"\b(?:{'|'.join(_RULES['prices'])})\b[^.;]{{0,40}}(?<!\b(?:the|on|along|via)\s+)\Z", regex.I
)
_THIS_YEAR = regex.compile(r"20[0-3][1-9]")
_OTHER_WORD_NEXT = regex.compile(
    r"\s+(?:the|their|his|her|its|free|asylum|votes?|games?|followers|jewels?|prizes?"
    r"|an?\s+(?!year|month|week|day|quarter|person|head|piece|kilo)\p{L})",
    regex.I,
)
_EURO_NEXT = regex.compile(r"\s+(?:countr|members?|states?|zone|area|capitals)", regex.I)
_WEIGHS_BEFORE = regex.compile(
    r"\b(?:weigh(?:s|ed|ing)?|weight of|thrust of|payload of|cargo of)\s+(?:\w+\s+){0,2}\Z", regex.I
)
_CODE_WORDS = "awk bash echo Perl print sed shell arguments? parameters? variables?".split(" ")
_CODE_BEFORE = regex.compile(rf"[{{`^\\=]\s?$|\b(?:{'|'.join(_CODE_WORDS)})\b")
_CODE_AFTER = regex.compile(r"[}`^\\]|'\s*[)}]")


def is_money(
    written: str | None, part: Part, number: Number, span: tuple[int, int], text: str
) -> bool:
    """Whether a sign, code or name that has other meanings too stands for money here."""
    before, digits, words, magnitude, behind = part
    if not written:
        return True  # elided: the words before it decide
    year = (digits or "").isdigit() and 1900 <= number.value <= 2100
    big = bool(magnitude) or (number.value >= 1000 and not year)
    name = " ".join((behind or before or "").lower().split())
    grouped = bool(magnitude) or "," in (digits or "")
    sign = "".join((before or "").split())
    local = sign in currencies.LOCAL
    if (local or before in currencies.LETTERS) and not grouped:
        # "R350 a month" and "a test costs K480", but not "the R350 road"
        priced = _PRICE_BEFORE.search(text, max(0, span[0] - 50), span[0])
        ends = priced and NO_NOUN_NEXT.match(text, span[1])
        return bool(ends or _EACH_NEXT.match(text, span[1]))
    spaced = local or sign in currencies.WEAK_SIGNS
    named = sign not in currencies.SIGNS and (before or " ").lower().split(" ")[-1]
    weak = sign in currencies.WORD_CODES or (before != sign and spaced) or named in currencies.NAMES
    if weak and not magnitude and not (grouped and NO_NOUN_NEXT.match(text, span[1])):
        return False  # "Flight QR 500", "ALL 5,000 soldiers"
    if sign in currencies.CODES and not grouped and _THIS_YEAR.fullmatch(digits or ""):
        return False  # "EUR 2024" is an event
    if name.endswith((" won", " real", " crown")) and not currencies.is_country(
        " ".join((behind or "").split()[:-1])
    ):
        return False  # "CUP 2024 WAS WON"
    if name in ("won", "real", "crown") and _OTHER_WORD_NEXT.match(text, span[1]):
        return False  # "15 million won the right to vote"
    if name == "euro" and not magnitude and _EURO_NEXT.match(text, span[1]):
        return False  # "sixteen euro countries"
    if written.strip() in currencies.WORD_CODES or name in currencies.WORD_NAMES:
        if not big or (words and not magnitude):
            return False
        if not magnitude and "-" in text[slice(*span)]:
            return False  # "a 2,000-pound bomb"
        if name in ("pound", "pounds") and (
            _WEIGHED.match(text, span[1])
            or _WEIGHS_BEFORE.search(text, max(0, span[0] - 30), span[0])
        ):
            return False
    if words in ("a", "an", "A", "An") and not magnitude:
        return False
    if before == "$" and not magnitude and (digits or "").isdigit():
        return not (_CODE_BEFORE.search(text, max(0, span[0] - 50), span[0])
                    or _CODE_AFTER.match(text, span[1]))  # fmt: skip
    return True
