"""A recording as a row of small pictures at even distances, for whoever looks at it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from viralclip_desktop.compose.graph import build
from viralclip_desktop.compose.plan import LoudnessPlan, RenderPlan, parts_of_file
from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.geometry import Aspect, Size, even
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Framing
from viralclip_desktop.domain.media import MediaInfo
from viralclip_desktop.media.faults import disk_fault
from viralclip_desktop.media.run import run_ffmpeg


def write_pictures(
    path: Path,
    info: MediaInfo,
    start: Time,
    count: int,
    out: Path,
    *,
    rate: Fraction,
    long_side_px: int,
    told: Callable[[int], object] | None = None,
    cancel: CancelToken | None = None,
) -> Size:
    """Write ``count`` pictures to ``out``, one after the other as RGB bytes from the top left; their size.

    Picture k is what a viewer sees at source time ``start`` + k / ``rate``: upright, square pixels, HDR
    tone-mapped, found by time stamp. ``told`` hears how many there are so far. Raises :class:`BadInput`
    without a picture track, :class:`Cancelled`, and the faults of ffmpeg and of a full disk.
    """
    size = _size(info, long_side_px)
    within = TimeRange(start, start + Time.from_frames(count, rate))
    graph = build(_plan(path, info, within, rate), size, audio=False, captions=False, pixels="rgb24")
    args = [*graph.inputs, "-filter_complex", graph.script, "-map", str(graph.video)]
    # A picture size that changes mid-stream makes ffmpeg count anew: never more than were asked for.
    args += ["-fps_mode", "passthrough", "-frames:v", str(count), "-f", "rawvideo", "pipe:1"]
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("wb") as file:

            def take(block: bytes) -> None:
                file.write(block)
                if told is not None:
                    told(file.tell() // (3 * size.width * size.height))

            run_ffmpeg(args, stdout=take, cancel=cancel)
    except OSError as error:
        raise disk_fault(error, out) from error
    return size


def _size(info: MediaInfo, long_side_px: int) -> Size:
    if info.video is None:
        raise BadInput("There is no picture to look at: the recording is sound only.")
    whole = info.video.size
    scale = min(1.0, long_side_px / max(whole.width, whole.height))
    return Size(even(whole.width * scale), even(whole.height * scale))


def _plan(path: Path, info: MediaInfo, within: TimeRange, rate: Fraction) -> RenderPlan:
    """The whole picture through the one graph, so that every kind of recording is read as it is elsewhere."""
    return RenderPlan(
        parts=parts_of_file(str(path), info, None, within),
        aspect=Aspect.WIDE,
        fps=rate,
        framing=Framing.CROP,
        centre_x=0.5,
        words=(),
        style=None,
        fade_in=ZERO,
        fade_out=ZERO,
        loudness=LoudnessPlan(),
    )
