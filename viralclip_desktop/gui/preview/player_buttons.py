"""Buttons that show what the player does: playing or not, heard or muted."""

from __future__ import annotations

from PySide6.QtGui import QAction

from viralclip_desktop.gui.session.player import Player
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import ActionButton, IconButton, on_click


class PlayButton(ActionButton):
    """Plays or pauses."""

    def __init__(self, player: Player, action: QAction) -> None:
        super().__init__(action, "play-fill")
        player.playing_changed.connect(self._show)
        self._show(player.playing)

    def _show(self, playing: bool) -> None:
        self.set_icon("pause-fill" if playing else "play-fill")


class SoundButton(IconButton):
    """Switches the sound of the preview off and on."""

    def __init__(self, player: Player) -> None:
        super().__init__("speaker-high", tr("Mute"))
        self._player = player
        on_click(self, lambda: player.mute(not player.muted))
        player.muted_changed.connect(self._show)
        player.volume_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        muted = self._player.muted
        quiet = "speaker-low" if self._player.volume < 0.5 else "speaker-high"
        self.set_icon("speaker-slash" if muted else quiet)
        self.set_name(tr("Sound on") if muted else tr("Mute"))
