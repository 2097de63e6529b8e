"""The audio panel: music under a clip and voice beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir
from PySide6.QtWidgets import QFileDialog, QWidget

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.assets import Asset
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits.new_layers import asset_kind, new_layer, range_of
from viralclip_desktop.domain.layers import EffectLayer, LayerKind, MusicLayer, SoundLayer, VoiceLayer
from viralclip_desktop.features.editing import put_layer, remove_layer
from viralclip_desktop.gui.audio.layer_card import LayerCard
from viralclip_desktop.gui.audio.own_sound import OwnSound
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.columns import TwoColumns
from viralclip_desktop.gui.widgets.file_field import SOUNDS, VIDEOS, file_filter
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, reveal_card, row, scrolled

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.images import Pictures
    from viralclip_desktop.gui.session.clip_session import ClipSession
    from viralclip_desktop.gui.session.player import Player

_SOUND = (MusicLayer, VoiceLayer, EffectLayer)


class AudioPanel(QWidget):
    """Shows the sound layers of the selected clip as cards. Music starts with the clip, a voice at the
    playhead."""

    def __init__(self, session: ClipSession, context: Context, _pictures: Pictures, player: Player) -> None:
        super().__init__()
        self._session, self._context, self._player = session, context, player
        self.cards: dict[str, LayerCard] = {}
        self.own = OwnSound(session, context)
        self.add_music = Button(tr("Add music"), icon="music-notes")
        self.add_voice = Button(tr("Add a voice"), icon="microphone")
        self.empty = label(
            tr("Music lies under the speech and goes down while somebody talks; a voice is heard beside it."),
            "quiet",
            wrap=True,
        )
        self._list = column(gap=12)
        buttons = row(gap=8)
        buttons.addWidget(self.add_music, 1)
        buttons.addWidget(self.add_voice, 1)
        content = QWidget()
        content.setLayout(
            column(
                TwoColumns(
                    column(self.own),
                    column(label(tr("Music and voice"), "section"), buttons, self.empty, self._list, gap=12),
                ),
                None,
                margins=(16, 16, 16, 16),
            )
        )
        self.area = scrolled(content)
        self.setLayout(column(self.area))
        on_click(self.add_music, lambda: self._ask(LayerKind.MUSIC))
        on_click(self.add_voice, lambda: self._ask(LayerKind.VOICE))
        session.selected.connect(self.show_clip)
        session.clip_changed.connect(self._refresh)
        self.show_clip(session.clip)

    def show_clip(self, clip: Clip | None) -> None:
        """The clip as it is stored."""
        self.setEnabled(clip is not None)
        self.own.show_clip(clip)
        layers = [layer for layer in clip.layers if isinstance(layer, _SOUND)] if clip is not None else []
        wanted = {layer.id for layer in layers}
        for layer_id in [one for one in self.cards if one not in wanted]:
            card = self.cards.pop(layer_id)
            self._list.removeWidget(card)
            card.deleteLater()
        for layer in layers:
            if layer.id in self.cards:
                self.cards[layer.id].show_layer(layer, self._session.file_of(layer.asset_id))
            else:
                self._add_card(layer)
        self.empty.setVisible(not layers)

    def show_layer(self, layer_id: str) -> None:
        """Bring a sound's card into view, ready for the keyboard."""
        card = self.cards.get(layer_id)
        if card is not None:
            reveal_card(self.area, card, card.volume.field)

    def add_file(self, path: Path, kind: LayerKind) -> None:
        """Lay a sound file under or beside the clip. The file is looked at off the GUI thread; trouble with
        it is reported."""
        clip, store = self._session.clip, self._context.services.store
        if clip is None:
            return
        at = self._player.clip_position if kind is LayerKind.VOICE else ZERO

        def look() -> Asset:
            from viralclip_desktop.features.common.assets import add_file
            from viralclip_desktop.media.layer_files import examine

            if not examine(path).audio:
                message = tr("There is no sound in “{name}”.", name=path.name)
                raise BadInput(message, tr("Choose another file."))
            return add_file(store, path, asset_kind(kind, moving=True))

        self._context.tasks.run(look, lambda asset: self._put(clip, asset, kind, at))

    def _put(self, clip: Clip, asset: Asset, kind: LayerKind, at: Time) -> None:
        within = range_of(kind, asset.duration, at, self._session.newest(clip).duration)
        self._session.do(put_layer, clip.id, new_layer(new_id("layer"), kind, asset.id, within))

    def _add_card(self, layer: SoundLayer) -> None:
        card = LayerCard(layer, self._session.file_of(layer.asset_id))
        self.cards[layer.id] = card
        self._list.addWidget(card)
        card.changed.connect(self._changed)
        card.removed.connect(lambda layer_id: self._session.edit(remove_layer, layer_id))
        card.found.connect(self._player.seek)

    def _changed(self, layer: SoundLayer, gesture: str) -> None:
        key = f"{layer.id}-{gesture}" if gesture else None
        self._session.edit(put_layer, layer, gesture=key)

    def _refresh(self, clip: Clip) -> None:
        if self._session.clip is not None and clip.id == self._session.clip.id:
            self.show_clip(clip)

    def _ask(self, kind: LayerKind) -> None:
        title = tr("Add music") if kind is LayerKind.MUSIC else tr("Add a voice")
        offered = file_filter(tr("Sound and video"), f"{SOUNDS} {VIDEOS}")
        path, _ = QFileDialog.getOpenFileName(self, title, QDir.homePath(), offered)
        if path:
            self.add_file(Path(path), kind)
