"""The README says what the program does."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.evaluate import evaluate

README = Path("README.md").read_text(encoding="utf-8")
MAKEFILE = Path("Makefile").read_text(encoding="utf-8")


def _tracker(*words):
    return subprocess.run(
        [sys.executable, "-m", "tracker", *words],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "100"},
    ).stdout


def test_the_first_screen_shows_real_output():
    shown = re.search(r"^\$ tracker extract seeds/\*\.txt\n(.*?)```", README, re.S | re.M).group(1)
    printed = _tracker("extract", *map(str, Path("seeds").glob("*.txt")))
    assert shown.split() == printed.split()


def test_the_commands_it_names_are_there():
    commands = set(re.findall(r"`tracker (\w+)", README))
    assert {"extract", "ingest", "export", "serve", "show", "evaluate"} <= commands
    help_text = _tracker("--help")
    assert [c for c in commands if c not in help_text] == []
    for target in set(re.findall(r"`make (\w+)", README)):
        assert re.search(rf"^{target}:", MAKEFILE, re.M), target


def test_the_filters_it_names_are_the_options_of_export():
    named = re.search(r"CSV link: `(.*?)`", README, re.S).group(1).split()
    help_text = _tracker("export", "--help")
    assert [option for option in named if f"{option} " not in help_text] == []


def test_the_python_example_prints_what_it_says(capsys):
    code = re.search(r"```python\n(.*?)```", README, re.S).group(1)
    said = re.findall(r"^# (.*)$", code, re.M)
    exec(compile(code, "README.md", "exec"), {})
    assert capsys.readouterr().out.splitlines() == said


@pytest.mark.parametrize(
    ("column", "gold", "tally"),
    [
        (1, "english", "half A"),
        (2, "english", "half B"),
        (3, "idiomatic", "all"),
        (4, "newswire", "all"),
        (5, "bulletins", "all"),
        (6, "dispatches", "half B"),
    ],
)
def test_the_scores_are_those_of_today(column, gold, tally):
    names = {
        "amounts": "amount_f1", "running total": "cumulative", "kind of aid": "aid_type",
        "said by": "attributed_to",
    }  # fmt: skip
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in README.splitlines()
        if re.match(r"\| [a-z: ,F1]+ \| \d\.\d{3}", line)
    ]
    assert len(rows) == 10
    scores = evaluate([Path(f"tests/gold/{gold}.jsonl")]).tallies[tally].scores()
    for row in rows:
        name = row[0].split(":")[0]
        assert row[column] == f"{scores[names.get(name, name)]:.3f}", row[0]


def test_the_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert Path(target).exists(), target
