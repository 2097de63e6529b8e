"""Where a crop stands for what is to be shown: the composition of one shot."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from viralclip_desktop.core.geometry import Size
from viralclip_desktop.domain.crop_path import crop_shares
from viralclip_desktop.domain.faces import Face

EYES, EYES_IN_HALF = 0.36, 0.4
"""How far down in a frame (in a half of it) the eyes are: near the upper third."""
BESIDE_GROUP = 0.45  # of a face's width on each side: what a frame around several faces leaves free
_EYE_LINE = 0.3  # of the face's box, from its top
_FACE, _FACE_IN_HALF = 0.2, 0.42  # of the frame's height: smaller faces are brought nearer
_HEAD_WIDTHS = 1.5  # of the face: what the frame's width must hold
_LEAST_HEAD_WIDTHS = 1.25  # likewise, in a closer shot
_WORTH_IT = 0.75  # of the step nearer that was asked for
_MOST_FOR_EYES = 1.4  # how much nearer the crop may go only to bring the eyes to their height
_LEAST_LINES = 760  # of the recording in a whole frame: fewer look soft
_LEAST_LINES_IN_HALF = 480
_MOST = 2.0
_FACE_OF_CAMERA, _NEAREST_CAMERA = 0.48, 4.5


@dataclass(frozen=True, slots=True)
class Crop:
    """A crop that stands still: its middle in shares of the picture, and the zoom as in a key."""

    x: float
    y: float
    zoom: float

    def shares(self, size: Size, ratio: float) -> tuple[float, float]:
        """Its width and height as shares of the picture."""
        return crop_shares(size, ratio, self.zoom)

    def held(self, size: Size, ratio: float) -> Crop:
        """The same crop, inside the picture."""
        width, height = self.shares(size, ratio)
        return Crop(
            float(np.clip(self.x, width / 2, 1 - width / 2)),
            float(np.clip(self.y, height / 2, 1 - height / 2)),
            self.zoom,
        )


def on_face(
    face: Face, size: Size, ratio: float, *, half: bool = False, away_from: Face | None = None
) -> Crop:
    """The crop of a shape (width over height) around a face: large enough, with its eyes near the upper
    third, and no nearer than the recording is sharp. ``half``: for a half of the frame. ``away_from``: a
    face that is not to be in it."""
    wide, tall = crop_shares(size, ratio, 1.0)
    eyes = face.top + _EYE_LINE * (face.bottom - face.top)
    height = max(1e-3, face.bottom - face.top)
    goal, share = (EYES_IN_HALF, _FACE_IN_HALF) if half else (EYES, _FACE)
    for_face = tall * share / height
    zoom = max(1.0, for_face, min(_for_eyes(eyes, tall, goal), _MOST_FOR_EYES))
    if away_from is not None:
        zoom = max(zoom, wide / 2 / max(0.05, _free_beside(face, away_from)))
    zoom = max(
        1.0, min(zoom, sharpest(size, tall, half=half), wide / (_HEAD_WIDTHS * (face.right - face.left)))
    )
    middle = eyes + (0.5 - goal) * tall / zoom
    return Crop((face.left + face.right) / 2, middle, zoom).held(size, ratio)


def nearer(crop: Crop, face: Face, size: Size, ratio: float, factor: float) -> Crop | None:
    """A crop some times nearer, with the eyes where they were; None where the face would not fit or the
    recording is not sharp enough."""
    wide, tall = crop_shares(size, ratio, 1.0)
    most = min(sharpest(size, tall), wide / (_LEAST_HEAD_WIDTHS * max(1e-3, face.right - face.left)))
    zoom = min(crop.zoom * factor, most)
    if zoom < crop.zoom * (1 + (factor - 1) * _WORTH_IT):
        return None
    eyes = face.top + _EYE_LINE * (face.bottom - face.top)
    return Crop(crop.x, eyes + (crop.y - eyes) * crop.zoom / zoom, zoom).held(size, ratio)


def on_camera_picture(face: Face, size: Size, ratio: float) -> Crop:
    """The crop of a half of the frame around a small camera picture: as near as its person's shoulders,
    since what is around it is the screen. Soft it is anyway."""
    tall = crop_shares(size, ratio, 1.0)[1]
    height = max(0.02, face.bottom - face.top)
    zoom = max(1.0, min(_NEAREST_CAMERA, tall * _FACE_OF_CAMERA / height))
    eyes = face.top + _EYE_LINE * height
    return Crop((face.left + face.right) / 2, eyes + (0.5 - EYES_IN_HALF) * tall / zoom, zoom).held(
        size, ratio
    )


def on_faces(faces: list[Face], size: Size, ratio: float) -> Crop:
    """The crop around several faces, with room beside them: as near as brings their eyes to the upper third,
    if they all fit; a clip of the picture's own shape shows all of it."""
    left = min(face.left - BESIDE_GROUP * (face.right - face.left) for face in faces)
    right = max(face.right + BESIDE_GROUP * (face.right - face.left) for face in faces)
    eyes = sum(face.top + _EYE_LINE * (face.bottom - face.top) for face in faces) / len(faces)
    wide, tall = crop_shares(size, ratio, 1.0)
    most = min(sharpest(size, tall), _MOST_FOR_EYES, wide / (right - left)) if wide * tall < 0.999 else 1.0
    zoom = max(1.0, min(_for_eyes(eyes, tall, EYES), most))
    return Crop((left + right) / 2, eyes + (0.5 - EYES) * tall / zoom, zoom).held(size, ratio)


def _for_eyes(eyes: float, tall: float, goal: float) -> float:
    """The least zoom at which eyes can be as far down in the crop as they are to be."""
    return max(tall * goal / max(eyes, 1e-3), tall * (1 - goal) / max(1 - eyes, 1e-3))


def beside(face: Face, size: Size, ratio: float) -> Crop:
    """The largest crop away from a small camera picture: the screen it lies on."""
    wide = crop_shares(size, ratio, 1.0)[0]
    middle = (face.left + face.right) / 2
    return Crop(1 - wide / 2 if middle < 0.5 else wide / 2, 0.5, 1.0).held(size, ratio)


def sharpest(size: Size, tall: float, *, half: bool = False) -> float:
    """The largest zoom that still looks sharp, for a crop as high as a share of the picture."""
    lines = tall * size.height / (_LEAST_LINES_IN_HALF if half else _LEAST_LINES)
    return float(np.clip(lines, 1.0, _MOST))


def _free_beside(face: Face, other: Face) -> float:
    """From the middle of a face to the edge of another one."""
    middle = (face.left + face.right) / 2
    return other.left - middle if other.left > middle else middle - other.right
