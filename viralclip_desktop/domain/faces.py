"""Faces as they were seen in a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from viralclip_desktop.core.time import Time


@dataclass(frozen=True, slots=True)
class Face:
    """Where a face is: the edges of its box as shares of the picture's width and height (0..1, y downwards).

    The box goes from the forehead to the chin, without hair and ears; ``score`` (0..1) is how sure the
    finder is.
    """

    left: float
    top: float
    right: float
    bottom: float
    score: float = 1.0

    def overlap(self, other: Face) -> float:
        """The shared area as a part of both together (intersection over union), 0..1."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        shared = max(0.0, width) * max(0.0, height)
        return shared / max(1e-12, self.area + other.area - shared)

    @property
    def area(self) -> float:
        """The box's area as a share of the picture."""
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class FacesSeen:
    """All faces of one picture. ``at`` is source time, or clip time in a render plan."""

    at: Time
    faces: tuple[Face, ...]


Faces = Mapping[str, Sequence[FacesSeen]]
"""The faces that are known of recordings, by the recording's id, in its time and in order."""
