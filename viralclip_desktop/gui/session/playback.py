"""One run of playing, from a start to a pause, a seek or the end. The sound is the clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from viralclip_desktop.core.time import Time
from viralclip_desktop.gui.session import clock
from viralclip_desktop.gui.session.clock import PlayClock
from viralclip_desktop.gui.session.reader import Frame, StreamReader
from viralclip_desktop.gui.session.sound import SoundOut

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.media.preview import PreviewStream


_STUCK_S = 3.0  # a sound card that takes this long to play anything never will (unplugged, suspended)


class Playback(QObject):
    """Shows each frame when the clock reaches it; a frame is dropped only when the next is due already."""

    framed = Signal(object)
    """A :class:`Frame` to be shown now."""
    ended = Signal()
    gone = Signal()
    """After :meth:`stop`, once the thread has ended."""
    failed = Signal(object)

    def __init__(
        self,
        open_stream: Callable[[], PreviewStream],
        plan: RenderPlan,
        start: Time,
        muted: bool,
        parent: QObject,
        *,
        speed: float = 1.0,
        volume: float = 1.0,
        reader: StreamReader | None = None,
    ) -> None:
        """``speed``: 2 plays at double speed; without sound, which would only chatter. ``reader``: one that
        reads that stream already."""
        super().__init__(parent)
        self._plan, self._start, self.speed = plan, start, speed
        heard = plan.has_sound and speed == 1
        self._sound = SoundOut(muted, volume) if heard else None
        audible = self._sound is not None and self._sound.works
        self._reader = reader or StreamReader(open_stream, audible, self)
        self._clock = PlayClock()
        self._sound_stood = (clock.wall_s(), -1.0)
        self.shown = self.dropped = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(max(4, min(8, int(500 / float(plan.fps)))))
        self._timer.timeout.connect(self._tick)
        if reader is None:
            self._reader.start()
        else:
            reader.setParent(self)
            reader.want_sound(audible)
        self._timer.start()

    @property
    def position(self) -> Time:
        """The clip time the clock stands at."""
        now = self._start + Time.from_seconds(self._read_clock() * self.speed)
        return min(now, self._plan.file_range.end)

    def mute(self, muted: bool) -> None:
        """Silence or sound."""
        if self._sound is not None:
            self._sound.mute(muted)

    def set_volume(self, volume: float) -> None:
        """0..1, as the ear counts."""
        if self._sound is not None:
            self._sound.set_volume(volume)

    def stop(self) -> None:
        """End now: the stream's processes go, the thread is let run out by itself."""
        self._timer.stop()
        self._reader.stop()
        if self._sound is not None:
            self._sound.close()
        if self._reader.isFinished():
            self.gone.emit()
        else:
            self._reader.finished.connect(self.gone)

    def wait(self, timeout_ms: int) -> bool:
        """Wait for the thread to end; whether it did."""
        return self._reader.wait(timeout_ms)

    def _tick(self) -> None:
        if not self._clock.running:
            if not self._reader.ready():
                return
            self._clock.start(clock.wall_s())
        self._feed_sound()
        self._show_due(self.position)
        self._look_for_the_end()

    def _feed_sound(self) -> None:
        if self._sound is not None and self._sound.works and (room := self._sound.room_bytes):
            self._sound.write(self._reader.pop_sound(room))

    def _show_due(self, now: Time) -> None:
        due: Frame | None = None
        while (following := self._reader.next_time()) is not None and (following <= now or not self.shown):
            self.dropped += due is not None
            due = self._reader.pop_frame()
            self.shown += 1
        if due is not None:
            self.framed.emit(due)
        elif following is None and not self._reader.ended and not self._audible():
            self._clock.hold()

    def _look_for_the_end(self) -> None:
        if self._reader.trouble is not None:
            self._timer.stop()
            self.failed.emit(self._reader.trouble)
        elif self._reader.ended and self._reader.next_time() is None and self._at_end():
            self._timer.stop()
            self.ended.emit()

    def _at_end(self) -> bool:
        """The last frame has had its time (or the sound card has stopped counting just before)."""
        last_frame = Time.from_frames(1, self._plan.fps)
        left = self._plan.file_range.end - self.position
        return left <= last_frame or (self._audible() and left < Time.from_seconds(0.3))

    def _audible(self) -> bool:
        return self._sound is not None and self._sound.works

    def _read_clock(self) -> float:
        now = clock.wall_s()
        return self._clock.reading(now, self._sound_clock(now))

    def _sound_clock(self, now: float) -> float | None:
        """What the sound card has played; None without sound, after its end, or when the card is stuck."""
        if self._sound is None or not self._clock.running or (played := self._sound.played_s()) is None:
            return None
        if played != self._sound_stood[1]:
            self._sound_stood = (now, played)
        elif now - self._sound_stood[0] > _STUCK_S:
            self._sound.close()
            return None
        over = self._reader.ended and not self._reader.sound_left and self._sound.drained
        return None if over else played
