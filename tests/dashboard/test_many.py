"""Of many mentions the figures come from disk: every answer is what it is of few."""

from samples import GIVEN

from dashboard.app import create_app
from dashboard.site import Settings
from tracker.figures import Catalogue

ADDRESSES = [
    "/api/mentions?donor=USA", "/api/mentions.csv", "/api/figures",
    "/api/figures?sort=donor,-status,recipient", "/api/figures?about=61 bn",
    "/api/figures.csv?q=Ukraine", "/api/documents", "/export/figures.jsonl?columns=displayed",
    "/api/check?q=The US has given Ukraine $61.4 billion", "/api/check.csv?q=61.4 billion dollars",
    *(f"/chart.csv?name={name}&convert=EUR" for name in ("ladder", "time", "donors", "ranges")),
]  # fmt: skip


def _answers(sample_store):
    client = create_app(Settings(data=sample_store.path)).server.test_client()
    figures = client.get("/api/figures").get_json()["rows"]
    mentions = client.get("/api/mentions").get_json()["rows"]
    addresses = [
        *ADDRESSES,
        *(f"/api/documents/{name}" for name in GIVEN),
        *(f"/api/figures/{row['figure_id']}" for row in figures),
        *(f"/api/figures/{row['mention_id']}.csv" for row in mentions),
    ]
    return {address: client.get(address) for address in addresses}


def test_every_answer_is_the_same(sample_store, monkeypatch):
    few = _answers(sample_store)
    monkeypatch.setattr(Catalogue.__init__, "__defaults__", (1,))
    many = _answers(sample_store)
    assert (sample_store.path / ".figures").is_dir()
    assert sum(answer.status_code == 200 for answer in few.values()) > len(few) * 0.8
    for address, answer in few.items():
        assert many[address].status_code == answer.status_code, address
        assert many[address].data == answer.data, address
