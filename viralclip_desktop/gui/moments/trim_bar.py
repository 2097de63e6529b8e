"""The trim bar: the waveform around a clip, its two handles and the playhead. All times are source time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.edits.clips import SHORTEST_CLIP
from viralclip_desktop.gui.common.handle import HANDLE_PX, TrimHandle
from viralclip_desktop.gui.common.snapping import WordEdges
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket
    from viralclip_desktop.media.peaks import Peaks

_HEIGHT_PX = 72
_BAR_PX, _GAP_PX = 2, 1  # one waveform stroke and the space after it
_LEAST_AIR = Time.from_seconds(3)
_FRAME = Time.from_seconds(1 / 30)


class TrimBar(QWidget):
    """Emits ``trimmed(start, end, edge, gesture)`` while a handle moves, ``sought`` on a click."""

    trimmed = Signal(object, object, str, int)
    sought = Signal(object)
    settled = Signal()
    """A gesture has ended."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._peaks: Peaks | None = None
        self._wave: Any = None
        self._asked: Ticket | None = None
        self._duration = ZERO
        self._edges = WordEdges(())
        self.frame = _FRAME
        self.range = TimeRange(ZERO, Time.from_seconds(1))
        self.view = self.range
        self._playhead: Time | None = None
        self._gesture, self._held = 0, False
        self.setFixedHeight(_HEIGHT_PX)
        self.setAccessibleName(tr("Start and end of the clip"))
        self.handle_in, self.handle_out = TrimHandle("in", self), TrimHandle("out", self)
        for handle in (self.handle_in, self.handle_out):
            self._wire(handle)

    # --- what is shown -----------------------------------------------------------------------------------

    def show_source(self, peaks: Peaks | None, duration: Time, edges: WordEdges) -> None:
        """Another recording, or the same one with other words: its waveform, length and words."""
        if peaks is not self._peaks:
            self._wave = None
        self._peaks, self._duration, self._edges = peaks, duration, edges

    def show_range(self, within: TimeRange, new_clip: bool) -> None:
        """The clip as it is stored. A handle in the user's hand is left alone, unless another clip comes."""
        if new_clip:
            self._held = False
            for handle in (self.handle_in, self.handle_out):
                handle.let_go()
        if self._held:
            return
        self.range = within
        if new_clip or self._needs_air():
            self._fit_view()
        self._place()

    def show_playhead(self, at: Time | None) -> None:
        """Where the player stands."""
        if at != self._playhead:
            self._playhead = at
            self.update()

    def x_of(self, time: Time) -> float:
        """Pixels from the left for a source time."""
        span = max(1, self.view.duration.ticks)
        usable = self.width() - 2 * HANDLE_PX
        return HANDLE_PX + usable * (time.ticks - self.view.start.ticks) / span

    def time_at(self, x: float) -> Time:
        """The source time under a pixel, inside what is shown."""
        share = (x - HANDLE_PX) / max(1, self.width() - 2 * HANDLE_PX)
        share = min(1.0, max(0.0, share))
        return self.view.start + Time(round(share * self.view.duration.ticks))

    # --- moving the points -------------------------------------------------------------------------------

    def move_edge(self, edge: str, to: Time) -> None:
        """Put the in or the out point somewhere, as one gesture of its own."""
        self._gesture += 1
        self._move(edge, to)
        self.settled.emit()

    def nudge(self, edge: str, direction: int, by_frame: bool) -> None:
        """One word, or one frame, back or on."""
        here = self.range.start if edge == "in" else self.range.end
        if by_frame:
            self.move_edge(edge, here + Time(self.frame.ticks * direction))
        else:
            self.move_edge(edge, self._edges.neighbour(edge, here, direction))

    def _move(self, edge: str, to: Time) -> None:
        start, end = self.range.start, self.range.end
        if edge == "in":
            start = to.clamped(ZERO, max(ZERO, end - SHORTEST_CLIP))
        else:
            end = to.clamped(min(start + SHORTEST_CLIP, self._duration), self._duration)
        if (start, end) != (self.range.start, self.range.end):
            self.range = TimeRange(start, end)
            self._place()
            self.trimmed.emit(start, end, edge, self._gesture)

    def _drag(self, edge: str, x: float, free: bool) -> None:
        # the pointer holds the grip, which lies outside the point itself
        at = self.time_at(x + HANDLE_PX / 2 if edge == "in" else x - HANDLE_PX / 2)
        self._move(edge, at if free else self._edges.nearest(edge, at))

    def _take(self) -> None:
        self._held = True
        self._gesture += 1

    def _release(self) -> None:
        self._held = False
        if self._needs_air():
            self._fit_view()
            self._place()
        self.settled.emit()

    def _wire(self, handle: TrimHandle) -> None:
        handle.pressed.connect(self._take)
        handle.dragged.connect(lambda x, free: self._drag(handle.edge, x, free))
        handle.released.connect(self._release)
        handle.nudged.connect(lambda direction, frame: self.nudge(handle.edge, direction, frame))

    # --- geometry ----------------------------------------------------------------------------------------

    def _needs_air(self) -> bool:
        margin = Time(self.view.duration.ticks // 40)
        left = self.range.start - self.view.start
        right = self.view.end - self.range.end
        return (left < margin and self.view.start > ZERO) or (
            right < margin and self.view.end < self._duration
        )

    def _fit_view(self) -> None:
        air = max(_LEAST_AIR, Time(self.range.duration.ticks // 5))
        end = max(min(self.range.end + air, self._duration), self.range.end)
        self.view = TimeRange(max(ZERO, self.range.start - air), end)
        self._load_wave()

    def _place(self) -> None:
        height = self.height()
        left, right = round(self.x_of(self.range.start)), round(self.x_of(self.range.end))
        self.handle_in.setGeometry(left - HANDLE_PX, 0, HANDLE_PX, height)
        self.handle_out.setGeometry(right, 0, HANDLE_PX, height)
        self.handle_in.show_time(self.range.start)
        self.handle_out.show_time(self.range.end)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """New width, new waveform."""
        super().resizeEvent(event)
        self._load_wave()
        self._place()

    def _load_wave(self) -> None:
        peaks, view = self._peaks, self.view
        buckets = max(1, (self.width() - 2 * HANDLE_PX) // (_BAR_PX + _GAP_PX))
        if self._asked is not None:
            self._asked.forget()
        if peaks is not None:
            self._asked = self._context.tasks.run(lambda: peaks.between(view, buckets), self._show_wave)

    def _show_wave(self, wave: Any) -> None:
        self._wave = wave
        self.update()

    # --- painting and clicking ---------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the wave moves the playhead."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.sought.emit(self.time_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Scrub."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.sought.emit(self.time_at(event.position().x()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bed, waveform, frame between the handles, playhead."""
        colours, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bed = QPainterPath()
        bed.addRoundedRect(QRectF(self.rect()), tokens.RADIUS_CONTROL, tokens.RADIUS_CONTROL)
        painter.fillPath(bed, colours.colour("raised"))
        left, right = self.x_of(self.range.start), self.x_of(self.range.end)
        inside = QRectF(left, 0, right - left, self.height())
        tint = colours.colour("accent")
        tint.setAlpha(40)
        painter.fillRect(inside, tint)
        self._paint_wave(painter, left, right)
        painter.setPen(QPen(colours.colour("accent"), 2))
        painter.drawLine(int(left), 1, int(right), 1)
        painter.drawLine(int(left), self.height() - 1, int(right), self.height() - 1)
        if self._playhead is not None and self.view.start <= self._playhead <= self.view.end:
            x = round(self.x_of(self._playhead))
            painter.setPen(QPen(colours.colour("text"), 2))
            painter.drawLine(x, 2, x, self.height() - 2)

    def _paint_wave(self, painter: QPainter, left: float, right: float) -> None:
        if self._wave is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        middle, reach = self.height() / 2, self.height() / 2 - 8
        inside, outside = theme().colour("track_voice"), theme().colour("faint")
        step = (self.width() - 2 * HANDLE_PX) / len(self._wave)
        for index, (low, high) in enumerate(self._wave.tolist()):
            x = HANDLE_PX + index * step
            size = max(1.0, max(abs(low), abs(high)) ** 0.7 * reach)  # quiet speech stays visible
            painter.setBrush(inside if left <= x < right else outside)
            painter.drawRoundedRect(QRectF(x, middle - size, _BAR_PX, 2 * size), 1, 1)
