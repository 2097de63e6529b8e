"""Asking a service: :class:`Http` where an event loop runs (the window), :class:`HttpSync` elsewhere (jobs,
workers, commands), and :func:`sdk_client` for a provider's own SDK. One policy is behind all three."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import aclosing, asynccontextmanager, suppress
from types import TracebackType
from typing import Any, Self

import httpx

from viralclip_desktop.core.errors import Cancelled
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.gate import NetworkGate
from viralclip_desktop.engines.http.answer import Answer
from viralclip_desktop.engines.http.faults import Trouble, service_fault, status_fault
from viralclip_desktop.engines.http.limiter import RateLimiter
from viralclip_desktop.engines.http.policy import SYSTEM_CLOCK, Clock
from viralclip_desktop.engines.http.service import Service
from viralclip_desktop.engines.http.sse import EventReader, EventTooLarge, ServerEvent
from viralclip_desktop.engines.http.transport import REPEATABLE, STREAM, PolicyTransport

_REDIRECTS = 5


class Http:
    """A service, asked from a running event loop. Close it after use."""

    def __init__(
        self,
        service: Service,
        gate: NetworkGate,
        *,
        clock: Clock = SYSTEM_CLOCK,
        limiter: RateLimiter | None = None,
    ) -> None:
        """``limiter``: share one where several parts of the program ask the same service."""
        self.service, self._gate = service, gate
        self._transport = PolicyTransport(service, gate, clock=clock, limiter=limiter)
        self._client = httpx.AsyncClient(transport=self._transport, trust_env=False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    def check_gate(self) -> None:
        """Raise EnvironmentLacks when the offline switch is on."""
        self._gate.check(self.service.purpose or self.service.name)

    async def request(
        self,
        method: str,
        path: str,
        *,
        cancel: CancelToken | None = None,
        repeatable: bool | None = None,
        allow: tuple[int, ...] = (),
        follow: bool = False,
        **content: Any,
    ) -> Answer:
        """The answer to one request. ``path``: below the service's address, or a whole address.

        ``content``: ``json``, ``data``, ``files``, ``content``, ``params``, ``headers`` as httpx has them.
        ``repeatable``: whether it may be sent again when it may have been carried out already (by default all
        but POST and PATCH). ``allow``: statuses from 300 up that are an answer here (308 in resumed uploads).
        ``follow``: go on to where a GET is redirected, without the key if that is another server.
        Raises a ServiceFault, EnvironmentLacks offline, Cancelled.
        """
        request = self._request(method, path, repeatable, {}, content)
        async with stops_with(cancel):
            response = await self._client.send(request)
            for _ in range(_REDIRECTS):
                if not follow or response.next_request is None or method.upper() != "GET":
                    break
                onward = self._request("GET", str(response.next_request.url), repeatable, {}, {})
                response = await self._client.send(onward)
        if response.status_code >= 300 and response.status_code not in allow:
            raise self._refusal(response)
        return Answer(self.service, response.status_code, response.headers, response.content)

    async def events(
        self, method: str, path: str, *, cancel: CancelToken | None = None, **content: Any
    ) -> AsyncGenerator[ServerEvent, None]:
        """Server-sent events as they come. Raises as :meth:`request` does, also in the middle."""
        reader = EventReader()
        async with aclosing(self._parts(method, path, "text/event-stream", cancel, content)) as parts:
            async for part in parts:
                try:
                    found = list(reader.feed(part))
                except EventTooLarge as error:
                    raise self._broken_off(error) from error
                for event in found:
                    yield event

    async def lines(
        self, method: str, path: str, *, cancel: CancelToken | None = None, **content: Any
    ) -> AsyncGenerator[str, None]:
        """Lines of JSON (NDJSON) as they come, without empty ones. Raises as :meth:`request` does."""
        rest = b""
        async with aclosing(self._parts(method, path, "application/x-ndjson", cancel, content)) as parts:
            async for part in parts:
                *whole, rest = (rest + part).split(b"\n")
                if len(rest) > self.service.policy.most_bytes:
                    raise self._broken_off(EventTooLarge())
                for line in whole:
                    if line.strip():
                        yield line.decode("utf-8", "replace")
        if rest.strip():
            yield rest.decode("utf-8", "replace")

    async def _parts(
        self, method: str, path: str, kind: str, cancel: CancelToken | None, content: Mapping[str, Any]
    ) -> AsyncGenerator[bytes, None]:
        """The body of an answer of one content type, as it arrives."""
        headers = {"accept": kind, "cache-control": "no-store"} | dict(content.get("headers") or {})
        asked = dict(content) | {"headers": headers}
        request = self._request(method, path, None, {STREAM: True}, asked)
        async with stops_with(cancel):
            response = await self._client.send(request, stream=True)
        try:
            if response.status_code >= 300:
                await response.aread()
                raise self._refusal(response)
            if not response.headers.get("content-type", "").startswith(kind):
                raise service_fault(self.service.name, Trouble.UNREADABLE, details="no stream of events")
            async with aclosing(self._read(response, cancel)) as parts:
                async for part in parts:
                    yield part
        finally:
            await response.aclose()

    async def _read(
        self, response: httpx.Response, cancel: CancelToken | None
    ) -> AsyncGenerator[bytes, None]:
        parts = response.aiter_raw()
        while True:
            try:
                async with stops_with(cancel):
                    part = await anext(parts, None)
            except httpx.HTTPError as error:
                raise self._broken_off(error) from error
            if part is None:
                return
            yield part

    def _broken_off(self, error: Exception) -> Exception:
        slow, large = isinstance(error, httpx.TimeoutException), isinstance(error, EventTooLarge)
        trouble = Trouble.SLOW if slow else Trouble.TOO_LARGE if large else Trouble.CUT
        details = f"{type(error).__name__}: {error}".rstrip(": ")
        return service_fault(self.service.name, trouble, details=details, secrets=self.service.secrets)

    def _refusal(self, response: httpx.Response) -> Exception:
        service = self.service
        return status_fault(service.name, response.status_code, response.content, service.secrets)

    def _request(
        self,
        method: str,
        path: str,
        repeatable: bool | None,
        extensions: Mapping[str, Any],
        content: Mapping[str, Any],
    ) -> httpx.Request:
        whole = "://" in path
        url = path if whole else f"{self.service.base_url.rstrip('/')}/{path.lstrip('/')}"
        ours = not whole or _origin(path) == _origin(self.service.base_url)
        headers = (dict(self.service.headers) if ours else {}) | dict(content.get("headers") or {})
        asked = dict(extensions) | ({} if repeatable is None else {REPEATABLE: repeatable})
        rest = {name: value for name, value in content.items() if name != "headers"}
        return self._client.build_request(method, url, headers=headers, extensions=asked, **rest)


class HttpSync:
    """The same for threads without an event loop; used by one thread at a time. Close it after use."""

    def __init__(
        self,
        service: Service,
        gate: NetworkGate,
        *,
        clock: Clock = SYSTEM_CLOCK,
        limiter: RateLimiter | None = None,
    ) -> None:
        self._runner = asyncio.Runner()
        self._http = Http(service, gate, clock=clock, limiter=limiter)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        with self._runner:
            self._runner.run(self._http.aclose())

    def request(self, method: str, path: str, **content: Any) -> Answer:
        """See :meth:`Http.request`."""
        return self._runner.run(self._http.request(method, path, **content))

    def events(self, method: str, path: str, **content: Any) -> Iterator[ServerEvent]:
        """See :meth:`Http.events`."""
        events = self._http.events(method, path, **content)
        try:
            while (event := self._runner.run(_next(events))) is not None:
                yield event
        finally:
            self._runner.run(_closed(events))


class _SyncTransport(httpx.BaseTransport):
    """The policy for clients that know no event loop."""

    def __init__(self, transport: PolicyTransport, cancel: CancelToken | None) -> None:
        self._transport, self._cancel = transport, cancel
        self._runner = asyncio.Runner()
        self._lock = threading.Lock()  # SDKs share a client between threads

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """See :meth:`PolicyTransport.handle_async_request`."""
        body = request.read()
        plain = httpx.Request(
            request.method, request.url, headers=request.headers, content=body, extensions=request.extensions
        )
        with self._lock:
            return self._runner.run(self._answer(plain))

    def close(self) -> None:
        with self._runner:
            self._runner.run(self._transport.aclose())

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        async with stops_with(self._cancel):
            return await self._transport.handle_async_request(request)


def sdk_client(
    service: Service,
    gate: NetworkGate,
    *,
    cancel: CancelToken | None = None,
    clock: Clock = SYSTEM_CLOCK,
    limiter: RateLimiter | None = None,
    repeatable: bool = False,
) -> httpx.Client:
    """A client for an SDK that takes one of httpx; tell the SDK to retry nothing itself. Answers with an
    error status go to the SDK, all other trouble comes as our Faults (an SDK may wrap them).

    ``repeatable``: its POST requests may be sent twice (a question that costs nothing, or a transcription).
    """
    transport = _SyncTransport(PolicyTransport(service, gate, clock=clock, limiter=limiter), cancel)

    def mark(request: httpx.Request) -> None:
        request.extensions = {**request.extensions, REPEATABLE: True}

    hooks: dict[str, list[Any]] = {"request": [mark] if repeatable else []}
    return httpx.Client(transport=transport, trust_env=False, event_hooks=hooks)


def async_sdk_client(
    service: Service, gate: NetworkGate, *, clock: Clock = SYSTEM_CLOCK, repeatable: bool = False
) -> httpx.AsyncClient:
    """The same for an SDK on an event loop. Close it after use."""

    async def mark(request: httpx.Request) -> None:
        request.extensions = {**request.extensions, REPEATABLE: repeatable}

    transport = PolicyTransport(service, gate, clock=clock)
    return httpx.AsyncClient(transport=transport, trust_env=False, event_hooks={"request": [mark]})


def _origin(url: str) -> tuple[str, str, int | None]:
    parsed = httpx.URL(url)
    return parsed.scheme, parsed.host, parsed.port


@asynccontextmanager
async def stops_with(cancel: CancelToken | None) -> AsyncIterator[None]:
    """While inside, a cancel ends whatever is awaited, and Cancelled is raised."""
    if cancel is None:
        yield
        return
    cancel.raise_if_cancelled()
    task, loop, inside = asyncio.current_task(), asyncio.get_running_loop(), True
    assert task is not None

    def stop_here() -> None:
        if inside:  # else it ended while the word was on its way
            task.cancel()

    def stop() -> None:
        with suppress(RuntimeError):  # the loop has just ended, and with it what was to be stopped
            loop.call_soon_threadsafe(stop_here)

    forget = cancel.on_cancel(stop)
    try:
        yield
    except asyncio.CancelledError:
        if not cancel.cancelled or task.uncancel() > 0:
            raise
        raise Cancelled from None
    finally:
        inside = False
        forget()


async def _next(events: AsyncIterator[ServerEvent]) -> ServerEvent | None:
    return await anext(events, None)


async def _closed(events: Any) -> None:
    await events.aclose()
