"""Pictures and films with drawn faces whose places are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from support import makers

from viralclip_desktop.domain.faces import Face
from viralclip_desktop.features.sample_talk.scenes import draw_face
from viralclip_desktop.media.run import run_ffmpeg

Picture = NDArray[np.uint8]
_IN_HEAD = (0.25, 0.30, 0.76, 0.80)  # from below the hair to the chin, as shares of the drawn head
_BACKDROP = (196, 178, 150)


@dataclass(frozen=True)
class Head:
    """A drawn head: its middle and height as shares of the picture's."""

    x: float
    y: float
    height: float = 0.6


def face_of(head: Head, width: int, height: int) -> Face:
    """Where a head's face is in a picture of a size."""
    tall = head.height * height
    wide = tall * _head()[1].shape[1] / _head()[1].shape[0]
    left, top = head.x - wide / width / 2, head.y - tall / height / 2
    across, down = wide / width, tall / height
    return Face(
        left + _IN_HEAD[0] * across,
        top + _IN_HEAD[1] * down,
        left + _IN_HEAD[2] * across,
        top + _IN_HEAD[3] * down,
    )


def picture(width: int, height: int, heads: Sequence[Head] = ()) -> Picture:
    """Heads before a plain wall."""
    canvas = np.empty((height, width, 3), np.float32)
    canvas[:] = _BACKDROP
    for head in heads:
        _paste(canvas, head)
    return canvas.astype(np.uint8)


def make_film(
    path: Path, scenes: Sequence[tuple[float, Sequence[Head]]], width: int = 640, height: int = 360
) -> Path:
    """A film of still scenes, each for some seconds, with a tone. Returns ``path``."""
    inputs: list[str] = []
    for number, (seconds, heads) in enumerate(scenes):
        still = path.with_name(f"{path.stem}-{number}.ppm")
        still.parent.mkdir(parents=True, exist_ok=True)
        still.write_bytes(f"P6 {width} {height} 255\n".encode() + picture(width, height, heads).tobytes())
        inputs += ["-loop", "1", "-framerate", "25", "-t", str(seconds), "-i", str(still)]
    length = sum(seconds for seconds, _ in scenes)
    joined = "".join(f"[{number}:v]" for number in range(len(scenes)))
    graph = f"{joined}concat=n={len(scenes)}:v=1:a=0,format=yuv420p[v]"
    inputs += ["-f", "lavfi", "-i", makers.sound("tone", length), "-filter_complex", graph]
    coded = ["-map", "[v]", "-map", f"{len(scenes)}:a", "-c:v", "libx264", "-preset", "ultrafast", "-g", "25"]
    run_ffmpeg([*inputs, *coded, "-c:a", "aac", f"file:{path.absolute()}"])
    return path


@cache
def _head() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    drawn = draw_face("a", "closed")
    return drawn.rgb * 255, drawn.alpha


def _paste(canvas: NDArray[np.float32], head: Head) -> None:
    rgb, alpha = _head()
    tall = round(head.height * canvas.shape[0])
    wide = round(tall * alpha.shape[1] / alpha.shape[0])
    rows = np.arange(tall) * alpha.shape[0] // tall
    columns = np.arange(wide) * alpha.shape[1] // wide
    top = round(head.y * canvas.shape[0] - tall / 2)
    left = round(head.x * canvas.shape[1] - wide / 2)
    inside_y = (np.arange(tall) + top >= 0) & (np.arange(tall) + top < canvas.shape[0])
    inside_x = (np.arange(wide) + left >= 0) & (np.arange(wide) + left < canvas.shape[1])
    rows, columns = rows[inside_y], columns[inside_x]
    part = canvas[max(0, top) : max(0, top) + len(rows), max(0, left) : max(0, left) + len(columns)]
    cover = alpha[np.ix_(rows, columns)][..., None]
    part[:] = part * (1 - cover) + rgb[np.ix_(rows, columns)] * cover
