"""The fonts one can choose for captions: those that ship, those of a brand, those of the system."""

from __future__ import annotations

from collections.abc import Sequence

from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.search_drop_down import Choice


def font_choices(brand_fonts: Sequence[str] = ()) -> list[Choice]:
    """Families and words for them, bundled ones first. ``brand_fonts`` are names of a brand's own."""
    from PySide6.QtGui import QFontDatabase

    from viralclip_desktop.compose.captions.fonts import DISPLAY_FONTS, GENERAL

    bundled = [font.name for font in (*DISPLAY_FONTS, GENERAL)]
    known = {name.casefold() for name in (*bundled, *brand_fonts)}
    system = [
        family
        for family in QFontDatabase.families()
        if family.casefold() not in known and not QFontDatabase.isPrivateFamily(family)
    ]
    return [
        *((name, tr("{font} (brand)", font=name)) for name in brand_fonts),
        *((name, name) for name in bundled),
        *((name, tr("{font} (system)", font=name)) for name in system),
    ]
