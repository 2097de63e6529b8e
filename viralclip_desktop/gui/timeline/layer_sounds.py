"""Waves and beats of the files laid under a clip: listened to off the GUI thread, one at a time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.domain.layers import EffectLayer, Layer, MusicLayer, VoiceLayer
from viralclip_desktop.features.layer_sound import listen

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
        sounds = MusicLayer | VoiceLayer | EffectLayer
        wanted = dict.fromkeys(layer.asset_id for layer in layers if isinstance(layer, sounds))
        self._failed &= set(wanted)
        self._wanted = [
            asset_id for asset_id in wanted if asset_id not in self.known and asset_id not in self._failed
        ]
        if self._listening is not None and self._listening[0] not in wanted:
            self._listening[1].cancel()
        self._next()

    def _next(self) -> None:
        if self._listening is not None or not self._wanted:
            return
        asset_id, cancel, services = self._wanted.pop(0), CancelToken(), self._context.services
        self._listening = (asset_id, cancel)
        self._context.tasks.run(
            lambda: listen(services.paths, Path(services.store.asset(asset_id).path), cancel),
            lambda sound: self._keep(asset_id, sound),
            lambda error: self._give_up(asset_id, error),
            cancel,
        )

    def _keep(self, asset_id: str, sound: LayerSound) -> None:
        self._listening = None
        self.known[asset_id] = sound
        while len(self.known) > _MOST_KEPT:
            del self.known[next(iter(self.known))]
        self.arrived.emit()
        self._next()

    def _give_up(self, asset_id: str, error: Exception) -> None:
        """A file that is gone is reported by the player and the panels; here only its wave is missing."""
        cancelled = self._listening is not None and self._listening[1].cancelled
        self._listening = None
        if not cancelled:
            self._failed.add(asset_id)
            if not isinstance(error, Fault):
                self._context.trouble(error)
        self._next()
