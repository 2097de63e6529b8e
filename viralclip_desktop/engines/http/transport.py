"""The policy itself, as a transport of httpx: what goes through it asks the gate and the rate limiter, is
tried again where that helps, is bounded in time and size, and fails with a Fault."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import cache

import httpx

from viralclip_desktop.engines.gate import NetworkGate
from viralclip_desktop.engines.http.faults import ServiceFault, Trouble, service_fault, status_fault
from viralclip_desktop.engines.http.limiter import RateLimiter
from viralclip_desktop.engines.http.policy import SYSTEM_CLOCK, Clock, may_repeat, wait_s
from viralclip_desktop.engines.http.scrub import scrub_libraries, scrubbed
from viralclip_desktop.engines.http.service import Service

STREAM, REPEATABLE = "viralclip.stream", "viralclip.repeatable"
"""Extensions of a request: hand the answer on as it comes; doing it twice does no harm."""

_HARMLESS = frozenset({"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Broken:
    """An attempt without an answer."""

    trouble: Trouble
    details: str
    sent: bool = True
    """Whether the service may have got the request."""

    @property
    def passing(self) -> bool:
        return self.trouble in (Trouble.UNREACHABLE, Trouble.CUT, Trouble.SLOW)


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates that are trusted, as httpx would read them for each client anew (20 ms and more)."""
    return httpx.create_ssl_context()


class PolicyTransport(httpx.AsyncBaseTransport):
    """Requests to one service. Belongs to one event loop."""

    def __init__(
        self,
        service: Service,
        gate: NetworkGate,
        *,
        clock: Clock = SYSTEM_CLOCK,
        limiter: RateLimiter | None = None,
    ) -> None:
        scrub_libraries()
        self._service, self._gate, self._clock = service, gate, clock
        self._limiter = limiter or RateLimiter()
        policy = service.policy
        timeout = httpx.Timeout(policy.read_s, connect=policy.connect_s)
        self._timeout = timeout.as_dict()
        # with the system's proxies; follows no redirect
        self._client = httpx.AsyncClient(timeout=timeout, verify=_trusted())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, its body read (unless it is a stream). Raises a Fault without one, also offline."""
        await request.aread()
        deadline = self._clock.monotonic() + self._service.policy.total_s
        attempt = 1
        while True:
            self._gate.check(self._service.purpose or self._service.name)
            await self._turn(request, deadline)
            outcome = await self._attempt(request, deadline)
            pause = self._pause(request, outcome, attempt)
            if pause is None or self._clock.monotonic() + pause > deadline:
                return self._end(outcome)
            _log.info("%s: attempt %d failed, waiting %.1f s", self._service.name, attempt, pause)
            await self._clock.sleep(pause)
            attempt += 1

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _turn(self, request: httpx.Request, deadline: float) -> None:
        host = request.url.netloc.decode("ascii", "replace")
        self._limiter.limit(host, self._service.rate)
        now = self._clock.monotonic()
        wait = self._limiter.reserve(host, now)
        if now + wait > deadline:
            raise self._fault(_Broken(Trouble.RATE, f"our own limit of requests: {wait:.0f} s"))
        if wait > 0:
            await self._clock.sleep(wait)

    async def _attempt(self, request: httpx.Request, deadline: float) -> httpx.Response | _Broken:
        request.extensions = {**request.extensions, "timeout": self._timeout}
        left = max(0.0, deadline - self._clock.monotonic())
        try:
            async with asyncio.timeout(left):
                response = await self._client.send(request, stream=True)
                if request.extensions.get(STREAM) and response.status_code < 400:
                    return _as_stream(response)
                return await self._whole(response)
        except (TimeoutError, httpx.HTTPError, httpx.InvalidURL, _TooLarge) as error:
            return _broken(error)

    async def _whole(self, response: httpx.Response) -> httpx.Response:
        """The same answer with its body in memory. Raises :class:`_TooLarge`."""
        most, parts, size = self._service.policy.most_bytes, [], 0
        try:
            if _announced(response) > most:
                raise _TooLarge(f"{_announced(response)} bytes announced")
            async for part in response.aiter_bytes():
                size += len(part)
                if size > most:
                    raise _TooLarge(f"more than {most} bytes")
                parts.append(part)
        finally:
            await response.aclose()
        return httpx.Response(response.status_code, headers=_plain(response.headers), content=b"".join(parts))

    def _pause(self, request: httpx.Request, outcome: httpx.Response | _Broken, attempt: int) -> float | None:
        """How long to wait before another attempt; None when this one is the last."""
        policy, harmless = self._service.policy, _is_harmless(request)
        last = attempt >= policy.attempts
        if isinstance(outcome, _Broken):
            again = outcome.passing and (harmless or not outcome.sent)
            return None if last or not again else wait_s(policy, attempt, {}, self._clock)
        if not may_repeat(outcome.status_code, harmless) or _is_used_up(outcome):
            return None
        pause = wait_s(policy, attempt, outcome.headers, self._clock)
        if pause is not None and outcome.status_code == 429:
            host = request.url.netloc.decode("ascii", "replace")
            self._limiter.hold(host, self._clock.monotonic() + pause)
        return None if last else pause

    def _end(self, outcome: httpx.Response | _Broken) -> httpx.Response:
        if isinstance(outcome, _Broken):
            raise self._fault(outcome)
        return outcome

    def _fault(self, broken: _Broken) -> ServiceFault:
        name, secrets = self._service.name, self._service.secrets
        _log.warning("%s: %s (%s)", name, broken.trouble, scrubbed(broken.details, secrets))
        return service_fault(name, broken.trouble, details=broken.details, secrets=secrets)


class _TooLarge(Exception):
    """An answer beyond the limit."""


class _Passed(httpx.AsyncByteStream):
    """A body handed on as it comes, decoded, and closed with its connection."""

    def __init__(self, response: httpx.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._response.aiter_bytes():
            yield part

    async def aclose(self) -> None:
        await self._response.aclose()


def _as_stream(response: httpx.Response) -> httpx.Response:
    return httpx.Response(response.status_code, headers=_plain(response.headers), stream=_Passed(response))


def _plain(headers: httpx.Headers) -> list[tuple[str, str]]:
    """Headers without what told how the body travelled: it is unpacked."""
    travel = {"content-encoding", "content-length", "transfer-encoding"}
    return [(name, value) for name, value in headers.multi_items() if name.lower() not in travel]


def _announced(response: httpx.Response) -> int:
    length = response.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0


def _is_harmless(request: httpx.Request) -> bool:
    return bool(request.extensions.get(REPEATABLE, request.method.upper() in _HARMLESS))


def _is_used_up(response: httpx.Response) -> bool:
    """A used-up quota does not come back within seconds, though it is told as 429."""
    return (
        response.status_code == 429
        and status_fault("", response.status_code, response.content).trouble is Trouble.QUOTA
    )


def _broken(error: Exception) -> _Broken:
    details = f"{type(error).__name__}: {error}".rstrip(": ")
    match error:
        case httpx.ConnectTimeout():
            return _Broken(Trouble.UNREACHABLE, details, sent=False)
        case TimeoutError() | httpx.TimeoutException():
            return _Broken(Trouble.SLOW, details)
        case _TooLarge():
            return _Broken(Trouble.TOO_LARGE, details)
        case httpx.ConnectError() | httpx.ProxyError():
            return _Broken(Trouble.UNREACHABLE, details, sent=False)
        case httpx.DecodingError() | httpx.InvalidURL() | httpx.UnsupportedProtocol():
            return _Broken(Trouble.UNREADABLE, details)
    return _Broken(Trouble.CUT, details)
