"""Where a clip may begin and end: in the real silence around its words, never in a neighbour's word.

Word times from a recogniser are off by 50 to 100 ms, so the loudness decides where the sound stops,
inside the gap that the word times leave.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.moments.arrays import Floats
from viralclip_desktop.features.moments.music import Within, hear_music
from viralclip_desktop.features.moments.sound import LEVEL_HOP_S, Sound
from viralclip_desktop.features.moments.units import Unit
from viralclip_desktop.features.moments.weights import (
    LONGEST_REACTION_S,
    PRE_ROLL_S,
    SHORTEST_REACTION_S,
    TAIL_S,
    UNHEARD_TAIL_S,
)

_QUIET_RUN: Final = 5  # hops of 10 ms: shorter dips are closures inside words (p, t, k)
_LATE_END_S: Final = 0.35  # a word is never heard longer than this after its stated end
_EARLY_START_S: Final = 0.25
_FADE_S: Final = 0.1
_TAIL_SHARE: Final = 0.6  # of a gap too short for both: a cut-off ending hurts more than a tight opening


@dataclass(frozen=True)
class Edges:
    """For each unit, in seconds of source time: where a clip starting with it begins, and where one ending
    with it ends. ``pause_s[g]`` is the silence before unit ``g``; the ends of the talk count as long."""

    start_s: Floats
    end_s: Floats
    pause_s: Floats


def find_edges(words: Sequence[Word], units: Sequence[Unit], sound: Sound | None, duration_s: float) -> Edges:
    """Edges of all units. Clips of neighbouring units never overlap."""
    count = len(units)
    heard_s, music = reactions(words, units, sound), hear_music(words, units, sound).gaps
    starts, ends, pauses = np.zeros(count), np.zeros(count), np.full(count + 1, 10.0)
    heard = sound if sound is not None and sound.has_silences else None
    for gap in range(count + 1):
        before_s = words[units[gap - 1].last - 1].end.seconds if gap else 0.0
        after_s = words[units[gap].first].start.seconds if gap < count else max(duration_s, before_s)
        after_s = max(before_s, after_s)
        stops_s, begins_s = _silence(heard, before_s, after_s, at_start=gap == 0, at_end=gap == count)
        if gap and heard_s[gap - 1] > 0.0:  # laughter and applause stay in
            stops_s = min(max(stops_s, before_s + float(heard_s[gap - 1])), begins_s)
        if within := music[gap]:
            stops_s, begins_s = min(stops_s, before_s + _LATE_END_S), max(begins_s, after_s - _EARLY_START_S)
        end_s, start_s = _shared(stops_s, begins_s, TAIL_S if heard else UNHEARD_TAIL_S)
        if within:
            end_s, start_s = _clear_of(within, stops_s, begins_s, end_s, start_s)
        if gap:
            ends[gap - 1] = end_s
        if gap < count:
            starts[gap] = start_s
        if 0 < gap < count:
            pauses[gap] = begins_s - stops_s
    return Edges(starts, ends, pauses)


def reactions(words: Sequence[Word], units: Sequence[Unit], sound: Sound | None) -> Floats:
    """Seconds of laughter, applause or other sound without words in the gap after each unit, up to
    ``LONGEST_REACTION_S``; 0 where nothing of the kind lasts ``SHORTEST_REACTION_S``, where it is music, or
    nothing can be heard.

    Sound in a gap that lasts longer than a late word end is nobody's word: it is the room.
    """
    found = np.zeros(len(units))
    if sound is None or not sound.has_silences:
        return found
    for at in range(len(units) - 1):
        before_s, after_s = words[units[at].last - 1].end.seconds, words[units[at + 1].first].start.seconds
        if after_s - before_s < SHORTEST_REACTION_S + _LATE_END_S:
            continue
        until_s = min(after_s, before_s + LONGEST_REACTION_S)
        if sound.is_music(before_s + _LATE_END_S, until_s):
            continue
        loud = sound.levels(before_s, until_s) > sound.quiet_db
        if float(loud[int(_LATE_END_S / LEVEL_HOP_S) :].sum()) * LEVEL_HOP_S >= SHORTEST_REACTION_S:
            found[at] = (int(np.flatnonzero(loud)[-1]) + 1) * LEVEL_HOP_S
    return found


def _clear_of(
    music: Within, stops_s: float, begins_s: float, end_s: float, start_s: float
) -> tuple[float, float]:
    """Tail and pre-roll that don't reach into music, except for a short fade where it follows at once."""
    low, high = max(music[0], stops_s + _FADE_S), min(music[1], begins_s - _FADE_S)
    return min(end_s, low), max(start_s, high)


def _shared(stops_s: float, begins_s: float, tail_s: float) -> tuple[float, float]:
    """Tail and pre-roll in one silence: where the clip before ends and the one after begins."""
    end_s, start_s = stops_s + tail_s, begins_s - PRE_ROLL_S
    if end_s <= start_s:
        return end_s, start_s
    cut_s = stops_s + (begins_s - stops_s) * _TAIL_SHARE
    return min(end_s, cut_s), max(start_s, cut_s)


def _silence(
    sound: Sound | None, before_s: float, after_s: float, *, at_start: bool, at_end: bool
) -> tuple[float, float]:
    """When the word before falls silent and when the one after is first heard, inside the gap."""
    if sound is None or after_s - before_s < 2 * LEVEL_HOP_S:
        return before_s, after_s
    first = int(before_s / LEVEL_HOP_S)
    quiet = sound.levels(before_s, after_s) < sound.quiet_db
    runs = _runs(quiet)
    if not runs:
        return _no_silence(sound, before_s, after_s)
    stops_s = (first + runs[0][0]) * LEVEL_HOP_S
    begins_s = (first + runs[-1][1]) * LEVEL_HOP_S
    stops_s = before_s if at_start else min(max(stops_s, before_s), before_s + _LATE_END_S)
    begins_s = after_s if at_end else max(min(begins_s, after_s), after_s - _EARLY_START_S)
    return (stops_s, begins_s) if stops_s <= begins_s else (begins_s, begins_s)


def _runs(quiet: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[tuple[int, int]]:
    """Stretches of at least 50 ms of quiet, as first and last hop."""
    steps = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(steps[::2], steps[1::2], strict=True) if b - a >= _QUIET_RUN]


def _no_silence(sound: Sound, before_s: float, after_s: float) -> tuple[float, float]:
    """A gap without quiet: cut at its softest point."""
    levels = sound.levels(before_s, after_s)
    if not len(levels):
        return before_s, after_s
    softest = (int(before_s / LEVEL_HOP_S) + int(np.argmin(levels)) + 0.5) * LEVEL_HOP_S
    softest = min(max(softest, before_s), after_s)
    return softest, softest
