"""The API: rows as the exports have them, paging, ETags, one-line errors, and its own document."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import dash
import polars as pl
import pytest
from samples import FIRST, GIVEN, SECOND, make_document, make_mention
from typer.testing import CliRunner

import dashboard
from dashboard.api.parameters import FILTERS, MAX_LIMIT
from dashboard.api.twins import TWINS, twin_of
from dashboard.app import create_app
from dashboard.charting import CHARTS
from dashboard.site import Settings
from tracker import schema
from tracker.cli import app as command
from tracker.schema import columns_of
from tracker.store.filters import MAX_VALUES, NAMES

QUERIES = ["", "donor=USA", "status=requested,approved&min=1e9", "q=Ukraine&from=2023", "hold=none"]
LISTS = ["mentions", "figures", "documents"]
COUNTS = {"mentions": 12, "figures": 9, "documents": 3}


@pytest.fixture
def client(sample_store):
    return create_app(Settings(data=sample_store.path)).server.test_client()


@pytest.fixture
def public(sample_store):
    return create_app(Settings(data=sample_store.path, public=True)).server.test_client()


@pytest.mark.parametrize("what", LISTS)
@pytest.mark.parametrize("limit", [1, 2, 5, 100])
def test_pages_of_rows_make_the_whole(client, what, limit):
    address, rows = f"/api/{what}?limit={limit}", []
    while address:
        answer = client.get(address)
        page = answer.get_json()
        assert (page["version"], page["count"]) == (3, COUNTS[what])
        assert len(page["rows"]) <= limit
        rows += page["rows"]
        address = page["next"]
        assert answer.headers.get("Link") == (address and f'<{address}>; rel="next"')
    key = f"{what.removesuffix('s')}_id"
    assert len({row[key] for row in rows}) == len(rows) == COUNTS[what]
    assert rows == client.get(f"/api/{what}").get_json()["rows"]


@pytest.mark.parametrize("what", ["mentions", "figures"])
@pytest.mark.parametrize("query", QUERIES)
def test_the_csv_is_that_of_the_command(client, sample_store, tmp_path, what, query):
    served = client.get(f"/api/{what}.csv?{query}")
    assert served.status_code == 200
    assert served.headers["Content-Type"] == "text/csv; charset=utf-8"
    options = [f"--{pair}" for pair in query.split("&") if pair]
    out = tmp_path / "out.csv"
    arguments = ["export", out, "--what", what, *options, "--data", sample_store.path]
    assert CliRunner().invoke(command, [str(one) for one in arguments]).exit_code == 0
    assert served.data == out.read_bytes()
    asked = client.get(f"/api/{what}?{query}").get_json()
    assert asked["count"] == len(pl.read_csv(served.data))
    name = re.search('filename="(.*)"', served.headers["Content-Disposition"]).group(1)
    assert re.fullmatch(rf"tracker-{what}_[0-9a-f]{{8}}_v3_[\d-]{{10}}\.csv", name)


def test_the_csv_of_the_page_is_that_of_the_api(client):
    moved = client.get("/mentions.csv?donor=USA&sort=-amount_min&show=table&mention=m_1")
    assert moved.status_code == 308
    answer = client.get(moved.headers["Location"])
    assert answer.data == client.get("/api/mentions.csv?donor=USA&sort=-amount_min").data


def test_sorting(client):
    rows = client.get("/api/mentions?sort=-amount_min,donor&columns=amount_min,donor").get_json()
    amounts = [row["amount_min"] for row in rows["rows"]]
    assert amounts == sorted(amounts, reverse=True)
    assert list(rows["rows"][0]) == ["amount_min", "donor"]
    for field in client.get("/api/fields").get_json()["fields"]:
        if field["of"] in LISTS:
            status = client.get(f"/api/{field['of']}?sort=-{field['field']}").status_code
            assert status == (200 if field["sortable"] else 400), field


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/api/mentions?doner=USA", "doner"),
        ("/api/mentions?status=wanted", "status"),
        ("/api/mentions?min=lots", "min"),
        ("/api/mentions?min=5&max=1", "min"),
        ("/api/mentions?from=yesterday", "from"),
        ("/api/mentions?limit=0", "limit"),
        (f"/api/mentions?limit={MAX_LIMIT + 1}", "limit"),
        ("/api/mentions?limit=²", "limit"),
        ("/api/mentions?limit=1&limit=2", "limit"),
        ("/api/mentions?after=m_1", "after"),
        ("/api/mentions?sort=evidence", "sort"),
        ("/api/mentions?sort=text", "sort"),
        ("/api/mentions?sort=" + ",".join(["donor"] * 6), "sort"),
        ("/api/mentions?columns=nothing", "columns"),
        ("/api/mentions?q=" + "x" * 201, "q"),
        ("/api/mentions?donor=" + ",".join(map(str, range(MAX_VALUES + 1))), "donor"),
        ("/api/figures?sort=mention_ids", "sort"),
        ("/api/figures?after=f_1", "after"),
        ("/api/documents?columns=displayed", "columns"),
        ("/api/figures?about=much", "about"),
        ("/api/mentions?about=61 bn", "about"),
        ("/api/documents?sort=text", "sort"),
        ("/api/documents/" + FIRST.document_id + "?text=1", "text"),
        ("/api/check", "q"),
        ("/api/check?q=", "q"),
        ("/api/check?q=hello", "no amount"),
        ("/api/check?q=" + "x" * 5001, "question"),
        ("/api/check?q=1&at=soon", "at"),
        ("/api/mentions.csv?doner=USA", "doner"),
        ("/api/check.csv?q=hello", "no amount"),
        ("/api/fields?x=1", "x"),
    ],
)
def test_what_cannot_be_is_one_line_of_json(client, path, names):
    answer = client.get(path)
    assert answer.status_code == 400
    assert answer.get_json().keys() == {"error"}
    assert names in answer.get_json()["error"]
    assert "\n" not in answer.get_json()["error"]
    assert "ETag" not in answer.headers


@pytest.mark.parametrize("ending", ["", ".csv"])
@pytest.mark.parametrize("path", ["/api/documents/d_1", "/api/figures/f_1", "/api/nothing"])
def test_what_is_not_there(client, path, ending):
    answer = client.get(path + ending)
    assert (answer.status_code, answer.get_json().keys()) == (404, {"error"})


def test_a_document(client, public):
    path = f"/api/documents/{FIRST.document_id}"
    whole, without = client.get(path).get_json(), public.get(path).get_json()
    assert whole["document"].pop("text") == FIRST.text
    assert whole == without
    assert whole["document"]["title"] == FIRST.title
    assert whole["document"]["published"] == "2023-12-07"
    assert [row["mention_id"] for row in whole["mentions"]] == [
        mention.mention_id for mention in GIVEN[FIRST.document_id]
    ]
    assert [row["source"] for row in whole["sightings"]] == [FIRST.url]
    csv = pl.read_csv(client.get(path + ".csv").data)
    assert csv["mention_id"].to_list() == [row["mention_id"] for row in whole["mentions"]]


def test_no_text_is_listed(client, public):
    for who in (client, public):
        for path in ("/api/documents", "/api/documents.csv"):
            assert FIRST.text.splitlines()[2] not in who.get(path).text
    assert "text" not in public.get("/api/documents").get_json()["rows"][0]


def test_a_figure_by_its_id_and_by_that_of_a_mention(client):
    listed = client.get("/api/figures?status=requested").get_json()["rows"][0]
    for name in (listed["figure_id"], *listed["mention_ids"]):
        found = client.get(f"/api/figures/{name}").get_json()
        assert found["figure"] == listed
        assert {row["mention_id"] for row in found["mentions"]} == set(listed["mention_ids"])
        csv = pl.read_csv(client.get(f"/api/figures/{name}.csv").data)
        assert csv["mention_id"].to_list() == [row["mention_id"] for row in found["mentions"]]


@pytest.mark.parametrize("query", ["", "about=61 bn", "about=€6 billion&sort=-amount"])
def test_the_csv_of_the_page_of_figures(client, query):
    moved = client.get(f"/figures.csv?{query}&columns=figure_id,amount")
    answer = client.get(moved.headers["Location"])
    assert answer.status_code == 200
    listed = client.get(f"/api/figures?{query}").get_json()["rows"]
    csv = pl.read_csv(answer.data)
    assert csv["figure_id"].to_list() == [row["figure_id"] for row in listed]
    assert csv.columns == ["figure_id", "amount"]
    assert len(listed) == {"": 9, "about=61 bn": 2}.get(query, 1)


def test_the_checker(client):
    answer = client.get("/api/check?q=The US has given Ukraine $61.4 billion").get_json()
    (found,) = answer["answers"]
    assert found["amount"] == "$61.4 billion"
    quotes = [q["mention_id"] for b in found["bands"] for f in b["figures"] for q in f["quotes"]]
    csv = pl.read_csv(client.get("/api/check.csv?q=The US has given Ukraine $61.4 billion").data)
    assert csv["mention_id"].to_list() == quotes
    assert client.get("/api/check?q=61.4 billion&donor=USA").status_code == 200  # as pages carry it
    nothing = client.get("/api/check.csv?q=$3.33 trillion")
    assert len(pl.read_csv(nothing.data)) == 1


def test_the_checker_is_asked_so_often(sample_store, monkeypatch):
    monkeypatch.setattr("dashboard.site.CHECKS", (3, 0.001))
    client = create_app(Settings(data=sample_store.path)).server.test_client()
    answers = [client.get("/api/check?q=1 million dollars") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    refused = answers[-1]
    assert refused.get_json().keys() == {"error"}
    assert int(refused.headers["Retry-After"]) >= 1
    assert client.get("/api/mentions").status_code == 200


@pytest.mark.parametrize(
    "path", ["/api/mentions?donor=USA", "/api/mentions.csv", "/api/figures", "/api/documents.csv",
             "/api/check?q=61.4 billion", "/api/fields", "/api",
             f"/api/documents/{FIRST.document_id}"],
)  # fmt: skip
def test_what_has_not_changed_is_not_sent_again(client, sample_store, path):
    first = client.get(path)
    etag = first.headers["ETag"]
    again = client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)
    assert client.get(path, headers={"If-None-Match": 'W/"3-0"'}).status_code == 200
    packed = client.get(path, headers={"Accept-Encoding": "br", "If-None-Match": etag})
    assert packed.status_code == 304
    document = make_document("Kenya received $7 million.", title="News")
    sample_store.add(document, b"x", [make_mention(document, "$7 million", 7e6)])
    later = client.get(path, headers={"If-None-Match": etag})
    assert later.status_code == 200
    assert later.headers["ETag"].startswith('W/"4-')


def test_each_query_has_its_own_etag(client):
    paths = ["/api/mentions", "/api/mentions?limit=2", "/api/mentions?limit=3", "/api/figures"]
    assert len({client.get(path).headers["ETag"] for path in paths}) == len(paths)


@pytest.mark.parametrize("path", ["/api/mentions", "/api/mentions.csv", "/api", "/health", "/"])
def test_head(client, path):
    head, whole = client.head(path), client.get(path)
    assert (head.status_code, head.data) == (200, b"")
    for name in ("Content-Type", "ETag", "Content-Security-Policy"):
        assert head.headers.get(name) == whole.headers.get(name)


def test_rows_that_come_meanwhile_make_none_double_and_none_missing(client, sample_store):
    before = {row["mention_id"] for row in client.get("/api/mentions").get_json()["rows"]}
    address, seen, added = "/api/mentions?limit=2", [], 0
    while address:
        page = client.get(address).get_json()
        seen += [row["mention_id"] for row in page["rows"]]
        address = page["next"]
        document = make_document(f"Kenya got $7{added} million.", published=FIRST.published)
        quote = f"$7{added} million"
        sample_store.add(document, b"x", [make_mention(document, quote, 7e6 + added)])
        added += 1
    assert len(seen) == len(set(seen))
    assert before <= set(seen)


def test_more_downloads_than_may_be_are_put_off(client):
    held = [client.get("/api/mentions.csv", buffered=False) for _ in range(8)]
    refused = client.get("/api/mentions.csv")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert client.get("/api/mentions").status_code == 200
    for answer in held:
        answer.close()
    assert client.get("/api/mentions.csv").status_code == 200
    assert client.get("/api/mentions.csv", headers={"If-None-Match": "*"}).status_code in (200, 304)


def test_a_prefix_stands_before_the_next_page(sample_store):
    settings = Settings(data=sample_store.path, base_url="https://figures.example")
    client = create_app(settings).server.test_client()
    page = client.get("/api/mentions?limit=1").get_json()
    assert page["next"].startswith("https://figures.example/api/mentions?limit=1&after=m_")
    assert page["rows"][0]["permalink"].startswith("https://figures.example/figure/")


def test_hostile_values_stand_as_text(client):
    rows = client.get(f"/api/documents/{SECOND.document_id}").get_json()
    assert rows["document"]["title"] == "<script>alert(1)</script> & aid"
    assert client.get("/api/mentions").mimetype == "application/json"
    csv = client.get("/api/mentions.csv").text
    assert "'=1+1" in csv


def test_a_store_that_is_not_there_yet(tmp_path):
    client = create_app(Settings(data=tmp_path / "none")).server.test_client()
    for what in LISTS:
        page = client.get(f"/api/{what}").get_json()
        assert (page["version"], page["count"], page["rows"], page["next"]) == (0, 0, [], None)
        assert client.get(f"/api/{what}.csv").text.count("\n") == 1
    assert client.get("/api/check?q=5 million").get_json()["answers"][0]["bands"] == []
    assert client.get("/health").get_json() == {"status": "ok", "version": 0}


def _tables(page, kind):
    """The first cells of each table of a kind, by its name."""
    found = re.findall(
        rf'<table class="{kind}" data-[a-z]+="([^"]+)">(.*?)</table>', page, re.DOTALL
    )
    return {
        html.unescape(name): re.findall(r"<tr><td><code>([^<]+)</code>", table)
        for name, table in found
    }


def test_the_document_lists_every_field_in_the_order_of_the_answers(client):
    described = _tables(client.get("/api").text, "fields")
    for what in LISTS:
        row = client.get(f"/api/{what}").get_json()["rows"][0]
        listed = [name for name in described[what] if (what, name) != ("documents", "text")]
        assert list(row) == listed
        header = client.get(f"/api/{what}.csv").text.lstrip("\ufeff").splitlines()[0]
        assert header.split(",") == listed
    whole = client.get(f"/api/documents/{FIRST.document_id}").get_json()
    assert [*whole["document"], "mentions"] == described["documents"]
    assert list(whole["sightings"][0]) == described["sightings"]
    header = client.get("/api/check.csv?q=1 million").text.lstrip("\ufeff").splitlines()[0]
    assert header.split(",") == described["check"]


def test_the_document_describes_every_column_of_the_data_model(client):
    described = {
        (row["of"], row["field"]): row for row in client.get("/api/fields").get_json()["fields"]
    }
    records = {
        "mentions": schema.ReviewedMention, "figures": schema.Figure,
        "documents": schema.ReviewedDocument, "sightings": schema.Sighting,
    }  # fmt: skip
    page = html.unescape(client.get("/api").text)
    for what, record in records.items():
        for column in columns_of(record):
            row = described[what, column.name]
            assert (row["meaning"], row["unit"]) == (column.description, column.unit)
            assert column.description in page
            for code, label in (column.codes or {}).items():
                assert f"{code}: {label}" in row["codes"]
    assert all(row["meaning"] for row in described.values())
    assert pl.read_csv(client.get("/api/fields.csv").data).height == len(described)


def test_the_document_lists_every_parameter(client):
    described = _tables(client.get("/api").text, "parameters")
    assert {parameter.name for parameter in FILTERS} == set(NAMES)
    for path, names in described.items():
        told = client.get(f"{path}?nonsense=1").get_json()["error"]
        known = set(told.partition("use ")[2].split(", "))
        assert set(names) == known, path


def test_the_addresses_of_the_document_are_those_that_answer(client):
    page = client.get("/api").text
    named = set(re.findall(r'<h3 id="(/api/[^"]+)">', page))
    rules = {
        re.sub("<[^>]+>", "ID", rule.rule)
        for rule in client.application.url_map.iter_rules()
        if rule.rule.startswith("/api/")
    }
    assert rules == {path + ending for path in named for ending in ("", ".csv")}


def test_every_page_leads_to_its_data(client):
    page = client.get("/?donor=USA&show=table")
    assert page.headers.getlist("Link") == [
        '</api/figures?donor=USA&show=table>; rel="alternate"; type="application/json"',
        '</api/figures.csv?donor=USA&show=table>; rel="alternate"; type="text/csv"',
    ]
    for link in page.headers.getlist("Link"):
        assert client.get(re.match("<(.*?)>", link).group(1)).status_code == 200
    assert twin_of("/figure/f_1") == "/api/figures/f_1"
    assert [twin_of(path) for path in ("/figure/", "/nothing", "/api", "/a/b/c")] == [None] * 4


@pytest.mark.parametrize("path", ["/document/é", "/figure/%ED%A0%80", "/document/%3C%22%0D%0Ax"])
def test_links_are_plain_whatever_is_asked_for(client, path):
    for link in client.get(f"{path}?q=%C3%A9<>").headers.getlist("Link"):
        assert link.isascii()
        assert link.isprintable()
        assert link.count("<") == link.count(">") == 1


def test_every_registered_page_has_a_twin(client):
    for page in dash.page_registry.values():
        path = re.sub("<[^>]+>", "x", page["path_template"] or page["path"])
        assert twin_of(path), path
    assert set(TWINS.values()) >= {"/api/figures", "/api/documents/", "/api/check"}


def test_json_is_compact_and_whole(client):
    text = client.get("/api/mentions").text
    assert text.endswith("}\n")
    assert json.loads(text)["count"] == 12


def test_what_pages_keep_in_their_addresses_is_known(client):
    sources = [p.read_text("utf-8") for p in Path(dashboard.__file__).parent.rglob("*.py")]
    names = {n for text in sources for n in re.findall(r'\bpart\(\s*"(\w+)"', text)} - {"filters"}
    assert names
    for name in (names - {"sort", "columns", "about"}) | {*CHARTS}:
        assert client.get(f"/api/mentions?{name}=x").status_code == 200, name
