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
    """A square of a picture (height, width) or (height, width, colours) at ``out`` x ``out`` pixels.

    Centre and side are in pixels of the picture, fractions included. What lies outside the picture repeats
    its edge. Averages where it makes smaller, interpolates linearly where it makes larger.
    """
    import numpy as np

    step = side / out
    rows = _weights(picture.shape[0], centre_y - side / 2, step, out)
    columns = _weights(picture.shape[1], centre_x - side / 2, step, out)
    (top, tall), (left, wide) = rows[1], columns[1]
    part = picture[top : top + tall.shape[1], left : left + wide.shape[1]].astype(np.float32)
    if part.ndim == 2:
        return np.asarray(tall @ part @ wide.T, np.float32)
    flat = (tall @ part.reshape(part.shape[0], -1)).reshape(out, part.shape[1], -1)
    return np.ascontiguousarray(np.einsum("hwc,ow->hoc", flat, wide, optimize=True), np.float32)


def letterbox(picture: Any, height: int, width: int, fill: float) -> tuple[Pixels, float, float]:
    """The whole of an RGB picture in its own shape at the left top of one of ``height`` x ``width``, the rest
    filled; and the shares of width and height that it fills."""
    import numpy as np

    scale = min(width / picture.shape[1], height / picture.shape[0])
    wide, tall = max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale))
    rows, columns = _whole(picture.shape[0], tall), _whole(picture.shape[1], wide)
    out = np.full((height, width, 3), fill, np.float32)
    flat = (rows @ picture.reshape(picture.shape[0], -1).astype(np.float32)).reshape(tall, -1, 3)
    out[:tall, :wide] = np.matmul(columns, flat)
    return out, wide / width, tall / height


@lru_cache(maxsize=64)
def _whole(source: int, out: int) -> Any:
    first, weights = _weights(source, 0.0, source / out, out)[1]
    whole = weights
    if weights.shape[1] != source:
        import numpy as np

        whole = np.zeros((out, source), np.float32)
        whole[:, first : first + weights.shape[1]] = weights
    return whole


def _weights(source: int, start: float, step: float, out: int) -> Any:
    """A triangle as wide as the step (at least a pixel) around each sampling place; its rows sum up to 1.
    Returns ``(None, (first, matrix))``: the first source pixel that counts, and what each counts."""
    import numpy as np

    places = start + (np.arange(out) + 0.5) * step - 0.5
    reach = max(1.0, step)
    first = int(np.clip(np.floor(places[0] - reach), 0, source - 1))
    last = int(np.clip(np.ceil(places[-1] + reach), 0, source - 1))
    pixels = np.arange(first, last + 1)
    held = np.clip(places, 0, source - 1)
    weights = np.maximum(0.0, 1.0 - np.abs(held[:, None] - pixels[None, :]) / reach)
    return None, (first, (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32))
