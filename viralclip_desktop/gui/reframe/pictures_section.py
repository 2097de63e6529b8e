"""The pictures and films over a clip, as cards: a section of the frame panel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir
from PySide6.QtWidgets import QFileDialog, QWidget

from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.layers import LayerKind, PictureLayer
from viralclip_desktop.features.editing import put_layer, remove_layer
from viralclip_desktop.gui.common.dropping import lay, layers_at, look
from viralclip_desktop.gui.reframe.picture_card import PictureCard
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.file_field import PICTURES, VIDEOS, file_filter
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.common.dropping import Looked
    from viralclip_desktop.gui.session.clip_session import ClipSession
    from viralclip_desktop.gui.session.player import Player


class PicturesSection(QWidget):
    """Follows the selected clip. What is new begins at the playhead: a still in a corner, a film over all."""

    def __init__(self, session: ClipSession, context: Context, player: Player) -> None:
        super().__init__()
        self._session, self._context, self._player = session, context, player
        self.cards: dict[str, PictureCard] = {}
        self._length = ZERO
        self.add = Button(tr("Add a picture or video"), icon="image")
        words = tr("Pictures and videos laid over the clip, without their sound.")
        self.empty = label(words, "note", wrap=True)
        self._list = column(gap=12)
        title = label(tr("Pictures and overlays"), "section")
        self.setLayout(column(title, self.add, self.empty, self._list, gap=12))
        on_click(self.add, self._ask)
        session.selected.connect(self.show_clip)
        session.clip_changed.connect(self._refresh)
        self.show_clip(session.clip)

    def show_clip(self, clip: Clip | None) -> None:
        """The clip as it is stored."""
        layers = [one for one in clip.layers if isinstance(one, PictureLayer)] if clip is not None else []
        length = clip.duration if clip is not None else ZERO
        kept = {layer.id for layer in layers} if length == self._length else set()
        self._length = length  # the sliders of time reach as far
        for layer_id in self.cards.keys() - kept:
            card = self.cards.pop(layer_id)
            self._list.removeWidget(card)
            card.deleteLater()
        for layer in layers:
            if clip is not None and layer.id in self.cards:
                self.cards[layer.id].show_layer(layer, float(clip.aspect.ratio))
            elif clip is not None:
                self._add_card(layer, clip)
        self.empty.setVisible(not layers)

    def add_file(self, path: Path) -> None:
        """Lay a file over the clip from the playhead on; trouble with it is reported."""
        clip, at, store = self._session.clip, self._player.clip_position, self._context.services.store
        if clip is not None:
            self._context.tasks.run(
                lambda: look(store, [path], LayerKind.PICTURE), lambda looked: self._put(clip, at, looked)
            )

    def _put(self, clip: Clip, at: Time, looked: Looked) -> None:
        for fault in looked.refused.values():
            self._context.trouble(fault)
        if looked.found:
            lay(self._session, clip, layers_at(looked.found, at, self._session.newest(clip)))

    def _add_card(self, layer: PictureLayer, clip: Clip) -> None:
        path = self._session.file_of(layer.asset_id)
        card = PictureCard(layer, path, clip.duration.seconds, float(clip.aspect.ratio))
        self.cards[layer.id] = card
        self._list.addWidget(card)
        card.changed.connect(self._changed)
        card.removed.connect(lambda layer_id: self._session.edit(remove_layer, layer_id))
        card.found.connect(self._player.seek)
        self._ask_for_ratio(layer, path)

    def _ask_for_ratio(self, layer: PictureLayer, path: str) -> None:
        """A corner follows from the picture's shape, which is in its file."""

        def read() -> float:
            from viralclip_desktop.media.layer_files import examine

            video = examine(Path(path)).video
            return float(video.size.ratio) if video is not None else 1.0

        def show(ratio: float) -> None:
            if layer.id in self.cards:
                self.cards[layer.id].show_ratio(ratio)

        def missing(_error: Exception) -> None:
            """The card says so itself."""

        self._context.tasks.run(read, show, missing)

    def _changed(self, layer: PictureLayer, gesture: str) -> None:
        key = f"{layer.id}-{gesture}" if gesture else None
        self._session.edit(put_layer, layer, gesture=key)

    def _refresh(self, clip: Clip) -> None:
        if self._session.clip is not None and clip.id == self._session.clip.id:
            self.show_clip(clip)

    def _ask(self) -> None:
        offered = file_filter(tr("Pictures and video"), f"{PICTURES} {VIDEOS}")
        title = tr("Add a picture or video")
        path, _ = QFileDialog.getOpenFileName(self, title, QDir.homePath(), offered)
        if path:
            self.add_file(Path(path))
