"""Small still pictures of a recording."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.files import write_whole
from viralclip_desktop.core.geometry import Size, even
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.media import MediaInfo
from viralclip_desktop.media.faults import FfmpegFailed, disk_fault
from viralclip_desktop.media.run import input_args, run_ffmpeg

# Linear light against 100 cd/m2 white, gamut to BT.709, then the Hable curve: what players show on an
# ordinary screen (ffmpeg's documentation of tonemap).
_TO_ORDINARY_RANGE = (
    "zscale=transfer=linear:npl=100,format=gbrpf32le,zscale=primaries=bt709,"
    "tonemap=tonemap=hable:desat=0,zscale=transfer=bt709:matrix=bt709:range=tv"
)
_MOMENTS = (0.12, 0.18, 0.3, 0.45, 0.6, 0.08)  # of the length: past the intro, the usual place first
_PROBE_SIZE = Size(64, 36)
_DARKEST, _FLATTEST = 24.0, 10.0  # of 255, mean and spread: below these a picture shows next to nothing


def thumbnail(
    source_path: Path,
    info: MediaInfo,
    at: Time,
    out: Path,
    height_px: int = 360,
    *,
    cancel: CancelToken | None = None,
) -> Path:
    """Write the picture at source time ``at`` as a JPEG: upright, square pixels, HDR tone-mapped, at most
    ``height_px`` high and never larger than the recording.

    Raises :class:`BadInput` without a picture track or where nothing can be decoded, :class:`Cancelled`,
    and the faults of a full or closed disk.
    """
    data = _jpeg(source_path, info, at, _fitted(info, height_px), cancel)
    try:
        write_whole(out, data)
    except OSError as error:
        raise disk_fault(error, out) from error
    return out


def telling_moment(source_path: Path, info: MediaInfo, cancel: CancelToken | None = None) -> Time:
    """A source time at 8 to 60 % of the recording whose picture is neither black nor blank; the busiest
    of those looked at if all are."""
    best, best_spread = ZERO, -1.0
    for share in _MOMENTS:
        at = Time(int(info.duration.ticks * share))
        mean, spread = _brightness(source_path, info, at, cancel)
        if mean >= _DARKEST and spread >= _FLATTEST:
            return at
        if spread > best_spread:
            best, best_spread = at, spread
    return best


def _fitted(info: MediaInfo, height_px: int) -> Size:
    if info.video is None:
        raise BadInput("There is no picture to show: the recording is sound only.")
    size = info.video.size
    height = min(height_px, size.height)
    return Size(min(even(size.width * height / size.height), size.width), height)


def _jpeg(path: Path, info: MediaInfo, at: Time, size: Size, cancel: CancelToken | None) -> bytes:
    tone = [_TO_ORDINARY_RANGE] if info.video is not None and info.video.hdr else []
    scale = f"scale={size.width}:{size.height}:out_range=pc,setsar=1"
    full = "format=yuvj420p"
    coding = ["-c:v", "mjpeg", "-q:v", "3", "-f", "image2pipe"]
    try:
        data = _picture(path, info, at, ["-vf", ",".join([*tone, scale, full]), *coding], cancel)
    except FfmpegFailed:
        if not tone:  # an ffmpeg of the user's own may lack zscale: dull colours beat no picture
            raise
        data = _picture(path, info, at, ["-vf", f"{scale},{full}", *coding], cancel)
    if not data:
        raise BadInput(say("No picture of {name} can be decoded at {at}.", name=path.name, at=at))
    return data


def _brightness(path: Path, info: MediaInfo, at: Time, cancel: CancelToken | None) -> tuple[float, float]:
    """Mean and standard deviation of a tiny grey picture, 0..255; (0, 0) where there is none."""
    scale = f"scale={_PROBE_SIZE.width}:{_PROBE_SIZE.height}:flags=area"
    data = _picture(path, info, at, ["-vf", f"{scale},format=gray", "-f", "rawvideo"], cancel)
    if not data:
        return 0.0, 0.0
    grey = np.frombuffer(data, dtype=np.uint8)
    return float(grey.mean()), float(grey.std())


def _picture(
    path: Path, info: MediaInfo, at: Time, output: Sequence[str], cancel: CancelToken | None
) -> bytes:
    """One picture as ffmpeg writes it; where ``at`` lies behind the last picture, the first one."""
    if info.video is None:
        raise BadInput("There is no picture to show: the recording is sound only.")
    blocks: list[bytes] = []
    for seek in (f"{at.seconds:.6f}", "0"):
        arguments = ["-ss", seek, *input_args(path), "-map", f"0:{info.video.index}", "-frames:v", "1"]
        run_ffmpeg([*arguments, *output, "pipe:1"], stdout=blocks.append, cancel=cancel)
        if blocks:
            break
    return b"".join(blocks)
