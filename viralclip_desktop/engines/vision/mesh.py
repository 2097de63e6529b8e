"""Google's face mesh (Kartynnik et al. 2019, arXiv:1907.06724; Apache-2.0): 468 points of a face, of which
only the lips' opening is used here."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from viralclip_desktop.engines.vision.blazeface import model_folder
from viralclip_desktop.engines.vision.onnx import onnx_session
from viralclip_desktop.engines.vision.pixels import square

if TYPE_CHECKING:
    from viralclip_desktop.domain.faces import Face
    from viralclip_desktop.engines.vision.base import Picture

MODEL_FILE = "face_landmark.onnx"
_SIDE = 192
_ENLARGED = 1.5  # of the detector's box, as MediaPipe has it
_UPPER_LIP, _LOWER_LIP, _LEFT_CORNER, _RIGHT_CORNER = 13, 14, 78, 308  # the inner edges
_PRESENT = 0.0  # of the score before the sigmoid: as likely a face as none


class FaceMesh:
    """The network that ships."""

    def lips(self, rgb: Picture, face: Face) -> float | None:
        """How far the lips of a face are open, as a share of the mouth's width; None where there is no face
        after all. Raises EnvironmentLacks when the network is missing."""
        import numpy as np

        height, width = rgb.shape[:2]
        side = _ENLARGED * max((face.right - face.left) * width, (face.bottom - face.top) * height)
        middle = (face.left + face.right) / 2 * width, (face.top + face.bottom) / 2 * height
        crop = square(rgb, *middle, side, _SIDE)
        batch = crop[None] / np.float32(255)
        points, score = self._session.run(None, {self._session.get_inputs()[0].name: batch})
        if float(score.ravel()[0]) < _PRESENT:
            return None
        flat = points.reshape(-1, 3)[:, :2]
        opening = float(np.linalg.norm(flat[_UPPER_LIP] - flat[_LOWER_LIP]))
        wide = float(np.linalg.norm(flat[_LEFT_CORNER] - flat[_RIGHT_CORNER]))
        return opening / max(1.0, wide)

    @cached_property
    def _session(self) -> Any:
        return onnx_session(model_folder() / MODEL_FILE)
