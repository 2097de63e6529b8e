"""Waves and beats of the files laid under a clip: listened to off the GUI thread, one at a time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.domain.clip import Layer, LayerKind

if TYPE_CHECKING:
    from viralclip_desktop.features.layer_sound import LayerSound
    from viralclip_desktop.gui.bridge.context import Context

_MOST_KEPT = 50  # files of the clips looked at lately


class LayerSounds(QObject):
    """``want`` names the layers on screen; ``known`` is what is known of their files so far."""

    arrived = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._wanted: list[str] = []
        self._failed: set[str] = set()
        self._listening: tuple[str, CancelToken] | None = None
        self.known: dict[str, LayerSound] = {}

    def want(self, layers: Iterable[Layer]) -> None:
        """The layers of the clip that shows; what was asked for other clips is dropped."""
        paths = dict.fromkeys(layer.path for layer in layers if layer.kind is not LayerKind.PICTURE)
        self._failed &= set(paths)
        self._wanted = [path for path in paths if path not in self.known and path not in self._failed]
        if self._listening is not None and self._listening[0] not in paths:
            self._listening[1].cancel()
        self._next()

    def _next(self) -> None:
        if self._listening is not None or not self._wanted:
            return
        path, cancel, desk = self._wanted.pop(0), CancelToken(), self._context.desk
        self._listening = (path, cancel)
        self._context.tasks.run(
            lambda: desk.layer_sound(Path(path), cancel),
            lambda sound: self._keep(path, sound),
            lambda error: self._give_up(path, error),
            cancel,
        )

    def _keep(self, path: str, sound: LayerSound) -> None:
        self._listening = None
        self.known[path] = sound
        while len(self.known) > _MOST_KEPT:
            del self.known[next(iter(self.known))]
        self.arrived.emit()
        self._next()

    def _give_up(self, path: str, error: Exception) -> None:
        """A file that is gone is reported by the player and the panels; here only its wave is missing."""
        cancelled = self._listening is not None and self._listening[1].cancelled
        self._listening = None
        if not cancelled:
            self._failed.add(path)
            if not isinstance(error, Fault):
                self._context.trouble(error)
        self._next()
