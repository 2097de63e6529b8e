"""Which app's screen is laid over the picture as a guide."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.memory import WindowMemory


class Platform(StrEnum):
    """The apps whose screens are known."""

    TIKTOK = "tiktok"
    REELS = "reels"
    SHORTS = "shorts"


class SafeArea(QObject):
    """The choice of a platform, kept over restarts; the preview paints it, panels and actions switch it."""

    changed = Signal(object)
    """The platform shown, or None."""

    def __init__(self, memory: WindowMemory, parent: QObject) -> None:
        super().__init__(parent)
        self._memory = memory
        last = memory.safe_area
        self._last = Platform(last) if last in set(Platform) else Platform.TIKTOK
        self.platform = self._last if memory.safe_area_shown and last in set(Platform) else None

    def show_platform(self, platform: Platform | None) -> None:
        """Show what an app covers; None for nothing."""
        if platform is not self.platform:
            self.platform = platform
            self._last = platform or self._last
            self._memory.keep_safe_area(self._last, shown=platform is not None)
            self.changed.emit(platform)

    def switch(self, on: bool) -> None:
        """Show the app shown last, or nothing."""
        self.show_platform(self._last if on else None)
