"""UltraFace RFB-320 through ONNX Runtime: a small network that also finds turned and half-covered faces.

The network (Linzaer, Ultra-Light-Fast-Generic-Face-Detector-1MB, MIT) takes 320x240 RGB as (x - 127) / 128
and answers 4420 boxes, already decoded to shares of its picture, with two scores each (none, face).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from viralclip_desktop.domain.faces import Face
from viralclip_desktop.engines.provider import Need, ProviderInfo
from viralclip_desktop.engines.vision.base import VisionSetup, distinct
from viralclip_desktop.engines.vision.onnx import onnx_problem, onnx_session
from viralclip_desktop.engines.vision.pixels import letterbox

if TYPE_CHECKING:
    from viralclip_desktop.engines.vision.base import Picture

MODEL_FILE = "ultraface-rfb-320.onnx"
_WIDTH, _HEIGHT = 320, 240
_MEAN, _SPREAD = 127.0, 128.0
_SURE_ENOUGH = 0.7  # its authors' own threshold
_INFO = ProviderInfo(
    "ultraface",
    "UltraFace",
    "vision",
    needs=(Need("package", "onnxruntime"), Need("model", MODEL_FILE)),
    capabilities=("faces", "front", "side", "turned"),
)


class UltraFaceFinder:
    """The network in the models folder."""

    info = _INFO

    def __init__(self, setup: VisionSetup) -> None:
        self._model = setup.models / MODEL_FILE

    def ready(self) -> str | None:
        """None if the model is there."""
        return onnx_problem(self._model)

    def find(self, rgb: Picture) -> list[Face]:
        """See the protocol."""
        import numpy as np

        # In its own shape: a squeezed face of an upright film is found far less often.
        padded, across, down = letterbox(rgb, _HEIGHT, _WIDTH, _MEAN)
        batch = ((padded - _MEAN) / _SPREAD).astype(np.float32)[None]
        scores, boxes = self._session.run(["scores", "boxes"], {"input": batch})
        sure = scores[0, :, 1] > _SURE_ENOUGH
        found = zip(boxes[0, sure].tolist(), scores[0, sure, 1].tolist(), strict=True)
        return distinct(
            [
                Face(left / across, top / down, right / across, bottom / down, score)
                for (left, top, right, bottom), score in found
            ]
        )

    @cached_property
    def _session(self) -> Any:
        return onnx_session(self._model)
