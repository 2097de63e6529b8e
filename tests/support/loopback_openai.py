"""An OpenAI transcription service on loopback: the published request and answer shapes, and the troubles."""

from __future__ import annotations

import io
import json
import threading
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler
from typing import Any

from support.loopback import serving

KEY = "sk-test-0123456789abcdef"
UPLOAD_LIMIT_BYTES = 25 * 1024 * 1024


@dataclass
class Asked:
    """One request as it arrived."""

    path: str
    key: str
    fields: dict[str, list[str]]
    seconds: float
    size_bytes: int


Respond = Callable[["Handler", Asked], None]


@dataclass
class LoopbackOpenAi:
    """The running service. ``script``: what to do with the next requests; after that ``usual`` answers."""

    url: str
    asked: list[Asked] = field(default_factory=list)
    script: list[Respond] = field(default_factory=list)
    usual: Respond | None = None


def transcription(
    text: str, words: list[tuple[str, float, float]], language: str = "english"
) -> dict[str, Any]:
    """A ``verbose_json`` answer: words without marks, as the service gives them, and one segment."""
    end = words[-1][2] if words else 0.0
    segment = {
        "id": 0,
        "seek": 0,
        "start": words[0][1] if words else 0.0,
        "end": end,
        "text": text,
        "tokens": [1, 2, 3],
        "temperature": 0.0,
        "avg_logprob": -0.2,
        "compression_ratio": 1.1,
        "no_speech_prob": 0.01,
    }
    return {
        "task": "transcribe",
        "language": language,
        "duration": end,
        "text": text,
        "words": [{"word": word, "start": start, "end": stop} for word, start, stop in words],
        "segments": [segment] if words else [],
        "usage": {"type": "duration", "seconds": round(end)},
    }


def ok(answer: dict[str, Any] | bytes) -> Respond:
    """Answer with a transcription (bytes: as they are)."""
    return lambda handler, asked: handler.send(200, answer)


def failing(
    status: int, message: str, code: str | None = None, headers: dict[str, str] | None = None
) -> Respond:
    """Answer with an error in the service's shape."""
    body = {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}}
    return lambda handler, asked: handler.send(status, body, headers or {})


def silent(seconds: float) -> Respond:
    """Take the request and say nothing for a while."""

    def respond(handler: Handler, asked: Asked) -> None:
        handler.server_gone.wait(seconds)
        handler.close_connection = True

    return respond


def cut_off(answer: dict[str, Any]) -> Respond:
    """Begin to answer and hang up."""

    def respond(handler: Handler, asked: Asked) -> None:
        body = json.dumps(answer).encode()
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[: len(body) // 2])
        handler.wfile.flush()
        handler.close_connection = True

    return respond


class Handler(BaseHTTPRequestHandler):
    """Checks what the published schema asks for, then does what the script says."""

    protocol_version = "HTTP/1.1"
    service: LoopbackOpenAi
    server_gone: threading.Event

    def do_POST(self) -> None:
        asked = self._asked()
        self.service.asked.append(asked)
        problem = self._problem(asked)
        if problem is not None:
            problem(self, asked)
        elif self.service.script:
            self.service.script.pop(0)(self, asked)
        else:
            (self.service.usual or failing(500, "no answer prepared"))(self, asked)

    def _asked(self) -> Asked:
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        head = b"Content-Type: " + self.headers["Content-Type"].encode() + b"\r\n\r\n"
        fields: dict[str, list[str]] = {}
        seconds, size = 0.0, 0
        for part in BytesParser(policy=HTTP).parsebytes(head + body).iter_parts():
            name = part.get_param("name", header="content-disposition")
            data = part.get_payload(decode=True)
            if name == "file":
                size = len(data)
                with wave.open(io.BytesIO(data)) as wav:
                    seconds = wav.getnframes() / wav.getframerate()
            else:
                fields.setdefault(name, []).append(data.decode())
        key = self.headers.get("Authorization", "").removeprefix("Bearer ")
        return Asked(self.path, key, fields, seconds, size)

    def _problem(self, asked: Asked) -> Respond | None:
        if asked.key != KEY:
            message = f"Incorrect API key provided: {asked.key[:8]}. You can find your key in the settings."
            return failing(401, message, "invalid_api_key")
        if asked.path != "/v1/audio/transcriptions":
            return failing(404, "Unknown request URL")
        if asked.size_bytes > UPLOAD_LIMIT_BYTES:
            return failing(413, "Maximum content size limit exceeded")
        if asked.fields.get("response_format") != ["verbose_json"] or asked.fields.get("model") != [
            "whisper-1"
        ]:
            return failing(
                400, "response_format 'verbose_json' needs the model whisper-1", "unsupported_value"
            )
        if "word" not in asked.fields.get("timestamp_granularities[]", []):
            return failing(400, "the test wants word times")
        return None

    def send(self, status: int, body: dict[str, Any] | bytes, headers: dict[str, str] | None = None) -> None:
        """Send a JSON answer."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@contextmanager
def loopback_openai() -> Iterator[LoopbackOpenAi]:
    """The service, running while inside."""
    gone = threading.Event()
    service = LoopbackOpenAi("")
    handler = type("BoundHandler", (Handler,), {"service": service, "server_gone": gone})
    with serving(handler, gone) as address:
        service.url = f"{address}/v1"
        yield service
