"""Closer shots and slow moves towards a face: what a good editor adds, and little of it.

A cut of the clip within one picture is covered by a closer shot, and the next one by a wider one again. A
line that is clearly louder than the rest is shown closer. A shot that stands for long comes nearer by a few
hundredths. All of it only where the crop stands on one face and the recording stays sharp.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.clip import Easing, FrameKey
from viralclip_desktop.domain.faces import Face
from viralclip_desktop.domain.frame_plan import FrameShot, ShotMode
from viralclip_desktop.features.reframe.crops import Crop, nearer
from viralclip_desktop.features.reframe.scenes import Scene
from viralclip_desktop.features.reframe.speakers import voiced
from viralclip_desktop.features.reframe.wants import SHORTEST_SHOT_S

AT_A_CUT = "A closer shot of the same person, so that the cut does not jump."
LOUDER = "A closer shot, because this line is clearly louder than the rest."
_CLOSER, _CREEP = 1.14, 1.05  # times; a jump of less looks like a mistake, a creep of more is noticed
_SAME_PLACE = 0.05  # of the picture
_LINE_S, _LOUDER_DB, _LINE_FROM_S = (
    2.4,
    3.5,
    7.0,
)  # how long and how much louder a line is, in shots this long
_APART_S = 15.0  # one emphasis in so many seconds is enough
_CUTS_APART_S = 2.5  # from one closer shot at a cut to the next, however many cuts there are
_CREEP_FROM_S = 6.0


@dataclass(frozen=True)
class Take:
    """A shot with what it was made from. ``face``: the one it stands on; None where it doesn't."""

    shot: FrameShot
    scene: Scene
    first: int
    last: int
    """Its looks."""
    face: Face | None = None

    @property
    def stands(self) -> bool:
        """Whether its crop stands still on one face."""
        return self.face is not None and self.shot.mode is ShotMode.CROP and len(self.shot.panels[0]) == 1

    @property
    def crop(self) -> Crop:
        """Where its crop stands at first."""
        key = self.shot.panels[0][0]
        return Crop(key.centre_x, key.centre_y, key.zoom)


def emphasised(takes: Sequence[Take], ratio: float) -> list[FrameShot]:
    """The shots with what is added to them. ``ratio``: width over height of the clip."""
    shots: list[FrameShot] = []
    before, closer, last_s, crept, cut_s = None, False, -_APART_S, False, -_CUTS_APART_S
    for take in takes:
        start_s = take.shot.range.start.seconds
        closer = before is not None and not closer and _jumps(before, take)
        closer = closer and start_s - cut_s >= _CUTS_APART_S
        if closer and (crop := _nearer(take, ratio)) is not None:
            shots.append(_standing(take.shot.range, crop, AT_A_CUT))
            last_s = cut_s = take.shot.range.end.seconds
        elif start_s - last_s >= _APART_S and (line := _loud_line(take, ratio)) is not None:
            shots += line
            last_s, crept = take.shot.range.end.seconds, False
        else:
            crept = not crept and _may_creep(take)
            shots.append(_creeping(take, ratio) if crept else take.shot)
        before = take
    return shots


def _jumps(one: Take, other: Take) -> bool:
    """Whether a cut of the clip lies between two shots that look alike."""
    if not (other.scene.goes_on and other.first == 0 and one.stands and other.stands):
        return False
    short = min(one.shot.range.duration.seconds, other.shot.range.duration.seconds) < SHORTEST_SHOT_S
    near = max(abs(one.crop.x - other.crop.x), abs(one.crop.y - other.crop.y)) <= _SAME_PLACE
    return near and not short


def _nearer(take: Take, ratio: float, factor: float = _CLOSER) -> Crop | None:
    assert take.face is not None
    return nearer(take.crop, take.face, take.scene.size, ratio, factor)


def _standing(within: TimeRange, crop: Crop, reason: str) -> FrameShot:
    key = FrameKey(within.start, crop.x, crop.y, crop.zoom, Easing.HOLD)
    return FrameShot(within, ShotMode.CROP, reason, ((key,),))


def _loud_line(take: Take, ratio: float) -> list[FrameShot] | None:
    """A shot in three: as it was, closer on its loudest line, as it was."""
    if not take.stands or take.shot.range.duration.seconds < _LINE_FROM_S:
        return None
    crop, line = _nearer(take, ratio), _line(take)
    if crop is None or line is None:
        return None
    begin, end = (take.scene.starts[look] for look in line)
    whole, reason = take.shot.range, take.shot.reason
    return [
        _standing(TimeRange(whole.start, begin), take.crop, reason),
        _standing(TimeRange(begin, end), crop, LOUDER),
        _standing(TimeRange(end, whole.end), take.crop, reason),
    ]


def _line(take: Take) -> tuple[int, int] | None:
    """First and last look of the loudest line of a shot, from pause to pause; None if none stands out, or
    too near to the shot's ends."""
    if take.scene.levels is None:
        return None
    rate = take.scene.looks_a_second
    levels = take.scene.levels[take.first : take.last]
    spoken = voiced(levels)
    looks, least = round(_LINE_S * rate), round(SHORTEST_SHOT_S * rate)
    if spoken.sum() < 2 * looks:
        return None
    loud = np.where(spoken, levels, np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(loud, looks)
    enough = (~np.isnan(windows)).mean(axis=1) > 0.6
    heard = np.maximum(1, (~np.isnan(windows)).sum(axis=1))
    means = np.where(enough, np.nansum(windows, axis=1) / heard, -200.0)
    best = int(means.argmax())
    if means[best] < float(np.nanmedian(loud)) + _LOUDER_DB:
        return None
    pauses = np.flatnonzero(~spoken)
    begin = max([int(look) + 1 for look in pauses if look < best], default=0)
    end = min([int(look) for look in pauses if look >= best + looks], default=len(levels))
    if begin < least or end > len(levels) - least or end - begin > 3 * looks:
        return None
    return take.first + begin, take.first + end


def _may_creep(take: Take) -> bool:
    return take.stands and take.shot.range.duration.seconds >= _CREEP_FROM_S


def _creeping(take: Take, ratio: float) -> FrameShot:
    crop = _nearer(take, ratio, _CREEP)
    if crop is None:
        return take.shot
    key = replace(take.shot.panels[0][0], easing=Easing.LINEAR)
    end = FrameKey(take.shot.range.end, crop.x, crop.y, crop.zoom, Easing.HOLD)
    return replace(take.shot, panels=((key, end),))
