"""Messages as data: an English template and its values, put into words where somebody reads them.

A :class:`Message` *is* its English text (it is a ``str``), so logs, JSON and the command line need nothing
else; the window takes the template to a catalogue and fills the values in there. Text without values needs
no :func:`say`: a plain ``str`` is a template of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from viralclip_desktop.core.json_text import read_json
from viralclip_desktop.core.time import Time, format_duration

_FIELD = re.compile(r"\{\{|\}\}|\{(\w+)\}")
_UNIT = re.compile(r"(?<=\d )(s|min|h)\b")
_DOCUMENT = '{"say":'


@dataclass(frozen=True, slots=True)
class Number:
    """A number with ``digits`` decimals; None writes as many as it needs, at most six significant ones."""

    value: float
    digits: int | None = None


@dataclass(frozen=True, slots=True)
class Length:
    """A duration in words (``3 min 20 s``); a bare :class:`Time` is written as a clock does (``3:20.0``)."""

    time: Time


@dataclass(frozen=True, slots=True)
class FileSize:
    """The size of a file in bytes, written in MB or GB (10^6 and 10^9 bytes)."""

    size_bytes: int


class Message(str):
    """An English text that knows the template and the values it was made of.

    Values are other messages, numbers, times, sizes, or plain strings; plain strings are names, paths and
    quotes, and are never translated. ``many`` is the plural template, chosen by ``number``.
    """

    __slots__ = ("many", "number", "template", "values")

    template: str
    values: Mapping[str, Value]
    many: str
    number: int

    def __new__(
        cls, template: str, values: Mapping[str, Value] | None = None, many: str = "", number: int = 1
    ) -> Message:
        """``template`` holds ``{names}``; without values it is taken as it stands, braces included."""
        kept = MappingProxyType(dict(values or {}))
        text = ENGLISH.filled(template if number == 1 or not many else many, kept)
        made = super().__new__(cls, text)
        made.template, made.values, made.many, made.number = template, kept, many, number
        return made

    def __reduce__(self) -> tuple[type[Message], tuple[Any, ...]]:
        return Message, (self.template, dict(self.values), self.many, self.number)


Value = str | int | float | Time | Number | Length | FileSize
"""What a message can hold; a :class:`Message` is a ``str``."""


class Wording:
    """How messages are worded in one language; this one leaves the English as it is."""

    decimal_mark = "."

    def text(self, english: str) -> str:
        """A template in this language."""
        return english

    def plural(self, count: int, one: str, many: str) -> str:
        """The template for ``count`` things."""
        return one if count == 1 else many

    def message(self, message: str) -> str:
        """A message in this language; of a plain string the text, where the catalogue has it."""
        if not isinstance(message, Message):
            return self.text(message)
        if message.many:
            found = self.plural(message.number, message.template, message.many)
        else:
            found = self.text(message.template)
        return self.filled(found, message.values)

    def filled(self, template: str, values: Mapping[str, Value]) -> str:
        """``template`` with its values; a name without a value stays, so that old data never fails."""
        if not values:
            return template

        def fill(at: re.Match[str]) -> str:
            if at.group(1) is None:
                return at.group(0)[0]
            return self.value(values[at.group(1)]) if at.group(1) in values else at.group(0)

        return _FIELD.sub(fill, template)

    def value(self, value: Value) -> str:
        """One value in words."""
        match value:
            case Message():
                return self.message(value)
            case Length(time):
                return self.length(time)
            case FileSize(size_bytes):
                return self.size(size_bytes)
            case Number(number, digits):
                return self.number(number, digits)
            case float():
                return str(value).replace(".", self.decimal_mark)
        return str(value)

    def length(self, time: Time) -> str:
        """A duration in words: ``24 s``, ``3 min 20 s``, ``1 h 05 min``."""
        return _UNIT.sub(lambda unit: self.text(unit.group(1)), format_duration(time))

    def number(self, value: float, digits: int | None = None) -> str:
        """``1.5`` with this language's decimal mark; no groups of thousands."""
        written = f"{value:g}" if digits is None else f"{value:.{digits}f}"
        return written.replace(".", self.decimal_mark)

    def size(self, size_bytes: int) -> str:
        """``0.4 MB``, ``18 MB``, ``1.6 GB``."""
        megabytes = size_bytes / 1_000_000
        if megabytes >= 1000:
            return f"{self.number(megabytes / 1000, 1)} GB"
        return f"{self.number(max(0.1, megabytes), 0 if megabytes >= 10 else 1)} MB"


ENGLISH = Wording()


def say(template: str, /, **values: object) -> str:
    """A :class:`Message`: ``template``, which the catalogues translate, with values for its ``{names}``.

    A message stays the message it is. What is none of the kinds of values (a path, an exception) is taken as
    its text, and is not translated. Typed as ``str``, since constant text may stand wherever a message may.
    """
    if isinstance(template, Message) and not values:
        return template
    return Message(str(template), _values(values))


def say_n(count: int, one: str, many: str, /, **values: object) -> str:
    """A :class:`Message` about ``count`` things; both templates may hold ``{n}``, the count."""
    return Message(one, _values({"n": count} | values), many, count)


def to_plain(message: str) -> str | dict[str, Any]:
    """A message as a JSON value: plain text where there are no values."""
    if not isinstance(message, Message) or not (message.values or message.many):
        return str(message)
    plain: dict[str, Any] = {"say": message.template}
    if message.many:
        plain |= {"many": message.many, "count": message.number}
    return plain | {"values": {name: _plain_value(value) for name, value in message.values.items()}}


def from_plain(plain: str | Mapping[str, Any]) -> str:
    """The message of :func:`to_plain`. Raises KeyError, TypeError or ValueError for another document."""
    if isinstance(plain, str):
        return plain
    values = {str(name): _value_from(value) for name, value in plain["values"].items()}
    return Message(str(plain["say"]), values, str(plain.get("many", "")), int(plain.get("count", 1)))


def dumps(message: str) -> str:
    """A message as text for a database or a pipe: plain text, or a JSON document that begins with "say"."""
    if type(message) is str and message.startswith(_DOCUMENT):
        message = say("{text}", text=message)
    plain = to_plain(message)
    if isinstance(plain, str):
        return plain
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def loads(text: str) -> str:
    """The message of :func:`dumps`; any other text is taken as it is."""
    if not text.startswith(_DOCUMENT):
        return text
    try:
        return from_plain(read_json(text))
    except (KeyError, TypeError, ValueError, AttributeError):
        return text


def _values(values: Mapping[str, object]) -> dict[str, Value]:
    kinds = (str, int, float, Time, Number, Length, FileSize)
    return {name: value if isinstance(value, kinds) else str(value) for name, value in values.items()}


def _plain_value(value: Value) -> Any:
    match value:
        case Message():
            plain = to_plain(value)
            return {"say": plain, "values": {}} if isinstance(plain, str) else plain
        case Time(ticks):
            return {"clock": ticks}
        case Length(time):
            return {"length": time.ticks}
        case FileSize(size_bytes):
            return {"bytes": size_bytes}
        case Number(number, digits):
            return {"number": number, "digits": digits}
        case _:
            return value


def _value_from(plain: Any) -> Value:
    match plain:
        case {"say": str(), "values": dict()}:
            return from_plain(plain)
        case {"clock": int(ticks)}:
            return Time(ticks)
        case {"length": int(ticks)}:
            return Length(Time(ticks))
        case {"bytes": int(size_bytes)}:
            return FileSize(size_bytes)
        case {"number": int() | float() as number, "digits": int() | None as digits}:
            return Number(number, digits)
        case str() | int() | float():
            return plain
    raise ValueError(f"no value of a message: {plain!r}")
