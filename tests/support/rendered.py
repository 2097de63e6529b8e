"""Plans to render, films whose frames carry their number, and what comes out of a file, as arrays."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from support import makers

from viralclip_desktop.compose.graph import Window, build
from viralclip_desktop.compose.plan import LoudnessPlan, RenderPlan, parts_of_file
from viralclip_desktop.core.geometry import Aspect, Size
from viralclip_desktop.core.time import ZERO, TimeRange
from viralclip_desktop.domain.clip import Framing
from viralclip_desktop.media.probe import probe
from viralclip_desktop.media.run import input_args, run_ffmpeg

RATE_HZ = 48_000
BITS = 10
NUMBERED = Size(320, 180)


def plan_of(path: Path, start_s: float, end_s: float, **changes: object) -> RenderPlan:
    """A plan of a part of a film: as wide as the film, no captions, no fades, sound as recorded."""
    info = probe(path)
    track = info.audio[0].index if info.audio else None
    plan = RenderPlan(
        parts=parts_of_file(str(path), info, track, TimeRange.from_seconds(start_s, end_s)),
        aspect=Aspect.WIDE,
        fps=info.video.fps if info.video and not info.video.variable_rate else Fraction(30),
        framing=Framing.CROP,
        centre_x=0.5,
        words=(),
        style=None,
        fade_in=ZERO,
        fade_out=ZERO,
        loudness=LoudnessPlan(),
    )
    return replace(plan, **changes)  # type: ignore[arg-type]


def playing(plan: RenderPlan, *kept: TimeRange) -> RenderPlan:
    """The plan with other ranges of its first part's file."""
    [first, *_] = plan.parts
    return replace(plan, parts=tuple(replace(first, part=replace(first.part, range=one)) for one in kept))


def make_numbered(path: Path, seconds: float = 10.0, fps: str = "30", extra: tuple[str, ...] = ()) -> Path:
    """A film in which every frame shows its number as ten black or white columns, with clicks at whole
    seconds. B-frames, and a keyframe every two seconds."""
    number = "if(bitand(floor(N/pow(2,floor(X/32))),1),235,16)"
    picture = f"nullsrc=s={NUMBERED}:r={fps}:d={seconds},format=yuv420p,geq=lum='{number}':cb=128:cr=128"
    inputs = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", makers.sound("clicks", seconds)]
    coded = ["-c:v", "libx264", "-preset", "veryfast", "-bf", "3", "-g", str(2 * round(float(Fraction(fps))))]
    sound = [] if path.suffix == ".webm" or "-c:a" in extra else ["-c:a", "aac"]
    return makers.made_once([*inputs, *coded, *sound, *extra], path)


def make_far_numbered(path: Path) -> Path:
    """The same, 12 s long and large, with a single keyframe: a seek in it decodes much."""
    large = ("-vf", "scale=1280:720:flags=neighbor", "-preset", "ultrafast")
    return make_numbered(
        path, 12.0, extra=(*large, "-g", "9999", "-keyint_min", "9999", "-sc_threshold", "0")
    )


def numbers(luma: NDArray[np.uint8]) -> list[int]:
    """The numbers shown by frames of any size: luma (frames, rows, columns), or RGB."""
    luma = luma[..., 1] if luma.ndim == 4 else luma
    width = luma.shape[2] / BITS
    middle = luma[:, luma.shape[1] // 2]
    return [sum(int(row[int(width * (bit + 0.5))] > 125) << bit for bit in range(BITS)) for row in middle]


def frames_of(plan: RenderPlan, size: Size, window: Window | None = None) -> NDArray[np.uint8]:
    """What the graph shows in a window, as RGB (frames, rows, columns, 3). Captions are left out."""
    graph = build(plan, size, window, audio=False, captions=False, pixels="rgb24")
    blocks: list[bytes] = []
    args = [*graph.inputs, "-filter_complex", graph.script, "-map", str(graph.video)]
    run_ffmpeg([*args, "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"], stdout=blocks.append)
    return np.frombuffer(b"".join(blocks), np.uint8).reshape(-1, size.height, size.width, 3)


def samples_of(plan: RenderPlan, window: Window | None = None) -> NDArray[np.float32]:
    """What the graph lets hear in a window (samples, 2)."""
    graph = build(plan, Size(2, 2), window, video=False)
    blocks: list[bytes] = []
    args = [*graph.inputs, "-filter_complex", graph.script, "-map", str(graph.audio)]
    run_ffmpeg([*args, "-f", "f32le", "pipe:1"], stdout=blocks.append)
    return np.frombuffer(b"".join(blocks), np.float32).reshape(-1, 2)


def luma_of(path: Path, size: Size) -> NDArray[np.uint8]:
    """The luma of every frame of a file."""
    blocks: list[bytes] = []
    args = [
        *input_args(path),
        "-map",
        "0:v:0",
        "-fps_mode",
        "passthrough",
        "-pix_fmt",
        "gray",
        "-f",
        "rawvideo",
    ]
    run_ffmpeg([*args, "pipe:1"], stdout=blocks.append)
    return np.frombuffer(b"".join(blocks), np.uint8).reshape(-1, size.height, size.width)


def rgb_of(path: Path, size: Size, frames: list[int]) -> list[NDArray[np.uint8]]:
    """Some frames of a file, decoded and converted as its colour tags say."""
    wanted = "+".join(f"eq(n,{frame})" for frame in frames)
    blocks: list[bytes] = []
    args = [*input_args(path), "-map", "0:v:0", "-vf", f"select='{wanted}'", "-fps_mode", "passthrough"]
    run_ffmpeg([*args, "-pix_fmt", "rgb24", "-f", "rawvideo", "pipe:1"], stdout=blocks.append)
    return list(np.frombuffer(b"".join(blocks), np.uint8).reshape(-1, size.height, size.width, 3))


def sound_of(path: Path) -> NDArray[np.float32]:
    """The samples of a file (samples, 2) at 48 kHz."""
    blocks: list[bytes] = []
    args = [*input_args(path), "-map", "0:a:0", "-ar", str(RATE_HZ), "-ac", "2", "-f", "f32le", "pipe:1"]
    run_ffmpeg(args, stdout=blocks.append)
    return np.frombuffer(b"".join(blocks), np.float32).reshape(-1, 2)


def clicks(samples: NDArray[np.float32], threshold: float = 0.15) -> list[float]:
    """When clicks begin, in seconds."""
    loud = np.flatnonzero(np.abs(samples).max(axis=1) > threshold)
    first = np.flatnonzero(np.diff(loud, prepend=-RATE_HZ) > RATE_HZ // 10)
    return [float(loud[index]) / RATE_HZ for index in first]


def luma(rgb: NDArray[np.uint8]) -> NDArray[np.float64]:
    """BT.709 luma of a picture, 0..255."""
    return np.asarray(rgb @ np.array([0.2126, 0.7152, 0.0722]))


def ssim(one: NDArray[np.float64], other: NDArray[np.float64], window: int = 8) -> float:
    """Mean structural similarity of two pictures (Wang, Bovik, Sheikh, Simoncelli 2004)."""
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    mean_a, mean_b = _means(one, window), _means(other, window)
    var_a = _means(one * one, window) - mean_a**2
    var_b = _means(other * other, window) - mean_b**2
    both = _means(one * other, window) - mean_a * mean_b
    top = (2 * mean_a * mean_b + c1) * (2 * both + c2)
    return float((top / ((mean_a**2 + mean_b**2 + c1) * (var_a + var_b + c2))).mean())


def _means(picture: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    sums = np.pad(picture.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    box = (
        sums[window:, window:] - sums[:-window, window:] - sums[window:, :-window] + sums[:-window, :-window]
    )
    return np.asarray(box / window**2)
