"""Exact time on integer ticks.

One tick is a *flick*, 1/705,600,000 s (Christopher Horvath, Facebook, 2018): it holds every common
frame rate (24, 25, 30, 50, 60, 120 and their 1000/1001 kin) and sample rate (8 to 192 kHz) exactly.
Floats appear only at the edges (``from_seconds``, ``seconds``).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering

TICKS_PER_SECOND = 705_600_000


@total_ordering
@dataclass(frozen=True, slots=True)
class Time:
    """A point in time or a duration, in ticks. Which clock it counts on is said by its owner."""

    ticks: int

    @classmethod
    def from_seconds(cls, seconds: float | Fraction) -> Time:
        """The tick nearest to a number of seconds."""
        return cls(round(Fraction(seconds) * TICKS_PER_SECOND))

    @classmethod
    def from_frames(cls, frames: int, fps: Fraction) -> Time:
        """When frame number ``frames`` begins at a constant rate of ``fps`` frames a second."""
        return cls(round(Fraction(frames) * TICKS_PER_SECOND / fps))

    @classmethod
    def from_samples(cls, samples: int, rate_hz: int) -> Time:
        """When sample number ``samples`` begins at ``rate_hz`` samples a second."""
        return cls(round(Fraction(samples * TICKS_PER_SECOND, rate_hz)))

    @property
    def seconds(self) -> float:
        """This time in seconds, for display and for other programs."""
        return self.ticks / TICKS_PER_SECOND

    def frames(self, fps: Fraction) -> int:
        """The number of the frame on screen at this time (floor)."""
        return int((Fraction(self.ticks) * fps) // TICKS_PER_SECOND)

    def nearest_frame(self, fps: Fraction) -> int:
        """The number of the frame whose start is nearest to this time."""
        return round(Fraction(self.ticks) * fps / TICKS_PER_SECOND)

    def snapped(self, fps: Fraction) -> Time:
        """This time moved to the nearest frame start."""
        return Time.from_frames(self.nearest_frame(fps), fps)

    def samples(self, rate_hz: int) -> int:
        """The number of the sample nearest to this time."""
        return round(Fraction(self.ticks * rate_hz, TICKS_PER_SECOND))

    def clamped(self, low: Time, high: Time) -> Time:
        """This time held between ``low`` and ``high``."""
        return max(low, min(self, high))

    def __add__(self, other: Time) -> Time:
        return Time(self.ticks + other.ticks)

    def __sub__(self, other: Time) -> Time:
        return Time(self.ticks - other.ticks)

    def __neg__(self) -> Time:
        return Time(-self.ticks)

    def __lt__(self, other: Time) -> bool:
        return self.ticks < other.ticks

    def __bool__(self) -> bool:
        return self.ticks != 0

    def __str__(self) -> str:
        return format_clock(self)


ZERO = Time(0)


@dataclass(frozen=True, slots=True)
class TimeRange:
    """A half-open range ``[start, end)`` on one clock; the owner says which (source, clip, output)."""

    start: Time
    end: Time

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"range ends before it starts: {self.start.ticks} > {self.end.ticks}")

    @classmethod
    def from_seconds(cls, start_s: float, end_s: float) -> TimeRange:
        """A range from two numbers of seconds."""
        return cls(Time.from_seconds(start_s), Time.from_seconds(end_s))

    @property
    def duration(self) -> Time:
        """How long the range is."""
        return self.end - self.start

    def contains(self, time: Time) -> bool:
        """Whether ``time`` lies in the range (the end does not)."""
        return self.start <= time < self.end

    def overlaps(self, other: TimeRange) -> bool:
        """Whether the two ranges share any time."""
        return self.start < other.end and other.start < self.end

    def intersection(self, other: TimeRange) -> TimeRange | None:
        """The time both ranges share, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return TimeRange(start, end) if start < end else None

    def shifted(self, by: Time) -> TimeRange:
        """The same range, moved."""
        return TimeRange(self.start + by, self.end + by)


def format_clock(time: Time) -> str:
    """``m:ss.t`` (``h:mm:ss.t`` from an hour on), as shown everywhere in the program."""
    sign = "-" if time.ticks < 0 else ""
    tenths = abs(time.ticks) * 10 // TICKS_PER_SECOND
    minutes, rest = divmod(tenths, 600)
    tail = f"{rest // 10:02d}.{rest % 10}"
    if minutes < 60:
        return f"{sign}{minutes}:{tail}"
    return f"{sign}{minutes // 60}:{minutes % 60:02d}:{tail}"


def format_duration(time: Time) -> str:
    """A length in words: ``24 s``, ``3 min 20 s``, ``1 h 05 min``."""
    seconds = round(time.seconds)
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min {seconds % 60:02d} s"
    return f"{seconds // 3600} h {seconds % 3600 // 60:02d} min"
