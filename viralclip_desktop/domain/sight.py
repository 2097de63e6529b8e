"""What can be seen in a recording, frame by frame on a fixed grid: faces, mouths, changes of the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from viralclip_desktop.domain.faces import Face

_FASTEST = Fraction(31)


def sight_rate(fps: Fraction) -> Fraction:
    """Looks a second, on a grid of source time from 0, for pictures at a rate: the rate itself, so that a cut
    falls on a look, or an even part of it. Mouths need 24 or more (LR-ASD was trained on 25)."""
    rate = fps
    while rate > _FASTEST:
        rate /= 2
    return rate


@dataclass(frozen=True, slots=True)
class SightFace:
    """One face in one look."""

    face: Face
    lips: float | None = None
    """How far the lips are open, as a share of the mouth's width; None where nobody measured."""
    speaks: float | None = None
    """LR-ASD's score: larger is likelier to be the voice. Only to be compared among faces of one moment."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the recording."""

    change: float
    """Mean difference to the look before, 0..255; 0 for a first one."""
    faces: tuple[SightFace, ...]
    level_db: float | None = None
    """How loud it is while this look lasts (RMS, dB of full scale); None without sound."""
    grid: tuple[int, ...] = ()
    """How much each part of the picture has moved, and how detailed it is, once every :data:`GRID_EVERY`
    looks (row by row, :data:`GRID_COLUMNS` x :data:`GRID_ROWS` parts): mean difference to the picture that
    many looks before, then between neighbouring pixels; 0..255."""
    side_db: float = 0.0
    """How much louder the right channel of a stereo recording is than the left one; 0 for any other sound."""


GRID_EVERY, GRID_COLUMNS, GRID_ROWS = 12, 16, 9
# A cut changes the picture by so much (of 255), and stands out from the movement around it by so much; in a
# picture that stands still a smaller change is one, too.
_JUMP, _ABOVE_REST = 8.0, 4.0
_SMALL_JUMP, _ABOVE_STILL = 2.0, 12.0
_REST_LOOKS = 8


def cuts(changes: Sequence[float]) -> list[int]:
    """The looks that begin another picture: those whose change is large, and many times that of the looks
    around them (as PySceneDetect's adaptive detector has it)."""
    found: list[int] = []
    for look, change in enumerate(changes):
        if change < _SMALL_JUMP or (found and look - found[-1] < 3):
            continue
        around = [*changes[max(1, look - _REST_LOOKS) : look], *changes[look + 1 : look + 1 + _REST_LOOKS]]
        rest = sorted(around)[len(around) * 3 // 4] if around else 0.0
        if change >= (_ABOVE_REST if change >= _JUMP else _ABOVE_STILL) * rest:
            found.append(look)
    return found
