"""The player: which clip, which moment, playing or not. Pictures and sound come from the one graph."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QImage

from viralclip_desktop.core.errors import Cancelled
from viralclip_desktop.core.geometry import Aspect, Size, even
from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.gui.moments.seen import seen
from viralclip_desktop.gui.preview.playback import Playback
from viralclip_desktop.gui.preview.reader import Frame
from viralclip_desktop.gui.preview.stills import Stills, Wish

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket

_LONGEST_SIDE_PX = 1280  # more costs time and shows nothing on a preview
_RESIZE_MS = 120


def fitted(aspect: Aspect, room: QSize) -> Size:
    """The largest even picture of a shape within ``room`` (device pixels), held to preview size."""
    ratio = float(aspect.ratio)
    height = max(64.0, min(room.height(), room.width() / ratio))
    longest = max(height, height * ratio)
    scale = min(1.0, _LONGEST_SIDE_PX / longest)
    return Size(even(math.floor(height * ratio * scale)), even(math.floor(height * scale)))


class Player(QObject):
    """Position and state, in clip time. Never shows a frame of an older state of the clip as current."""

    pictured = Signal(QImage)
    moved = Signal(object)
    """The position, a :class:`Time` in clip time."""
    playing_changed = Signal(bool)
    plan_changed = Signal(object)
    failed = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.clip: Clip | None = None
        self.plan: RenderPlan | None = None
        self.position = ZERO
        self.muted = False
        self._revision = 0
        self._room = QSize(540, 540)
        self._playback: Playback | None = None
        self._leaving: list[Playback] = []
        self._planning: Ticket | None = None
        self._resume = False
        self._wished: Wish | None = None
        self._shown: Wish | None = None
        self._stills = Stills(context, self)
        self._stills.arrived.connect(self._show_still)
        self._stills.failed.connect(self._fail)
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.setInterval(_RESIZE_MS)
        self._resized.timeout.connect(self._room_settled)

    # --- what is shown ---------------------------------------------------------------------------------

    @property
    def duration(self) -> Time:
        """Length of the clip."""
        return self.plan.duration if self.plan else ZERO

    @property
    def playing(self) -> bool:
        """Whether it plays, or will as soon as the plan is made."""
        return self._playback is not None or self._resume

    @property
    def playback(self) -> Playback | None:
        """The run of playing under way."""
        return self._playback

    @property
    def current(self) -> bool:
        """Whether the picture on screen is exactly the one that was asked for."""
        return self._wished is not None and self._shown == self._wished

    def show_clip(self, clip: Clip | None) -> None:
        """Show another clip from its start, or another state of the same one where it stands."""
        same = clip is not None and self.clip is not None and clip.id == self.clip.id
        before, self.clip = self.clip, clip
        if clip is None:
            self.pause()
            self.plan = None
            self._stills.forget()
            return
        if not same:
            self.pause()
            self.position = ZERO
        elif before is not None and seen(before) == seen(clip):
            return
        else:
            self._keep_place(before, clip)
        self._replan(clip)

    def set_room(self, room: QSize) -> None:
        """How large the picture may be, in device pixels."""
        if room != self._room:
            self._room = room
            self._resized.start()

    # --- moving ----------------------------------------------------------------------------------------

    def play(self) -> None:
        """Play from here, or from the start when at the end."""
        if self.plan is None or self.playing:
            return
        if self.position >= self._last_frame():
            self.position = ZERO
        self._start_playing()
        self.playing_changed.emit(True)

    def pause(self) -> None:
        """Stand still on the frame that shows."""
        was_playing, self._resume = self.playing, False
        if self._playback is not None:
            self._stop_playback()
        if was_playing:
            self.playing_changed.emit(False)
            self._want_still()

    def toggle(self) -> None:
        """Play or pause."""
        (self.pause if self.playing else self.play)()

    def seek(self, position: Time) -> None:
        """Go to the frame at a clip time; playing goes on from there."""
        if self.plan is None:
            return
        frame = position.nearest_frame(self.plan.fps)
        self.position = Time.from_frames(frame, self.plan.fps).clamped(ZERO, self._last_frame())
        self.moved.emit(self.position)
        if self._playback is not None:
            self._stop_playback()
            self._start_playing()
        else:
            self._want_still()

    def go_when_planned(self, position: Time) -> None:
        """Stand at a clip time as soon as the changed clip is there."""
        if self._planning is None:
            self.seek(position)
        else:
            self.position = position

    def step(self, frames: int) -> None:
        """Pause and go some frames on or back."""
        if self.plan is not None:
            self.pause()
            here = self.position.nearest_frame(self.plan.fps)
            self.seek(Time.from_frames(max(0, here + frames), self.plan.fps))

    def skip(self, seconds: float) -> None:
        """Go some seconds on or back."""
        self.seek(self.position + Time.from_seconds(seconds))

    def to_start(self) -> None:
        """The first frame."""
        self.seek(ZERO)

    def to_end(self) -> None:
        """The last frame."""
        self.pause()
        self.seek(self._last_frame())

    def mute(self, muted: bool) -> None:
        """Silence or sound."""
        self.muted = muted
        if self._playback is not None:
            self._playback.mute(muted)

    def close(self) -> None:
        """End everything and wait for it."""
        self._resume = False
        self._stills.forget()
        if self._playback is not None:
            self._stop_playback()
        for playback in self._leaving:
            playback.wait(3000)

    # --- inside ----------------------------------------------------------------------------------------

    def _keep_place(self, before: Clip | None, clip: Clip) -> None:
        """After a trim the playhead stays at the same moment of the recording."""
        if self._playback is not None:
            self.position = self._playback.position
        if before is not None:
            self.position = max(ZERO, self.position + before.range.start - clip.range.start)

    def _replan(self, clip: Clip) -> None:
        if self._planning is not None:
            self._planning.forget()
        self._resume = self.playing
        if self._playback is not None:
            self._stop_playback()
        self._stills.forget()
        desk = self._context.desk
        self._planning = self._context.tasks.run(
            lambda: desk.preview_plan(clip.id), self._planned, self._fail
        )

    def _planned(self, plan: RenderPlan) -> None:
        self._planning = None
        self._revision += 1
        self.plan = plan
        self.position = self.position.snapped(plan.fps).clamped(ZERO, self._last_frame())
        self.plan_changed.emit(plan)
        self.moved.emit(self.position)
        if self._resume:
            self._resume = False
            self._start_playing()
        else:
            self._want_still()

    def _last_frame(self) -> Time:
        if self.plan is None:
            return ZERO
        return Time.from_frames(max(0, self.plan.frame_count - 1), self.plan.fps)

    def _start_playing(self) -> None:
        plan = self.plan
        assert plan is not None
        size, start, desk = fitted(plan.aspect, self._room), self.position, self._context.desk
        self._stills.forget()
        self._wished = None
        self._playback = Playback(lambda: desk.open_preview(plan, size, start), plan, start, self.muted, self)
        self._playback.framed.connect(self._show_frame)
        self._playback.ended.connect(self._reached_end)
        self._playback.failed.connect(self._fail)

    def _stop_playback(self) -> None:
        playback, self._playback = self._playback, None
        if playback is None:
            return
        playback.framed.disconnect(self._show_frame)
        self._leaving.append(playback)
        playback.gone.connect(lambda: self._let_go(playback))
        playback.stop()

    def _let_go(self, playback: Playback) -> None:
        if playback in self._leaving:
            self._leaving.remove(playback)
            playback.deleteLater()

    def _show_frame(self, frame: Frame) -> None:
        self.position = frame.time
        self.pictured.emit(frame.image)
        self.moved.emit(frame.time)

    def _reached_end(self) -> None:
        self._stop_playback()
        self.position = self._last_frame()
        self.moved.emit(self.position)
        self.playing_changed.emit(False)
        self._want_still()

    def _want_still(self) -> None:
        if self.plan is not None and self._planning is None:
            self._wished = Wish(self._revision, fitted(self.plan.aspect, self._room), self.position)
            self._stills.ask(self._wished, self.plan)

    def _show_still(self, wish: Wish, image: QImage) -> None:
        wanted = self._wished
        if self._playback is None and wanted and (wish.revision, wish.size) == (wanted.revision, wanted.size):
            self._shown = wish
            self.pictured.emit(image)

    def _room_settled(self) -> None:
        if not self.playing:
            self._want_still()

    def _fail(self, error: Exception) -> None:
        self._planning = None
        self._resume = False
        if self._playback is not None:
            self._stop_playback()
        self.playing_changed.emit(False)
        if not isinstance(error, Cancelled):
            self.failed.emit(error)
