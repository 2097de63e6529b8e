"""The timeline's state and everything that can be done to it; the canvas, the bar and the list share it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip, Part
from viralclip_desktop.gui.common.snapping import WordEdges
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.timeline.filmstrip import Filmstrip
from viralclip_desktop.gui.timeline.geometry import ZOOM_STEP, lay_rows
from viralclip_desktop.gui.timeline.layer_sounds import LayerSounds
from viralclip_desktop.gui.timeline.model import (
    LAYERS,
    Key,
    Kind,
    Spoken,
    TimelineModel,
    build_model,
    is_home,
)
from viralclip_desktop.gui.timeline.painting.ink import Ink
from viralclip_desktop.gui.timeline.painting.scene import Scene
from viralclip_desktop.gui.timeline.painting.wave import gain
from viralclip_desktop.gui.timeline.picking import Picking
from viralclip_desktop.gui.timeline.rhythm import beats_by_layer, together
from viralclip_desktop.gui.timeline.selection import Selection
from viralclip_desktop.gui.timeline.snap import REACH_PX, Snap, SnapPoints

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.session.clip_session import ClipSession, Loaded
    from viralclip_desktop.gui.session.player import Player

_SEEK_MS = 30  # while scrubbing: more seeks than this show nothing more
_SCRUB_REACH_PX = 5


class TimelineControl(QObject):
    """Follows a clip and a player. Emits what parts have to repaint or tell."""

    repaint = Signal()
    viewed = Signal()
    """Scale, scroll position or rows are others now."""
    remodelled = Signal()
    """The items are others now."""
    selection_changed = Signal()
    playhead_moved = Signal(object, object)
    """From and to, clip time."""
    loop_changed = Signal(object)
    """In and out as a range of clip time, or None."""
    clip_left = Signal()
    """Another clip, or none, is shown: what was held of the one before is let go."""
    snap_changed = Signal(bool)
    ripple_changed = Signal(bool)

    def __init__(
        self, context: Context, player: Player, session: ClipSession, empty: Clip, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.context, self.player, self.session = context, player, session
        self.scene = Scene(Ink(theme()), build_model(empty, None))
        self.scene.filmstrip = Filmstrip(context, self)
        self.sounds = LayerSounds(context, self)
        self.scene.sounds = self.sounds.known
        self.selection = Selection(self._selected)
        self._picking = Picking(session.picked, self.scene, self.selection)
        session.let_go.connect(self.selection.clear)
        self.points = SnapPoints(self.scene.model)
        self.word_edges = WordEdges(())
        self.clip: Clip | None = None
        self.source_duration = ZERO
        self.snapping, self.ripple = True, False
        self.follows = True
        self._spoken: Spoken | None = None
        self._room = (800.0, 200)
        self._frozen: Callable[[], None] | None = None
        self._gestures, self._freezes = 0, 0
        self._seek_to: Time | None = None
        self._scrubbing = self._resume = False
        self._seeking = QTimer(self)
        self._connect()

    @property
    def model(self) -> TimelineModel:
        """What lies on the timeline."""
        return self.scene.model

    @property
    def source_id(self) -> str:
        """The recording whose words are shown."""
        return self.clip.source_id if self.clip is not None else ""

    # --- what is shown -----------------------------------------------------------------------------------

    def show_recording(self, loaded: Loaded) -> None:
        """Another recording: its words, wave and pictures."""
        self.source_duration = loaded.source.info.duration
        video = loaded.source.info.video
        self.scene.frame = (
            Time.from_frames(1, video.fps) if video and video.fps else Time.from_seconds(1 / 30)
        )
        assert self.scene.filmstrip is not None
        self.scene.filmstrip.show_source(loaded.source)
        self.show_words(loaded)

    def show_words(self, loaded: Loaded) -> None:
        """The words and the sound of the recording as they are now."""
        if self.scene.peaks is not loaded.peaks:
            self.scene.peaks = loaded.peaks
            self.scene.gain = gain(loaded.peaks)
        transcript = loaded.transcript
        self._spoken = Spoken(transcript) if transcript else None
        self.word_edges = WordEdges(transcript.words if transcript else ())
        if self.clip is not None and self._frozen is None:
            self._rebuild()

    def plays(self, parts: tuple[Part, ...]) -> bool:
        """Whether the clip still plays these parts: a drag of one of them ends where it doesn't."""
        return self.clip is not None and self.clip.parts == parts

    def duration_of(self, part: Part) -> Time:
        """How long the file of a part is; 0 for what stands still."""
        if self.clip is not None and is_home(self.clip, part):
            return self.source_duration
        asset = self.session.asset(part.asset_id)
        return ZERO if asset is None else asset.duration

    def show_clip(self, clip: Clip | None) -> None:
        """Another clip, or another state of the same one. A gesture in progress sees the end of it first."""
        other = clip is None or self.clip is None or clip.id != self.clip.id
        self.clip = clip
        if other:
            self._let_go()
            self.selection.clear()
            self.scene.view.fitted = True
            self.set_loop(None)
        if clip is not None and self._frozen is None:
            self._rebuild()

    def _let_go(self) -> None:
        """A gesture belongs to the clip it began on: what it stored so far stays there."""
        self._frozen = self._seek_to = None
        self._freezes += 1
        self._scrubbing = self._resume = False
        scene = self.scene
        scene.ghost = scene.guide = scene.band = None
        scene.preview = {}
        self.clip_left.emit()

    def set_room(self, width_px: float, height_px: int, scale: float) -> None:
        """How large the track area is, and how many device pixels one pixel is."""
        self._room, self.scene.scale = (width_px, height_px), scale
        self._lay()

    def restyle(self) -> None:
        """The theme is another one."""
        self.scene.ink = Ink(theme())
        self.repaint.emit()

    def _rebuild(self) -> None:
        assert self.clip is not None
        self.sounds.want(self.clip.layers)
        self.scene.beats = beats_by_layer(self.clip, self.sounds.known)
        beats = together(self.scene.beats.values(), self.clip.duration)
        self.scene.show_model(build_model(self.clip, self._spoken, beats, self.session.file_of))
        self.points = SnapPoints(self.model)
        self.selection.keep_existing(self.model)
        self._picking.remodelled()
        self._lay()
        self.remodelled.emit()

    def _sound_arrived(self) -> None:
        if self.clip is not None and self._frozen is None:
            self._rebuild()

    def _lay(self) -> None:
        self.scene.view.set_room(self._room[0], self.model.duration)
        self.scene.rows = lay_rows(self.model, self._room[1])
        self.viewed.emit()

    # --- freezing: while an end of the clip is dragged, clip time stays as it was ---------------------------

    def freeze(self) -> str:
        """Keep showing the clip as it is until :meth:`thaw`; returns the name of the gesture."""
        self._freezes += 1
        self._frozen = lambda: None
        return self.new_gesture("drag")

    @property
    def frozen(self) -> bool:
        """Whether the clip is still shown as it was."""
        return self._frozen is not None

    def thaw(self, then: Callable[[], None], *, words: bool = False) -> None:
        """Show the stored clip once every edit is stored (and, with ``words``, the transcript was read
        again), then call ``then``."""
        self._frozen, edits = then, self.context.edits
        show = partial(self._settle, self._freezes)
        if words:  # the change is known by the time the edit is over, and its reading queued behind it
            edits.last.ended(lambda: edits.last.ended(show))
        else:
            edits.last.ended(show)

    def new_gesture(self, what: str) -> str:
        """A name under which the steps of one gesture become one entry in the history."""
        self._gestures += 1
        return f"timeline-{what}-{self._gestures}"

    def _settle(self, freeze: int) -> None:
        if freeze != self._freezes:
            return  # another gesture, or another clip, came in between
        then, self._frozen = self._frozen, None
        self.scene.ghost = None
        self.scene.preview = {}
        if then is not None:
            then()
        if self.clip is not None:
            self._rebuild()

    # --- playhead ----------------------------------------------------------------------------------------

    def seek(self, to: Time) -> None:
        """Put the playhead somewhere; the player follows as fast as it can."""
        self._seek_to = to.clamped(ZERO, self.model.duration)
        self._put_playhead(self._seek_to)
        if not self._seeking.isActive():
            self._send_seek()
            self._seeking.start()

    def begin_scrub(self) -> None:
        """The playhead is in the user's hand: playing waits."""
        if not self._scrubbing:
            self._scrubbing, self._resume = True, self.player.playing
            if self._resume:
                self.player.pause()

    def scrub_time(self, at: Time) -> Time:
        """Where the playhead comes to rest: marks and edges pull, words don't."""
        reach = self.scene.view.span(_SCRUB_REACH_PX)
        snap = self.points.nearest([at], reach, words=False) if self.snapping else None
        return snap.at if snap else at

    def end_scrub(self) -> None:
        """Let go; playing goes on."""
        self._send_seek()
        self._scrubbing = False
        if self._resume:
            self.player.play()

    def _send_seek(self) -> None:
        to, self._seek_to = self._seek_to, None
        if to is None:
            self._seeking.stop()
        else:
            self.player.seek(to)

    def _player_moved(self, _position: Time) -> None:
        if self._scrubbing or self._seek_to is not None:
            return
        position = self.player.clip_position  # during the intro and the outro it waits at the clip's edge
        self._put_playhead(position)
        if self.player.playing and self.follows and self.scene.view.turn_page(position):
            self.viewed.emit()

    def _put_playhead(self, at: Time) -> None:
        before, self.scene.playhead = self.scene.playhead, at
        if before != at:
            self.playhead_moved.emit(before, at)

    # --- snapping ----------------------------------------------------------------------------------------

    def snap(self, moved: Collection[Time], but: Collection[Time], free: bool) -> Snap | None:
        """Where moved times come to rest; shows the guide. ``free`` (Alt) switches it off for now."""
        found = None
        if self.snapping and not free:
            reach = self.scene.view.span(REACH_PX)
            found = self.points.nearest(moved, reach, also=[self.scene.playhead], but=but)
        self.scene.guide = found.at if found else None
        return found

    def set_snapping(self, on: bool) -> None:
        """Whether things snap."""
        if on != self.snapping:
            self.snapping = on
            self.snap_changed.emit(on)

    def set_ripple(self, on: bool) -> None:
        """Whether what lies behind moves along."""
        if on != self.ripple:
            self.ripple = on
            self.ripple_changed.emit(on)

    def beats_of(self, layer_ids: frozenset[str]) -> list[Time]:
        """The beats that some layers alone bring (clip time): while those move, nothing rests there."""
        others = [beats for layer_id, beats in self.scene.beats.items() if layer_id not in layer_ids]
        kept = together(others, self.model.duration)
        return [Time(ticks) for ticks in np.setdiff1d(self.model.beats.starts, kept).tolist()]

    # --- view --------------------------------------------------------------------------------------------

    def zoom(self, factor: float, anchor_x: float | None = None) -> None:
        """Zoom at a pixel of the track area, else at the playhead where it shows, else in the middle."""
        view = self.scene.view
        if anchor_x is None:
            x = view.x_of(self.scene.playhead)
            anchor_x = x if 0 <= x <= view.width_px else view.width_px / 2
        view.zoom(factor, anchor_x)
        self.viewed.emit()

    def zoom_in(self) -> None:
        """Closer."""
        self.zoom(ZOOM_STEP)

    def zoom_out(self) -> None:
        """Further away."""
        self.zoom(1 / ZOOM_STEP)

    def fit(self) -> None:
        """Show the whole clip."""
        self.scene.view.fit()
        self.viewed.emit()

    def scroll_to(self, px: float) -> None:
        """Scroll; a user who looks elsewhere while it plays is left in peace until the next start."""
        self.scene.view.scroll_to(px)
        if self.player.playing:
            x = self.scene.view.x_of(self.scene.playhead)
            self.follows = 0 <= x <= self.scene.view.width_px
        self.viewed.emit()

    def reveal(self, key: Key) -> None:
        """Bring an item into view."""
        item = self.model.find(key)
        if item is not None and self.scene.view.reveal(item.range):
            self.viewed.emit()
        self.repaint.emit()

    def set_loop(self, loop: TimeRange | None) -> None:
        """In and out (clip time)."""
        if loop != self.scene.loop:
            self.scene.loop = loop
            self.loop_changed.emit(loop)
            self.repaint.emit()

    def select_all(self) -> None:
        """Select everything that can be deleted: captions and layers."""
        lanes = [lane for lane in self.model.lanes if lane.kind is Kind.CAPTION or lane.kind in LAYERS]
        self.selection.put(lane.key(index) for lane in lanes for index in range(len(lane)))

    # --- inside ------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._seeking.setInterval(_SEEK_MS)
        self._seeking.timeout.connect(self._send_seek)
        self.player.moved.connect(self._player_moved)
        self._put_playhead(self.player.clip_position)  # made while a clip is already open
        self.player.playing_changed.connect(self._playing_changed)
        theme().changed.connect(self.restyle)
        assert self.scene.filmstrip is not None
        self.scene.filmstrip.arrived.connect(self.repaint)
        self.sounds.arrived.connect(self._sound_arrived)

    def _playing_changed(self, playing: bool) -> None:
        if playing:
            self.follows = True

    def _selected(self) -> None:
        self.scene.selected = self.selection.keys
        self._picking.selected()
        self.selection_changed.emit()
        self.repaint.emit()
