"""The recording's own sound in a clip: whether it is heard, and how loud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.mix import MUTE_DB
from viralclip_desktop.domain.properties.sound import OWN_VOLUME
from viralclip_desktop.features.editing import set_original_volume
from viralclip_desktop.gui.common.property_controls import property_slider
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.controls import Switch
from viralclip_desktop.gui.widgets.layout import column
from viralclip_desktop.gui.widgets.setting_row import setting_row

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.clip_session import ClipSession

_NAME_PX = 68


class OwnSound(QFrame):
    """A switch and a slider, stored as they move; hidden for a recording without sound."""

    def __init__(self, session: ClipSession) -> None:
        super().__init__()
        self._session = session
        self.setProperty("role", "card")
        self.setAccessibleName(tr("Original sound"))
        self.heard = Switch(tr("Original sound"))
        self.volume = property_slider(OWN_VOLUME, 0)
        self.volume.field.setFixedWidth(72)
        self._volume_row = setting_row(tr("Volume"), self.volume, name_px=_NAME_PX)
        top = setting_row(tr("Original sound"), self.heard, wide=False, name_px=150)
        self.setLayout(column(top, self._volume_row, gap=6, margins=(12, 10, 12, 10)))
        self.heard.clicked.connect(lambda on: self._set(0.0 if on else MUTE_DB))
        self.volume.scaled.connect(lambda value, gesture: self._set(value, f"own-sound-{gesture}"))

    def show_clip(self, clip: Clip | None) -> None:
        """The clip as it is stored."""
        loaded = self._session.loaded
        self.setVisible(loaded is None or loaded.source.audio is not None)
        if clip is not None:
            self.heard.setChecked(clip.original_volume_db > MUTE_DB)
            self._volume_row.setVisible(clip.original_volume_db > MUTE_DB)
            self.volume.show_number(clip.original_volume_db)

    def _set(self, volume_db: float, gesture: str | None = None) -> None:
        self._session.edit(set_original_volume, volume_db, gesture=gesture)
