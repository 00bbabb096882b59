"""A text by the sentences around its amounts, without a model.

A sentence is a span of the text, found when somebody asks for it; so are what stands before and
behind it, the lead of its list, and what heads a cell of a table.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from tracker.extraction.text.sentence import Sentence
from tracker.extraction.text.tables import heads_of
from tracker.extraction.words import Span, load_rules

T = TypeVar("T")
_ABBREVIATIONS = frozenset(load_rules("en")["sentences"]["abbreviations"])
_BOUNDARY = re.compile(r"(?:[.!?…]+[\"”’')\]]*(?=\s)|\n)\s*")
_BULLET = re.compile(r"[ \t]*(?:[-–—•*·▪◦]|\(?\d{1,2}[.)]|\(?[a-z]\))[ \t]+")
_POINTS = frozenset("-–—•*·▪◦")
_PAIR = re.compile(r"[^\n:–—]{2,40}(?::|[ \t][–—])[ \t]")
"""A line of a list without bullets: "Yemen: $2.5 bn"."""
_OPENING = "\"“‘'(["
_STARTS = frozenset("$€£¥¤-–•*")
_BOUNDARY_SIGNS = ".!?…\n"
_INSIDE_A_BOUNDARY = frozenset(".!?…\"”’')] \t\n")
LONG = 1000
"""Code points from which on a text is a document rather than a passage of a few sentences."""
LONG_LINE, SHORT_LINE = 130, 50
"""Code points of a line that is not wrapped (those of mail and printed text have some 80), and of
one that is too short to tell."""
LOOKED_AT = 20_000
"""Code points of a text that are looked at for that."""
LONGEST_SENTENCE = 2000
"""Code points; what runs on longer (tables, minified text) is cut, so that work stays linear."""
LONGEST_LIST = 50
"""Items of a list that may stand between one of them and the sentence that introduces it."""
ENTRY = 6
"""Words that a line of a name and an amount may have without a colon, the amount counted."""
LONGEST_ENTRY = 12
"""Words that a line may have that an amount opens."""
LONGEST_ITEM = 90
"""Code points that a line of a name and an amount may have."""


class Passage:
    """A text of which the sentences around the amounts are read on demand."""

    def __init__(self, text: str, spans: Sequence[Span]) -> None:
        """`spans` are the amounts in reading order; twins have the same, no others overlap."""
        self.text = text
        self.spans = spans
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]
        self._made: dict[int, Sentence] = {}
        self._last: Sentence | None = None
        self._memo: dict[str, Any] = {}

    def once(self, question: str, find: Callable[[], T]) -> T:
        """What `find` finds in the text, looked for once for all its amounts."""
        if question not in self._memo:
            self._memo[question] = find()
        found: T = self._memo[question]
        return found

    def at(self, offset: int) -> Sentence:
        """The sentence that holds the word or amount at `offset`."""
        last = self._last
        if last is None or not last.start <= offset < last.end:
            last = self._last = self._sentence(self._start(offset), offset)
        return last

    def before(self, sentence: Sentence) -> Sentence | None:
        """The sentence before this one; None at the start of the text."""
        return sentence.once("before", lambda: self._before(sentence))

    def _before(self, sentence: Sentence) -> Sentence | None:
        offset = len(self.text[max(0, sentence.start - LONGEST_SENTENCE) : sentence.start].rstrip())
        offset += max(0, sentence.start - LONGEST_SENTENCE)
        if not offset or self.text[offset - 1].isspace():
            return None
        return self._sentence(self._start(offset - 1), offset - 1)

    def question_before(self, sentence: Sentence) -> Sentence | None:
        """The sentence before this one where it is a question."""
        asks = self.text[max(0, sentence.start - 20) : sentence.start].rstrip()[-1:] == "?"
        return self.before(sentence) if asks else None

    def after(self, sentence: Sentence) -> Sentence | None:
        """The sentence behind this one; None at the end of the text."""
        return sentence.once("after", lambda: self._after(sentence))

    def _after(self, sentence: Sentence) -> Sentence | None:
        rest = self.text[sentence.end : sentence.end + LONGEST_SENTENCE]
        offset = sentence.end + len(rest) - len(rest.lstrip())
        if offset >= len(self.text) or not rest.strip():
            return None
        return self._sentence(offset, offset)

    def heads(self, sentence: Sentence, position: int) -> list[Sentence]:
        """For an amount in a table: what heads its column, its row, and the table, if they do.

        Each is read as a sentence of its own, of which the amount is the last word.
        """
        found = sentence.once(f"heads {position}", lambda: self._heads(sentence, position))
        return [head for head in found if head is not None]

    def caption(self, sentence: Sentence, position: int) -> Sentence | None:
        """The last of the heads, where there is one over the whole table."""
        found = sentence.once(f"heads {position}", lambda: self._heads(sentence, position))
        return found[-1] if found else None

    def _heads(self, sentence: Sentence, position: int) -> list[Sentence | None]:
        number = sentence.amounts[position]
        span = self.spans[number]
        return [head and Sentence.of_cell(self.text, head, span, number)
                for head in heads_of(self.text, *span) or ()]  # fmt: skip

    def forget(self) -> None:
        """Let go of all sentences; they know their neighbours, in cycles."""
        for sentence in self._made.values():
            sentence.forget()
        self._made.clear()
        self._last = None

    def opening(self) -> Sentence:
        """The first sentence of the text."""
        start = len(self.text) - len(self.text.lstrip())
        return self._sentence(start, start)

    def lead(self, sentence: Sentence) -> Sentence | None:
        """For an item of a list: the sentence that introduces the list."""
        return sentence.once("lead", lambda: self._lead(sentence))

    def _lead(self, sentence: Sentence) -> Sentence | None:
        item: Sentence | None = sentence
        for _ in range(LONGEST_LIST):
            in_list = item is not None and (
                self._is_item(item) or (item is not sentence and self._goes_on(item))
            )
            if item is None or not in_list:
                return item if item is not sentence else None
            item = self.before(item)
        return None

    def _goes_on(self, sentence: Sentence) -> bool:
        """Whether a sentence goes on with an item that a bullet opens, and is no lead."""
        line = self.text.rfind("\n", max(0, sentence.start - LONGEST_SENTENCE), sentence.start) + 1
        return line < sentence.start and self.text[line] in _POINTS

    def _is_item(self, sentence: Sentence) -> bool:
        """Whether a sentence is a line with a bullet, or one of a name and an amount."""
        start, text = sentence.start, self.text
        if _BULLET.match(text, start):
            return True
        short = sentence.end - start < LONGEST_ITEM and text[start - 1 : start] == "\n"
        if not short or not sentence.amounts:
            return False
        if list(sentence.amounts) == [0] and len(sentence.words) <= LONGEST_ENTRY:
            return sentence.words[1:2] == [","]  # "$75m, rural roads, Ecuador"
        # "Yemen: $2.5 bn", "Yemen, $2.5 bn", "Yemen $2.5 bn"
        words = sentence.words
        closed = words[-1] == ")"  # "Lebanon's army (€9m)"
        ends = (
            list(sentence.amounts) == [len(words) - 1 - closed] and len(words) <= ENTRY + 2 * closed
        )
        return ends or bool(_PAIR.match(text, start))

    def same_paragraph(self, one: Sentence, other: Sentence) -> bool:
        """Whether no blank line stands between two sentences, `one` before `other`.

        Saved pages have one line break between paragraphs, which their lines are too long to wrap.
        """
        if self.once("unwrapped", self._is_unwrapped):
            return self.text.find("\n", one.end, other.start) < 0
        return self.same_block(one, other)

    def same_block(self, one: Sentence, other: Sentence) -> bool:
        """Whether no blank line stands between two sentences, however the text is saved."""
        return self.text.find("\n\n", one.end, other.start) < 0

    def _is_unwrapped(self) -> bool:
        """Whether a document has a paragraph to a line."""
        if not self.is_document:
            return False
        lines = [len(line) for line in self.text[:LOOKED_AT].split("\n") if len(line) > SHORT_LINE]
        return 3 * sum(length > LONG_LINE for length in lines) > len(lines)

    @property
    def is_document(self) -> bool:
        """Whether the text is a document rather than a passage of a few sentences."""
        return len(self.text) >= LONG

    def _sentence(self, start: int, offset: int) -> Sentence:
        """The sentence that begins at `start` and holds `offset`."""
        made = self._made.get(start)
        if made is None:
            first = bisect_right(self._ends, start)
            made = Sentence(self.text, start, self._end(start, offset), self.spans, first)
            self._made[start] = made
        return made

    def _start(self, offset: int) -> int:
        """Where the sentence that holds `offset` begins."""
        text, low, end = self.text, max(0, offset - LONGEST_SENTENCE), offset
        while True:
            last = max([text.rfind(sign, low, end) for sign in _BOUNDARY_SIGNS])
            if last < 0:
                break
            first, rest = last, text[last + 1 : offset]
            while first > low and text[first - 1] in _INSIDE_A_BOUNDARY:
                first -= 1
            # As many blanks as there are: texts of PDF files have long gaps.
            behind = min(max(last + 20, offset - len(rest.lstrip())), offset)
            for match in reversed(list(_BOUNDARY.finditer(text, first, behind))):
                if match.end() <= offset and self._ends_sentence(match):
                    return match.end()
            end = first
        if not low:
            return len(text) - len(text.lstrip()) if text[:1].isspace() else 0
        cut = offset - offset % LONGEST_SENTENCE
        within = bisect_right(self._starts, cut) - 1
        # A cut does not go through an amount.
        return self._starts[within] if within >= 0 and self._ends[within] > cut else cut

    def _end(self, start: int, offset: int) -> int:
        """Where the sentence that begins at `start` and holds `offset` ends."""
        limit = min(max(start, offset) + LONGEST_SENTENCE, len(self.text))
        for match in _BOUNDARY.finditer(self.text, offset, min(limit + 100, len(self.text))):
            if match.end() > offset and self._ends_sentence(match):
                return match.start() + len(match.group().rstrip())
        within = bisect_right(self._starts, limit) - 1
        end = max(limit, self._ends[within]) if within >= 0 else limit
        return start + len(self.text[start:end].rstrip())

    def _ends_sentence(self, match: re.Match[str]) -> bool:
        """Whether a full stop or line break ends a sentence."""
        text, following, gap = self.text, match.end(), match.group()
        if following >= len(text):
            return True
        within = bisect_right(self._starts, match.start()) - 1
        if within >= 0 and match.start() < self._ends[within] - (gap[0] != "\n"):
            return False  # inside an amount
        if gap[0] == "\n":
            # A single line break inside running text is only wrapping.
            wrapped = gap.count("\n") == 1 and not _BULLET.match(text, following)
            return not (wrapped and match.start() > 0 and text[following].islower())
        if "\n\n" in gap or ("\n" in gap and _BULLET.match(text, following)):
            return True
        first = text[following : following + 5].lstrip(_OPENING)[:1]
        if not (first.isupper() or first.isdigit() or first in _STARTS):
            return False
        if gap[0] != ".":
            return True
        line = text[max(0, match.start() - 40) : match.start()].rsplit("\n", 1)
        if len(line) == 2 and line[1].strip().isdigit():
            return False  # "1. Fraserburgh: $2.6m"
        words = " ".join(line).split()
        last = words[-1].lstrip(_OPENING) if words else ""
        return not (last in _ABBREVIATIONS or (len(last) == 1 and last.isupper()))
