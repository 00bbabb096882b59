"""The commands that keep the data right, as people run them."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pandas as pd
import pytest
from samples import FIRST, GIVEN, NEWER, SECOND

from tracker.schema import EXTRACTOR
from tracker.store import Query, Store

REQUESTED, SENT, *_ = GIVEN[FIRST.document_id]
SAID = ["--reason", "the ministry says so", "--by", "Ada Byron"]


def tracker(*words, **options):
    return subprocess.run(
        [sys.executable, "-m", "tracker", *map(str, words)],
        capture_output=True, text=True, check=False, **options,
    )  # fmt: skip


def test_reviews_are_made_shown_listed_and_undone(sample_store):
    data = ["--data", sample_store.path]
    corrected = tracker(
        "review", SENT.mention_id, "--set", "status=approved", "donor=DEU", *SAID, *data
    )
    assert corrected.returncode == 0, corrected.stderr
    review_id, _, words = corrected.stderr.partition(": ")
    assert words == f"{SENT.mention_id} corrected by Ada Byron\n"
    assert tracker("review", SENT.mention_id, "--confirm", *SAID, *data).returncode == 0
    page = tracker("show", SENT.mention_id, *data).stdout
    for part in ("corrected by Ada Byron", "Germany (DEU)", "As read",
                 "“the ministry says so”", "confirmed", "read", EXTRACTOR,
                 "review r_"):  # fmt: skip
        assert part in page
    assert re.search(r"Status +Approved +Disbursed", page)
    assert max(map(len, page.splitlines())) <= 100
    listed = tracker("review", "--list", *data).stdout
    assert review_id in listed
    assert "45 billion dollars" in listed
    undone = tracker("review", review_id, "--undo", *SAID, *data)
    assert undone.returncode == 0, undone.stderr
    row = Query(sample_store).mention(SENT.mention_id)
    assert (row["status"], row["review"]) == ("disbursed", "confirmed")
    assert "undone" in tracker("show", SENT.mention_id, *data).stdout


def test_pairs_added_amounts_and_documents_are_decided(sample_store):
    data = ["--data", sample_store.path]
    again = GIVEN[SECOND.document_id][0].mention_id
    for option in ("--same", "--different"):
        done = tracker("review", option, REQUESTED.mention_id, again, *SAID, *data)
        assert done.returncode == 0, done.stderr
    [(_, _, what)] = sample_store.decisions().pairs()
    assert what == "different"
    start = FIRST.text.index("the minister")
    span = [str(start), str(start + 12)]
    added = tracker("review", "--add", FIRST.document_id, *span, "--set", "amount=2500000",
                    "--set", "currency=USD", *SAID, *data)  # fmt: skip
    assert added.returncode == 0, added.stderr
    assert "added" in set(sample_store.mentions()["review"].dropna())
    changed = tracker("review", SECOND.document_id, "--set", "publisher=The Wire", *SAID, *data)
    assert changed.returncode == 0, changed.stderr
    page = tracker("show", again, *data).stdout
    assert "The Wire" in page
    assert re.search(r"The Wire +\(corrected by Ada", page)
    assert tracker("review", SECOND.document_id, "--withdraw", *SAID, *data).returncode == 0
    assert again not in set(sample_store.mentions()["mention_id"])
    assert "Its document was withdrawn" in tracker("show", again, *data).stdout


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["m_0", "--confirm", *SAID], 1, "m_0: no such mention in "),
        (["m_0", "--confirm", "--by", "Ada"], 2, "review: --reason is missing"),
        (["m_0", "--confirm", "--reason", "x"], 2, "review: --by is missing"),
        (["m_0", *SAID], 2, "review: choose one of --confirm"),
        (["m_0", "--confirm", "--reject", *SAID], 2, "review: choose one of --confirm"),
        (["--confirm", *SAID], 2, "review: name one mention"),
        (["d_0", "--reject", *SAID], 2, "review: --confirm and --reject are for mentions"),
        ([SENT.mention_id, "--set", "status=given", *SAID], 1, "status: unknown value 'given'"),
        (["--add", "d_0", "1", "2", *SAID], 1, "d_0: no such document in "),
    ],
)
def test_reviews_that_cannot_be_are_one_line(sample_store, words, status, message):
    result = tracker("review", *words, "--data", sample_store.path)
    assert result.returncode == status
    [line] = result.stderr.splitlines()
    assert line.startswith(f"tracker: {message}")
    assert sample_store.reviews().empty


def test_a_mention_that_is_gone_still_shows_its_history(sample_store):
    sample_store.add(FIRST, FIRST.text.encode(), [SENT], extractor=NEWER)
    page = tracker("show", REQUESTED.mention_id, "--data", sample_store.path).stdout
    assert "no longer read by the extractor" in page
    assert "gone" in page
    assert "61.4 billion USD, requested, blocked" in page


def test_verify_finds_and_repairs_and_the_rest_is_read_meanwhile(sample_store):
    data = ["--data", sample_store.path]
    assert tracker("verify", *data).stderr.endswith("whole, 3 documents\n")
    bucket = sample_store.place_of(FIRST.document_id)
    (sample_store.path / "mentions" / f"{bucket}.parquet").write_bytes(b"torn")
    exported = tracker("export", "-", "--format", "jsonl", *data)
    assert len(exported.stdout.splitlines()) == 7
    assert f"mentions/{bucket}.parquet: " in exported.stderr
    assert "its rows are left out; run: tracker verify --repair" in exported.stderr
    found = tracker("verify", *data)
    assert found.returncode == 1
    assert f"mentions/{bucket}.parquet" in found.stderr
    repaired = tracker("verify", "--repair", *data)
    assert repaired.returncode == 0, repaired.stderr
    assert "5 mentions rebuilt from the history" in repaired.stderr
    assert len(pd.read_parquet(sample_store.path / "mentions")) == 12


def test_reextract_says_what_changes_and_does_it(tmp_path):
    (tmp_path / "a.txt").write_text("Norway has given Ukraine 75 million dollars.")
    data = ["--data", tmp_path / "data"]
    assert tracker("ingest", tmp_path / "a.txt", *data).returncode == 0
    assert "has read every document" in tracker("reextract", *data).stdout
    store = Store(tmp_path / "data")
    mention = store.mentions().iloc[0]
    for words in (["--set", "status=pledged"], ["--confirm"]):
        assert tracker("review", mention["mention_id"], *words, *SAID, *data).returncode == 0
    forced = (
        "import sys; from tracker import schema; schema.EXTRACTOR = 'en-forced';"
        "from tracker.cli import main; sys.argv[0] = 'tracker'; main()"
    )
    command = [sys.executable, "-c", forced, "reextract", *map(str, data)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "To be read again by en-forced: 1 document." in result.stdout
    assert "Read again by en-forced: 1 document." in result.stdout
    assert store.mentions()["status"].tolist() == ["pledged"]
    assert pd.read_parquet(tmp_path / "data" / "mentions")["extractor"].tolist() == ["en-forced"]
    page = tracker("show", mention["mention_id"], *data).stdout
    for part in ("corrected", "confirmed", "read again, the same", "en-forced", "Ada Byron"):
        assert part in page


def test_what_failed_is_tried_again(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"no pdf")
    data = ["--data", tmp_path / "data"]
    failed = tracker("ingest", tmp_path, *data)
    assert failed.returncode == 1
    assert "1 source kept for: tracker ingest --retry" in failed.stderr
    assert f"tracker: {tmp_path / 'a.pdf'}: is no PDF by its content" in failed.stderr
    assert tracker("ingest", "--retry", *data).returncode == 1
    (tmp_path / "a.pdf").rename(tmp_path / "a.txt")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    assert tracker("ingest", "--retry", *data).returncode == 1
    assert json.loads((tmp_path / "data" / "retry.json").read_text())


def test_an_address_is_ingested_where_private_ones_are_allowed(tmp_path):
    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            self.wfile.write(b"Norway has given Ukraine 75 million dollars.")

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}/news"
        refused = tracker("ingest", url, "--data", tmp_path / "d")
        done = tracker("ingest", url, "--allow-private", "--data", tmp_path / "d")
        server.shutdown()
        thread.join()
    assert refused.returncode == 1
    assert "is of a private network" in refused.stderr
    assert done.returncode == 0, done.stderr
    [document] = Store(tmp_path / "d").documents().to_dict("records")
    assert (document["url"], document["retrieved_how"]) == (url, f"GET {url}")
    assert not (tmp_path / "d" / "retry.json").exists()


def test_an_interrupted_ingest_leaves_what_it_read_and_goes_on(tmp_path):
    rows = "\n".join(json.dumps({"text": f"Report {n} gave $5 million. " + "Word. " * 300})
                     for n in range(6_000))  # fmt: skip
    (tmp_path / "rows.jsonl").write_text(rows)
    words = ["ingest", str(tmp_path / "rows.jsonl"), "--data", str(tmp_path / "d")]
    slow = (
        "import sys; from tracker.ingest import pipeline; pipeline.CHUNK_ROWS = 200;"
        "pipeline.TABLE_ROWS = 400; from tracker.cli import main; main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", slow, *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ,
    ) as command:  # fmt: skip
        while not (tmp_path / "d" / "VERSION").exists():
            time.sleep(0.02)
        command.send_signal(signal.SIGINT)
        _, errors = command.communicate(timeout=120)
    assert command.returncode == 130, errors
    assert "stopped; the same command goes on from here" in errors
    stored = len(Store(tmp_path / "d").documents())
    assert 400 <= stored < 6_000
    again = tracker(*words)
    assert again.returncode == 0
    assert f"{6_000 - stored:,} new" in again.stderr
    assert f"{stored:,} stored already" in again.stderr
