"""The player: which clip, which moment, playing or not. Pictures and sound come from the one graph."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QImage

from viralclip_desktop.core.errors import Cancelled
from viralclip_desktop.core.geometry import Aspect, Size, even, frame_size
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.edits.carrying import start_elsewhere
from viralclip_desktop.features.faces.job import FACES
from viralclip_desktop.features.preview import open_preview
from viralclip_desktop.features.preview.job import start_proxies
from viralclip_desktop.features.reframe.job import FRAME
from viralclip_desktop.features.separation.job import CLEANED
from viralclip_desktop.features.workflows.preview import preview_plan, start_looking
from viralclip_desktop.gui.session.ahead import Ahead, Begun, alike
from viralclip_desktop.gui.session.clip_session import is_gone
from viralclip_desktop.gui.session.levels import Levels
from viralclip_desktop.gui.session.playback import Playback
from viralclip_desktop.gui.session.reader import Frame
from viralclip_desktop.gui.session.rewind import Rewind
from viralclip_desktop.gui.session.seen import seen
from viralclip_desktop.gui.session.stills import Stills, Wish

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.domain.changes import Changes
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket
    from viralclip_desktop.gui.session.clip_session import ClipSession

SPEEDS = (1.0, 2.0, 4.0)
_LONGEST_SIDE_PX = 1280  # more costs time and shows nothing on a preview
_RESIZE_MS = 120
_AT_THE_START = Time.from_seconds(0.5)  # while it plays: pressed twice, the start moves on in between
_BEHIND_A_CLIP = ("transcript", "translation", "caption_style", "brand_kit", "source", FACES, FRAME, CLEANED)
"""Kinds that a clip's picture comes from without the clip itself being another value."""


def fitted(aspect: Aspect, room: QSize) -> Size:
    """The largest even picture of a shape within ``room`` (device pixels), held to preview size."""
    ratio = float(aspect.ratio)
    height = max(64.0, min(room.height(), room.width() / ratio))
    longest = max(height, height * ratio)
    scale = min(1.0, _LONGEST_SIDE_PX / longest)
    return Size(even(math.floor(height * ratio * scale)), even(math.floor(height * scale)))


class Player(QObject):
    """Position and state, in clip time: below 0 the intro plays, after the clip's end its outro. Never shows
    a frame of an older state of the clip as current."""

    pictured = Signal(QImage)
    moved = Signal(object)
    """The position, a :class:`Time` in clip time."""
    playing_changed = Signal(bool)
    speed_changed = Signal(float)
    """Below zero while it plays backwards; 1 when it stands."""
    loop_changed = Signal(object)
    """A range of clip time that plays over and over, or None."""
    muted_changed = Signal(bool)
    volume_changed = Signal(float)
    plan_changed = Signal(object)
    failed = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.clip: Clip | None = None
        self.plan: RenderPlan | None = None
        self.position = ZERO
        self.muted, self.volume = False, 1.0
        self.speed = 1.0
        self.loop: TimeRange | None = None
        self.autoplay = False
        """Whether a clip plays as soon as it is shown."""
        self._revision = 0
        self._room = QSize(540, 540)
        self._playback: Playback | None = None
        self._rewind: Rewind | None = None
        self._leaving: list[Playback] = []
        self._planning: Ticket | None = None
        self._resume = False
        self._wished: Wish | None = None
        self._shown: Wish | None = None
        self._stills = Stills(context, self)
        self._stills.arrived.connect(self._show_still)
        self._stills.failed.connect(self._fail)
        self._levels = Levels(context, self)
        self._levels.found.connect(self._take_level)
        self.ahead = Ahead(context, fitted, self)
        """The clip that is likely to be shown next, if anybody prepared one."""
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.setInterval(_RESIZE_MS)
        self._resized.timeout.connect(self._room_settled)
        context.events.changed.connect(self._take_changes)

    def follow(self, session: ClipSession) -> None:
        """Show the session's selected clip as it is now, always."""

        def changed(clip: Clip) -> None:
            if session.clip is not None and clip.id == session.clip.id:
                self.show_clip(clip)

        session.selected.connect(self.show_clip)
        session.clip_changed.connect(changed)

    # --- what is shown ---------------------------------------------------------------------------------

    @property
    def duration(self) -> Time:
        """Length of the clip."""
        return self.plan.duration if self.plan else ZERO

    @property
    def span(self) -> TimeRange:
        """All that plays, in clip time: with the intro, which ends at 0, and the outro."""
        return self.plan.file_range if self.plan else TimeRange(ZERO, ZERO)

    @property
    def clip_position(self) -> Time:
        """The position held inside the clip: its first frame during the intro, its last in the outro."""
        if self.plan is None:
            return self.position
        return self.position.clamped(ZERO, self._frame_before(self.duration))

    @property
    def playing(self) -> bool:
        """Whether it plays, or will as soon as the plan is made."""
        return self._playback is not None or self._rewind is not None or self._resume

    @property
    def playback(self) -> Playback | None:
        """The run of playing under way."""
        return self._playback

    @property
    def current(self) -> bool:
        """Whether the picture on screen is exactly the one that was asked for, at the size it should have."""
        settled = self._wished is not None and not self._resized.isActive()
        return settled and self._shown == self._wished

    @property
    def full_quality(self) -> bool:
        """Whether the picture on screen was rendered at export size."""
        return self.current and self._shown is not None and self._shown.sharp

    @property
    def measuring(self) -> bool:
        """Whether it may still become louder or quieter by itself, as loud as the export is going to be."""
        return self._levels.measuring

    def show_clip(self, clip: Clip | None) -> None:
        """Show another clip from its start, or another state of the same one where it stands."""
        same = clip is not None and self.clip is not None and clip.id == self.clip.id
        before, self.clip = self.clip, clip
        if clip is None:
            self.pause()
            self.plan, self._wished = None, None
            self._stills.forget()
            self.set_loop(None)
        elif not same:
            self._show_another(clip)
        elif before is not None and seen(before) != seen(clip):
            self._keep_place(before, clip)
            self._replan(clip)

    def prepare(self, clip: Clip | None) -> None:
        """Have the beginning of a clip in hand that is likely to be shown next; None for none any more."""
        self.ahead.prepare(clip, self._room)

    def restart(self) -> None:
        """Play from the clip's first frame, as soon as it is there."""
        if self._planning is not None:
            self.position = ZERO
            self._resume_later()
        elif self.plan is not None:
            self._halt()
            self._go_live(ZERO)
            self._play(1.0)

    def set_room(self, room: QSize) -> None:
        """How large the picture may be, in device pixels."""
        if room != self._room:
            self._room = room
            self._resized.start()

    # --- moving ----------------------------------------------------------------------------------------

    def play(self) -> None:
        """Play from here; from the start, the intro's, when at the end; from the in point when outside the
        loop."""
        if self.plan is not None and not self.playing:
            self._play(1.0)

    def faster(self) -> None:
        """Play on, at double speed when it plays, at four times when it plays at double speed."""
        if self.plan is not None and self._playback is None and not self._resume:
            self._stop_rewind()
            self._play(1.0)
        elif self._playback is not None and self.speed < SPEEDS[-1]:
            self._go_live(self._playback.position)
            self._stop_playback()
            self._play(SPEEDS[SPEEDS.index(self.speed) + 1])

    def backwards(self) -> None:
        """Play backwards: at the speed of playing, then twice, then four times as fast."""
        if self.plan is None:
            return
        known = self._rewind.speed if self._rewind is not None else 0.0
        speed = SPEEDS[min(len(SPEEDS) - 1, SPEEDS.index(known) + 1)] if known else SPEEDS[0]
        was_playing = self.playing
        self._stop_playback()
        self._stop_rewind()
        self._rewind = Rewind(self.position, self.span.start, speed, self)
        self._rewind.reached.connect(self._go)
        self._rewind.ended.connect(self.pause)
        self._set_speed(-speed)
        if not was_playing:
            self.playing_changed.emit(True)

    def pause(self) -> None:
        """Stand still on the frame that shows."""
        if self._halt():
            self._want_still()

    def toggle(self) -> None:
        """Play or pause."""
        (self.pause if self.playing else self.play)()

    def seek(self, position: Time) -> None:
        """Go to the frame at a clip time; playing goes on from there, playing backwards ends."""
        if self.plan is None:
            return
        if self._rewind is not None:
            self.pause()
        self._go(position)

    def _go(self, position: Time) -> None:
        self._go_live(position)
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
            self.seek(Time.from_frames(here + frames, self.plan.fps))

    def set_loop(self, loop: TimeRange | None) -> None:
        """Play a range of clip time over and over; None plays on to the end."""
        if loop != self.loop:
            self.loop = loop
            self.loop_changed.emit(loop)

    def set_loop_edge(self, edge: str) -> None:
        """Put the loop's ``in`` or ``out`` point where the playhead stands; the other one stays if it can."""
        if self.plan is None:
            return
        here, old, end = self.clip_position, self.loop, self.duration
        if edge == "in":
            after = old.end if old is not None and old.end > here else end
            self.set_loop(TimeRange(here, after) if here < after else None)
        else:
            out = min(end, here + Time.from_frames(1, self.plan.fps))  # the frame that shows is in it
            before = old.start if old is not None and old.start < out else ZERO
            self.set_loop(TimeRange(before, out))

    def show_full_quality(self) -> None:
        """While paused: render this frame at export size, to judge fine detail. Lasts until the next move."""
        size = self._export_size()
        if self.plan is not None and size is not None and self._planning is None and not self.playing:
            self._wished = Wish(self._revision, size, self.position, sharp=True)
            self._stills.ask(self._wished, self.plan)

    def skip(self, seconds: float) -> None:
        """Go some seconds on or back."""
        self.seek(self.position + Time.from_seconds(seconds))

    def to_start(self) -> None:
        """The clip's first frame; from there, or before it, the intro's."""
        near = _AT_THE_START if self._playback is not None else ZERO
        self.seek(self.span.start if self.position <= near else ZERO)

    def to_end(self) -> None:
        """The clip's last frame; from there, or behind it, the outro's."""
        self.pause()
        last = self._frame_before(self.duration)
        self.seek(self._last_frame() if self.position >= last else last)

    def mute(self, muted: bool) -> None:
        """Silence or sound."""
        if muted != self.muted:
            self.muted = muted
            self.muted_changed.emit(muted)
        if self._playback is not None:
            self._playback.mute(muted)

    def set_volume(self, volume: float) -> None:
        """How loud it plays here, 0..1 as the ear counts; the export stays as it is."""
        if volume != self.volume:
            self.volume = volume
            self.volume_changed.emit(volume)
        if self._playback is not None:
            self._playback.set_volume(volume)

    def close(self) -> None:
        """End everything and wait for it."""
        self._resume = False
        self._stills.forget()
        self._levels.close()
        self.ahead.close()
        self._stop_rewind()
        self._stop_playback()
        for playback in self._leaving:
            playback.wait(3000)

    # --- inside ----------------------------------------------------------------------------------------

    def _halt(self) -> bool:
        """Stop playing; whether it did."""
        was_playing, self._resume = self.playing, False
        self._stop_playback()
        self._stop_rewind()
        self._set_speed(1.0)
        if was_playing:
            self.playing_changed.emit(False)
        return was_playing

    def _show_another(self, clip: Clip) -> None:
        self._halt()
        self.position = ZERO
        self.set_loop(None)
        begun = self.ahead.take(clip, self._room)
        if self.autoplay:
            self._resume_later()
        if begun is None:
            self._replan(clip)
        else:
            self._stop_planning()
            self._stills.forget()
            self._planned(begun.plan, begun)

    def _resume_later(self) -> None:
        if not self._resume:
            self._resume = True
            self.playing_changed.emit(True)

    def _stop_planning(self) -> None:
        if self._planning is not None:
            self._planning.forget()
            self._planning = None

    def _keep_place(self, before: Clip | None, clip: Clip) -> None:
        """After a trim or a cut the playhead and the loop stay at the same moments of the recording."""
        if self._playback is not None:
            self.position = self._playback.position
        if before is None or before.parts == clip.parts:
            return

        def moved(at: Time) -> Time:
            if at < ZERO:
                return at
            if at >= before.duration:
                return at - before.duration + clip.duration
            return start_elsewhere(before, clip, at)

        self.position = moved(self.position)
        if self.loop is not None:
            start, end = moved(self.loop.start), moved(self.loop.end)
            self.set_loop(TimeRange(start, end) if start < end else None)

    def _take_changes(self, changes: Changes) -> None:
        kinds = [kind for kind in _BEHIND_A_CLIP if changes.ids(kind)]
        if kinds:
            self.ahead.renew()
        if self.clip is None or not kinds:
            return
        if self.playing and set(kinds) <= {FACES, FRAME}:
            self._replan_if_seen(self.clip)
        else:
            self._replan_in_place(self.clip)

    def _replan_if_seen(self, clip: Clip) -> None:
        """What was found out about one clip tells of all in the recording: playing goes on undisturbed where
        the clip that plays looks as before."""
        services, before = self._context.services, self.plan

        def show(plan: RenderPlan) -> None:
            if self.clip is clip and self.plan is not None and (before is None or not alike(plan, self.plan)):
                self._replan_in_place(clip)

        self._context.tasks.run(lambda: preview_plan(services.store, services.paths, clip.id), show)

    def _replan_in_place(self, clip: Clip) -> None:
        if self._playback is not None:
            self._go_live(self._playback.position)
        self._replan(clip)

    def _replan(self, clip: Clip) -> None:
        self._stop_planning()
        if self._rewind is not None:
            self.pause()
        self._resume = self.playing
        self._stop_playback()
        self._stills.forget()
        services = self._context.services
        self._planning = self._context.tasks.run(
            lambda: preview_plan(services.store, services.paths, clip.id, services.notices),
            self._planned,
            self._fail,
        )

    def _planned(self, plan: RenderPlan, begun: Begun | None = None) -> None:
        self._planning = None
        self._look_at_clip()
        self._revision += 1
        self.plan = plan = self._levels.take(self.clip.id if self.clip else "", plan)
        self.position = self._held(self.position)
        self.plan_changed.emit(plan)
        self.moved.emit(self.position)
        if self._resume:
            self._resume = False
            self._start_playing(begun)
            return
        if begun is not None:
            self.ahead.end(begun.reader)
        self._want_still()

    def _look_at_clip(self) -> None:
        """A frame that follows who speaks needs the clip watched, captions that keep off faces need those
        found, and recordings with far keyframes need proxies; nothing happens where that is done or not
        wanted."""
        services, clip = self._context.services, self.clip
        if clip is not None:
            self._context.tasks.run(lambda: start_looking(services, clip.id))
            self._context.tasks.run(lambda: start_proxies(services, clip.id))

    def _take_level(self, levelled: RenderPlan) -> None:
        """Heard from the next play, seek or round of the loop on: a jump in the middle would be."""
        if self.plan is not None and self.plan.heard == levelled.heard:
            self.plan = replace(self.plan, loudness=levelled.loudness)

    def _frame_before(self, end: Time) -> Time:
        assert self.plan is not None
        return Time.from_frames(end.nearest_frame(self.plan.fps) - 1, self.plan.fps)

    def _last_frame(self) -> Time:
        return self._frame_before(self.span.end) if self.plan is not None else ZERO

    def _held(self, position: Time) -> Time:
        """The start of a frame that there is."""
        assert self.plan is not None
        return position.snapped(self.plan.fps).clamped(self.span.start, self._last_frame())

    def _go_live(self, position: Time) -> None:
        """Take the frame at a clip time as the position, without showing it yet."""
        self.position = self._held(position)

    def _play(self, speed: float) -> None:
        was_playing = self.playing
        if self.loop is not None and not self.loop.contains(self.position):
            self._go_live(self.loop.start)
        elif self.position >= self._last_frame():
            self.position = self.span.start
        self._set_speed(speed)
        self._start_playing()
        if not was_playing:
            self.playing_changed.emit(True)

    def _set_speed(self, speed: float) -> None:
        if speed != self.speed:
            self.speed = speed
            self.speed_changed.emit(speed)

    def _stop_rewind(self) -> None:
        if self._rewind is not None:
            self._rewind.stop()
            self._rewind.deleteLater()
            self._rewind = None

    def _export_size(self) -> Size | None:
        if self.plan is None:
            return None
        return frame_size(self.plan.aspect, self._context.services.settings.values.resolution.short_side_px)

    def _start_playing(self, begun: Begun | None = None) -> None:
        """``begun``: what was prepared of this clip."""
        plan = self.plan
        assert plan is not None
        size, start, services = fitted(plan.aspect, self._room), self.position, self._context.services
        self._stills.forget()
        self._wished = None
        self._playback = Playback(
            lambda: open_preview(services.paths, plan, size, start),
            plan,
            start,
            self.muted,
            self,
            speed=max(1.0, self.speed),
            volume=self.volume,
            reader=None if begun is None else begun.reader,
        )
        self._playback.framed.connect(self._show_frame)
        self._playback.ended.connect(self._reached_end)
        self._playback.failed.connect(self._fail)

    def _stop_playback(self) -> None:
        playback, self._playback = self._playback, None
        if playback is None:
            return
        playback.framed.disconnect(self._show_frame)
        playback.ended.disconnect(self._reached_end)
        playback.failed.disconnect(self._fail)
        self._leaving.append(playback)
        playback.gone.connect(lambda: self._let_go(playback))
        playback.stop()

    def _let_go(self, playback: Playback) -> None:
        if playback in self._leaving:
            self._leaving.remove(playback)
            playback.deleteLater()

    def _show_frame(self, frame: Frame) -> None:
        before, self.position = self.position, frame.time
        self.pictured.emit(frame.image)
        self.moved.emit(frame.time)
        self._look_for_loop_end(before, frame.time)

    def _look_for_loop_end(self, before: Time, shown: Time) -> None:
        """``before``: the frame in front of the one that is shown; those between were dropped."""
        loop, plan = self.loop, self.plan
        if loop is None or plan is None or not (loop.contains(before) or loop.contains(shown)):
            return
        if shown + Time.from_frames(max(1, round(self.speed)), plan.fps) >= loop.end:
            self._go(loop.start)

    def _reached_end(self) -> None:
        if self.loop is not None and self.loop.contains(self.position):  # its last frames were dropped
            self._go(self.loop.start)
            return
        self._stop_playback()
        self._set_speed(1.0)
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
        late = wish != wanted == self._shown  # the one that is wanted was in hand before this one was made
        if late or wanted is None or self._playback is not None:
            return
        if (wish.revision, wish.size) == (wanted.revision, wanted.size):
            self._shown = wish
            self.pictured.emit(image)

    def _room_settled(self) -> None:
        wanted = self._wished
        full = wanted is not None and wanted.sharp
        self.ahead.prepare(self.ahead.clip, self._room)
        if not self.playing and not full:  # a full-quality still fits any room
            self._want_still()

    def _fail(self, error: Exception) -> None:
        self._planning = None
        self._resume = False
        self._stop_rewind()
        self._stop_playback()
        self._set_speed(1.0)
        self.playing_changed.emit(False)
        gone = self.clip is not None and is_gone(self._context.services.store, self.clip.id)
        if not (gone or isinstance(error, Cancelled)):  # of a deleted clip there is nothing to say
            self.failed.emit(error)
