"""Where things are on the timeline: time <-> pixels, zoom, scrolling, and the rows of the tracks. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from viralclip_desktop.core.time import TICKS_PER_SECOND, ZERO, Time, TimeRange
from viralclip_desktop.gui.timeline.model import Kind, Lane, TimelineModel

SIDE_PX = 20
"""Room before the start and after the end: the trim handles stand there."""
MOST_PX_PER_S = 960.0  # a frame of 30 fps is 32 px wide: its word and its wave can be judged
ZOOM_STEP = 1.4
RULER_PX = 26
_GAP_PX = 3
_SECOND = Time.from_seconds(1)
_FOLLOW_SHARE = 0.08  # a page turn puts the playhead here
_EASY_PX = 24.0  # what is brought into view does not stick to the edge


@dataclass
class View:
    """The visible window on clip time. ``x`` counts from the left of the track area, in logical pixels."""

    width_px: float = 800.0
    duration: Time = _SECOND
    px_per_s: float = 100.0
    scroll_px: float = 0.0
    fitted: bool = True
    """Whether the whole clip is shown and keeps being shown as it or the room changes."""

    @property
    def content_px(self) -> float:
        """Width of everything, room at both sides included."""
        return self.duration.seconds * self.px_per_s + 2 * SIDE_PX

    @property
    def most_scroll_px(self) -> float:
        """The largest scroll position."""
        return max(0.0, self.content_px - self.width_px)

    @property
    def fit_px_per_s(self) -> float:
        """The scale at which the whole clip is shown."""
        return max(1.0, self.width_px - 2 * SIDE_PX) / max(1e-3, self.duration.seconds)

    @property
    def window(self) -> TimeRange:
        """The clip time that is shown, which may reach past both ends."""
        return TimeRange(self.time_at(0), self.time_at(max(1.0, self.width_px)))

    def x_of(self, time: Time) -> float:
        """Pixels from the left for a clip time."""
        return SIDE_PX + time.ticks / TICKS_PER_SECOND * self.px_per_s - self.scroll_px

    def xs_of(self, ticks: NDArray[np.int64]) -> NDArray[np.float64]:
        """:meth:`x_of` of many."""
        return SIDE_PX + ticks.astype(np.float64) * (self.px_per_s / TICKS_PER_SECOND) - self.scroll_px

    def time_at(self, x: float) -> Time:
        """The clip time under a pixel; negative before the start, past the duration after the end."""
        return Time(round((x - SIDE_PX + self.scroll_px) / self.px_per_s * TICKS_PER_SECOND))

    def inside(self, x: float) -> Time:
        """The clip time under a pixel, held to the clip."""
        return self.time_at(x).clamped(ZERO, self.duration)

    def span(self, px: float) -> Time:
        """How much time some pixels are."""
        return Time(round(px / self.px_per_s * TICKS_PER_SECOND))

    def set_room(self, width_px: float, duration: Time) -> None:
        """Another width, or another length of the clip."""
        self.width_px, self.duration = max(1.0, width_px), duration
        if self.fitted:
            self.fit()
        else:
            self._hold()

    def fit(self) -> None:
        """Show the whole clip."""
        self.px_per_s, self.scroll_px, self.fitted = min(MOST_PX_PER_S, self.fit_px_per_s), 0.0, True

    def zoom(self, factor: float, anchor_x: float) -> None:
        """Zoom in (above 1) or out; what is at ``anchor_x`` stays there. Zooming out ends at fit."""
        anchor = (anchor_x - SIDE_PX + self.scroll_px) / self.px_per_s
        least = min(MOST_PX_PER_S, self.fit_px_per_s)
        self.px_per_s = min(MOST_PX_PER_S, max(least, self.px_per_s * factor))
        self.fitted = self.px_per_s <= least
        self.scroll_px = SIDE_PX + anchor * self.px_per_s - anchor_x
        self._hold()

    def scroll_to(self, px: float) -> None:
        """Scroll to a position; held to what there is."""
        self.scroll_px = px
        self._hold()

    def reveal(self, within: TimeRange) -> bool:
        """Scroll as little as needed to show a range (its start, if it is longer); whether it moved."""
        before = self.scroll_px
        left, right = self.x_of(within.start), self.x_of(within.end)
        if right > self.width_px - _EASY_PX:
            self.scroll_px += min(right - self.width_px + _EASY_PX, left - _EASY_PX)
        if left < _EASY_PX:
            self.scroll_px += left - _EASY_PX
        self._hold()
        return self.scroll_px != before

    def turn_page(self, playhead: Time) -> bool:
        """While playing: put the playhead near the left when it has left the window; whether it had."""
        x = self.x_of(playhead)
        if 0 <= x <= self.width_px - 2:
            return False
        before = self.scroll_px
        self.scroll_to(self.scroll_px + x - self.width_px * _FOLLOW_SHARE)
        return self.scroll_px != before

    def _hold(self) -> None:
        """Whole pixels: what is painted then keeps its shape while it scrolls."""
        self.scroll_px = float(round(min(self.most_scroll_px, max(0.0, self.scroll_px))))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the painting. ``lane`` is None for the recording's own sound and for what can be added."""

    track: Kind
    lane: Lane | None
    top_px: int
    height_px: int

    @property
    def bottom_px(self) -> int:
        """One past the last pixel row."""
        return self.top_px + self.height_px

    def holds(self, y: float) -> bool:
        """Whether a height lies in the row."""
        return self.top_px <= y < self.bottom_px


TRACKS = (Kind.VIDEO, Kind.CAPTION, Kind.PICTURE, Kind.VOICE, Kind.MUSIC, Kind.ADD)
_LEAST = {Kind.VIDEO: 30, Kind.CAPTION: 20, Kind.PICTURE: 19, Kind.VOICE: 26, Kind.MUSIC: 19, Kind.ADD: 19}
"""So low that all tracks with one lane each are in sight in the smallest window, and their names readable."""
_MOST = {Kind.VIDEO: 84, Kind.CAPTION: 34, Kind.PICTURE: 30, Kind.VOICE: 84, Kind.MUSIC: 30, Kind.ADD: 24}
_LAYER = Kind.PICTURE
"""Every lane of layers is as high as one of pictures."""


@dataclass(frozen=True)
class Rows:
    """All rows from the top down, below the ruler."""

    rows: tuple[Row, ...] = ()
    height_px: int = 0
    tracks: dict[Kind, tuple[int, int]] = field(default_factory=dict)
    """Top and bottom of each track."""

    def at(self, y: float) -> Row | None:
        """The row at a height."""
        return next((row for row in self.rows if row.holds(y)), None)

    def of(self, lane: Lane) -> Row | None:
        """The row of a lane."""
        return next((row for row in self.rows if row.lane is lane), None)


def lay_rows(model: TimelineModel, room_px: int) -> Rows:
    """Place the tracks in a height; where there is more than they need, picture and sound get it."""
    plan = [(track, lane) for track in TRACKS for lane in _track_lanes(model, track)]
    sizes = [track if lane is None or lane.kind is not Kind.VOICE else _LAYER for track, lane in plan]
    needed = sum(_LEAST[size] + _GAP_PX for size in sizes) + _GAP_PX
    grow = _shares(sizes, max(0, room_px - RULER_PX - needed))
    rows, tracks, top = [], dict[Kind, tuple[int, int]](), RULER_PX + _GAP_PX
    for (track, lane), size, more in zip(plan, sizes, grow, strict=True):
        row = Row(track, lane, top, _LEAST[size] + more)
        rows.append(row)
        tracks[track] = (tracks.get(track, (top, 0))[0], row.bottom_px)
        top = row.bottom_px + _GAP_PX
    return Rows(tuple(rows), top, tracks)


def _track_lanes(model: TimelineModel, track: Kind) -> Sequence[Lane | None]:
    lanes: dict[Kind, Sequence[Lane | None]] = {
        Kind.VIDEO: (model.video,),
        Kind.CAPTION: (model.cues.lane,),
        Kind.PICTURE: model.pictures,
        Kind.VOICE: (None, *model.voices),
        Kind.MUSIC: model.music,
        Kind.ADD: () if model.pictures and model.music else (None,),
    }
    return lanes[track]


def _shares(sizes: Sequence[Kind], spare_px: int) -> list[int]:
    """Spare height, handed out evenly among the rows that can still grow."""
    grow = [0] * len(sizes)
    while spare_px > 0:
        able = [n for n, size in enumerate(sizes) if _LEAST[size] + grow[n] < _MOST[size]][:spare_px]
        if not able:
            break
        for n in able:
            grow[n] += 1
        spare_px -= len(able)
    return grow


_STEPS_S = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)
_MINOR = {0.1: 2, 0.2: 4, 0.5: 5, 15: 3, 30: 6, 120: 4, 900: 3, 1800: 6, 7200: 4}
_LABEL_PX = 76  # a label and the air that keeps it apart from the next


@dataclass(frozen=True, slots=True)
class Ticking:
    """How the ruler is divided: a label every ``major``, ``minors`` parts between two labels."""

    major: Time
    minors: int
    tenths: bool


def ticking(px_per_s: float) -> Ticking:
    """The finest division whose labels keep apart."""
    step = next((step for step in _STEPS_S if step * px_per_s >= _LABEL_PX), _STEPS_S[-1])
    return Ticking(Time.from_seconds(Fraction(str(step))), _MINOR.get(step, 5), step < 1)
