"""How long work says how far it is, and how it is stopped."""

import os
import re
import signal
from typing import NamedTuple

import pytest

from tracker import terminal


class Step(NamedTuple):
    done: float
    documents: int
    line: str | None = None


def test_long_work_tells_its_rate_and_the_time_left(monkeypatch, capsys):
    monkeypatch.setattr(terminal, "SECONDS_BETWEEN_LINES", -1.0)
    clock = iter([100.0, 110.0, 110.0, 110.0])
    monkeypatch.setattr(terminal.time, "monotonic", lambda: next(clock))
    with terminal.progress(300.0) as tell:
        tell(Step(100.0, 2_000))
        tell(Step(100.0, 2_000, "a.txt: new, 3 amounts"))
    first, second = capsys.readouterr().err.splitlines()
    assert first == "2,000 documents, 200 a second, about 20 s left"
    assert second == "a.txt: new, 3 amounts"


@pytest.mark.parametrize(("seconds", "words"), [(5, "5 s"), (89, "89 s"), (600, "10 min")])
def test_the_time_left_is_rounded(seconds, words):
    assert terminal._duration(seconds) == words


def test_short_work_tells_nothing_of_rates(capsys):
    with terminal.progress(10.0) as tell:
        tell(Step(1.0, 1))
    assert capsys.readouterr().err == ""


def test_the_first_interrupt_asks_and_the_second_stops(capsys):
    before = signal.getsignal(signal.SIGINT)
    with terminal.stoppable("finishing") as stop:
        assert not stop()
        os.kill(os.getpid(), signal.SIGINT)
        assert stop()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert re.fullmatch("finishing\n", capsys.readouterr().err)
    assert signal.getsignal(signal.SIGINT) is before
