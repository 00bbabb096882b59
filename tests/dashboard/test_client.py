"""A client written from `/api` alone, with the standard library: through 100,000 mentions."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import Request, urlopen

import pytest
from large import large_store
from served import serving

MENTIONS = 100_000


class Client:
    """What the document says: JSON, `next` until it is null, ETag, one-line errors, CSV."""

    def __init__(self, base: str):
        self.base = base

    def get(self, address: str, **parameters: object) -> dict[str, Any]:
        query = f"?{urlencode(parameters)}" if parameters else ""
        with urlopen(urljoin(self.base, address) + query) as answer:
            return json.load(answer)

    def rows(self, what: str, **parameters: object) -> Iterator[dict[str, Any]]:
        page = self.get(f"/api/{what}", **parameters)
        yield from page["rows"]
        while page["next"]:
            page = self.get(page["next"])
            yield from page["rows"]

    def table(self, what: str, **parameters: object) -> list[dict[str, str]]:
        with urlopen(f"{self.base}/api/{what}.csv?{urlencode(parameters)}") as answer:
            return list(csv.DictReader(io.TextIOWrapper(answer, "utf-8-sig")))


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[Client]:
    store = large_store(tmp_path_factory.mktemp("client") / "data", MENTIONS)
    with serving(store.path) as server:
        yield Client(f"http://127.0.0.1:{server.port}")


def test_through_all_mentions(client):
    columns = "mention_id,document_id,amount_min,published"
    rows = list(client.rows("mentions", limit=5000, columns=columns))
    assert len(rows) == len({row["mention_id"] for row in rows}) == MENTIONS
    assert list(rows[0]) == columns.split(",")
    days = [row["published"] for row in rows]
    assert days == sorted(days, reverse=True)
    assert client.get("/api/mentions", limit=1)["count"] == MENTIONS


def test_a_query_in_both_forms(client):
    query = {"donor": "Norway", "status": "pledged", "min": 900_000, "sort": "-amount_min"}
    rows = list(client.rows("mentions", limit=7, **query))
    assert 20 < len(rows) < 2_000
    assert {row["donor"] for row in rows} == {"NOR"}
    assert [row["mention_id"] for row in rows] == [
        row["mention_id"] for row in client.table("mentions", **query)
    ]


def test_what_is_known_is_not_sent_again(client):
    address = f"{client.base}/api/mentions?limit=5"
    with urlopen(address) as answer:
        etag = answer.headers["ETag"]
    with pytest.raises(HTTPError, match="304") as caught:
        urlopen(Request(address, headers={"If-None-Match": etag}))
    caught.value.close()


def test_an_error_says_what(client):
    with pytest.raises(HTTPError, match="400") as caught:
        client.get("/api/mentions", doner="USA")
    with caught.value as answer:
        assert json.load(answer)["error"].startswith("doner: no such parameter, use donor,")
