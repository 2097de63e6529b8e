"""What is written: notes on tracks, in beats, and how beats lie in time."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from viralclip_desktop.music.theory import Key

BEATS = 4
"""In a bar."""


@dataclass(frozen=True, slots=True)
class Note:
    """``start`` and ``length`` in beats, ``pitch`` as a MIDI number, ``velocity`` 1..127; ``late_s`` is how
    far a player is off the grid, in seconds."""

    start: float
    length: float
    pitch: int
    velocity: int
    late_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Voice:
    """An instrument and its place in the mix.

    ``level_lu``: how loud the track is, against the other ones. ``pan``: -1 left to 1 right. ``width``: 0 for
    one player, above it two, so many cents apart, to the left and to the right. ``room``: its share in the
    reverb. ``low_hz`` and ``high_hz``: where its band ends. ``pump``: how far the kick pushes it down, 0..1.
    """

    program: int
    bank: int = 0
    level_lu: float = 0.0
    pan: float = 0.0
    width: float = 0.0
    room: float = 0.15
    low_hz: float = 90.0
    high_hz: float = 12_000.0
    pump: float = 0.0
    release: float = 1.0
    sound: str = ""
    """A sound of our own, in the place of a SoundFont's."""

    @property
    def is_kit(self) -> bool:
        """Whether its notes are drums, which ring to their end."""
        return self.bank == 128


@dataclass(frozen=True, slots=True)
class Track:
    """What one instrument plays; tracks of one ``stem`` are written into one file."""

    stem: str
    voice: Voice
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """``energy``: 0..1."""

    name: str
    start_bar: int
    bars: int
    energy: float

    @property
    def end_bar(self) -> int:
        """The first bar after it."""
        return self.start_bar + self.bars


@dataclass(frozen=True, slots=True)
class TimeMap:
    """Where beats lie in time: through points (beat, second), straight between them and beyond the last."""

    tempo: float
    points: tuple[tuple[float, float], ...] = ((0.0, 0.0),)

    def seconds(self, beat: float) -> float:
        """When a beat is."""
        index = max(0, bisect_right(self.points, (beat, float("inf"))) - 1)
        from_beat, from_s = self.points[index]
        if index + 1 < len(self.points):
            to_beat, to_s = self.points[index + 1]
            return from_s + (beat - from_beat) * (to_s - from_s) / (to_beat - from_beat)
        return from_s + (beat - from_beat) * 60 / self.tempo

    def beat(self, at_s: float) -> float:
        """Which beat a moment is."""
        index = max(0, bisect_right([point[1] for point in self.points], at_s) - 1)
        from_beat, from_s = self.points[index]
        if index + 1 < len(self.points):
            to_beat, to_s = self.points[index + 1]
            return from_beat + (at_s - from_s) * (to_beat - from_beat) / (to_s - from_s)
        return from_beat + (at_s - from_s) * self.tempo / 60


@dataclass(frozen=True, slots=True)
class Song:
    """``duration_s``: of the file. ``room_s``: how long the room rings. ``accents_s``: what was asked for."""

    preset: str
    key: Key
    tempo: float
    time: TimeMap
    bars: int
    duration_s: float
    loops: bool
    sections: tuple[Section, ...]
    tracks: tuple[Track, ...]
    chords: tuple[str, ...]
    """The chord of each half bar, in Roman numerals."""
    room_s: float = 1.2
    high_hz: float = 14_000.0
    air_db: float = 0.0
    """What is added above some 4 kHz."""
    accents_s: tuple[float, ...] = ()
