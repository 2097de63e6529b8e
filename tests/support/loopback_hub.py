"""A model hub on loopback: the repository API, redirects, ranges, and the troubles of real networks."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from support.loopback import serving


@dataclass
class LoopbackHub:
    """The running hub. ``files`` is the repository; ``cut_after`` ends each transfer after so many bytes
    (each entry for one transfer); ``stall`` sends half of a large file and then nothing."""

    url: str
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    cut_after: list[int] = field(default_factory=list)
    ranges: bool = True
    stall: bool = False
    spoil: str = ""
    stalled: threading.Event = field(default_factory=threading.Event)


def _entry(name: str, data: bytes) -> dict[str, Any]:
    blob = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
    entry: dict[str, Any] = {"rfilename": name, "size": len(data), "blobId": blob}
    if name == "model.bin":
        entry["lfs"] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 134}
    return entry


class _Handler(BaseHTTPRequestHandler):
    hub: LoopbackHub
    over: threading.Event

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        self.hub.asked.append((path, self.headers.get("Range", "")))
        if path.startswith("/api/models/"):
            siblings = [_entry(name, data) for name, data in self.hub.files.items()]
            self._send(200, json.dumps({"sha": "abc123", "siblings": siblings}).encode())
        elif "/resolve/abc123/" in path:
            self.send_response(302)
            self.send_header("Location", "/cdn/" + path.rsplit("/", 1)[1])
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._file(path.rsplit("/", 1)[1])

    def _file(self, name: str) -> None:
        data = self.hub.files.get(name)
        if data is None:
            self._send(404, b"")
            return
        if name == self.hub.spoil:
            data = b"x" * len(data)
        start = 0
        wanted = self.headers.get("Range", "")
        if wanted and self.hub.ranges:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        body = data[start:]
        if name == "model.bin" and self.hub.cut_after:
            body = body[: self.hub.cut_after.pop(0)]
        if name == "model.bin" and self.hub.stall:
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            self.hub.stalled.set()
            self.over.wait(20)
            return
        self.wfile.write(body)

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@contextmanager
def loopback_hub(files: dict[str, bytes]) -> Iterator[LoopbackHub]:
    """The hub, running while inside."""
    hub, over = LoopbackHub("", files), threading.Event()
    handler = type("BoundHandler", (_Handler,), {"hub": hub, "over": over})
    with serving(handler, over) as hub.url:
        yield hub
