"""What a worker process runs to find faces: one finder, a file of pictures, the faces of each as JSON.

The pictures lie in one file, one after the other, as RGB bytes from the top left.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from viralclip_desktop.core.geometry import Size
from viralclip_desktop.domain.faces import Face
from viralclip_desktop.engines.registry import VISION
from viralclip_desktop.engines.vision.base import VisionSetup

TARGET = "viralclip_desktop.engines.vision.worker:run"


def request(finder: str, setup: VisionSetup, pictures: Path, size: Size) -> dict[str, Any]:
    """The request for :func:`run`, as JSON. ``size`` is that of each picture."""
    return {
        "finder": finder,
        "setup": setup.as_json(),
        "pictures": str(pictures),
        "width": size.width,
        "height": size.height,
    }


def run(data: dict[str, Any], emit: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Look at one picture after the other; each is a message with its faces. A cancel is the end of the
    process."""
    import numpy as np

    finder = VISION.make(data["finder"], VisionSetup.from_json(data["setup"]))
    shape = (-1, data["height"], data["width"], 3)
    path = Path(data["pictures"])
    empty = path.stat().st_size == 0  # which cannot be mapped into memory
    pictures = (
        np.empty((0, *shape[1:]), np.uint8) if empty else np.memmap(path, np.uint8, mode="r").reshape(shape)
    )
    for picture in pictures:
        emit({"faces": [face_to_json(face) for face in finder.find(np.asarray(picture))]})
    return {"pictures": len(pictures)}


def face_to_json(face: Face) -> list[float]:
    """A face as ``[left, top, right, bottom, score]``, to a hundred-thousandth of the picture."""
    return [round(value, 5) for value in (face.left, face.top, face.right, face.bottom, face.score)]


def face_from_json(item: list[float]) -> Face:
    """The other side of :func:`face_to_json`. Raises TypeError or ValueError for anything else."""
    left, top, right, bottom, score = map(float, item)
    return Face(left, top, right, bottom, score)
