"""The listener on 127.0.0.1 to which the user's browser is sent back after signing in (RFC 8252, 7.3)."""

from __future__ import annotations

import asyncio
import html
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

_PATH = "/callback"
_LONGEST_HEAD = 16 * 1024
_HEAD_S = 10.0


@dataclass(frozen=True, slots=True)
class ClosingPage:
    """What the browser shows at the end, in the user's language."""

    done: str = "You are signed in. You can close this page and go back to ViralClip."
    failed: str = "Signing in did not work. You can close this page and go back to ViralClip."


class LoopbackListener:
    """Waits for one redirect on a free port of this computer. Browsers also ask for icons and try
    connections; those are turned away and do not count."""

    def __init__(self, state: str, page: ClosingPage) -> None:
        self._state, self._page = state, page
        self._arrived: asyncio.Future[dict[str, str]] = asyncio.get_running_loop().create_future()
        self._server: asyncio.Server | None = None
        self._serving: dict[asyncio.Task[None], asyncio.StreamWriter] = {}

    async def __aenter__(self) -> LoopbackListener:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=_LONGEST_HEAD)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for writer in self._serving.values():
            writer.close()  # pages are written by then; the others wait for a browser that says nothing
        await asyncio.gather(*self._serving, return_exceptions=True)
        await self._server.wait_closed()

    @property
    def redirect_uri(self) -> str:
        """Where the service has to send the browser."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}{_PATH}"

    async def redirect(self) -> dict[str, str]:
        """The parameters of the first redirect."""
        return await self._arrived

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving[task] = writer
        task.add_done_callback(self._serving.pop)
        try:
            async with asyncio.timeout(_HEAD_S):
                head = await reader.readuntil(b"\r\n\r\n")
            status, text = self._answer(head.split(b"\r\n", 1)[0].decode("latin-1"))
            writer.write(_page(status, text))
            await writer.drain()
        except (TimeoutError, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # nobody there, or no browser
        finally:
            writer.close()

    def _answer(self, line: str) -> tuple[str, str]:
        method, _, rest = line.partition(" ")
        target = urlsplit(rest.rpartition(" ")[0])
        if method != "GET" or target.path != _PATH or self._arrived.done():
            return "404 Not Found", self._page.failed
        given = dict(parse_qsl(target.query, keep_blank_values=True))
        self._arrived.set_result(given)
        good = given.get("state") == self._state and "code" in given
        return ("200 OK", self._page.done) if good else ("400 Bad Request", self._page.failed)


def _page(status: str, text: str) -> bytes:
    body = f'<!doctype html><meta charset="utf-8"><title>ViralClip</title><p>{html.escape(text)}</p>'.encode()
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
        "Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body
