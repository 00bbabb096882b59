"""The document reader: parts, blocks, runs, notes, the original, and what is not there."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from samples import FIRST, GIVEN, SECOND, make_document, make_mention
from test_parts import texts

from dashboard.app import Settings, create_app
from dashboard.components import reader
from dashboard.pages import document as page
from dashboard.site import Site
from tracker.store import Store, decisions


@pytest.fixture
def site(sample_store):
    return Site(Settings(data=sample_store.path))


def client_of(store, **settings):
    return create_app(Settings(data=store.path, **settings)).server.test_client()


def reading(site, document_id=FIRST.document_id, **parameters):
    return page.reading_of(site, site.query.document(document_id), parameters)


WORDS = st.lists(st.sampled_from(["aid ", "$5 m", "\n", "\n\n", "x" * 50, " "]), max_size=80)


@given(WORDS, st.lists(st.tuples(st.integers(0, 400), st.integers(1, 60)), max_size=9), st.data())
@example(["$5 m"] * 3, [(0, 4), (2, 4), (4, 4)], None)
def test_parts_and_blocks_hold_the_text_whole(words, places, data):
    text = "".join(words)
    spans = sorted((a, min(a + n, len(text))) for a, n in places if a < len(text))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "PART_LENGTH", 60)
        patch.setattr(reader, "PART_AMOUNTS", 3)
        parts = reader.parts_of(text, spans)
    assert "".join(text[a:b] for a, b in parts) == text
    ends = [end for _, end in parts[:-1]]
    assert not [(span, end) for span in spans for end in ends if span[0] < end < span[1]]
    pages = sorted(data.draw(st.sets(st.integers(0, 300), max_size=3))) if data else []
    for part in parts:
        blocks = reader.blocks_of(text, part, spans, pages)
        shown = "".join(text[a:b] for a, b in blocks)
        assert "".join(shown.split()) == "".join(text[part[0] : part[1]].split())


def test_a_part_has_no_more_amounts_than_it_may():
    text = "$5 m " * 1_000
    spans = [(i * 5, i * 5 + 4) for i in range(1_000)]
    parts = reader.parts_of(text, spans)
    counts = [sum(a <= start < b for start, _ in spans) for a, b in parts]
    assert max(counts) == reader.PART_AMOUNTS
    assert sum(counts) == 1_000
    assert [reader.part_with(parts, start) for start, _ in spans] == [
        i // 100 for i in range(1_000)
    ]


def test_each_amount_is_one_run_with_its_cue(site):
    blocks = reading(site)["blocks"]
    runs = [run for block in blocks for run in block["runs"]]
    lines = [line for line in FIRST.text.split("\n") if line]
    assert ["".join(run[0] for run in block["runs"]) for block in blocks] == lines
    amounts = [run[0] for run in runs if len(run) > 1 and run[1] is not None]
    assert amounts == [mention.quote for mention in GIVEN[FIRST.document_id]]
    assert ["has requested", None, [0]] in runs


def test_amounts_that_share_characters_are_marked_once_each():
    document = make_document("A grant of 5 million dollars, said Kyiv.\n")
    one = make_mention(document, "5 million", 5e6)
    other = make_mention(document, "million dollars", 5e6)
    rows = [
        {"start": m.start, "end": m.end, "evidence": [], "cue_start": None} for m in (one, other)
    ]
    runs = reader.runs_of(document.text, (0, len(document.text)), rows)
    assert runs == [["A grant of "], ["5 million", 0], [" dollars", 1], [", said Kyiv."]]


def test_pages_begin_blocks_and_lines_of_a_page_stay_together():
    text = "First line\nsecond line\n\nA paragraph\nof two\nPage two\nits line\n"
    pages = [0, text.index("Page two")]
    blocks = reader.drawn(text, (0, len(text)), [], pages, whole=True)
    said = [(block.get("page"), "".join(run[0] for run in block["runs"])) for block in blocks]
    assert said == [
        (1, "First line\nsecond line"), (None, "A paragraph\nof two"), (2, "Page two\nits line"),
    ]  # fmt: skip


def test_the_note_says_stage_parties_cue_and_speaker(site):
    notes = reading(site)["notes"]
    assert notes[0]["stage"] == "Requested, blocked"
    assert (notes[0]["rung"], notes[0]["hold"]) == (2, "blocked")
    assert notes[0]["lines"] == ["United States to Ukraine", "because of “has requested”"]
    assert notes[3]["lines"][0] == "Germany to Ukraine, financial"
    assert "said by the minister" in notes[3]["lines"]
    assert notes[0]["figure"] == f"/figure/{notes[0]['id']}"
    assert notes[0]["source"].startswith("https://news.example/aid#:~:text=The%20Senate%20blocks")


def test_where_people_review_the_note_leads_there(sample_store):
    for settings, expected in (
        ({"allow_review": True}, f"/review?mention={GIVEN[FIRST.document_id][0].mention_id}"),
        ({"allow_review": True, "public": True}, None),
        ({}, None),
    ):
        shown = reading(Site(Settings(data=sample_store.path, **settings)))
        assert shown["notes"][0]["correct"] == expected


def test_money_that_is_no_funding_makes_no_figure(site):
    note = reading(site, SECOND.document_id)["notes"][-1]
    assert (note["stage"], note["rung"], note["figure"]) == ("Not funding", 0, None)
    assert note["source"] is None  # of a document without an address


def test_the_address_chooses_an_amount_or_a_part(site, monkeypatch):
    monkeypatch.setattr(reader, "PART_LENGTH", 60)
    ids = [mention.mention_id for mention in GIVEN[FIRST.document_id]]
    first = reading(site)
    assert (first["part"], first["chosen"]) == (1, None)
    last = reading(site, mention=ids[-1])
    assert (last["part"], last["chosen"], last["before"]) == (6, ids[-1], ids[2])
    assert last["notes"][-1]["id"] == ids[-1]
    assert [reading(site, part=n)["after"] for n in "1267"] == [
        ids[0], ids[1], None, None,
    ]  # fmt: skip
    assert [reading(site, part=part)["part"] for part in ("99", "0", "x", "-1")] == [7, 1, 1, 1]
    assert reading(site, mention="m_gone")["missing"] == "m_gone"


def test_a_public_page_has_only_sentences_with_amounts(sample_store):
    public = Site(Settings(data=sample_store.path, public=True))
    shown = json.dumps(reading(public), ensure_ascii=False)
    assert "The Senate blocks USD 61.4 billion" not in shown  # cut where the amount begins
    said = "".join(run[0] for block in reading(public)["blocks"] for run in block["runs"])
    assert "Germany gave €5-7 billion" in said
    assert "Aid to Ukraine stalls" not in said
    everything = texts(page.layout(public, FIRST.document_id, {}))
    assert "Only the sentences that state amounts are shown here" in everything
    assert "Download" not in everything
    for settings, status in (
        ({"public": True}, 404),
        ({"public": True, "publish_texts": True}, 200),
    ):
        client = client_of(sample_store, **settings)
        assert client.get(f"/document/{FIRST.document_id}/original").status_code == status


def test_the_source_and_how_it_was_found(site, sample_store):
    sample_store.review(
        decisions.about_document(
            sample_store, FIRST.document_id, "correct",
            values=["publisher=Evening Example"], reason="the masthead says so", by="Ann",
        )
    )  # fmt: skip
    said = texts(page.layout(site, FIRST.document_id, {}))
    assert "PublisherEvening Example (corrected by Ann, was Daily Example)" in said
    assert "Published7 December 2023 (given)" in said
    assert f"SHA-256{FIRST.original_sha256}" in said
    assert "Seen once" in said
    undated = texts(page.layout(site, SECOND.document_id, {}))
    assert "Publisher not known, 2024" in undated


def test_versions_lead_to_one_another(tmp_path):
    old = make_document("A pledge of $5 million for aid to Kenya.\n", url="https://n.example/a")
    new = make_document("A pledge of $6 million for aid to Kenya.\n", url="https://n.example/a")
    store = Store(tmp_path / "data")
    for document in (old, new):
        store.add(document, document.text.encode(), [])
    site = Site(Settings(data=store.path))
    assert f"Older version: {old.document_id}" in texts(page.layout(site, new.document_id, {}))
    said = texts(page.layout(site, old.document_id, {}))
    assert "A newer version replaces this text, which is in no figure: read the newer one." in said
    assert f"Newer version: {new.document_id}" in said


def test_a_withdrawn_document_says_so(site, sample_store):
    sample_store.review(
        decisions.about_document(
            sample_store, FIRST.document_id, "withdraw", reason="a hoax", by="Ann"
        )
    )
    said = texts(page.layout(site, FIRST.document_id, {}))
    assert "This document was withdrawn by Ann: it is in no figure." in said
    assert "No amount of money is read in it." in said


def test_what_is_not_there_is_a_page_with_the_right_status(sample_store):
    client = client_of(sample_store)
    known, price = (GIVEN[d.document_id][-1].mention_id for d in (FIRST, SECOND))
    for path, status in (
        (f"/document/{FIRST.document_id}", 200), ("/document/d_0", 404),
        (f"/figure/{known}", 200), (f"/figure/f_{known[2:]}", 200), ("/figure/f_0", 404),
        (f"/figure/{price}", 404),  # a price is no figure
    ):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code == status
        assert answer.mimetype == "text/html"
    assert "is not in the data" in texts(page.layout(Site(Settings(sample_store.path)), "d_0", {}))
    assert client.get("/document/d_0/original").status_code == 404


def test_the_original_is_a_file_to_keep(sample_store):
    answer = client_of(sample_store).get(f"/document/{FIRST.document_id}/original")
    assert answer.data == FIRST.text.encode()
    assert answer.mimetype == "text/plain"
    assert answer.headers["Content-Disposition"] == "attachment; filename=first.txt"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/xhtml+xml", None])
def test_an_original_that_could_run_is_bytes(tmp_path, kind):
    text = "A pledge of $5 million.\n"
    document = make_document(text, media_type=kind, file_name='a"\r\nSet-Cookie: x.html')
    store = Store(tmp_path / "data")
    store.add(document, text.encode(), [])
    answer = client_of(store).get(f"/document/{document.document_id}/original")
    assert (answer.status_code, answer.mimetype) == (200, "application/octet-stream")
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "Set-Cookie" not in answer.headers


def test_of_a_row_of_a_table_the_text_is_the_original(tmp_path):
    text = "A pledge of $5 million.\n"
    known = {"retrieved_how": "row of a table", "file_name": "all.csv", "media_type": "text/plain"}
    document = make_document(text, **known)
    store = Store(tmp_path / "data")
    store.add(document, text.encode(), [])
    path = next((store.path / "originals").rglob(document.original_sha256))
    path.unlink()
    answer = client_of(store).get(f"/document/{document.document_id}/original")
    assert answer.data == text.encode()
    assert f"filename={document.document_id}.txt" in answer.headers["Content-Disposition"]
