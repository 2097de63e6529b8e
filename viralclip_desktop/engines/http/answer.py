"""An answer of a service, and the values in it: what is missing or of another shape becomes a Fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from viralclip_desktop.core.json_text import read_json
from viralclip_desktop.engines.http.faults import ServiceFault, Trouble, service_fault
from viralclip_desktop.engines.http.service import Service

Value = TypeVar("Value")

_EXACT = 2**53
"""From here on a whole number is no amount of anything."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A successful answer."""

    service: Service
    status: int
    headers: Mapping[str, str]
    """Names in any case."""
    content: bytes

    def json(self) -> Any:
        """The body as JSON. Raises a Fault for anything else (a page, half a document)."""
        try:
            return read_json(self.content)
        except ValueError as error:
            raise self.senseless(f"no JSON: {_kind(self)}") from error

    def value(self, *path: str | int, kind: type[Value]) -> Value:
        """The value at ``path`` in the JSON (names and list indices), of type ``kind`` (float takes an int).

        Raises a Fault when it is missing or of another type, so that an empty ``{}`` is told as what it is.
        """
        found = self.json()
        for step in path:
            try:
                found = found[step]
            except (KeyError, IndexError, TypeError) as error:
                raise self.senseless(f"nothing at {_shown(path)}") from error
        if kind is float and type(found) is int and abs(found) < _EXACT:
            found = float(found)
        if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
            raise self.senseless(f"{type(found).__name__} at {_shown(path)}")
        return found

    def binary(self, *kinds: str) -> bytes:
        """The body as a file. Raises a Fault when it is empty, or its content type begins with none of
        ``kinds`` (``audio/``): some services tell an error with status 200."""
        given = self.headers.get("content-type", "")
        if not self.content or (kinds and not given.startswith(kinds)):
            raise self.senseless(f"{len(self.content)} bytes of {given or 'nothing known'}")
        return self.content

    def senseless(self, details: str) -> ServiceFault:
        """The fault for an answer that makes no sense; ``details`` say what is wrong with it."""
        service = self.service
        return service_fault(
            service.name,
            Trouble.UNREADABLE,
            status=self.status,
            details=details,
            secrets=service.secrets,
        )


def _shown(path: tuple[str | int, ...]) -> str:
    return ".".join(map(str, path)) or "the top"


def _kind(answer: Answer) -> str:
    if answer.content.lstrip()[:1] == b"<":
        return "a web page"
    return f"{len(answer.content)} bytes of {answer.headers.get('content-type', 'nothing known')}"
