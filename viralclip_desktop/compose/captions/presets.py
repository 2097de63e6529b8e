"""Caption presets: data files in ``resources/captions``, one style each."""

from __future__ import annotations

import json
from dataclasses import fields
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.resources import resource
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.properties.captions import BY_FIELD
from viralclip_desktop.domain.properties.rows import Choice

DEFAULT_STYLE = "karaoke"
_ORDER = (
    "karaoke", "pop", "box", "bold", "bounce", "marker", "neon", "reveal", "punch",
    "outline", "duo", "underline", "typewriter", "subtitle", "soft", "minimal",
)  # fmt: skip
"""How galleries show the presets; others follow by name."""
_ENUMS = {row.field: row.kind for row in BY_FIELD.values() if isinstance(row, Choice)}


def style_from_data(data: dict[str, Any]) -> CaptionStyle:
    """A style from JSON values. Raises ``ValueError`` or ``TypeError`` when a property is unknown,
    missing or has no such choice."""
    known = {field.name for field in fields(CaptionStyle)}
    unknown = sorted(set(data) - known)
    if unknown:
        raise ValueError(f"unknown caption properties: {', '.join(unknown)}")
    return CaptionStyle(**{name: _value(name, value) for name, value in data.items()})


def _value(name: str, value: Any) -> Any:
    if name in _ENUMS:
        return _ENUMS[name](value)
    return tuple(value) if isinstance(value, list) else value


def style_to_data(style: CaptionStyle) -> dict[str, Any]:
    """A style as JSON values, the inverse of :func:`style_from_data`."""
    return {field.name: _plain(getattr(style, field.name)) for field in fields(style)}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value


@cache
def _presets() -> tuple[CaptionStyle, ...]:
    styles = [_read(path) for path in sorted(resource("captions").glob("*.json"))]
    rank = {style_id: number for number, style_id in enumerate(_ORDER)}
    return tuple(sorted(styles, key=lambda style: (rank.get(style.id, len(rank)), style.id)))


def _read(path: Path) -> CaptionStyle:
    return style_from_data(json.loads(path.read_text(encoding="utf-8")))


def caption_styles() -> dict[str, CaptionStyle]:
    """The presets by identifier, in the order galleries show them."""
    return {style.id: style for style in _presets()}


def caption_style(style_id: str) -> CaptionStyle:
    """One preset. Raises :class:`NotFound` for an unknown identifier."""
    styles = caption_styles()
    if style_id not in styles:
        raise NotFound(
            say("There is no caption style “{style_id}”.", style_id=style_id),
            say("Choose one of: {styles}.", styles=", ".join(styles)),
        )
    return styles[style_id]
