"""A service on loopback that does what the test says next: answers, delays, cuts, floods, streams."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler
from typing import Any

from support.loopback import serving

from viralclip_desktop.engines.http.policy import Clock


@dataclass
class Heard:
    """One request as it arrived."""

    method: str
    path: str
    headers: Message
    body: bytes


Respond = Callable[["Handler"], None]


@dataclass
class LoopbackService:
    """The running service: ``script`` is done request by request, then ``usual``."""

    url: str = ""
    heard: list[Heard] = field(default_factory=list)
    script: list[Respond] = field(default_factory=list)
    usual: Respond | None = None
    asked: threading.Event = field(default_factory=threading.Event)
    """Set when a request has arrived."""


@dataclass
class FakeTime:
    """A clock that moves when somebody sleeps."""

    now: float = 1_000_000.0
    slept: list[float] = field(default_factory=list)
    chance: float = 0.0

    @property
    def clock(self) -> Clock:
        """This time as the HTTP room wants it."""
        return Clock(lambda: self.now, lambda: self.now, self.sleep, lambda: self.chance)

    async def sleep(self, seconds: float) -> None:
        """Pass the time."""
        self.slept.append(seconds)
        self.now += seconds


def answer(body: Any = None, status: int = 200, kind: str = "application/json", **headers: str) -> Respond:
    """Answer with JSON, or with bytes as they are; ``retry_after="3"`` is a header."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return lambda handler: handler.send(status, data, kind, headers)


def silent() -> Respond:
    """Take the request and say nothing until the service ends."""

    def respond(handler: Handler) -> None:
        handler.over.wait()
        handler.close_connection = True

    return respond


def cut(sent: bytes = b"", announced: int = 100, kind: str = "application/json") -> Respond:
    """Begin to answer and hang up; without ``sent``, before the first byte."""

    def respond(handler: Handler) -> None:
        if sent:
            handler.begin(200, kind, {"Content-Length": str(announced)})
            handler.wfile.write(sent)
            handler.wfile.flush()
        handler.close_connection = True
        handler.connection.shutdown(2)

    return respond


def streaming(*parts: bytes, then_wait: bool = False, kind: str = "text/event-stream") -> Respond:
    """Send bytes as they are, one part after the other; the end of the connection ends them."""

    def respond(handler: Handler) -> None:
        handler.begin(200, kind, {"Connection": "close"})
        for part in parts:
            handler.wfile.write(part)
            handler.wfile.flush()
        if then_wait:
            handler.over.wait()
        handler.close_connection = True

    return respond


class Handler(BaseHTTPRequestHandler):
    """Notes each request and does what comes next."""

    protocol_version = "HTTP/1.1"
    service: LoopbackService
    over: threading.Event
    request_heard: Heard
    """The one that is to be answered: others may have come since."""

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        service = self.service
        self.request_heard = Heard(self.command, self.path, self.headers, body)
        service.heard.append(self.request_heard)
        respond = service.script.pop(0) if service.script else service.usual
        service.asked.set()
        (respond or answer({"error": "no answer prepared"}, 500))(self)

    do_GET = do_POST = do_PUT = do_DELETE = _serve

    def begin(self, status: int, kind: str, headers: dict[str, str]) -> None:
        """Send the head of an answer."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def send(self, status: int, data: bytes, kind: str, headers: dict[str, str]) -> None:
        """Send a whole answer."""
        self.begin(status, kind, {"Content-Length": str(len(data))} | headers)
        self.wfile.write(data)

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@contextmanager
def loopback_service() -> Iterator[LoopbackService]:
    """The service, running while inside."""
    over, service = threading.Event(), LoopbackService()
    handler = type("BoundHandler", (Handler,), {"service": service, "over": over})
    with serving(handler, over) as address:
        service.url = address
        yield service
