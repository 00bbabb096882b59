"""Receiving, keeping and storing what people add."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator

import pytest

from dashboard import adding
from dashboard.adding import AddingError, Jobs
from dashboard.app import create_app
from dashboard.site import Settings
from tracker.documents import Given
from tracker.store import Store

STORY = "Aid\n\nNorway gave $85 million to Ukraine.\n"
SEND = "/add/readings"


class Upload:
    def __init__(self, filename: str, content: bytes):
        self.filename, self.stream = filename, io.BytesIO(content)


@pytest.fixture
def store(tmp_path) -> Store:
    return Store(tmp_path / "data")


@pytest.fixture
def jobs(store) -> Iterator[Jobs]:
    made = Jobs(store)
    yield made
    made.close()


def wait(jobs: Jobs, job_id: str):
    for _ in range(600):
        job = jobs.get(job_id)
        if not job.is_busy:
            return job
        time.sleep(0.1)
    raise AssertionError("still busy")


def test_nothing_is_stored_before_it_is_asked_for_and_then_once(jobs, store):
    job = wait(jobs, jobs.create([], STORY, Given()).job_id)
    assert (job.state, store.version) == ("read", 0)
    assert job.query.mentions()["quote"].to_list() == ["$85 million"]
    folder = job.staging.folder
    for _ in range(2):
        jobs.store(job.job_id)
        assert (job.state, store.version, dict(job.came_to)) == ("stored", 1, {"new": 1})
    jobs.discard(job.job_id)
    assert job.state == "stored"
    assert not folder.exists()
    assert store.mentions()["quote"].tolist() == ["$85 million"]


def test_what_is_discarded_leaves_nothing(jobs, store):
    job = jobs.create([Upload("a.txt", STORY.encode() * 50_000)], "", Given())
    jobs.discard(job.job_id)
    assert wait(jobs, job.job_id).state == "discarded"
    jobs.store(job.job_id)
    assert (job.state, store.version, store.path.exists()) == ("discarded", 0, False)
    for _ in range(100):
        if not job.staging.folder.exists():
            break
        time.sleep(0.1)
    assert not job.staging.folder.exists()


def test_a_folder_that_cannot_be_written_loses_nothing(jobs, store):
    job = wait(jobs, jobs.create([], STORY, Given()).job_id)
    store.path.write_text("in the way")
    jobs.store(job.job_id)
    assert job.state == "read"
    assert str(store.path) in job.problem
    store.path.unlink()
    jobs.store(job.job_id)
    assert (job.state, job.problem) == ("stored", None)


def test_names_of_files_lead_nowhere_else(jobs):
    names = {
        "../../etc/passwd": "passwd", "C:\\Users\\me\\story.txt": "story.txt",
        "a\x00b\n.txt": "a\ufffdb\ufffd.txt", "=1+1.txt": "=1+1.txt",
        "n" * 300 + ".txt": "n" * 196 + ".txt",
    }  # fmt: skip
    uploads = [Upload(name, f"{number} {STORY}".encode()) for number, name in enumerate(names)]
    job = wait(jobs, jobs.create(uploads, "", Given()).job_id)
    assert list(job.names) == list(names.values())
    assert set(job.query.mentions()["file_name"]) == set(names.values())


@pytest.mark.parametrize(
    ("names", "text", "given", "problem"),
    [
        ([], " \n", {}, "paste a text or choose files"),
        (["a.txt"], "text", {}, "paste a text or choose files, not both"),
        (["a.txt", "b/a.txt"], "", {}, "two files are named a.txt: add them one after the other"),
        (["a.json"], "", {}, "a.json: goes beside a document, and there is none"),
        (["a.txt", "b.txt"], "", {"title": "x"}, "title and address are for one document"),
        (["/"], "", {}, "a file without a name"),
        ([], "text", {"published": "soon"}, "published: 'soon' is no date"),
        ([], "text", {"url": "javascript:alert(1)"}, "address: 'javascript:alert(1)' does not"),
    ],
)  # fmt: skip
def test_what_cannot_be_added_is_one_line(jobs, names, text, given, problem):
    uploads = [Upload(name, b"text") for name in names]
    with pytest.raises(AddingError) as error:
        jobs.create(uploads, text, Given(**given))
    assert str(error.value).startswith(problem)
    assert "\n" not in str(error.value)


def test_readings_that_wait_are_few_and_forgotten_in_time(jobs, monkeypatch):
    monkeypatch.setattr(adding, "MAX_KEPT", 1)
    job = wait(jobs, jobs.create([], STORY, Given()).job_id)
    with pytest.raises(AddingError, match=r"^1 readings wait: store or discard one"):
        jobs.create([], STORY, Given())
    monkeypatch.setattr(adding, "MAX_AGE", -1.0)
    other = jobs.create([], STORY, Given())
    assert jobs.get(job.job_id) is None
    jobs.discard(other.job_id)


def bomb() -> bytes:
    """A Word file of a few hundred kilobytes that unpacks to 300 MB."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as member,
    ):
        for _ in range(300):
            member.write(bytes(1024**2))
    return packed.getvalue()


def test_bombs_and_broken_files_are_a_line_each(jobs):
    files = [Upload("bomb.docx", bomb()), Upload("broken.docx", b"PK\x03\x04word/"),
             Upload("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Upload("a.txt", b"\x00\x01"),
             Upload("t.csv", b"a,b\n1,2\n")]  # fmt: skip
    job = wait(jobs, jobs.create(files, "", Given()).job_id)
    assert job.state == "read"
    assert sorted(line.split(":")[0] for line in job.found.problems) == [
        "a.txt", "bomb.docx", "broken.docx", "old.doc", "t.csv",
    ]  # fmt: skip
    assert any("would unpack to 300 MB" in line for line in job.found.problems)
    assert job.found.store.table("documents").num_rows == 0


def client(store: Store, **settings: bool):
    return create_app(Settings(data=store.path, **settings)).server.test_client()


def test_the_form_is_received(store):
    web = client(store, allow_adding=True)
    answer = web.post(SEND, data={"text": STORY, "publisher": " Daily \n Example "})
    assert answer.status_code == 201
    assert answer.json["job"].startswith("j_")
    for data, status, words in (
        ({"text": ""}, 400, "paste a text or choose files\n"),
        ({"text": STORY, "published": "2023-13"}, 400, "published: '2023-13' is"),
    ):
        answer = web.post(SEND, data=data)
        assert (answer.status_code, answer.mimetype) == (status, "text/plain")
        assert answer.text.startswith(words)
    answer = web.post(SEND, data={"text": STORY}, headers={"Origin": "http://evil.example"})
    assert answer.status_code == 403
    assert store.version == 0


def test_a_body_that_is_too_big_is_refused(store, monkeypatch):
    monkeypatch.setattr("dashboard.pages.add.UPLOAD", 1000)
    web = client(store, allow_adding=True)
    answer = web.post(SEND, data={"files": (io.BytesIO(bytes(100_000)), "a.txt")})
    assert (answer.status_code, answer.text.count("\n")) == (413, 1)


@pytest.mark.parametrize("settings", [{}, {"allow_adding": True, "public": True}])
def test_it_is_absent_where_it_is_not_allowed(store, settings):
    client(store, allow_adding=True)  # an app made before leaves nothing behind
    web = client(store, **settings)
    assert web.get("/add").status_code == 404
    assert web.post(SEND, data={"text": STORY}).status_code in (404, 405)
    assert '"/add"' not in web.get("/_dash-layout").text
    assert "add-store" not in web.get("/_dash-dependencies").text
