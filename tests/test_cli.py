import csv
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest
from samples import FIRST, GIVEN

from tracker.cli import main
from tracker.reports import Report, stream
from tracker.reports.tables import mentions_tables
from tracker.schema import EXTRACTOR
from tracker.store import Filters, Query, Store
from tracker.terminal import show

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
TEXT = "Aid news\n\nNorway has given Ukraine 75 million dollars, the ministry said.\n"


class Result(NamedTuple):
    returncode: int
    stdout: bytes
    stderr: bytes


def tracker(*arguments, **options):
    """Run `python -m tracker` in a process of its own."""
    environment = {k: v for k, v in os.environ.items() if k not in ("TRACKER_DATA", "COLUMNS")}
    done = subprocess.run(
        [sys.executable, "-m", "tracker", *map(str, arguments)],
        capture_output=True, timeout=120, check=False, env=environment, **options,
    )  # fmt: skip
    return Result(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def run(monkeypatch, capfdbinary):
    """The same within this process, which is quicker."""

    def command(*arguments, cwd=None, data=None, stdin=b""):
        with monkeypatch.context() as patch:
            patch.delenv("COLUMNS", raising=False)
            patch.delenv("TRACKER_DATA", raising=False)
            if data:
                patch.setenv("TRACKER_DATA", str(data))
            if cwd:
                patch.chdir(cwd)
            patch.setattr(sys, "argv", ["tracker", *map(str, arguments)])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            capfdbinary.readouterr()
            with pytest.raises(SystemExit) as ended:
                main()
        sys.stdout.flush()
        return Result(ended.value.code or 0, *capfdbinary.readouterr())

    return command


def one_line(result, status=1):
    """The only line of the errors of a command that failed as a user's mistake should."""
    assert result.returncode == status, result.stderr.decode()
    lines = result.stderr.decode().splitlines()
    assert len(lines) == 1, lines
    assert "Traceback" not in lines[0]
    return lines[0]


@pytest.fixture
def news(tmp_path):
    path = tmp_path / "news.txt"
    path.write_text(TEXT)
    return path


def test_extract_prints_a_table_and_stores_nothing(run, news, tmp_path):
    result = run("extract", news, cwd=tmp_path)
    assert result.returncode == 0
    assert result.stderr == b""
    lines = result.stdout.decode().splitlines()
    assert lines[0].startswith("Aid news")
    assert "news.txt" in lines[0]
    words = result.stdout.decode()
    for part in ("75 million", "75,000,000 USD", "Disbursed", "Norway", "→ Ukraine", "has given"):
        assert part in words
    assert max(map(len, lines)) <= 100
    assert not (tmp_path / "data").exists()


def test_extract_explains_every_tag_with_its_words(run, news):
    words = run("extract", "--explain", news).stdout.decode()
    rows = [re.split(r"\s{2,}", line.strip()) for line in words.splitlines()]
    [status] = [row for row in rows if row[0] == "status"]
    assert status[1] == "Disbursed"
    assert status[3] == "has given"
    assert {"donor", "recipient", "currency"} <= {row[0] for row in rows}


def test_extract_explains_what_lost(run):
    text = "The House approved the $5 billion that Biden had requested."
    words = run("extract", "-", "--explain", stdin=text.encode()).stdout.decode()
    [lost] = [line.strip() for line in words.splitlines() if "lost:" in line]
    assert lost.startswith(("lost: approved, status-approve", "lost: requested, status-request"))


def test_extract_reads_the_standard_input_in_any_format(run):
    lines = run("extract", "-", "--format", "jsonl", stdin=TEXT.encode()).stdout.splitlines()
    [mention] = map(json.loads, lines)
    assert mention["quote"] == TEXT[mention["start"] : mention["end"]] == "75 million dollars"
    assert (mention["amount_min"], mention["currency"], mention["donor"]) == (75e6, "USD", "NOR")
    assert (mention["file_name"], mention["title"]) == (None, "Aid news")
    content = run("extract", "-", "--format", "csv", stdin=TEXT.encode()).stdout
    [row] = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert row["amount_min"] == "75000000"
    assert row["mention_id"] == mention["mention_id"]


def test_extract_says_when_nothing_was_found(run):
    result = run("extract", "-", stdin=b"Nothing here.")
    assert (result.returncode, result.stdout) == (0, b"")
    assert result.stderr.decode() == "no amount of money found in 1 document\n"


def test_the_seed_gives_its_three_figures_and_a_second_ingest_changes_nothing(tmp_path):
    data = tmp_path / "data"
    first = tracker("ingest", SEEDS, "--data", data)
    assert first.returncode == 0, first.stderr
    words = first.stdout.decode()
    for part in ("45,000,000,000 USD", "almost 45 billion", "61,400,000,000 USD", "blocked",
                 "22,900,000,000 USD", "Financial", "running total", "United States"):  # fmt: skip
        assert part in words
    stored = pd.read_parquet(data / "mentions").sort_values("start")
    assert stored["quote"].tolist() == [
        "45 billion dollars",
        "USD 61.4 billion",
        "22.9 billion dollars",
    ]
    assert stored["amount_min"].tolist() == [45e9, 61.4e9, 22.9e9]
    assert stored["status"].tolist() == ["disbursed", "requested", "disbursed"]
    assert stored["hold"].fillna("").tolist() == ["", "blocked", ""]
    assert set(stored["donor"] + stored["recipient"]) == {"USAUKR"}
    files = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    second = tracker("ingest", SEEDS, "--data", data)
    assert second.returncode == 0
    assert second.stdout == first.stdout
    assert "1 document: 1 stored already" in second.stderr.decode()
    assert files == {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}


def test_ingest_keeps_what_is_given_about_a_file(run, news, tmp_path):
    arguments = [
        "--publisher",
        "The Paper",
        "--published",
        "2024-03",
        "--url",
        "https://x.example/a",
    ]
    result = run("ingest", news, *arguments, "--title", "=1+1", "--data", tmp_path / "d")
    assert result.returncode == 0, result.stderr
    [row] = Store(tmp_path / "d").table("documents").to_pylist()
    assert (row["publisher"], row["url"], row["title"]) == (
        "The Paper", "https://x.example/a", "=1+1",
    )  # fmt: skip
    assert (str(row["published"]), row["published_precision"]) == ("2024-03-01", "month")


def test_bad_files_are_listed_and_the_others_ingested(news, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "blank.txt").write_text(" \n")
    (tmp_path / "binary.txt").write_bytes(b"\x7fELF\x00")
    (tmp_path / "latin.txt").write_bytes("5 £ café".encode("latin-1"))
    bad = ["missing.txt", "empty", "blank.txt", "binary.txt", "latin.txt", "http://127.0.0.1/"]
    result = tracker("ingest", *bad[:3], news, *bad[3:], "--data", "d", cwd=tmp_path)
    assert result.returncode == 1
    errors = {
        line.split(": ")[1]: line
        for line in result.stderr.decode().splitlines()
        if line.startswith("tracker: ")
    }
    assert errors == {
        "missing.txt": "tracker: missing.txt: No such file or directory",
        "empty": "tracker: empty: a folder without documents",
        "blank.txt": "tracker: blank.txt: empty, nothing to read",
        "binary.txt": "tracker: binary.txt: binary, not a text (control byte 0x7f at byte 0)",
        "latin.txt": "tracker: latin.txt: not UTF-8 (byte 2)",
        "http://127.0.0.1/": "tracker: http://127.0.0.1/: 127.0.0.1 is of a private network "
        "(127.0.0.1), refused",
    }
    assert "75,000,000 USD" in result.stdout.decode()
    assert pd.read_parquet(tmp_path / "d" / "mentions")["quote"].tolist() == ["75 million dollars"]


def test_when_no_file_can_be_read_no_data_folder_is_made(tmp_path):
    result = tracker("ingest", "missing.txt", "--data", "d", cwd=tmp_path)
    assert result.returncode == 1
    assert not (tmp_path / "d").exists()


@pytest.mark.parametrize(
    "command", [["ingest", "news.txt"], ["export", "-"], ["show", "m_1"], ["serve"]]
)
def test_a_file_in_the_place_of_the_data_folder_is_told(run, command, news, tmp_path):
    result = run(*command, "--data", "news.txt", cwd=tmp_path)
    assert one_line(result) == "tracker: news.txt: is a file, not a data folder"
    assert news.read_text() == TEXT


@pytest.mark.parametrize("command", [["export", "out.csv"], ["show", "m_1"]])
def test_a_data_folder_that_is_not_there_is_told(run, command, tmp_path):
    result = run(*command, data="none", cwd=tmp_path)
    assert one_line(result) == "tracker: none: holds no data yet, begin with: tracker ingest"
    assert list(tmp_path.iterdir()) == []


def test_export_writes_the_bytes_of_the_query(run, sample_store, tmp_path):
    query = Query(sample_store)
    filters = Filters.parse([("donor", "USA,none"), ("to", "2024"), ("min", "1000")])
    out = tmp_path / "out.csv"
    options = ["--donor", "USA,none", "--to", "2024", "--min", "1000", "--data", sample_store.path]
    result = run("export", out, *options)
    assert (result.returncode, result.stdout) == (0, b"")
    assert result.stderr.decode() == f"{out}: 5 mentions\n"
    assert out.read_bytes() == b"".join(stream(Report.of(query, filters=filters), "csv"))
    piped = run("export", "-", *options)
    assert (piped.stdout, piped.stderr) == (out.read_bytes(), b"")
    shown = run("export", "-", "--what", "figures", "--data", sample_store.path)
    assert shown.stdout == b"".join(stream(Report.of(query, "figures"), "csv"))


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["--status", "requested", "--status", "pledged"], 3),
        (["--hold", "none", "--currency", "usd"], 5),
        (["--aid-type", "financial,military"], 3),
        (["--aid_type", "mixed"], 1),
        (["--recipient", "ukraine", "--language", "en"], 8),
        (["--publisher", "none", "--max", "1000"], 1),
        (["--from", "2024"], 4),
        (["--q", "minister"], 2),
        (["--q", "nothing like it"], 0),
    ],
)
def test_filters_are_options(run, sample_store, options, count):
    lines = run(
        "export", "-", "--format", "jsonl", *options, "--data", sample_store.path
    ).stdout.splitlines()
    assert len(lines) == count


@pytest.mark.parametrize("what", ["mentions", "figures"])
def test_export_prints_a_table_for_reading(run, sample_store, what):
    result = run("export", "-", "--format", "table", "--what", what, "--data", sample_store.path)
    words = result.stdout.decode()
    assert result.returncode == 0
    assert "61,400,000,000 USD" in words
    assert "5,000,000,000 to" in words
    assert "5 billion to 7 billion" in words
    assert max(map(len, words.splitlines())) <= 100
    if what == "figures":
        assert "2 mentions" in words
    else:
        assert "<script>alert(1)</script> & aid  ·  2024  ·  second.txt" in words


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-", "--status", "foo"], "status: unknown value 'foo', use needed, requested,"),
        (["-", "--from", "soon"], "from: 'soon' is no date"),
        (["out"], "out: no format in the name"),
        (["-", "--format", "pdf"], "-: unknown format pdf"),
    ],
)
def test_exports_that_cannot_be_are_refused_in_one_line(run, arguments, message, tmp_path):
    line = one_line(run("export", *arguments, cwd=tmp_path), status=2)
    assert line.startswith(f"tracker: {message}")
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_cannot_be_written_is_told(run, sample_store, tmp_path):
    result = run("export", tmp_path / "no" / "a.csv", "--data", sample_store.path)
    assert one_line(result).endswith("a.csv: No such file or directory")


def test_show_tells_all_of_a_mention(run, sample_store):
    mention = GIVEN[FIRST.document_id][0]
    words = run("show", mention.mention_id, "--data", sample_store.path).stdout.decode()
    for part in (
        "The Senate blocks USD 61.4 billion that the White House has requested for Ukraine.",
        "61,400,000,000", "Requested", "Blocked", "United States (USA)", "by-hand", "Daily Example",
        "2023-12-07", "https://news.example/aid", "first.txt", FIRST.original_sha256, EXTRACTOR,
    ):  # fmt: skip
        assert part in words
    other = GIVEN[list(GIVEN)[1]][0]
    words = run("show", other.mention_id, "--data", sample_store.path).stdout.decode()
    assert words.count("not known") == 2
    assert re.search(r"Published +2024 +\(given\) *\n", words)
    line = one_line(run("show", "m_0", "--data", sample_store.path))
    assert line == f"tracker: m_0: no such mention in {sample_store.path}"


def test_evaluate_prints_scores_or_what_is_wrong(run, tmp_path):
    result = run("evaluate", ROOT / "tests" / "gold" / "english.jsonl")
    assert result.returncode == 0
    assert "amount_f1" in result.stdout.decode()
    assert "missing.jsonl" in one_line(run("evaluate", tmp_path / "missing.jsonl"))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--host", "0.0.0.0"], "others may reach this address, use --public-read-only"),
        (["--host", "192.0.2.1"], "others may reach this address"),
        (["--host", "news.example"], "others may reach this address"),
        (["--host", "0.0.0.0", "--public-read-only"], "--allowed-host"),
        (["--public-read-only", "--allow-adding"], "serves no adding"),
        (["--public-read-only", "--allow-review"], "serves no adding and no reviewing"),
        (["--publish-texts"], "goes with --public-read-only"),
        (["--host", "0.0.0.0", "--allow-review"], "others may reach"),
        (["--base-url", "figures.example"], "base-url"),
    ],
)
def test_what_would_let_others_in_is_refused(run, tmp_path, options, told):
    assert told in one_line(run("serve", *options, cwd=tmp_path), status=2)


def test_a_port_in_use_is_told(sample_store):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = tracker("serve", "--port", port, "--data", sample_store.path)
    assert "in use" in one_line(result)


def test_serve_answers_until_it_is_stopped(run, sample_store):
    with subprocess.Popen(
        [sys.executable, "-m", "tracker", "serve", "--port", "0", "--data", sample_store.path],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as server:  # fmt: skip
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split()[-1]
            with urllib.request.urlopen(
                f"{address}/api/mentions.csv?donor=USA", timeout=30
            ) as answer:
                content = answer.read()
        finally:
            server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=30) == 0
    expected = run("export", "-", "--donor", "USA", "--data", sample_store.path).stdout
    assert content == expected


@pytest.mark.parametrize(
    "arguments",
    [["frobnicate"], ["ingest"], ["export", "-", "--colour", "red"], ["serve", "--port", "99999"],
     ["extract", "-", "--format", "xml"]],
)  # fmt: skip
def test_wrong_usage_ends_with_status_2(run, arguments):
    result = run(*arguments)
    assert result.returncode == 2
    assert b"Error" in result.stderr
    assert b"Traceback" not in result.stderr


def test_one_address_or_title_is_for_one_file(run, news, tmp_path):
    (tmp_path / "other.txt").write_text("x")
    line = one_line(run("ingest", tmp_path, "--title", "x", "--data", tmp_path / "d"), status=2)
    assert line == "tracker: --url and --title are for one file"


def test_a_reader_that_stops_early_is_no_error(tmp_path):
    many = "\n".join(f"Norway gave Ukraine {n} million dollars." for n in range(1, 1500))
    (tmp_path / "many.txt").write_text(many)
    for format_ in ("table", "csv"):
        with subprocess.Popen(
            [sys.executable, "-m", "tracker", "extract", "many.txt", "--format", format_],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path,
        ) as command:  # fmt: skip
            assert command.stdout is not None
            assert command.stderr is not None
            command.stdout.read(10)
            command.stdout.close()
            assert command.stderr.read() == b""


def test_a_long_list_is_cut_and_said_so(run, tmp_path):
    many = "\n".join(f"Norway gave Ukraine {n} million dollars." for n in range(1, 251))
    (tmp_path / "many.txt").write_text(many)
    result = run("ingest", "many.txt", "--data", "d", cwd=tmp_path)
    assert (
        "50 more amounts found; to have them all: tracker export OUT.csv" in result.stderr.decode()
    )
    assert len(pd.read_parquet(tmp_path / "d" / "mentions")) == 250


@pytest.mark.parametrize("columns", [80, 100, 160])
def test_no_word_of_the_table_is_cut_off(columns, monkeypatch, capsys, sample_store):
    monkeypatch.setenv("COLUMNS", str(columns))
    show(*mentions_tables(Query(sample_store).mentions(Filters(donor=("USA",)))))
    words = capsys.readouterr().out
    assert max(map(len, words.splitlines())) <= columns
    for word in ("Cue", "requested", "sent", "pledged", "61,400,000,000 USD", "Military"):
        assert word in words
