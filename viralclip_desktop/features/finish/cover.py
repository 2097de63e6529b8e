"""Which frame of a clip is its cover: sharp, well lit, with a face, and not at a cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from viralclip_desktop.core.time import Time

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LOOKS = 24  # frames that are looked at, evenly over the clip
_DARK, _BRIGHT = 45.0, 205.0  # mean luma (0..255) beyond which a cover reads badly as a thumbnail
_FACE, _LIGHT = 1.0, 1.5  # what a face and a good light are worth, against 1 for the sharpest frame


@dataclass(frozen=True, slots=True)
class Look:
    """A frame as a cover: its moment in clip time and what speaks for it."""

    at: Time
    sharpness: float
    """Mean square of the luma's second differences; against other frames of the same clip."""
    luma: float
    """Mean, 0..255."""
    face: float
    """Height of the largest face as a share of the frame; 0 for none."""


def moments(duration: Time) -> list[Time]:
    """The moments to look at, clear of the clip's ends."""
    return [Time(round(duration.ticks * (n + 0.5) / _LOOKS)) for n in range(_LOOKS)]


def look(at: Time, rgb: NDArray[np.uint8], face: float) -> Look:
    """Measure a frame: (rows, columns, 3)."""
    import numpy as np

    luma = rgb.astype(np.float32) @ np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)
    across, down = np.diff(luma, 2, axis=1), np.diff(luma, 2, axis=0)
    sharpness = float(np.square(across).mean() + np.square(down).mean())
    return Look(at, sharpness, float(luma.mean()), face)


def best(looks: Sequence[Look]) -> Look:
    """The best of them, of equals the earliest. Raises ValueError for none."""
    sharpest = max(one.sharpness for one in looks) or 1.0
    return max(looks, key=lambda one: (_worth(one, sharpest), -one.at.ticks))


def _worth(one: Look, sharpest: float) -> float:
    off = max(0.0, _DARK - one.luma, one.luma - _BRIGHT) / _DARK
    face = min(1.0, one.face / 0.3)  # from a third of the frame on a face is large enough
    return one.sharpness / sharpest + _FACE * face - _LIGHT * min(1.0, off)
