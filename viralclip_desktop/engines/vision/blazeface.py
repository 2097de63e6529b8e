"""The built-in face finder: Google's BlazeFace (Bazarevsky et al. 2019, arXiv:1907.05047; Apache-2.0), as the
two networks that MediaPipe ships, which lie in ``resources/models/blazeface``.

The full-range one sees faces some metres away, the short-range one those that fill the picture. Each answers
for a fixed grid of places (anchors) with a box, six points (eyes, nose, mouth, ears) and a score. In pictures
much wider than high, and the other way round, the full-range one also looks at squares of it, which show
small faces larger.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.resources import resource
from viralclip_desktop.domain.faces import Face
from viralclip_desktop.engines.provider import Need, ProviderInfo
from viralclip_desktop.engines.vision.base import VisionSetup, distinct
from viralclip_desktop.engines.vision.onnx import onnx_problem, onnx_session
from viralclip_desktop.engines.vision.pixels import letterbox

if TYPE_CHECKING:
    from viralclip_desktop.engines.vision.base import Picture

_FULL, _SHORT = "face_detection_full_range.onnx", "face_detection_short_range.onnx"
_SURE_ENOUGH = 0.6  # MediaPipe's full-range graph says 0.6, its short-range one 0.5
_GREY = 127.5
_INFO = ProviderInfo(
    "blazeface",
    "Built-in face finder",
    "vision",
    needs=(Need("package", "onnxruntime"),),
    capabilities=("faces", "front", "turned"),
)


@dataclass(frozen=True, slots=True)
class _Network:
    file: str
    side: int
    """Its picture is a square of this many pixels."""
    grids: tuple[tuple[int, int], ...]
    """Rows and columns of its anchors, and how many there are at each place."""


_NETWORKS = (_Network(_FULL, 192, ((48, 1),)), _Network(_SHORT, 128, ((16, 2), (8, 6))))
# A box of BlazeFace is a square from the brows to below the chin; ours goes from the forehead to the chin.
_RAISED, _NARROWED = 0.06, 0.04


def model_folder() -> Any:
    """Where the networks that ship are."""
    return resource("models", "blazeface")


class BlazeFaceFinder:
    """The built-in finder."""

    info = _INFO

    def __init__(self, setup: VisionSetup) -> None:
        """Nothing in ``setup`` matters to it."""

    def ready(self) -> str | None:
        """None unless its networks or onnxruntime are missing."""
        return next(filter(None, (onnx_problem(model_folder() / net.file) for net in _NETWORKS)), None)

    def find(self, rgb: Picture) -> list[Face]:
        """See the protocol."""
        height, width = rgb.shape[:2]
        found = [face for net in (0, 1) for face in self._look(net, rgb)]
        for left, top, side in _squares(width, height):
            part = rgb[top : top + side, left : left + side]
            found += [_placed(face, (left, top, side), width, height) for face in self._look(0, part)]
        return distinct(found)

    def glance(self, rgb: Picture, *, close: bool) -> list[Face]:
        """The faces that the whole picture shows to the full-range network alone (and with ``close`` to the
        other one): a quarter of the work, for pictures between two that :meth:`find` has seen."""
        return distinct([face for net in ((0, 1) if close else (0,)) for face in self._look(net, rgb)])

    def _look(self, number: int, rgb: Picture) -> list[Face]:
        import numpy as np

        net, (session, anchors) = _NETWORKS[number], self._networks[number]
        padded, across, down = letterbox(rgb, net.side, net.side, _GREY)
        batch = padded[None] / np.float32(_GREY) - np.float32(1)
        boxes, scores = session.run(None, {session.get_inputs()[0].name: batch})
        scores = 1 / (1 + np.exp(-np.clip(scores[0, :, 0], -50, 50)))
        sure = scores > _SURE_ENOUGH
        middles = anchors[sure] + boxes[0, sure, :2] / net.side
        sizes = boxes[0, sure, 2:4] / net.side
        return [
            _face(middle, size, score, (across, down))
            for middle, size, score in zip(
                middles.tolist(), sizes.tolist(), scores[sure].tolist(), strict=True
            )
        ]

    @cached_property
    def _networks(self) -> list[tuple[Any, Any]]:
        return [(onnx_session(model_folder() / net.file), _anchors(net)) for net in _NETWORKS]


def _anchors(net: _Network) -> Any:
    """The middles of a network's anchors, shares of its picture, in the order of its answers."""
    import numpy as np

    grids = []
    for rows, each in net.grids:
        at = (np.arange(rows) + 0.5) / rows
        grid = np.stack(np.meshgrid(at, at), axis=-1).reshape(-1, 2)
        grids.append(np.repeat(grid, each, axis=0))
    return np.concatenate(grids).astype(np.float32)


def _face(middle: list[float], size: list[float], score: float, filled: tuple[float, float]) -> Face:
    half_w, half_h = (0.5 - _NARROWED) * size[0], size[1] / 2
    x, y = middle[0], middle[1] - _RAISED * size[1]
    across, down = filled
    return Face((x - half_w) / across, (y - half_h) / down, (x + half_w) / across, (y + half_h) / down, score)


def _squares(width: int, height: int) -> list[tuple[int, int, int]]:
    """Left, top and side of the squares to look at besides the whole picture: at both ends of the longer side
    where it is well above the shorter one."""
    side = min(width, height)
    if max(width, height) < 1.3 * side:
        return []
    return [(0, 0, side), (width - side, height - side, side)]


def _placed(face: Face, square: tuple[int, int, int], width: int, height: int) -> Face:
    """A face of a square in shares of the whole picture."""
    left, top, side = square
    return Face(
        (left + face.left * side) / width,
        (top + face.top * side) / height,
        (left + face.right * side) / width,
        (top + face.bottom * side) / height,
        face.score,
    )
