"""How a crop follows a face: still as long as it can be, then like a camera on a fluid head.

The crop stands until the face has left a zone around its middle; then it moves with it until both rest
again. It moves as a critically damped spring towards where the face will be in a moment, so its speed never
jumps, it never swings back, and it is not late; nor does its pull set in at once.
"""

from __future__ import annotations

import numpy as np

from viralclip_desktop.features.reframe.people import Row

_ZONE, _ZONE_OF_SPACE = (
    0.12,
    0.5,
)  # of the crop's width, of the space beside the face: nobody minds it so far off
_RESTS = 0.02  # of the crop's width: near enough to stand still again
_TIGHT = 0.1  # of the crop's width: with less space beside it a face can't be left to move
_BLUR_S, _TIGHT_BLUR_S = 0.2, 0.25
_SPRING = 4.0  # radians a second: a move is over after a bit more than a second
_SOFT_S = 0.15  # in which the spring's pull sets in and ends: at once it would be a jerk
_STILL, _STILL_OF_SPACE = 0.2, 1.4  # likewise: a face that stays within this is looked at from one place


def followed(face: Row, width: float, space: float, rate: float) -> Row:
    """Where the middle of a crop is in each look, for a face whose middle is ``face`` (shares of the
    picture). ``width``: the crop's, and ``space``: what it leaves free on each side of the face, in the same
    shares; ``rate``: looks a second. Constant for a face that hardly moves."""
    low, high = float(np.percentile(face, 2)), float(np.percentile(face, 98))
    if high - low < min(_STILL * width, _STILL_OF_SPACE * space):
        wide = high - low > space  # then the middle of where it goes, else where it mostly is
        return np.full(len(face), (low + high) / 2 if wide else float(np.median(face)))
    if space < _TIGHT * width:
        return _smoothed(face, rate, _TIGHT_BLUR_S)
    zone = min(_ZONE * width, _ZONE_OF_SPACE * space)
    ahead = round(2 / _SPRING * rate)  # how much later than its goal a critically damped spring is
    smooth = _smoothed(face, rate, _BLUR_S)
    goals = np.append(smooth[ahead:], np.full(min(ahead, len(face)), smooth[-1]))[: len(face)]
    at, speed, goal, moving = float(np.median(face[: round(0.6 * rate)])), 0.0, float(face[0]), False
    goal, path = at, np.empty(len(face))
    for look, wanted in enumerate(goals):
        if abs(wanted - goal) > zone:
            moving = True
        if moving:
            goal = float(wanted)
            if abs(at - goal) < _RESTS * width and abs(speed) < _RESTS * width:
                moving = False
        at, speed = _step(at, speed, goal, 1 / rate)
        path[look] = at
    return _smoothed(path, rate, _SOFT_S)


def _step(at: float, speed: float, goal: float, time_s: float) -> tuple[float, float]:
    """A critically damped spring after some time, exactly (Kirk, "Spring-It-On", 2021)."""
    apart = at - goal
    push = speed + apart * _SPRING
    fade = float(np.exp(-_SPRING * time_s))
    return goal + (apart + push * time_s) * fade, (speed - push * _SPRING * time_s) * fade


def _smoothed(face: Row, rate: float, blur_s: float) -> Row:
    """Without the nods: a Gaussian, which is neither early nor late."""
    spread = blur_s * rate
    reach = int(3 * spread) + 1
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / spread) ** 2)
    padded = np.pad(face, reach, mode="edge")
    return np.convolve(padded, weights / weights.sum(), mode="valid")
