"""The presets, read from ``resources/music/presets.toml``, which says what its words mean."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from types import MappingProxyType
from typing import Any

from viralclip_desktop.core.resources import resource
from viralclip_desktop.music.song import Voice

USUAL = "corporate-background"
"""The preset where neither one nor a mood is named."""
_STEMS = {
    "answer": "melody",
    "double": "melody",
    "rise": "effects",
    "impact": "effects",
    "texture": "effects",
}


@dataclass(frozen=True, slots=True)
class Layer:
    """One player: a part, its style, its instrument; heard in sections of an energy from ``since`` to
    ``until``. ``centre``: the pitch around which it plays."""

    part: str
    voice: Voice
    style: str = ""
    since: float = 0.0
    until: float = 1.0
    centre: int = 60
    voices: int = 4

    @property
    def stem(self) -> str:
        """The stem it belongs to."""
        return _STEMS.get(self.part, self.part)


@dataclass(frozen=True, slots=True)
class Preset:
    """``tempo``: from and to. ``swing``: how late every second sixteenth is, as a share of one."""

    id: str
    title: str
    mood: str
    tempo: tuple[float, float]
    groove: str
    layers: tuple[Layer, ...]
    colour: str = "plain"
    swing: float = 0.0
    loose_s: float = 0.006
    room_s: float = 1.2
    high_hz: float = 14_000.0
    air_db: float = 0.0

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems of its players, each once, in their order."""
        return tuple(dict.fromkeys(layer.stem for layer in self.layers))


@cache
def presets() -> Mapping[str, Preset]:
    """All presets, by their ids."""
    return MappingProxyType({row["id"]: _preset(row) for row in _file()["preset"]})


def of_mood(mood: str) -> tuple[str, ...]:
    """The presets that a mood has where none is named. Raises KeyError."""
    return tuple(_file()["of_mood"][mood])


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(resource("music", "presets.toml").read_text(encoding="utf-8"))


def _preset(row: Mapping[str, Any]) -> Preset:
    low, high = row["tempo"]
    layers = tuple(_layer(layer) for layer in row["layers"])
    return Preset(**{**row, "tempo": (float(low), float(high)), "layers": layers})


def _layer(row: Mapping[str, Any]) -> Layer:
    of_voice = {one.name for one in fields(Voice)}
    voice = Voice(**{name: value for name, value in row.items() if name in of_voice})
    return Layer(voice=voice, **{name: value for name, value in row.items() if name not in of_voice})
