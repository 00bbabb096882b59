"""Token buckets and download slots."""

from __future__ import annotations

import pytest

from dashboard import limits
from dashboard.limits import Allowance, Downloads, client_of


def test_a_client_may_ask_so_often_then_waits():
    now = [0.0]
    allowance = Allowance(burst=3, per_second=0.5, clock=lambda: now[0])
    assert [allowance.wait("192.0.2.1") for _ in range(3)] == [0, 0, 0]
    assert allowance.wait("192.0.2.1") == 2
    assert allowance.wait("192.0.2.2") == 0
    now[0] += 1
    assert allowance.wait("192.0.2.1") == 1
    now[0] += 1
    assert allowance.wait("192.0.2.1") == 0
    now[0] += 1000
    assert [allowance.wait("192.0.2.1") for _ in range(4)] == [0, 0, 0, 2]


def test_few_clients_are_remembered(monkeypatch):
    monkeypatch.setattr(limits, "MAX_CLIENTS", 10)
    allowance = Allowance(burst=1, per_second=0.001)
    for number in range(100):
        assert allowance.wait(f"192.0.2.{number}") == 0
    assert allowance.wait("192.0.2.99") > 0
    assert len(allowance._left) == 10


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("nonsense", ""),
        (None, ""),
    ],
)
def test_one_machine_is_one_client(address, client):
    assert client_of(address) == client


def test_so_many_downloads_at_a_time():
    downloads = Downloads(2)
    assert [downloads.begin() for _ in range(3)] == [True, True, False]
    downloads.end()
    assert downloads.begin()
