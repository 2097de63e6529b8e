"""Server-sent events (WHATWG HTML, "Server-sent events"), read as the bytes come."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field

_MOST_LETTERS = 4_000_000  # of one event; no service sends a tenth of it


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """One event."""

    data: str
    event: str = "message"
    id: str = ""


class EventTooLarge(ValueError):
    """An event without an end."""


@dataclass
class EventReader:
    """Takes bytes in any pieces and gives the events that are complete."""

    _decoder: codecs.IncrementalDecoder = field(
        default_factory=lambda: codecs.getincrementaldecoder("utf-8-sig")("replace")
    )
    _rest: str = ""
    _data: list[str] = field(default_factory=list)
    _event: str = ""
    _id: str = ""
    _letters: int = 0

    def feed(self, part: bytes) -> Iterator[ServerEvent]:
        """The events that end in ``part``. Raises :class:`EventTooLarge`."""
        self._rest += self._decoder.decode(part)
        held = "\r" if self._rest.endswith("\r") else ""  # perhaps half of a \r\n
        lines = (self._rest.removesuffix("\r").replace("\r\n", "\n").replace("\r", "\n")).split("\n")
        self._rest = lines.pop() + held
        if len(self._rest) > _MOST_LETTERS:
            raise EventTooLarge
        for line in lines:
            if event := self._line(line):
                yield event

    def _line(self, line: str) -> ServerEvent | None:
        if not line:
            return self._finished()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        match name:
            case "data":
                self._letters += len(value)
                if self._letters > _MOST_LETTERS:
                    raise EventTooLarge
                self._data.append(value)
            case "event":
                self._event = value
            case "id" if "\0" not in value:
                self._id = value
        return None

    def _finished(self) -> ServerEvent | None:
        data, event = self._data, self._event
        self._data, self._event, self._letters = [], "", 0
        return ServerEvent("\n".join(data), event or "message", self._id) if data else None
