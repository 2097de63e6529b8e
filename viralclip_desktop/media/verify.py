"""Is a finished file what was asked for? Its container is read, and everything in it has been decoded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.messages import Number, say
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.media.loudness import Heard, Loudness, listen
from viralclip_desktop.media.run import PROTOCOLS, input_url
from viralclip_desktop.media.watch import PictureFound, look_through, packet_digests

_LOUDNESS_TOLERANCE_LU = 0.5
_HIGHEST_PEAK_DBTP = -1.0
_SOUND_GRAIN_S = 0.06  # an MP3 frame of 24 ms at either end, and what decoders leave out
_STILL_GRAIN_S = 1.0  # a still picture may fade, and is looked at a few times a second
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
    still: tuple[TimeRange, ...] = ()
    """Where the picture is meant to stand still (file time)."""


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


@dataclass(frozen=True, slots=True)
class Known:
    """What was found out on the way, with the digests of the packets it was found on."""

    picture: PictureFound | None = None
    sound: Heard | None = None


@dataclass(frozen=True, slots=True)
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
    picture_digest: str
    sound_digest: str


def verify(
    path: Path, expected: Expected, known: Known | None = None, cancel: CancelToken | None = None
) -> Report:
    """Compare a finished file with what was ordered. It is decoded whole, unless ``known`` tells of exactly
    the packets it holds.

    Never raises for what is wrong with the picture or sound (see :attr:`Report.faults`); raises
    :class:`NotAsOrdered` when the file cannot be read at all, and what :func:`run_ffmpeg` raises.
    """
    container = _read_container(path)
    picture, heard = _decoded(path, container, known or Known(), cancel)
    faults = [
        *_container_faults(container, expected),
        *([] if is_faststart(path) else ["its index is not at the front"]),
        *_picture_faults(picture, expected),
        *_sound_faults(heard.loudness, expected),
    ]
    return Report(
        size=container.size,
        fps=container.fps,
        frames=container.frames,
        duration_s=float(container.lengths[0]),
        loudness=heard.loudness,
        size_bytes=path.stat().st_size,
        black=picture.black,
        silent=heard.silent,
        faults=tuple(faults),
        remarks=(
            *_loudness_remarks(heard.loudness, expected),
            *_range_remarks("The picture is black", picture.black),
            *_range_remarks("The picture stands still", _unmeant(picture, expected)),
            *_range_remarks("There is no sound", heard.silent),
        ),
    )


@dataclass(frozen=True, slots=True)
class ExpectedSound:
    """What a file with the sound alone has to be. ``target_lufs`` None: loudness is not judged."""

    codec: str
    duration_s: float
    target_lufs: float | None


def verify_sound(
    path: Path, expected: ExpectedSound, known: Heard | None = None, cancel: CancelToken | None = None
) -> Report:
    """The same for a file with the sound alone; a cover picture in it is nobody's business here."""
    import av

    try:
        with av.open(input_url(path), options={"protocol_whitelist": PROTOCOLS}) as container:
            audio = container.streams.audio[0]
            found = (audio.codec_context.name.removesuffix("float"), audio.rate, audio.channels)
            length_s = float(_at(audio, audio.duration or 0))
            digest = packet_digests(container)[2]
    except (av.FFmpegError, OSError, IndexError) as error:
        raise NotAsOrdered("The finished file cannot be read.", "Try again.", str(error)) from error
    heard = known if known is not None and known.digest == digest else listen(path, cancel)
    wanted = Expected(Size(0, 0), Fraction(0), 0, expected.target_lufs)
    checks = (
        (found == (expected.codec, 48000, 2), f"its sound is {found}"),
        (abs(length_s - expected.duration_s) < _SOUND_GRAIN_S, f"its sound is {length_s:.3f} s long"),
    )
    faults = [fault for good, fault in checks if not good]
    return Report(
        size=wanted.size,
        fps=wanted.fps,
        frames=0,
        duration_s=expected.duration_s,
        loudness=heard.loudness,
        size_bytes=path.stat().st_size,
        silent=heard.silent,
        faults=(*faults, *_sound_faults(heard.loudness, wanted)),
        remarks=(
            *_loudness_remarks(heard.loudness, wanted),
            *_range_remarks("There is no sound", heard.silent),
        ),
    )


def _decoded(
    path: Path, container: _Container, known: Known, cancel: CancelToken | None
) -> tuple[PictureFound, Heard]:
    picture, heard = known.picture, known.sound
    if picture is None or picture.digest != container.picture_digest:
        picture = _look_at(path, cancel)
    if heard is None or heard.digest != container.sound_digest:
        heard = listen(path, cancel)
    return picture, heard


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
    stamps, picture_digest, sound_digest = packet_digests(container)
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
        picture_digest=picture_digest,
        sound_digest=sound_digest,
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


def _look_at(path: Path, cancel: CancelToken | None) -> PictureFound:
    import av

    try:
        with av.open(input_url(path), options={"protocol_whitelist": PROTOCOLS}) as container:
            return look_through(container, cancel)
    except av.FFmpegError as error:
        raise NotAsOrdered("The finished file cannot be read.", "Try again.", str(error)) from error


def _picture_faults(found: PictureFound, expected: Expected) -> list[str]:
    counted = found.frames == expected.frames
    faults = [] if counted else [f"{found.frames} frames can be decoded, not {expected.frames}"]
    return [*faults, *([f"{found.broken} frames cannot be decoded"] if found.broken else [])]


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
    return [
        say(
            "The sound is at {loud} LUFS instead of {target}: it is too uneven to be brought there.",
            loud=Number(loud, 1),
            target=Number(target, 0),
        )
    ]


def _unmeant(found: PictureFound, expected: Expected) -> tuple[TimeRange, ...]:
    """Where the picture stands still without being meant to, or being black."""
    meant = (*expected.still, *found.black)
    return tuple(
        one
        for one in found.still
        if sum(_common_s(one, other) for other in meant) < one.duration.seconds - _STILL_GRAIN_S
    )


def _common_s(one: TimeRange, other: TimeRange) -> float:
    common = one.intersection(other)
    return 0.0 if common is None else common.duration.seconds


def _range_remarks(what: str, ranges: tuple[TimeRange, ...]) -> list[str]:
    return [
        say("{what} from {start} to {end}.", what=say(what), start=part.start, end=part.end)
        for part in ranges
    ]
