"""What actions and panels work with: everything the pages of one window share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMainWindow, QWidget

    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.images import Pictures
    from viralclip_desktop.gui.session.clip_session import ClipSession
    from viralclip_desktop.gui.session.guides import SafeArea
    from viralclip_desktop.gui.session.memory import WindowMemory
    from viralclip_desktop.gui.session.navigation import Navigation
    from viralclip_desktop.gui.session.player import Player
    from viralclip_desktop.gui.session.trail import Trail

Part = TypeVar("Part")


@dataclass
class Workspace:
    """One for each window."""

    window: QMainWindow
    context: Context
    session: ClipSession
    player: Player
    trail: Trail
    pictures: Pictures
    memory: WindowMemory
    navigation: Navigation
    safe_area: SafeArea
    actions: Mapping[str, QAction] = field(default_factory=dict)
    panel: Callable[[str], QWidget] = field(default=lambda _id: _no_panel())
    """A panel of the editor by its id, made now if it was never in sight."""
    _parts: dict[type, object] = field(default_factory=dict)

    def part(self, kind: type[Part], make: Callable[[], Part] | None = None) -> Part:
        """The window's one part of a kind (a page, a dialog), made now if it is not there yet.

        Raises :class:`LookupError` without it and without ``make``.
        """
        found = self._parts.get(kind)
        if not isinstance(found, kind):
            if make is None:
                raise LookupError(f"there is no {kind.__name__} yet")
            found = self._parts[kind] = make()
        return found

    def made(self, kind: type[Part]) -> Part | None:
        """The window's one part of a kind, if it was made."""
        found = self._parts.get(kind)
        return found if isinstance(found, kind) else None

    def keep(self, part: Part) -> Part:
        """Let others find a part by its kind."""
        self._parts[type(part)] = part
        return part

    def drop(self, kind: type[object]) -> None:
        """The part of a kind is gone: the next one asked for is made anew."""
        self._parts.pop(kind, None)


def _no_panel() -> QWidget:
    raise LookupError("the editor has no panels yet")
