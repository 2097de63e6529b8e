"""Which font the window speaks in: the system's own, or a readable one where the system has none."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from viralclip_desktop.core.resources import resource
from viralclip_desktop.gui.theme import tokens

_PREFERRED = ("Inter", "Noto Sans", "Cantarell", "Ubuntu", "Roboto", "Open Sans", "Liberation Sans", "Arial")
_GENERIC = {"", "sans serif", "sans", "dejavu sans", "bitstream vera sans", "helvetica", "system", "fixed"}
"""Names a Linux desktop without a configured UI font answers with."""
_THAI = ("Leelawadee UI", "Thonburi", "ViralClip Thai")
"""For the letters most interface fonts lack, a system's own first; the last one is bundled: Noto Sans
Thai UI, whose marks fit in a line of Latin text, on an em of 900 units in place of 1000 (and lines as high as
before), so that its letters are as large as Inter's."""


def add_bundled_fonts() -> list[str]:
    """Make the bundled UI font known to Qt, and the captions' fonts for titles in other scripts (30 ms).

    Returns the families of the UI font.
    """
    for path in sorted(resource("fonts").glob("NotoSans*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    if not any("emoji" in family.lower() for family in QFontDatabase.families()):
        QFontDatabase.addApplicationFont(str(resource("fonts", "NotoEmoji-Bold.ttf")))
    families: list[str] = []
    for path in sorted(resource("themes").glob("Inter-*.otf")):
        number = QFontDatabase.addApplicationFont(str(path))
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families


def add_thai_font() -> None:
    """Make the bundled font for Thai known to Qt (2 ms)."""
    for path in sorted(resource("themes").glob("ViralClipThai-*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def choose_family(system: str, installed: list[str], bundled: list[str]) -> str:
    """The family to use: the system's unless it is a generic stand-in, then the first good one."""
    if system.lower() not in _GENERIC:
        return system
    for family in (*bundled, *_PREFERRED):
        if family in bundled or family in installed:
            return family
    return system


def interface_font() -> QFont:
    """The body font of the window (13 px)."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    add_thai_font()
    if font.family().lower() in _GENERIC:
        font = QFont(choose_family(font.family(), QFontDatabase.families(), add_bundled_fonts()))
    font.setFamilies([font.family(), *_THAI])
    font.setPixelSize(tokens.TYPE_BODY)
    return font


def sized(font: QFont, size_px: int, strong: bool = False, tabular: bool = False) -> QFont:
    """A copy of ``font`` at another size and weight; ``tabular`` gives digits of one width."""
    result = QFont(font)
    result.setPixelSize(size_px)
    result.setWeight(QFont.Weight(tokens.WEIGHT_STRONG if strong else tokens.WEIGHT_REGULAR))
    if tabular:
        result.setFeature(QFont.Tag("tnum"), 1)
    return result
