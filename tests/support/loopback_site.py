"""A site on loopback that gives files away: with ranges, and with the troubles of real networks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from support.loopback import serving

_KINDS = {
    "mp4": "video/mp4",
    "html": "text/html",
    "pdf": "application/pdf",
    "whl": "application/octet-stream",
}
_LEAST = 4096  # what every answer brings: yt-dlp looks at the beginning of a file before it fetches it
_PIECE = b"\0" * (1 << 16)


@dataclass
class LoopbackSite:
    """The running site. ``cut_after`` ends each answer that is longer after so many bytes (an entry for one
    answer); ``stall_after`` sends so many and then nothing; ``endless`` names a file that never ends;
    ``refuses`` has the status of each file that is not given out."""

    url: str
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    """File and range of every request, in order."""
    cut_after: list[int] = field(default_factory=list)
    stall_after: int | None = None
    endless: str = ""
    refuses: dict[str, int] = field(default_factory=dict)
    stalled: threading.Event = field(default_factory=threading.Event)

    def address(self, name: str) -> str:
        """The address of a file."""
        return f"{self.url}/{name}"

    def starts(self, name: str) -> list[int]:
        """The byte from which a file was asked for, request by request."""
        asked = [wanted for file, wanted in self.asked if file == name]
        return [_start(wanted) for wanted in asked]


def _start(wanted: str) -> int:
    return int(wanted.removeprefix("bytes=").split("-")[0] or 0) if wanted else 0


class _Handler(BaseHTTPRequestHandler):
    site: LoopbackSite
    over: threading.Event

    def do_HEAD(self) -> None:
        data = self.site.files.get(self.path[1:], b"")
        self._head(200 if data else 404, len(data))

    def do_GET(self) -> None:
        name, wanted = self.path[1:].split("?")[0], self.headers.get("Range", "")
        self.site.asked.append((name, wanted))
        status = self.site.refuses.get(name) or (200 if name in self.site.files else 404)
        if name == self.site.endless:
            self._send_forever()
        elif status != 200:
            self._head(status, 0)
        else:
            self._send(self.site.files[name], _start(wanted), ranged=bool(wanted))

    def _send(self, data: bytes, start: int, *, ranged: bool) -> None:
        more = {"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"} if ranged else {}
        self._head(206 if ranged else 200, len(data) - start, **more)
        body = data[start:]
        if len(body) > _LEAST and self.site.stall_after is not None:
            self.wfile.write(body[: self.site.stall_after])
            self.wfile.flush()
            self.site.stalled.set()
            self.over.wait(20)
        elif len(body) > _LEAST and self.site.cut_after:
            self.wfile.write(body[: self.site.cut_after.pop(0)])
        else:
            self.wfile.write(body)

    def _send_forever(self) -> None:
        self._head(200, None)
        while not self.over.is_set():
            self.wfile.write(_PIECE)

    def _head(self, status: int, length: int | None, **more: str) -> None:
        self.send_response(status)
        ending = self.path.rsplit(".", 1)[-1]
        self.send_header("Content-Type", _KINDS.get(ending, "application/octet-stream"))
        self.send_header("Accept-Ranges", "bytes")
        if length is not None:
            self.send_header("Content-Length", str(length))
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@contextmanager
def loopback_site(files: dict[str, bytes]) -> Iterator[LoopbackSite]:
    """The site, running while inside."""
    site, over = LoopbackSite("", files), threading.Event()
    handler = type("BoundHandler", (_Handler,), {"site": site, "over": over})
    with serving(handler, over) as site.url:
        yield site
