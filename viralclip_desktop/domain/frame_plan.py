"""How a clip is framed over time: a list of shots, each with the path of its crops."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.assets import Stem
from viralclip_desktop.domain.clip import FrameKey
from viralclip_desktop.domain.faces import Faces


class ShotMode(StrEnum):
    """How one shot brings the picture into the clip's shape."""

    CROP = "crop"  # a part of the picture fills the frame
    FIT = "fit"  # all of it over a blurred copy of itself
    SPLIT = "split"  # two parts of it, one above the other
    MANUAL = "manual"  # cropped where the user says


@dataclass(frozen=True, slots=True)
class FrameShot:
    """One shot. ``range`` and the keys' times are clip time; keys of one panel are in order."""

    range: TimeRange
    mode: ShotMode
    reason: str
    """Why it is framed so, in one sentence."""
    panels: tuple[tuple[FrameKey, ...], ...] = ()
    """The path of each crop: none for FIT, one for CROP, the upper and the lower one for SPLIT."""


@dataclass(frozen=True, slots=True)
class FaceSpot:
    """A face in the clip that the frame can be locked on: where it is at a moment of the recording."""

    asset_id: str
    at_s: float
    """Source time."""
    x: float
    y: float
    """Its middle, in shares of the picture."""

    @property
    def id(self) -> str:
        """What the command line calls it: ``12.40:0.28:0.55`` (seconds, x, y)."""
        return f"{self.at_s:.2f}:{self.x:.2f}:{self.y:.2f}"


@dataclass(frozen=True, slots=True)
class FramePlan:
    """All shots of a clip, in order and without gaps, and the faces that it can be locked on."""

    shots: tuple[FrameShot, ...]
    faces: tuple[FaceSpot, ...] = ()


def first_crop(plan: FramePlan) -> FrameKey | None:
    """The crop that shows first (clip time); None where no shot has one."""
    return next((shot.panels[0][0] for shot in plan.shots if shot.panels), None)


@dataclass(frozen=True, slots=True)
class PictureKnown:
    """What was found out about the picture of a clip, and what its sound was made into."""

    faces: Faces = field(default_factory=dict)
    """What captions keep off, if their style asks for it or the frame follows people."""
    frame: FramePlan | None = None
    """How the frame follows people; None where it doesn't, or they were not looked for yet."""
    cleaned: Mapping[str, Stem] = field(default_factory=dict)
    """Recordings without their noise, by their assets, where the clip wants that and it was made."""
