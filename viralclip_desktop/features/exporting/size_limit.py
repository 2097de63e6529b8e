"""Fitting a file under a size: how many bits the picture may take, and how large it should be then."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.geometry import Aspect, Size, frame_size
from viralclip_desktop.core.messages import Number, say

_SOUND_BIT_S = 200_000  # AAC at 192 kbit/s with its packets' overhead, measured
_FRAME_BYTES = 16  # an MP4's tables: a little for each frame
_SPARE = 0.97  # of the size: what the tables and an encoder's last second take
_SMALLER_PX = (1080, 720, 540, 360)  # shorter sides to go down to
_GOOD_BITS = 0.035  # a pixel; below it x264 at "faster" shows blocks in talk with captions
_LEAST_BITS = 0.01  # a pixel, at the smallest size: nobody would want to look at less


@dataclass(frozen=True, slots=True)
class Fit:
    """What is asked of an encoder. ``max_kbit_s`` holds for any second: the whole cannot be larger."""

    size: Size
    max_kbit_s: int


def fit(max_size_mb: float, duration_s: float, aspect: Aspect, short_side_px: int, fps: Fraction) -> Fit:
    """The largest picture up to ``short_side_px`` that still looks good in ``max_size_mb`` million bytes.

    Raises :class:`BadInput` when nothing worth looking at fits.
    """
    bits = max_size_mb * 8e6 * _SPARE - duration_s * (_SOUND_BIT_S + float(fps) * _FRAME_BYTES * 8)
    rate = bits / (duration_s + 1)  # the buffer of one second may be full at the end
    sides = [short_side_px, *(side for side in _SMALLER_PX if side < short_side_px)]
    sizes = [frame_size(aspect, side) for side in sides]
    good = next((size for size in sizes if rate >= _GOOD_BITS * _pixels_s(size, fps)), sizes[-1])
    if rate < _LEAST_BITS * _pixels_s(good, fps):
        raise BadInput(
            say(
                "{duration_s} seconds do not fit into {max_size_mb} MB.",
                duration_s=Number(duration_s, 0),
                max_size_mb=Number(max_size_mb),
            ),
            "Allow a larger file, or make the clip shorter.",
        )
    return Fit(good, int(rate / 1000))


def _pixels_s(size: Size, fps: Fraction) -> float:
    return size.width * size.height * float(fps)
