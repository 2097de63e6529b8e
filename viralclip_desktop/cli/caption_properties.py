"""Properties of captions as they are typed: ``size=0.07``, ``fill=#FFCC00``, ``animation=pop``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.domain.properties.captions import BY_FIELD
from viralclip_desktop.domain.properties.rows import Choice, Colour, Number, OnOff, Property, Words

if TYPE_CHECKING:
    from viralclip_desktop.domain.captions import CaptionStyle

PROPERTY_HELP = "one property, such as size=0.07 (repeatable); “viralclip styles show STYLE” has all"
_TRUE, _FALSE = frozenset({"on", "yes", "true", "1"}), frozenset({"off", "no", "false", "0"})


def adjusted(style: CaptionStyle, typed: Sequence[str]) -> CaptionStyle:
    """A style with other properties. Raises :class:`UsageError` naming what cannot be used."""
    for text in typed:
        name, equals, value = text.partition("=")
        name = name.strip().replace("-", "_")
        row = BY_FIELD.get(name)
        if not equals or row is None:
            known = ", ".join(sorted(BY_FIELD))
            raise UsageError(f"There is no caption property “{name}”.", f"Known ones: {known}.")
        try:
            style = replace(style, **{row.field: _value(row, value.strip())})
        except ValueError as error:
            hint = _hint(row, getattr(style, row.field))
            raise UsageError(f"“{value}” cannot be used for {name}.", hint) from error
    return style


def _value(row: Property, text: str) -> Any:
    if isinstance(row, OnOff):
        if text.lower() not in _TRUE | _FALSE:
            raise ValueError(text)
        return text.lower() in _TRUE
    if isinstance(row, Number):
        return _within(row, int(text) if row.whole else float(text))
    if isinstance(row, Words):
        return tuple(word.strip() for word in text.split(",") if word.strip())
    if isinstance(row, Choice):
        return row.kind(text)
    return _colour(text) if isinstance(row, Colour) else text


def _within(row: Number, value: float) -> float:
    if not row.low <= value <= row.high:  # not a number is neither
        raise ValueError(value)
    return value


def _colour(text: str) -> str:
    if text.casefold() == "none":
        return "#00000000"
    digits = text.removeprefix("#")
    if len(digits) not in (6, 8) or set(digits.upper()) - set("0123456789ABCDEF"):
        raise ValueError(text)
    return f"#{digits.upper()}"


def _hint(row: Property, now: Any) -> str:
    if isinstance(row, OnOff):
        return "Say on or off."
    if isinstance(row, Choice):
        return f"Choose one of: {', '.join(str(choice.value) for choice in row.kind)}."
    if isinstance(row, Number):
        return f"Give a number from {row.low:g} to {row.high:g}; it is {now:g} now."
    return "Write #RRGGBB or #RRGGBBAA, or none." if isinstance(row, Colour) else "Give some text."
