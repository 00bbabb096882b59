"""How often a client may ask for what costs much, and how many downloads run at a time."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

MAX_CLIENTS = 10_000
"""Clients that are remembered; of more, the one that asked longest ago is forgotten."""


class Allowance:
    """So many uses at once for each client, refilled steadily: a token bucket each.

    May be used from many threads.
    """

    def __init__(self, burst: int, per_second: float, clock: Callable[[], float] = time.monotonic):
        self.burst, self.per_second = burst, per_second
        self._clock = clock
        self._lock = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        """By client: uses left, and when that was."""

    def wait(self, address: str | None) -> float:
        """Takes one use for the client at `address`: 0, or the seconds until there is one again."""
        client, now = client_of(address), self._clock()
        with self._lock:
            left, before = self._left.pop(client, (float(self.burst), now))
            left = min(self.burst, left + (now - before) * self.per_second)
            taken = left >= 1
            self._left[client] = (left - taken, now)
            if len(self._left) > MAX_CLIENTS:
                self._left.popitem(last=False)
        return 0.0 if taken else (1 - left) / self.per_second


def client_of(address: str | None) -> str:
    """Who asks, by an address: of IPv6 the network of 64 bits, since one machine has all of it."""
    try:
        found = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return ""
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))


class Downloads:
    """So many downloads at a time, whoever asks; each holds a thread for as long as it runs."""

    def __init__(self, most: int):
        self._free = threading.BoundedSemaphore(most)

    def begin(self) -> bool:
        """Whether one more may run; then `end` is to be called once."""
        return self._free.acquire(blocking=False)

    def end(self) -> None:
        """One has ended."""
        self._free.release()
