"""Properties of captions as they are typed: ``size=0.07``, ``fill=#FFCC00``, ``animation=pop``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.errors import UsageError

if TYPE_CHECKING:
    from viralclip_desktop.domain.captions import CaptionStyle

PROPERTY_HELP = "one property, such as size=0.07 (repeatable); “viralclip styles show STYLE” has all"
_NAMED_BY_OTHERS = frozenset({"id", "label"})
_TRUE, _FALSE = frozenset({"on", "yes", "true", "1"}), frozenset({"off", "no", "false", "0"})


def adjusted(style: CaptionStyle, typed: Sequence[str]) -> CaptionStyle:
    """A style with other properties. Raises :class:`UsageError` naming what cannot be used."""
    from viralclip_desktop.compose.captions.presets import style_from_data, style_to_data

    data = style_to_data(style)
    for text in typed:
        name, equals, value = text.partition("=")
        name = name.strip().replace("-", "_")
        if not equals or name in _NAMED_BY_OTHERS or name not in data:
            known = ", ".join(sorted(set(data) - _NAMED_BY_OTHERS))
            raise UsageError(f"There is no caption property “{name}”.", f"Known ones: {known}.")
        try:
            data[name] = _value(data[name], value.strip())
            data = style_to_data(style_from_data(data))
        except (ValueError, TypeError) as error:
            raise UsageError(f"“{value}” cannot be used for {name}.", _hint(style, name)) from error
    return replace(style_from_data(data), id=style.id, label=style.label)


def _value(old: Any, text: str) -> Any:
    """Typed text as the kind of value that is there now."""
    if isinstance(old, bool):
        if text.lower() not in _TRUE | _FALSE:
            raise ValueError(text)
        return text.lower() in _TRUE
    if isinstance(old, list):
        return [word.strip() for word in text.split(",") if word.strip()]
    if isinstance(old, int):
        return _held(int(text))
    if isinstance(old, float):
        return _held(float(text))
    return _colour(text) if old.startswith("#") else text


def _held(value: float) -> float:
    if not -1000 <= value <= 1000:  # not a number, or one that no picture has room for
        raise ValueError(value)
    return value


def _colour(text: str) -> str:
    if text.casefold() == "none":
        return "#00000000"
    digits = text.removeprefix("#")
    if len(digits) not in (6, 8) or set(digits.upper()) - set("0123456789ABCDEF"):
        raise ValueError(text)
    return f"#{digits.upper()}"


def _hint(style: CaptionStyle, name: str) -> str:
    now = getattr(style, name)
    if isinstance(now, bool):
        return "Say on or off."
    kind = type(now)
    if hasattr(kind, "__members__"):
        return f"Choose one of: {', '.join(member.value for member in kind)}."
    if isinstance(now, int | float):
        return f"Give a number; it is {now:g} now."
    return "Write #RRGGBB or #RRGGBBAA, or none." if str(now).startswith("#") else "Give some text."
