"""An authorization server on loopback that holds clients to RFC 6749, 7636 and 8252, and a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from support.loopback import serving

Params = dict[str, str]


@dataclass
class LoopbackOAuth:
    """The running server. ``consent`` decides what the user's browser is sent back with."""

    url: str = ""
    consent: Callable[[Params], Params] = lambda asked: {"code": "code-1", "state": asked["state"]}
    asked: Params = field(default_factory=dict)
    """What the page was asked with."""
    exchanges: list[Params] = field(default_factory=list)
    refresh_status: int = 200
    given: int = 0


class Handler(BaseHTTPRequestHandler):
    """The page to sign in on, and the token endpoint."""

    protocol_version = "HTTP/1.1"
    server_of: LoopbackOAuth

    def do_GET(self) -> None:
        service, target = self.server_of, urlsplit(self.path)
        service.asked = dict(parse_qsl(target.query))
        back = urlsplit(service.asked["redirect_uri"])
        assert (back.scheme, back.hostname) == ("http", "127.0.0.1")
        self.send_response(302)
        query = urlencode(service.consent(service.asked))
        self.send_header("Location", f"{service.asked['redirect_uri']}?{query}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        given = dict(parse_qsl(body))
        self.server_of.exchanges.append(given)
        problem = self._problem(given)
        if problem:
            self._send(400, {"error": problem, "error_description": "no"})
        else:
            self.server_of.given += 1
            number = self.server_of.given
            answer = {"access_token": f"access-token-{number}", "token_type": "Bearer", "expires_in": 3600}
            self._send(200, answer | ({"refresh_token": "refresh-token"} if number == 1 else {}))

    def _problem(self, given: Params) -> str:
        service = self.server_of
        if given.get("client_id") != "app":
            return "invalid_client"
        if given.get("grant_type") == "refresh_token":
            good = given.get("refresh_token") == "refresh-token" and service.refresh_status == 200
            return "" if good else "invalid_grant"
        digest = hashlib.sha256(given["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        asked = service.asked
        good = (
            given.get("grant_type") == "authorization_code"
            and given.get("code") == "code-1"
            and given.get("redirect_uri") == asked["redirect_uri"]
            and asked["code_challenge_method"] == "S256"
            and challenge == asked["code_challenge"]
            and 43 <= len(given["code_verifier"]) <= 128
        )
        return "" if good else "invalid_grant"

    def _send(self, status: int, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@contextmanager
def loopback_oauth() -> Iterator[LoopbackOAuth]:
    """The server, running while inside."""
    service = LoopbackOAuth()
    handler = type("BoundHandler", (Handler,), {"server_of": service})
    with serving(handler, threading.Event()) as address:
        service.url = address
        yield service


class Browser:
    """Opens pages on a thread of its own, as a browser would; keeps what it was shown in the end."""

    def __init__(self, before: tuple[str, ...] = (), twice: bool = False) -> None:
        """``before``: paths it asks the listener for first; ``twice``: it asks for the redirect again."""
        self.shown: list[tuple[int, str]] = []
        self._before, self._twice = before, twice
        self._threads: list[threading.Thread] = []

    def open(self, url: str) -> None:
        """Go to a page."""
        thread = threading.Thread(target=self._visit, args=(url,))
        thread.start()
        self._threads.append(thread)

    def close(self) -> None:
        """Wait until it has seen everything."""
        for thread in self._threads:
            thread.join()

    def _visit(self, url: str) -> None:
        target = urlsplit(url)
        connection = HTTPConnection(target.hostname or "", target.port)
        connection.request("GET", f"{target.path}?{target.query}")
        answer = connection.getresponse()
        back = urlsplit(answer.headers["Location"])
        connection.close()
        paths = [*self._before, f"{back.path}?{back.query}"]
        for path in paths + (paths[-1:] if self._twice else []):
            self._ask(back.port or 0, path)

    def _ask(self, port: int, path: str) -> None:
        connection = HTTPConnection("127.0.0.1", port)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            self.shown.append((answer.status, answer.read().decode()))
        except OSError:
            self.shown.append((0, "nobody there"))
        finally:
            connection.close()
