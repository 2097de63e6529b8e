"""The built-in face finder: OpenCV's cascades (Viola and Jones 2001; Lienhart and Maydt 2002), which its
4.x wheels carry. Finds upright faces from the front and from the side; offline, no model to install."""

from __future__ import annotations

from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.domain.faces import Face
from viralclip_desktop.engines.provider import Need, ProviderInfo
from viralclip_desktop.engines.vision.base import VisionSetup, distinct

if TYPE_CHECKING:
    from viralclip_desktop.engines.vision.base import Picture

_FRONT, _SIDE = "haarcascade_frontalface_alt2.xml", "haarcascade_profileface.xml"
_LONG_SIDE_PX = 480  # larger pictures are made smaller: a face that matters keeps 30 pixels and more
_SMALLEST = 0.09  # of the shorter side: people further away are no reason to move a caption
_NEIGHBOURS, _SIDE_NEIGHBOURS = 4, 6  # how many hits make a face; the profiles see more that is none
_STEP, _SIDE_STEP = (
    1.15,
    1.25,
)  # from one face size to the next; finer for the front, which most pictures show
_BESIDE = (
    0.13  # of its boxes' width on each side is beside the face (against UltraFace's boxes, 52 real faces)
)
_SURE = 8.0  # the cascade's own confidence at which a face is as good as certain
_INFO = ProviderInfo(
    "haar",
    "Built-in face finder",
    "vision",
    needs=(Need("package", "cv2", "OpenCV"),),
    capabilities=("faces", "front", "side"),
)


class HaarFinder:
    """The built-in finder."""

    info = _INFO

    def __init__(self, setup: VisionSetup) -> None:
        """Nothing in ``setup`` matters to it."""

    def ready(self) -> str | None:
        """None unless the package, or its cascades (OpenCV 5 has none), are missing."""
        if not all((_folder() / name).is_file() for name in (_FRONT, _SIDE)):
            return "The package opencv-python-headless (4.x) is missing. Install the program again."
        return None

    def find(self, rgb: Picture) -> list[Face]:
        """See the protocol."""
        front, side = self._cascades
        grey = _small_grey(rgb)
        faces = _found(front, grey, _STEP, _NEIGHBOURS)
        faces += _found(side, grey, _SIDE_STEP, _SIDE_NEIGHBOURS)
        mirrored = _found(side, grey[:, ::-1].copy(), _SIDE_STEP, _SIDE_NEIGHBOURS)
        return distinct([*faces, *map(_mirrored, mirrored)])

    @cached_property
    def _cascades(self) -> tuple[Any, Any]:
        problem = self.ready()
        if problem:
            raise EnvironmentLacks("The built-in face finder cannot be started.", problem)
        import cv2

        front, side = (cv2.CascadeClassifier(str(_folder() / name)) for name in (_FRONT, _SIDE))
        return front, side


def _folder() -> Path:
    """Where OpenCV's cascades are; found without loading it."""
    spec = find_spec("cv2")
    return Path(spec.origin).parent / "data" if spec is not None and spec.origin else Path("missing")


def _small_grey(rgb: Picture) -> Any:
    import cv2

    scale = min(1.0, _LONG_SIDE_PX / max(rgb.shape[:2]))
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    if scale < 1:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return grey


def _found(cascade: Any, grey: Any, step: float, neighbours: int) -> list[Face]:
    height, width = grey.shape
    least = max(20, round(_SMALLEST * min(height, width)))
    boxes, _, weights = cascade.detectMultiScale3(
        grey, scaleFactor=step, minNeighbors=neighbours, minSize=(least, least), outputRejectLevels=True
    )
    return [
        Face(
            (x + _BESIDE * w) / width,
            y / height,
            (x + (1 - _BESIDE) * w) / width,
            (y + h) / height,
            float(weight) / _SURE,
        )
        for (x, y, w, h), weight in zip(boxes, weights, strict=True)
    ]


def _mirrored(face: Face) -> Face:
    return Face(1 - face.right, face.top, 1 - face.left, face.bottom, face.score)
