"""The settings that made a sound, in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.time import Time
from viralclip_desktop.gui.text import decimal, duration, tr, tr_message
from viralclip_desktop.music.presets import presets

if TYPE_CHECKING:
    from viralclip_desktop.features.library import Making

_LONGEST = 400  # characters of a value; a spoken text may be a chapter


def made_with(making: Making | None, origin: str) -> str:
    """A line for each setting that says something; empty for a sound that was brought."""
    if making is None:
        return ""
    told = [
        (tr(name), _written(write, making.settings[key]))
        for name, (key, write) in zip(_NAMES, _WRITERS, strict=True)
        if making.settings.get(key)
    ]
    lines = [f"{name}: {_short(words)}" for name, words in told if words]
    return "\n".join([tr_message(origin), *lines] if origin else lines)


def _written(write: Callable[[Any], str], value: Any) -> str:
    """A value in words; as it is where it is none of the kind that is expected."""
    try:
        return write(value)
    except (TypeError, ValueError):
        return str(value)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…"


def _seconds(value: Any) -> str:
    return duration(Time.from_seconds(round(float(value))))


def _times(value: Any) -> str:
    return "" if float(value) == 1.0 else f"{decimal(float(value), 2)}×"


def _preset(value: Any) -> str:
    known = presets().get(str(value))
    return str(value) if known is None else tr_message(known.title)


_NAMES = (
    *("Voice", "Speed", "Pitch in semitones", "Preset", "Mood", "Beats a minute", "Length"),
    *("Described as", "Text"),
)
_WRITERS: tuple[tuple[str, Callable[[Any], str]], ...] = (
    ("voice", str),
    ("speed", _times),
    ("pitch_st", lambda value: f"{float(value):+g}"),
    ("preset", _preset),
    ("mood", str),
    ("tempo", lambda value: decimal(float(value), 0)),
    ("duration_s", _seconds),
    ("prompt", str),
    ("text", str),
)
"""The settings that are told, in their order, whichever kind of sound has them."""
