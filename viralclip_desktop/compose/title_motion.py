"""How titles come and go: where they are, how large and how clear in each frame of the way.

libass moves things at an even pace only; what eases is therefore written frame by frame. The rest of a
title's time is one event.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.layers import TitleMotion

_RISE_EM = 0.7  # far enough to be seen as a movement, near enough to be read on the way
LEAVE = 0.5  # of the way in: what goes should not draw the eye
_SLIDE_EM = 2.2
SMALL = 0.72
BACK = 1.9  # how far a pop swings beyond its size (about 12 % of the way; Penner's "back" easing)


@dataclass(frozen=True, slots=True)
class Pose:
    """How a title stands against its own place for some frames: shifted by ems, grown, its opacity."""

    first: int
    last: int
    """The frame after its last one."""
    across: float = 0.0
    down: float = 0.0
    scale: float = 1.0
    opacity: float = 1.0


def poses(motion: TitleMotion, within: TimeRange, fade: Time, fps: Fraction) -> Iterator[Pose]:
    """The poses of a title in order, without gaps."""
    first, last = within.start.nearest_frame(fps), within.end.nearest_frame(fps)
    length = min(max(0, fade.nearest_frame(fps)), (last - first) // 2)
    for frame in range(length):
        yield _pose(motion, first + frame, (frame + 1) / (length + 1), leaving=False)
    yield Pose(first + length, last - length)
    for frame in range(length):
        yield _pose(motion, last - length + frame, 1 - (frame + 1) / (length + 1), leaving=True)


def _pose(motion: TitleMotion, frame: int, share: float, *, leaving: bool) -> Pose:
    """``share``: how much of it is there, 0..1."""
    eased = 1 - (1 - share) ** 3
    away, opacity = 1 - eased, min(1.0, 1.6 * share)
    match motion:
        case TitleMotion.RISE:
            return Pose(frame, frame + 1, down=(-LEAVE if leaving else 1) * _RISE_EM * away, opacity=opacity)
        case TitleMotion.SLIDE:
            return Pose(frame, frame + 1, across=-_SLIDE_EM * away, opacity=opacity)
        case TitleMotion.POP:
            size = eased if leaving else _swung(share)
            return Pose(frame, frame + 1, scale=SMALL + (1 - SMALL) * size, opacity=opacity)
        case _:
            return Pose(frame, frame + 1, opacity=share)


def _swung(share: float) -> float:
    """Beyond 1 and back."""
    rest = share - 1
    return 1 + (BACK + 1) * rest**3 + BACK * rest**2
