"""Is a finished file what was asked for? It is decoded whole, and its container looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.media.loudness import METER, Loudness, parse_meter
from viralclip_desktop.media.run import PROTOCOLS, ProgressCallback, input_url, run_ffmpeg

_LOUDNESS_TOLERANCE_LU = 0.5
_HIGHEST_PEAK_DBTP = -1.0
_BLACK_S, _SILENT_S = 1.0, 2.0  # shorter ones are part of many films
_LOOKED_AT_EVERY = 5  # frames; a black second has several of them at any rate
_HIGH = ("High", "Constrained High")


class NotAsOrdered(Fault):
    """The finished file is not what was asked for; it is not handed over."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a file has to be. ``target_lufs`` None: loudness is not judged."""

    size: Size
    fps: Fraction
    frames: int
    target_lufs: float | None = -14.0


@dataclass(frozen=True, slots=True)
class Report:
    """What was found. ``faults`` are reasons to refuse the file; ``remarks`` are worth telling."""

    size: Size
    fps: Fraction
    frames: int
    duration_s: float
    loudness: Loudness
    size_bytes: int
    black: tuple[TimeRange, ...] = ()
    silent: tuple[TimeRange, ...] = ()
    faults: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass
class _Container:
    """The file as its index tells it."""

    size: Size
    pixel_format: str
    profile: str
    tags: tuple[int, ...]
    frames: int
    steps: frozenset[int]
    fps: Fraction
    starts: tuple[Fraction, Fraction]
    lengths: tuple[Fraction, Fraction]
    sound: tuple[str, int, int]
    faults: list[str] = field(default_factory=list)


def verify(
    path: Path,
    expected: Expected,
    cancel: CancelToken | None = None,
    on_progress: ProgressCallback | None = None,
) -> Report:
    """Decode ``path`` whole and compare it with what was ordered.

    Never raises for what is wrong with the picture or sound (see :attr:`Report.faults`); raises
    :class:`NotAsOrdered` when the file cannot be read at all, and what :func:`run_ffmpeg` raises.
    """
    container = _read_container(path)
    log = _decode(path, cancel, on_progress)
    loudness = parse_meter(log)
    faults = [
        *_container_faults(container, expected),
        *([] if is_faststart(path) else ["its index is not at the front"]),
        *_decode_faults(log, expected),
        *_sound_faults(loudness, expected),
    ]
    black, silent = _ranges(log, "black"), _ranges(log, "silence", container.lengths[1])
    return Report(
        size=container.size,
        fps=container.fps,
        frames=container.frames,
        duration_s=float(container.lengths[0]),
        loudness=loudness,
        size_bytes=path.stat().st_size,
        black=black,
        silent=silent,
        faults=tuple(faults),
        remarks=(
            *_loudness_remarks(loudness, expected),
            *_range_remarks("The picture is black", black),
            *_range_remarks("There is no sound", silent),
        ),
    )


def check(report: Report) -> None:
    """Raise :class:`NotAsOrdered` if the file has faults."""
    if report.faults:
        what = "; ".join(report.faults)
        hint = "Try again, or choose another encoder."
        raise NotAsOrdered("The finished file failed its check.", hint, what)


def _read_container(path: Path) -> _Container:
    import av

    try:
        with av.open(input_url(path), options={"protocol_whitelist": PROTOCOLS}) as container:
            return _described(container)
    except (av.FFmpegError, OSError, IndexError) as error:
        raise NotAsOrdered("The finished file cannot be read.", "Try again.", str(error)) from error


def _described(container: Any) -> _Container:
    video, audio = container.streams.video[0], container.streams.audio[0]
    codec = video.codec_context
    stamps = sorted(packet.pts for packet in container.demux(video) if packet.pts is not None)
    steps = frozenset(after - before for before, after in pairwise(stamps))
    return _Container(
        size=Size(codec.width, codec.height),
        pixel_format=codec.pix_fmt,
        profile=str(codec.profile),
        tags=(codec.colorspace, codec.color_primaries, codec.color_trc, codec.color_range),
        frames=len(stamps),
        steps=steps,
        fps=video.average_rate,
        starts=(_at(video, stamps[0]), _at(audio, audio.start_time or 0)),
        lengths=(_at(video, video.duration or 0), _at(audio, audio.duration or 0)),
        sound=(audio.codec_context.name, audio.rate, audio.channels),
    )


def _at(stream: Any, stamp: int) -> Fraction:
    return Fraction(stamp * stream.time_base)


def _container_faults(found: _Container, expected: Expected) -> list[str]:
    length = Fraction(expected.frames) / expected.fps
    picture_s, sound_s = found.lengths
    grain = max(1, min(found.steps, default=1) // 1000)
    even_steps = not found.steps or max(found.steps) - min(found.steps) <= grain
    checks = (
        (found.size == expected.size, f"its picture is {found.size}, not {expected.size}"),
        (found.frames == expected.frames, f"it has {found.frames} frames, not {expected.frames}"),
        (even_steps and found.fps == expected.fps, f"its rate is {found.fps}, not a constant {expected.fps}"),
        (found.pixel_format == "yuv420p", f"its pixels are {found.pixel_format}"),
        (found.profile in _HIGH, f"its profile is {found.profile}"),
        (found.tags == (1, 1, 1, 1), f"its colour tags are {found.tags}"),
        (max(map(abs, found.starts)) < Fraction(1, 1000), "it does not begin at zero"),
        (abs(picture_s - length) < Fraction(1, 500), f"its picture is {float(picture_s):.3f} s long"),
        (abs(sound_s - length) < Fraction(1, 40), f"its sound is {float(sound_s):.3f} s long"),
        (found.sound == ("aac", 48000, 2), f"its sound is {found.sound}"),
    )
    return [fault for good, fault in checks if not good]


def is_faststart(path: Path) -> bool:
    """Whether an MP4's index (``moov``) comes before its media (``mdat``): it plays while it loads."""
    kinds = list(_top_boxes(path))
    return b"moov" in kinds and (b"mdat" not in kinds or kinds.index(b"moov") < kinds.index(b"mdat"))


def _top_boxes(path: Path) -> Iterator[bytes]:
    """The kinds of the outermost boxes, in order (ISO/IEC 14496-12, 4.2)."""
    end, start = path.stat().st_size, 0
    with path.open("rb") as file:
        while start + 8 <= end:
            file.seek(start)
            header = file.read(16)
            size = int.from_bytes(header[:4], "big")
            size = int.from_bytes(header[8:16], "big") if size == 1 else size
            yield header[4:8]
            start += size if size >= 8 else end


def _decode(path: Path, cancel: CancelToken | None, on_progress: ProgressCallback | None) -> str:
    picture = f"[0:v:0]framestep={_LOOKED_AT_EVERY},blackdetect=d={_BLACK_S}:pic_th=0.995:pix_th=0.03[v]"
    sound = f"[0:a:0]{METER},silencedetect=n=-60dB:d={_SILENT_S}[a]"
    inputs = ["-protocol_whitelist", PROTOCOLS, "-i", input_url(path)]
    outputs = ["-filter_complex", f"{picture};{sound}", "-map", "[v]", "-map", "[a]", "-f", "null", "-"]
    return run_ffmpeg(
        [*inputs, *outputs], cancel=cancel, on_progress=on_progress, loglevel="verbose", log_lines=4000
    )


_DECODED = re.compile(r"Input stream #0:\d+ \((video|audio)\):.*?(\d+) frames decoded; (\d+) decode errors")


def _decode_faults(log: str, expected: Expected) -> list[str]:
    found = {kind: (int(frames), int(errors)) for kind, frames, errors in _DECODED.findall(log)}
    frames, errors = found.get("video", (0, 0))
    faults = [] if frames == expected.frames else [f"{frames} frames can be decoded, not {expected.frames}"]
    broken = errors + found.get("audio", (0, 0))[1]
    return [*faults, *([f"{broken} parts cannot be decoded"] if broken else [])]


def _sound_faults(found: Loudness, expected: Expected) -> list[str]:
    peak = found.true_peak_dbtp
    if expected.target_lufs is None or peak is None or peak <= _HIGHEST_PEAK_DBTP:
        return []
    return [f"its true peak is {peak} dBTP"]


def _loudness_remarks(found: Loudness, expected: Expected) -> list[str]:
    loud, target = found.integrated_lufs, expected.target_lufs
    if target is None or (loud is not None and abs(loud - target) <= _LOUDNESS_TOLERANCE_LU):
        return []
    if loud is None:
        return ["The clip is silent."]
    return [f"The sound is at {loud:.1f} LUFS instead of {target:.0f}: it is too uneven to be brought there."]


_BLACK = re.compile(r"black_start:\s*([\d.]+) black_end:\s*([\d.]+)")
_SILENCE_START = re.compile(r"silence_start: (-?[\d.]+)")
_SILENCE_END = re.compile(r"silence_end: ([\d.]+)")


def _ranges(log: str, kind: str, end: Fraction = Fraction(0)) -> tuple[TimeRange, ...]:
    if kind == "black":
        pairs = [(float(a), float(b)) for a, b in _BLACK.findall(log)]
    else:
        starts = [max(0.0, float(a)) for a in _SILENCE_START.findall(log)]
        ends = [float(b) for b in _SILENCE_END.findall(log)]
        pairs = list(zip(starts, [*ends, float(end)], strict=False))
    return tuple(TimeRange.from_seconds(a, max(a, b)) for a, b in pairs)


def _range_remarks(what: str, ranges: tuple[TimeRange, ...]) -> list[str]:
    return [f"{what} from {part.start} to {part.end}." for part in ranges]
