"""The level of a sound over the clip: volume, automation, what it makes room for, fades.

Ducking follows the times of the words, not the level of the sound: it begins before the first word of a
sentence instead of after it, it is the same wherever the preview begins, and a cough does not pump.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from viralclip_desktop.compose.expressions import Step, linear, number, stepwise
from viralclip_desktop.compose.plan import Duck, Level
from viralclip_desktop.compose.voice_tones import toned
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.mix import LevelKey

ATTACK, RELEASE = Time.from_seconds(0.15), Time.from_seconds(0.4)
"""Music is down when a word begins, and back up gently after it."""
_HOLD = Time.from_seconds(0.25)  # a pause too short to come up and go down again is talked through
_STEP_SAMPLES = 240  # 5 ms: a 12 dB ramp moves by 0.4 dB a step, which is not heard as steps
_LONG_AGO, _NEVER = Time(-(10**12)), Time(10**15)


def bus_level(stream: Any, level: Level, duration: Time, *, more_db: float = 0.0) -> Any:
    """A sound at the level of its bus, ``more_db`` on top; time stamps are clip time."""
    stream = toned(stream, level.tone)
    volume_db = level.volume_db + more_db
    moving = [*_automation(level.automation), *_ducked(level.ducks)]
    if moving:
        gain = f"pow(10,({'+'.join([number(volume_db), *moving])})/20)"
        stream = stream.filter("asetnsamples", n=_STEP_SAMPLES, p=0)
        stream = stream.filter("volume", volume=gain, eval="frame", precision="float")
    elif volume_db:
        stream = stream.filter("volume", volume=f"{volume_db:.3f}dB", precision="float")
    stream = _fade(stream, "in", ZERO, level.fade_in)
    return _fade(stream, "out", duration - level.fade_out, level.fade_out)


def faded(stream: Any, within: TimeRange, fade: Time) -> Any:
    """A sound that fades in and out at the ends of a range; time stamps are clip time."""
    length = min(fade, Time(within.duration.ticks // 2))
    stream = _fade(stream, "in", within.start, length)
    return _fade(stream, "out", within.end - length, length)


def _fade(stream: Any, kind: str, at: Time, length: Time) -> Any:
    if not length:
        return stream
    times = {"start_time": f"{at.seconds:.6f}", "duration": f"{length.seconds:.6f}"}
    return stream.filter("afade", type=kind, curve="qsin", **times)


def _automation(keys: tuple[LevelKey, ...]) -> list[str]:
    if not keys:
        return []
    points = [(key.at, key.volume_db) for key in keys]
    points = [(_LONG_AGO, points[0][1]), *points, (_NEVER, points[-1][1])]
    return [_line(points)]


def _ducked(ducks: tuple[Duck, ...]) -> list[str]:
    lines = [_line(_down_and_up(duck)) for duck in ducks if duck.talk and duck.depth_db]
    if len(lines) < 2:
        return lines
    deepest = lines[0]
    for line in lines[1:]:
        deepest = f"min({deepest},{line})"
    return [deepest]


def _down_and_up(duck: Duck) -> list[tuple[Time, float]]:
    points = [(_LONG_AGO, 0.0)]
    for talk in duck.talk:
        points += [(talk.start - duck.attack, 0.0), (talk.start, duck.depth_db)]
        points += [(talk.end, duck.depth_db), (talk.end + duck.release, 0.0)]
    return [*points, (_NEVER, 0.0)]


def _line(points: list[tuple[Time, float]]) -> str:
    """A value that goes evenly from point to point, as an expression of clip time ``t``."""
    steps = [Step(number(end[0].seconds), linear(start, end)) for start, end in pairwise(points)]
    return stepwise(steps)


def talking(
    ranges: Iterable[TimeRange], attack: Time = ATTACK, release: Time = RELEASE
) -> tuple[TimeRange, ...]:
    """Words as stretches of talk: those between which music would not have time to come up are one."""
    found: list[TimeRange] = []
    for one in sorted(ranges, key=lambda one: one.start):
        if found and one.start - found[-1].end < attack + release + _HOLD:
            found[-1] = TimeRange(found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(one)
    return tuple(found)
