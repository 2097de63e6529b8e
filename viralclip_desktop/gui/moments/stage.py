"""The middle of the clips page: picture, transport, trim bar and the words at the cuts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.clip_time import nearest_clip_time, to_source_time
from viralclip_desktop.features.editing import trim_clip
from viralclip_desktop.gui.common.snapping import WordEdges
from viralclip_desktop.gui.moments.edge_words import EdgeWords
from viralclip_desktop.gui.moments.trim_bar import TrimBar
from viralclip_desktop.gui.preview.picture import PictureView
from viralclip_desktop.gui.preview.preview_panel import connect_picture
from viralclip_desktop.gui.preview.transport import Transport
from viralclip_desktop.gui.session.clip_session import ClipSession, Loaded
from viralclip_desktop.gui.session.player import Player
from viralclip_desktop.gui.widgets.layout import column, row

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context


class ClipStage(QWidget):
    """Joins the session's clip, the window's player and the trim bar."""

    def __init__(
        self, session: ClipSession, context: Context, player: Player, actions: Mapping[str, QAction]
    ) -> None:
        super().__init__()
        self._session = session
        self.player = player
        self.picture = PictureView()
        connect_picture(self.picture, player, context)
        self.transport = Transport(self.player, actions)
        self.trim = TrimBar(context)
        self.words_in, self.words_out = EdgeWords("in"), EdgeWords("out")
        words = row(self.words_in, self.words_out, gap=16)
        self._below = column(self.transport, self.trim, words, gap=4, margins=(16, 8, 16, 8))
        layout = column(self.picture, self._below, gap=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self._edge = ""
        self._connect()

    def set_point(self, edge: str) -> None:
        """Put the in or the out point where the playhead is."""
        clip = self._session.clip
        if clip is not None:
            self.trim.move_edge(edge, to_source_time(clip, self.player.position))

    @property
    def below_picture_px(self) -> int:
        """Height of everything below the picture: messages stay clear of it."""
        return self._below.sizeHint().height()

    def _connect(self) -> None:
        session, player = self._session, self.player
        session.opened.connect(self._show_recording)
        session.reread.connect(self._show_recording)
        session.selected.connect(self._show_clip)
        session.clip_changed.connect(self._refresh)
        player.moved.connect(self._show_playhead)
        self.trim.trimmed.connect(self._trimmed)
        self.trim.sought.connect(self._seek_source)
        for words in (self.words_in, self.words_out):
            words.chosen.connect(self.trim.move_edge)

    def _show_recording(self, loaded: Loaded) -> None:
        words = loaded.transcript.words if loaded.transcript else ()
        edges = WordEdges(words)
        self.trim.show_source(loaded.peaks, loaded.source.info.duration, edges)
        if loaded.source.info.video is not None:
            self.trim.frame = Time.from_frames(1, loaded.source.info.video.fps)
        self.words_in.show_words(words, edges)
        self.words_out.show_words(words, edges)

    def _show_clip(self, clip: Clip | None) -> None:
        self.trim.setVisible(clip is not None)
        if clip is None:
            self.picture.show_message("")
            return
        self.trim.show_range(clip.range, new_clip=True)
        self._show_cuts(clip.range.start, clip.range.end)

    def _refresh(self, clip: Clip) -> None:
        if self._session.clip is not None and clip.id == self._session.clip.id:
            self._look_at_edge()
            self.trim.show_range(clip.range, new_clip=False)
            self._show_cuts(self.trim.range.start, self.trim.range.end)

    def _trimmed(self, start: Time, end: Time, edge: str, gesture: int) -> None:
        self._edge = edge
        self._show_cuts(start, end)
        self._session.edit(trim_clip, start, end, gesture=f"trim-{edge}-{gesture}")

    def _look_at_edge(self) -> None:
        """After a trim the player stands where the change can be judged."""
        clip = self._session.clip
        if not self._edge or clip is None:
            return
        edge, self._edge = self._edge, ""
        if not self.player.playing:
            end = clip.duration - Time.from_seconds(0.05)
            self.player.go_when_planned(ZERO if edge == "in" else max(ZERO, end))

    def _show_cuts(self, start: Time, end: Time) -> None:
        self.words_in.show_cut(start)
        self.words_out.show_cut(end)

    def _seek_source(self, at: Time) -> None:
        clip = self._session.clip
        if clip is not None:
            self.player.seek(nearest_clip_time(clip, at))

    def _show_playhead(self, position: Time) -> None:
        clip = self._session.clip
        self.trim.show_playhead(to_source_time(clip, position) if clip else None)
