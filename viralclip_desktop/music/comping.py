"""What chords are played as: pads, strums, arpeggios, stabs; a pattern is the sixteen steps of a bar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from viralclip_desktop.music.song import BEATS, Note, Section
from viralclip_desktop.music.theory import Chord, nearest, voiced

_STEP = BEATS / 16
_STRUM_S = 0.014  # from string to string

_RHYTHMS = {  # a digit: how hard; what it rings for is until the next one, or the steps behind the bar
    "halves": "7.......6.......",
    "eighths": "7.5.6.5.6.5.6.5.",
    "stabs": "..7...7...7...7.",
    "keys": "7.....5...6.....",
    "soft_keys": "6.........4.....",
    "funk": "..6..5...6.5..6.",
    "charleston": "7.....6.........",
    "pump": "7..6..6.7..6..6.",
    "drive": "8.6.6.7.6.6.7.6.",
    "ukulele": "7...6.5...5.6.5.",
    "strum": "8...6.4.5...6.43",
}
_ARPEGGIOS = {  # which tone of the chord, by step; digits beyond the chord go on an octave higher
    "picking": "0.2.1.3.2.3.1.3.",
    "rising": "0.1.2.3.4.3.2.1.",
    "sixteenths": "0213021302130213",
    "ostinato": "0.2.3.2.0.2.3.2.",
    "pluck": "0..2..4.1..3..4.",
    "alberti": "0.2.1.2.0.2.1.2.",
    "wide": "0...2...4...3...",
    "bells": "4.......3.......",
    "gated": "0.1.2.1.0.1.3.1.",
    "spiccato": "0000200010002010",
}
_STRUMMED = {"ukulele", "strum"}
_RINGING = {"picking", "wide", "rising", "alberti"}
_SHORT = {"stabs": 1.4, "funk": 0.9, "pump": 2.0, "drive": 1.7, "spiccato": 0.8,
          "ostinato": 1.8, "gated": 1.3, "sixteenths": 1.2}  # fmt: skip


class Comper:
    """A player with a style, around a pitch (``centre``), with so many ``voices``."""

    def __init__(self, style: str, centre: int, voices: int, rng: Random) -> None:
        self._style, self._centre, self._voices, self._rng = style, centre, voices, rng

    def section(self, section: Section, chords: Sequence[Chord]) -> Iterator[Note]:
        """A section over its chords, two a bar."""
        start = section.start_bar * BEATS
        pitches: tuple[int, ...] = ()
        since = 0
        for half, chord in enumerate(chords):
            pitches = voiced(chord, self._centre, pitches, self._voices)
            changes = half + 1 == len(chords) or chords[half + 1] != chord
            if self._style in ("pad", "drone"):
                if changes:
                    held = pitches if self._style == "pad" else self._drone(chord)
                    length = 2.0 * (half + 1 - since)
                    yield from (Note(start + 2 * since, length, one, self._about(72)) for one in held)
            else:
                yield from self._half_bar(start + 2 * half, half % 2, chord, pitches)
            since = half + 1 if changes else since

    def _about(self, velocity: int, spread: int = 4) -> int:
        return max(20, velocity + self._rng.randint(-spread, spread))

    def _drone(self, chord: Chord) -> tuple[int, ...]:
        root = nearest(chord.bass, self._centre - 7)
        return root, root + 7

    def _half_bar(self, at: float, half: int, chord: Chord, pitches: tuple[int, ...]) -> Iterator[Note]:
        if self._style in _ARPEGGIOS:
            yield from self._arpeggio(at, half, pitches)
            return
        if self._style == "power":
            root = nearest(chord.root, self._centre)
            pitches = (root, nearest(chord.fifth, root + 7), root + 12)
        row = _RHYTHMS["drive" if self._style == "power" else self._style][8 * half : 8 * half + 8]
        strummed = self._style in _STRUMMED
        for step, end in _stretches(row):
            length = min(end - step, _SHORT.get(self._style, 8.0)) * _STEP * 0.97
            velocity = self._about(20 + 11 * int(row[step]))
            up = strummed and step % 4 == 2
            order = pitches[::-1][:3] if up else pitches
            for string, pitch in enumerate(order):
                softer = max(20, velocity - (8 if up else 0) - 2 * string)
                yield Note(at + step * _STEP, length, pitch, softer, string * _STRUM_S if strummed else 0.0)

    def _arpeggio(self, at: float, half: int, pitches: tuple[int, ...]) -> Iterator[Note]:
        row = _ARPEGGIOS[self._style][8 * half : 8 * half + 8]
        rings = 1.6 if self._style in _RINGING else 1.0
        for step, end in _stretches(row):
            tone = int(row[step])
            pitch = pitches[tone % len(pitches)] + 12 * (tone // len(pitches))
            length = min((end - step) * rings, _SHORT.get(self._style, 16.0)) * _STEP
            yield Note(at + step * _STEP, length, pitch, self._about(78 if step == 0 else 68, 5))


def _stretches(row: str) -> list[tuple[int, int]]:
    """Each step that is struck, and the one on which the next is."""
    steps = [step for step, mark in enumerate(row) if mark != "."]
    return list(zip(steps, [*steps[1:], len(row)][: len(steps)], strict=True))
