"""Making pictures smaller and cutting squares out of them, with nothing but NumPy.

Both are products with two small matrices, one for each direction, which the processor's own library of linear
algebra does in a fraction of a millisecond.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.float32]


def square(picture: Any, centre_x: float, centre_y: float, side: float, out: int) -> Pixels:
    """A square of an RGB picture (height, width, 3) as three planes of ``out`` x ``out`` pixels.

    Centre and side are in pixels of the picture, fractions included. What lies outside the picture repeats
    its edge. Averages where it makes smaller, interpolates linearly where it makes larger.
    """
    step = side / out
    top, tall = _weights(picture.shape[0], centre_y - side / 2, step, out)
    left, wide = _weights(picture.shape[1], centre_x - side / 2, step, out)
    return _resampled(picture[top : top + tall.shape[1], left : left + wide.shape[1]], tall, wide)


def letterbox(picture: Any, height: int, width: int, fill: float) -> tuple[Pixels, float, float]:
    """The whole of an RGB picture in its own shape at the left top of three planes of ``height`` x ``width``,
    the rest filled; and the shares of width and height that it fills."""
    import numpy as np

    scale = min(width / picture.shape[1], height / picture.shape[0])
    wide, tall = max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale))
    if scale <= 0.5:
        picture = _halved(picture)
    out = np.full((3, height, width), fill, np.float32)
    out[:, :tall, :wide] = _resampled(picture, _whole(picture.shape[0], tall), _whole(picture.shape[1], wide))
    return out, wide / width, tall / height


def _resampled(part: Any, tall: Any, wide: Any) -> Pixels:
    """Rows first, while the colours lie together, then columns, plane by plane: both are large products."""
    import numpy as np

    lines = tall @ part.reshape(part.shape[0], -1).astype(np.float32)
    planes = lines.reshape(len(tall), part.shape[1], 3).transpose(2, 0, 1)
    return np.asarray(np.ascontiguousarray(planes) @ wide.T, np.float32)


def _halved(picture: Any) -> Any:
    """Each two by two pixels as one, which leaves a quarter of the work; an odd last row or column goes."""
    import numpy as np

    height, width = picture.shape[0] // 2 * 2, picture.shape[1] // 2 * 2
    rows = picture[0:height:2, :width].astype(np.uint16) + picture[1:height:2, :width]
    return (rows[:, 0::2] + rows[:, 1::2]) * np.float32(0.25)


@lru_cache(maxsize=64)
def _whole(source: int, out: int) -> Any:
    first, weights = _weights(source, 0.0, source / out, out)
    whole = weights
    if weights.shape[1] != source:
        import numpy as np

        whole = np.zeros((out, source), np.float32)
        whole[:, first : first + weights.shape[1]] = weights
    return whole


def _weights(source: int, start: float, step: float, out: int) -> tuple[int, Any]:
    """A triangle as wide as the step (at least a pixel) around each sampling place; its rows sum up to 1.
    Returns the first source pixel that counts, and what each counts."""
    import numpy as np

    places = start + (np.arange(out) + 0.5) * step - 0.5
    reach = max(1.0, step)
    first = int(np.clip(np.floor(places[0] - reach), 0, source - 1))
    last = int(np.clip(np.ceil(places[-1] + reach), 0, source - 1))
    pixels = np.arange(first, last + 1)
    held = np.clip(places, 0, source - 1)
    weights = np.maximum(0.0, 1.0 - np.abs(held[:, None] - pixels[None, :]) / reach)
    return first, (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
