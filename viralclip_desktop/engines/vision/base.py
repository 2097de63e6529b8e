"""The one protocol of all face finders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from viralclip_desktop.domain.faces import Face
from viralclip_desktop.engines.provider import ProviderInfo, ProviderSetup

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]
    """RGB, shaped (height, width, 3), rows from the top."""

_SAME_FACE = 0.3  # of the union: what overlaps more is one face (as UltraFace's own code has it)
_INSIDE = 0.7  # of the smaller box: a face within a face is a part of it


class VisionSetup(ProviderSetup):
    """What finders are built from."""


class FaceFinder(Protocol):
    """Finds faces in pictures. One object is used by one thread, for any number of pictures of any sizes."""

    @property
    def info(self) -> ProviderInfo:
        """Who this is."""

    def ready(self) -> str | None:
        """None if it can work here and now, else why not, in one sentence. Loads nothing heavy."""

    def find(self, rgb: Picture) -> list[Face]:
        """The faces of a picture, the surest first, each once. Raises EnvironmentLacks when the finder
        cannot be started."""


def distinct(faces: list[Face]) -> list[Face]:
    """Faces held inside the picture, the surest first, without those that are another one once more
    (greedy non-maximum suppression)."""
    kept: list[Face] = []
    for face in sorted(map(_inside, faces), key=lambda face: -face.score):
        if face.area > 0 and not any(_is_again(face, other) for other in kept):
            kept.append(face)
    return kept


def _is_again(face: Face, other: Face) -> bool:
    union_share = face.overlap(other)
    shared = union_share * (face.area + other.area) / (1 + union_share)
    return union_share > _SAME_FACE or shared > _INSIDE * min(face.area, other.area)


def _inside(face: Face) -> Face:
    left, top, right, bottom = (
        min(1.0, max(0.0, edge)) for edge in (face.left, face.top, face.right, face.bottom)
    )
    return Face(left, top, right, bottom, min(1.0, max(0.0, face.score)))
