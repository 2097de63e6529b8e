"""An account of ElevenLabs that voices can be added to, on loopback, and an XTTS server with its folder."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from support.loopback_http import Handler, Respond, answer
from support.loopback_voices import KEY, elevenlabs, xtts


@dataclass
class Account:
    """``POST /v1/voices/add``, ``DELETE /v1/voices/{id}`` and the list, as published. ``refusal``: what an
    addition is answered instead; ``lost``: whether it is carried out and its answer never comes."""

    voices: list[dict[str, Any]] = field(default_factory=list)
    uploads: list[dict[str, list[Any]]] = field(default_factory=list)
    refusal: Respond | None = None
    lost: bool = False

    def __call__(self, handler: Handler) -> None:
        """Answer a request."""
        path = urlsplit(handler.path).path
        if handler.headers["xi-api-key"] != KEY or not path.startswith(("/v1/voices", "/v2/voices")):
            elevenlabs(handler)
        elif path == "/v2/voices":
            answer({"voices": self.voices, "has_more": False, "next_page_token": None})(handler)
        elif handler.command == "DELETE":
            self.voices = [one for one in self.voices if one["voice_id"] != path.rpartition("/")[2]]
            answer({"status": "ok"})(handler)
        else:
            self._add(handler)

    def _add(self, handler: Handler) -> None:
        form = multipart(handler)
        self.uploads.append(form)
        if self.refusal is not None:
            self.refusal(handler)
            return
        if not form.get("name") or not form.get("files"):
            missing = {"loc": ["body", "files"], "msg": "field required", "type": "value_error.missing"}
            answer({"detail": [missing]}, 422)(handler)
            return
        made = {
            "voice_id": f"cloned{len(self.uploads):016}",
            "name": form["name"][0],
            "category": "cloned",
            "labels": json.loads(form["labels"][0]),
        }
        self.voices.append(made)
        if self.lost:
            handler.close_connection = True
            handler.connection.shutdown(2)
        else:
            answer({"voice_id": made["voice_id"], "requires_verification": False})(handler)


def multipart(handler: Handler) -> dict[str, list[Any]]:
    """The parts of a form: texts, and (file name, type, bytes) of files."""
    head = f"Content-Type: {handler.headers['Content-Type']}\r\n\r\n".encode()
    found: dict[str, list[Any]] = {}
    for part in message_from_bytes(head + handler.request_heard.body).get_payload():
        assert not isinstance(part, str)
        name = part.get_param("name", header="content-disposition")
        data = part.get_payload(decode=True)
        assert isinstance(data, bytes)
        file = part.get_filename()
        found.setdefault(str(name), []).append(
            (file, part.get_content_type(), data) if file else data.decode()
        )
    return found


def xtts_with(folder: Path) -> Respond:
    """An XTTS server that lists the speakers whose samples lie in a folder of its own."""

    def respond(handler: Handler) -> None:
        if urlsplit(handler.path).path == "/speakers_list":
            answer(sorted(place.name for place in folder.iterdir() if list(place.glob("*.wav"))))(handler)
        else:
            xtts(handler)

    return respond
