"""Not asking a service more often than it allows."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """At most ``requests`` in any ``per_s`` seconds."""

    requests: int
    per_s: float


class RateLimiter:
    """Gives each request its moment. Keys are services or hosts; safe from any thread. It sleeps nowhere: the
    caller is told how long to wait."""

    def __init__(self, rates: Mapping[str, Rate] | None = None) -> None:
        self._rates = dict(rates or {})
        self._given: dict[str, deque[float]] = {}
        self._held: dict[str, float] = {}
        self._lock = threading.Lock()

    def limit(self, key: str, rate: Rate | None) -> None:
        """From now on ``key`` is asked at most this often; None lifts the limit."""
        with self._lock:
            if rate is None:
                self._rates.pop(key, None)
            else:
                self._rates[key] = rate

    def reserve(self, key: str, now: float) -> float:
        """Seconds until the next request to ``key`` may go; that moment is taken."""
        with self._lock:
            at = max(now, self._held.get(key, now))
            rate = self._rates.get(key)
            if rate is None:
                return at - now
            given = self._given.setdefault(key, deque(maxlen=rate.requests))
            if given.maxlen != rate.requests:
                given = self._given[key] = deque(given, maxlen=rate.requests)
            if len(given) == rate.requests:
                at = max(at, given[0] + rate.per_s)
            given.append(at)
            return at - now

    def hold(self, key: str, until: float) -> None:
        """Nothing goes to ``key`` before this moment: the service asked for a pause."""
        with self._lock:
            self._held[key] = max(until, self._held.get(key, until))
