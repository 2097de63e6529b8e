"""The audio panel: music under a clip and voice beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir
from PySide6.QtWidgets import QFileDialog, QWidget

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip, Layer, LayerKind
from viralclip_desktop.gui.audio.layer_card import LayerCard
from viralclip_desktop.gui.audio.own_sound import OwnSound
from viralclip_desktop.gui.common.dropping import START_DB, START_DUCK_DB
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.file_field import SOUNDS, VIDEOS, file_filter
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, reveal_card, row, scrolled

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.images import Pictures
    from viralclip_desktop.gui.session.clip_session import ClipSession
    from viralclip_desktop.gui.session.player import Player

_SOUND = (LayerKind.MUSIC, LayerKind.VOICE)
_START_FADE = Time.from_seconds(1.0)


class AudioPanel(QWidget):
    """Shows the sound layers of the selected clip as cards. Music starts with the clip, a voice at the
    playhead."""

    def __init__(self, session: ClipSession, context: Context, _pictures: Pictures, player: Player) -> None:
        super().__init__()
        self._session, self._context, self._player = session, context, player
        self.cards: dict[str, LayerCard] = {}
        self.own = OwnSound(session)
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
                self.own,
                label(tr("Music and voice"), "section"),
                buttons,
                self.empty,
                self._list,
                None,
                gap=12,
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
        layers = [layer for layer in clip.layers if layer.kind in _SOUND] if clip is not None else []
        wanted = {layer.id for layer in layers}
        for layer_id in [one for one in self.cards if one not in wanted]:
            card = self.cards.pop(layer_id)
            self._list.removeWidget(card)
            card.deleteLater()
        for layer in layers:
            if layer.id in self.cards:
                self.cards[layer.id].show_layer(layer)
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
        at = self._player.clip_position if kind is LayerKind.VOICE else ZERO

        def look() -> Time:
            from viralclip_desktop.media.probe import probe

            info = probe(path)
            if not info.audio:
                message = tr("There is no sound in “{name}”.", name=path.name)
                raise BadInput(message, tr("Choose another file."))
            return info.duration

        self._context.tasks.run(look, lambda length: self._put(path, kind, at, length))

    def _put(self, path: Path, kind: LayerKind, at: Time, length: Time) -> None:
        clip = self._session.clip
        if clip is None:
            return
        start = at.clamped(ZERO, clip.duration)  # music goes on to the end of the clip: it loops
        end = clip.duration if kind is LayerKind.MUSIC else min(clip.duration, start + length)
        layer = Layer(
            id=new_id("layer"),
            kind=kind,
            path=str(path),
            range=TimeRange(start, end),
            volume_db=START_DB[kind],
            fade=_START_FADE if kind is LayerKind.MUSIC else ZERO,
            duck_db=START_DUCK_DB if kind is LayerKind.MUSIC else 0.0,
        )
        self._session.put_layer(layer)

    def _add_card(self, layer: Layer) -> None:
        card = LayerCard(layer)
        self.cards[layer.id] = card
        self._list.addWidget(card)
        card.changed.connect(self._session.put_layer)
        card.removed.connect(self._session.remove_layer)
        card.found.connect(self._player.seek)

    def _refresh(self, clip: Clip) -> None:
        if self._session.clip is not None and clip.id == self._session.clip.id:
            self.show_clip(clip)

    def _ask(self, kind: LayerKind) -> None:
        title = tr("Add music") if kind is LayerKind.MUSIC else tr("Add a voice")
        offered = file_filter(tr("Sound and video"), f"{SOUNDS} {VIDEOS}")
        path, _ = QFileDialog.getOpenFileName(self, title, QDir.homePath(), offered)
        if path:
            self.add_file(Path(path), kind)
