"""How many bars at which tempo fill a length, and how beats bend to fall on moments that are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from viralclip_desktop.music.song import BEATS, TimeMap

_RING_S = 1.6
"""How long the last chord rings at least."""
_NUDGE = 0.005
"""How far a tempo that was asked for may be bent; an ear does not hear it."""
_BEND = 0.03
"""How far between two accents, where the tempo is ours to choose."""


@dataclass(frozen=True, slots=True)
class Timing:
    """``bars`` before the last chord (all of them, of a loop), and where beats lie."""

    bars: int
    tempo: float
    time: TimeMap
    duration_s: float


def fitted(
    duration_s: float,
    asked: float | None,
    usual: tuple[float, float],
    rng: Random,
    *,
    loops: bool,
    hits: Sequence[float] = (),
) -> Timing:
    """Bars and tempo (beats a minute) for a length. A loop is a whole number of bars: exactly as long as was
    asked where the tempo is free or need not move by more than 0.5 %, else as near as its bars allow."""
    if loops:
        return _looped(duration_s, asked, usual, rng, hits)
    tempo = asked or _best(duration_s, usual, rng, hits)
    beats = duration_s * tempo / 60
    bars = max(1, int((beats - _RING_S * tempo / 60) // BEATS))
    time = _bent(tempo, hits, _NUDGE if asked else _BEND)
    return Timing(bars, tempo, time, duration_s)


def _looped(
    duration_s: float, asked: float | None, usual: tuple[float, float], rng: Random, hits: Sequence[float]
) -> Timing:
    if asked is None:
        bars = _loop_bars(duration_s, usual, rng)
        tempo = BEATS * bars * 60 / duration_s
        if not 50 <= tempo <= 200:  # too short for a bar, or for bars of that tempo
            asked = min(usual[1], max(usual[0], tempo))
    if asked is not None:
        least = int(max(hits, default=0.0) * asked / 60 / BEATS) + 1  # every accent lies inside
        bars = max(least, round(duration_s * asked / 60 / BEATS))
        exact = BEATS * bars * 60 / duration_s
        tempo = exact if abs(exact / asked - 1) <= _NUDGE else asked
    length = BEATS * bars * 60 / tempo
    time = _bent(tempo, hits, _BEND, end=(BEATS * bars, length))
    return Timing(bars, tempo, time, length)


def _loop_bars(duration_s: float, usual: tuple[float, float], rng: Random) -> int:
    low, high = (max(1, round(duration_s * tempo / 60 / BEATS)) for tempo in usual)
    fours = [bars for bars in range(low, high + 1) if bars % 4 == 0]
    evens = [bars for bars in range(low, high + 1) if bars % 2 == 0]
    return rng.choice(fours or evens or [low])


def _best(duration_s: float, usual: tuple[float, float], rng: Random, hits: Sequence[float]) -> float:
    """A tempo of the usual ones with which whole phrases fill the length, and beats fall near the accents."""
    low, high = usual
    steps = [low + 0.5 * index for index in range(int((high - low) * 2) + 1)]
    return min(steps, key=lambda tempo: _misfit(duration_s, tempo, hits) + rng.random() * 0.35)


def _misfit(duration_s: float, tempo: float, hits: Sequence[float]) -> float:
    beats = duration_s * tempo / 60
    bars = max(1, int((beats - _RING_S * tempo / 60) // BEATS))
    ring = beats - bars * BEATS
    odd = 0.0 if bars % 4 == 0 or (bars > 20 and bars % 4 == 2) else 0.6
    off = 0.0
    for at in hits:
        beat = at * tempo / 60
        bar = beat / BEATS
        off += 2 * abs(beat - round(beat)) + 0.8 * min(0.25, abs(bar - round(bar)))
    return odd + abs(ring - BEATS) / BEATS * 0.4 + off


def _bent(
    tempo: float, hits: Sequence[float], most: float, end: tuple[float, float] | None = None
) -> TimeMap:
    """Beats drawn to the accents, where that bends the tempo on the way by no more than ``most``."""
    points = [(0.0, 0.0)]
    straight = TimeMap(tempo)
    for at in sorted(hits):
        beat = float(round(straight.beat(at)))
        points = _with(points, (beat, at), tempo, most, end)
    if end is not None and len(points) > 1:
        points.append(end)
    return TimeMap(tempo, tuple(points))


def _with(
    points: list[tuple[float, float]],
    point: tuple[float, float],
    tempo: float,
    most: float,
    end: tuple[float, float] | None,
) -> list[tuple[float, float]]:
    def bends(one: tuple[float, float], other: tuple[float, float]) -> bool:
        beats, seconds = other[0] - one[0], other[1] - one[1]
        return beats < 1 or seconds <= 0 or abs(beats * 60 / seconds / tempo - 1) > most

    if bends(points[-1], point) or (end is not None and bends(point, end)):
        return points
    return [*points, point]
