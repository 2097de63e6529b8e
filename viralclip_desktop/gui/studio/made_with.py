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
    settings = making.settings
    told = [(tr(name), _written(write, settings[key])) for key, name, write in _ROWS if settings.get(key)]
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


_ROWS: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("voice", "Voice", str),
    ("speed", "Speed", _times),
    ("pitch_st", "Pitch in semitones", lambda value: f"{float(value):+g}"),
    ("preset", "Preset", _preset),
    ("mood", "Mood", str),
    ("tempo", "Beats a minute", lambda value: decimal(float(value), 0)),
    ("duration_s", "Length", _seconds),
    ("prompt", "Described as", str),
    ("text", "Text", str),
)
"""The settings that are told, in their order, whichever kind of sound has them."""
