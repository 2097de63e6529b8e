"""The picture of a clip that is sound alone: a calm dark backdrop with its waveform, filling with light as
it plays. The still parts are drawn once (:func:`draw`) and lie in the work folder; per frame only the
filling moves, so that such a clip costs next to nothing to play."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from viralclip_desktop.compose import colour
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.geometry import Aspect, Rect, Size, even, frame_size
from viralclip_desktop.core.time import Time

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CANVAS_PX = 1080
"""Shorter side of the drawing; ffmpeg scales it to any size."""
BASE_FILE, WAITING_FILE, PLAYED_FILE, MASK_FILE = (
    "wave_base.ppm",
    "wave_waiting.ppm",
    "wave_played.ppm",
    "wave_mask.pgm",
)

_TOP, _BOTTOM = (27, 33, 47), (8, 14, 28)  # dark blues of one chroma: a fade between them has no tinted bands
_WAITING, _PLAYED = (66, 78, 107), (226, 233, 250)
_BAR_PX, _PITCH_PX = 9, 18
_STRIP_SHARE = 0.8  # of the width
_STRIP_HEIGHT_PX = 300
_CENTRE_SHARE = 0.40  # of the height: above the captions
_LOWEST = 0.06  # silence shows as dots
_EDGE_PX = 4  # softness of the filling's edge


def strip(aspect: Aspect) -> Rect:
    """Where the waveform lies on the canvas."""
    canvas = frame_size(aspect, CANVAS_PX)
    width = int(canvas.width * _STRIP_SHARE) // _PITCH_PX * _PITCH_PX
    x, y = (canvas.width - width) // 2, round(canvas.height * _CENTRE_SHARE - _STRIP_HEIGHT_PX / 2)
    return Rect(x, y, width, _STRIP_HEIGHT_PX)


def bar_count(aspect: Aspect) -> int:
    """How many bars the waveform has."""
    return strip(aspect).width // _PITCH_PX


@dataclass(frozen=True)
class WaveDrawing:
    """Pixels of the files in the work folder: RGB (rows, columns, 3), the mask (rows, columns)."""

    base: NDArray[np.uint8]
    waiting: NDArray[np.uint8]
    played: NDArray[np.uint8]
    mask: NDArray[np.uint8]


def draw(levels: NDArray[np.float64], aspect: Aspect) -> WaveDrawing:
    """The still parts. ``levels``: one loudness (amplitude, any scale) for each of :func:`bar_count` bars."""
    import numpy as np

    canvas, place = frame_size(aspect, CANVAS_PX), strip(aspect)
    base = _gradient(canvas)
    cut = base[place.y : place.y + place.height, place.x : place.x + place.width].astype(float)
    bars = _bars(_heights(levels), place)[:, :, None]
    played, waiting = (cut * (1 - bars) + np.array(ink) * bars for ink in (_PLAYED, _WAITING))
    columns = np.clip((place.width - np.arange(2 * place.width) + _EDGE_PX / 2) / _EDGE_PX, 0, 1)
    mask = np.broadcast_to((columns * 255).astype(np.uint8), (place.height, 2 * place.width))
    return WaveDrawing(base, waiting.round().astype(np.uint8), played.round().astype(np.uint8), mask)


def _gradient(canvas: Size) -> NDArray[np.uint8]:
    """From top to bottom, with a grain of half a step against bands (the same at every start)."""
    import numpy as np

    share = np.linspace(0, 1, canvas.height)[:, None, None] ** 0.8
    smooth = np.array(_TOP) * (1 - share) + np.array(_BOTTOM) * share
    grain = np.random.default_rng(1).random((canvas.height, canvas.width, 1))
    return np.floor(smooth + grain).astype(np.uint8)


def _heights(levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """0..1: loud speech fills the strip whatever its level, quiet words still show."""
    import numpy as np

    loud = float(np.percentile(levels, 95)) if len(levels) else 0.0
    share = np.clip(levels / loud, 0, 1) ** 0.7 if loud > 0 else np.zeros_like(levels)
    return np.asarray(_LOWEST + (1 - _LOWEST) * share)


def _bars(heights: NDArray[np.float64], place: Rect) -> NDArray[np.float64]:
    """How much of each pixel a bar covers: capsules, by their distance function."""
    import numpy as np

    radius = _BAR_PX / 2
    columns, rows = np.arange(place.width) + 0.5, np.arange(place.height) + 0.5
    across = np.abs(columns % _PITCH_PX - _PITCH_PX / 2)
    reach = np.maximum(heights * place.height / 2 - radius, 0)[(columns // _PITCH_PX).astype(int)]
    along = np.maximum(np.abs(rows - place.height / 2)[:, None] - reach[None, :], 0)
    return np.asarray(np.clip(radius + 0.5 - np.hypot(across[None, :], along), 0, 1))


def wave_picture(plan: RenderPlan, size: Size, first: int, frames: int) -> Any:
    """``frames`` frames from frame ``first`` on; needs the four files in ffmpeg's working folder."""
    canvas, place = frame_size(plan.aspect, CANVAS_PX), strip(plan.aspect)
    scale = Fraction(size.width, canvas.width)
    small = Size(even(float(place.width * scale)), even(float(place.height * scale)))
    rate = plan.fps
    pieces = [
        _still(BASE_FILE, size, "yuv420p", rate),
        _still(WAITING_FILE, small, "gbrp", rate),
        _still(PLAYED_FILE, small, "gbrp", rate),
        _still(MASK_FILE, Size(2 * small.width, small.height), "gbrp", rate),
    ]
    base, waiting, played, mask = (_running(piece, rate, first) for piece in pieces)
    filled = f"{small.width}*min(1,t/{plan.duration.seconds:.6f})"
    mask = mask.filter("crop", w=small.width, h=small.height, x=f"{small.width}-{filled}", y=0)
    wave = _merged(waiting, played, mask).filter("scale", out_color_matrix="bt709", out_range="tv")
    wave = wave.filter("format", "yuv420p")
    x, y = even(float(place.x * scale)), even(float(place.y * scale))
    picture = base.overlay(wave, x=x, y=y, format="yuv420", shortest=1).filter("trim", end_frame=frames)
    return picture.filter("setsar", sar=1).filter("setparams", **colour.TAGS)


def _still(name: str, size: Size, pixels: str, rate: Fraction) -> Any:
    import ffmpeg

    options: dict[str, Any] = {"w": size.width, "h": size.height, "flags": "area"}
    if pixels == "yuv420p":
        options |= {"out_color_matrix": "bt709", "out_range": "tv"}
    return (
        ffmpeg.input(name, f="image2", framerate=str(rate))
        .video.filter("scale", **options)
        .filter("format", pixels)
    )


def _running(still: Any, rate: Fraction, first: int) -> Any:
    """One frame becomes a film in clip time."""
    stream = still.filter("loop", loop=-1, size=1)
    stream = stream.filter("settb", f"{rate.denominator}/{rate.numerator}")
    return stream.filter("setpts", expr=f"N+{first}")


def _merged(waiting: Any, played: Any, mask: Any) -> Any:
    import ffmpeg

    return ffmpeg.filter([waiting, played, mask], "maskedmerge")


def levels_of(samples: NDArray[np.float32], duration: Time, bars: int) -> NDArray[np.float64]:
    """Loudness of a clip (mono samples covering ``duration``) for each bar: the mean of its effective values
    over 20 ms, so that a bar is as high as speech in it is loud, pauses counted."""
    import numpy as np

    hop = max(1, round(len(samples) / max(1.0, duration.seconds / 0.02)))
    whole = samples[: len(samples) // hop * hop].reshape(-1, hop).astype(float)
    if not len(whole):
        return np.zeros(bars)
    effective = np.sqrt((whole**2).mean(axis=1))
    edges = np.linspace(0, len(effective), bars + 1)
    return np.array([effective[int(a) : max(int(a) + 1, int(b))].mean() for a, b in pairwise(edges)])
