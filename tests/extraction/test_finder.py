"""The fast scan finds exactly what the grammar finds alone."""

import json
import os
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pytest
import re2
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

import tracker
from tracker.extraction.amounts import grammar
from tracker.extraction.amounts.grammar import PATTERN
from tracker.extraction.amounts.scan import FINDER, candidates, mark, matches, spans_of

HERE = Path(__file__).parent
GOLD = [
    json.loads(line)["text"]
    for path in sorted((HERE.parent / "gold").glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]
FORMS = [
    form["text"]
    for form in tomllib.loads((HERE / "amount_forms.toml").read_text(encoding="utf-8"))["form"]
]
FREE = (HERE / "money_free.txt").read_text(encoding="utf-8").splitlines()


def _alone(text):
    return [m.span() for m in PATTERN.finditer(text)]


def _fast(texts):
    marks = mark(pa.array(texts, pa.large_string()))
    found = spans_of(marks, np.arange(len(texts)))
    every = [spans for _, spans in found]
    # One text is scanned without Arrow; both scans mark the same places.
    assert [list(candidates(text)) for text in texts] == every
    return [[m.span() for m in matches(*one)] for one in zip(texts, every, strict=True)]


def test_threads_that_ask_at_once_compile_it_once(monkeypatch):
    compiled = []

    def compile_(*given):
        compiled.append(given)
        time.sleep(0.05)
        return regex.compile(*given)

    monkeypatch.setattr(grammar, "regex", SimpleNamespace(compile=compile_))
    pattern = grammar._OnceAsked("a+", 0)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: pattern.match("aab").group(), range(8)))
    assert found == ["aa"] * 8
    assert len(compiled) == 1


@pytest.mark.parametrize("texts", [GOLD, FORMS, FREE], ids=["gold", "forms", "money-free"])
def test_real_texts(texts):
    assert _fast(texts) == [_alone(text) for text in texts]


def test_the_scan_has_room_in_the_memory_of_re2():
    """Beyond it RE2 falls back to a scan many times as slow, and says so on stderr."""
    assert re2.compile(FINDER).programsize < 16_300


EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "300"))
"""How many texts each property is tried on; `make soak` takes many more."""
PIECES = st.sampled_from(
    """$ € £ US$ $US A$ NZ Rs Rs. N R KSh USD EUR 5 61.4 1,000 7 12,50,000 184 000 half a an billion
    million bn m k crore lakh dollars euros pounds Kenyan shillings between and to or from - – ( ) ,
    . ; : two twenty-five hundred quarter three thousand ½ 1/2 .75 cents % ' 1,1,1 é ø ‑ \x01 \x02
    """.split()
)
TEXTS = st.lists(
    st.tuples(PIECES, st.sampled_from(["", " ", " ", "\u00a0", "\n", "-"])), max_size=25
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(TEXTS.map(lambda pieces: "".join(a + b for a, b in pieces)))
@example("½5$")
@example("5NZ\x01 cents")
@example("three-5bn")
@example("$two-$5")
@example("between two and three billion euros, 5-7 billion")
def test_generated_texts(text):
    assert _fast([text]) == [_alone(text)]


@settings(max_examples=EXAMPLES, deadline=None)
@given(TEXTS.map(lambda pieces: " people saw ".join(a + b for a, b in pieces)))
def test_a_table_reads_like_its_texts(text):
    table = tracker.extract_batch(pa.table({"document_id": ["d_1"], "text": [text]}))
    alone = [(m.start, m.end, m.amount_min, m.currency) for m in tracker.extract(text)]
    columns = (table[name].to_pylist() for name in ("start", "end", "amount_min", "currency"))
    assert list(zip(*columns, strict=True)) == alone


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.text(max_size=80))
def test_any_text(text):
    text = text.encode("utf-8", "replace").decode()
    assert _fast([text]) == [_alone(text)]
