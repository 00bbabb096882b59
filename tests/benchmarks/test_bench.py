"""The corpus of the benchmark: always the same, one amount in about twelve sentences."""

import bench
import pytest


def test_the_seed_fixes_the_corpus():
    assert bench.corpus(0.1).equals(bench.corpus(0.1))
    assert not bench.corpus(0.1).equals(bench.corpus(0.1, seed=1))


def test_size_and_density_are_as_asked():
    documents = bench.corpus(1)
    assert bench.size_of(documents) == pytest.approx(1, rel=0.02)
    sentences = sum(text.count(". ") + 1 for text in documents["text"].to_pylist())
    assert 8 < sentences / bench.scan(documents) < 16
