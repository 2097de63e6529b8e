"""Small waves of the sounds in sight: listened to off the GUI thread, one at a time, and kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import ZERO, TimeRange
from viralclip_desktop.features.layer_sound import listen

if TYPE_CHECKING:
    from viralclip_desktop.core.paths import DataPaths
    from viralclip_desktop.domain.assets import Asset
    from viralclip_desktop.gui.bridge.context import Context

BARS = 160
_MOST_WAITING = 40  # about what two screens show; who scrolls on wants others
_LOUDEST = 255

Wave = bytes
"""How far each of some bars reaches, 0..255."""


def wave_of(paths: DataPaths, path: Path, cancel: CancelToken) -> Wave:
    """The wave of a sound file; its loudest bar reaches all the way. Raises Faults and Cancelled."""
    import numpy as np

    sound = listen(paths, path, cancel)
    swing = np.abs(sound.peaks.between(TimeRange(ZERO, sound.length), BARS)).max(axis=1)
    loudest = max(float(swing.max()), 1e-4)
    return bytes((swing / loudest * _LOUDEST).astype(np.uint8))


class Waves(QObject):
    """``get`` answers at once with what is there and asks for what is not; ``arrived`` carries the id of the
    asset whose wave came."""

    arrived = Signal(str)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._kept: dict[str, Wave] = {}
        self._waiting: dict[str, Asset] = {}
        self._busy = False

    def get(self, asset: Asset) -> Wave | None:
        """The wave of a file, empty for one that cannot be heard; None while it is looked for."""
        key = asset.fingerprint or asset.id
        if key in self._kept:
            return self._kept[key]
        self._waiting.pop(key, None)
        self._waiting[key] = asset
        while len(self._waiting) > _MOST_WAITING:
            del self._waiting[next(iter(self._waiting))]
        self._next()
        return None

    def _next(self) -> None:
        if self._busy or not self._waiting:
            return
        key, asset = self._waiting.popitem()  # what was asked for last is in sight
        self._busy, paths, cancel = True, self._context.services.paths, CancelToken()
        self._context.pictures.run(
            lambda: wave_of(paths, Path(asset.path), cancel),
            lambda wave: self._keep(key, asset.id, wave),
            lambda error: self._give_up(key, asset.id, error),
            cancel,
        )

    def _give_up(self, key: str, asset_id: str, error: Exception) -> None:
        """A file that is gone is told by its row."""
        self._keep(key, asset_id, b"")
        if not isinstance(error, Fault):
            self._context.trouble(error)

    def _keep(self, key: str, asset_id: str, wave: Wave) -> None:
        self._busy = False
        self._kept[key] = wave
        self.arrived.emit(asset_id)
        self._next()
