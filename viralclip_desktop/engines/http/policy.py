"""How patient the program is with a service: timeouts, retries, and what the service itself asks for."""

from __future__ import annotations

import asyncio
import math
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
_NOTHING_DONE = frozenset({408, 425, 429, 503, 529})
"""Answers that say the request was not carried out: even one that must not run twice may be sent again."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Limits for one service. All times in seconds."""

    connect_s: float = 10.0
    read_s: float = 60.0
    """The longest silence while an answer is awaited or arrives."""
    total_s: float = 300.0
    """The whole request, its retries and waits included; a stream is bounded by ``read_s`` alone."""
    attempts: int = 5
    first_wait_s: float = 0.5
    most_wait_s: float = 8.0
    """The longest wait of our own; it doubles up to this (and is shortened at random by up to a half)."""
    longest_asked_s: float = 60.0
    """What a service may ask us to wait; when it asks for more, the user is told instead."""
    most_bytes: int = 64 * 1024 * 1024
    """The largest answer, decompressed."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Where time comes from; tests give their own."""

    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    """Unix time, for dates in headers and for tokens that expire."""
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    chance: Callable[[], float] = random.random


SYSTEM_CLOCK = Clock()


def retry_after_s(headers: Mapping[str, str], now: float) -> float | None:
    """The wait a service asks for, from ``retry-after-ms`` or ``retry-after`` (RFC 9110: seconds or a date);
    ``now`` is Unix time. None where nothing sensible is said."""
    milliseconds = _number(headers.get("retry-after-ms", ""))
    if milliseconds is not None:
        return milliseconds / 1000
    asked = headers.get("retry-after", "").strip()
    seconds = _number(asked)
    return seconds if seconds is not None else _until(asked, now)


def wait_s(policy: Policy, attempt: int, headers: Mapping[str, str], clock: Clock) -> float | None:
    """How long to wait after failed attempt number ``attempt`` (from 1): what the service asks for, else a
    doubling wait with jitter. None when it asks for more than the policy allows."""
    asked = retry_after_s(headers, clock.wall())
    if asked is not None:
        return asked if asked <= policy.longest_asked_s else None
    longest: float = min(policy.most_wait_s, policy.first_wait_s * 2 ** (attempt - 1))
    return longest * (1.0 - clock.chance() / 2)


def may_repeat(status: int, repeatable: bool) -> bool:
    """Whether a request answered with ``status`` may be sent again; ``repeatable``: doing it twice does no
    harm."""
    return status in (_AGAIN if repeatable else _NOTHING_DONE)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0 else None


def _until(text: str, now: float) -> float | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, moment.timestamp() - now)
