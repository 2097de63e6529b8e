"""Icons of one family (Phosphor, as carried by QtAwesome), in the colours of the theme."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtGui import QIcon


@cache
def _font() -> Any:
    """Only the Phosphor font is loaded: all of QtAwesome's would cost a quarter of a second at start."""
    import qtawesome
    from qtawesome.iconic_font import IconicFont

    folder = Path(qtawesome.__file__).parent / "fonts"
    font = next(folder.glob("phosphor-[0-9]*.ttf"))
    charmap = next(folder.glob("phosphor-charmap-*.json"))
    return IconicFont(("ph", font.name, charmap.name))


@cache
def icon(name: str, colour: str, disabled: str = "#808080") -> QIcon:
    """One icon, such as ``play`` or ``play-fill``, in a colour ``#RRGGBB``."""
    made: QIcon = _font().icon(f"ph.{name}", color=colour, color_disabled=disabled)
    return made
